"""Stochastic kernels: where regions at each level end up, without cutting levels into classes.

References
----------
[Quah 1997] Empirics for growth and distribution: stratification, polarization, and convergence
clubs. Journal of Economic Growth 2(1).
[Fan 1992] Design-adaptive nonparametric regression. Journal of the American Statistical
Association 87(420).
[Johnson 2005] A continuous state space approach to "convergence by parts". Economics Letters 86(3):
the long-run density.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.measure.dynamics.density import rule_of_thumb
from gongfu.measure.dynamics.long_run import ergodic_distribution
from gongfu.measure.dynamics.panel_values import checked_panel
from gongfu.measure.sample import Sample

__all__ = ["StochasticKernel", "stochastic_kernel"]

_REACH = 3.0
"""Bandwidths beyond the extreme values to which the grid reaches."""

_THIN = 1e-6
"""Spread of the earlier values around a grid point, relative to that of all, without a line."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StochasticKernel:
    """Density of the later value given the earlier one.

    Parameters
    ----------
    at : values of the grid, the same for both dates, equal steps.
    conditional : density of the later value (column) given the earlier one (row); each row
        integrates to 1 over the grid.
    start : density of the earlier value.
    expected : mean later value given each earlier one, by a local line: on the diagonal nobody
        moves on average.
    bandwidths : of the earlier and the later value.
    step : years between the two.
    """

    at: Float[np.ndarray, " grid"]
    conditional: Float[np.ndarray, "earlier later"]
    start: Float[np.ndarray, " grid"]
    expected: Float[np.ndarray, " grid"]
    bandwidths: tuple[float, float]
    step: int

    @property
    def long_run(self) -> Float[np.ndarray, " grid"]:
        """Density that stays what it is under the kernel; see ``ergodic_distribution``."""
        cell = self.at[1] - self.at[0]
        density: Float[np.ndarray, " grid"] = ergodic_distribution(self.conditional * cell) / cell
        return density


def stochastic_kernel(
    values: ArrayLike,
    *,
    step: int = 1,
    bandwidths: tuple[float, float] | None = None,
    adaptive: bool = False,
    points: int = 128,
) -> StochasticKernel:
    """Return the stochastic kernel of relative values.

    Parameters
    ----------
    values : one row a unit and one column a year, usually value over the mean of its year
        (``relative_classes(...).values``): raw values with a trend move everyone up.
    step : years from the earlier to the later value, at least 1.
    bandwidths : of the earlier and the later value; rules of thumb if not given.
    adaptive : widen both where pairs are thin.
    points : of the grid.

    Raises
    ------
    InputError
        If values are missing or all equal, or the step or a bandwidth is out of range.

    Notes
    -----
    Joint Gaussian kernel density of all pairs over the density of the earlier value [Quah 1997].
    Bandwidths: rule of thumb of each date, with ``n**(-1/6)`` for two dimensions. The long-run
    density solves ``f(y) = integral of f(x) g(y | x)`` on the grid [Johnson 2005]. Far from all
    pairs a row rests on few of them: read it with ``start`` beside it.
    """
    panel = checked_panel(values)
    if not 1 <= step < panel.shape[1]:
        raise InputError(
            Problem("step out of range", expected=f"1 to {panel.shape[1] - 1}", found=f"{step}")
        )
    early, late = panel[:, :-step].ravel(), panel[:, step:].ravel()
    wide = _bandwidths(early, late) if bandwidths is None else bandwidths
    if not min(wide) > 0:
        raise InputError(
            Problem("bandwidths must be above zero", found=f"{wide[0]:g} and {wide[1]:g}")
        )
    reach = _REACH * max(wide)
    at = np.linspace(panel.min() - reach, panel.max() + reach, points)
    scale = np.ones(len(early))
    if adaptive:
        scale = _local_scale(at, early, late, wide)
    near = _log_bells(at, early, wide[0] * scale)
    # The largest weight of a row is set to 1: no row is empty, however far from all pairs.
    nearness = np.exp(near - near.max(axis=1, keepdims=True))
    conditional = nearness @ np.exp(_log_bells(at, late, wide[1] * scale)).T
    return StochasticKernel(
        at=at,
        conditional=conditional / (conditional.sum(axis=1, keepdims=True) * (at[1] - at[0])),
        start=np.exp(near).mean(axis=1),
        expected=_local_line(at, early, late, nearness),
        bandwidths=wide,
        step=step,
    )


def _local_line(
    at: Float[np.ndarray, " grid"],
    early: Float[np.ndarray, " pair"],
    late: Float[np.ndarray, " pair"],
    nearness: Float[np.ndarray, "grid pair"],
) -> Float[np.ndarray, " grid"]:
    """Return the height at each grid point of a line fitted to the pairs around it."""
    total = nearness.sum(axis=1)
    x, y = nearness @ early / total, nearness @ late / total
    spread = np.maximum(nearness @ early**2 / total - x**2, 0.0)
    slope = np.zeros(len(at))
    together = nearness @ (early * late) / total - x * y
    # Far out a single pair weighs all: there is no line, and its own height stands.
    known = spread > _THIN * np.var(early)
    np.divide(together, spread, out=slope, where=known)
    fitted: Float[np.ndarray, " grid"] = y + slope * (at - x)
    return fitted


def _bandwidths(
    early: Float[np.ndarray, " pair"], late: Float[np.ndarray, " pair"]
) -> tuple[float, float]:
    n = len(early)
    first, second = (
        rule_of_thumb(Sample.of(part)) * n ** (1 / 5 - 1 / 6) for part in (early, late)
    )
    return first, second


def _log_bells(
    at: Float[np.ndarray, " grid"],
    centre: Float[np.ndarray, " pair"],
    width: Float[np.ndarray, " pair"],
) -> Float[np.ndarray, "grid pair"]:
    heights = np.log(math.sqrt(2 * math.pi) * width)
    bells: Float[np.ndarray, "grid pair"] = -0.5 * ((at[:, None] - centre) / width) ** 2 - heights
    return bells


def _local_scale(
    at: Float[np.ndarray, " grid"],
    early: Float[np.ndarray, " pair"],
    late: Float[np.ndarray, " pair"],
    wide: tuple[float, float],
) -> Float[np.ndarray, " pair"]:
    """Return ``sqrt(geometric mean / height)``, the height being the fixed estimate at a pair."""
    same = np.ones(len(early))
    first, second = (
        np.exp(_log_bells(at, part, width * same))
        for part, width in zip((early, late), wide, strict=True)
    )
    pilot = _interpolated(at, first @ second.T, early, late)
    scale: Float[np.ndarray, " pair"] = np.sqrt(np.exp(np.log(pilot).mean()) / pilot)
    return scale


def _interpolated(
    at: Float[np.ndarray, " grid"],
    height: Float[np.ndarray, "earlier later"],
    early: Float[np.ndarray, " pair"],
    late: Float[np.ndarray, " pair"],
) -> Float[np.ndarray, " pair"]:
    cell = at[1] - at[0]
    i, j = ((part - at[0]) / cell for part in (early, late))
    row, column = (np.minimum(p.astype(np.int64), len(at) - 2) for p in (i, j))
    up, right = i - row, j - column
    lower = (1 - right) * height[row, column] + right * height[row, column + 1]
    upper = (1 - right) * height[row + 1, column] + right * height[row + 1, column + 1]
    between: Float[np.ndarray, " pair"] = (1 - up) * lower + up * upper
    return between
