"""``gongfu measure change``: what a change of inequality came from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gongfu.cli import output
from gongfu.cli.figure import FigureFile, FigureLanguage, Force, check_figure, write_figure
from gongfu.cli.run import ReportLanguage
from gongfu.cli.survey_options import (
    ConfidenceOption,
    FileArgument,
    JsonOption,
    LonelyOption,
    PsuOption,
    StrataOption,
    WeightOption,
)
from gongfu.cli.survey_source import Sampling, SurveyFile, read_survey_file
from gongfu.cli.wave_options import PanelOption, ReplicationsOption, SeedOption

if TYPE_CHECKING:
    from gongfu.measure.change_shapley import InequalityChange

__all__ = ["change"]


def change(
    file: FileArgument,
    income: Annotated[
        list[str], typer.Option(help="Income, or repeat for its sources. 收入或各来源列。")
    ],
    year: Annotated[str, typer.Option(help="Column of years. 年份列。")],
    start: Annotated[int, typer.Option(help="First year. 首年。")],
    end: Annotated[int, typer.Option(help="Last year. 末年。")],
    by: Annotated[
        str | None, typer.Option(help="Split by groups instead of sources. 分组列。")
    ] = None,
    measure: Annotated[str, typer.Option(help="gini, mld, theil ... 指标。")] = "gini",
    weight: WeightOption = None,
    strata: StrataOption = None,
    psu: PsuOption = None,
    lonely: LonelyOption = "error",
    panel: PanelOption = False,
    replications: ReplicationsOption = 400,
    seed: SeedOption = 1,
    confidence: ConfidenceOption = 0.95,
    figure: FigureFile = None,
    lang: FigureLanguage = ReportLanguage.EN,
    force: Force = False,
    as_json: JsonOption = False,
) -> None:
    """Shapley shares of a change of inequality, by source or group. 不平等变动的分解。"""
    check_figure(figure, force=force)
    _check(income, by)
    labels = [year, *([by] if by else [])]
    read = read_survey_file(file, income, Sampling(weight, strata, psu, lonely), labels=labels)
    options = {
        "same_units": panel, "level": confidence, "replications": replications, "seed": seed,
        "evidence": read.survey.evidence,
    }  # fmt: skip
    found = _changed(read, income, by, (year, start, end), measure, options)
    if figure is not None:
        _draw(found, read, lang.value, figure, force=force)
    output.emit(
        "change/1",
        {**found.to_dict(), "start_year": start, "end_year": end},
        as_json=as_json,
        render=lambda: _print(found, read.survey.words, (start, end)),
        warnings=read.notes,
    )


def _check(income: list[str], by: str | None) -> None:
    from gongfu.core import InputError, Problem

    if (len(income) > 1) == (by is not None):
        raise InputError(
            Problem(
                "a change is split by groups or by sources",
                fix="Name one income and --by, or several --income without it.",
            )
        )


def _changed(
    read: SurveyFile,
    income: list[str],
    by: str | None,
    when: tuple[str, int, int],
    measure: str,
    options: dict[str, Any],
) -> InequalityChange:
    from gongfu.measure.change_shapley import change_by_group, change_by_source
    from gongfu.measure.regression import rif_measure

    year, start, end = when
    survey = read.survey
    waves = [survey.where(survey.member(year, label)) for label in (start, end)]
    named = rif_measure(measure)
    if by is not None:
        one, two = ((w.values[income[0]], w.labels[by], w.design) for w in waves)
        return change_by_group(named, measure, one, two, **options)
    first, last = (({name: w.values[name] for name in income}, w.design) for w in waves)
    return change_by_source(named, measure, first, last, **options)


def _draw(
    found: InequalityChange, read: SurveyFile, language: str, figure: Path, *, force: bool
) -> None:
    from gongfu.report.charts.measures.parts import change_chart

    causes = list(found.causes.items())
    chart = change_chart(causes, found.change, found.measure, read.origin, language)
    write_figure(chart, figure, force=force)


_WORDS = {
    "start": "首年",
    "end": "末年",
    "change": "变动",
    "population": "人口构成",
    "means": "组均值",
    "within": "组内分布",
    "matching": "位次匹配余项",
}


def _print(found: InequalityChange, design: str, years: tuple[int, int]) -> None:
    from gongfu.cli.estimate_page import Section, print_page

    sums = [found.start, found.end, found.change]
    print_page(
        f"Change of {found.measure}, {years[0]} to {years[1]} 不平等变动的分解",
        design,
        [
            Section("Values 数值", sums, lambda one: (one.measure, _WORDS[one.measure])),
            Section(
                "Causes, they add up to the change 原因",
                list(found.causes.values()),
                lambda one: (one.measure, _WORDS.get(one.measure, "")),
            ),
        ],
    )
