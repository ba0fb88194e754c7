"""From a grid of text cells to a table: header, blank rows, hidden characters, numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import polars as pl
from jaxtyping import Int

from gongfu.core import InputError, Problem
from gongfu.data.plain_text import INVISIBLE, plain
from gongfu.data.readers.numbers import numbers_if_all_are
from gongfu.data.readers.problems import ProblemList

__all__ = ["Grid", "table_of"]


HIDDEN = Problem(
    "characters that cannot be seen", expected="plain text", fix="Type the cell again."
)


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Text cells as they stand in a file, header included; a missing cell is null.

    Parameters
    ----------
    cells : all columns are text.
    lines : line of the file in which each row of ``cells`` begins, counted from 1.
    """

    cells: pl.DataFrame
    lines: Int[np.ndarray, " row"]


def table_of(grid: Grid, file: str) -> tuple[pl.DataFrame, Int[np.ndarray, " row"], list[str]]:
    """Return the table below the header, the file line of each row, and what was noted.

    A column in which every cell is a number becomes numbers; all others stay text, so that a
    reader who needs numbers can say which cell is none.

    Raises
    ------
    InputError
        If the header is missing, unnamed or repeated, nothing stands below it, or a cell hides
        characters.
    """
    grid = _without_blank_rows(grid)
    if grid.cells.height == 0:
        raise InputError(
            Problem(
                "the file is empty",
                expected="a header and at least one row",
                file=file,
                fix="See the form that `gongfu data template` writes.",
            )
        )
    body = _named(grid, file)
    if body.height == 0:
        raise InputError(
            Problem(
                "only a header, no rows below it",
                expected="at least one row",
                file=file,
                row=int(grid.lines[0]),
                fix="Add the rows.",
            )
        )
    lines = grid.lines[1:]
    typed, notes = as_numbers_where_all_are(body)
    refuse_hidden_characters(typed, lines, file)
    return typed, lines, notes


def as_numbers_where_all_are(frame: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    """Return the table with every column made numbers whose cells all are numbers."""
    columns: list[pl.Series] = []
    notes: list[str] = []
    for column in frame.iter_columns():
        numbers = numbers_if_all_are(column) if column.dtype == pl.String else None
        columns.append(column if numbers is None else numbers.values)
        notes.extend(numbers.notes if numbers else ())
    return pl.DataFrame(columns), notes


def refuse_hidden_characters(
    frame: pl.DataFrame, lines: Int[np.ndarray, " row"], file: str
) -> None:
    """Raise `InputError` for every text cell with control, direction or zero-width characters."""
    problems = ProblemList(file)
    for column in frame.iter_columns():
        if column.dtype == pl.String:
            problems.add_rows(column.str.contains(INVISIBLE), column, lines, HIDDEN)
    problems.refuse()


def _without_blank_rows(grid: Grid) -> Grid:
    bare = pl.all().str.strip_chars()
    stripped = grid.cells.with_columns(pl.when(bare != "").then(bare))
    if stripped.height == 0 or stripped.width == 0:
        return Grid(pl.DataFrame(), np.empty(0, dtype=np.int64))
    blank = stripped.select(pl.all_horizontal(pl.all().is_null())).to_series()
    return Grid(stripped.filter(~blank), grid.lines[~blank.to_numpy()])


def _named(grid: Grid, file: str) -> pl.DataFrame:
    header, body, line = list(grid.cells.row(0)), grid.cells.slice(1), int(grid.lines[0])
    used = [
        name is not None or body.to_series(i).null_count() < body.height
        for i, name in enumerate(header)
    ]
    problems = ProblemList(file)
    problems.add(_unnamed(header, used, file, line))
    problems.add(_repeated(header, file, line))
    names = pl.Series("header", header, dtype=pl.String)
    lines = np.full(len(header), line, dtype=np.int64)
    problems.add_rows(names.str.contains(INVISIBLE), names, lines, HIDDEN)
    problems.refuse()
    kept = [body.to_series(i).alias(name) for i, name in enumerate(header) if name is not None]
    return pl.DataFrame(kept)


def _unnamed(header: list[str | None], used: list[bool], file: str, line: int) -> Iterable[Problem]:
    unnamed = [i for i, name in enumerate(header) if name is None and used[i]]
    if len(unnamed) > 1 and len(unnamed) >= len(header) - 1:
        yield Problem(
            "this row looks like a title, not like a header",
            expected="one name per column",
            found=plain(next((name for name in header if name), "")),
            file=file,
            row=line,
            fix="Delete the rows above the header.",
        )
        return
    for i in unnamed:
        yield Problem(
            f"column {i + 1} has no name",
            file=file,
            row=line,
            column=f"number {i + 1}",
            fix="Name the column, or delete it.",
        )


def _repeated(header: list[str | None], file: str, line: int) -> Iterable[Problem]:
    seen: dict[str, int] = {}
    for i, name in enumerate(header):
        if name is None:
            continue
        if name in seen:
            yield Problem(
                f"columns {seen[name] + 1} and {i + 1} have the same name",
                expected="each name once",
                found=plain(name),
                file=file,
                row=line,
                column=plain(name),
                fix="Rename one of them.",
            )
        seen.setdefault(name, i)
