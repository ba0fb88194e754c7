"""How a table fits a page: its type size, its column widths, and whether the page must turn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongfu.report.book.blocks import Table
from gongfu.report.figures.lettering import text_width

__all__ = ["PADDING", "Fit", "fit", "is_long"]

SIZES = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5)
PADDING = 7.0  # left and right of a cell together, in points
WIDEST = 18.0  # em: text columns ask for no more than this
NARROWEST = 3.0  # em: what Chinese text needs to wrap decently
LONG, LONG_REGRESSION = 14, 42  # rows
_PIECES = re.compile(r"[^\s⺀-鿿＀-￯]+")


@dataclass(frozen=True, slots=True)
class Fit:
    """Type size and column widths in points; ``is_turned`` on a page set sideways."""

    size: float
    widths: tuple[float, ...]
    is_turned: bool = False


def fit(table: Table, width: float, turned: float) -> Fit:
    """Return the largest type in which a table fits, upright if it can.

    Parameters
    ----------
    width, turned : room on an upright page and on one set sideways, in points.

    Notes
    -----
    A column never gets less than its longest word. What room is left goes to the columns in
    proportion to what they lack.
    """
    wanted = [max(_widths(cells)) for cells in _columns(table)]
    least = [max(_least(cells)) for cells in _columns(table)]
    for size in SIZES:
        if _total(wanted, size) <= width:
            return Fit(size, _shared(least, wanted, size, width))
    for size in SIZES[1:-1]:
        if _total(least, size) <= width and _is_easy(least, wanted, size, width):
            return Fit(size, _shared(least, wanted, size, width))
    size = next((size for size in SIZES if _total(least, size) <= turned), SIZES[-1])
    return Fit(size, _shared(least, wanted, size, turned), is_turned=True)


def is_long(table: Table) -> bool:
    """Whether a table may break over pages; others stay whole."""
    return len(table.rows) > (LONG_REGRESSION if table.is_regression else LONG)


def _columns(table: Table) -> Iterator[list[str]]:
    for i in range(len(table.numeric)):
        yield [row[i] for row in (*table.heads, *table.rows)]


def _widths(cells: list[str]) -> Iterator[float]:
    for cell in cells:
        for line in cell.split("\n"):
            yield min(text_width(line, 1.0, bold=True), WIDEST)


def _least(cells: list[str]) -> Iterator[float]:
    for cell in cells:
        pieces = _PIECES.findall(cell)
        longest = max((text_width(piece, 1.0, bold=True) for piece in pieces), default=0.0)
        yield min(max(longest, min(NARROWEST, text_width(cell, 1.0, bold=True))), WIDEST)


def _is_easy(least: list[float], wanted: list[float], size: float, width: float) -> bool:
    """Whether columns get half of what they ask for beyond their longest words."""
    return _total(least, size) + 0.4 * size * (sum(wanted) - sum(least)) <= width


def _total(ems: list[float], size: float) -> float:
    return sum(ems) * size + PADDING * len(ems)


def _shared(
    least: list[float], wanted: list[float], size: float, width: float
) -> tuple[float, ...]:
    """Return widths that fill the page: the least, then by need, then evenly by size."""
    room = (width - PADDING * len(least)) / size
    if sum(least) >= room:
        return tuple(width * one / sum(least) for one in least)
    need = sum(wanted) - sum(least)
    share = min((room - sum(least)) / need, 1.0) if need > 0 else 0.0
    ems = [low + share * (high - low) for low, high in zip(least, wanted, strict=True)]
    spare = room / sum(ems)
    return tuple(one * spare * size + PADDING for one in ems)
