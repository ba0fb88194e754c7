"""Curves and small tables of words on the terminal, readable at 60 columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float
from rich import box
from rich.table import Table

from gongfu.cli.estimate_grid import console_text, open_console
from gongfu.measure.curves import JointErrors

__all__ = ["curve_grid", "print_grid", "words_grid"]


def curve_grid(
    at: Float[np.ndarray, " point"],
    errors: JointErrors,
    name: str,
    *,
    percent: bool = False,
    head: str = "Rank 位次",
    at_digits: int = 2,
) -> Table:
    """Return points of a curve with both bands; with ``percent``, values times 100.

    Parameters
    ----------
    name : of the values.
    head, at_digits : name and decimals of the first column.
    """
    scale = 100.0 if percent else 1.0
    digits = _digits(errors, scale)
    bands = [errors.band(), errors.band(uniform=True)]
    rows = []
    for i, place in enumerate(at):
        ends = [
            " to ".join(f"{scale * float(edge[i]):,.{digits}f}" for edge in band) for band in bands
        ]
        value = f"{scale * float(errors.value[i]):,.{digits}f}"
        rows.append((f"{float(place):,.{at_digits}f}", value, *ends))
    return words_grid((head, name, "One point 逐点", "All points 整条"), rows)


def words_grid(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """Return rows of words; all columns but the first are set to the right."""
    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for i, head in enumerate(heads):
        words = "\n".join(head.rsplit(" ", 1)) if " " in head else head
        grid.add_column(words, justify="right" if i else "left")
    for row in rows:
        grid.add_row(*(console_text(cell) for cell in row))
    return grid


def print_grid(
    title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], feet: Sequence[str]
) -> None:
    """Print a title, rows of words, and lines below them."""
    console, _ = open_console()
    console.print(console_text(title), style="bold")
    console.print(words_grid(heads, rows))
    for line in feet:
        console.print(console_text(line), style="dim")


def _digits(errors: JointErrors, scale: float) -> int:
    size = scale * float(np.median(errors.standard_error))
    size = size or scale * float(np.abs(errors.value).max()) / 100
    return 4 if size <= 0 else int(min(max(1 - np.floor(np.log10(size)), 0), 8))
