"""What lies under every grow-divide plane: quadrant, zero lines, ticks, equal prosperity."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gongfu.report.chart import Axis, Role
from gongfu.report.figures.lettering import text_width
from gongfu.report.figures.scales import draw_x_ticks, draw_y_ticks, write
from gongfu.report.figures.sheet import Sheet
from gongfu.report.figures.ticks import Tick, effect_ticks, log_percent_ticks
from gongfu.report.palette import FILL, MUTED, TEXT

__all__ = ["axes_share", "draw_leader", "lay_plane", "to_points"]

QUADRANT = "#eff5fa"


def lay_plane(sheet: Sheet, low: np.ndarray, high: np.ndarray) -> None:
    """Draw what lies under the marks: quadrant, zero lines, ticks, lines of equal prosperity."""
    axes, preset = sheet.axes, sheet.preset
    for shade in sheet.chart.shades:
        left, bottom = max(low[0], shade.x_low or 0.0), max(low[1], shade.y_low or 0.0)
        axes.fill_between([left, high[0]], bottom, high[1], color=QUADRANT, lw=0, zorder=0)
    axes.axhline(0, color=MUTED, lw=0.8, zorder=1)
    axes.axvline(0, color=MUTED, lw=0.8, zorder=1)
    draw_x_ticks(sheet, _ticks(sheet.chart.axes["x"], low[0], high[0], 8 if preset.is_wide else 5))
    draw_y_ticks(sheet, _ticks(sheet.chart.axes["y"], low[1], high[1], 6))
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    _name_axes(sheet)
    _draw_equal_prosperity(sheet, low, high)
    for shade in sheet.chart.shades:
        left = max(low[0], shade.x_low or 0.0)
        write(
            sheet, shade.label, (left, high[1]), shift=(5, -5), ha="left", va="top",
            colour=TEXT["gain"], ground=QUADRANT, zorder=2,
        )  # fmt: skip


def _ticks(axis: Axis, low: float, high: float, most: int) -> list[Tick]:
    """Return round values: percentages, or log points where the axis counts in them."""
    ticks_of = effect_ticks if axis.format == "effect" else log_percent_ticks
    return ticks_of(low, high, most)


def _name_axes(sheet: Sheet) -> None:
    """Write the vertical axis' name above its ticks, level, and the other one below, at right."""
    x, y = sheet.chart.axes["x"], sheet.chart.axes["y"]
    size, words = sheet.preset.text, f"{x.label} →"
    overhang = max(0.0, text_width(words, size) - sheet.plot_width)
    write(sheet, words, (1, 0), frame="axes", shift=(overhang, -27), ha="right", va="baseline")
    write(
        sheet, f"↑ {y.label}", (0, 1), frame="axes", shift=(-sheet.left, 17), ha="left",
        va="baseline",
    )  # fmt: skip


def _draw_equal_prosperity(sheet: Sheet, low: np.ndarray, high: np.ndarray) -> None:
    """Draw dashed lines; their levels stand where they meet the upper edge, like a third axis."""
    reach, named = 0.0, False
    for line in sheet.chart.references:
        start = max(low[0], (line.intercept - high[1]) / -line.slope)
        end = min(high[0], (line.intercept - low[1]) / -line.slope)
        if start >= end:
            continue
        xs = np.array([start, end])
        ys = line.intercept + line.slope * xs
        sheet.axes.plot(xs, ys, color="#9aa5b0", lw=0.6, ls=(0, (5, 4)), zorder=1)
        words = line.short if named else line.label
        half = text_width(words, sheet.preset.small) / 2
        place = to_points(sheet, start, high[1])[0]
        if start > low[0] and place - half > reach:
            size = sheet.preset.small
            write(
                sheet, words, (start, high[1]), shift=(0, 3), va="bottom", size=size, colour=MUTED
            )
            reach, named = place + half + 3, True


def draw_leader(sheet: Sheet, start: Sequence[float], end: Sequence[float], role: Role) -> None:
    """Draw a thin line from a mark to its label, both in points of type."""
    (x1, y1), (x2, y2) = axes_share(sheet, start), axes_share(sheet, end)
    sheet.axes.plot(
        [x1, x2], [y1, y2], transform=sheet.axes.transAxes, color=FILL[role], lw=0.5, alpha=0.7,
        zorder=2, clip_on=False, scalex=False, scaley=False,
    )  # fmt: skip


def to_points(sheet: Sheet, x: float, y: float) -> tuple[float, float]:
    """Return a place of the data in points of type from the lower left of the plot."""
    (x_low, x_high), (y_low, y_high) = sheet.axes.get_xlim(), sheet.axes.get_ylim()
    across = (x - x_low) / (x_high - x_low) * sheet.plot_width
    return across, (y - y_low) / (y_high - y_low) * sheet.plot_height


def axes_share(sheet: Sheet, place: Sequence[float]) -> tuple[float, float]:
    """Return a place in points of type as shares of the axes."""
    return place[0] / sheet.plot_width, place[1] / sheet.plot_height
