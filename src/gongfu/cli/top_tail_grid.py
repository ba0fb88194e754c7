"""The data of a tail plot as a grid: a line per share of people at the top."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from gongfu.cli.estimate_grid import console_text
from gongfu.core import Estimate
from gongfu.measure.table_view import digits, number_text

__all__ = ["tail_grid"]


def tail_grid(points: Sequence[Estimate], title: str, between: str) -> Table:
    """Return threshold, tail index and mean excess by top share; errors in brackets.

    Parameters
    ----------
    points : named ``hill(5)``, ``mean-excess(5)`` and ``p95``.
    between : what stands between English and Chinese.
    """
    found = {one.measure: one for one in points}
    tops = [name[5:-1] for name in found if name.startswith("hill(")]
    grid = Table(box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    grid.title = console_text(f"{title} (errors in brackets)")
    for en, zh in (
        ("Top %", "顶端"),
        ("Threshold", "起点"),
        ("Tail index", "尾指数"),
        ("Mean excess", "平均超额"),
    ):
        grid.add_column(f"{en}{between}{zh}", justify="right", no_wrap=True)
    for top in tops:
        names = (f"p{100 - float(top):.10g}", f"hill({top})", f"mean-excess({top})")
        grid.add_row(top, *(_with_error(found[name]) for name in names))
    return grid


def _with_error(found: Estimate) -> Text:
    decimals = digits(found)
    value = number_text(found.value, decimals)
    if found.standard_error is None:
        return console_text(value)
    return console_text(f"{value} ({number_text(found.standard_error, decimals)})")
