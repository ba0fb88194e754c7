"""Access in the terminal: a summary, and the places that are served worst."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table

from gongfu.cli.estimates_view import text_of
from gongfu.measure.access import AccessTable

__all__ = ["print_access"]

_WORST = 10
"""Places listed."""

_NAMES = {
    "people": ("People", "人数"),
    "mean_access": ("Supply per person, mean", "人均供给（均值）"),
    "gini": ("Gini of access between people", "可达性基尼系数"),
    "unserved_share": ("Share of people without supply in reach", "无服务人口占比"),
    "supply_in_reach": ("Supply that people reach", "可及供给"),
    "supply_unreached_places": ("Places of supply nobody reaches", "无人可及的供给点"),
    "conservation_gap": ("Supply in reach lost to distance, share", "因距离损失的供给占比"),
}


def print_access(table: AccessTable) -> None:
    """Print summary and worst places on standard output."""
    console = Console(markup=False, highlight=False)
    console.print(text_of("Access to supply 服务可达性"), style="bold")
    console.print(text_of(table.convention))
    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_header=False)
    grid.add_column(overflow="fold")
    grid.add_column(justify="right", no_wrap=True)
    for key, value in table.summary.items():
        en, zh = _NAMES[key]
        shown = 0.0 if value is not None and abs(value) < 1e-12 else value
        grid.add_row(f"{en} {zh}", "–" if shown is None else f"{shown:,.6g}")
    console.print(grid)
    console.print(_worst(table))
    foot = (
        "evidence 证据: observed; no published error 无公布误差; access 可达性: supply per person"
    )
    console.print(text_of(foot), style="dim")


def _worst(table: AccessTable) -> Table:
    places = table.places.sort("access", "id").head(_WORST)
    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, title_justify="left")
    grid.title = text_of(f"Served worst 可达性最低 ({places.height} of {table.places.height})")
    grid.add_column("Place\n地点", overflow="fold")
    for head in ("People\n人数", "Access\n可达性", f"Nearest, {table.unit}\n最近"):
        grid.add_column(head, justify="right", no_wrap=True)
    for row in places.iter_rows(named=True):
        nearest = "–" if row["nearest"] is None else f"{row['nearest']:,.1f}"
        grid.add_row(text_of(row["id"]), f"{row['people']:,.0f}", f"{row['access']:.4g}", nearest)
    return grid
