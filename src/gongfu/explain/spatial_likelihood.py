"""The concentrated likelihood of a panel with a spatial lag or a spatial error, and its maximum.

Everything but rho is concentrated out, and the rows enter only through the triangular factor of
their QR decomposition, so that one evaluation costs the same for any number of rows.

References
----------
[Elhorst 2014] Spatial Econometrics: From Cross-Sectional Data to Spatial Panels. Springer.
[Lee-Yu 2010] Estimation of spatial autoregressive panel data models with fixed effects. Journal
of Econometrics 154(2).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from jaxtyping import Float

from gongfu.core import ConvergenceError
from gongfu.explain.least_squares import triangle
from gongfu.explain.spatial_spectrum import Determinant

__all__ = ["Concentrated", "ErrorRows", "LagRows", "maximise"]

_GRID = 64
_ZOOMS = 6
_STEPS = 100
_TOLERANCE = 1e-14


@runtime_checkable
class Rows(Protocol):
    """The part of the likelihood that rows enter."""

    def squares(self, rho: Float[np.ndarray, " value"]) -> Float[np.ndarray, " value"]:
        """Return the sum of squared residuals at each rho."""

    def slope(self, rho: float) -> float:
        """Return its derivative."""

    def coefficients(self, rho: float) -> Float[np.ndarray, " regressor"]:
        """Return the coefficients given rho."""


@dataclass(frozen=True, slots=True, eq=False)
class LagRows:
    """Rows of ``y = rho W y + X b + e``: ``r`` is the triangle of the columns [X, y, Wy]."""

    r: Float[np.ndarray, "column column"]

    @classmethod
    def of(cls, y: np.ndarray, lagged: np.ndarray, x: np.ndarray) -> LagRows:
        """Return the rows of demeaned columns."""
        return cls(triangle(np.column_stack([x, y, lagged])))

    def squares(self, rho: Float[np.ndarray, " value"]) -> Float[np.ndarray, " value"]:
        """Return the sum of squared residuals at each rho."""
        left = self.r[-2:, -2][:, None] - rho * self.r[-2:, -1][:, None]
        return np.asarray((left**2).sum(axis=0))

    def slope(self, rho: float) -> float:
        """Return its derivative."""
        y, lagged = self.r[-2:, -2], self.r[-2:, -1]
        return float(-2 * lagged @ (y - rho * lagged))

    def coefficients(self, rho: float) -> Float[np.ndarray, " regressor"]:
        """Return the coefficients given rho."""
        return np.linalg.solve(self.r[:-2, :-2], self.r[:-2, -2] - rho * self.r[:-2, -1])


@dataclass(frozen=True, slots=True, eq=False)
class ErrorRows:
    """Rows of ``y = X b + u, u = rho W u + e``: triangles of the columns [X, y] and W of them."""

    own: Float[np.ndarray, "row column"]
    lagged: Float[np.ndarray, "row column"]

    @classmethod
    def of(
        cls, y: np.ndarray, y_lagged: np.ndarray, x: np.ndarray, x_lagged: np.ndarray
    ) -> ErrorRows:
        """Return the rows of demeaned columns."""
        r = triangle(np.column_stack([x, y, x_lagged, y_lagged]))
        columns = x.shape[1] + 1
        return cls(r[:, :columns], r[:, columns:])

    def squares(self, rho: Float[np.ndarray, " value"]) -> Float[np.ndarray, " value"]:
        """Return the sum of squared residuals at each rho."""
        filtered = self.own - rho[:, None, None] * self.lagged
        return np.asarray(triangle(filtered)[:, -1, -1] ** 2)

    def slope(self, rho: float) -> float:
        """Return its derivative; that through the coefficients is zero at their optimum."""
        weights = np.append(-self.coefficients(rho), 1.0)
        return float(-2 * ((self.own - rho * self.lagged) @ weights) @ (self.lagged @ weights))

    def coefficients(self, rho: float) -> Float[np.ndarray, " regressor"]:
        """Return the coefficients given rho."""
        r = triangle(self.own - rho * self.lagged)
        return np.linalg.solve(r[:-1, :-1], r[:-1, -1])


@dataclass(frozen=True, slots=True, eq=False)
class Concentrated:
    """The log-likelihood as a function of rho alone.

    Parameters
    ----------
    rows : sum of squares, its slope and the coefficients at any rho.
    determinant : of ``I - rho W``, or that left without the mean [Lee-Yu 2010].
    free : rows less absorbed effects that count in the variance.
    times : how often the log-determinant counts.
    """

    rows: Rows
    determinant: Determinant
    free: int
    times: int

    def log_likelihood(self, rho: Float[np.ndarray, " value"]) -> Float[np.ndarray, " value"]:
        """Return the log-likelihood at several rho, constants included."""
        sigma2 = self.rows.squares(rho) / self.free
        gaussian = -self.free / 2 * (np.log(2 * np.pi * sigma2) + 1)
        return np.asarray(gaussian + self.times * self.determinant.log(rho))

    def score(self, rho: float) -> float:
        """Return its derivative."""
        squares = float(self.rows.squares(np.array([rho]))[0])
        gaussian = -self.free / 2 * self.rows.slope(rho) / squares
        return gaussian - self.times * self.determinant.trace(rho, 1)


def maximise(likelihood: Concentrated, low: float, high: float) -> float:
    """Return the rho between ``low`` and ``high`` at which the likelihood is largest.

    Raises
    ------
    ConvergenceError
        If there is no maximum inside.

    Notes
    -----
    A grid over the whole interval finds the hill, the zero of the analytic score its top.
    """
    left, right = low, high
    for _ in range(_ZOOMS):
        grid = left + (right - left) * (np.arange(_GRID) + 0.5) / _GRID
        best = int(np.argmax(likelihood.log_likelihood(grid)))
        before = grid[best - 1] if best else left + (grid[0] - left) * 1e-6
        after = grid[best + 1] if best < _GRID - 1 else right - (right - grid[-1]) * 1e-6
        if likelihood.score(before) > 0 > likelihood.score(after):
            return _zero(likelihood, float(before), float(after))
        left, right = float(before), float(after)
    raise ConvergenceError(
        f"the likelihood has no maximum for rho inside {low:.3g} to {high:.3g}; the best is at "
        f"{left:.6g}. Check the weights and whether the dependent is a spatial lag of itself."
    )


def _zero(likelihood: Concentrated, low: float, high: float) -> float:
    """Secant steps kept inside a shrinking bracket, else halves."""
    at_low, at_high = likelihood.score(low), likelihood.score(high)
    side = 0
    for step in range(_STEPS):
        middle = (low * at_high - high * at_low) / (at_high - at_low)
        if step % 8 == 7 or not low < middle < high:
            middle = (low + high) / 2
        value = likelihood.score(middle)
        if value == 0 or high - low <= _TOLERANCE * max(1.0, abs(middle)):
            return middle
        if value > 0:
            # The Illinois rule: an end that stays twice counts half, so that it moves too.
            at_high = at_high / 2 if side == 1 else at_high
            low, at_low, side = middle, value, 1
        else:
            at_low = at_low / 2 if side == -1 else at_low
            high, at_high, side = middle, value, -1
        if abs(high - low) <= 4 * np.spacing(max(abs(low), abs(high))):
            break
    return (low + high) / 2
