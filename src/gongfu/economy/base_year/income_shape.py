"""Incomes inside zones: a lognormal with two spreads, and households that shrink with income.

Closed forms for group means, medians and populations, so that published groups can be fitted
without drawing a household.

References
----------
[John 1982] The three-parameter two-piece normal family of distributions and its fitting.
Communications in Statistics: Theory and Methods 11(8), 879-885.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.core import ConvergenceError
from gongfu.economy.base_year.normal import normal_cdf

__all__ = ["IncomeShape", "ZoneIncomes", "deviation_at"]

_STEPS = 60
_CLOSE = 1e-11
_FLAT = 1e-300
"""Between two narrow zones the density can vanish; the step is then rejected for a halving."""


@dataclass(frozen=True, slots=True)
class IncomeShape:
    """How incomes spread around the median of their zone.

    Parameters
    ----------
    below, above : standard deviation of log income of the lower and the upper half.
    slope : fall of log household size with log income.

    Notes
    -----
    For a household with standard normal score e: ``ln y = median + below * e`` for e < 0, ``above *
    e`` otherwise [John 1982]; its size is ``n0 exp(-slope (ln y - median))``. With equal spreads
    this is the lognormal; published medians stand so near to the means that the lower half must
    be the wider one.
    """

    below: Float[np.ndarray, "*fit zone"]
    above: Float[np.ndarray, "*fit zone"]
    slope: Float[np.ndarray, "*fit 1"]

    def moment(
        self, power: Float[np.ndarray, "... 1"], until: Float[np.ndarray, "... zone"]
    ) -> Float[np.ndarray, "... zone"]:
        """Return the mean of ``exp(power d)`` over households with log deviation d below a limit.

        Households above the limit count with zero.
        """
        low = np.exp(0.5 * (power * self.below) ** 2) * normal_cdf(
            np.minimum(until, 0.0) / self.below - power * self.below
        )
        start = normal_cdf(-power * self.above)
        high = normal_cdf(np.maximum(until, 0.0) / self.above - power * self.above) - start
        total: Float[np.ndarray, "... zone"] = low + np.exp(0.5 * (power * self.above) ** 2) * high
        return total

    def share_below(self, limit: Float[np.ndarray, "... zone"]) -> Float[np.ndarray, "... zone"]:
        """Return the share of households below a log deviation."""
        return normal_cdf(limit / np.where(limit < 0, self.below, self.above))

    def density(self, limit: Float[np.ndarray, "... zone"]) -> Float[np.ndarray, "... zone"]:
        """Return the density of households at a log deviation."""
        spread = np.where(limit < 0, self.below, self.above)
        scaled = limit / spread
        value: Float[np.ndarray, "... zone"] = np.exp(-0.5 * scaled * scaled) / (
            np.sqrt(2.0 * np.pi) * spread
        )
        return value


@dataclass(frozen=True, slots=True)
class ZoneIncomes:
    """Zones with known population and mean income, and a shape: everything else follows.

    Parameters
    ----------
    people : of each zone; only ratios matter.
    mean : income per person, any money unit.
    size : mean household size of each zone, persons.
    shape : of incomes inside zones.
    """

    people: Float[np.ndarray, " zone"]
    mean: Float[np.ndarray, " zone"]
    size: Float[np.ndarray, " zone"]
    shape: IncomeShape

    @property
    def log_median(self) -> Float[np.ndarray, "*fit zone"]:
        """Log income per head of the household in the middle of its zone."""
        log_median: Float[np.ndarray, "*fit zone"] = (
            np.log(self.mean) - np.log(self._whole(1.0)) + np.log(self._whole(0.0))
        )
        return log_median

    @property
    def median_size(self) -> Float[np.ndarray, "*fit zone"]:
        """Persons in the household in the middle of its zone (n0)."""
        return self.size / self._whole(0.0)

    def quantile(
        self,
        shares: Float[np.ndarray, " quantile"],
        member: Float[np.ndarray, "quantile zone"],
    ) -> Float[np.ndarray, "*fit quantile"]:
        """Return incomes per head below which a share of *households* lies.

        Parameters
        ----------
        shares : 0-1, exclusive.
        member : 1 for the zones each quantile speaks of, else 0.

        Raises
        ------
        ConvergenceError
            If a quantile is not found.
        """
        households = member * (self.people / self.size)
        households = households / households.sum(axis=-1, keepdims=True)
        shape, median = self._with_axis(), self.log_median[..., None, :]
        low, high = median.min(axis=-1) - 8.0, median.max(axis=-1) + 8.0
        x = (households * median).sum(axis=-1)
        for _ in range(_STEPS):
            gap = (households * shape.share_below(x[..., None] - median)).sum(axis=-1) - shares
            if np.abs(gap).max() < _CLOSE:
                return np.exp(x)
            low, high = np.where(gap < 0, x, low), np.where(gap > 0, x, high)
            density = (households * shape.density(x[..., None] - median)).sum(axis=-1)
            step = x - gap / np.maximum(density, _FLAT)
            x = np.where((step >= low) & (step <= high), step, 0.5 * (low + high))
        raise ConvergenceError(f"income quantiles not found, residual {np.abs(gap).max():.1e}")

    def group_means(
        self, limits: Float[np.ndarray, "*fit limit"]
    ) -> Float[np.ndarray, "*fit group"]:
        """Return income per *person* of the household groups between income limits.

        Parameters
        ----------
        limits : ascending incomes per head; the first group lies below the first limit.
        """
        median = self.log_median[..., None, :]
        edge = np.log(limits)[..., None] - median
        ends = np.full_like(edge[..., :1, :], np.inf)
        edge = np.concatenate([-ends, edge, ends], axis=-2)
        persons = self._sum_to(0.0, edge, self.people)
        income = self._sum_to(1.0, edge, self.people * self.mean)
        means: Float[np.ndarray, "*fit group"] = np.diff(income, axis=-1) / np.diff(
            persons, axis=-1
        )
        return means

    def _sum_to(
        self, power: float, edge: Float[np.ndarray, "*fit edge zone"], total: np.ndarray
    ) -> Float[np.ndarray, "*fit edge"]:
        shape = self._with_axis()
        part = shape.moment(power - shape.slope, edge) / self._whole(power)[..., None, :]
        summed: Float[np.ndarray, "*fit edge"] = (part * total).sum(axis=-1)
        return summed

    def _whole(self, power: float) -> Float[np.ndarray, "*fit zone"]:
        return self.shape.moment(power - self.shape.slope, np.full_like(self.shape.below, np.inf))

    def _with_axis(self) -> IncomeShape:
        shape = self.shape
        return IncomeShape(
            shape.below[..., None, :], shape.above[..., None, :], shape.slope[..., None, :]
        )


def deviation_at(
    score: Float[np.ndarray, " row"],
    below: Float[np.ndarray, " row"],
    above: Float[np.ndarray, " row"],
) -> Float[np.ndarray, " row"]:
    """(E17) Return the log deviation from the zone's median of a standard normal score."""
    return np.where(score < 0, below, above) * score
