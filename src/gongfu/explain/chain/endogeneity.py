"""Step *endogeneity*: instruments that the study declares, and the lagged outcome by GMM."""

from __future__ import annotations

import math

from gongfu.core import GongfuError, Problem
from gongfu.explain.audit.instruments import check_instruments
from gongfu.explain.chain.sample import Sample
from gongfu.explain.chain.step import Model, Step, problems_of
from gongfu.explain.chain.words import association, needs, number
from gongfu.explain.gmm import DynamicPanel, difference_gmm
from gongfu.explain.gmm_columns import DynamicModel
from gongfu.explain.instruments import InstrumentedPanel, Method, instrumental_variables
from gongfu.explain.instruments_anderson_rubin import AndersonRubinSet, anderson_rubin_set
from gongfu.explain.panel_data import PanelData
from gongfu.measure.index.finding import Finding, Say

__all__ = ["endogeneity"]

_METHODS: tuple[Method, ...] = ("2sls", "liml")


def endogeneity(sample: Sample) -> Step:
    """Return 2SLS and LIML with the declared instruments; an instrument is never invented.

    Where the lagged outcome is among the controls, difference GMM stands beside them.
    """
    question = sample.question
    lag = f"lag({question.outcome})"
    models: list[Model] = []
    says: list[Say] = []
    findings: list[Finding] = []
    problems: list[Problem] = []
    if question.instruments:
        try:
            _instrumented(sample, models, says, findings)
        except GongfuError as error:
            problems += problems_of(error)
            says.append(Say(f"工具变量法无法进行：{error}", f"No instrumental estimate: {error}"))
    if lag in question.controls:
        try:
            _dynamic(sample, lag, models, says)
        except GongfuError as error:
            problems += problems_of(error)
            says.append(Say(f"动态面板无法估计：{error}", f"No dynamic estimate: {error}"))
    if not models:
        missing = needs(
            "声明工具变量，或在控制变量中加入滞后的被解释变量",
            "declared instruments, or the lagged outcome among the controls",
        )
        return Step("endogeneity", needs=says[0] if says else missing, problems=tuple(problems))
    return Step(
        "endogeneity", tuple(models), tuple(says), tuple(findings), problems=tuple(problems)
    )


def _instrumented(
    sample: Sample, models: list[Model], says: list[Say], findings: list[Finding]
) -> None:
    question = sample.question
    panel = sample.panel((*sample.core, *question.instruments))
    count = len(sample.core)
    columns = {name: panel.regressors[:, count + i] for i, name in enumerate(question.instruments)}
    data = _first(panel, count)
    found = {
        method: instrumental_variables(
            data, endogenous=[question.treatment], instruments=columns, method=method
        )
        for method in _METHODS
    }
    robust = anderson_rubin_set(data, endogenous=question.treatment, instruments=columns)
    marks = ("entity", "time", *(("controls",) if question.controls else ()))
    for method, one in found.items():
        label = Say("两阶段最小二乘", "2SLS") if method == "2sls" else Say("LIML", "LIML")
        models.append(Model(method, label, question.outcome, one.estimates, marks, _numbers(one)))
    says.append(_set_sentence(sample, robust))
    findings.append(check_instruments(data, endogenous=[question.treatment], instruments=columns))


def _first(panel: PanelData, count: int) -> PanelData:
    """Return the panel with its first regressors only."""
    return PanelData(
        panel.dependent,
        panel.regressors[:, :count],
        panel.entity,
        panel.time,
        panel.entities,
        panel.times,
        panel.names[:count],
        panel.dependent_name,
    )


def _numbers(found: InstrumentedPanel) -> dict[str, float]:
    strength = found.strength
    numbers = {
        "effective_F": strength.effective_f,
        "effective_F_critical": strength.critical,
        "kleibergen_paap_F": strength.kleibergen_paap_f,
        "underidentification_p": strength.underidentification.p,
        "endogeneity_p": found.endogeneity.p,
        "hansen_p": found.overidentification.p if found.overidentification else None,
    }
    return {name: value for name, value in numbers.items() if value is not None}


def _set_sentence(sample: Sample, found: AndersonRubinSet) -> Say:
    """Return the set that holds whatever the strength of the instruments."""
    if found.shape == "bounded":
        interval = found.intervals[0]
        middle = (interval.low + interval.high) / 2
        return association(
            sample.question,
            sample.question.treatment,
            middle,
            interval,
            evidence=sample.tag,
            how=("按 Anderson-Rubin 置信集", "by the Anderson-Rubin set (its middle shown)"),
        )
    listed = ", ".join(f"[{_end(one.low)}, {_end(one.high)}]" for one in found.intervals) or "∅"
    return Say(
        f"Anderson-Rubin 置信集为 {listed}：工具变量不足以确定大小。",
        f"The Anderson-Rubin set is {listed}: the instruments do not settle the size.",
    )


def _end(value: float) -> str:
    return number(value) if math.isfinite(value) else ("−∞" if value < 0 else "∞")


def _dynamic(sample: Sample, lag: str, models: list[Model], says: list[Say]) -> None:
    question = sample.question
    regressors = tuple(name for name in sample.core if name != lag)
    panel = sample.panel(regressors)
    found = difference_gmm(panel, DynamicModel(collapse=True))
    label = Say("差分 GMM", "Difference GMM")
    models.append(
        Model("gmm", label, question.outcome, found.estimates, ("time", "controls"), _tests(found))
    )
    name = question.treatment
    if name in found.estimates.names:
        says.append(
            association(
                question,
                name,
                found.estimates.coefficient(name),
                found.estimates.interval_of(name),
                evidence=sample.tag,
                how=("给定上一期水平（差分 GMM）", "given last period's level (difference GMM)"),
            )
        )


def _tests(found: DynamicPanel) -> dict[str, float]:
    orders = {f"ar{order}_p": test.p for order, test in found.autocorrelation.items()}
    return {**orders, "hansen_p": found.hansen.p, "instruments": float(found.instruments)}
