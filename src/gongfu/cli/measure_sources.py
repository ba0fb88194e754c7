"""``gongfu measure sources``: inequality split by source of income."""

from __future__ import annotations

from collections.abc import Iterator
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
    PopulationOption,
    PsuOption,
    StrataOption,
    WeightOption,
)
from gongfu.cli.survey_source import Sampling, SurveyFile, read_survey_file

if TYPE_CHECKING:
    from gongfu.core import Estimate
    from gongfu.measure.sources import Source

__all__ = ["sources"]

QUANTITIES = {
    "share": ("share of income", "收入占比", "share 0-1"),
    "gini": ("Gini of the source", "来源基尼", "index"),
    "correlation": ("Gini correlation", "基尼相关", "index"),
    "contribution": ("contribution to the Gini", "对基尼的贡献", "index"),
    "part": ("part of the Gini", "占基尼份额", "share 0-1"),
    "marginal": ("marginal effect", "边际效应", "elasticity"),
    "natural": ("natural (Shorrocks) part", "自然分解份额", "share 0-1"),
}


def sources(
    file: FileArgument,
    income: Annotated[
        list[str], typer.Option(help="Column of a source of income; repeat. 收入来源列。")
    ],
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
    """Split the Gini by source of income, with errors. 按收入来源分解不平等。"""
    from gongfu.measure.sources import split_by_source

    check_figure(figure, force=force)
    read = read_survey_file(
        file, income, Sampling(weight, strata, psu, lonely), population=population
    )
    columns = {name: read.survey.values[name] for name in income}
    split = split_by_source(columns, read.survey.weight)
    convention = f"Gini of {' + '.join(income)}, mid-interval ranks"
    gini = read.survey.estimate(
        split.gini, measure="gini", unit="index 0-1", convention=convention, confidence=confidence
    )
    found = {source.name: dict(_estimates(read, source, confidence)) for source in split.sources}
    if figure is not None:
        _draw(gini, found, read, lang.value, figure, force=force)
    output.emit(
        "sources/1",
        {"gini": gini.to_dict(), "sources": _plain(found), "design": read.survey.words},
        as_json=as_json,
        render=lambda: _print(gini, found, read.survey.words),
        warnings=read.notes,
    )


def _estimates(
    read: SurveyFile, source: Source, confidence: float
) -> Iterator[tuple[str, Estimate]]:
    for key, (_, _, unit) in QUANTITIES.items():
        statistic = getattr(source, key)
        if statistic is not None:
            yield key, read.survey.estimate(
                statistic, measure=key, group=source.name, unit=unit, confidence=confidence,
                convention="Lerman-Yitzhaki split of the Gini; natural: cov(source, y) / var(y)",
            )  # fmt: skip


def _plain(found: dict[str, dict[str, Estimate]]) -> dict[str, Any]:
    return {
        name: {key: one.to_dict() for key, one in estimates.items()}
        for name, estimates in found.items()
    }


def _draw(
    gini: Estimate,
    found: dict[str, dict[str, Estimate]],
    read: SurveyFile,
    language: str,
    figure: Path,
    *,
    force: bool,
) -> None:
    from gongfu.report.charts.measures.parts import sources_chart

    parts = [(name, estimates["part"]) for name, estimates in found.items()]
    shares = [estimates["share"] for estimates in found.values()]
    write_figure(sources_chart(parts, shares, gini, read.origin, language), figure, force=force)


def _print(gini: Estimate, found: dict[str, dict[str, Estimate]], design: str) -> None:
    from gongfu.cli.estimate_page import Section, print_page

    sections = [
        Section(name, list(estimates.values()), lambda one: QUANTITIES[one.measure][:2])
        for name, estimates in found.items()
    ]
    total = Section("All sources 合计", [gini], lambda _: ("Gini", "基尼系数"))
    print_page(
        "Inequality by source of income 按收入来源分解不平等",
        design,
        [total, *sections],
        ["marginal effect: change of the Gini in % when the source grows by 1 % for all"],
    )
