"""Tables of poverty, polarisation and top tails for the terminal, one grid per group."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from gongfu.cli.estimate_grid import console_text, convention_lines, estimate_grid, open_console
from gongfu.core import Estimate
from gongfu.data.plain_text import plain
from gongfu.measure.catalogue import named_measures
from gongfu.measure.estimate_table import EstimateTable
from gongfu.measure.table_view import foot_lines

if TYPE_CHECKING:
    from gongfu.measure.poverty.deprivation_result import DeprivationTable
    from gongfu.report.charts.measures.origin import Origin

__all__ = ["print_estimate_table", "table_origin"]

_WORDS = {
    "line": ("Poverty line", "贫困线"),
    "threshold": ("Threshold, top %", "顶端起点"),
    "people": ("People above", "以上人口份额"),
    "income": ("Income above", "以上收入份额"),
    "esteban-ray": ("Esteban-Ray", "ER极化指数"),
}
"""Names that only tables have: what stands before the bracket."""


def print_estimate_table(table: EstimateTable, zh: str, parts: str) -> None:
    """Print a table on standard output.

    Parameters
    ----------
    zh : its subject in Chinese.
    parts : title of the grid of its parts.
    """
    console, between = open_console()
    console.print(console_text(f"{table.subject} of {table.income} {zh}"), style="bold")
    console.print(console_text(table.design))
    for group, estimates in groupby(table.estimates, key=lambda found: found.group):
        console.print(estimate_grid(group, list(estimates), _label, between))
    if table.parts:
        console.print(estimate_grid(parts, list(table.parts), _label, between))
    for line in [*foot_lines(table), *convention_lines([*table.estimates, *table.parts])]:
        console.print(console_text(line), style="dim")


def table_origin(table: EstimateTable | DeprivationTable, file: Path) -> Origin:
    """Return what a figure says of the rows of a table."""
    from gongfu.report.charts.measures.origin import Origin

    first = table.estimates[0]
    return Origin(
        file=plain(file.name),
        evidence=first.evidence,
        uncertainty=first.uncertainty,
        design=table.design.removeprefix("weighted, "),
    )


def _label(found: Estimate) -> tuple[str, str]:
    name, _, group = found.measure.partition(" in ")
    kind, _, inside = name.partition("(")
    if kind in _WORDS:
        en, zh = _WORDS[kind]
        return f"{en} ({inside}", zh
    measure = named_measures([name])[0]
    return (f"{group}: {measure.en}", measure.zh) if group else (measure.en, measure.zh)
