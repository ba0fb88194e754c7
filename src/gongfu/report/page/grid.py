"""A table as a page shows it: words only, with what a screen reader needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongfu.report.catalogue import text
from gongfu.report.cells import heading, shown
from gongfu.report.chart import Twin

__all__ = ["LONGEST", "Cell", "Grid", "Row", "cell_of", "grid_of", "twin_grid"]

LONGEST = 120
"""Rows of a twin that a page shows."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, and the path of the number of the result document that it is."""

    text: str
    path: str = ""


Row = Sequence[str | Cell]


@dataclass(frozen=True, slots=True)
class Grid:
    """Caption, heads and cells; ``numeric`` columns are set flush right.

    Parameters
    ----------
    paths : in the shape of ``rows``, which number of the result document each cell shows; empty
        for one that shows none. None at all where nothing is known of the cells.
    """

    caption: str
    heads: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    paths: tuple[tuple[str, ...], ...] = ()

    @property
    def columns_of_numbers(self) -> list[str]:
        """Class names that tell the style sheet which columns are numbers, counted from 1."""
        return [f"n{i}" for i, is_number in enumerate(self.numeric, 1) if is_number]


def grid_of(caption: str, columns: Sequence[tuple[str, bool]], rows: Iterable[Row]) -> Grid:
    """Return a grid; ``columns`` are pairs of head and whether its cells are numbers."""
    heads, numeric = zip(*columns, strict=True)
    cells = [[Cell(one) if isinstance(one, str) else one for one in row] for row in rows]
    paths = tuple(tuple(cell.path for cell in row) for row in cells)
    return Grid(
        caption=caption,
        heads=tuple(heads),
        numeric=tuple(numeric),
        rows=tuple(tuple(cell.text for cell in row) for row in cells),
        paths=paths if any(map(any, paths)) else (),
    )


def cell_of(row: Mapping[str, Any], column: str, words: str) -> Cell:
    """Return what shows a column of a row of the document, which has its path as ``row_path``.

    A row without a value there has no number to ask about.
    """
    return Cell(words, "" if row[column] is None else f"{row['row_path']}/{column}")


def twin_grid(caption: str, twin: Twin, language: str) -> Grid:
    """Return the table twin of a chart, its numbers rounded as the chart rounds them.

    A twin longer than ``LONGEST`` shows that many rows, evenly spread from first to last, and says
    so; its CSV has them all.
    """
    places = _spread(len(twin.rows))
    paths = twin.paths or (("",) * len(twin.columns),) * len(twin.rows)
    rows = [
        [
            Cell(shown(value, column), path)
            for value, column, path in zip(twin.rows[i], twin.columns, paths[i], strict=True)
        ]
        for i in places
    ]
    columns = [(heading(column), column.format != "text") for column in twin.columns]
    if len(places) < len(twin.rows):
        counts = {"shown": len(places), "all": len(twin.rows)}
        caption = text("page.twin_shortened", language, caption=caption, **counts)
    return grid_of(caption, columns, rows)


def _spread(count: int) -> list[int]:
    if count <= LONGEST:
        return list(range(count))
    return [round(i * (count - 1) / (LONGEST - 1)) for i in range(LONGEST)]
