"""Effects by time since adoption from a regression with an effect for each cohort and time.

References
----------
[Sun-Abraham 2021] Estimating dynamic treatment effects in event studies with heterogeneous
treatment effects. Journal of Econometrics 225(2), 175-199.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from jaxtyping import Float, Int

from gongfu.core import InputError
from gongfu.explain.fixed_effects import fixed_effects
from gongfu.explain.panel_data import PanelData
from gongfu.explain.policy.design import PolicyDesign
from gongfu.explain.policy.path import EffectPath, effect_path, relative_name
from gongfu.explain.vcov import Errors

__all__ = ["interaction_weighted"]


def interaction_weighted(
    design: PolicyDesign, *, errors: Errors = "cluster", level: float = 0.95, seed: int = 0
) -> EffectPath:
    """Return effects by time since adoption, cohorts weighed by their rows.

    Parameters
    ----------
    errors : as in ``fixed_effects``; those of the weights are not counted.
    level, seed : of the band.

    Raises
    ------
    InputError
        If fewer than two cohorts adopt and no unit never does.

    Notes
    -----
    ``y_it = a_i + l_t + sum_g sum_{e != -1} d_ge 1(g_i = g) 1(t - g = e) + c'x_it`` and
    ``b_e = sum_g share(g | e) d_ge`` [Sun-Abraham 2021, section 4]. Without units that never
    adopt, the last cohort is the comparison and times from its adoption on are left out. The
    overall effect, weighed by rows, is ``details["overall"]`` with its error beside it.
    """
    data, starts = _compared(design)
    since = data.time - starts[data.entity]
    adopts = starts[data.entity] < design.never
    cells, code = np.unique(
        np.column_stack([starts[data.entity], since])[adopts & (since != -1)],
        axis=0,
        return_inverse=True,
    )
    dummies = np.zeros((data.n, len(cells)))
    dummies[np.flatnonzero(adopts & (since != -1)), code.ravel()] = 1.0
    names = tuple(f"g={data.times[g]} {relative_name(int(e))}" for g, e in cells)
    columns = np.column_stack([dummies, data.regressors])
    wide = replace(data, regressors=columns, names=(*names, *data.names))
    found = fixed_effects(wide, errors=errors)
    times = np.unique(cells[:, 1])
    weights = _weights(cells[:, 1], dummies.sum(axis=0), times)
    inner, count = found.vcov[: len(cells), : len(cells)], len(cells)
    after = np.where(cells[:, 1] >= 0, dummies.sum(axis=0), 0.0)
    after /= after.sum()
    overall = {
        "overall": float(after @ found.coefficients[:count]),
        "overall_standard_error": float(np.sqrt(after @ inner @ after)),
    }
    averaged = replace(
        found,
        estimator="interaction-weighted event study",
        names=tuple(relative_name(int(e)) for e in times),
        coefficients=weights @ found.coefficients[:count],
        vcov=weights @ inner @ weights.T,
        evidence=design.evidence,
        details=overall,
    ).warned(*design.warnings)
    return effect_path(averaged, times.tolist(), level=level, seed=seed)


def _compared(design: PolicyDesign) -> tuple[PanelData, Int[np.ndarray, " entity"]]:
    """The panel with a comparison group: as it is, or cut where the last cohort adopts."""
    if design.has_never:
        return design.data, design.starts
    last = design.cohorts[-1]
    if len(design.cohorts) < 2:
        raise InputError("needs units that never adopt, or two dates of adoption")
    rows = design.data.time < last
    data = design.data
    cut = replace(
        data,
        dependent=data.dependent[rows],
        regressors=data.regressors[rows],
        entity=data.entity[rows],
        time=data.time[rows],
        times=data.times[:last],
    )
    return cut, np.where(design.starts == last, design.never, design.starts)


def _weights(
    since: Int[np.ndarray, " cell"], rows: Float[np.ndarray, " cell"], times: np.ndarray
) -> Float[np.ndarray, "effect cell"]:
    weights = np.where(times[:, None] == since, rows, 0.0)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))
