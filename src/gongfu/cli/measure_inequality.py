"""``gongfu measure inequality FILE``: measures of an income column with their errors."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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

if TYPE_CHECKING:
    from gongfu.measure.table_result import InequalityTable

__all__ = ["inequality", "placed"]

GroupsOption = Annotated[
    list[str] | None,
    typer.Option(help="Column to decompose by; repeat from coarse to fine. 分解所用分组。"),
]
DecomposeOption = Annotated[str | None, typer.Option(help="What to decompose. 分解方法。")]
MeasureOption = Annotated[
    list[str] | None,
    typer.Option(help="gini, theil, atkinson(0.5), p90/p10, share(90,100) ...; repeat. 指标。"),
]
StreamOption = Annotated[
    bool | None,
    typer.Option(
        "--stream/--in-memory",
        help="Read the rows piece by piece; by default for large files. 分块读取,大文件默认如此。",
    ),
]


def inequality(
    file: FileArgument,
    income: IncomeOption,
    weight: WeightOption = None,
    strata: StrataOption = None,
    psu: PsuOption = None,
    by: ByOption = None,
    groups: GroupsOption = None,
    decompose: DecomposeOption = None,
    measure: MeasureOption = None,
    confidence: ConfidenceOption = 0.95,
    lonely: LonelyOption = "error",
    population: PopulationOption = False,
    unit: UnitOption = None,
    year: YearOption = None,
    price_base: PriceBaseOption = None,
    stream: StreamOption = None,
    figure: FigureFile = None,
    lang: FigureLanguage = ReportLanguage.EN,
    force: Force = False,
    as_json: JsonOption = False,
) -> None:
    """Measure the inequality of an income column, with errors. 收入不平等及其标准误。

    收入不平等及其标准误。
    """
    check_figure(figure, force=force)
    options = {
        "weight": weight,
        "strata": strata,
        "psu": psu,
        "by": by,
        "groups": groups or (),
        "decompose": decompose,
        "measures": measure,
        "confidence": confidence,
        "lonely": lonely,
        "population": population,
        "unit": unit,
        "year": year,
        "price_base": price_base,
    }
    table, notes = _measured(file, income, options, stream)
    if figure is not None:
        from gongfu.cli.estimate_table import draw_estimates

        draw_estimates(table, file, figure, lang.value, force=force)
    _emit(table, notes, as_json=as_json)


def _emit(table: InequalityTable, notes: list[str], *, as_json: bool) -> None:
    def render() -> None:
        from gongfu.cli.inequality_table import print_table

        print_table(table)

    output.emit("inequality/1", table.to_dict(), as_json=as_json, render=render, warnings=notes)


def _measured(
    file: Path, income: str, options: dict[str, Any], stream: bool | None
) -> tuple[InequalityTable, list[str]]:
    from gongfu.data.readers import is_large
    from gongfu.measure.table import inequality as measure_rows

    if is_large(file) if stream is None else stream:
        table = _streamed(file, income, options)
        return table, list(table.warnings)
    table, notes = measure_file(
        file, [income, options["weight"]], lambda frame: measure_rows(frame, income, **options)
    )
    return table, [*notes, *table.warnings]


def _streamed(file: Path, income: str, options: dict[str, Any]) -> InequalityTable:
    from gongfu.cli.progress import ProgressLine
    from gongfu.core import InputError
    from gongfu.data.readers import open_lazy
    from gongfu.measure.table import inequality as measure_rows

    named = [options[name] for name in ("strata", "psu", "by")] + [*options["groups"]]
    numbers = [name for name in (income, options["weight"]) if name]
    read = open_lazy(file, numbers=numbers, labels=[name for name in named if name])
    progress = ProgressLine()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # they stand in the result
            return measure_rows(read.frame, income, **options, stream=True, progress=progress)
    except InputError as error:
        raise InputError(placed(error, read)) from error
    finally:
        progress.close()


def placed(error: Any, read: Any) -> Iterator[Any]:
    """Yield the problems of a table's rows with the file and its lines."""
    for problem in error.problems:
        row = None if problem.row is None else int(read.lines[problem.row - 2])
        yield replace(problem, row=row, file=read.file if problem.column else "")
