"""Group-time effects put together: overall, by time since adoption, by cohort, by calendar time.

References
----------
[Callaway-Sant'Anna 2021] Difference-in-differences with multiple time periods. Journal of
Econometrics 225(2), section 3.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
from jaxtyping import Bool, Float

from gongfu.core import InputError
from gongfu.explain.policy.group_time import CONVENTION, GroupTimeEffects
from gongfu.explain.policy.path import EffectPath, effect_path, relative_name
from gongfu.explain.result import EstimationResult, Fit

__all__ = ["OVERALL", "effects_by_relative_time", "summarise_effects"]

OVERALL = "overall"
Influence = Float[np.ndarray, " entity"]


def summarise_effects(
    effects: GroupTimeEffects, by: Literal["all", "cohort", "calendar"] = "all"
) -> EstimationResult:
    """Return the overall effect after adoption, alone or behind those of cohorts or times.

    Parameters
    ----------
    by : ``all`` weighs every cell after adoption by the size of its cohort; ``cohort`` and
        ``calendar`` average within cohorts or times first.

    Notes
    -----
    theta_W, theta_sel, theta_c of [Callaway-Sant'Anna 2021]; weights are cohort shares whose own
    sampling is part of the errors.
    """
    after = effects.time >= effects.start
    if not after.any():
        raise InputError("no effect after adoption could be estimated")
    if by == "all":
        return _result(effects, "all cells after adoption", {OVERALL: _weighted(effects, after)})
    key = effects.start if by == "cohort" else effects.time
    groups = {int(k): _weighted(effects, after & (key == k)) for k in np.unique(key[after])}
    named = {str(effects.times[k]): part for k, part in groups.items()}
    parts = list(groups.values())
    whole = (
        _by_cohort_size(effects, list(groups), parts)
        if by == "cohort"
        else _averaged(parts, np.full(len(parts), 1 / len(parts)))
    )
    return _result(effects, f"by {by}", {**named, OVERALL: whole})


def effects_by_relative_time(
    effects: GroupTimeEffects,
    *,
    first: int | None = None,
    last: int | None = None,
    level: float = 0.95,
    seed: int = 0,
) -> EffectPath:
    """Return effects by time since adoption, cohorts weighed by size, with a joint band.

    Parameters
    ----------
    first, last : range of times since adoption; by default all.
    level, seed : of the band.
    """
    since = effects.time - effects.start
    kept = [
        int(e)
        for e in np.unique(since)
        if (first is None or e >= first) and (last is None or e <= last)
    ]
    if not kept:
        raise InputError(f"no effect lies between {first} and {last} times after adoption")
    parts = {relative_name(e): _weighted(effects, since == e) for e in kept}
    found = _result(effects, "by time since adoption", parts)
    reference = None if -1 in kept else -1
    return effect_path(found, kept, reference=reference, level=level, seed=seed)


def _weighted(
    effects: GroupTimeEffects, cells: Bool[np.ndarray, " effect"]
) -> tuple[float, Influence]:
    """Average of cells weighed by cohort shares, and its influence, that of the shares included."""
    values, influence = effects.result.coefficients[cells], effects.influence[:, cells]
    starts = effects.start[cells]
    member = (effects.starts[:, None] == starts).astype(np.float64)
    shares = member.mean(axis=0)
    total = shares.sum()
    deviation = member - shares
    of_weights = deviation / total - np.outer(deviation.sum(axis=1), shares) / total**2
    return float(values @ shares / total), influence @ (shares / total) + of_weights @ values


def _by_cohort_size(
    effects: GroupTimeEffects, starts: Sequence[int], parts: Sequence[tuple[float, Influence]]
) -> tuple[float, Influence]:
    member = (effects.starts[:, None] == np.asarray(starts)).astype(np.float64)
    shares = member.mean(axis=0)
    total, deviation = shares.sum(), member - shares
    of_weights = deviation / total - np.outer(deviation.sum(axis=1), shares) / total**2
    value, influence = _averaged(parts, shares / total)
    return value, influence + of_weights @ np.array([part[0] for part in parts])


def _averaged(
    parts: Sequence[tuple[float, Influence]], weights: np.ndarray
) -> tuple[float, Influence]:
    value = sum(w * part[0] for w, part in zip(weights, parts, strict=True))
    return float(value), np.stack([part[1] for part in parts], axis=1) @ weights


def _result(
    effects: GroupTimeEffects, words: str, parts: Mapping[str, tuple[float, Influence]]
) -> EstimationResult:
    influence = np.stack([part[1] for part in parts.values()], axis=1)
    return replace(
        effects.result,
        estimator=f"{effects.result.estimator}, {words}",
        names=tuple(parts),
        coefficients=np.array([part[0] for part in parts.values()]),
        vcov=influence.T @ influence / len(influence) ** 2,
        convention=CONVENTION,
        fit=Fit(math.nan),
    )
