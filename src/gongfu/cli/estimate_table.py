"""Tables of poverty, polarisation and top tails for the terminal, one grid per group."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from rich.table import Table

from gongfu.cli.estimate_grid import console_text, convention_lines, estimate_grid, open_console
from gongfu.core import Estimate
from gongfu.data.plain_text import plain
from gongfu.measure.catalogue import named_measures
from gongfu.measure.estimate_table import EstimateTable
from gongfu.measure.table_view import foot_lines

if TYPE_CHECKING:
    from gongfu.measure.poverty.deprivation_result import DeprivationTable
    from gongfu.measure.table_result import InequalityTable
    from gongfu.report.charts.measures.origin import Origin

__all__ = ["draw_estimates", "print_estimate_table", "table_origin"]

_WORDS = {
    "line": ("Poverty line", "贫困线"),
    "threshold": ("Threshold, top %", "顶端起点"),
    "people": ("People above", "以上人口份额"),
    "income": ("Income above", "以上收入份额"),
    "esteban-ray": ("Esteban-Ray", "ER极化指数"),
}
"""Names that only tables have: what stands before the bracket."""


PartsGrid: TypeAlias = Callable[[Sequence[Estimate], str, str], Table]
"""Makes a grid of parts, given its title and what stands between English and Chinese."""


def print_estimate_table(
    table: EstimateTable, zh: str, parts: str, grid: PartsGrid | None = None
) -> None:
    """Print a table on standard output.

    Parameters
    ----------
    zh : its subject in Chinese.
    parts : title of the grid of its parts.
    grid : of the parts, where they are more than a list.
    """
    console, between = open_console()
    console.print(console_text(f"{table.subject} of {table.income} {zh}"), style="bold")
    console.print(console_text(table.design))
    for group, estimates in groupby(table.estimates, key=lambda found: found.group):
        console.print(estimate_grid(group, list(estimates), _label, between))
    if table.parts:
        made = grid or _listed
        console.print(made(table.parts, parts, between))
    said = table.estimates if grid else (*table.estimates, *table.parts)
    for line in [*foot_lines(table), *convention_lines(said)]:
        console.print(console_text(line), style="dim")


def _listed(parts: Sequence[Estimate], title: str, between: str) -> Table:
    return estimate_grid(title, parts, _label, between)


def table_origin(table: EstimateTable | DeprivationTable | InequalityTable, file: Path) -> Origin:
    """Return what a figure says of the rows of a table."""
    from gongfu.report.charts.measures.origin import Origin

    first = table.estimates[0]
    return Origin(
        file=plain(file.name),
        evidence=first.evidence,
        uncertainty=first.uncertainty,
        design=table.design.removeprefix("weighted, "),
    )


def draw_estimates(
    table: EstimateTable | InequalityTable, file: Path, figure: Path, language: str, *, force: bool
) -> None:
    """Draw the estimates of a table: one measure over groups, or the indices of all rows."""
    from gongfu.cli.figure import write_figure
    from gongfu.report.charts.measures.estimates import estimates_chart

    origin = table_origin(table, file)
    write_figure(estimates_chart(table.estimates, origin, language), figure, force=force)


def _label(found: Estimate) -> tuple[str, str]:
    name, _, group = found.measure.partition(" in ")
    kind, _, inside = name.partition("(")
    if kind in _WORDS:
        en, zh = _WORDS[kind]
        return f"{en} ({inside}", zh
    measure = named_measures([name])[0]
    return (f"{group}: {measure.en}", measure.zh) if group else (measure.en, measure.zh)
