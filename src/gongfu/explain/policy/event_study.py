"""Effects by time since adoption from one two-way regression with leads and lags.

References
----------
[Schmidheiny-Siegloch 2023] On event studies and distributed-lags in two-way fixed effects models.
Journal of Applied Econometrics 38(5).
[Sun-Abraham 2021] Estimating dynamic treatment effects in event studies with heterogeneous
treatment effects. Journal of Econometrics 225(2).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from jaxtyping import Float

from gongfu.core import Evidence, InputError
from gongfu.explain.fixed_effects import fixed_effects
from gongfu.explain.policy.design import PolicyDesign
from gongfu.explain.policy.path import EffectPath, effect_path, relative_name
from gongfu.explain.vcov import Errors

__all__ = ["event_study"]


def event_study(
    design: PolicyDesign,
    *,
    leads: int | None = None,
    lags: int | None = None,
    errors: Errors = "cluster",
    level: float = 0.95,
    seed: int = 0,
) -> EffectPath:
    """Return effects of each time since adoption, relative to the time before it.

    Parameters
    ----------
    leads, lags : farthest times before and after adoption; what lies beyond is counted with the
        farthest [Schmidheiny-Siegloch 2023]. By default all that occur.
    errors : as in ``fixed_effects``.
    level, seed : of the band.

    Raises
    ------
    InputError
        If leads or lags leave nothing, or effects cannot be told from time effects because every
        unit adopts.

    Notes
    -----
    ``y_it = a_i + l_t + sum_{e != -1} b_e 1(t - g_i = e) + c'x_it``. With several dates ``b_e``
    mixes effects of other times and cohorts [Sun-Abraham 2021]: the tag is then associational.
    """
    relative = design.relative[design.adopts]
    first = -leads if leads is not None else int(relative.min())
    last = lags if lags is not None else int(relative.max())
    if first >= 0 or last < 0:
        raise InputError(f"needs leads >= 1 and lags >= 0, got {-first} and {last}")
    times = [e for e in range(first, last + 1) if e != -1]
    dummies = _dummies(design, times, first, last)
    times = [e for e, column in zip(times, dummies.T, strict=True) if column.any()]
    columns = np.column_stack([dummies[:, dummies.any(axis=0)], design.data.regressors])
    names = (*(relative_name(e) for e in times), *design.data.names)
    data = replace(design.data, regressors=columns, names=names)
    found = fixed_effects(data, errors=errors)
    found = replace(found, estimator="event study, two-way", evidence=design.evidence)
    found = found.warned(*design.warnings)
    if len(design.cohorts) > 1:
        found = replace(found, evidence=Evidence.ASSOCIATIONAL).warned(
            "Several dates: an effect by time since adoption mixes those of other times and "
            "cohorts; use interaction_weighted, group_time_effects or imputation."
        )
    return effect_path(found, times, level=level, seed=seed)


def _dummies(
    design: PolicyDesign, times: list[int], first: int, last: int
) -> Float[np.ndarray, "row effect"]:
    clipped = np.where(design.adopts, np.clip(design.relative, first, last), -1)
    return np.asarray(clipped[:, None] == np.asarray(times), dtype=np.float64)
