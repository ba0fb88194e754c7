"""Spatial panel models with fixed effects by maximum likelihood: SAR, SEM, SDM.

References
----------
[Elhorst 2014] Spatial Econometrics: From Cross-Sectional Data to Spatial Panels. Springer.
[Lee-Yu 2010] Estimation of spatial autoregressive panel data models with fixed effects. Journal
of Econometrics 154(2).
[LeSage-Pace 2009] Introduction to Spatial Econometrics. CRC Press.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError
from gongfu.explain.least_squares import require_identified
from gongfu.explain.panel_data import PanelData
from gongfu.explain.result import Convention, EstimationResult, Fit
from gongfu.explain.spatial_columns import SpatialColumns, spatial_columns
from gongfu.explain.spatial_effects import effects_and_jacobian
from gongfu.explain.spatial_information import error_covariance, lag_covariance
from gongfu.explain.spatial_likelihood import Concentrated, ErrorRows, LagRows, maximise
from gongfu.explain.spatial_robust import clustered_by_entity
from gongfu.explain.spatial_spectrum import WeightSpectrum
from gongfu.explain.vcov import FEW_CLUSTERS
from gongfu.explain.within import Effects
from gongfu.measure.space import SpatialWeights

__all__ = ["SpatialErrors", "SpatialModel", "SpatialPanel", "spatial_panel"]

SpatialModel = Literal["sar", "sem", "sdm"]
SpatialErrors = Literal["information", "cluster"]
_TITLES = {"sar": "spatial lag (SAR)", "sem": "spatial error (SEM)", "sdm": "spatial Durbin (SDM)"}


@dataclass(frozen=True, slots=True, eq=False)
class SpatialPanel:
    """A spatial panel model.

    Parameters
    ----------
    estimates : of rho (``lambda`` in a spatial error model) and the coefficients. They are *not*
        marginal effects.
    effects : direct, indirect and total effects of each regressor with their errors; the
        coefficients themselves in a spatial error model, which has no spillovers.
    model, lee_yu : what was estimated, and whether corrected for the absorbed effects.
    weights : convention of the weights.
    """

    estimates: EstimationResult
    effects: EstimationResult
    model: SpatialModel
    lee_yu: bool
    weights: str

    @property
    def rho(self) -> float:
        """The spatial coefficient."""
        return float(self.estimates.coefficients[0])


def spatial_panel(
    data: PanelData,
    weights: SpatialWeights | WeightSpectrum,
    *,
    model: SpatialModel = "sdm",
    effects: Effects = "two-way",
    lee_yu: bool = True,
    lagged: Sequence[str] | None = None,
    errors: SpatialErrors = "information",
    order: Sequence[object] | None = None,
) -> SpatialPanel:
    """Return a spatial panel model with its exact effects.

    Parameters
    ----------
    data : balanced.
    weights : of the entities; a ``WeightSpectrum`` keeps the eigenvalues for the next model.
    model : ``sar`` (spatial lag of the dependent), ``sem`` (of the error), ``sdm`` (of the
        dependent and the regressors).
    effects : of ``entity``, of ``time`` or ``two-way``.
    lee_yu : estimate on transformed data without effects [Lee-Yu 2010]; otherwise the effects are
        estimated along, which biases the variance and, with time effects, rho.
    lagged : regressors of ``sdm`` to lag; all by default.
    errors : ``information`` under normal iid errors, or ``cluster``: robust to any correlation
        over time within entities; see ``gongfu.explain.spatial_robust``.
    order : entity of each row of the weights; ascending labels by default.

    Raises
    ------
    InputError
        If the panel has holes, weights do not fit, the correction for time effects meets weights
        that are not row-standardised, or as ``fixed_effects``.
    ConvergenceError
        If the likelihood has no maximum for an admissible rho.

    Notes
    -----
    The spatial lag is taken before effects are removed: the reverse order is the same only for
    entity effects and doubly stochastic weights. Errors of effects by the delta method with
    analytic derivatives; normal distribution, with clusters t with entities less one.
    """
    spectrum = weights if isinstance(weights, WeightSpectrum) else WeightSpectrum(weights)
    if model not in _TITLES:
        raise InputError(f"models are sar, sem and sdm, not {model!r}")
    if errors not in ("information", "cluster"):
        raise InputError(f"errors of a spatial panel are information or cluster, not {errors!r}")
    columns = spatial_columns(
        data,
        spectrum,
        effects=effects,
        lee_yu=lee_yu,
        lagged=_lagged_names(data, model, lagged),
        order=order,
    )
    names = (*data.names, *(f"W {name}" for name in columns.lagged_names))
    require_identified(columns.x, columns.sizes, names, f"{effects} effects", columns.parameters)
    solve = _spatial_error if model == "sem" else _spatial_lag
    solved = solve(columns, spectrum, errors)
    estimates = _estimates(data, columns, solved, names, model=model, lee_yu=lee_yu)
    if errors == "cluster":
        estimates = _with_clusters(estimates, len(data.entities))
    else:
        estimates = estimates.warned(*_persistence(columns, solved.residuals))
    return SpatialPanel(
        estimates=estimates,
        effects=_effects(estimates, data.names, columns, spectrum, model),
        model=model,
        lee_yu=lee_yu,
        weights=spectrum.weights.convention,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Solved:
    """The covariance includes that of the variance, which comes last."""

    parameters: Float[np.ndarray, " parameter"]
    vcov: Float[np.ndarray, "parameter_and_variance parameter_and_variance"]
    residuals: Float[np.ndarray, " row"]
    sigma2: float
    log_likelihood: float


def _lagged_names(
    data: PanelData, model: SpatialModel, lagged: Sequence[str] | None
) -> tuple[str, ...]:
    if model != "sdm":
        if lagged:
            raise InputError(f"only sdm lags regressors; the model is {model}")
        return ()
    return data.names if lagged is None else tuple(lagged)


def _spatial_lag(
    columns: SpatialColumns, spectrum: WeightSpectrum, errors: SpatialErrors
) -> _Solved:
    rows = LagRows.of(columns.y, columns.y_lagged, columns.x)
    likelihood = Concentrated(rows, columns.determinant, columns.free, columns.times)
    rho = maximise(likelihood, *spectrum.bounds)
    coefficients = rows.coefficients(rho)
    residuals = columns.y - rho * columns.y_lagged - columns.x @ coefficients
    sigma2 = float(residuals @ residuals) / columns.free
    gain = spectrum.multiplier(rho)
    expected_lag = columns.y_lagged - columns.spread(gain, residuals)
    vcov = lag_covariance(
        likelihood, rho, sigma2, design=columns.x, expected_lag=expected_lag, gain=gain
    )
    value = float(likelihood.log_likelihood(np.array([rho]))[0])
    solved = _Solved(np.append(rho, coefficients), vcov, residuals, sigma2, value)
    if errors == "information":
        return solved
    return _clustered(columns, spectrum, solved, columns.x, expected_lag)


def _spatial_error(
    columns: SpatialColumns, spectrum: WeightSpectrum, errors: SpatialErrors
) -> _Solved:
    x_lagged = columns.lag_of_regressors(spectrum)
    rows = ErrorRows.of(columns.y, columns.y_lagged, columns.x, x_lagged)
    likelihood = Concentrated(rows, columns.determinant, columns.free, columns.times)
    rho = maximise(likelihood, *spectrum.bounds)
    coefficients = rows.coefficients(rho)
    filtered = columns.x - rho * x_lagged
    residuals = columns.y - rho * columns.y_lagged - filtered @ coefficients
    sigma2 = float(residuals @ residuals) / columns.free
    gain = spectrum.multiplier(rho)
    vcov = error_covariance(likelihood, rho, sigma2, filtered=filtered, gain=gain)
    value = float(likelihood.log_likelihood(np.array([rho]))[0])
    solved = _Solved(np.append(rho, coefficients), vcov, residuals, sigma2, value)
    if errors == "information":
        return solved
    return _clustered(columns, spectrum, solved, filtered, None)


def _clustered(
    columns: SpatialColumns,
    spectrum: WeightSpectrum,
    solved: _Solved,
    design: Float[np.ndarray, "row regressor"],
    expected_lag: Float[np.ndarray, " row"] | None,
) -> _Solved:
    gain = spectrum.gain(float(solved.parameters[0]))
    if columns.effects != "entity":
        gain = gain - gain.mean(axis=0)
        gain = gain - gain.mean(axis=1, keepdims=True)
    vcov = clustered_by_entity(
        solved.vcov,
        design=design.reshape(*columns.shape, -1),
        expected_lag=None if expected_lag is None else expected_lag.reshape(columns.shape),
        gain=gain,
        residuals=solved.residuals.reshape(columns.shape),
        sigma2=solved.sigma2,
    )
    return replace(solved, vcov=vcov)


def _persistence(columns: SpatialColumns, residuals: Float[np.ndarray, " row"]) -> tuple[str, ...]:
    """Errors that stay from year to year, beyond three errors of what independent ones show."""
    units, times = columns.shape
    cube = residuals.reshape(columns.shape)
    correlation = float(np.vdot(cube[:, 1:], cube[:, :-1]) / np.vdot(cube, cube))
    expected = -1 / times if columns.effects != "time" else 0.0
    if correlation - expected <= 3 / np.sqrt(units * times):
        return ()
    return (
        f"Residuals are correlated over time ({correlation:.2f}): intervals from the information "
        "are too short; choose errors='cluster'.",
    )


def _with_clusters(estimates: EstimationResult, units: int) -> EstimationResult:
    convention = Convention("clustered by entity", units / (units - 1), "N / (N - 1)", units - 1)
    found = replace(estimates, convention=convention, clusters={"entity": units})
    few = (
        f"Only {units} clusters by entity: 95 % intervals held the truth in 91 to 95 % of "
        "simulated panels."
    )
    return found.warned(few) if units < FEW_CLUSTERS else found


def _estimates(
    data: PanelData,
    columns: SpatialColumns,
    solved: _Solved,
    names: tuple[str, ...],
    *,
    model: SpatialModel,
    lee_yu: bool,
) -> EstimationResult:
    rule = f"1 on SSE / {columns.free}, {'Lee-Yu' if lee_yu else 'no correction'}"
    total = float(columns.y @ columns.y)
    return EstimationResult(
        estimator=f"{_TITLES[model]}, {columns.effects} effects",
        names=("lambda" if model == "sem" else "rho", *names),
        coefficients=solved.parameters,
        vcov=solved.vcov[:-1, :-1],
        convention=Convention("expected information, normal iid errors", 1.0, rule, np.inf),
        n=data.n,
        fit=Fit(
            sigma2=solved.sigma2,
            r2_within=1 - float(solved.residuals @ solved.residuals) / total,
            log_likelihood=solved.log_likelihood,
        ),
        residuals=columns.in_row_order(solved.residuals),
        warnings=columns.warnings,
    )


def _effects(
    estimates: EstimationResult,
    names: tuple[str, ...],
    columns: SpatialColumns,
    spectrum: WeightSpectrum,
    model: SpatialModel,
) -> EstimationResult:
    k = len(names)
    if model == "sem":
        return replace(
            estimates,
            names=tuple(f"direct {name}" for name in names),
            coefficients=estimates.coefficients[1:],
            vcov=estimates.vcov[1:, 1:],
        )
    place = tuple(names.index(name) for name in columns.lagged_names)
    rho, own, lagged = np.split(estimates.coefficients, [1, k + 1])
    values, jacobian = effects_and_jacobian(float(rho[0]), own, lagged, place, spectrum)
    return replace(
        estimates,
        estimator=f"{estimates.estimator}: effects",
        names=tuple(f"{kind} {name}" for kind in ("direct", "indirect", "total") for name in names),
        coefficients=values,
        vcov=jacobian @ estimates.vcov @ jacobian.T,
        convention=replace(
            estimates.convention,
            errors=f"delta method on {estimates.convention.errors.split(', ')[0]}",
        ),
    )
