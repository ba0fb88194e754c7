"""Unconditional quantile regression with fixed effects.

References
----------
[Firpo-Fortin-Lemieux 2009] Unconditional quantile regressions. Econometrica 77(3), 953-973.
[Borgen 2016] Fixed effects in unconditional quantile regression. Stata Journal 16(2), 403-415.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
from jaxtyping import Float

from gongfu.explain.distribution_bootstrap import bootstrap_covariance
from gongfu.explain.distribution_density import recentred_quantile
from gongfu.explain.distribution_process import (
    QuantileProcess,
    quantile_process,
    require_quantiles,
)
from gongfu.explain.fixed_effects import fixed_effects
from gongfu.explain.least_squares import least_squares, refitted
from gongfu.explain.panel_data import PanelData
from gongfu.explain.result import Convention, EstimationResult
from gongfu.explain.within import Effects, level_sums, within

__all__ = ["unconditional_quantiles"]

DECILES = (0.1, 0.25, 0.5, 0.75, 0.9)


def unconditional_quantiles(
    data: PanelData,
    quantiles: Sequence[float] = DECILES,
    *,
    effects: Effects = "two-way",
    errors: Literal["cluster", "bootstrap"] = "bootstrap",
    bandwidth: float | None = None,
    replications: int = 400,
    seed: int = 0,
) -> QuantileProcess:
    """Return how quantiles of the pooled distribution go with the regressors.

    Parameters
    ----------
    quantiles : ascending, between 0 and 1.
    effects : taken out of the recentred influence values and the regressors.
    errors : ``bootstrap`` redraws entities and estimates quantile and density anew; ``cluster``
        takes the influence values as data, which leaves the density's error out.
    bandwidth : of the density, in units of the dependent; Silverman's by default.
    replications, seed : of the bootstrap.

    Raises
    ------
    InputError
        As ``fixed_effects``, or if quantiles do not ascend between 0 and 1.

    Notes
    -----
    Within regression of ``q + (tau - 1(y <= q)) / f(q)`` [Firpo-Fortin-Lemieux 2009]. With effects,
    the quantile stays that of the pooled distribution, units' levels included [Borgen 2016].
    """
    chosen = require_quantiles(quantiles)
    values = np.column_stack([recentred_quantile(data.dependent, q, bandwidth) for q in chosen])
    template = fixed_effects(replace(data, dependent=values[:, 0]), effects=effects)
    template = replace(template, estimator=f"unconditional quantile, {effects} effects")
    coefficients, scores, residuals = _fits(data, values, effects)
    if errors == "cluster":
        vcov = template.convention.factor * scores.T @ scores
        note = "The error of the estimated density is not counted; see errors='bootstrap'."
        template = template.warned(note)
    else:
        vcov, used = bootstrap_covariance(
            data,
            lambda drawn: _coefficients(drawn, chosen, effects, bandwidth).ravel(),
            replications=replications,
            seed=seed,
        )
        template = _bootstrapped(template, used)
    return quantile_process(template, chosen, coefficients, vcov, residuals)


def _bootstrapped(template: EstimationResult, draws: int) -> EstimationResult:
    words = f"bootstrap of entities, {draws} draws"
    kept = Convention(words, 1.0, "1", template.convention.dof)
    return replace(template, convention=kept, warnings=())


def _coefficients(
    data: PanelData, quantiles: tuple[float, ...], effects: Effects, bandwidth: float | None
) -> Float[np.ndarray, "quantile name"]:
    values = np.column_stack([recentred_quantile(data.dependent, q, bandwidth) for q in quantiles])
    return _fits(data, values, effects)[0]


def _fits(
    data: PanelData, values: Float[np.ndarray, "row quantile"], effects: Effects
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Coefficients, sums of influence values by entity, residuals."""
    left = within(data, effects).remove(np.column_stack([values, data.regressors]))
    count = values.shape[1]
    design = left[:, count:]
    first = least_squares(left[:, 0], design)
    coefficients, residuals = refitted(first, left[:, :count])
    scores = [
        level_sums(design * one[:, None], data.entity, len(data.entities)) @ first.bread
        for one in residuals
    ]
    return coefficients, np.concatenate(scores, axis=1), residuals
