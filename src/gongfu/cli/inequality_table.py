"""Inequality estimates as tables for the terminal, one per group, readable at 60 columns."""

from __future__ import annotations

from itertools import groupby

from gongfu.cli.estimate_grid import console_text, convention_lines, estimate_grid, open_console
from gongfu.core import Estimate
from gongfu.measure.catalogue import named_measures
from gongfu.measure.table_result import InequalityTable
from gongfu.measure.table_view import foot_lines

__all__ = ["print_table"]

_PARTS = {"total": "合计", "within": "组内", "net between": "组间净值", "overlap": "超变密度"}


def print_table(table: InequalityTable) -> None:
    """Print the estimates on standard output."""
    console, between = open_console()
    console.print(console_text(f"Inequality of {table.income} 不平等测度"), style="bold")
    console.print(console_text(table.design))
    for group, estimates in groupby(table.estimates, key=lambda found: found.group):
        console.print(estimate_grid(group, list(estimates), _label, between))
    if table.parts:
        console.print(estimate_grid("Decomposition 分解", list(table.parts), _label, between))
    for line in [*foot_lines(table), *convention_lines([*table.estimates, *table.parts])]:
        console.print(console_text(line), style="dim")


def _label(found: Estimate) -> tuple[str, str]:
    kind, _, part = found.measure.partition(" ")
    if not part:
        measure = named_measures([found.measure])[0]
        return measure.en, measure.zh
    return f"{kind} {part}", _PARTS.get(part, "组间")
