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
from gongfu.data.readers.columns import column_of_numbers, require_columns
from gongfu.data.readers.foreign import refusing_damage
from gongfu.data.readers.limits import Limits
from gongfu.data.readers.noting import warn_of
from gongfu.data.readers.parquet import scan_parquet
from gongfu.data.readers.problems import ProblemList
from gongfu.data.readers.table import Table, open_table, regular_file

__all__ = ["RowRoles", "RowsReading", "RowsSource", "examine_rows", "read_microdata"]

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
    roles = RowRoles(
        _names(income),
        _names(weight),
        (*_names(strata), *_names(psu)),
        (*_names(by), *_names(groups)),
    )
    reading = examine_rows(_open(path, roles, sheet, limits), roles)
    reading.problems.refuse()
    warn_of(reading.notes)
    return Microdata(reading.frame, weight=weight, strata=strata, psu=psu)


@dataclass(frozen=True, slots=True)
class RowRoles:
    """Columns of incomes and weights, of the sampling design, and of splits of the rows."""

    incomes: tuple[str, ...]
    weights: tuple[str, ...] = ()
    design: tuple[str, ...] = ()
    splits: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Each named column once."""
        return tuple(dict.fromkeys((*self.incomes, *self.weights, *self.design, *self.splits)))


@dataclass(frozen=True, slots=True, eq=False)
class RowsSource:
    """Rows not read yet, or in memory with the file line of each."""

    frame: pl.LazyFrame
    file: str
    lines: Int[np.ndarray, " row"] | None = None
    notes: tuple[str, ...] = ()

    @classmethod
    def from_table(cls, table: Table) -> RowsSource:
        """Return the rows of a table in memory."""
        return cls(table.frame.lazy(), table.file, table.lines, table.notes)


@dataclass(frozen=True, slots=True)
class RowsReading:
    """Rows of persons or households as far as they could be read.

    Parameters
    ----------
    frame : all columns, those of incomes and weights as numbers.
    numbers : incomes and weights, in memory.
    problems, notes : what is wrong, and what was recognised.
    """

    frame: pl.LazyFrame
    numbers: pl.DataFrame
    problems: ProblemList
    notes: tuple[str, ...]


def examine_rows(source: RowsSource, roles: RowRoles) -> RowsReading:
    """Return rows with their incomes and weights as numbers, and everything wrong with them.

    Raises
    ------
    InputError
        If a named column is missing, or a cell hides characters.
    """
    file = source.file
    with refusing_damage(file, "a table that can be read"):
        require_columns(roles.all, source.frame.collect_schema().names(), file)
        cells = source.frame.select(roles.all).collect()
    lines = np.arange(1, cells.height + 1) if source.lines is None else source.lines
    refuse_hidden_characters(cells, lines, file)
    problems, notes, columns = ProblemList(file), list(source.notes), []
    for name in (*roles.incomes, *roles.weights):
        numbers, recognised = column_of_numbers(cells[name], lines, problems)
        check = _check_income if name in roles.incomes else _check_weight
        check(numbers, cells[name], lines, problems)
        columns.append(numbers)
        notes.extend(recognised)
    for name in roles.design:
        problems.add_rows(cells[name].is_null(), cells[name], lines, MISSING_DESIGN)
    frame = source.frame.with_columns(columns)
    return RowsReading(frame, pl.DataFrame(columns), problems, tuple(notes))


def _open(
    path: str | Path, roles: RowRoles, sheet: str | None, limits: Limits | None
) -> RowsSource:
    limits = limits or Limits.from_environment()
    place, kind = regular_file(path, limits)
    if kind == "Parquet":
        return RowsSource(scan_parquet(place, plain(path), limits, wanted=roles.all), plain(path))
    return RowsSource.from_table(open_table(path, sheet=sheet, limits=limits))


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
