"""Multidimensional poverty for the terminal: people, indicators, groups and cut-offs."""

from __future__ import annotations

from itertools import groupby

from rich import box
from rich.table import Table

from gongfu.cli.estimate_grid import console_text, convention_lines, estimate_grid, open_console
from gongfu.core import Estimate
from gongfu.measure.poverty.deprivation_result import DeprivationTable
from gongfu.measure.table_view import digits, number_text

__all__ = ["print_deprivation"]

_MEASURES = {
    "H": ("H, share of poor people", "贫困人口比例"),
    "A": ("A, intensity of the poor", "平均剥夺强度"),
    "M0": ("M0 = H A", "多维贫困指数"),
}
_KINDS = {
    "deprived": "剥夺比例",
    "poor and deprived": "贫困且剥夺比例",
    "contribution": "对M0的贡献",
    "people in": "人口份额",
    "contribution of": "对M0的贡献",
}


def print_deprivation(table: DeprivationTable) -> None:
    """Print the estimates on standard output."""
    console, between = open_console()
    console.print(console_text(f"{table.spec.en} {table.spec.zh}: k = {table.k:g}"), style="bold")
    console.print(console_text(table.design))
    for group, estimates in groupby(table.estimates, key=lambda found: found.group):
        console.print(estimate_grid(group, list(estimates), _label, between))
    console.print(estimate_grid("Indicators 指标", table.indicators, _label, between))
    if table.groups:
        console.print(estimate_grid("Groups 各组", table.groups, _label, between))
    console.print(_cutoffs(table, between))
    for line in _foot(table):
        console.print(console_text(line), style="dim")


def _label(found: Estimate) -> tuple[str, str]:
    if found.measure in _MEASURES:
        return _MEASURES[found.measure]
    kinds = [kind for kind in _KINDS if found.measure.startswith(f"{kind} ")]
    return found.measure, _KINDS[max(kinds, key=len)] if kinds else ""


def _cutoffs(table: DeprivationTable, between: str) -> Table:
    grid = Table(box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    grid.title = console_text("Other cut-offs 其他临界值")
    grid.add_column("k", justify="right")
    for name, zh in (("H", "比例"), ("A", "强度"), ("M0", "指数"), ("M0 error", "标准误")):
        grid.add_column(f"{name}{between}{zh}", justify="right", no_wrap=True)
    for k, estimates in table.cutoffs:
        found = {one.measure: one for one in estimates if one.group is None}
        values = [number_text(found[name].value, 3) if name in found else "" for name in _MEASURES]
        m0 = found["M0"]
        grid.add_row(f"{k:.3g}", *values, number_text(m0.standard_error, digits(m0)))
    return grid


def _foot(table: DeprivationTable) -> list[str]:
    first = table.estimates[0]
    lines = [
        f"{one.name}: weight {one.weight:.3g}, deprived when {one.words}"
        for one in table.spec.indicators
    ]
    lines.append(
        f"year {first.year or 'not given'}; evidence: {first.evidence}; "
        f"uncertainty: {first.uncertainty}"
    )
    if table.robust is not None:
        lines.append(
            f"of {table.robust.pairs} pairs of groups {table.robust.apart} differ in M0 beyond "
            f"their error at k = {table.k:g}; {table.robust.kept} of these keep their order at "
            "every cut-off above."
        )
    lines += [f"not possible here: {lack.measure}: {lack.reason}" for lack in table.skipped[:5]]
    return [*lines, *convention_lines(table.estimates)]
