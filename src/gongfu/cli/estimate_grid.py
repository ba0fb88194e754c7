"""Grids of estimates for the terminal, readable at 60 columns, and the lines below them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from gongfu.core import Estimate
from gongfu.data.plain_text import plain
from gongfu.measure.table_view import digits, interval_text, number_text

__all__ = ["Label", "console_text", "convention_lines", "estimate_grid", "open_console"]

Label: TypeAlias = Callable[[Estimate], tuple[str, str]]
"""What an estimate is called in English and in Chinese."""

_WIDE = 90
"""Columns of a terminal from which English and Chinese stand on one line."""


def open_console() -> tuple[Console, str]:
    """Return standard output as a terminal, and what stands between English and Chinese on it."""
    console = Console(markup=False, highlight=False)
    return console, " " if console.width >= _WIDE else "\n"


def estimate_grid(
    title: str | None, estimates: Sequence[Estimate], label: Label, between: str
) -> Table:
    """Return estimates as a grid of name, value, error and interval.

    Parameters
    ----------
    title : above the grid, with the number of rows the first estimate used.
    between : what stands between English and Chinese, as ``open_console`` says.
    """
    rows = f"{estimates[0].n:,} rows"
    grid = Table(box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    grid.title = console_text(rows if title is None else f"{title} ({rows})")
    grid.add_column(f"Measure{between}指标", overflow="fold")
    grid.add_column(f"Value{between}值", justify="right", no_wrap=True)
    interval = estimates[0].interval
    if interval is not None:
        grid.add_column(f"Error{between}标准误", justify="right", no_wrap=True)
        grid.add_column(f"{100 * interval.level:g} % interval{between}置信区间", no_wrap=True)
    for found in estimates:
        grid.add_row(*_cells(found, label, between))
    return grid


def convention_lines(estimates: Sequence[Estimate]) -> list[str]:
    """Return the choices behind the numbers, each once with the measures that share it."""
    names: dict[str, list[str]] = {}
    errors: dict[str, None] = {}
    for found in estimates:
        convention, _, error = found.convention.partition("; error: ")
        names.setdefault(convention, []).append(found.measure)
        errors.setdefault(error)
    lines = [f"{', '.join(dict.fromkeys(those))}: {how}" for how, those in names.items()]
    return [*lines, *(f"error: {words}" for words in list(errors)[:1] if words)]


def console_text(text: str) -> Text:
    """Return text from anywhere as text that commands nothing to the terminal."""
    return Text(plain(text, limit=500))


def _cells(found: Estimate, label: Label, between: str) -> Iterator[Text]:
    decimals = digits(found)
    yield Text(between).join(console_text(part) for part in label(found) if part)
    yield console_text(number_text(found.value, decimals))
    if found.interval is not None:
        yield console_text(number_text(found.standard_error, decimals))
        yield console_text(interval_text(found))
