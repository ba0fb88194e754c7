"""Draws packages in the grow-divide plane: a labelled point each, with bars for its ranges."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from jaxtyping import Float

from gongfu.report.chart import Chart, Series
from gongfu.report.figures.beside import place_beside
from gongfu.report.figures.lettering import text_width, wrap
from gongfu.report.figures.path_marks import MARKERS
from gongfu.report.figures.plane_ground import axes_share, draw_leader, lay_plane, to_points
from gongfu.report.figures.scales import write
from gongfu.report.figures.sheet import LINE, Margins, Preset, Sheet, open_sheet
from gongfu.report.palette import FILL, PAPER, TEXT

__all__ = ["draw_effects_plane"]

POINT = 3.2  # radius of a point, in points of type


def draw_effects_plane(chart: Chart, preset: Preset) -> Sheet:
    """Return the sheet: hollow dots show the cake alone, filled ones with the household share."""
    margins = Margins(left=12 if preset.is_wide else 10, right=4, top=10, bottom=12)
    sheet = open_sheet(chart, preset, 84 if preset.is_wide else 80, margins)
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
    return low - np.array([0.10, 0.14]) * room, high + np.array([0.10, 0.12]) * room


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
    shape: Any = {"ls": "", "marker": MARKERS[series.role]}
    axes.plot([row["cake"]], [y], ms=4.5, mfc=PAPER, mec=colour, zorder=4, **shape)
    axes.plot([x], [y], ms=2 * POINT, color=colour, mec=PAPER, mew=0.6, zorder=5, **shape)


def _name_packages(sheet: Sheet) -> None:
    """Write the names at the ends of the ranges, over neither marks nor each other."""
    size = sheet.preset.text
    room = 190 if sheet.preset.is_wide else 74
    marks = sheet.chart.series
    names = ["\n".join(wrap(series.label, size, room)) for series in marks]
    reaches = np.array([_reach(sheet, one.rows[0]) for one in marks])
    sizes = np.array([_extent(name, size) for name in names])
    centres = place_beside(
        np.array([to_points(sheet, one.rows[0]["x"], one.rows[0]["y"]) for one in marks]),
        reaches,
        sizes,
        (sheet.plot_width, sheet.plot_height),
        np.array([(*place, owner) for place, owner in _obstacles(sheet)]),
    )
    for i, (series, name) in enumerate(zip(marks, names, strict=True)):
        place = axes_share(sheet, centres[i].tolist())
        _lead_to(sheet, series, reaches[i], centres[i], sizes[i])
        write(sheet, name, place, frame="axes", size=size, colour=TEXT[series.role])


def _reach(sheet: Sheet, row: Any) -> tuple[float, float, float, float]:
    """Return left, lower, right and upper end of a mark in points of type."""
    (x_low, x, x_high), (y_low, y, y_high) = _ends(row, "x"), _ends(row, "y")
    left, bottom = to_points(sheet, min(x_low, row["cake"]), y_low)
    right, top = to_points(sheet, max(x_high, row["cake"]), y_high)
    across, level = to_points(sheet, x, y)
    return (
        min(left, across - POINT), min(bottom, level - POINT),
        max(right, across + POINT), max(top, level + POINT),
    )  # fmt: skip


def _extent(name: str, size: float) -> tuple[float, float]:
    lines = name.split("\n")
    return max(text_width(line, size) for line in lines) + 3, len(lines) * size * LINE


def _lead_to(
    sheet: Sheet,
    series: Series,
    reach: Float[np.ndarray, " 4"],
    centre: Float[np.ndarray, " 2"],
    size: Float[np.ndarray, " 2"],
) -> None:
    """Draw a thin line from the end of an arm to a name that stands a line away from it."""
    across = to_points(sheet, series.rows[0]["x"], 0.0)[0]
    is_above = centre[1] > reach[3]
    end = reach[3] if is_above else reach[1]
    edge = float(centre[1] - size[1] / 2 if is_above else centre[1] + size[1] / 2)
    if (is_above or centre[1] < reach[1]) and abs(edge - end) > size[1] / 3:
        draw_leader(sheet, (across, float(end)), (across, edge), series.role)


def _obstacles(sheet: Sheet) -> Iterator[tuple[tuple[float, float], int]]:
    """Yield places in points of type that a name should not cover, with the mark they are of."""
    for i, series in enumerate(sheet.chart.series):
        row = series.rows[0]
        (x_low, x, x_high), (y_low, y, y_high) = _ends(row, "x"), _ends(row, "y")
        yield to_points(sheet, row["cake"], y), i
        yield from ((to_points(sheet, place, y), i) for place in np.linspace(x_low, x_high, 24))
        yield from ((to_points(sheet, x, place), i) for place in np.linspace(y_low, y_high, 24))
    left, level = to_points(sheet, 0.0, 0.0)
    yield from (((place, level), -1) for place in np.arange(0.0, sheet.plot_width, 10.0))
    yield from (((left, place), -1) for place in np.arange(0.0, sheet.plot_height, 10.0))
    for shade in sheet.chart.shades:  # its name stands at the quadrant's upper left
        reach = text_width(shade.label, sheet.preset.text) + 5
        top = sheet.plot_height - 5 - sheet.preset.text * LINE / 2
        yield from (((left + place, top), -1) for place in np.arange(0.0, reach, 4.0))
