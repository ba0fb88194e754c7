"""Covariances of least-squares coefficients, each with its small-sample convention.

References
----------
[White 1980] A heteroskedasticity-consistent covariance matrix estimator. Econometrica 48(4).
[Liang-Zeger 1986] Longitudinal data analysis using generalized linear models. Biometrika 73(1).
[Cameron-Gelbach-Miller 2011] Robust inference with multiway clustering. Journal of Business and
Economic Statistics 29(2).
[Conley 1999] GMM estimation with cross sectional dependence. Journal of Econometrics 92(1).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError, Problem
from gongfu.explain.conley import Conley, conley_meat
from gongfu.explain.driscoll_kraay import default_lags, driscoll_kraay_meat
from gongfu.explain.least_squares import LeastSquares
from gongfu.explain.panel_data import PanelData
from gongfu.explain.result import Convention
from gongfu.explain.vcov_cluster import (
    FEW_CLUSTERS,
    Covariance,
    cluster_groups,
    cluster_scores,
    clustered,
    positive,
    sandwich,
)
from gongfu.explain.within import Within

__all__ = ["FEW_CLUSTERS", "Covariance", "Errors", "covariance", "moment_covariance"]

Errors = Literal["iid", "hc1", "cluster", "two-way cluster", "driscoll-kraay", "conley"]

FEW_TIMES = 100
"""Below this many times, intervals with Driscoll-Kraay errors are too short (measured)."""


def covariance(
    fit: LeastSquares,
    data: PanelData,
    errors: Errors,
    *,
    transformation: Within | None = None,
    cluster: Mapping[str, Sequence[object] | np.ndarray] | None = None,
    lags: int | None = None,
    conley: Conley | None = None,
    counted: int | None = None,
) -> Covariance:
    """Return the covariance of the coefficients of a fit.

    Parameters
    ----------
    errors : ``iid``, ``hc1`` [White 1980], ``cluster`` [Liang-Zeger 1986], ``two-way cluster``
        [Cameron-Gelbach-Miller 2011], ``driscoll-kraay`` or ``conley`` [Conley 1999].
    transformation : the effects taken out before the fit.
    cluster : ``{name: label of each row}``; by default the entity, and for two ways entity and
        time.
    lags : of Driscoll-Kraay and Conley; by default the whole part of ``T**(1/4)``.
    conley : distances and their cutoff.
    counted : coefficients that count in K; by default those of the fit.

    Raises
    ------
    InputError
        If a dimension has fewer than two clusters, labels do not fit the rows, or time has gaps
        that lags would jump over, or distances are missing or do not fit.

    Notes
    -----
    K counts the coefficients and all effects. Factors: iid ``1`` on ``SSE / (n - K)``; hc1
    ``n / (n - K)``; clusters ``G / (G - 1) * (n - 1) / (n - K*)`` where K* leaves out effects
    nested in a cluster but one, and G is the smaller number of clusters of two ways; t with
    G - 1. Driscoll-Kraay: none, t with T - 1. Conley: none, t with entities less one.
    """
    counted = len(fit.coefficients) if counted is None else counted
    effects = transformation.absorbed if transformation else 0
    free = data.n - counted - effects
    if errors == "iid":
        sigma2 = float(fit.residuals @ fit.residuals) / free
        return Covariance(sigma2 * fit.bread, Convention("iid", 1.0, "1 on SSE / (n - K)", free))
    if errors == "hc1":
        scores = fit.design * fit.residuals[:, None]
        factor = data.n / free
        vcov = factor * sandwich(fit, scores.T @ scores)
        return Covariance(vcov, Convention("robust HC1", factor, "n / (n - K)", free))
    if errors == "driscoll-kraay":
        return _driscoll_kraay(fit, data, lags)
    if errors == "conley":
        return _conley(fit, data, lags, conley)
    if errors in ("cluster", "two-way cluster"):
        groups = cluster_groups(data, 1 if errors == "cluster" else 2, cluster)
        return clustered(fit, data, groups, transformation, counted)
    raise InputError(
        Problem(
            f"no error type {errors!r}",
            expected="iid, hc1, cluster, two-way cluster, driscoll-kraay or conley",
        )
    )


def moment_covariance(
    design: Float[np.ndarray, "row moment"],
    residuals: Float[np.ndarray, " row"],
    data: PanelData,
    errors: Errors,
    *,
    cluster: Mapping[str, Sequence[object] | np.ndarray] | None = None,
    lags: int | None = None,
    conley: Conley | None = None,
) -> Float[np.ndarray, "moment moment"]:
    """Return the covariance of ``design' residuals`` without any small-sample factor."""
    k = design.shape[1]
    fit = LeastSquares(np.zeros(k), np.eye(k), residuals, design)
    if errors == "iid":
        return np.asarray(float(residuals @ residuals) / data.n * (design.T @ design))
    found = covariance(fit, data, errors, cluster=cluster, lags=lags, conley=conley)
    return np.asarray(found.vcov / found.convention.factor)


def _driscoll_kraay(fit: LeastSquares, data: PanelData, lags: int | None) -> Covariance:
    lags = default_lags(len(data.times)) if lags is None else lags
    _require_no_gap(data.times, lags)
    scores = cluster_scores(fit, data.time, len(data.times))
    vcov = sandwich(fit, driscoll_kraay_meat(scores, lags))
    convention = Convention(f"Driscoll-Kraay, {lags} lags", 1.0, "1", len(data.times) - 1)
    few = (
        f"Driscoll-Kraay errors rest on {len(data.times)} times; with fewer than {FEW_TIMES}, 95 % "
        "intervals cover less than 93 % in simulations.",
    )
    warnings = few if len(data.times) < FEW_TIMES else ()
    return Covariance(vcov, convention, {"time": len(data.times)}, warnings)


def _conley(
    fit: LeastSquares, data: PanelData, lags: int | None, reach: Conley | None
) -> Covariance:
    if reach is None:
        raise InputError(
            Problem(
                "errors='conley' needs distances",
                fix="Pass conley=Conley(distance, cutoff) from gongfu.explain.",
            )
        )
    lags = default_lags(len(data.times)) if lags is None else lags
    if lags:
        _require_no_gap(data.times, lags)
    scores = fit.design * fit.residuals[:, None]
    meat = conley_meat(scores, data, reach.weights(data), lags)
    vcov, warnings = positive(sandwich(fit, meat), "Conley")
    words = f"Conley, {reach.kernel} to {reach.cutoff:g}, {lags} lags"
    units = len(data.entities)
    convention = Convention(words, 1.0, "1", units - 1)
    short = "95 % intervals with Conley errors held the truth in 90 to 93 % of simulated panels."
    return Covariance(vcov, convention, {"entity": units}, (*warnings, short))


def _require_no_gap(times: np.ndarray, lags: int) -> None:
    if len(times) < lags + 2:
        raise InputError(
            Problem("too few times", expected=f"at least {lags + 2}", found=str(len(times)))
        )
    if times.dtype.kind not in "iuf":
        return
    steps = np.diff(times)
    wide = np.flatnonzero(steps > steps.min())
    if len(wide) and lags:
        raise InputError(
            Problem(
                "time has gaps that lags would jump over",
                expected=f"steps of {steps.min():g}",
                found=f"a step from {times[wide[0]]} to {times[wide[0] + 1]}",
                fix="Choose lags=0, clusters, or a span without gaps.",
            )
        )
