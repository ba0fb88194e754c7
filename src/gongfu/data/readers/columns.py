"""Named columns of a user's table, as numbers or with every reason why they are none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import polars as pl
from jaxtyping import Int
from numpy import ndarray

from gongfu.core import InputError, Problem
from gongfu.core.errors import nearest_name
from gongfu.data.plain_text import plain
from gongfu.data.readers.numbers import as_number_column, why_not_a_number
from gongfu.data.readers.problems import ProblemList
from gongfu.data.readers.table import Table

__all__ = ["column_of_numbers", "require_columns", "require_numbers"]

NAMES_LISTED = 20


def require_columns(named: Iterable[str], known: Sequence[str], file: str) -> None:
    """Raise `InputError` for every named column a table lacks, with the nearest name it has."""
    listed = ", ".join(plain(name) for name in known[:NAMES_LISTED])
    problems = [
        Problem(
            f"no column {plain(name)!r}",
            expected=f"one of {listed}{', ...' if len(known) > NAMES_LISTED else ''}",
            file=file,
            fix=nearest_name(name, known) or "Name one of these columns.",
        )
        for name in dict.fromkeys(named)
        if name not in known
    ]
    if problems:
        raise InputError(problems)


def column_of_numbers(
    column: pl.Series, lines: Int[ndarray, " row"], problems: ProblemList
) -> tuple[pl.Series, list[str]]:
    """Return a column as numbers and what was recognised; add every cell that is no number."""
    if column.dtype.is_float():
        return column.fill_nan(None), []
    if column.dtype.is_numeric():
        return column, []
    if column.dtype == pl.Null:
        return column.cast(pl.Float64), []
    if column.dtype != pl.String:
        problems.add([_other_type(column, problems.file)])
        return pl.Series(column.name, [None] * column.len(), dtype=pl.Float64), []
    numbers = as_number_column(column.str.strip_chars())
    words = Problem("text where a number should stand", expected="a number")
    problems.add_rows(numbers.bad, column, lines, words, fix=why_not_a_number)
    return numbers.values, list(numbers.notes)


def require_numbers(table: Table, names: Sequence[str]) -> Table:
    """Return a table with the named columns as numbers; what was recognised stands in its notes.

    Raises
    ------
    InputError
        If a column is missing or a cell is no number; names all rows. Values are not judged.
    """
    require_columns(names, table.frame.columns, table.file)
    problems, notes, columns = ProblemList(table.file), list(table.notes), []
    for name in dict.fromkeys(names):
        column, recognised = column_of_numbers(table.frame[name], table.lines, problems)
        columns.append(column)
        notes.extend(recognised)
    problems.refuse()
    return replace(table, frame=table.frame.with_columns(columns), notes=tuple(notes))


def _other_type(column: pl.Series, file: str) -> Problem:
    return Problem(
        f"the column holds {str(column.dtype).lower()} values",
        expected="numbers",
        file=file,
        column=plain(column.name),
        fix="Write plain numbers.",
    )
