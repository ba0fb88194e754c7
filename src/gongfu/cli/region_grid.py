"""Grids of numbers about regions for the terminal, readable at 60 columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich import box
from rich.cells import cell_len
from rich.table import Table

from gongfu.cli.estimate_grid import console_text, open_console

__all__ = ["chance", "number", "print_grid", "print_line", "range_words"]

_LARGE = 1000.0

_NAME = 12
"""Columns that the name of a region keeps, however narrow the terminal."""


def print_grid(
    title: str, heads: Sequence[str], rows: Iterable[Sequence[str]], *, words: Sequence[int] = (0,)
) -> None:
    """Print rows under heads.

    Parameters
    ----------
    words : columns of text, set to the left; all others hold numbers.
    """
    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, title_justify="left")
    grid.title = console_text(title) if title else None
    cells = [list(row) for row in rows]
    for i, head in enumerate(heads):
        is_text = i in words
        longest = max((cell_len(row[i]) for row in cells), default=0)
        grid.add_column(
            console_text(head),
            justify="left" if is_text else "right",
            overflow="fold",
            no_wrap=not is_text,
            min_width=min(longest, _NAME) if is_text else None,
        )
    for row in cells:
        grid.add_row(*map(console_text, row))
    open_console()[0].print(grid)


def print_line(text: str) -> None:
    """Print a sentence, wrapped to the terminal; nothing for an empty one."""
    if text:
        open_console()[0].print(console_text(text))


def number(value: float, digits: int = 3) -> str:
    """Return a number with decimals, none for large ones; a dash for one that does not exist."""
    if not abs(value) < float("inf"):
        return "-"
    return f"{value:,.0f}" if abs(value) >= _LARGE else f"{value:,.{digits}f}"


def chance(p: float) -> str:
    """Return a p-value as papers print it."""
    return "<.001" if p < 0.0005 else f"{p:.3f}".removeprefix("0")


def range_words(low: float, high: float, digits: int = 3) -> str:
    """Return an interval such as ``0.1 to 0.3``."""
    return f"{number(low, digits)} ~ {number(high, digits)}"
