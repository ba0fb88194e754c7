"""Options of commands that measure the rows of a survey, and how its file is read."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import typer

__all__ = [
    "ByOption",
    "ConfidenceOption",
    "FileArgument",
    "IncomeOption",
    "JsonOption",
    "LonelyOption",
    "PopulationOption",
    "PriceBaseOption",
    "PsuOption",
    "StrataOption",
    "UnitOption",
    "WeightOption",
    "YearOption",
    "measure_file",
]

FileArgument = Annotated[
    Path, typer.Argument(help="CSV, TSV, XLSX, Parquet, Stata or SPSS file. 数据文件。")
]
IncomeOption = Annotated[str, typer.Option(help="Column of incomes. 收入列。")]
WeightOption = Annotated[str | None, typer.Option(help="Column of weights. 权数列。")]
StrataOption = Annotated[str | None, typer.Option(help="Column of strata. 层。")]
PsuOption = Annotated[
    str | None, typer.Option(help="Column of primary sampling units. 初级抽样单元。")
]
ByOption = Annotated[
    str | None, typer.Option(help="Column whose groups get their own table. 分组列。")
]
ConfidenceOption = Annotated[float, typer.Option(help="Coverage of intervals, 0-1. 置信水平。")]
LonelyOption = Annotated[
    Literal["error", "centre", "certainty"],
    typer.Option(help="Stratum with one unit. 单一单元层。"),
]
PopulationOption = Annotated[
    bool, typer.Option("--population", help="Rows are all there are: no error. 全体而非样本。")
]
UnitOption = Annotated[
    str | None, typer.Option(help="Unit of the incomes, such as yuan. 收入单位。")
]
YearOption = Annotated[int | None, typer.Option(help="Year of the incomes. 年份。")]
PriceBaseOption = Annotated[str | None, typer.Option(help="Prices of which year. 价格基期。")]
JsonOption = Annotated[bool, typer.Option("--json", help="Full precision as JSON.")]

T = TypeVar("T")


def measure_file(
    file: Path, numbers: Sequence[str | None], measure: Callable[[Any], T]
) -> tuple[T, list[str]]:
    """Return what ``measure`` makes of a file's rows, and the notes of reading it.

    Parameters
    ----------
    numbers : columns that must hold numbers; none are passed over.
    measure : called with the frame. The place of a problem it finds is told as in the file.

    Raises
    ------
    InputError
        If the file cannot be read or measured, with every problem found.
    """
    from gongfu.core import InputError
    from gongfu.data.readers import open_table, require_numbers

    read = require_numbers(open_table(file), [name for name in numbers if name])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # they stand in the result
            found = measure(read.frame)
    except InputError as error:
        raise InputError(_placed(error, read)) from error
    return found, list(read.notes)


def _placed(error: Any, read: Any) -> Iterator[Any]:
    for problem in error.problems:
        row = None if problem.row is None else int(read.lines[problem.row - 2])
        yield replace(problem, row=row, file=problem.file or (read.file if problem.column else ""))
