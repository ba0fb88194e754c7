"""Step *policy*: what happened around the dates that the study declares."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import polars as pl

from gongfu.core import GongfuError, InputError
from gongfu.explain.audit.pretrend import check_pretrend
from gongfu.explain.audit.staggered import check_staggered
from gongfu.explain.chain.sample import Sample
from gongfu.explain.chain.step import Model, Step, not_possible
from gongfu.explain.chain.words import needs
from gongfu.explain.policy import (
    NotPossible,
    PolicyDesign,
    effects_by_relative_time,
    event_study,
    group_time_effects,
    imputation,
    interaction_weighted,
    policy_design,
    policy_sentence,
    summarise_effects,
    two_way_did,
)
from gongfu.explain.policy.path import EffectPath
from gongfu.explain.result import EstimationResult
from gongfu.measure.index.finding import Finding, Say

__all__ = ["policy"]

Estimate = tuple[EstimationResult | None, EffectPath]
"""An average effect, where the estimator gives one, and the path by time since adoption."""


def policy(sample: Sample) -> Step:
    """Return two-way, group-time, interaction-weighted and imputation estimates with their paths.

    Dates come from the column the study names; none is ever invented. Estimates are associational
    unless the study names the document that sets the dates.
    """
    question = sample.question
    if question.policy is None or sample.policy is None:
        return not_possible(
            "policy", needs("声明各地政策实施时间的变量", "a declared column of policy dates")
        )
    try:
        design = _design(sample)
    except InputError as error:
        return not_possible("policy", error)
    if isinstance(design, NotPossible):
        return not_possible("policy", design.needs)
    models: list[Model] = []
    failed: list[Say] = []
    paths: dict[str, EffectPath] = {}
    for key, (label, estimate) in _ESTIMATORS.items():
        try:
            result, path = estimate(design, question.seed)
        except GongfuError as error:
            failed.append(Say(f"{label.zh}：无法估计（{error}）。", f"{label.en}: {error}"))
            continue
        paths[key] = path
        if result is not None:
            models.append(Model(key, label, question.outcome, result, _marks(design)))
    if not models:
        return not_possible("policy", failed[0])
    outcome = Say(*(question.label(question.outcome, language) for language in ("zh", "en")))
    main = models[-1].result
    frames = [
        path.table().with_columns(pl.col("evidence").forward_fill().backward_fill(),
                                  method=pl.lit(key))
        for key, path in paths.items()
    ]  # fmt: skip
    return Step(
        "policy",
        models=tuple(models),
        says=(policy_sentence(main, main.names[0], outcome, source=design.source), *failed),
        findings=tuple(_findings(design, paths)),
        curves={"events": pl.concat(frames, how="diagonal")},
    )


def _design(sample: Sample) -> PolicyDesign | NotPossible:
    assert sample.policy is not None, "the step returns before without dates"
    starts: dict[object, object] = {}
    for unit in np.unique(sample.entity).tolist():
        own = np.unique(sample.policy[sample.entity == unit])
        if len(own) > 1:
            raise InputError(f"unit {unit} has several policy dates: {own[:3].tolist()}")
        if np.isfinite(own[0]):
            starts[unit] = int(own[0])
    panel = sample.panel(sample.question.controls)
    return policy_design(panel, starts, source=sample.question.policy_source)


def _marks(design: PolicyDesign) -> tuple[str, ...]:
    return ("entity", "time", *(("controls",) if design.data.names else ()))


def _two_way(design: PolicyDesign, seed: int) -> Estimate:
    return two_way_did(design), event_study(design, seed=seed)


def _interaction(design: PolicyDesign, seed: int) -> Estimate:
    return None, interaction_weighted(design, seed=seed)


def _group_time(design: PolicyDesign, seed: int) -> Estimate:
    effects = group_time_effects(design)
    return summarise_effects(effects), effects_by_relative_time(effects, seed=seed)


def _imputation(design: PolicyDesign, seed: int) -> Estimate:
    found = imputation(design, seed=seed)
    return found.overall, found.path


_ESTIMATORS: Mapping[str, tuple[Say, Callable[[PolicyDesign, int], Estimate]]] = {
    "two-way did": (Say("双向固定效应双重差分", "Two-way DID"), _two_way),
    "interaction-weighted": (Say("交互加权", "Interaction-weighted"), _interaction),
    "group-time": (Say("组群—时期平均", "Group-time effects"), _group_time),
    "imputation": (Say("插补法", "Imputation"), _imputation),
}
"""From the estimator that staggered dates mislead to the one that sentences speak of."""


def _findings(design: PolicyDesign, paths: dict[str, EffectPath]) -> list[Finding]:
    found = [check_pretrend(paths["two-way did"].pretrend)] if "two-way did" in paths else []
    if len(design.cohorts) > 1 and design.data.is_balanced:
        found.append(check_staggered(design.outcome(), design.data.cube(design.treated)))
    return found
