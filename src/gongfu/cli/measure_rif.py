"""``gongfu measure rif``: RIF regression of a measure, and the RIF-Oaxaca split of two groups."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

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
    PsuOption,
    StrataOption,
    WeightOption,
)
from gongfu.cli.survey_source import Sampling, SurveyFile
from gongfu.cli.wave_options import ReplicationsOption, SeedOption

if TYPE_CHECKING:
    from gongfu.core import Estimate
    from gongfu.measure.regression import DesignMatrix, OaxacaSplit, RifRegression

__all__ = ["rif"]


def rif(
    file: FileArgument,
    income: IncomeOption,
    measure: Annotated[
        str, typer.Option(help="p10, p50, gini, mld, variance, log variance ... 指标。")
    ] = "gini",
    regressor: RegressorOption = None,
    factor: FactorOption = None,
    by: Annotated[
        str | None, typer.Option(help="Split the difference of two groups. 分组列。")
    ] = None,
    first: Annotated[str | None, typer.Option(help="Its first label. 第一组。")] = None,
    second: Annotated[str | None, typer.Option(help="Its second label. 第二组。")] = None,
    weight: WeightOption = None,
    strata: StrataOption = None,
    psu: PsuOption = None,
    lonely: LonelyOption = "error",
    replications: ReplicationsOption = 400,
    seed: SeedOption = 1,
    confidence: ConfidenceOption = 0.95,
    figure: FigureFile = None,
    lang: FigureLanguage = ReportLanguage.EN,
    force: Force = False,
    as_json: JsonOption = False,
) -> None:
    """RIF regression, or with --by the RIF-Oaxaca split. 再中心化影响函数回归与分解。"""
    from gongfu.measure.regression import rif_measure

    check_figure(figure, force=force)
    _check_groups(by, first, second)
    named = rif_measure(measure)
    read, matrix = read_regressors(
        file, income, Sampling(weight, strata, psu, lonely), regressor or [], factor or [],
        labels=[by] if by else [],
    )  # fmt: skip
    options: dict[str, Any] = {
        "unit": f"unit of {measure}",
        "level": confidence,
        "replications": replications,
        "seed": seed,
        "evidence": _evidence(read),
    }
    if by is None:
        found = _regress(read, matrix, (named, measure), income, options, as_json=as_json)
        if figure is not None:
            _draw(found.coefficients, read, measure, lang.value, figure, force=force)
    else:
        parts = _split(read, matrix, (named, measure), income, (by, first, second), options,
                       as_json=as_json)  # fmt: skip
        if figure is not None:
            sums = (parts.difference, parts.composition, parts.structure)
            _draw(sums, read, measure, lang.value, figure, force=force)


def _draw(
    estimates: Sequence[Estimate],
    read: SurveyFile,
    measure: str,
    language: str,
    figure: Path,
    *,
    force: bool,
) -> None:
    from gongfu.report.charts.measures.estimates import coefficients_chart

    chart = coefficients_chart(estimates, measure, read.origin, language)
    write_figure(chart, figure, force=force)


def _check_groups(by: str | None, first: str | None, second: str | None) -> None:
    from gongfu.core import InputError, Problem

    if (by is None) != (first is None) or (by is None) != (second is None):
        raise InputError(
            Problem(
                "--by, --first and --second belong together",
                fix="Name a column and its two labels, or none of them.",
            )
        )


def _evidence(read: SurveyFile) -> Any:
    from gongfu.core import Evidence

    found = read.survey.evidence
    return found if found is Evidence.SIMULATED else Evidence.ASSOCIATIONAL


def _regress(
    read: SurveyFile,
    matrix: DesignMatrix,
    named: tuple[Any, str],
    income: str,
    options: dict[str, Any],
    *,
    as_json: bool,
) -> RifRegression:
    from gongfu.measure.regression import rif_regression

    survey = read.survey
    found = rif_regression(*named, survey.values[income], matrix, survey.design, **options)
    output.emit(
        "rif/1",
        found.to_dict(),
        as_json=as_json,
        render=lambda: _print_regression(found, survey.words),
        warnings=read.notes,
    )
    return found


def _split(
    read: SurveyFile,
    matrix: DesignMatrix,
    named: tuple[Any, str],
    income: str,
    groups: tuple[str, Any, Any],
    options: dict[str, Any],
    *,
    as_json: bool,
) -> OaxacaSplit:
    from gongfu.measure.regression import DesignMatrix as Matrix
    from gongfu.measure.regression import rif_oaxaca

    by, first, second = groups
    one, two = (read.survey.member(by, label) for label in (first, second))
    member = one | two
    survey = read.survey.where(member)
    found = rif_oaxaca(
        *named, survey.values[income], Matrix(matrix.values[member], matrix.terms, matrix.base),
        survey.design, is_second=two[member], **options,
    )  # fmt: skip
    output.emit(
        "rif-oaxaca/1",
        {"by": by, "groups": [first, second], **found.to_dict()},
        as_json=as_json,
        render=lambda: _print_split(found, survey.words, (first, second)),
        warnings=read.notes,
    )
    return found


def _print_regression(found: RifRegression, design: str) -> None:
    from gongfu.cli.estimate_page import Section, plain_label, print_page

    print_page(
        f"RIF regression of {found.measure} 再中心化影响函数回归",
        design,
        [
            Section("Statistic 指标", [found.statistic], plain_label),
            Section("Coefficients 系数", found.coefficients, plain_label),
        ],
        [
            "effect of a small shift of each regressor's distribution, all else fixed; "
            "associations unless the design identifies them",
            *(f"{name}: against {label}" for name, label in found.base.items()),
        ],
    )


_WORDS = {
    "first": "第一组",
    "second": "第二组",
    "difference": "差异",
    "composition": "构成效应",
    "structure": "结构效应",
}


def _print_split(found: OaxacaSplit, design: str, names: tuple[str, str]) -> None:
    from gongfu.cli.estimate_page import Section, plain_label, print_page

    sums = [found.first, found.second, found.difference, found.composition, found.structure]
    # The intercept has no composition: it is the same in both groups.
    parts = [one for part in found.parts for one in (part.composition, part.structure)]
    parts.pop(-2)
    print_page(
        f"RIF-Oaxaca split of {found.measure}: {names[1]} less {names[0]} 分解",
        design,
        [
            Section("Sums 合计", sums, lambda one: (one.measure, _WORDS[one.measure])),
            Section("By regressor 按变量", parts, plain_label),
        ],
        [
            "composition: who they are; structure: what it brings; structure by regressor "
            "depends on base labels and zeros",
        ],
    )
