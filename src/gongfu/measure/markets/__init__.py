"""Markets: concentration, markups, entry and exit, and the lines that competition law draws."""

from gongfu.measure.markets.concentration import (
    concentration_ratio,
    effective_number,
    hall_tideman,
    herfindahl,
    market_entropy,
)
from gongfu.measure.markets.markup import (
    Markups,
    accounting_markup,
    aggregate_markup,
    firm_markups,
    lerner_index,
)
from gongfu.measure.markets.rules import Verdict, apply_rules, rules_on
from gongfu.measure.markets.table import MarketTable, market
from gongfu.measure.markets.table_estimates import Elasticity
from gongfu.measure.markets.turnover import Turnover, turnover

__all__ = [
    "Elasticity",
    "MarketTable",
    "Markups",
    "Turnover",
    "Verdict",
    "accounting_markup",
    "aggregate_markup",
    "apply_rules",
    "concentration_ratio",
    "effective_number",
    "firm_markups",
    "hall_tideman",
    "herfindahl",
    "lerner_index",
    "market",
    "market_entropy",
    "rules_on",
    "turnover",
]
