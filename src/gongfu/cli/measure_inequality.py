"""``gongfu measure inequality FILE``: measures of an income column with their errors."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from gongfu.cli import output

if TYPE_CHECKING:
    from gongfu.measure.table_result import InequalityTable

__all__ = ["inequality"]


def inequality(
    file: Annotated[
        Path, typer.Argument(help="CSV, TSV, XLSX, Parquet, Stata or SPSS file. 数据文件。")
    ],
    income: Annotated[str, typer.Option(help="Column of incomes. 收入列。")],
    weight: Annotated[str | None, typer.Option(help="Column of weights. 权数列。")] = None,
    strata: Annotated[str | None, typer.Option(help="Column of strata. 层。")] = None,
    psu: Annotated[
        str | None, typer.Option(help="Column of primary sampling units. 初级抽样单元。")
    ] = None,
    by: Annotated[
        str | None, typer.Option(help="Column whose groups get their own table. 分组列。")
    ] = None,
    groups: Annotated[
        list[str] | None,
        typer.Option(help="Column to decompose by; repeat from coarse to fine. 分解所用分组。"),
    ] = None,
    decompose: Annotated[str | None, typer.Option(help="What to decompose. 分解方法。")] = None,
    measure: Annotated[
        list[str] | None,
        typer.Option(help="gini, theil, atkinson(0.5), p90/p10, share(90,100) ...; repeat. 指标。"),
    ] = None,
    confidence: Annotated[
        float, typer.Option(help="Coverage of intervals, 0-1. 置信水平。")
    ] = 0.95,
    lonely: Annotated[
        Literal["error", "centre", "certainty"],
        typer.Option(help="Stratum with one unit. 单一单元层。"),
    ] = "error",
    population: Annotated[
        bool, typer.Option("--population", help="Rows are all there are: no error. 全体而非样本。")
    ] = False,
    unit: Annotated[
        str | None, typer.Option(help="Unit of the incomes, such as yuan. 收入单位。")
    ] = None,
    year: Annotated[int | None, typer.Option(help="Year of the incomes. 年份。")] = None,
    price_base: Annotated[str | None, typer.Option(help="Prices of which year. 价格基期。")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Full precision as JSON.")] = False,
) -> None:
    """Measure the inequality of an income column, with standard errors.

    收入不平等及其标准误。
    """
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
    table, notes = _measured(file, income, options)

    def render() -> None:
        from gongfu.cli.inequality_table import print_table

        print_table(table)

    output.emit("inequality/1", table.to_dict(), as_json=as_json, render=render, warnings=notes)


def _measured(
    file: Path, income: str, options: dict[str, Any]
) -> tuple[InequalityTable, list[str]]:
    from gongfu.core import InputError
    from gongfu.data.readers import open_table, require_numbers
    from gongfu.measure.table import inequality as measure_rows

    columns = [name for name in (income, options["weight"]) if name]
    read = require_numbers(open_table(file), columns)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # they stand in the result
            table = measure_rows(read.frame, income, **options)
    except InputError as error:
        raise InputError(_placed(error, read)) from error
    return table, [*read.notes, *table.warnings]


def _placed(error: Any, read: Any) -> Iterator[Any]:
    for problem in error.problems:
        row = None if problem.row is None else int(read.lines[problem.row - 2])
        yield replace(problem, row=row, file=read.file if problem.column else "")
