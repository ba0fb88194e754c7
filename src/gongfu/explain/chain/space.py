"""Step *space*: do neighbours matter, under every W side by side."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from gongfu.core import GongfuError, InputError, Interval, Problem
from gongfu.explain.audit.space import check_siphon, check_weights_signs
from gongfu.explain.chain.sample import Sample
from gongfu.explain.chain.step import Model, Step, not_possible, problems_of
from gongfu.explain.chain.words import association, needs, number
from gongfu.explain.panel_data import PanelData
from gongfu.explain.spatial_comparison import durbin_tests
from gongfu.explain.spatial_panel import SpatialPanel, spatial_panel
from gongfu.explain.spatial_spectrum import WeightSpectrum
from gongfu.explain.spatial_tests import spatial_lm_tests
from gongfu.measure.index.finding import Finding, Say

__all__ = ["space"]


def space(sample: Sample) -> Step:
    """Return a spatial Durbin model per W with exact effects, and the tests of lag and error.

    Errors are clustered by unit: those of the expected information are too small where errors
    persist from year to year.
    """
    question = sample.question
    if not question.weights:
        return not_possible("space", needs("空间权重矩阵", "spatial weights"))
    fits: dict[str, SpatialPanel] = {}
    tests: list[pl.DataFrame] = []
    failed: list[Say] = []
    problems: list[Problem] = []
    try:
        panel = sample.balanced_panel()
    except InputError as error:
        return not_possible("space", error)
    order = list(question.order) or None
    for name, weights in question.weights.items():
        try:
            spectrum = WeightSpectrum(weights)
            fits[name] = spatial_panel(panel, spectrum, model="sdm", order=order, errors="cluster")
            tests.append(_tests(name, panel, spectrum, order))
        except GongfuError as error:
            problems += problems_of(error)
            failed.append(Say(f"{name}：无法估计（{error}）。", f"{name}: no estimate ({error})."))
    if not tests:
        return Step("space", needs=failed[0], problems=tuple(problems))
    return Step(
        "space",
        models=tuple(_columns(sample, fits)),
        says=(*(_sentence(sample, name, fit) for name, fit in fits.items()), *failed),
        findings=tuple(_findings(question.treatment, fits)),
        curves={"effects": _effects(fits), "dependence": pl.concat(tests)},
        problems=tuple(problems),
    )


def _columns(sample: Sample, fits: Mapping[str, SpatialPanel]) -> list[Model]:
    outcome, models = sample.question.outcome, []
    for name, fit in fits.items():
        zh, en = (sample.question.weights_label(name, language) for language in ("zh", "en"))
        sdm, effects = Say(f"空间杜宾：{zh}", f"SDM: {en}"), Say(f"效应：{zh}", f"Effects: {en}")
        models.append(Model(f"sdm {name}", sdm, outcome, fit.estimates, ("entity", "time")))
        models.append(Model(f"effects {name}", effects, outcome, fit.effects, ("entity", "time")))
    return models


def _sentence(sample: Sample, name: str, fit: SpatialPanel) -> Say:
    treatment = sample.question.treatment
    parts = []
    for kind in ("direct", "indirect"):
        effect = f"{kind} {treatment}"
        parts.append((fit.effects.coefficient(effect), fit.effects.interval_of(effect)))
    zh, en = (sample.question.weights_label(name, language) for language in ("zh", "en"))
    how = (f"以{zh}为邻，本地", f"in the unit itself, neighbours by {en}")
    own = association(sample.question, treatment, *parts[0], evidence=sample.tag, how=how)
    return Say(own.zh + _neighbours_zh(*parts[1]), f"{own.en} {_neighbours_en(*parts[1])}")


def _neighbours_zh(value: float, interval: Interval) -> str:
    clear = "" if interval.low > 0 or interval.high < 0 else "，包含零，不能确定"
    low, high = number(interval.low), number(interval.high)
    return f"对邻地的关联为 {number(value)}（区间 [{low}, {high}]{clear}）。"


def _neighbours_en(value: float, interval: Interval) -> str:
    clear = "" if interval.low > 0 or interval.high < 0 else ", which holds zero: cannot tell"
    low, high = number(interval.low), number(interval.high)
    return f"With neighbours: {number(value)} (interval {low} to {high}{clear})."


def _findings(treatment: str, fits: Mapping[str, SpatialPanel]) -> list[Finding]:
    def effect(fit: SpatialPanel, kind: str) -> tuple[float, float]:
        name = f"{kind} {treatment}"
        return fit.effects.coefficient(name), fit.effects.standard_error(name)

    siphons = [
        check_siphon(effect(fit, "direct"), effect(fit, "indirect")) for fit in fits.values()
    ]
    totals = {name: effect(fit, "total") for name, fit in fits.items()}
    return [*siphons, *([check_weights_signs(totals)] if len(fits) > 1 else [])]


def _effects(fits: Mapping[str, SpatialPanel]) -> pl.DataFrame:
    frames = [fit.effects.table().with_columns(weights=pl.lit(name)) for name, fit in fits.items()]
    return pl.concat(frames)


def _tests(
    name: str, panel: PanelData, spectrum: WeightSpectrum, order: list[str] | None
) -> pl.DataFrame:
    tests = {
        **spatial_lm_tests(panel, spectrum, order=order),
        **durbin_tests(panel, spectrum, order=order, errors="cluster"),
    }
    return pl.DataFrame(
        {
            "weights": [name] * len(tests),
            "test": list(tests),
            "statistic": [one.statistic for one in tests.values()],
            "p": [one.p for one in tests.values()],
        }
    )
