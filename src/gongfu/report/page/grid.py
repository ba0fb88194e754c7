"""A table as a page shows it: words only, with what a screen reader needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongfu.report.chart import Twin
from gongfu.report.page.cells import heading, shown

__all__ = ["Grid", "grid_of", "twin_grid"]


@dataclass(frozen=True, slots=True)
class Grid:
    """Caption, heads and cells; ``numeric`` columns are set flush right."""

    caption: str
    heads: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]


def grid_of(
    caption: str, columns: Sequence[tuple[str, bool]], rows: Iterable[Sequence[str]]
) -> Grid:
    """Return a grid; ``columns`` are pairs of head and whether its cells are numbers."""
    heads, numeric = zip(*columns, strict=True)
    return Grid(caption, tuple(heads), tuple(numeric), tuple(tuple(row) for row in rows))


def twin_grid(caption: str, twin: Twin) -> Grid:
    """Return the table twin of a chart, its numbers rounded as the chart rounds them."""
    rows = [
        [shown(value, column) for value, column in zip(row, twin.columns, strict=True)]
        for row in twin.rows
    ]
    columns = [(heading(column), column.format != "text") for column in twin.columns]
    return grid_of(caption, columns, rows)
