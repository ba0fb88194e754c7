"""``gongfu measure polarisation FILE``: a vanishing middle and groups apart, with errors."""

from __future__ import annotations

from typing import Annotated

import typer

from gongfu.cli import output
from gongfu.cli.figure import FigureFile, FigureLanguage, Force, check_figure
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

__all__ = ["polarisation"]


def polarisation(
    file: FileArgument,
    income: IncomeOption,
    groups: Annotated[
        str | None, typer.Option(help="Column of groups that may stand apart. 可能对立的群体。")
    ] = None,
    alpha: Annotated[
        list[float] | None,
        typer.Option(help="Weight of identification, 0.25-1; repeat. 认同敏感度。"),
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
    """Measure the polarisation of an income column, with errors. 收入极化。

    收入极化（沃尔夫森、DER、分组）及其标准误。
    """
    from gongfu.cli.estimate_table import draw_estimates
    from gongfu.measure.polarisation_table import polarisation as measure_rows

    check_figure(figure, force=force)
    table, notes = measure_file(
        file,
        [income, weight],
        lambda frame: measure_rows(
            frame,
            income,
            groups=groups,
            alpha=alpha or (0.5, 1.0),
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
        draw_estimates(table, file, figure, lang.value, force=force)

    def render() -> None:
        from gongfu.cli.estimate_table import print_estimate_table

        print_estimate_table(table, "极化测度", "")

    output.emit(
        "polarisation/1",
        table.to_dict(),
        as_json=as_json,
        render=render,
        warnings=[*notes, *table.warnings],
    )
