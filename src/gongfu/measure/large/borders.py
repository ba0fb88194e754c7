"""The rows of a few bins, one by one: what makes quantiles and shares exact."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from gongfu.measure.large.bins import BINS, BinSums

__all__ = ["BorderRows", "border_bins"]

_ROUNDING = 1e-12
"""Share of all people below which two cumulated weights count as the same number."""


@dataclass(frozen=True, slots=True, eq=False)
class BorderRows:
    """Incomes that stand in chosen bins, each once with the people that have it, ascending."""

    income: Float[np.ndarray, " income"]
    weight: Float[np.ndarray, " income"]

    @classmethod
    def of(cls, income: Float[np.ndarray, " row"], weight: Float[np.ndarray, " row"]) -> BorderRows:
        """Return the rows with equal incomes added up."""
        distinct, place = np.unique(income, return_inverse=True)
        return cls(distinct, np.bincount(place, weight, len(distinct)))

    def merge(self, other: BorderRows) -> BorderRows:
        """Return the rows of both."""
        return BorderRows.of(
            np.concatenate([self.income, other.income]),
            np.concatenate([self.weight, other.weight]),
        )

    def quantile(self, sums: BinSums, probability: float) -> tuple[float, float, float]:
        """Return a quantile, the people below it and the people that have exactly this income.

        Notes
        -----
        As ``gongfu.measure.quantiles.quantile_value``: the inverse of the distribution function,
        halfway between two incomes where it is flat.
        """
        total = sums.total_weight
        target, slack = probability * total, _ROUNDING * total
        place = _bin_of(sums, target - slack)
        here = sums.bins.place(self.income)
        mine = np.flatnonzero(here == place)
        start = float(sums.weight[:place].sum())
        cumulative = start + np.cumsum(self.weight[mine])
        first = min(int(np.searchsorted(cumulative, target - slack)), len(mine) - 1)
        low = int(mine[first])
        is_flat = cumulative[first] <= target + slack and low + 1 < len(self.income)
        if is_flat:
            middle = (self.income[low] + self.income[low + 1]) / 2
            return float(middle), float(cumulative[first]), 0.0
        weight = float(self.weight[low])
        return float(self.income[low]), float(cumulative[first]) - weight, weight


def border_bins(sums: BinSums, probabilities: list[float]) -> Bool[np.ndarray, " bin"]:
    """Return the bins whose rows the quantiles at these probabilities depend on."""
    wanted = np.zeros(BINS, dtype=bool)
    used = np.flatnonzero(sums.weight)
    slack = _ROUNDING * sums.total_weight
    for probability in probabilities:
        place = _bin_of(sums, probability * sums.total_weight - slack)
        wanted[place] = True
        above: Int[np.ndarray, " bin"] = used[used > place]
        wanted[above[:1]] = True
    return wanted


def _bin_of(sums: BinSums, target: float) -> int:
    used = np.flatnonzero(sums.weight)
    cumulative = np.cumsum(sums.weight[used])
    return int(used[min(int(np.searchsorted(cumulative, target)), len(used) - 1)])
