"""Draws paths over the years in the plane of two indices."""

from __future__ import annotations

import numpy as np

from gongfu.report.chart import Chart
from gongfu.report.figures.lettering import text_width
from gongfu.report.figures.path_marks import draw_path, name_paths, name_years
from gongfu.report.figures.scales import draw_x_ticks, draw_y_ticks, write
from gongfu.report.figures.sheet import Margins, Preset, Sheet, open_sheet
from gongfu.report.figures.ticks import index_ticks

__all__ = ["draw_paths"]


def draw_paths(chart: Chart, preset: Preset) -> Sheet:
    """Return the sheet with a path per series, its name at its end and some years along one."""
    margins = Margins(
        left=13 if preset.is_wide else 11, right=40 if preset.is_wide else 22, top=10, bottom=12
    )
    sheet = open_sheet(chart, preset, 82 if preset.is_wide else 74, margins)
    places = np.array(
        [[row["x"], row["y"]] for series in chart.series for row in series.rows], dtype=float
    )
    low, high = places.min(axis=0), places.max(axis=0)
    room = np.maximum(high - low, 1e-6) * 0.06
    low, high = low - room, high + room
    sheet.axes.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]))
    draw_x_ticks(sheet, index_ticks(low[0], high[0], 8 if preset.is_wide else 4), grid=True)
    draw_y_ticks(sheet, index_ticks(low[1], high[1], 6))
    for side in ("left", "bottom"):
        sheet.axes.spines[side].set_visible(False)
    _name_axes(sheet)
    for series in chart.series:
        draw_path(sheet, series)
    name_paths(sheet, chart.series)
    name_years(sheet, chart.series)
    return sheet


def _name_axes(sheet: Sheet) -> None:
    """Write the vertical axis' name above its ticks, level, and the other one below, at right."""
    x, y = sheet.chart.axes["x"], sheet.chart.axes["y"]
    words = f"{x.label} →"
    overhang = max(0.0, text_width(words, sheet.preset.text) - sheet.plot_width)
    write(sheet, words, (1, 0), frame="axes", shift=(overhang, -27), ha="right", va="baseline")
    write(sheet, f"↑ {y.label}", (0, 1), frame="axes", shift=(-sheet.left, 12), ha="left",
          va="baseline")  # fmt: skip
