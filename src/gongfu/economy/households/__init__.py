"""Households: who is online, what they can do, earn and give, where they live, who follows them."""

from gongfu.economy.households.access import (
    adopt_internet,
    online_index,
    online_intercepts,
    online_propensity,
    online_taste,
)
from gongfu.economy.households.blocks import ZoneBlocks, share_out
from gongfu.economy.households.displacement import Jobs, displace, rehire, update_reference
from gongfu.economy.households.giving import donations, receive_donations
from gongfu.economy.households.human_capital import (
    ScoreCurve,
    churn,
    fit_curve,
    keep_level,
    keep_mean_and_spread,
    resize,
)
from gongfu.economy.households.income import labour_income, labour_units, rank_income
from gongfu.economy.households.migration import (
    Moves,
    carry,
    destinations,
    migration_flows,
    move_people,
)
from gongfu.economy.households.renewal import (
    Renewal,
    fit_inheritance,
    intergenerational_elasticity,
    renew,
)
from gongfu.economy.households.skills import (
    Learning,
    follow_rank,
    learn,
    learning_rates,
    train,
    training_lags,
)

__all__ = [
    "Jobs",
    "Learning",
    "Moves",
    "Renewal",
    "ScoreCurve",
    "ZoneBlocks",
    "adopt_internet",
    "carry",
    "churn",
    "destinations",
    "displace",
    "donations",
    "fit_curve",
    "fit_inheritance",
    "follow_rank",
    "intergenerational_elasticity",
    "keep_level",
    "keep_mean_and_spread",
    "labour_income",
    "labour_units",
    "learn",
    "learning_rates",
    "migration_flows",
    "move_people",
    "online_index",
    "online_intercepts",
    "online_propensity",
    "online_taste",
    "rank_income",
    "receive_donations",
    "rehire",
    "renew",
    "resize",
    "share_out",
    "train",
    "training_lags",
    "update_reference",
]
