"""The digital divide in the terminal: of a file's rows, and of the embedded figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from gongfu.cli.estimates_view import print_estimates, text_of
from gongfu.measure.divide import DivideTable

__all__ = ["print_divide", "print_embedded"]

_NAMES = {
    "mean": "均值",
    "difference": "差距",
    "ratio": "之比",
    "log-odds": "对数几率差",
    "concentration index": "集中指数",
    "years behind": "落后年数",
}
_AREAS = {"central": "Central\n中部", "west": "West\n西部", "northeast": "Northeast\n东北"}


def print_divide(table: DivideTable) -> None:
    """Print the estimates of a file on standard output."""
    print_estimates(f"Divide in {table.outcome} 差距", table.design, table.estimates, _NAMES)


def print_embedded(data: Mapping[str, Any], language: str) -> None:
    """Print the divide between regions in the embedded figures."""
    console = Console(markup=False, highlight=False)
    title = "数字鸿沟：公布数字" if language == "zh" else "Digital divide in published figures"
    console.print(text_of(title), style="bold")
    console.print(_ratios(data["divide"]["rows"], language))
    console.print(_lags(data["divide_lags"]["rows"], language))
    console.print(_groups(data["divide_groups"]["rows"], language))
    for name in ("divide", "divide_groups"):
        console.print(text_of(data[name]["note"]), style="dim")
    told = data["divide"]
    foot = f"evidence 证据: {told['evidence']}; uncertainty 不确定性: {told['uncertainty']}"
    console.print(text_of(foot), style="dim")


def _ratios(rows: list[dict[str, Any]], language: str) -> Table:
    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    grid.add_column("Indicator\n指标", overflow="fold")
    grid.add_column("Years\n年份", no_wrap=True)
    for head in ("East/West\n东部/西部", "Theil\n泰尔", "Concentration\n集中指数"):
        grid.add_column(head, justify="right", no_wrap=True)
    for own in _by_indicator(rows):
        first, last = own[0], own[-1]
        grid.add_row(
            text_of(first[f"short_{language}"]),
            f"{first['year']}\n{last['year']}",
            f"{first['ratio']:.2f}\n{last['ratio']:.2f}",
            f"{first['theil']:.3f}\n{last['theil']:.3f}",
            f"{first['concentration']:.3f}\n{last['concentration']:.3f}",
        )
    return grid


def _lags(rows: list[dict[str, Any]], language: str) -> Table:
    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, title_justify="left")
    grid.title = "落后东部的年数" if language == "zh" else "Years behind the East"
    grid.add_column("Indicator\n指标", overflow="fold")
    grid.add_column("Year\n年份", no_wrap=True)
    for head in _AREAS.values():
        grid.add_column(head, justify="right", no_wrap=True)
    for own in _by_indicator(rows):
        shown = {row["area"]: _years(row) for row in own}
        cells = (shown.get(area, "–") for area in _AREAS)
        grid.add_row(text_of(own[0][f"short_{language}"]), str(own[0]["year"]), *cells)
    return grid


def _groups(rows: list[dict[str, Any]], language: str) -> Table:
    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, title_justify="left")
    grid.title = "互联网普及率，%" if language == "zh" else "Internet users, %"
    grid.add_column("Group\n人群", overflow="fold")
    grid.add_column("Date\n时间", no_wrap=True)
    for head in ("Group\n人群", "Against\n比较对象", "Gap\n差距"):
        grid.add_column(head, justify="right", no_wrap=True)
    for row in rows:
        grid.add_row(
            text_of(f"{row[language]} / {row[f'reference_{language}']}"),
            f"{row['year']}-{row['month']:02d}",
            f"{row['value']:.1f}",
            f"{row['reference']:.1f}",
            f"{row['difference']:.1f}",
        )
    return grid


def _by_indicator(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    for _, own in groupby(rows, key=lambda row: row["indicator"]):
        yield list(own)


def _years(row: dict[str, Any]) -> str:
    return f"{row['lag']:.1f}" if row["lag"] is not None else f"> {row['at_least']:.1f}"
