"""Estimates of several measures, groups and years as one table, readable at 60 columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from gongfu.core import Estimate
from gongfu.data.plain_text import plain
from gongfu.measure.table_view import digits, interval_text, number_text

__all__ = ["print_estimates", "text_of"]

_WIDE = 90
"""Columns of a terminal from which intervals and notes have room."""


def print_estimates(
    title: str, design: str, estimates: Iterable[Estimate], names: Mapping[str, str]
) -> None:
    """Print estimates on standard output.

    Parameters
    ----------
    design : how the rows were sampled.
    names : Chinese for the English words of measures.
    """
    found = list(estimates)
    console = Console(markup=False, highlight=False)
    console.print(text_of(title), style="bold")
    console.print(text_of(design))
    if not found:
        console.print("nothing to report 没有结果")
        return
    console.print(_grid(found, names, is_wide=console.width >= _WIDE))
    for line in _foot(found):
        console.print(text_of(line), style="dim")


def text_of(words: str) -> Text:
    """Return words without control characters or markup."""
    return Text(plain(words, limit=500))


def _grid(found: list[Estimate], names: Mapping[str, str], *, is_wide: bool) -> Table:
    has = {
        "year": any(one.year is not None for one in found),
        "group": any(one.group is not None for one in found),
        "error": any(one.standard_error is not None for one in found),
        "interval": is_wide and any(one.interval is not None for one in found),
        "note": is_wide and any(one.note for one in found),
    }
    heads = {
        "year": "Year\n年份",
        "measure": "Measure\n指标",
        "group": "Group\n组",
        "value": "Value\n值",
        "unit": "Unit\n单位",
        "error": "Error\n标准误",
        "interval": "Interval\n置信区间",
        "note": "Note\n说明",
    }
    shown = [key for key in heads if has.get(key, True)]
    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for key in shown:
        is_number = key in ("value", "error")
        grid.add_column(
            heads[key],
            justify="right" if is_number else "left",
            no_wrap=is_number,
            overflow="fold",
        )
    for one in found:
        cells = dict(_cells(one, names))
        grid.add_row(*(text_of(cells[key]) for key in shown))
    return grid


def _cells(one: Estimate, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    decimals = digits(one) if one.value == one.value else 0
    zh = names.get(one.measure.split(" by ")[0], "")
    yield "year", "" if one.year is None else str(one.year)
    yield "measure", f"{one.measure} {zh}".strip()
    yield "group", one.group or ""
    yield "value", number_text(one.value, decimals) if one.value == one.value else "–"
    yield "unit", one.unit
    yield "error", number_text(one.standard_error, decimals)
    yield "interval", interval_text(one)
    yield "note", one.note or ""


def _foot(found: list[Estimate]) -> Iterator[str]:
    evidence = dict.fromkeys(f"{one.evidence}" for one in found)
    uncertainty = dict.fromkeys(f"{one.uncertainty}" for one in found)
    levels = {one.interval.level for one in found if one.interval is not None}
    parts = [f"evidence 证据: {', '.join(evidence)}"]
    parts.append(f"uncertainty 不确定性: {', '.join(uncertainty)}")
    parts += [f"intervals 区间: {100 * level:g} %" for level in levels]
    yield "; ".join(parts)
    conventions = dict.fromkeys(one.convention for one in found)
    yield (
        f"convention 口径: {next(iter(conventions))}"
        if len(conventions) == 1
        else ("conventions of each measure stand in --json; 各指标口径见 --json")
    )
