"""Inequality estimates as tables for the terminal, one per group, readable at 60 columns."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from gongfu.core import Estimate
from gongfu.data.plain_text import plain
from gongfu.measure.catalogue import named_measures
from gongfu.measure.table_result import InequalityTable
from gongfu.measure.table_view import digits, foot_lines, interval_text, number_text

__all__ = ["print_table"]

_WIDE = 90
"""Columns of a terminal from which English and Chinese stand on one line."""

_PARTS = {"total": "合计", "within": "组内", "net between": "组间净值", "overlap": "超变密度"}


def print_table(table: InequalityTable) -> None:
    """Print the estimates on standard output."""
    console = Console(markup=False, highlight=False)
    between = " " if console.width >= _WIDE else "\n"
    console.print(_text(f"Inequality of {table.income} 不平等测度"), style="bold")
    console.print(_text(table.design))
    for group, estimates in groupby(table.estimates, key=lambda found: found.group):
        console.print(_grid(group, list(estimates), between))
    if table.parts:
        console.print(_grid("Decomposition 分解", list(table.parts), between))
    for line in [*foot_lines(table), *_conventions(table)]:
        console.print(_text(line), style="dim")


def _grid(title: str | None, estimates: list[Estimate], between: str) -> Table:
    rows = f"{estimates[0].n:,} rows"
    grid = Table(box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    grid.title = _text(rows if title is None else f"{title} ({rows})")
    grid.add_column(f"Measure{between}指标", overflow="fold")
    grid.add_column(f"Value{between}值", justify="right", no_wrap=True)
    interval = estimates[0].interval
    if interval is not None:
        grid.add_column(f"Error{between}标准误", justify="right", no_wrap=True)
        grid.add_column(f"{100 * interval.level:g} % interval{between}置信区间", no_wrap=True)
    for found in estimates:
        grid.add_row(*_cells(found, between))
    return grid


def _cells(found: Estimate, between: str) -> Iterator[Text]:
    decimals = digits(found)
    yield Text(between).join(_text(part) for part in _label(found.measure))
    yield _text(number_text(found.value, decimals))
    if found.interval is not None:
        yield _text(number_text(found.standard_error, decimals))
        yield _text(interval_text(found))


def _label(name: str) -> tuple[str, str]:
    kind, _, part = name.partition(" ")
    if not part:
        measure = named_measures([name])[0]
        return measure.en, measure.zh
    return f"{kind} {part}", _PARTS.get(part, "组间")


def _conventions(table: InequalityTable) -> list[str]:
    names: dict[str, list[str]] = {}
    errors: dict[str, None] = {}
    for found in (*table.estimates, *table.parts):
        convention, _, error = found.convention.partition("; error: ")
        names.setdefault(convention, []).append(found.measure)
        errors.setdefault(error)
    lines = [f"{', '.join(dict.fromkeys(those))}: {how}" for how, those in names.items()]
    return [*lines, *(f"error: {words}" for words in list(errors)[:1] if words)]


def _text(text: str) -> Text:
    return Text(plain(text, limit=500))
