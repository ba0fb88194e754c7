"""Rows of persons or households from a user's file, every row checked before it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
from gongfu.data.readers.noting import warn_of
from gongfu.data.readers.problems import ProblemList
from gongfu.data.readers.table import open_table, regular_file

__all__ = ["RowsReading", "examine_rows", "read_microdata"]

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

    Warns
    -----
    ReadingNote
        For what was recognised, such as thousands separators.
    """
    reading = examine_rows(
        path,
        income,
        weight,
        strata=strata,
        psu=psu,
        by=by,
        groups=groups,
        sheet=sheet,
        limits=limits,
    )
    reading.problems.refuse()
    warn_of(reading.notes)
    return Microdata(reading.frame, weight=weight, strata=strata, psu=psu)


@dataclass(frozen=True, slots=True)
class RowsReading:
    """Rows of persons or households as far as they could be read.

    Parameters
    ----------
    frame : all columns, those of incomes and weights as numbers.
    used : the columns named by the user, as in the file.
    problems, notes : what is wrong, and what was recognised.
    """

    frame: pl.LazyFrame
    used: pl.DataFrame
    problems: ProblemList
    notes: tuple[str, ...]


def examine_rows(
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
) -> RowsReading:
    """Return rows and everything wrong with them; arguments as for `read_microdata`."""
    incomes, weights, design = _names(income), _names(weight), (*_names(strata), *_names(psu))
    used = tuple(dict.fromkeys((*incomes, *weights, *design, *_names(by), *_names(groups))))
    source = _open(path, used, sheet, limits)
    with refusing_damage(source.file, "a table that can be read"):
        cells = source.frame.select(used).collect()
    lines = np.arange(1, cells.height + 1) if source.lines is None else source.lines
    refuse_hidden_characters(cells, lines, source.file)
    problems, notes, columns = ProblemList(source.file), list(source.notes), []
    for name in (*incomes, *weights):
        numbers, recognised = column_of_numbers(cells[name], lines, problems)
        check = _check_income if name in incomes else _check_weight
        check(numbers, cells[name], lines, problems)
        columns.append(numbers)
        notes.extend(recognised)
    for name in design:
        problems.add_rows(cells[name].is_null(), cells[name], lines, MISSING_DESIGN)
    return RowsReading(source.frame.with_columns(columns), cells, problems, tuple(notes))


@dataclass(frozen=True, slots=True, eq=False)
class _Source:
    frame: pl.LazyFrame
    file: str
    lines: Int[np.ndarray, " row"] | None = None
    notes: tuple[str, ...] = ()


def _open(
    path: str | Path, used: tuple[str, ...], sheet: str | None, limits: Limits | None
) -> _Source:
    limits = limits or Limits.from_environment()
    place, kind = regular_file(path, limits)
    file = plain(path)
    if kind == "Parquet":
        lazy = scan_parquet(place, file, limits, wanted=used)
        require_columns(used, lazy.collect_schema().names(), file)
        return _Source(lazy, file)
    table = open_table(path, sheet=sheet, limits=limits)
    require_columns(used, table.frame.columns, file)
    return _Source(table.frame.lazy(), file, table.lines, table.notes)


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
