"""Draws a matrix of shares: a number in each cell, coloured by size, with further rows below."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matplotlib.patches import Rectangle

from gongfu.report.catalogue.numbers import percent
from gongfu.report.chart import Chart
from gongfu.report.figures.scales import write
from gongfu.report.figures.sheet import Margins, Preset, Sheet, open_sheet
from gongfu.report.palette import INK, MUTED, PAPER, ink_on, scale_colour

__all__ = ["draw_matrix"]

_GAP = 0.45
"""Rows left free between the matrix and the rows below it."""


def draw_matrix(chart: Chart, preset: Preset) -> Sheet:
    """Return the sheet with the cells of the series ``cells`` and, below, the rows of ``below``.

    Rows of ``cells`` have ``row``, ``column`` (counted from 0), ``share`` and ``text`` (a second,
    smaller line); those of ``below`` the same with the name of their row as ``label``. The names
    of rows and columns stand in the rows of the series ``names``, top first.
    """
    names = chart.series_of("names").rows
    below = _below(chart)
    cell = (24.0, 12.5) if preset.is_wide else (12.5, 11.5)
    left = 42.0 if preset.is_wide else 24.0
    size = len(names)
    right = max(2.0, preset.width - left - size * cell[0])
    rows = size + (_GAP + len(below) if below else 0)
    sheet = open_sheet(chart, preset, rows * cell[1], Margins(left, right, 13, 3))
    sheet.axes.set(xlim=(0, size), ylim=(rows, 0))
    sheet.axes.set_axis_off()
    for place, name in enumerate(names):
        _name(sheet, name, place)
    for row in chart.series_of("cells").rows:
        _cell(sheet, row, float(row["row"]))
    for place, (label, cells) in enumerate(below.items()):
        top = size + _GAP + place
        write(sheet, label, (0, top + 0.5), shift=(-5, 0), ha="right")
        for row in cells:
            _cell(sheet, row, top)
    for key, x, shift in (("y", 0.0, -sheet.left), ("x", 0.0, 0.0)):
        lift = 22 if key == "x" else 8
        write(
            sheet, chart.axes[key].label, (x, 0), shift=(shift, lift), ha="left", va="baseline",
            colour=MUTED, size=preset.small,
        )  # fmt: skip
    return sheet


def _below(chart: Chart) -> dict[str, list[Mapping[str, Any]]]:
    out: dict[str, list[Mapping[str, Any]]] = {}
    for series in chart.series:
        if series.key == "below":
            for row in series.rows:
                out.setdefault(str(row["label"]), []).append(row)
    return out


def _name(sheet: Sheet, name: Mapping[str, Any], place: int) -> None:
    is_wide = sheet.preset.is_wide
    size = sheet.preset.text if is_wide else sheet.preset.small
    words = str(name["label" if is_wide else "short"])
    write(sheet, words, (0, place + 0.5), shift=(-5, 0), ha="right", size=size)
    write(sheet, str(name["short"]), (place + 0.5, 0), shift=(0, 5), va="baseline", size=size)


def _cell(sheet: Sheet, row: Mapping[str, Any], top: float) -> None:
    share, x = row["share"], float(row["column"])
    known = share is not None
    colour = scale_colour(share, 0.0, 1.0) if known else PAPER
    sheet.axes.add_patch(
        Rectangle(
            (x + 0.02, top + 0.03),
            0.96,
            0.94,
            facecolor=colour,
            lw=0.5,
            edgecolor="#b8c0c8",
            hatch=None if known else "////",
        )
    )
    if not known:
        return
    ink = ink_on(colour)
    shown = "0" if share == 0 else percent(share, 2)
    write(sheet, shown, (x + 0.5, top + (0.36 if row["text"] else 0.5)), colour=ink, bold=share > 0)
    if row["text"]:
        write(
            sheet, str(row["text"]), (x + 0.5, top + 0.74), colour=ink if known else INK,
            size=sheet.preset.small - (0 if sheet.preset.is_wide else 1.0),
        )  # fmt: skip
