"""Determinants, traces and multipliers of ``I - rho W`` at any rho, exactly.

From all eigenvalues of W, found once, or, where many units have few neighbours, from elimination
block by block.

References
----------
[Ord 1975] Estimation methods for models of spatial interaction. Journal of the American
Statistical Association 70(349).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, runtime_checkable

import numpy as np
from jaxtyping import Float, Inexact, Int

from gongfu.core import InputError, Problem
from gongfu.explain.spatial_blocks import BlockTridiagonal, level_blocks
from gongfu.measure.space import SpatialWeights

__all__ = ["Determinant", "Multiplier", "WeightSpectrum"]

_ROUNDING = 1e-9
_EDGE = 1e-6
"""How close to the first singular ``I - rho W`` the search for rho goes, relative to it."""
_FAR = 1e8


@runtime_checkable
class Determinant(Protocol):
    """What a likelihood needs of ``I - rho W``; ``drops_one`` without the mean over units."""

    @property
    def drops_one(self) -> bool:
        """Whether the mean over units is taken out."""

    def log(self, rho: Float[np.ndarray, " value"]) -> Float[np.ndarray, " value"]:
        """Return ``log |I - rho W|`` at several rho."""

    def trace(self, rho: float, power: int) -> float:
        """Return the trace of ``(W (I - rho W)**-1)**power``, power 1 or 2."""


@dataclass(frozen=True, slots=True, eq=False)
class Multiplier:
    """``G = W (I - rho W)**-1`` without its elements.

    Parameters
    ----------
    squares : sum of the squares of its elements.
    column_sums : of G.
    times : returns G times columns of units.
    """

    squares: float
    column_sums: Float[np.ndarray, " unit"]
    times: Callable[[Float[np.ndarray, "unit column"]], Float[np.ndarray, "unit column"]]


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
        if self._scale is None:
            values = np.linalg.eigvals(self.matrix)
            return values.real if np.isreal(values).all() else values
        root = np.sqrt(self._scale)
        return np.linalg.eigvalsh(self.matrix * root[:, None] / root)

    @cached_property
    def within(self) -> Inexact[np.ndarray, " unit_but_one"]:
        """Eigenvalues left when the mean over units is taken out of row-standardised weights."""
        return np.delete(self.eigenvalues, np.argmin(np.abs(self.eigenvalues - 1.0)))

    def determinant(self, *, drops_one: bool = False) -> Determinant:
        """Return the determinant of ``I - rho W``, or that left without the mean over units."""
        if self._symmetric is not None:
            return _FromBlocks(self._symmetric, drops_one)
        return _FromEigenvalues(self.within if drops_one else self.eigenvalues, drops_one)

    def gain(self, rho: float) -> Float[np.ndarray, "unit unit"]:
        """Return all elements of ``W (I - rho W)**-1``."""
        system = -rho * self.matrix
        system.flat[:: self.weights.n + 1] += 1.0
        return np.linalg.solve(system, self.matrix)

    def multiplier(self, rho: float) -> Multiplier:
        """Return what the information needs of ``W (I - rho W)**-1``."""
        if self._blocks is None:
            gain = self.gain(rho)
            return Multiplier(float(np.vdot(gain, gain)), gain.sum(axis=0), lambda x: gain @ x)
        order, inner = np.concatenate(self._blocks), BlockTridiagonal.of(self.matrix, self._blocks)
        system_blocks, back = inner.less(rho), np.argsort(order)
        ahead = self.matrix.sum(axis=0)[order][:, None]
        return Multiplier(
            system_blocks.squared().trace_of_product(inner.squared()),
            system_blocks.transposed().solve(ahead)[back, 0],
            lambda x: self.matrix @ system_blocks.solve(x[order])[back],
        )

    @cached_property
    def bounds(self) -> tuple[float, float]:
        """Interval of rho around zero in which ``I - rho W`` is regular."""
        if self._symmetric is not None:
            high = 1.0 if self.is_row_standardised else self._reach(1)
            return self._reach(-1), high
        values = self.eigenvalues
        real = values.real[np.abs(values.imag) <= _ROUNDING * np.abs(values)]
        radius = float(np.abs(values).max())
        if radius <= _ROUNDING:
            return -np.inf, np.inf
        low, high = float(real.min(initial=0.0)), float(real.max(initial=0.0))
        edge = _ROUNDING * radius
        return 1 / (low if low < -edge else -radius), 1 / (high if high > edge else radius)

    @cached_property
    def _scale(self) -> Float[np.ndarray, " unit"] | None:
        return _symmetry_scale(self.weights)

    @cached_property
    def _blocks(self) -> list[Int[np.ndarray, " _"]] | None:
        return level_blocks(self.weights)

    @cached_property
    def _symmetric(self) -> BlockTridiagonal | None:
        """Blocks of the symmetric matrix with the eigenvalues of W, where that saves work."""
        if self._blocks is None or self._scale is None:
            return None
        plain = BlockTridiagonal.of(self.matrix, self._blocks)
        root = np.sqrt(self._scale)
        return plain.scaled([root[block] for block in self._blocks])

    def _reach(self, sign: int) -> float:
        """The last rho on one side, to a millionth, with ``I - rho S`` positive definite."""
        assert self._symmetric is not None
        near = sign * (1 - _EDGE) / float(np.abs(self.weights.row_sums).max())
        far = 2 * near
        while self._symmetric.less(far).is_positive_definite() and abs(far) < _FAR:
            near, far = far, 2 * far
        while abs(far - near) > _EDGE * abs(near):
            middle = (near + far) / 2
            is_inside = self._symmetric.less(middle).is_positive_definite()
            near, far = (middle, far) if is_inside else (near, middle)
        return near


@dataclass(frozen=True, slots=True, eq=False)
class _FromEigenvalues:
    values: Inexact[np.ndarray, " value"]
    drops_one: bool

    def log(self, rho: Float[np.ndarray, " value"]) -> Float[np.ndarray, " value"]:
        return log_determinant(rho, self.values)

    def trace(self, rho: float, power: int) -> float:
        return power_trace(rho, self.values, power)


@dataclass(frozen=True, slots=True, eq=False)
class _FromBlocks:
    """The trace of the square is the sum of squares, since the matrix is symmetric."""

    symmetric: BlockTridiagonal
    drops_one: bool

    def log(self, rho: Float[np.ndarray, " value"]) -> Float[np.ndarray, " value"]:
        out = np.array([self.symmetric.less(float(r)).log_determinant() for r in rho])
        return out - np.log(1 - rho) if self.drops_one else out

    def trace(self, rho: float, power: int) -> float:
        system = self.symmetric.less(rho)
        whole = (
            system.trace_of_product(self.symmetric)
            if power == 1
            else system.squared().trace_of_product(self.symmetric.squared())
        )
        return whole - (1 / (1 - rho)) ** power if self.drops_one else whole


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
