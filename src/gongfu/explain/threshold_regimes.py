"""Slopes by regime at given thresholds, with errors clustered by entity."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError
from gongfu.explain.result import Convention, EstimationResult, Fit
from gongfu.explain.threshold_panel import ThresholdPanel

__all__ = ["regime_regression"]


def regime_regression(
    panel: ThresholdPanel, thresholds: Sequence[float], names: Sequence[str] | None = None
) -> tuple[EstimationResult, tuple[int, ...]]:
    """Return the regression at thresholds in ascending order, and the rows of each regime.

    Notes
    -----
    ``V = c (X'X)^-1 (sum_i X_i' e_i e_i' X_i) (X'X)^-1`` with
    ``c = G / (G - 1) * (N - 1) / (N - K)``; K counts slopes, time effects and one constant, not the
    unit effects, which are nested in the clusters. Student's t with G - 1 degrees of freedom.
    """
    regime = np.searchsorted(np.asarray(thresholds), panel.threshold, side="left")
    regimes, regressors = len(thresholds) + 1, panel.regime.shape[1]
    split = np.hstack([panel.regime * (regime == r)[:, None] for r in range(regimes)])
    x = np.hstack([panel.within(split), panel.slopes[:, regressors:]])
    inverse = np.linalg.inv(x.T @ x)
    slopes = inverse @ (x.T @ panel.dependent)
    remaining = panel.dependent - x @ slopes
    convention = _convention(panel, x.shape[1])
    square = float(remaining @ remaining)
    result = EstimationResult(
        estimator=f"fixed effects, {regimes} regimes",
        names=_names(panel, regimes, names),
        coefficients=slopes,
        vcov=convention.factor * inverse @ _meat(panel, x, remaining) @ inverse,
        convention=convention,
        n=panel.rows,
        fit=Fit(
            sigma2=square / panel.degrees_of_freedom,
            r2_within=1 - square / float(panel.dependent @ panel.dependent),
        ),
        residuals=remaining,
        clusters={"entity": len(panel.start)},
    )
    return result, tuple(np.bincount(regime, minlength=regimes).tolist())


def _meat(panel: ThresholdPanel, x: np.ndarray, remaining: np.ndarray) -> Float[np.ndarray, "k k"]:
    scores = np.add.reduceat(x * remaining[:, None], panel.start, axis=0)
    return scores.T @ scores


def _convention(panel: ThresholdPanel, slopes: int) -> Convention:
    clusters, rows = len(panel.start), panel.rows
    counted = slopes + panel.effects.shape[1] + 1
    factor = clusters / (clusters - 1) * (rows - 1) / (rows - counted)
    return Convention("clustered by entity", factor, "G/(G-1) (N-1)/(N-K)", float(clusters - 1))


def _names(panel: ThresholdPanel, regimes: int, names: Sequence[str] | None) -> tuple[str, ...]:
    k = panel.regime.shape[1]
    controls = panel.slopes.shape[1] - k
    given = names or [f"x{j + 1}" for j in range(k)] + [f"z{j + 1}" for j in range(controls)]
    if len(given) != k + controls:
        raise InputError(f"names: expected {k + controls}, found {len(given)}")
    split = [f"{name} | regime {r + 1}" for r in range(regimes) for name in given[:k]]
    return (*split, *given[k:])
