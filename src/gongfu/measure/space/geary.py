"""Geary's C: whether neighbours differ less than any two units do.

References
----------
[Geary 1954] The contiguity ratio and statistical mapping. The Incorporated Statistician 5(3).
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

__all__ = ["geary"]


def geary(
    values: ArrayLike,
    weights: SpatialWeights,
    *,
    alternative: Alternative = "two-sided",
    seed: int | None = None,
    draws: int = 999,
) -> AutocorrelationTest:
    """Return Geary's C with its tests: below 1 when neighbours are similar, above when they differ.

    Parameters
    ----------
    values, weights, seed, draws : as for ``moran``.
    alternative : positive means that neighbours are similar (C below 1); scores carry that sign.

    Raises
    ------
    InputError
        If values are missing, all equal, fewer than four, or do not fit the weights.

    Notes
    -----
    ``C = (n - 1) sum(w[i,j] (x[i] - x[j])**2) / (2 S0 sum(z**2))``, expected 1 [Geary 1954].
    Variances as in [Cliff-Ord 1981].
    """
    x = checked_values(values, weights, "Geary's C")
    z = x - x.mean()
    return global_test(
        "Geary's C",
        lambda block: _geary_of_columns(block, weights),
        z,
        _moments(z, weights),
        alternative=alternative,
        seed=seed,
        draws=draws,
        convention=f"weights: {weights.convention}; variance of the values with n - 1",
        sign=-1,
    )


def _geary_of_columns(
    z: Float[np.ndarray, "unit block"], weights: SpatialWeights
) -> Float[np.ndarray, " block"]:
    # sum w (x_i - x_j)^2 with the links summed unit by unit, both ends of a link at once.
    in_and_out = weights.row_sums + weights.column_sums
    squares = np.einsum("i,ib,ib->b", in_and_out, z, z)
    products = np.einsum("ib,ib->b", z, weights.lag(z))
    total = np.einsum("ib,ib->b", z, z)
    ratio: Float[np.ndarray, " block"] = (
        (weights.n - 1) * (squares - 2 * products) / (2 * weights.sums.s0 * total)
    )
    return ratio


def _moments(z: Float[np.ndarray, " unit"], weights: SpatialWeights) -> NullMoments:
    n, sums = weights.n, weights.sums
    s0_squared = sums.s0**2
    normality = ((2 * sums.s1 + sums.s2) * (n - 1) - 4 * s0_squared) / (2 * (n + 1) * s0_squared)
    kurtosis = n * float(np.sum(z**4)) / float(np.sum(z**2)) ** 2
    randomisation = (
        (n - 1) * sums.s1 * (n**2 - 3 * n + 3 - (n - 1) * kurtosis)
        - (n - 1) * sums.s2 * (n**2 + 3 * n - 6 - (n**2 - n + 2) * kurtosis) / 4
        + s0_squared * (n**2 - 3 - (n - 1) ** 2 * kurtosis)
    ) / (n * (n - 2) * (n - 3) * s0_squared)
    return NullMoments(expected=1.0, normality=normality, randomisation=randomisation)
