"""Local Moran (LISA): units among similar and units among different neighbours.

References
----------
[Anselin 1995] Local indicators of spatial association - LISA. Geographical Analysis 27(2).
[Sokal-Oden-Thomson 1998] Local spatial autocorrelation in a biological model. Geographical Analysis
30(4): moments with the unit's own value fixed.
[Caldas de Castro-Singer 2006] Controlling the false discovery rate: a new application to account
for multiple and dependent tests in local statistics of spatial association. Geographical
Analysis 38(2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int
from numpy.typing import ArrayLike

from gongfu.measure.space.autocorrelation import checked_values
from gongfu.measure.space.conditional import lags_by_chance, local_p
from gongfu.measure.space.permutation import Alternative, adjusted_for_false_discovery
from gongfu.measure.space.weights import SpatialWeights

__all__ = ["QUADRANTS", "LocalMoran", "local_moran", "quadrants"]

_ROUNDING = 1e-12
"""Share of a variance, of size one, that counts as rounding."""

QUADRANTS = ("high-high", "low-high", "low-low", "high-low")
"""Own value first, then the neighbours'; in the order of the codes 0 to 3."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LocalMoran:
    """Local Moran statistics, one a unit; NaN for a unit without a neighbour.

    Parameters
    ----------
    value : above zero among similar neighbours; adds up to ``S0`` times Moran's I.
    deviation, lag : own deviation from the mean in standard deviations and its weighted sum over
        the neighbours, the axes of a Moran scatter plot.
    quadrant : code into ``QUADRANTS``; -1 for a unit without a neighbour.
    expected, variance, z : moments over all permutations of the other units' values, and the score.
    p : of the conditional permutation test; ``p_adjusted`` holds the false discovery rate.
    """

    value: Float[np.ndarray, " unit"]
    deviation: Float[np.ndarray, " unit"]
    lag: Float[np.ndarray, " unit"]
    quadrant: Int[np.ndarray, " unit"]
    expected: Float[np.ndarray, " unit"]
    variance: Float[np.ndarray, " unit"]
    z: Float[np.ndarray, " unit"]
    p: Float[np.ndarray, " unit"]
    p_adjusted: Float[np.ndarray, " unit"]
    alternative: Alternative
    draws: int
    seed: int
    convention: str

    def clusters(self, level: float = 0.05, *, adjusted: bool = True) -> Int[np.ndarray, " unit"]:
        """Return the quadrant of units whose p-value is at most ``level``, -1 for the others.

        Parameters
        ----------
        level : accepted share of false findings among the findings, or, without adjustment, chance
            of a false finding for each unit.
        adjusted : by false discovery rate; 31 units tested one by one at 5 % give 1.6 findings
            out of nothing.
        """
        p = self.p_adjusted if adjusted else self.p
        return np.where(p <= level, self.quadrant, -1)


def local_moran(
    values: ArrayLike,
    weights: SpatialWeights,
    *,
    seed: int,
    draws: int = 9999,
    alternative: Alternative = "two-sided",
) -> LocalMoran:
    """Return local Moran statistics with conditional permutation tests.

    Parameters
    ----------
    values, weights : as for ``moran``.
    seed, draws : of the permutation test. The smallest two-sided p is ``2 / (draws + 1)``: to
        survive the adjustment alone among n units it needs about ``40 n`` draws at 5 %.
    alternative : positive means that neighbours are similar.

    Raises
    ------
    InputError
        If values are missing, all equal, fewer than four, or do not fit the weights.

    Notes
    -----
    ``I[i] = z[i] sum(w[i,j] z[j])`` with ``z`` the deviation from the mean in standard deviations
    (divided by n) [Anselin 1995]. Given the own value, with ``W`` and ``Q`` the sum of the unit's
    weights and of their squares [Sokal-Oden-Thomson 1998]::

        mean = -z**2 W / (n - 1)
        variance = z**2 n / (n - 2) (Q - W**2 / (n - 1)) (1 - z**2 / (n - 1))
    """
    x = checked_values(values, weights, "local Moran")
    z = (x - x.mean()) / x.std()
    lag = weights.lag(z)
    alone = weights.counts == 0
    mean, variance = _moments(z, weights)
    above, below = lags_by_chance(z, weights, draws=draws, seed=seed)
    is_low = z < 0
    counts = np.where(is_low, below, above), np.where(is_low, above, below)
    p = local_p(counts, weights, draws, alternative)
    quadrant = np.where(alone, -1, quadrants(z, lag))
    score = np.full(len(z), np.nan)
    np.divide(z * lag - mean, np.sqrt(variance), out=score, where=variance > 0)
    return LocalMoran(
        value=np.where(alone, np.nan, z * lag),
        deviation=z,
        lag=lag,
        quadrant=quadrant,
        expected=np.where(alone, np.nan, mean),
        variance=np.where(alone, np.nan, variance),
        z=score,
        p=p,
        p_adjusted=adjusted_for_false_discovery(p),
        alternative=alternative,
        draws=draws,
        seed=seed,
        convention=f"weights: {weights.convention}; variance of the values with n",
    )


def quadrants(
    deviation: Float[np.ndarray, "*shape"], lag: Float[np.ndarray, "*shape"]
) -> Int[np.ndarray, "*shape"]:
    """Return the code into ``QUADRANTS`` of each unit; a deviation of exactly zero counts as low.

    Parameters
    ----------
    deviation, lag : own deviation from the mean and that of the neighbours, in any scale.
    """
    is_high: Bool[np.ndarray, "*shape"] = deviation > 0
    return np.where(lag > 0, np.where(is_high, 0, 1), np.where(is_high, 3, 2))


def _moments(
    z: Float[np.ndarray, " unit"], weights: SpatialWeights
) -> tuple[Float[np.ndarray, " unit"], Float[np.ndarray, " unit"]]:
    n, total, squares = weights.n, weights.row_sums, weights.row_squares
    mean = -(z**2) * total / (n - 1)
    uneven = np.maximum(squares - total**2 / (n - 1), 0.0)
    others = 1 - z**2 / (n - 1)  # zero where all other units are alike
    others = np.where(others > _ROUNDING, others, 0.0)
    return mean, z**2 * n / (n - 2) * uneven * others
