"""What remains if instruments touch the dependent a little on their own.

References
----------
[Conley-Hansen-Rossi 2012] Plausibly exogenous. Review of Economics and Statistics 94(1).
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from gongfu.core import InputError, Interval, Problem
from gongfu.explain.conley import Conley
from gongfu.explain.instruments import instrumental_variables
from gongfu.explain.instruments_columns import instrument_columns
from gongfu.explain.panel_data import PanelData
from gongfu.explain.result import EstimationResult
from gongfu.explain.vcov import Errors
from gongfu.explain.within import Effects

__all__ = ["plausibly_exogenous", "plausibly_exogenous_bounds"]

_MOST_INSTRUMENTS = 12


def plausibly_exogenous_bounds(
    data: PanelData,
    *,
    endogenous: Sequence[str],
    instruments: Mapping[str, ArrayLike],
    direct: Mapping[str, tuple[float, float]],
    effects: Effects | None = "two-way",
    level: float = 0.95,
    errors: Errors = "cluster",
    cluster: Mapping[str, Sequence[object] | np.ndarray] | None = None,
    lags: int | None = None,
    conley: Conley | None = None,
) -> dict[str, Interval]:
    """Return the union of intervals over all direct effects of the instruments in a range.

    Parameters
    ----------
    direct : range of the effect that one unit of an instrument has on the dependent other than
        through the endogenous regressors; instruments that are not named have none.
    endogenous, instruments, effects, errors, cluster, lags, conley : as in
        ``instrumental_variables``.

    Raises
    ------
    InputError
        If a range names no instrument or is upside down, or as ``instrumental_variables``.

    Notes
    -----
    For given direct effects g the interval is that of 2SLS of ``y - Z g`` [Conley-Hansen-Rossi
    2012, section 3.1]. Its upper end is convex in g and its lower end concave, an affine function
    plus or minus a norm of one, so that the corners of the ranges hold the union: no grid.
    """
    problems = [*_range_problems(direct, instruments)]
    if problems:
        raise InputError(problems)
    low: dict[str, float] = {}
    high: dict[str, float] = {}
    for corner in itertools.product(*(dict.fromkeys(ends) for ends in direct.values())):
        shift = sum(
            (g * np.asarray(instruments[name]) for g, name in zip(corner, direct, strict=True)),
            start=np.zeros(data.n),
        )
        estimates = instrumental_variables(
            replace(data, dependent=data.dependent - shift),
            endogenous=endogenous,
            instruments=instruments,
            effects=effects,
            errors=errors,
            cluster=cluster,
            lags=lags,
            conley=conley,
        ).estimates
        for name, (lower, upper) in zip(estimates.names, estimates.interval(level), strict=True):
            low[name] = min(low.get(name, np.inf), float(lower))
            high[name] = max(high.get(name, -np.inf), float(upper))
    return {name: Interval(low[name], high[name], level) for name in low}


def plausibly_exogenous(
    data: PanelData,
    *,
    endogenous: Sequence[str],
    instruments: Mapping[str, ArrayLike],
    mean: Float[np.ndarray, " instrument"] | Sequence[float],
    covariance: Float[np.ndarray, "instrument instrument"],
    effects: Effects | None = "two-way",
    errors: Errors = "cluster",
    cluster: Mapping[str, Sequence[object] | np.ndarray] | None = None,
    lags: int | None = None,
    conley: Conley | None = None,
) -> EstimationResult:
    """Return 2SLS with normally distributed direct effects of the instruments around zero.

    Parameters
    ----------
    mean, covariance : of the direct effects, in the order of ``instruments``: beliefs, not data.
    endogenous, instruments, effects, errors, cluster, lags, conley : as in
        ``instrumental_variables``.

    Raises
    ------
    InputError
        If mean or covariance do not fit, or as ``instrumental_variables``.

    Notes
    -----
    Local to zero [Conley-Hansen-Rossi 2012, section 3.3]: ``b - A mean`` with covariance
    ``V + A covariance A'``, ``A = (X' P_Z X)**-1 X' Z``.
    """
    centre, spread = np.asarray(mean, dtype=np.float64), np.asarray(covariance, dtype=np.float64)
    _require_law(centre, spread, len(instruments))
    columns = instrument_columns(data, endogenous, instruments, effects)
    plain = instrumental_variables(
        data,
        endogenous=endogenous,
        instruments=instruments,
        effects=effects,
        errors=errors,
        cluster=cluster,
        lags=lags,
        conley=conley,
    ).estimates
    q = np.linalg.qr(columns.moments)[0]
    fitted = q @ (q.T @ columns.regressors)
    passed = np.linalg.solve(fitted.T @ fitted, fitted.T @ columns.instruments)
    return replace(
        plain,
        estimator=f"{plain.estimator}, plausibly exogenous (local to zero)",
        coefficients=plain.coefficients - passed @ centre,
        vcov=plain.vcov + passed @ spread @ passed.T,
        convention=replace(
            plain.convention,
            errors=f"{plain.convention.errors}, plus beliefs on direct effects",
        ),
    )


def _range_problems(
    direct: Mapping[str, tuple[float, float]], instruments: Mapping[str, ArrayLike]
) -> list[Problem]:
    out = [
        Problem(f"no instrument {name!r}", expected=", ".join(instruments))
        for name in direct
        if name not in instruments
    ]
    out += [
        Problem(f"the range of {name} is upside down", found=f"{low:g} to {high:g}")
        for name, (low, high) in direct.items()
        if not low <= high
    ]
    if len(direct) > _MOST_INSTRUMENTS:
        out.append(Problem(f"ranges for more than {_MOST_INSTRUMENTS} instruments",
                           fix="Use plausibly_exogenous, with a law instead."))  # fmt: skip
    return out


def _require_law(centre: np.ndarray, spread: np.ndarray, count: int) -> None:
    problems = []
    if centre.shape != (count,) or spread.shape != (count, count):
        problems.append(
            Problem(
                "mean or covariance does not fit the instruments",
                expected=f"{count} numbers and {count} x {count}",
                found=f"arrays of shape {centre.shape} and {spread.shape}",
            )
        )
    elif not np.allclose(spread, spread.T) or np.linalg.eigvalsh(spread).min() < -1e-12:
        problems.append(Problem("the covariance of direct effects is not a covariance"))
    if problems:
        raise InputError(problems)
