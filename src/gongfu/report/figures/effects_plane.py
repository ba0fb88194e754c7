"""Draws packages in the grow-divide plane: a labelled point each, with bars for its ranges."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from jaxtyping import Float

from gongfu.report.chart import Chart, Series
from gongfu.report.figures.lettering import text_width, wrap
from gongfu.report.figures.plane_ground import axes_share, draw_leader, lay_plane, to_points
from gongfu.report.figures.scales import write
from gongfu.report.figures.sheet import LINE, Margins, Preset, Sheet, open_sheet
from gongfu.report.figures.spread import place_labels
from gongfu.report.palette import FILL, PAPER, TEXT

__all__ = ["draw_effects_plane"]

POINT = 3.2  # radius of a point, in points of type


def draw_effects_plane(chart: Chart, preset: Preset) -> Sheet:
    """Return the sheet: hollow dots show the cake alone, filled ones with the household share."""
    margins = Margins(left=12 if preset.is_wide else 10, right=4, top=10, bottom=12)
    sheet = open_sheet(chart, preset, 92 if preset.is_wide else 82, margins)
    low, high = _limits(chart)
    sheet.axes.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]))
    lay_plane(sheet, low, high)
    for series in chart.series:
        _draw_package(sheet, series)
    _name_packages(sheet)
    return sheet


def _limits(chart: Chart) -> tuple[Float[np.ndarray, " 2"], Float[np.ndarray, " 2"]]:
    """Return lower and upper corner: points, ranges, zero, and room for names."""
    rows = [series.rows[0] for series in chart.series]
    xs, ys = ([_ends(row, axis) for row in rows] for axis in "xy")
    reach = np.array([[np.min(xs), np.min(ys)], [np.max(xs), np.max(ys)]])
    low, high = np.minimum(reach[0], 0.0), np.maximum(reach[1], 0.0)
    room = np.maximum(high - low, 1e-6)
    return low - 0.08 * room, high + np.array([0.10, 0.12]) * room


def _ends(row: Any, axis: str) -> tuple[float, float, float]:
    """Return the ends of a range and its point; without draws all three are the point."""
    value = float(row[axis])
    low, high = row[f"{axis}_low"], row[f"{axis}_high"]
    return (value if low is None else low), value, (value if high is None else high)


def _draw_package(sheet: Sheet, series: Series) -> None:
    axes, row, colour = sheet.axes, series.rows[0], FILL[series.role]
    (x_low, x, x_high), (y_low, y, y_high) = _ends(row, "x"), _ends(row, "y")
    axes.plot([x_low, x_high], [y, y], color=colour, lw=1.1, alpha=0.6, zorder=3)
    axes.plot([x, x], [y_low, y_high], color=colour, lw=1.1, alpha=0.6, zorder=3)
    axes.plot([row["cake"]], [y], ls="", marker="o", ms=4.5, mfc=PAPER, mec=colour, zorder=4)
    axes.plot([x], [y], ls="", marker="o", ms=2 * POINT, color=colour, mec=PAPER, mew=0.6, zorder=5)


def _name_packages(sheet: Sheet) -> None:
    """Write the names where they cover neither points nor ranges nor each other."""
    size = sheet.preset.text
    room = 130 if sheet.preset.is_wide else 74
    names = ["\n".join(wrap(series.label, size, room)) for series in sheet.chart.series]
    points = np.array(
        [to_points(sheet, s.rows[0]["x"], s.rows[0]["y"]) for s in sheet.chart.series]
    )
    sizes = np.array([_extent(name, size) for name in names])
    obstacles = np.array(list(_along_marks(sheet)))
    bounds = (sheet.plot_width, sheet.plot_height)
    labels = place_labels(points, sizes, bounds, POINT, obstacles)
    for i, (series, name, label) in enumerate(zip(sheet.chart.series, names, labels, strict=True)):
        place = (label.x, label.y)
        if label.needs_leader:
            corner = np.clip(points[i], place - sizes[i] / 2, place + sizes[i] / 2)
            draw_leader(sheet, points[i], corner, series.role)
        write(
            sheet, name, axes_share(sheet, place), frame="axes", size=size,
            colour=TEXT[series.role],
        )  # fmt: skip


def _extent(name: str, size: float) -> tuple[float, float]:
    lines = name.split("\n")
    return max(text_width(line, size) for line in lines) + 3, len(lines) * size * LINE


def _along_marks(sheet: Sheet) -> Iterator[tuple[float, float]]:
    """Yield places along ranges, hollow dots and zero lines, in points of type."""
    for series in sheet.chart.series:
        row = series.rows[0]
        (x_low, x, x_high), (y_low, y, y_high) = _ends(row, "x"), _ends(row, "y")
        yield to_points(sheet, row["cake"], y)
        yield from (to_points(sheet, place, y) for place in np.linspace(x_low, x_high, 24))
        yield from (to_points(sheet, x, place) for place in np.linspace(y_low, y_high, 24))
    left, level = to_points(sheet, 0.0, 0.0)
    yield from ((place, level) for place in np.arange(0.0, sheet.plot_width, 6.0))
    yield from ((left, place) for place in np.arange(0.0, sheet.plot_height, 6.0))
