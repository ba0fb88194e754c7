"""``gongfu measure fields``: the part of inequality that goes with each regressor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gongfu.cli import output
from gongfu.cli.figure import FigureFile, FigureLanguage, Force, check_figure, write_figure
from gongfu.cli.regressor_options import FactorOption, RegressorOption, read_regressors
from gongfu.cli.run import ReportLanguage
from gongfu.cli.survey_options import (
    ConfidenceOption,
    FileArgument,
    IncomeOption,
    JsonOption,
    LonelyOption,
    PopulationOption,
    PsuOption,
    StrataOption,
    WeightOption,
)
from gongfu.cli.survey_source import Sampling, SurveyFile

if TYPE_CHECKING:
    from gongfu.core import Estimate

__all__ = ["fields"]


def fields(
    file: FileArgument,
    income: IncomeOption,
    regressor: RegressorOption = None,
    factor: FactorOption = None,
    weight: WeightOption = None,
    strata: StrataOption = None,
    psu: PsuOption = None,
    lonely: LonelyOption = "error",
    population: PopulationOption = False,
    confidence: ConfidenceOption = 0.95,
    figure: FigureFile = None,
    lang: FigureLanguage = ReportLanguage.EN,
    force: Force = False,
    as_json: JsonOption = False,
) -> None:
    """Fields' split of log income by regressors, with errors. 基于回归的 Fields 分解。"""
    from gongfu.measure.regression import fields_split

    check_figure(figure, force=force)
    read, matrix = read_regressors(
        file, income, Sampling(weight, strata, psu, lonely),
        regressor or [], factor or [], population=population,
    )  # fmt: skip
    survey = read.survey
    split = fields_split(survey.values[income], matrix, survey.weight)
    convention = f"least squares of ln {income}; part = cov(b x, ln y) / var(ln y)"
    parts = [
        survey.estimate(
            statistic, measure=name, unit="share 0-1", convention=convention, confidence=confidence
        )
        for name, statistic in split.parts.items()
    ]
    coefficients = [
        survey.estimate(
            statistic, measure=name, unit=f"log {income}", convention=convention,
            confidence=confidence,
        )
        for name, statistic in split.coefficients.items()
    ]  # fmt: skip
    if figure is not None:
        _draw(parts, read, lang.value, figure, force=force)
    output.emit(
        "fields/1",
        {
            "parts": [one.to_dict() for one in parts],
            "coefficients": [one.to_dict() for one in coefficients],
            "variance_of_logs": split.variance.value,
            "r_squared": split.r_squared.value,
            "base": dict(matrix.base),
            "design": survey.words,
        },
        as_json=as_json,
        render=lambda: _print(parts, coefficients, survey.words, dict(matrix.base)),
        warnings=read.notes,
    )


def _draw(
    parts: list[Estimate], read: SurveyFile, language: str, figure: Path, *, force: bool
) -> None:
    from gongfu.report.charts.measures.parts import fields_chart

    named = [(one.measure, one) for one in parts]
    write_figure(fields_chart(named, read.origin, language), figure, force=force)


def _print(
    parts: list[Estimate], coefficients: list[Estimate], design: str, base: dict[str, str]
) -> None:
    from gongfu.cli.estimate_page import Section, plain_label, print_page

    print_page(
        "Inequality of log income by regressor 对数收入不平等的回归分解",
        design,
        [
            Section("Parts, they add up to one 份额", parts, plain_label),
            Section("Coefficients 系数", coefficients, plain_label),
        ],
        [
            "what goes together, not what causes what 相伴关系，并非因果",
            *(f"{name}: against {label}" for name, label in base.items()),
        ],
    )
