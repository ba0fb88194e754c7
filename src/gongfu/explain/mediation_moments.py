"""Moments of each entity, from which any bootstrap draw of entities is estimated exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Shaped

from gongfu.explain.threshold_panel import threshold_panel

__all__ = ["MediationMoments", "Paths", "mediation_moments", "paths"]

_KEPT = 3
"""Dependent, mediator and regressor stand in front; time effects and controls follow."""


@dataclass(frozen=True, slots=True, eq=False)
class MediationMoments:
    """Cross products of each entity's columns, unit means taken out."""

    by_unit: Float[np.ndarray, "unit column column"]
    rows: int


@dataclass(frozen=True, slots=True, eq=False)
class Paths:
    """Paths of each draw, and the errors' ratio and correlation without the mediator."""

    first: Float[np.ndarray, " draw"]
    second: Float[np.ndarray, " draw"]
    direct: Float[np.ndarray, " draw"]
    total: Float[np.ndarray, " draw"]
    ratio: Float[np.ndarray, " draw"]
    correlation: Float[np.ndarray, " draw"]

    @property
    def indirect(self) -> Float[np.ndarray, " draw"]:
        """Product of the two steps."""
        product: Float[np.ndarray, " draw"] = self.first * self.second
        return product

    def indirect_at(self, errors: Float[np.ndarray, " grid"]) -> Float[np.ndarray, "draw grid"]:
        """Return the indirect part were the errors correlated [IKY, theorem 4]."""
        p = self.correlation[:, None]
        gap = p - errors * np.sqrt((1 - p**2) / (1 - errors**2))
        moved: Float[np.ndarray, "draw grid"] = (self.first * self.ratio)[:, None] * gap
        return moved


def mediation_moments(
    dependent: Float[np.ndarray, " row"],
    mediator: Float[np.ndarray, " row"],
    regressor: Float[np.ndarray, " row"],
    controls: Float[np.ndarray, "row control"],
    *,
    entity: Shaped[np.ndarray, " row"],
    time: Shaped[np.ndarray, " row"],
    time_effects: bool,
) -> MediationMoments:
    """Return the moments.

    Notes
    -----
    Unit means do not depend on which other units are drawn, time effects do: they stay among the
    columns, so that each draw takes out its own.
    """
    slopes = np.column_stack([mediator, regressor])
    threshold_panel(  # refuses what a regression cannot use
        dependent,
        slopes,
        controls,
        dependent,
        entity=entity,
        time=time,
        time_effects=time_effects,
        roles=("mediator", "regressor"),
    )
    _, code = np.unique(entity, return_inverse=True)
    _, period = np.unique(time, return_inverse=True)
    dummies = np.eye(period.max() + 1)[period][:, 1:] if time_effects else controls[:, :0]
    columns = np.column_stack([dependent, slopes, controls, dummies])
    order = np.argsort(code, kind="stable")
    parts = np.split(columns[order], np.cumsum(np.bincount(code))[:-1])
    inside = [part - part.mean(axis=0) for part in parts]
    return MediationMoments(np.stack([part.T @ part for part in inside]), len(columns))


def paths(moments: Float[np.ndarray, "draw column column"]) -> Paths:
    """Return the paths that belong to each matrix of cross products.

    Notes
    -----
    Time effects and controls leave by a Schur complement. A draw may lack a period, so the
    complement uses a pseudo-inverse.
    """
    others = np.linalg.pinv(moments[:, _KEPT:, _KEPT:], hermitian=True, rcond=1e-12)
    cross = moments[:, :_KEPT, _KEPT:]
    left = moments[:, :_KEPT, :_KEPT] - cross @ others @ cross.swapaxes(1, 2)
    yy, ym, yx = left[:, 0, 0], left[:, 0, 1], left[:, 0, 2]
    mm, mx, xx = left[:, 1, 1], left[:, 1, 2], left[:, 2, 2]
    first, total = mx / xx, yx / xx
    mediator_error, outcome_error = mm - first * mx, yy - total * yx
    shared = ym - first * yx
    second = shared / mediator_error
    return Paths(
        first=first,
        second=second,
        direct=total - first * second,
        total=total,
        ratio=np.sqrt(outcome_error / mediator_error),
        correlation=shared / np.sqrt(outcome_error * mediator_error),
    )
