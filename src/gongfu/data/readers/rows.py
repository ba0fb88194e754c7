"""Rows of persons or households from a user's file, every row checked before it counts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl
from jaxtyping import Int

from gongfu.core import Microdata, Problem
from gongfu.data.plain_text import plain
from gongfu.data.readers.cells import refuse_hidden_characters
from gongfu.data.readers.columnar import scan_parquet
from gongfu.data.readers.columns import column_of_numbers, require_columns
from gongfu.data.readers.foreign import refusing_damage
from gongfu.data.readers.limits import Limits
from gongfu.data.readers.problems import ProblemList
from gongfu.data.readers.table import open_table, regular_file

__all__ = ["read_microdata"]

MISSING_INCOME = Problem(
    "income is missing",
    expected="a number, 0 or more",
    fix="Fill it in, or delete the row and say so in your notes.",
)
NEGATIVE_INCOME = Problem(
    "income is negative",
    expected="a number, 0 or more",
    fix="Correct it, set it to 0 or delete the row: most measures have no value below 0.",
)
INFINITE_INCOME = Problem(
    "income is infinite", expected="a finite number", fix="Correct it or delete the row."
)
MISSING_WEIGHT = Problem(
    "the weight is missing", expected="a number above 0", fix="Fill it in or delete the row."
)
BAD_WEIGHT = Problem(
    "the weight is not above 0",
    expected="a finite number above 0: the people this row stands for",
    fix="Correct it, or delete a row that stands for nobody.",
)
MISSING_DESIGN = Problem(
    "the sampling design has a gap",
    expected="a stratum and a sampling unit for every row",
    fix="Fill it in or delete the row.",
)


def read_microdata(
    path: str | Path,
    income: str | Sequence[str],
    weight: str | None = None,
    *,
    strata: str | None = None,
    psu: str | None = None,
    by: str | Sequence[str] | None = None,
    groups: str | Sequence[str] | None = None,
    sheet: str | None = None,
    limits: Limits | None = None,
) -> Microdata:
    """Return the rows of a file as microdata; a Parquet file stays on disk until it is needed.

    Parameters
    ----------
    path : a CSV, TSV, XLSX, Parquet, Stata or SPSS file with one row a person or household.
    income : column of incomes, or several; each 0 or more.
    weight : column of weights, each above 0; equal weights if not given.
    strata, psu : columns of the sampling design, without gaps.
    by, groups : columns that split the rows; must exist.
    sheet, limits : as for `read_table`.

    Raises
    ------
    InputError
        If a column is missing, or a row has no usable income, weight or design; names all rows.
    """
    numbers = (*_names(income), *_names(weight))
    design, splits = (*_names(strata), *_names(psu)), (*_names(by), *_names(groups))
    used = tuple(dict.fromkeys((*numbers, *design, *splits)))
    lazy, lines, file = _rows(path, used, sheet, limits)
    with refusing_damage(file, "a table that can be read"):
        frame = lazy.select(used).collect()
    lines = np.arange(1, frame.height + 1, dtype=np.int64) if lines is None else lines
    refuse_hidden_characters(frame, lines, file)
    problems = ProblemList(file)
    columns = [column_of_numbers(frame[name], lines, problems)[0] for name in numbers]
    for column in columns[: len(_names(income))]:
        _check_income(column, frame[column.name], lines, problems)
    for column in columns[len(_names(income)) :]:
        _check_weight(column, frame[column.name], lines, problems)
    for name in design:
        problems.add_rows(frame[name].is_null(), frame[name], lines, MISSING_DESIGN)
    problems.refuse()
    return Microdata(lazy.with_columns(columns), weight=weight, strata=strata, psu=psu)


def _rows(
    path: str | Path, used: tuple[str, ...], sheet: str | None, limits: Limits | None
) -> tuple[pl.LazyFrame, Int[np.ndarray, " row"] | None, str]:
    limits = limits or Limits.from_environment()
    place, kind = regular_file(path, limits)
    file = plain(path)
    if kind == "Parquet":
        lazy = scan_parquet(place, file, limits, wanted=used)
        require_columns(used, lazy.collect_schema().names(), file)
        return lazy, None, file
    table = open_table(path, sheet=sheet, limits=limits)
    require_columns(used, table.frame.columns, file)
    return table.frame.lazy(), table.lines, file


def _check_income(
    income: pl.Series, cells: pl.Series, lines: Int[np.ndarray, " row"], problems: ProblemList
) -> None:
    empty = cells.is_null() | (income.is_null() & (cells.dtype != pl.String))
    problems.add_rows(empty, cells, lines, MISSING_INCOME)
    problems.add_rows(income.is_infinite(), cells, lines, INFINITE_INCOME)
    problems.add_rows((income < 0) & income.is_finite(), cells, lines, NEGATIVE_INCOME)


def _check_weight(
    weight: pl.Series, cells: pl.Series, lines: Int[np.ndarray, " row"], problems: ProblemList
) -> None:
    empty = cells.is_null() | (weight.is_null() & (cells.dtype != pl.String))
    problems.add_rows(empty, cells, lines, MISSING_WEIGHT)
    if weight.len() and (weight == 0).all() and not weight.has_nulls():
        problems.add([_all_zero(plain(weight.name), problems.file)])
        return
    problems.add_rows((weight <= 0) | weight.is_infinite(), cells, lines, BAD_WEIGHT)


def _all_zero(column: str, file: str) -> Problem:
    return Problem(
        "all weights are zero: the rows stand for nobody",
        expected="numbers above 0",
        file=file,
        column=column,
        fix="Name another column, or leave the weight out for equal weights.",
    )


def _names(columns: str | Sequence[str] | None) -> tuple[str, ...]:
    if columns is None:
        return ()
    return (columns,) if isinstance(columns, str) else tuple(columns)
