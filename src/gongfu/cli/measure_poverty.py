"""``gongfu measure poverty FILE``: poverty under one line or several, with errors."""

from __future__ import annotations

from typing import Annotated

import typer

from gongfu.cli import output
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
    as_json: JsonOption = False,
) -> None:
    """Measure the poverty of an income column under a line, with standard errors.

    贫困发生率、缺口、强度等及其标准误；相对贫困线的误差计入其中。
    """
    from gongfu.measure.poverty.table import poverty as measure_rows

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

    output.emit(
        "poverty/1",
        table.to_dict(),
        as_json=as_json,
        render=render,
        warnings=[*notes, *table.warnings],
    )
