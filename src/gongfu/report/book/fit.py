"""How a table fits a page: its type size, its column widths, and whether the page must turn."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from gongfu.report.book.blocks import Table
from gongfu.report.figures.lettering import text_width, wrap

__all__ = ["PADDING", "TURNED", "UPRIGHT", "Fit", "fit"]

MM = 72 / 25.4
UPRIGHT, TURNED = 160 * MM, 240 * MM
"""Room between the margins of an upright page and of one set sideways, in points."""

SIZES = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5)
PADDING = 7.0  # left and right of a cell together, in points
WIDEST = 60.0  # em: text columns ask for no more than this
SLACK = 0.2  # em: a font in place of ours may run wider
NARROWEST = 3.2  # em: what Chinese text needs to wrap decently
DECENT = 8.2  # em: what it should get
LONGEST_WORD = 18.0  # em: longer words may break
LINE = 1.35  # height of a line by type size
MANY = 9  # columns from which a page turns before cells get crowded
EASY = 3  # lines a cell may have before smaller type is tried
LONG, LONG_REGRESSION = 340.0, 420.0  # points of height: lower tables stay whole
HALVINGS = 20  # 60 em to less than a thousandth
_PIECES = re.compile(r"[^\s⺀-鿿＀-￯]+")


@dataclass(frozen=True, slots=True)
class Fit:
    """Type size and column widths in points; ``is_turned`` on a page set sideways.

    A table that ``is_long`` may break over pages; others stay whole.
    """

    size: float
    widths: tuple[float, ...]
    is_long: bool
    is_turned: bool = False


def fit(table: Table, width: float, turned: float) -> Fit:
    """Return the largest type in which a table reads easily, upright if it fits at all.

    Parameters
    ----------
    width, turned : room on an upright page and on one set sideways, in points.

    Notes
    -----
    A column never gets less than its longest word; what is left is shared out in the way that
    needs the fewest lines. Type gets smaller until no cell has more than a few lines.
    """
    for is_strict in (True, False):
        least = _least(table, is_strict=is_strict)
        sizes = [size for size in SIZES if _total(least, size) <= width]
        upright = [_fitted(table, least, size, width) for size in sizes]
        for easy in (EASY - 1, EASY) if table.is_regression else (EASY,):
            for one in upright:
                if _crowding(table, one)[:2] <= (0, easy):
                    return one
    if upright and len(least) < MANY:
        return upright[len(upright) // 2]
    size = next((size for size in SIZES[1:] if _total(least, size) <= turned), SIZES[-1])
    return _fitted(table, least, size, turned, is_turned=True)


def _fitted(
    table: Table, least: list[float], size: float, width: float, *, is_turned: bool = False
) -> Fit:
    found = min(
        (Fit(size, widths, False, is_turned)
         for wanted in _wanted(table) for widths in _shared(least, wanted, size, width)),
        key=lambda one: _crowding(table, one),
    )  # fmt: skip
    height = sum(_lines(table, found)) * size * LINE
    limit = LONG_REGRESSION if table.is_regression else LONG
    return replace(found, is_long=height > limit)


def _crowding(table: Table, found: Fit) -> tuple[int, int, int]:
    """Return how far heads exceed a few lines, the lines of the fullest row, and of all rows."""
    lines, heads = [*_lines(table, found)], len(table.heads)
    return max(max(lines[:heads]) - EASY, 0), max(lines[heads:], default=1), sum(lines)


def _wanted(table: Table) -> Iterator[list[float]]:
    """Yield the widths that columns ask for in em: whole, then with heads that wrap more and more.

    In a regression table the names of the regressors need the room more than the heads do.
    """
    whole = [max(_widths(cells)) for cells in _columns(table)]
    yield whole
    if table.is_regression:
        own = [max(_widths([row[i] for row in table.rows])) for i in range(len(whole))]
        for share in (0.75, 0.5, 0.25, 0.0):
            yield [body + share * (most - body) for body, most in zip(own, whole, strict=True)]


def _lines(table: Table, found: Fit) -> Iterator[int]:
    """Yield how many lines each row takes: heads word by word, the many others about."""
    rooms = [(width - PADDING) / found.size for width in found.widths]
    for row in table.heads:
        yield max(_broken(cell, room) for cell, room in zip(row, rooms, strict=True))
    for row in table.rows:
        yield max(
            sum(max(1, math.ceil(text_width(line, 1.0) / room - 0.02)) for line in cell.split("\n"))
            for cell, room in zip(row, rooms, strict=True)
        )


def _broken(cell: str, room: float) -> int:
    return sum(len(wrap(line, 1.0, room, bold=True)) for line in cell.split("\n"))


def _columns(table: Table) -> Iterator[list[str]]:
    for i in range(len(table.numeric)):
        yield [row[i] for row in (*table.heads, *table.rows)]


def _widths(cells: list[str]) -> Iterator[float]:
    for cell in cells:
        for line in cell.split("\n"):
            yield min(text_width(line, 1.0, bold=True) + SLACK, WIDEST)


def _least(table: Table, *, is_strict: bool) -> list[float]:
    """Return the least width of each column in em; a strict one keeps numbers on one line."""
    return [
        max(_least_of(cell, is_number=is_number, is_strict=is_strict) for cell in cells)
        for cells, is_number in zip(_columns(table), table.numeric, strict=True)
    ]


def _least_of(cell: str, *, is_number: bool, is_strict: bool) -> float:
    whole = max(text_width(line, 1.0, bold=True) for line in cell.split("\n")) + SLACK
    if is_strict and is_number and any(character.isdigit() for character in cell):
        return min(whole, LONGEST_WORD)
    decent = DECENT if is_strict and not is_number else NARROWEST
    pieces = _PIECES.findall(cell)
    longest = max((text_width(piece, 1.0, bold=True) for piece in pieces), default=0.0) + SLACK
    return min(max(longest, min(decent, whole)), LONGEST_WORD)


def _total(ems: list[float], size: float) -> float:
    return sum(ems) * size + PADDING * len(ems)


def _shared(
    least: list[float], wanted: list[float], size: float, width: float
) -> Iterator[tuple[float, ...]]:
    """Yield widths that fill the page: short columns whole and long ones alike, or all in part."""
    room = (width - PADDING * len(least)) / size
    if sum(least) >= room:
        yield tuple(width * one / sum(least) for one in least)
        return
    for ems in (_levelled(least, wanted, room), _in_part(least, wanted, room)):
        spare = room / sum(ems)
        yield tuple(one * spare * size + PADDING for one in ems)


def _in_part(least: list[float], wanted: list[float], room: float) -> list[float]:
    """Return the least widths, and what is left in proportion to what each would still have."""
    more = [max(many - few, 0.0) for few, many in zip(least, wanted, strict=True)]
    share = (room - sum(least)) / (sum(more) or 1.0)
    return [few + share * one for few, one in zip(least, more, strict=True)]


def _levelled(least: list[float], wanted: list[float], room: float) -> list[float]:
    """Return the widths wanted, none above the one level at which all fit."""
    low, high = 0.0, WIDEST
    ems = wanted
    for _ in range(HALVINGS):
        level = (low + high) / 2
        ems = [max(few, min(many, level)) for few, many in zip(least, wanted, strict=True)]
        low, high = (level, high) if sum(ems) <= room else (low, level)
    return ems
