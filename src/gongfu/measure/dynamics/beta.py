"""Beta convergence: whether regions that start poor grow faster.

References
----------
[Barro-Sala-i-Martin 1992] Convergence. Journal of Political Economy 100(2).
[MacKinnon-White 1985] Some heteroskedasticity-consistent covariance matrix estimators with improved
finite sample properties. Journal of Econometrics 29(3).
[Friedman 1992] Do old fallacies ever die? Journal of Economic Literature 30(4): a regression
towards the mean is no convergence of the distribution.
[Rey-Montouri 1999] US regional income convergence: a spatial econometric perspective. Regional
Studies 33(2).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from gongfu.core import InputError, Interval, Problem
from gongfu.measure.dynamics.panel_values import checked_panel, require_above_zero
from gongfu.measure.space.autocorrelation import NormalTest
from gongfu.measure.space.residual_moran import residual_moran
from gongfu.measure.space.weights import SpatialWeights
from gongfu.measure.student import two_sided_t

__all__ = [
    "BetaConvergence",
    "BetaLine",
    "Coefficient",
    "RobustError",
    "beta_convergence",
    "beta_line",
]

RobustError = Literal["HC1", "HC3"]
"""Heteroskedasticity-robust errors: HC1 is the ``robust`` of Stata; HC3 is safer below some 250
units."""


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A regression coefficient with robust error and t interval."""

    value: float
    standard_error: float
    interval: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class BetaConvergence:
    """Growth regressed on the initial level.

    Parameters
    ----------
    beta : coefficient of the initial log level, per year; below zero the poor grow faster.
    speed : part of the gap closed a year, with the interval that ``beta`` implies; NaN if the
        regression implies that the gap overshoots.
    half_life_years : until half the gap is closed; infinite without convergence.
    controls : coefficients of the other regressors, constant first.
    r_squared, n : of the regression.
    residual_moran : test of spatial autocorrelation in the residuals, where weights were given.
    convention : in words.
    """

    beta: Coefficient
    speed: float
    speed_interval: tuple[float, float]
    half_life_years: float
    controls: Mapping[str, Coefficient]
    r_squared: float
    n: int
    residual_moran: NormalTest | None
    convention: str


def beta_convergence(
    start: ArrayLike,
    end: ArrayLike,
    years: float,
    *,
    controls: Mapping[str, ArrayLike] | None = None,
    weights: SpatialWeights | None = None,
    error: RobustError = "HC3",
    level: float = 0.95,
) -> BetaConvergence:
    """Return the convergence regression of average yearly log growth on the initial log level.

    Parameters
    ----------
    start, end : level of each unit at both dates, above zero, in constant prices.
    years : between the two dates, above zero.
    controls : other regressors by name, one value a unit, fixed before the start; without any,
        convergence is unconditional.
    weights : adds the neighbours' initial log level as a control and tests the residuals for
        spatial autocorrelation; row-standardised.
    error : see ``RobustError``.
    level : of the intervals.

    Raises
    ------
    InputError
        If a value is missing or not above zero, a control is constant or repeats others, or there
        are too few units.

    Notes
    -----
    ``ln(y_T / y_0) / T = a + b ln y_0 + c x``, speed ``-ln(1 + b T) / T`` [Barro-Sala-i-Martin
    1992]. An association: shocks and errors of measurement in ``y_0`` alone give a negative b
    [Friedman 1992], so read it beside sigma convergence. If the residuals are spatially
    autocorrelated, the error is wrong and a spatial model is due [Rey-Montouri 1999].
    """
    levels = checked_panel(np.stack(np.broadcast_arrays(start, end), axis=1))
    require_above_zero(levels, "beta convergence")
    if not years > 0:
        raise InputError(Problem("the number of years must be above zero", found=f"{years:g}"))
    logs = np.log(levels)
    columns = _columns(logs[:, 0], controls or {}, weights)
    design = np.column_stack(list(columns.values()))
    fit = _fit(design, (logs[:, 1] - logs[:, 0]) / years, error, list(columns))
    found = {
        name: _coefficient(value, se, level, len(design) - len(columns))
        for name, value, se in zip(columns, fit.values, fit.errors, strict=True)
    }
    beta = found.pop("initial level")
    speed = _speed(beta.value, years)
    return BetaConvergence(
        beta=beta,
        speed=speed,
        speed_interval=(_speed(beta.interval.high, years), _speed(beta.interval.low, years)),
        half_life_years=math.log(2) / speed if speed > 0 else math.inf,
        controls=found,
        r_squared=fit.r_squared,
        n=len(design),
        residual_moran=None if weights is None else residual_moran(fit.residuals, design, weights),
        convention=f"mean log growth a year, {error} errors, every unit counts once",
    )


@dataclass(frozen=True, slots=True, eq=False)
class BetaLine:
    """The fitted line of unconditional convergence.

    Parameters
    ----------
    at : initial levels, in the unit of the values.
    growth : fitted mean log growth a year at these levels.
    low, high : bounds of the line, point by point.
    """

    at: Float[np.ndarray, " place"]
    growth: Float[np.ndarray, " place"]
    low: Float[np.ndarray, " place"]
    high: Float[np.ndarray, " place"]


def beta_line(
    start: ArrayLike,
    end: ArrayLike,
    years: float,
    *,
    at: ArrayLike,
    error: RobustError = "HC3",
    level: float = 0.95,
) -> BetaLine:
    """Return the line of ``beta_convergence`` without controls, with its band.

    Parameters
    ----------
    start, end, years, error, level : as for ``beta_convergence``.
    at : initial levels at which the line is wanted, above zero.

    Raises
    ------
    InputError
        As for ``beta_convergence``.

    Notes
    -----
    ``a + b ln y -+ t sqrt((1, ln y) V (1, ln y)')`` with V the robust covariance [MacKinnon-White
    1985]: the band is about the line, not about a single region.
    """
    found = beta_convergence(start, end, years, error=error, level=level)
    levels = checked_panel(np.stack(np.broadcast_arrays(start, end), axis=1))
    logs = np.log(levels)
    design = np.column_stack([np.ones(len(logs)), logs[:, 0]])
    fit = _fit(design, (logs[:, 1] - logs[:, 0]) / years, error, ["constant", "initial level"])
    places = np.asarray(at, dtype=np.float64)
    wanted = np.column_stack([np.ones(len(places)), np.log(places)])
    growth = wanted @ fit.values
    half = two_sided_t(level, found.n - 2) * np.sqrt(
        np.einsum("ij,jk,ik->i", wanted, fit.covariance, wanted)
    )
    return BetaLine(places, growth, growth - half, growth + half)


@dataclass(frozen=True, slots=True, eq=False)
class _Fit:
    values: Float[np.ndarray, " regressor"]
    covariance: Float[np.ndarray, "regressor regressor"]
    residuals: Float[np.ndarray, " unit"]
    r_squared: float

    @property
    def errors(self) -> Float[np.ndarray, " regressor"]:
        """Standard errors of the values."""
        errors: Float[np.ndarray, " regressor"] = np.sqrt(np.diagonal(self.covariance))
        return errors


def _columns(
    initial: Float[np.ndarray, " unit"],
    controls: Mapping[str, ArrayLike],
    weights: SpatialWeights | None,
) -> dict[str, Float[np.ndarray, " unit"]]:
    out = {"constant": np.ones(len(initial)), "initial level": initial}
    for name, values in controls.items():
        column = np.asarray(values, dtype=np.float64)
        if column.shape != initial.shape or not np.isfinite(column).all():
            raise InputError(
                Problem(
                    f"control {name!r} needs one finite value a unit",
                    expected=f"{len(initial)} values",
                    found=f"an array of shape {column.shape}",
                )
            )
        out[name] = column
    if weights is not None:
        out["neighbours' initial level"] = weights.lag(initial)
    return out


def _fit(
    design: Float[np.ndarray, "unit regressor"],
    growth: Float[np.ndarray, " unit"],
    error: RobustError,
    names: list[str],
) -> _Fit:
    n, k = design.shape
    if n <= k or np.linalg.matrix_rank(design) < k:
        raise InputError(
            Problem(
                "the regressors do not identify convergence",
                expected=f"more than {k} units, no regressor constant or a sum of others",
                found=f"{n} units, regressors {', '.join(names)}",
            )
        )
    q, r = np.linalg.qr(design)
    values = np.linalg.solve(r, q.T @ growth)
    residuals = growth - design @ values
    leverage = (q**2).sum(axis=1)
    scaled = residuals / (1 - leverage) if error == "HC3" else residuals * math.sqrt(n / (n - k))
    meat = np.linalg.solve(r, q.T * scaled)
    centred = growth - growth.mean()
    return _Fit(
        values=values,
        covariance=meat @ meat.T,
        residuals=residuals,
        r_squared=1 - float(residuals @ residuals) / float(centred @ centred),
    )


def _coefficient(value: float, error: float, level: float, dof: int) -> Coefficient:
    half = two_sided_t(level, dof) * float(error)
    interval = Interval(float(value) - half, float(value) + half, level)
    return Coefficient(float(value), float(error), interval)


def _speed(beta: float, years: float) -> float:
    left = 1 + beta * years
    return -math.log(left) / years if left > 0 else math.nan
