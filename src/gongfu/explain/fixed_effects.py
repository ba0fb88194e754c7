"""Pooled and fixed-effects regressions of a panel.

References
----------
[Baltagi 2021] Econometric Analysis of Panel Data. Springer, 6th edition. Chapters 2-3.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError
from gongfu.explain.conley import Conley
from gongfu.explain.least_squares import LeastSquares, least_squares, require_identified
from gongfu.explain.panel_data import PanelData
from gongfu.explain.result import EstimationResult, Fit
from gongfu.explain.vcov import Covariance, Errors, covariance
from gongfu.explain.within import Effects, Within, within

__all__ = ["INTERCEPT", "Cluster", "fixed_effects", "fixed_effects_after", "pooled"]

INTERCEPT = "(intercept)"
_WORDS = {
    "entity": "entity effects",
    "time": "time effects",
    "two-way": "entity and time effects",
}

Cluster = Mapping[str, Sequence[object] | np.ndarray]


def fixed_effects(
    data: PanelData,
    *,
    effects: Effects = "two-way",
    errors: Errors = "cluster",
    cluster: Cluster | None = None,
    lags: int | None = None,
    conley: Conley | None = None,
) -> EstimationResult:
    """Return the within regression of the dependent on the regressors.

    Parameters
    ----------
    effects : of ``entity``, of ``time`` or ``two-way``; holes in the panel are allowed.
    errors, cluster, lags, conley : see ``gongfu.explain.vcov.covariance``.

    Raises
    ------
    InputError
        If a regressor is absorbed by the effects or a combination of others, or there are too
        few rows or clusters.
    """
    if effects not in _WORDS:
        raise InputError(f"effects are entity, time or two-way, not {effects!r}")
    return fixed_effects_after(
        data,
        within(data, effects),
        _WORDS[effects],
        errors=errors,
        cluster=cluster,
        lags=lags,
        conley=conley,
    )


def fixed_effects_after(
    data: PanelData,
    transformation: Within,
    words: str,
    *,
    errors: Errors = "cluster",
    cluster: Cluster | None = None,
    lags: int | None = None,
    conley: Conley | None = None,
) -> EstimationResult:
    """Return the regression of columns from which a transformation took effects out.

    Parameters
    ----------
    words : name of the effects, as messages and titles say it.
    errors, cluster, lags, conley : see ``gongfu.explain.vcov.covariance``.

    Raises
    ------
    InputError
        As ``fixed_effects``.
    """
    columns = np.column_stack([data.dependent, data.regressors])
    left = transformation.remove(columns)
    dependent, design = left[:, 0], left[:, 1:]
    require_identified(
        design,
        np.linalg.norm(data.regressors, axis=0),
        data.names,
        words,
        len(data.names) + transformation.absorbed,
    )
    fit = least_squares(dependent, design)
    measured = _fit(fit, dependent, data, data.n - design.shape[1] - transformation.absorbed)
    found = covariance(
        fit,
        data,
        errors,
        transformation=transformation,
        cluster=cluster,
        lags=lags,
        conley=conley,
    )
    return _result(f"within, {words}", data.names, data, fit=fit, measured=measured, found=found)


def pooled(
    data: PanelData,
    *,
    errors: Errors = "cluster",
    cluster: Cluster | None = None,
    lags: int | None = None,
    conley: Conley | None = None,
) -> EstimationResult:
    """Return the regression of all rows with one intercept, without effects.

    Parameters
    ----------
    errors, cluster, lags, conley : see ``gongfu.explain.vcov.covariance``.

    Raises
    ------
    InputError
        As ``fixed_effects``.
    """
    design = np.column_stack([np.ones(data.n), data.regressors])
    sizes = np.linalg.norm(data.regressors, axis=0)
    centred = data.regressors - data.regressors.mean(axis=0)
    require_identified(centred, sizes, data.names, "intercept", design.shape[1])
    fit = least_squares(data.dependent, design)
    measured = _fit(fit, data.dependent - data.dependent.mean(), data, data.n - design.shape[1])
    found = covariance(fit, data, errors, cluster=cluster, lags=lags, conley=conley)
    return _result(
        "pooled", (INTERCEPT, *data.names), data, fit=fit, measured=measured, found=found
    )


def _fit(
    fit: LeastSquares, dependent: Float[np.ndarray, " row"], data: PanelData, free: int
) -> Fit:
    squares = float(fit.residuals @ fit.residuals)
    total = float(dependent @ dependent)
    explained = data.regressors @ fit.coefficients[-data.regressors.shape[1] :]
    sigma2 = squares / data.n
    return Fit(
        sigma2=squares / free,
        r2_within=1 - squares / total if total > 0 else None,
        r2_overall=squared_correlation(explained, data.dependent),
        log_likelihood=-data.n / 2 * (np.log(2 * np.pi * sigma2) + 1) if sigma2 > 0 else None,
    )


def squared_correlation(a: Float[np.ndarray, " row"], b: Float[np.ndarray, " row"]) -> float | None:
    """Return the squared correlation of two columns, or nothing if one is constant."""
    a, b = a - a.mean(), b - b.mean()
    scale = float(a @ a) * float(b @ b)
    return float(a @ b) ** 2 / scale if scale > 0 else None


def _result(
    estimator: str,
    names: tuple[str, ...],
    data: PanelData,
    *,
    fit: LeastSquares,
    measured: Fit,
    found: Covariance,
) -> EstimationResult:
    return EstimationResult(
        estimator=estimator,
        names=names,
        coefficients=fit.coefficients,
        vcov=found.vcov,
        convention=found.convention,
        n=data.n,
        clusters=found.clusters,
        fit=measured,
        residuals=fit.residuals,
        warnings=found.warnings,
    )
