"""Moran's I: whether neighbours have similar values.

References
----------
[Moran 1950] Notes on continuous stochastic phenomena. Biometrika 37(1/2).
[Cliff-Ord 1981] Spatial Processes: Models and Applications. Pion. Chapters 1-2.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from gongfu.measure.space.autocorrelation import (
    AutocorrelationTest,
    NullMoments,
    checked_values,
    global_test,
)
from gongfu.measure.space.permutation import Alternative
from gongfu.measure.space.weights import SpatialWeights

__all__ = ["moran"]


def moran(
    values: ArrayLike,
    weights: SpatialWeights,
    *,
    alternative: Alternative = "two-sided",
    seed: int | None = None,
    draws: int = 999,
) -> AutocorrelationTest:
    """Return Moran's I with tests under normality, randomisation and by permutation.

    Parameters
    ----------
    values : one number a unit, not all equal; at least four units.
    weights : need not be symmetric or standardised; units without a neighbour count in ``n`` and
        in the variance and add nothing to the sum.
    alternative : positive means that neighbours are similar.
    seed, draws : of the permutation test; without a seed there is none.

    Raises
    ------
    InputError
        If values are missing, all equal, fewer than four, or do not fit the weights.

    Notes
    -----
    With deviations ``z`` from the mean and ``S0`` the sum of weights,
    ``I = n / S0 * sum(w[i,j] z[i] z[j]) / sum(z**2)``, expected ``-1 / (n - 1)`` [Moran 1950].
    Variances as in [Cliff-Ord 1981]. Where a few values are far out, the normal approximation is
    poor and the permutations are the better test.
    """
    x = checked_values(values, weights, "Moran's I")
    z = x - x.mean()
    return global_test(
        "Moran's I",
        lambda block: _moran_of_columns(block, weights),
        z,
        _moments(z, weights),
        alternative=alternative,
        seed=seed,
        draws=draws,
        convention=f"weights: {weights.convention}; divided by n, not n - 1",
    )


def _moran_of_columns(
    z: Float[np.ndarray, "unit block"], weights: SpatialWeights
) -> Float[np.ndarray, " block"]:
    products = np.einsum("ib,ib->b", z, weights.lag(z))
    moran: Float[np.ndarray, " block"] = (
        products * (weights.n / weights.sums.s0) / np.einsum("ib,ib->b", z, z)
    )
    return moran


def _moments(z: Float[np.ndarray, " unit"], weights: SpatialWeights) -> NullMoments:
    n, sums = weights.n, weights.sums
    s0_squared, expected = sums.s0**2, -1.0 / (n - 1)
    normality = (n**2 * sums.s1 - n * sums.s2 + 3 * s0_squared) / (s0_squared * (n**2 - 1))
    kurtosis = n * float(np.sum(z**4)) / float(np.sum(z**2)) ** 2
    free = n * ((n**2 - 3 * n + 3) * sums.s1 - n * sums.s2 + 3 * s0_squared)
    tails = kurtosis * ((n**2 - n) * sums.s1 - 2 * n * sums.s2 + 6 * s0_squared)
    randomisation = (free - tails) / ((n - 1) * (n - 2) * (n - 3) * s0_squared)
    return NullMoments(
        expected=expected,
        normality=normality - expected**2,
        randomisation=randomisation - expected**2,
    )
