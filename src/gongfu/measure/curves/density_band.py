"""A kernel density with the errors of its sampling design, point by point and as a whole.

References
----------
[Silverman 1986] Density Estimation for Statistics and Data Analysis. Chapman and Hall.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError, Problem
from gongfu.measure.curves.joint import JointErrors, joint_errors
from gongfu.measure.dynamics.density import rule_of_thumb
from gongfu.measure.linearised import Linearised
from gongfu.measure.quantiles import quantile_value
from gongfu.measure.sample import Sample, require_positive
from gongfu.measure.survey import Wave

__all__ = ["DensityCurve", "density_curve"]

_OUTER = 0.005
"""Share of people left out at each end of the grid: the far tail would take most of its width."""


@dataclass(frozen=True, slots=True, eq=False)
class DensityCurve:
    """A density on a grid, with errors.

    Parameters
    ----------
    at : values of the grid.
    errors : density per unit of the values, with errors; the variance, not the smoothing bias.
    bandwidth : of the kernel; in logs where ``in_logs``.
    design : how the rows were drawn, in words.
    """

    at: Float[np.ndarray, " grid"]
    errors: JointErrors
    bandwidth: float
    in_logs: bool
    design: str

    @property
    def mode(self) -> float:
        """Value at which the density is highest."""
        return float(self.at[np.argmax(self.errors.value)])

    def to_dict(self) -> dict[str, Any]:
        """Return full-precision JSON values."""
        (low, high), (lowest, highest) = self.errors.band(), self.errors.band(uniform=True)
        curves = {
            "at": self.at,
            "density": self.errors.value,
            "standard_error": self.errors.standard_error,
            "low": low,
            "high": high,
            "uniform_low": lowest,
            "uniform_high": highest,
        }
        return {
            "bandwidth": self.bandwidth,
            "in_logs": self.in_logs,
            "level": self.errors.level,
            "mode": self.mode,
            "design": self.design,
            "points": [
                dict(zip(curves, map(float, row), strict=True))
                for row in zip(*curves.values(), strict=True)
            ],
        }


def density_curve(
    wave: Wave,
    *,
    bandwidth: float | None = None,
    in_logs: bool = False,
    points: int = 80,
    level: float = 0.95,
    seed: int = 1,
) -> DensityCurve:
    """Return a Gaussian kernel density between the outermost half per cents of the people.

    Parameters
    ----------
    wave : values and their design; above zero with ``in_logs``.
    bandwidth : standard deviation of the kernel (of logs with ``in_logs``), above zero;
        ``rule_of_thumb`` if not given.
    in_logs : estimate the density of logs and turn it back.
    points : of the grid.
    level : coverage of the bands, 0-1.
    seed : of the draws that make the uniform band.

    Raises
    ------
    InputError
        If values are all equal or out of range, or the bandwidth is not above zero.

    Notes
    -----
    ``f(x) = sum_i w_i K((x - x_i) / h) / (W h)``, a mean, so that its influence is
    ``(K / h - f) / W`` with h as given. The heights equal those of ``dynamics.density``.
    """
    rows = Sample.of(wave.income, wave.weight)
    if in_logs:
        require_positive(rows, "a density of logs")
        rows = Sample(np.log(rows.income), rows.weight)
    width = rule_of_thumb(rows) if bandwidth is None else bandwidth
    _check(width)
    low, high = (quantile_value(rows, share) for share in (_OUTER, 1 - _OUTER))
    grid = np.linspace(low, high, points)
    heights = (_height(rows, float(x), width, in_logs) for x in grid)
    errors = joint_errors(heights, wave.design, level=level, seed=seed)
    at = np.exp(grid) if in_logs else grid
    return DensityCurve(at, errors, float(width), in_logs, wave.design.words)


def _check(width: float) -> None:
    if not (width > 0 and math.isfinite(width)):
        raise InputError(
            Problem(
                "a kernel needs a bandwidth above zero",
                found=f"{width:g}",
                fix="Values heaped on one number have no density: give a bandwidth.",
            )
        )


def _height(rows: Sample, x: float, width: float, in_logs: bool) -> Linearised:
    kernel = np.exp(-0.5 * ((x - rows.income) / width) ** 2) / (math.sqrt(2 * math.pi) * width)
    height = rows.average(kernel)
    stretch = math.exp(-x) if in_logs else 1.0
    return Linearised(height * stretch, stretch * (kernel - height) / rows.total_weight)
