"""``gongfu measure poverty FILE``: poverty under one line or several, with errors."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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

if TYPE_CHECKING:
    from gongfu.measure.estimate_table import EstimateTable
    from gongfu.measure.poverty.tip_curves import TipCurve

__all__ = ["poverty"]


def poverty(
    file: FileArgument,
    income: IncomeOption,
    line: Annotated[
        list[str], typer.Option(help="12000, 60%median or 50%mean; repeat. 贫困线,可多条。")
    ],
    measure: Annotated[
        list[str] | None,
        typer.Option(help="headcount, gap, severity, watts, sen, sst, fgt(3); repeat. 指标。"),
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
    """Measure the poverty of an income column under a line, with errors. 贫困及其标准误。

    贫困发生率、缺口、强度等及其标准误；相对贫困线的误差计入其中。
    """
    from gongfu.measure.poverty.table import poverty as measure_rows

    check_figure(figure, force=force)
    table, notes = measure_file(
        file,
        [income, weight],
        lambda frame: measure_rows(
            frame,
            income,
            line=line,
            measures=measure,
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

    def render() -> None:
        from gongfu.cli.estimate_table import print_estimate_table

        print_estimate_table(table, "贫困测度", "Shares of groups in poverty 各组占贫困的份额")

    curves = None
    if figure is not None:
        design = {"weight": weight, "strata": strata, "psu": psu, "lonely": lonely, "by": by}
        rest = {"confidence": confidence, "population": population}
        curves, _ = measure_file(
            file, [income, weight], lambda frame: _curves(frame, income, line[0], design | rest)
        )
        _draw(table, curves, file, line[0], lang.value, figure, force=force)
    output.emit(
        "poverty/1",
        {**table.to_dict(), "tip": _plain(curves)},
        as_json=as_json,
        render=render,
        warnings=[*notes, *table.warnings],
    )


def _curves(frame: Any, income: str, line: str, options: dict[str, Any]) -> dict[str, TipCurve]:
    from gongfu.measure.poverty.tip_curves import tip_curves
    from gongfu.report.charts.measures.density import MOST_GROUPS

    return tip_curves(frame, income, line=line, most=MOST_GROUPS, **options)


def _draw(
    table: EstimateTable,
    curves: Mapping[str, TipCurve],
    file: Path,
    line: str,
    language: str,
    figure: Path,
    *,
    force: bool,
) -> None:
    from gongfu.cli.estimate_table import table_origin
    from gongfu.report.charts.measures.tip import tip_chart

    write_figure(tip_chart(curves, table_origin(table, file), line, language), figure, force=force)


def _plain(curves: Mapping[str, TipCurve] | None) -> dict[str, Any] | None:
    return None if curves is None else {name: one.to_dict() for name, one in curves.items()}
