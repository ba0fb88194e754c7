"""``gongfu measure top-tail FILE``: how heavy the tail of top incomes is, with errors."""

from __future__ import annotations

from typing import Annotated

import typer

from gongfu.cli import output
from gongfu.cli.figure import FigureFile, FigureLanguage, Force, check_figure, write_figure
from gongfu.cli.run import ReportLanguage
from gongfu.cli.survey_options import (
    ByOption,
    ConfidenceOption,
    FileArgument,
    IncomeOption,
    JsonOption,
    LonelyOption,
    PopulationOption,
    PriceBaseOption,
    PsuOption,
    StrataOption,
    UnitOption,
    WeightOption,
    YearOption,
    measure_file,
)

__all__ = ["top_tail"]


def top_tail(
    file: FileArgument,
    income: IncomeOption,
    top: Annotated[
        float | None,
        typer.Option(help="Per cent of people in the tail, such as 5. 顶端人口百分比。"),
    ] = None,
    threshold: Annotated[
        float | None,
        typer.Option(help="Where the tail begins; looked for without --top. 顶端起点。"),
    ] = None,
    weight: WeightOption = None,
    strata: StrataOption = None,
    psu: PsuOption = None,
    by: ByOption = None,
    confidence: ConfidenceOption = 0.95,
    lonely: LonelyOption = "error",
    population: PopulationOption = False,
    unit: UnitOption = None,
    year: YearOption = None,
    price_base: PriceBaseOption = None,
    figure: FigureFile = None,
    lang: FigureLanguage = ReportLanguage.EN,
    force: Force = False,
    as_json: JsonOption = False,
) -> None:
    """Tail of top incomes and the data of a tail plot. 高收入尾部。

    高收入尾部：帕累托指数、平均超额、顶端份额与尾部图数据。
    """
    from gongfu.measure.top_tail_table import top_tail as measure_rows

    check_figure(figure, force=force)
    table, notes = measure_file(
        file,
        [income, weight],
        lambda frame: measure_rows(
            frame,
            income,
            top=top,
            threshold=threshold,
            weight=weight,
            strata=strata,
            psu=psu,
            by=by,
            confidence=confidence,
            lonely=lonely,
            population=population,
            unit=unit,
            year=year,
            price_base=price_base,
        ),
    )

    if figure is not None:
        from gongfu.cli.estimate_table import table_origin
        from gongfu.report.charts.measures.tail import tail_chart

        chart = tail_chart(table, table_origin(table, file), lang.value)
        write_figure(chart, figure, force=force)

    def render() -> None:
        from gongfu.cli.estimate_table import print_estimate_table
        from gongfu.cli.top_tail_grid import tail_grid

        print_estimate_table(table, "顶端收入尾部", "Tail plot 尾部图", tail_grid)

    output.emit(
        "top-tail/1",
        table.to_dict(),
        as_json=as_json,
        render=render,
        warnings=[*notes, *table.warnings],
    )
