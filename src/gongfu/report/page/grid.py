"""A table as a page shows it: words only, with what a screen reader needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongfu.report.catalogue import text
from gongfu.report.chart import Twin
from gongfu.report.page.cells import heading, shown

__all__ = ["LONGEST", "Grid", "grid_of", "twin_grid"]

LONGEST = 120
"""Rows of a twin that a page shows."""


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


def twin_grid(caption: str, twin: Twin, language: str) -> Grid:
    """Return the table twin of a chart, its numbers rounded as the chart rounds them.

    A twin longer than ``LONGEST`` shows that many rows, evenly spread from first to last, and says
    so; its CSV has them all.
    """
    places = _spread(len(twin.rows))
    rows = [
        [shown(value, column) for value, column in zip(twin.rows[i], twin.columns, strict=True)]
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
