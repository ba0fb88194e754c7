"""``gongfu measure deprivation FILE --spec SPEC.toml``: multidimensional poverty, with errors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gongfu.cli import output
from gongfu.cli.figure import FigureFile, FigureLanguage, Force, check_figure, write_figure
from gongfu.cli.run import ReportLanguage
from gongfu.cli.survey_options import (
    ByOption,
    ConfidenceOption,
    FileArgument,
    JsonOption,
    LonelyOption,
    PopulationOption,
    PsuOption,
    StrataOption,
    WeightOption,
    YearOption,
    measure_file,
)

__all__ = ["deprivation"]


def deprivation(
    file: FileArgument,
    spec: Annotated[
        Path, typer.Option(help="TOML file of indicators, cut-offs, weights. 指标与临界值文件。")
    ],
    k: Annotated[
        float | None, typer.Option(help="Poverty cut-off instead of the file's, 0-1. 贫困临界值。")
    ] = None,
    cutoff: Annotated[
        list[float] | None, typer.Option(help="Another k to try; repeat. 另试的临界值。")
    ] = None,
    weight: WeightOption = None,
    strata: StrataOption = None,
    psu: PsuOption = None,
    by: ByOption = None,
    confidence: ConfidenceOption = 0.95,
    lonely: LonelyOption = "error",
    population: PopulationOption = False,
    year: YearOption = None,
    figure: FigureFile = None,
    lang: FigureLanguage = ReportLanguage.EN,
    force: Force = False,
    as_json: JsonOption = False,
) -> None:
    """Multidimensional poverty (Alkire-Foster) with errors, over k. 多维贫困。

    多维贫困（Alkire-Foster）：H、A、M0、各指标与各组贡献及其标准误。
    """
    from gongfu.data.deprivation_file import read_deprivations
    from gongfu.measure.poverty.deprivation_table import deprivation as measure_rows

    check_figure(figure, force=force)
    read = read_deprivations(spec)
    table, notes = measure_file(
        file,
        [weight],
        lambda frame: measure_rows(
            frame,
            read,
            weight=weight,
            strata=strata,
            psu=psu,
            by=by,
            k=k,
            cutoffs=cutoff,
            confidence=confidence,
            lonely=lonely,
            population=population,
            year=year,
        ),
    )

    if figure is not None:
        from gongfu.cli.estimate_table import table_origin
        from gongfu.report.charts.measures.deprivation import deprivation_chart

        chart = deprivation_chart(table, table_origin(table, file), lang.value)
        write_figure(chart, figure, force=force)

    def render() -> None:
        from gongfu.cli.deprivation_view import print_deprivation

        print_deprivation(table)

    output.emit(
        "deprivation/1",
        table.to_dict(),
        as_json=as_json,
        render=render,
        warnings=[*notes, *table.warnings],
    )
