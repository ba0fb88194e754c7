"""The three-term account of a package's effect (E26)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from gongfu.economy.results.measures import national_measures, snapshot
from gongfu.economy.world import World
from gongfu.economy.year import Year
from gongfu.measure.grow_divide import Part, grow_divide

__all__ = ["EffectAccount", "effect_account", "effect_parts"]

Index = Literal["gini", "atkinson_1"]


@dataclass(frozen=True, slots=True)
class EffectAccount:
    """Effect of a package on prosperity in one year, in log points.

    Parameters
    ----------
    cake : of GDP per head.
    household_share : of what households get of it; redistribution from enterprises or government
        appears here and cannot pose as growth.
    division : of 1 - I among households.
    """

    year: int
    index: Index
    cake: float
    household_share: float
    division: float

    @property
    def prosperity(self) -> float:
        """Effect on the equally distributed equivalent income, the sum of the terms."""
        return self.cake + self.household_share + self.division


def effect_account(world: World, baseline: Year, reform: Year, index: Index) -> EffectAccount:
    """(E26) Return the account of reform against baseline in the same year."""
    before, after = (national_measures(world, year) for year in (baseline, reform))

    def change(name: str) -> float:
        return math.log(after[name] / before[name])

    if index == "gini":
        division = math.log((1.0 - after["gini"]) / (1.0 - before["gini"]))
    else:
        division = change("equality_atkinson_1")
    return EffectAccount(
        reform.state.year, index, change("gdp_per_head"), change("household_share"), division
    )


def effect_parts(world: World, baseline: Year, reform: Year, index: Index) -> tuple[Part, ...]:
    """(E26) Return the exact parts of the effect on mean income and on its division.

    The mean splits into growth among urban and among rural residents and the shift of people
    between them; the division into within and between town and country (nested for Atkinson 1,
    Dagum's parts for the Gini). Parts of the term ``cake`` add up to cake plus household share.
    """
    before, after = (snapshot(world, year) for year in (baseline, reform))
    return grow_divide(before, after, index, "area").parts
