"""Kernel densities: the shape of a distribution, with bands.

References
----------
[Silverman 1986] Density Estimation for Statistics and Data Analysis. Chapman and Hall. Eq. 3.31
(bandwidth) and section 5.3 (adaptive method).
[Abramson 1982] On bandwidth variation in kernel estimates - a square root law. Annals of Statistics
10(4).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.measure.quantiles import quantile_value
from gongfu.measure.sample import Incomes, Sample, require_positive

__all__ = ["Density", "density", "rule_of_thumb"]

_REACH = 4.0
"""Bandwidths of its own kernel to which the grid reaches around every row."""

_WIDEST = 10.0
"""Most by which the adaptive kernel is widened: a single far row would reach over all others."""

_BINS = 4096
"""Rows beyond this number are first dealt out to as many bins, linearly between two of them."""

_BLOCK = 1 << 20
"""Kernel values held at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Density:
    """A density on a grid.

    Parameters
    ----------
    at : values of the grid.
    height : density there, per unit of the values; its integral over all values is 1.
    standard_error : of each height if rows were sampled one by one; it holds the variance, not the
        smoothing bias.
    bandwidth : of the fixed kernel, or of the adaptive one at the geometric mean of the heights;
        in logs where ``in_logs``.
    """

    at: Float[np.ndarray, " grid"]
    height: Float[np.ndarray, " grid"]
    standard_error: Float[np.ndarray, " grid"]
    bandwidth: float
    adaptive: bool
    in_logs: bool

    def band(
        self, level: float = 0.95
    ) -> tuple[Float[np.ndarray, " grid"], Float[np.ndarray, " grid"]]:
        """Return the lower and upper bound of the expected height, point by point."""
        half = NormalDist().inv_cdf(0.5 + level / 2) * self.standard_error
        return np.maximum(self.height - half, 0.0), self.height + half


def density(
    income: Incomes,
    weight: ArrayLike | None = None,
    *,
    bandwidth: float | None = None,
    adaptive: bool = False,
    in_logs: bool = False,
    grid: ArrayLike | None = None,
    points: int = 256,
) -> Density:
    """Return a Gaussian kernel density.

    Parameters
    ----------
    income : values, such as income or an index; above zero with ``in_logs``.
    weight : people each row stands for.
    bandwidth : standard deviation of the kernel (of logs with ``in_logs``), above zero;
        ``rule_of_thumb`` if not given.
    adaptive : widen the kernel where rows are thin.
    in_logs : estimate the density of logs and turn it back, so that nothing lies below zero.
    grid : values at which to estimate; ``points`` equal steps around all rows if not given.

    Raises
    ------
    InputError
        If values are missing, all equal or out of range, or the bandwidth is not above zero.

    Notes
    -----
    ``f(x) = sum_i w_i / W K((x - x_i) / h_i) / h_i``; adaptive ``h_i = h sqrt(g / f0(x_i))`` with
    f0 the fixed estimate and g its geometric mean over rows [Abramson 1982; Silverman 1986], at
    most ``10 h``. With
    more than 4,096 rows they are dealt out to bins first; the error is of the order of the square
    of bin over bandwidth, far below the sampling error.
    """
    rows = _rows(income, weight, in_logs)
    width = rule_of_thumb(rows) if bandwidth is None else bandwidth
    if not (width > 0 and math.isfinite(width)):
        raise InputError(
            Problem(
                "a kernel needs a bandwidth above zero",
                found=f"{width:g}",
                fix="Values heaped on one number have no density: give a bandwidth.",
            )
        )
    at, mass, squared = _binned(rows)
    widths = np.full(len(at), width)
    if adaptive:
        pilot, _ = _heights(at, at, mass, squared, widths)
        log_mean = float(mass @ np.log(pilot))
        widths = width * np.minimum(np.sqrt(math.exp(log_mean) / pilot), _WIDEST)
    x = np.linspace(*_ends(at, widths), points) if grid is None else _given(grid, in_logs)
    height, error = _heights(x, at, mass, squared, widths)
    stretch = np.exp(-x) if in_logs else np.ones_like(x)
    return Density(
        at=np.exp(x) if in_logs else x,
        height=height * stretch,
        standard_error=error * stretch,
        bandwidth=float(width),
        adaptive=adaptive,
        in_logs=in_logs,
    )


def rule_of_thumb(rows: Sample) -> float:
    """Return ``0.9 min(s, IQR / 1.34) n**(-1/5)`` with n the effective number of rows.

    Notes
    -----
    [Silverman 1986, eq. 3.31]; n is ``W**2 / sum(w**2)``. Where half of the rows are heaped on one
    value, the standard deviation s alone counts.
    """
    deviation = math.sqrt(rows.average((rows.income - rows.mean) ** 2))
    quartiles = (quantile_value(rows, 0.75) - quantile_value(rows, 0.25)) / 1.34
    spread = min(deviation, quartiles) if quartiles > 0 else deviation
    n = rows.total_weight / rows.average(rows.weight)
    return float(0.9 * spread * n**-0.2)


def _rows(income: Incomes, weight: ArrayLike | None, in_logs: bool) -> Sample:
    rows = Sample.of(income, weight)
    if not in_logs:
        return rows
    require_positive(rows, "a density of logs")
    return Sample(np.log(rows.income), rows.weight, rows.has_equal_weights)


def _given(grid: ArrayLike, in_logs: bool) -> Float[np.ndarray, " grid"]:
    at = np.asarray(grid, dtype=np.float64)
    if in_logs and not (at > 0).all():
        raise InputError(Problem("the grid of a density of logs must be above zero"))
    return np.log(at) if in_logs else at


def _ends(at: Float[np.ndarray, " bin"], widths: Float[np.ndarray, " bin"]) -> tuple[float, float]:
    return float((at - _REACH * widths).min()), float((at + _REACH * widths).max())


def _binned(
    rows: Sample,
) -> tuple[Float[np.ndarray, " bin"], Float[np.ndarray, " bin"], Float[np.ndarray, " bin"]]:
    """Return values, their shares of people, and the sum of squared shares of rows there."""
    share = rows.weight / rows.total_weight
    if len(share) <= _BINS:
        return rows.income, share, share**2
    low, high = float(rows.income.min()), float(rows.income.max())
    at = np.linspace(low, high, _BINS)
    place = (rows.income - low) / (high - low) * (_BINS - 1)
    left = np.minimum(place.astype(np.int64), _BINS - 2)
    right = place - left
    mass, squared = (
        np.bincount(left, values * (1 - right), _BINS)
        + np.bincount(left + 1, values * right, _BINS)
        for values in (share, share**2)
    )
    filled = mass > 0
    return at[filled], mass[filled], squared[filled]


def _heights(
    x: Float[np.ndarray, " grid"],
    at: Float[np.ndarray, " bin"],
    mass: Float[np.ndarray, " bin"],
    squared: Float[np.ndarray, " bin"],
    widths: Float[np.ndarray, " bin"],
) -> tuple[Float[np.ndarray, " grid"], Float[np.ndarray, " grid"]]:
    """Return densities and their standard errors."""
    # Variance of a weighted mean of kernels K: sum of squared shares times (K - f)^2.
    height, square = np.empty(len(x)), np.empty(len(x))
    for part in _blocks(len(x), len(at)):
        kernel = np.exp(-0.5 * ((x[part, None] - at) / widths) ** 2)
        kernel /= math.sqrt(2 * math.pi) * widths
        height[part] = np.einsum("gb,b->g", kernel, mass)
        square[part] = np.einsum("gb,b->g", (kernel - height[part, None]) ** 2, squared)
    return height, np.sqrt(square)


def _blocks(points: int, bins: int) -> Iterator[slice]:
    size = max(_BLOCK // bins, 1)
    for start in range(0, points, size):
        yield slice(start, start + size)
