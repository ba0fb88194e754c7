"""Step *baseline*: pooled, one-way and two-way regressions side by side on the same rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from gongfu.core import GongfuError, InputError, Interval
from gongfu.explain.chain.sample import Sample
from gongfu.explain.chain.step import Model, Step, not_possible
from gongfu.explain.chain.words import association
from gongfu.explain.fixed_effects import fixed_effects, pooled
from gongfu.explain.panel_data import PanelData
from gongfu.explain.result import EstimationResult
from gongfu.explain.trend_effects import fixed_effects_with_trends, region_time_effects
from gongfu.explain.vcov import FEW_CLUSTERS
from gongfu.explain.wild_cluster import WildClusterTest, wild_cluster_test
from gongfu.measure.index.finding import Say

__all__ = ["MAIN", "baseline", "wild_test"]

MAIN = "two-way-controls"
"""Key of the model that sentences, audits and other steps speak of."""

_DRAWS = 9_999


def baseline(sample: Sample) -> Step:
    """Return the models from the barest to the main one, all with errors clustered by unit.

    Below 40 clusters the main coefficient also gets a wild cluster bootstrap p-value and interval,
    and the sentence uses that interval.
    """
    try:
        main = _main(sample)
    except InputError as error:
        return not_possible("baseline", error)
    return Step(
        "baseline",
        models=(*_simpler(sample), main, *_stricter(sample)),
        says=(_sentence(sample, main),),
    )


def _simpler(sample: Sample) -> tuple[Model, ...]:
    question = sample.question
    bare = sample.panel((question.treatment,))
    y = question.outcome
    one_way, two_way = fixed_effects(bare, effects="entity"), fixed_effects(bare)
    return (
        Model("pooled", Say("混合回归", "Pooled"), y, pooled(bare)),
        Model("entity", Say("地区效应", "Unit effects"), y, one_way, ("entity",)),
        Model("two-way", Say("双向效应", "Two-way"), y, two_way, ("entity", "time")),
    )


def _main(sample: Sample) -> Model:
    question = sample.question
    panel = sample.panel(sample.core)
    label = Say("双向效应与控制变量", "Two-way, controls")
    marks = ("entity", "time", *(("controls",) if question.controls else ()))
    model = Model(MAIN, label, question.outcome, fixed_effects(panel), marks)
    test = wild_test(sample, panel)
    if test is None:
        return model
    low, high = test.interval.low, test.interval.high
    return replace(model, numbers={"wild_p": test.p, "wild_low": low, "wild_high": high})


def _stricter(sample: Sample) -> tuple[Model, ...]:
    """Return the main model with year effects of each region, and with a trend for each unit."""
    question = sample.question
    panel = sample.panel(sample.core)
    marks = ("entity", "time", *(("controls",) if question.controls else ()))
    found: list[Model] = []
    region = sample.region
    if region is not None:
        label = Say("区域—年份效应", "Region-year effects")
        result = _tried(lambda: region_time_effects(panel, region))
        found += [Model("region-year", label, question.outcome, result, (*marks, "region_year"))
                  ] if result else []  # fmt: skip
    label = Say("地区趋势", "Unit trends")
    result = _tried(lambda: fixed_effects_with_trends(panel))
    found += (
        [Model("trends", label, question.outcome, result, (*marks, "trends"))] if result else []
    )
    return tuple(found)


def _tried(estimate: Callable[[], EstimationResult]) -> EstimationResult | None:
    """Return a stricter model where the rows identify it; its absence is no fault of the study."""
    try:
        return estimate()
    except GongfuError:
        return None


def wild_test(sample: Sample, panel: PanelData) -> WildClusterTest | None:
    """Return the wild cluster bootstrap of the treatment, or None with 40 clusters or more."""
    if len(panel.entities) >= FEW_CLUSTERS:
        return None
    question = sample.question
    return wild_cluster_test(panel, question.treatment, seed=question.seed, draws=_DRAWS)


def _sentence(sample: Sample, main: Model) -> Say:
    name = sample.question.treatment
    found = main.numbers
    interval = (
        Interval(found["wild_low"], found["wild_high"], 0.95)
        if found
        else main.result.interval_of(name)
    )
    return association(
        sample.question,
        name,
        main.result.coefficient(name),
        interval,
        evidence=sample.tag,
        how=("在地区和年份效应之外", "within units and years"),
    )
