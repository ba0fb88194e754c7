"""Step *audit*: what a referee would ask of the other steps, with evidence and a fix each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from gongfu.core import InputError
from gongfu.explain.audit.clusters import check_clusters
from gongfu.explain.audit.collinear import check_collinear
from gongfu.explain.audit.dependence import check_dependence
from gongfu.explain.audit.dynamics import check_nickell
from gongfu.explain.audit.sample import check_roles, check_sample
from gongfu.explain.audit.trend import check_common_trend
from gongfu.explain.audit.wandering import check_wandering
from gongfu.explain.chain.baseline import MAIN
from gongfu.explain.chain.expressions import parse_formula
from gongfu.explain.chain.sample import Sample
from gongfu.explain.chain.step import Step
from gongfu.measure.index.finding import Finding, Say

__all__ = ["audit"]


def audit(sample: Sample, steps: Sequence[Step]) -> Step:
    """Return every finding: of the design, and those the other steps brought along."""
    findings = [
        *_design_findings(sample, steps),
        *(finding for step in steps for finding in step.findings),
    ]
    found = [one for one in findings if one.outcome == "found"]
    says = Say(
        f"{len(findings)} 项检查，{len(found)} 项发现问题。",
        f"{len(findings)} checks, {len(found)} found something.",
    )
    return Step("audit", says=(says,), findings=tuple(findings))


def _design_findings(sample: Sample, steps: Sequence[Step]) -> Iterator[Finding]:
    yield check_roles(_roles(sample))
    yield check_sample(_rows_used(sample))
    yield check_clusters(len(np.unique(sample.entity)))
    yield from _column_findings(sample)
    try:
        panel = sample.balanced_panel()
        cube = panel.cube(np.column_stack([panel.dependent, panel.regressors[:, 0]]))
        yield check_common_trend(
            cube[:, :, 0], cube[:, :, 1], has_year_effects=True, seed=sample.question.seed
        )
        yield check_wandering(cube[:, :, 0], cube[:, :, 1], seed=sample.question.seed)
    except InputError:
        yield _no_trend_check()
    yield from _lag_findings(sample, steps)


def _column_findings(sample: Sample) -> Iterator[Finding]:
    """Yield what the columns of the main model give away: collinearity, common shocks."""
    panel = sample.panel(sample.core)
    for check in (check_collinear, check_dependence):
        try:
            yield check(panel)
        except InputError:
            continue


def _no_trend_check() -> Finding:
    need = Say("需要三个以上各单元数据齐全的年份。", "Needs three times with every unit.")
    return Finding("common-trend", "not possible", need, {}, {}, need, "")


def _roles(sample: Sample) -> dict[str, list[str]]:
    """Return the source columns of outcome, treatment, controls and mediators.

    The lagged outcome among the controls is a model of dynamics, not a double role.
    """
    roles = {}
    own = f"lag({sample.question.outcome})"
    for role in ("outcome", "treatment", "controls", "mediators"):
        texts = [text for text in sample.question.roles[role] if text != own]
        if texts:
            names = {name for text in texts for name in parse_formula(text).names}
            made_of = (sample.question.sources.get(name, (name,)) for name in names)
            roles[role] = sorted({source for sources in made_of for source in sources})
    return roles


def _rows_used(sample: Sample) -> dict[str, np.ndarray]:
    question = sample.question
    everywhere = np.ones(len(sample.time), dtype=bool)
    used = {"baseline": everywhere}
    for name in question.mediators:
        used[f"channel {name}"] = np.isfinite(sample.columns[name])
    if question.threshold:
        used["threshold"] = np.isfinite(sample.columns[question.threshold])
    return used


def _lag_findings(sample: Sample, steps: Sequence[Step]) -> Iterator[Finding]:
    lag = f"lag({sample.question.outcome})"
    for step in steps:
        for model in step.models:
            if model.key == MAIN and lag in model.result.names:
                periods = len(np.unique(sample.time))
                value, error = model.result.coefficient(lag), model.result.standard_error(lag)
                yield check_nickell(value, error, periods)
