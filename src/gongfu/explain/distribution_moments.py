"""Quantile regression by moments: effects on location and scale, with fixed effects.

References
----------
[Machado-Santos Silva 2019] Quantiles via moments. Journal of Econometrics 213(1), 145-173.
[Dhaene-Jochmans 2015] Split-panel jackknife estimation of fixed-effect models. Review of Economic
Studies 82(3), 991-1030.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from jaxtyping import Bool, Float

from gongfu.core import InputError, Problem
from gongfu.explain.distribution_bootstrap import bootstrap_covariance
from gongfu.explain.distribution_density import density_at
from gongfu.explain.distribution_process import (
    QuantileProcess,
    quantile_process,
    require_quantiles,
)
from gongfu.explain.fixed_effects import fixed_effects
from gongfu.explain.least_squares import LeastSquares, least_squares, refitted
from gongfu.explain.panel_data import PanelData
from gongfu.explain.result import Convention, EstimationResult
from gongfu.explain.within import Effects, level_sums, within

__all__ = ["MomentQuantiles", "moment_quantiles"]

_MOST_NEGATIVE = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class MomentQuantiles:
    """A quantile process that comes from one location and one scale.

    Parameters
    ----------
    process : coefficient ``location + q(tau) scale`` by quantile.
    location, scale : coefficients of both parts, with clustered errors.
    standard_quantiles : q(tau), the quantile of the standardised error.
    negative_scales : share of rows whose fitted scale is not above zero, 0-1.
    """

    process: QuantileProcess
    location: EstimationResult
    scale: EstimationResult
    standard_quantiles: tuple[float, ...]
    negative_scales: float


def moment_quantiles(
    data: PanelData,
    quantiles: Sequence[float] = (0.1, 0.25, 0.5, 0.75, 0.9),
    *,
    effects: Effects = "two-way",
    errors: Literal["cluster", "bootstrap"] = "bootstrap",
    correction: Literal["half-panel", "none"] = "half-panel",
    replications: int = 400,
    seed: int = 0,
) -> MomentQuantiles:
    """Return conditional quantile coefficients; effects move location and scale.

    Parameters
    ----------
    quantiles : ascending, between 0 and 1.
    effects : of location and of scale.
    errors : ``bootstrap`` redraws entities; ``cluster`` sums influence values by entity, which
        leaves the error of the correction out.
    correction : ``half-panel`` takes out the bias of order 1/T; ``none`` is the plain estimate.
    replications, seed : of the bootstrap.

    Raises
    ------
    InputError
        As ``fixed_effects``, if the fitted scale is not above zero in any row, or if half of the
        times cannot be estimated.

    Notes
    -----
    ``y = a_i + x'b + (d_i + x'g) U`` with ``E|U| = 1``: b from the within regression of y, g from
    that of its absolute residuals, q(tau) from ``min_q sum rho_tau(R - q s)`` over residuals R and
    fitted scales s; the coefficient is ``b + q(tau) g`` [Machado-Santos Silva 2019, section 3].
    Influence of row it, A = X'X of demeaned X::

        A**-1 x s U + q A**-1 x s V + g s W / sum(s)
        V = |U| - 1 - (1 - 2 P(U < 0)) U,    W = (tau - 1(U <= q)) / f(q) - U - q V

    with f the density of ``R / s``. The half-panel correction of b(tau) is twice the estimate less
    the mean of those from the first and from the second half of the times, over both ways to halve
    an odd number [Dhaene-Jochmans 2015]; ``location``, ``scale`` and q stay uncorrected.
    """
    chosen = require_quantiles(quantiles)
    template = fixed_effects(data, effects=effects)
    parts = _Parts.of(data, chosen, effects)
    coefficients = _corrected(data, chosen, effects, correction)
    scores = _scores(data, parts, chosen)
    factor = template.convention.factor
    if errors == "cluster":
        vcov = factor * scores["process"].T @ scores["process"]
        convention = replace(template.convention, errors="location-scale influence, by entity")
    else:
        vcov, used = bootstrap_covariance(
            data,
            lambda drawn: _corrected(drawn, chosen, effects, correction).ravel(),
            replications=replications,
            seed=seed,
        )
        dof = template.convention.dof
        convention = Convention(f"bootstrap of entities, {used} draws", 1.0, "1", dof)
    whole = replace(
        template,
        estimator=f"quantile by moments, {effects} effects, correction {correction}",
        convention=convention,
        warnings=tuple(_warnings(data, parts, errors, correction)),
    )
    residuals = parts.residual - np.outer(parts.points, parts.scale)
    return MomentQuantiles(
        process=quantile_process(whole, chosen, coefficients, vcov, residuals),
        location=replace(template, estimator=f"location, {effects} effects"),
        scale=replace(
            template,
            estimator=f"scale, {effects} effects",
            coefficients=parts.scale_slopes,
            vcov=factor * scores["scale"].T @ scores["scale"],
            residuals=parts.scale_residual,
        ),
        standard_quantiles=tuple(parts.points.tolist()),
        negative_scales=float((parts.scale <= 0).mean()),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Parts:
    """Location, scale and standardised quantiles of one panel."""

    location_fit: LeastSquares
    scale_slopes: Float[np.ndarray, " name"]
    scale_residual: Float[np.ndarray, " row"]
    scale: Float[np.ndarray, " row"]
    points: Float[np.ndarray, " quantile"]

    @classmethod
    def of(cls, data: PanelData, quantiles: tuple[float, ...], effects: Effects) -> _Parts:
        remove = within(data, effects).remove
        left = remove(np.column_stack([data.dependent, data.regressors]))
        location = least_squares(left[:, 0], left[:, 1:])
        size = np.abs(location.residuals)
        slopes, rest = refitted(location, remove(size[:, None]))
        scale = size - rest[0]
        if not (scale > 0).any():
            raise InputError(
                Problem(
                    "the fitted scale is not above zero in any row", fix="Use fewer regressors."
                )
            )
        points = _standard_quantiles(location.residuals, scale, quantiles)
        return cls(location, slopes[0], rest[0], scale, points)

    @property
    def residual(self) -> Float[np.ndarray, " row"]:
        """Dependent less location."""
        return self.location_fit.residuals

    @property
    def coefficients(self) -> Float[np.ndarray, "quantile name"]:
        return np.asarray(self.location_fit.coefficients + np.outer(self.points, self.scale_slopes))


def _corrected(
    data: PanelData, quantiles: tuple[float, ...], effects: Effects, correction: str
) -> Float[np.ndarray, "quantile name"]:
    whole = _Parts.of(data, quantiles, effects).coefficients
    if correction == "none":
        return whole
    times = len(data.times)
    halves = [
        _Parts.of(_some_times(data, rows), quantiles, effects).coefficients
        for cut in sorted({times // 2, times - times // 2})
        for rows in (data.time < cut, data.time >= cut)
    ]
    return np.asarray(2 * whole - np.mean(halves, axis=0))


def _some_times(data: PanelData, rows: Bool[np.ndarray, " row"]) -> PanelData:
    used, time = np.unique(data.time[rows], return_inverse=True)
    units, entity = np.unique(data.entity[rows], return_inverse=True)
    columns = data.regressors[rows]
    if len(used) < 3 or len(columns) <= len(units) + len(used) + columns.shape[1]:
        raise InputError(
            f"half of the times, {len(used)}, is too few for the correction: choose "
            "correction='none' and read the estimates as biased"
        )
    return replace(
        data,
        dependent=data.dependent[rows],
        regressors=columns,
        entity=entity,
        time=time,
        entities=data.entities[units],
        times=data.times[used],
    )


def _standard_quantiles(
    residual: np.ndarray, scale: np.ndarray, quantiles: tuple[float, ...]
) -> Float[np.ndarray, " quantile"]:
    """Where each sum of ``rho_tau(R - q s)`` stops falling; a row bends it by |s| at R / s."""
    used = scale != 0
    bends, weight, is_above = residual[used] / scale[used], np.abs(scale[used]), scale[used] > 0
    order = np.argsort(bends)
    passed = np.cumsum(weight[order])
    slopes = [float(np.where(is_above, tau, 1 - tau) @ weight) for tau in quantiles]
    rows = np.minimum(np.searchsorted(passed, slopes), len(order) - 1)
    return np.asarray(bends[order][rows])


def _scores(
    data: PanelData, parts: _Parts, quantiles: tuple[float, ...]
) -> dict[str, Float[np.ndarray, "entity name"]]:
    """Influence values summed by entity: of the scale, and of all quantiles side by side."""
    design = parts.location_fit.design
    bread = parts.location_fit.bread
    above = parts.scale > 0
    standard = np.where(above, parts.residual / np.where(above, parts.scale, 1.0), 0.0)
    tilt = 1 - 2 * float((parts.residual < 0).mean())
    spread = np.abs(parts.residual) - parts.scale - tilt * parts.residual  # s V
    of_location = design * parts.residual[:, None] @ bread
    of_scale = design * spread[:, None] @ bread
    columns = []
    for tau, point in zip(quantiles, parts.points, strict=True):
        density = density_at(standard[above], float(point))
        hit = parts.scale * (tau - (parts.residual <= point * parts.scale)) / density
        of_point = (hit - parts.residual - point * spread) / parts.scale.sum()
        slope = parts.scale_slopes
        columns.append(of_location + point * of_scale + np.outer(of_point, slope))
    units = len(data.entities)
    return {
        "scale": level_sums(of_scale, data.entity, units),
        "process": level_sums(np.concatenate(columns, axis=1), data.entity, units),
    }


def _warnings(data: PanelData, parts: _Parts, errors: str, correction: str) -> Iterator[str]:
    negative = float((parts.scale <= 0).mean())
    if negative > _MOST_NEGATIVE:
        yield (
            f"The fitted scale is not above zero in {negative:.1%} of rows: location and scale "
            "that are linear in the regressors do not fit."
        )
    if correction == "none":
        yield (
            f"With {len(data.times)} times the outer quantiles are biased towards the location, in "
            "order 1/T; see correction='half-panel'."
        )
    elif errors == "cluster":
        yield (
            "Errors leave out those of the correction: 95 % intervals cover less than 93 % in "
            "simulations; see errors='bootstrap'."
        )
