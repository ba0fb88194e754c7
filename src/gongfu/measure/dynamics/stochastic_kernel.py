"""Stochastic kernels: where regions at each level end up, without cutting levels into classes.

References
----------
[Quah 1997] Empirics for growth and distribution: stratification, polarization, and convergence
clubs. Journal of Economic Growth 2(1).
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
from gongfu.measure.dynamics.panel_values import checked_panel
from gongfu.measure.sample import Sample

__all__ = ["StochasticKernel", "stochastic_kernel"]

_REACH = 3.0
"""Bandwidths beyond the extreme values to which the grid reaches."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StochasticKernel:
    """Density of the later value given the earlier one.

    Parameters
    ----------
    at : values of the grid, the same for both dates, equal steps.
    conditional : density of the later value (column) given the earlier one (row); each row
        integrates to 1 over the grid.
    start : density of the earlier value.
    long_run : density that stays what it is under the kernel.
    bandwidths : of the earlier and the later value.
    step : years between the two.
    """

    at: Float[np.ndarray, " grid"]
    conditional: Float[np.ndarray, "earlier later"]
    start: Float[np.ndarray, " grid"]
    long_run: Float[np.ndarray, " grid"]
    bandwidths: tuple[float, float]
    step: int

    @property
    def expected(self) -> Float[np.ndarray, " grid"]:
        """Mean later value given each earlier one: on the diagonal nobody moves on average."""
        width = self.at[1] - self.at[0]
        mean: Float[np.ndarray, " grid"] = self.conditional @ self.at * width
        return mean


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
    scale = _local_scale(early, late, wide) if adaptive else np.ones(len(early))
    near_early, near_late = _bells(at, early, wide[0] * scale), _bells(at, late, wide[1] * scale)
    joint = near_early @ near_late.T
    cell = at[1] - at[0]
    rows = joint.sum(axis=1, keepdims=True) * cell
    conditional = joint / rows
    return StochasticKernel(
        at=at,
        conditional=conditional,
        start=near_early.mean(axis=1),
        long_run=_stationary(conditional * cell) / cell,
        bandwidths=wide,
        step=step,
    )


def _bandwidths(
    early: Float[np.ndarray, " pair"], late: Float[np.ndarray, " pair"]
) -> tuple[float, float]:
    n = len(early)
    first, second = (
        rule_of_thumb(Sample.of(part)) * n ** (1 / 5 - 1 / 6) for part in (early, late)
    )
    return first, second


def _bells(
    at: Float[np.ndarray, " grid"],
    centre: Float[np.ndarray, " pair"],
    width: Float[np.ndarray, " pair"],
) -> Float[np.ndarray, "grid pair"]:
    bells: Float[np.ndarray, "grid pair"] = np.exp(-0.5 * ((at[:, None] - centre) / width) ** 2)
    return bells / (math.sqrt(2 * math.pi) * width)


def _local_scale(
    early: Float[np.ndarray, " pair"],
    late: Float[np.ndarray, " pair"],
    wide: tuple[float, float],
) -> Float[np.ndarray, " pair"]:
    """Return ``sqrt(geometric mean / height)`` of the fixed joint density at each pair."""
    pilot = np.empty(len(early))
    for i in range(len(early)):
        distance = ((early - early[i]) / wide[0]) ** 2 + ((late - late[i]) / wide[1]) ** 2
        pilot[i] = np.exp(-0.5 * distance).mean()
    scale: Float[np.ndarray, " pair"] = np.sqrt(np.exp(np.log(pilot).mean()) / pilot)
    return scale


def _stationary(p: Float[np.ndarray, "earlier later"]) -> Float[np.ndarray, " grid"]:
    # Rows add up to 1 and every entry is above zero: the stationary vector exists and is unique.
    n = len(p)
    system = np.vstack([p.T - np.eye(n), np.ones(n)])
    target = np.append(np.zeros(n), 1.0)
    solution: Float[np.ndarray, " grid"] = np.linalg.lstsq(system, target, rcond=None)[0]
    return np.maximum(solution, 0.0)
