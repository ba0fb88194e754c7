"""Direct, indirect and total effects of a spatial lag model, exactly, with errors.

References
----------
[LeSage-Pace 2009] Introduction to Spatial Econometrics. CRC Press. Section 2.7.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.explain.spatial_spectrum import WeightSpectrum

__all__ = ["EffectWeights", "effect_weights", "effects_and_jacobian"]


@dataclass(frozen=True, slots=True)
class EffectWeights:
    """Effects are ``coefficient * own + lagged coefficient * lagged``; with slopes in rho.

    Parameters
    ----------
    direct, total : pairs (own, lagged): mean diagonal and mean row sum of ``S**-1`` and
        ``S**-1 W`` with ``S = I - rho W``.
    direct_slope, total_slope : their derivatives.
    """

    direct: tuple[float, float]
    total: tuple[float, float]
    direct_slope: tuple[float, float]
    total_slope: tuple[float, float]


def effect_weights(rho: float, spectrum: WeightSpectrum) -> EffectWeights:
    """Return the means that turn coefficients into effects [LeSage-Pace 2009].

    Notes
    -----
    Diagonals from the traces of ``G = W S**-1`` and ``G G``, since ``S**-1 = I + rho G``; row sums
    by one linear system: no trace is approximated and nothing is simulated.
    """
    determinant, n = spectrum.determinant(), spectrum.weights.n
    one, two = (determinant.trace(rho, power) / n for power in (1, 2))  # of G = W S**-1
    own, lagged, own_slope, lagged_slope = 1 + rho * one, one, one + rho * two, two
    sums = _row_sums(rho, spectrum)
    return EffectWeights((own, lagged), sums[0], (own_slope, lagged_slope), sums[1])


def effects_and_jacobian(
    rho: float,
    coefficients: Float[np.ndarray, " regressor"],
    lagged: Float[np.ndarray, " lagged"],
    place: tuple[int, ...],
    spectrum: WeightSpectrum,
) -> tuple[Float[np.ndarray, " effect"], Float[np.ndarray, "effect parameter"]]:
    """Return direct, indirect, total of each regressor, and their derivatives.

    Parameters
    ----------
    lagged : coefficients of spatially lagged regressors; ``place`` says of which regressor.

    Returns
    -------
    Effects in the order direct, indirect, total, each over all regressors; derivatives with
    respect to (rho, coefficients, lagged).
    """
    weights = effect_weights(rho, spectrum)
    direct, d_direct = _effect(coefficients, lagged, place, weights.direct, weights.direct_slope)
    total, d_total = _effect(coefficients, lagged, place, weights.total, weights.total_slope)
    return (
        np.concatenate([direct, total - direct, total]),
        np.concatenate([d_direct, d_total - d_direct, d_total]),
    )


def _effect(
    coefficients: np.ndarray,
    lagged: np.ndarray,
    place: tuple[int, ...],
    weight: tuple[float, float],
    slope: tuple[float, float],
) -> tuple[np.ndarray, np.ndarray]:
    k, spread = len(coefficients), np.zeros((len(coefficients), len(lagged)))
    spread[list(place), np.arange(len(lagged))] = 1.0
    at_neighbours = spread @ lagged
    jacobian = np.column_stack(
        [
            coefficients * slope[0] + at_neighbours * slope[1],
            weight[0] * np.eye(k),
            weight[1] * spread,
        ]
    )
    return coefficients * weight[0] + at_neighbours * weight[1], jacobian


def _row_sums(
    rho: float, spectrum: WeightSpectrum
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Mean row sums of ``S**-1`` and ``S**-1 W``, and their derivatives."""
    if spectrum.is_row_standardised:
        total = 1 / (1 - rho)
        return (total, total), (total**2, total**2)
    n, w = spectrum.weights.n, spectrum.matrix
    ones = np.ones((n, 1))
    system = np.eye(n) - rho * w
    columns = np.linalg.solve(system, np.column_stack([ones, w @ ones]))
    slopes = np.linalg.solve(system, w @ columns)
    means, slope_means = columns.mean(axis=0), slopes.mean(axis=0)
    return (
        (float(means[0]), float(means[1])),
        (float(slope_means[0]), float(slope_means[1])),
    )
