"""Who is online in the base year, and what keeps it there (E12)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from jaxtyping import Float

from gongfu.economy.base_year import (
    BaseYear,
)
from gongfu.economy.draws import Stream, uniform
from gongfu.economy.households import (
    ZoneBlocks,
    online_index,
    online_intercepts,
    online_propensity,
    online_taste,
)

__all__ = ["log_odds_online", "steady_access"]


def steady_access(
    base: BaseYear, values: Mapping[str, float], blocks: ZoneBlocks, seed: int
) -> tuple[Float[np.ndarray, " zone"], Float[np.ndarray, " household"]]:
    """Return the constants of E12 and each household's taste, so that the base year is steady."""
    people = base.households
    index = log_odds_online(
        income=people.income,
        human_capital=people.log_human_capital,
        base=base,
        values=values,
        blocks=blocks,
        coverage=np.zeros(len(blocks.starts)),
        help_reach=np.zeros(len(blocks.starts)),
    )
    intercept = online_intercepts(index, base.zones.internet, people.people, blocks)
    draw = uniform(seed, base.year, np.arange(len(people.zone)), Stream.ONLINE_TASTE)
    propensity = online_propensity(index, intercept, blocks)
    return intercept, online_taste(people.is_online.astype(np.float64), propensity, draw)


def log_odds_online(
    *,
    income: Float[np.ndarray, " household"],
    human_capital: Float[np.ndarray, " household"],
    base: BaseYear,
    values: Mapping[str, float],
    blocks: ZoneBlocks,
    coverage: Float[np.ndarray, " zone"],
    help_reach: Float[np.ndarray, " zone"],
) -> Float[np.ndarray, " household"]:
    """(E12) Return the log-odds of being online, up to the constant of each zone.

    Parameters
    ----------
    income : yuan per person, in base-year prices; the price of access is that of the base year.
    coverage : rise of coverage since the base year, 0-1.
    help_reach : share of elderly households that helpers visit, 0-1.
    """
    slope, part = values["online_income_slope"], values["online_affordability_part"]
    return online_index(
        coverage=coverage,
        affordability=np.log(income),
        age=base.households.age,
        education=human_capital,
        help_reach=help_reach,
        blocks=blocks,
        coverage_effect=values["online_coverage_effect"],
        affordability_effect=part * slope,
        age_effect=-values["online_age_slope"],
        education_effect=(1.0 - part) * slope,
        help_effect=values["online_help_effect"],
        elderly_age=values["elderly_age"],
    )
