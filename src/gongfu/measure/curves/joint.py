"""Errors of many statistics at once: point by point, and for all points together.

References
----------
[Montiel Olea-Plagborg-Møller 2019] Simultaneous confidence bands: theory, implementation, and an
application to SVARs. Journal of Applied Econometrics 34(1).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError, Problem
from gongfu.measure.design import SurveyDesign
from gongfu.measure.linearised import Linearised
from gongfu.measure.student import two_sided_t

__all__ = ["DRAWS", "JointErrors", "joint_errors"]

DRAWS = 20_000
"""Draws of the largest deviation; its 95th percentile then moves by less than 1 % with the seed."""


@dataclass(frozen=True, slots=True, eq=False)
class JointErrors:
    """Errors of the points of a curve.

    Parameters
    ----------
    value : of each point.
    standard_error : of each point.
    pointwise, uniform : multiples of the standard error that cover one point, and all points
        together, with probability ``level``.
    freedom : degrees of freedom of the design.
    """

    value: Float[np.ndarray, " point"]
    standard_error: Float[np.ndarray, " point"]
    pointwise: float
    uniform: float
    level: float
    freedom: int

    def band(
        self, *, uniform: bool = False
    ) -> tuple[Float[np.ndarray, " point"], Float[np.ndarray, " point"]]:
        """Return the lower and upper bound of each point."""
        reach = (self.uniform if uniform else self.pointwise) * self.standard_error
        return self.value - reach, self.value + reach


def joint_errors(
    statistics: Iterable[Linearised],
    design: SurveyDesign,
    *,
    level: float = 0.95,
    seed: int = 1,
    draws: int = DRAWS,
) -> JointErrors:
    """Return the errors of statistics of the same rows.

    Parameters
    ----------
    statistics : each with the influence of every row of the design.
    level : coverage of both kinds of interval, between 0 and 1.
    seed : of the draws of the largest deviation.

    Raises
    ------
    InputError
        If the level is out of range or the design has no degree of freedom.

    Notes
    -----
    The covariance of the points is that of the design (linearised). The uniform multiple is the
    ``level`` quantile of ``max |t|`` over the points, drawn from the joint t distribution with the
    correlation of the points: the plug-in sup-t band [Montiel Olea-Plagborg-Møller 2019]. Points
    without error are left out of the maximum.
    """
    freedom = design.degrees_of_freedom()
    _check(level, freedom)
    values, columns = [], []
    for one in statistics:
        values.append(one.value)
        columns.append(design.deviations(one))
    covariance = _covariance(columns)
    error = np.sqrt(np.diag(covariance))
    moving = error > 0
    scaled = error[moving]
    root = _root(covariance[np.ix_(moving, moving)] / np.outer(scaled, scaled))
    pointwise = two_sided_t(level, freedom)
    uniform = _largest(root, freedom, level, seed, draws) if moving.any() else pointwise
    return JointErrors(np.array(values), error, pointwise, max(uniform, pointwise), level, freedom)


def _check(level: float, freedom: int) -> None:
    problems = []
    if not 0 < level < 1:
        problems.append(Problem("confidence lies between 0 and 1", found=f"{level:g}"))
    if freedom < 1:
        problems.append(
            Problem(
                "too few sampling units for a standard error",
                expected="more PSUs (or rows) than strata",
                found=f"{freedom} degrees of freedom",
            )
        )
    if problems:
        raise InputError(problems)


_BLOCK = 1 << 14
"""Sampling units multiplied at once: the columns are never held twice."""


def _covariance(columns: list[Float[np.ndarray, " psu"]]) -> Float[np.ndarray, "point point"]:
    covariance = np.zeros((len(columns), len(columns)))
    for start in range(0, len(columns[0]), _BLOCK):
        block = np.stack([column[start : start + _BLOCK] for column in columns])
        covariance += block @ block.T
    return covariance


def _root(correlation: Float[np.ndarray, "point point"]) -> Float[np.ndarray, "point point"]:
    """Return a root of a correlation matrix; neighbouring points may be all but equal."""
    values, vectors = np.linalg.eigh(correlation)
    root: Float[np.ndarray, "point point"] = vectors * np.sqrt(np.maximum(values, 0.0))
    return root


def _largest(
    root: Float[np.ndarray, "point point"], freedom: int, level: float, seed: int, draws: int
) -> float:
    rng = np.random.Generator(np.random.Philox(key=[seed, 0]))
    normal = rng.standard_normal((draws, root.shape[1])) @ root.T
    scale = np.sqrt(rng.chisquare(freedom, draws) / freedom)
    return float(np.quantile(np.abs(normal).max(axis=1) / scale, level))
