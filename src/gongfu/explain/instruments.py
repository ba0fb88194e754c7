"""Panel regressions with instruments: two-stage least squares and limited-information ML.

References
----------
[Anderson-Rubin 1949] Estimation of the parameters of a single equation in a complete system of
stochastic equations. Annals of Mathematical Statistics 20(1).
[Wooldridge 2010] Econometric Analysis of Cross Section and Panel Data. MIT Press, 2nd edition.
Chapters 5 and 11.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from gongfu.core import InputError
from gongfu.explain.conley import Conley
from gongfu.explain.instruments_columns import ErrorRule, InstrumentColumns, instrument_columns
from gongfu.explain.instruments_strength import InstrumentStrength, instrument_strength
from gongfu.explain.instruments_tests import endogeneity_test, overidentification_test
from gongfu.explain.least_squares import LeastSquares, least_squares
from gongfu.explain.panel_data import PanelData
from gongfu.explain.random_effects import SpecificationTest
from gongfu.explain.result import EstimationResult, Fit
from gongfu.explain.vcov import Covariance, Errors
from gongfu.explain.within import Effects

__all__ = ["InstrumentedPanel", "instrumental_variables"]

Method = Literal["2sls", "liml"]
_BOOTSTRAP = "; report wild_cluster_test beside them"
_TITLES = {"2sls": "two-stage least squares", "liml": "limited-information maximum likelihood"}


@dataclass(frozen=True, slots=True, eq=False)
class InstrumentedPanel:
    """A regression with instruments and what the first stage says of them.

    Parameters
    ----------
    estimates : of the exogenous, then the endogenous regressors.
    first_stage : regression of each endogenous regressor on exogenous ones and instruments.
    strength : effective F, Kleibergen-Paap and Cragg-Donald statistics.
    endogeneity : Durbin-Wu-Hausman test.
    overidentification : Sargan's or Hansen's test; None if there are no spare instruments.
    """

    estimates: EstimationResult
    first_stage: Mapping[str, EstimationResult]
    strength: InstrumentStrength
    endogeneity: SpecificationTest
    overidentification: SpecificationTest | None


def instrumental_variables(
    data: PanelData,
    *,
    endogenous: Sequence[str],
    instruments: Mapping[str, ArrayLike],
    effects: Effects | None = "two-way",
    method: Method = "2sls",
    errors: Errors = "cluster",
    cluster: Mapping[str, Sequence[object] | np.ndarray] | None = None,
    lags: int | None = None,
    conley: Conley | None = None,
) -> InstrumentedPanel:
    """Return a panel regression in which instruments stand in for endogenous regressors.

    Parameters
    ----------
    endogenous : names among the regressors of ``data``; the others are exogenous.
    instruments : one number per row each; they move the endogenous regressors and touch the
        dependent in no other way, which no test can show.
    effects : of ``entity``, of ``time``, ``two-way``, or None for an intercept; holes allowed.
    method : ``2sls`` or ``liml`` [Anderson-Rubin 1949], less biased with weak instruments.
    errors, cluster, lags, conley : see ``gongfu.explain.vcov.covariance``.

    Raises
    ------
    InputError
        If an instrument or regressor is absorbed by the effects or a combination of others, there
        are too few instruments, or none bears on an endogenous regressor.

    Notes
    -----
    ``b = (X'(I - k M_Z) X)**-1 X'(I - k M_Z) y``, k = 1 for 2SLS and the smallest eigenvalue of
    ``(W' M_Z W)**-1 W' M_X1 W``, W = [y, Y], for LIML. The covariance uses the fitted regressors
    ``P_Z X`` as scores. The estimate stays associational unless a design defends the instruments.
    """
    if method not in _TITLES:
        raise InputError(f"methods are 2sls and liml, not {method!r}")
    columns = instrument_columns(data, endogenous, instruments, effects)
    rule = ErrorRule(errors, cluster, lags, conley)
    kappa = _kappa(columns) if method == "liml" else 1.0
    fit = _k_class(columns, kappa)
    strength = instrument_strength(columns, rule)
    found = rule.covariance(fit, columns)
    estimates = _result(columns, fit, found, f"{_TITLES[method]}, {columns.words}", columns.names)
    estimates = estimates.warned(*strength.warnings)
    return InstrumentedPanel(
        estimates=estimates,
        first_stage=MappingProxyType(_first_stage(columns, rule)),
        strength=strength,
        endogeneity=endogeneity_test(columns, rule),
        overidentification=overidentification_test(columns, rule, fit.residuals),
    )


def _kappa(columns: InstrumentColumns) -> float:
    parts = columns.partialled
    whole = np.column_stack([parts.y, parts.endogenous])
    unexplained = whole - parts.basis @ (parts.basis.T @ whole)
    ratios = np.linalg.eigvals(np.linalg.solve(unexplained.T @ unexplained, whole.T @ whole))
    return float(ratios.real.min())


def _k_class(columns: InstrumentColumns, kappa: float) -> LeastSquares:
    x, y = columns.regressors, columns.y
    q = np.linalg.qr(columns.moments)[0]
    fitted = q @ (q.T @ x)
    mixed = (1 - kappa) * x + kappa * fitted
    bread = np.linalg.inv(mixed.T @ x)
    coefficients = bread @ (mixed.T @ y)
    coefficients = coefficients + bread @ (mixed.T @ (y - x @ coefficients))
    return LeastSquares(coefficients, (bread + bread.T) / 2, y - x @ coefficients, fitted)


def _first_stage(columns: InstrumentColumns, rule: ErrorRule) -> dict[str, EstimationResult]:
    names = (*columns.names[: columns.exogenous.shape[1]], *columns.instrument_names)
    out = {}
    for name, column in zip(columns.endogenous_names, columns.endogenous.T, strict=True):
        fit = least_squares(column, columns.moments)
        found = rule.covariance(fit, columns)
        out[name] = _result(columns, fit, found, f"first stage of {name}, {columns.words}", names)
    return out


def _result(
    columns: InstrumentColumns,
    fit: LeastSquares,
    found: Covariance,
    title: str,
    names: tuple[str, ...],
) -> EstimationResult:
    absorbed = columns.transformation.absorbed if columns.transformation else 0
    free = columns.data.n - len(fit.coefficients) - absorbed
    return EstimationResult(
        estimator=title,
        names=names,
        coefficients=fit.coefficients,
        vcov=found.vcov,
        convention=found.convention,
        n=columns.data.n,
        clusters=found.clusters,
        fit=Fit(sigma2=float(fit.residuals @ fit.residuals) / free),
        residuals=fit.residuals,
        # the bootstrap that this text names is one of least squares
        warnings=tuple(w.replace(_BOOTSTRAP, "") for w in found.warnings),
    )
