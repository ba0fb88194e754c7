"""Step *threshold*: from which point on the slope differs."""

from __future__ import annotations

import numpy as np
import polars as pl

from gongfu.core import InputError
from gongfu.explain.chain.sample import Sample
from gongfu.explain.chain.step import Model, Step, not_possible
from gongfu.explain.chain.words import needs, number
from gongfu.explain.threshold import Threshold, ThresholdResult, threshold_regression
from gongfu.measure.index.finding import Say

__all__ = ["threshold"]

_LEVEL = 0.05
_MOST = 3
_TRIM = 0.1
_LABELS = (
    Say("单一门槛", "One threshold"),
    Say("双重门槛", "Two thresholds"),
    Say("三重门槛", "Three thresholds"),
)


def threshold(sample: Sample) -> Step:
    """Return thresholds as long as both bootstraps of each further one speak for it.

    One threshold is always shown with its test; a second and a third only where the one before
    was found.
    """
    question = sample.question
    if question.threshold is None:
        return not_possible("threshold", needs("声明门槛变量", "a declared threshold variable"))
    try:
        found = _search(sample, 1)
        while _is_clear(found) and len(found.thresholds) < _MOST:
            further = _search(sample, len(found.thresholds) + 1)
            if not _is_clear(further):
                break
            found = further
    except InputError as error:
        return not_possible("threshold", error)
    return Step(
        "threshold",
        models=(_model(sample, found),),
        says=tuple(_sentences(sample, found)),
        findings=found.findings,
        curves={"ratio": _ratios(found), "tests": _tests(found)},
    )


def _search(sample: Sample, thresholds: int) -> ThresholdResult:
    question = sample.question
    variable = question.threshold
    assert variable is not None, "the step returns before without one"
    names = sample.core
    panel = sample.panel((variable, *(name for name in names if name != variable)))
    values = panel.regressors[:, 0]
    column = {name: panel.regressors[:, i] for i, name in enumerate(panel.names)}
    controls = [column[name] for name in question.controls]
    return threshold_regression(
        panel.dependent,
        column[question.treatment][:, None],
        values,
        entity=panel.entity,
        time=panel.time,
        controls=np.column_stack(controls) if controls else None,
        thresholds=thresholds,
        time_effects=True,
        trim=_TRIM,
        replications=question.replications,
        seed=question.seed,
        names=(question.treatment, *question.controls),
    )


def _p(found: ThresholdResult) -> float:
    """The larger of the two bootstrap p-values of the last threshold."""
    last = found.tests[-1]
    return max(p for p in (last.block_p, last.wild_p) if p is not None)


def _is_clear(found: ThresholdResult) -> bool:
    return _p(found) <= _LEVEL


def _model(sample: Sample, found: ThresholdResult) -> Model:
    marks = ("entity", "time", *(("controls",) if sample.question.controls else ()))
    label = _LABELS[len(found.thresholds) - 1]
    last = found.tests[-1]
    numbers = {"threshold_F": last.statistic}
    numbers |= {f"threshold_{i + 1}": one.value for i, one in enumerate(found.thresholds)}
    for name, p in (("block", last.block_p), ("wild", last.wild_p)):
        if p is not None:
            numbers[f"threshold_{name}_p"] = p
    return Model("threshold", label, sample.question.outcome, found.regression, marks, numbers)


def _sentences(sample: Sample, found: ThresholdResult) -> list[Say]:
    variable = sample.question.threshold or ""
    zh, en = (sample.question.label(variable, language) for language in ("zh", "en"))
    p = number(_p(found))
    if not _is_clear(found):
        return [
            Say(
                f"数据不能确定存在以{zh}为界的门槛：两种自助法中较大的 p 值为 {p}。",
                f"The data do not settle whether there is a threshold in {en}: the larger of two "
                f"bootstrap p-values is {p}.",
            )
        ]
    return [_sentence(zh, en, one, p) for one in found.thresholds]


def _sentence(zh: str, en: str, one: Threshold, p: str) -> Say:
    low, high = one.confidence_set[0].low, one.confidence_set[-1].high
    value = number(one.value)
    return Say(
        f"斜率在{zh}越过 {value} 后不同（95% 置信集 [{number(low)}, {number(high)}]，p ≤ {p}）。",
        f"The slope differs once {en} passes {value} (95 % confidence set {number(low)} to "
        f"{number(high)}, p at most {p}).",
    )


def _ratios(found: ThresholdResult) -> pl.DataFrame:
    return pl.concat(
        pl.DataFrame(
            {
                "threshold": np.full(len(one.candidates), number_of + 1),
                "candidate": one.candidates,
                "ratio": one.likelihood_ratio,
                "critical": np.full(len(one.candidates), one.critical),
            }
        )
        for number_of, one in enumerate(found.thresholds)
    )


def _tests(found: ThresholdResult) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "thresholds": [one.thresholds for one in found.tests],
            "statistic": [one.statistic for one in found.tests],
            "block_p": [one.block_p for one in found.tests],
            "wild_p": [one.wild_p for one in found.tests],
        }
    )
