"""Eigenvalues of spatial weights, found once: log-determinants and traces at any rho follow.

References
----------
[Ord 1975] Estimation methods for models of spatial interaction. Journal of the American
Statistical Association 70(349).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from jaxtyping import Float, Inexact

from gongfu.core import InputError, Problem
from gongfu.measure.space import SpatialWeights

__all__ = ["WeightSpectrum"]

_ROUNDING = 1e-9


@dataclass(frozen=True, eq=False)
class WeightSpectrum:
    """Spatial weights with what maximum likelihood needs of them, computed at first use.

    Parameters
    ----------
    weights : with at least one link. Pass the same spectrum to several models: the eigenvalues
        are the expensive part.
    """

    weights: SpatialWeights

    def __post_init__(self) -> None:
        if not len(self.weights.value):
            raise InputError(
                Problem("no unit has a neighbour", fix="Check how the weights were chosen.")
            )

    @cached_property
    def matrix(self) -> Float[np.ndarray, "unit unit"]:
        """The weights as a full matrix."""
        return self.weights.matrix()

    @cached_property
    def is_row_standardised(self) -> bool:
        """Whether the weights of every unit's neighbours add up to 1."""
        return bool(np.allclose(self.weights.row_sums, 1.0, rtol=0, atol=_ROUNDING))

    @cached_property
    def eigenvalues(self) -> Inexact[np.ndarray, " unit"]:
        """All eigenvalues: real if rows of a symmetric matrix were scaled, else maybe complex."""
        scale = _symmetry_scale(self.weights)
        if scale is None:
            values = np.linalg.eigvals(self.matrix)
            return values.real if np.isreal(values).all() else values
        root = np.sqrt(scale)
        return np.linalg.eigvalsh(self.matrix * root[:, None] / root)

    @cached_property
    def within(self) -> Inexact[np.ndarray, " unit_but_one"]:
        """Eigenvalues left when the mean over units is taken out of row-standardised weights."""
        return np.delete(self.eigenvalues, np.argmin(np.abs(self.eigenvalues - 1.0)))

    @cached_property
    def bounds(self) -> tuple[float, float]:
        """Interval of rho around zero in which ``I - rho W`` is regular."""
        values = self.eigenvalues
        real = values.real[np.abs(values.imag) <= _ROUNDING * np.abs(values)]
        radius = float(np.abs(values).max())
        if radius <= _ROUNDING:
            return -np.inf, np.inf
        low, high = float(real.min(initial=0.0)), float(real.max(initial=0.0))
        edge = _ROUNDING * radius
        return 1 / (low if low < -edge else -radius), 1 / (high if high > edge else radius)


def log_determinant(
    rho: Float[np.ndarray, " value"], eigenvalues: Inexact[np.ndarray, " unit"]
) -> Float[np.ndarray, " value"]:
    """Return ``log |I - rho W|`` at several rho [Ord 1975]."""
    return np.asarray(np.log(np.abs(1 - rho[:, None] * eigenvalues)).sum(axis=1))


def power_trace(rho: float, eigenvalues: Inexact[np.ndarray, " unit"], power: int) -> float:
    """Return the trace of ``(W (I - rho W)**-1)**power``."""
    return float(((eigenvalues / (1 - rho * eigenvalues)) ** power).sum().real)


def _symmetry_scale(weights: SpatialWeights) -> Float[np.ndarray, " unit"] | None:
    """Return d such that ``d[i] w[i,j]`` is symmetric, if there is one."""
    mirrored = weights.mirrored()
    if (mirrored <= 0).any():
        return None
    scale = np.zeros(weights.n)
    ratio = weights.value / mirrored
    while (scale == 0).any():
        new = scale.copy()
        new[np.argmin(scale != 0)] = 1.0
        while not np.array_equal(new != 0, scale != 0):
            scale = new.copy()
            reached = (scale[weights.unit] != 0) & (scale[weights.neighbour] == 0)
            new[weights.neighbour[reached]] = (scale[weights.unit] * ratio)[reached]
    forth, back = scale[weights.unit] * weights.value, scale[weights.neighbour] * mirrored
    return scale if np.allclose(forth, back, rtol=_ROUNDING, atol=0) else None
