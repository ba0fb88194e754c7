"""Local Geary: units whose neighbours differ from them less, or more, than chance would have it.

References
----------
[Anselin 1995] Local indicators of spatial association - LISA. Geographical Analysis 27(2).
[Anselin 2019] A local indicator of multivariate spatial association: extending Geary's c.
Geographical Analysis 51(2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from gongfu.measure.space.autocorrelation import checked_values
from gongfu.measure.space.conditional import gaps_by_chance, local_p
from gongfu.measure.space.permutation import Alternative, adjusted_for_false_discovery
from gongfu.measure.space.weights import SpatialWeights

__all__ = ["LocalGeary", "local_geary"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LocalGeary:
    """Local Geary statistics, one a unit; NaN for a unit without a neighbour.

    Parameters
    ----------
    value : weighted sum of squared gaps to the neighbours, in variances; adds up to
        ``2 S0 n / (n - 1)`` times Geary's C.
    expected, variance, z : moments over all permutations of the other units' values, and the
        score, above zero among similar neighbours.
    p : of the conditional permutation test; ``p_adjusted`` holds the false discovery rate.
    """

    value: Float[np.ndarray, " unit"]
    expected: Float[np.ndarray, " unit"]
    variance: Float[np.ndarray, " unit"]
    z: Float[np.ndarray, " unit"]
    p: Float[np.ndarray, " unit"]
    p_adjusted: Float[np.ndarray, " unit"]
    alternative: Alternative
    draws: int
    seed: int
    convention: str


def local_geary(
    values: ArrayLike,
    weights: SpatialWeights,
    *,
    seed: int,
    draws: int = 9999,
    alternative: Alternative = "two-sided",
) -> LocalGeary:
    """Return local Geary statistics with conditional permutation tests.

    Parameters
    ----------
    values, weights, seed, draws : as for ``local_moran``.
    alternative : positive means that neighbours are similar (few gaps).

    Raises
    ------
    InputError
        If values are missing, all equal, fewer than four, or do not fit the weights.

    Notes
    -----
    ``c[i] = sum(w[i,j] (z[i] - z[j])**2)`` with ``z`` the deviation from the mean in standard
    deviations (divided by n) [Anselin 1995]. A unit in the middle of the distribution that is
    surrounded by its like stands out here and not in local Moran [Anselin 2019]. Given the own
    value, with ``W`` and ``Q`` the sum of the unit's weights and of their squares and ``m``, ``v``
    the mean and variance of ``(z[i] - z[j])**2`` over the others: ``mean = W m``,
    ``variance = v (n - 1) / (n - 2) (Q - W**2 / (n - 1))``.
    """
    x = checked_values(values, weights, "local Geary")
    z = (x - x.mean()) / x.std()
    alone = weights.counts == 0
    value = np.bincount(
        weights.unit, weights.value * (z[weights.unit] - z[weights.neighbour]) ** 2,
        minlength=weights.n,
    )  # fmt: skip
    mean, variance = _moments(z, weights)
    above, below = gaps_by_chance(z, weights, draws=draws, seed=seed)
    p = local_p((below, above), weights, draws, alternative)  # small gaps are positive
    score = np.full(len(z), np.nan)
    np.divide(mean - value, np.sqrt(variance), out=score, where=variance > 0)
    return LocalGeary(
        value=np.where(alone, np.nan, value),
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


def _moments(
    z: Float[np.ndarray, " unit"], weights: SpatialWeights
) -> tuple[Float[np.ndarray, " unit"], Float[np.ndarray, " unit"]]:
    n, total, squares = weights.n, weights.row_sums, weights.row_squares
    # Moments of (z_i - z_j)**2 over j from those of z, whose mean is 0 and whose variance is 1.
    third, fourth = float(np.mean(z**3)), float(np.mean(z**4))
    mean = n * (z**2 + 1) / (n - 1)
    square = n * (z**4 + 6 * z**2 - 4 * z * third + fourth) / (n - 1)
    uneven = np.maximum(squares - total**2 / (n - 1), 0.0)
    variance = np.maximum(square - mean**2, 0.0) * (n - 1) / (n - 2) * uneven
    return mean * total, variance
