"""Draws small multiples along years: a line with its range as a band, one panel per series."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.report.catalogue.numbers import signed
from gongfu.report.chart import Chart, Series
from gongfu.report.figures.lettering import wrap
from gongfu.report.figures.scales import write
from gongfu.report.figures.sheet import LINE, Margins, Preset, Sheet, open_sheet
from gongfu.report.figures.ticks import Tick, effect_ticks, year_ticks
from gongfu.report.palette import FILL, GRID, INK, MUTED, PAPER, TEXT

__all__ = ["draw_panels"]

MM_PER_POINT = 25.4 / 72
GAP = 30.0  # between panels, in points of type: room for the value at a line's end


def draw_panels(chart: Chart, preset: Preset) -> Sheet:
    """Return the sheet with panels on one scale, in the order of the series."""
    columns = min(3 if preset.is_wide else 2, len(chart.series))
    rows = math.ceil(len(chart.series) / columns)
    left, right = 9.0, 11.0
    width = ((preset.width - left - right) / MM_PER_POINT - GAP * (columns - 1)) / columns
    names = [wrap(series.label, preset.text, width + GAP - 4, bold=True) for series in chart.series]
    head = max(len(lines) for lines in names) * preset.text * LINE + 6
    height = 78.0 if preset.is_wide else 70.0
    step = height + head + 18
    margins = Margins(left=left, right=right, top=6, bottom=1)
    sheet = open_sheet(chart, preset, rows * step * MM_PER_POINT, margins)
    sheet.axes.set(xlim=(0, sheet.plot_width), ylim=(0, sheet.plot_height))
    sheet.axes.set_axis_off()
    scale = _Scale.of(chart, width, height)
    for number, (series, lines) in enumerate(zip(chart.series, names, strict=True)):
        row, column = divmod(number, columns)
        corner = (column * (width + GAP), sheet.plot_height - row * step - head - height)
        _draw_panel(sheet, series, lines, corner, scale, is_left=column == 0)
    axis = chart.axes["y"]
    write(sheet, f"{axis.label} [{axis.unit}]", (0, 1), frame="axes", shift=(-sheet.left, 6),
          ha="left", va="baseline", size=preset.small, colour=MUTED)  # fmt: skip
    return sheet


@dataclass(frozen=True, slots=True, eq=False)
class _Scale:
    """From years and effects to points of type within a panel."""

    years: tuple[int, int]
    reach: tuple[float, float]
    size: tuple[float, float]
    x_ticks: Sequence[Tick]
    y_ticks: Sequence[Tick]

    @classmethod
    def of(cls, chart: Chart, width: float, height: float) -> _Scale:
        rows = [row for series in chart.series for row in series.rows]
        values = [row[key] for row in rows for key in ("y", "y_low", "y_high")]
        known = [0.0, *(float(value) for value in values if value is not None)]
        room = 0.06 * (max(known) - min(known) or 1.0)
        low, high = min(known) - room, max(known) + room
        years = [int(row["x"]) for row in rows]
        first, last = min(years), max(years)
        ticks = year_ticks(first, last, 3)
        return cls((first, last), (low, high), (width, height), ticks, effect_ticks(low, high, 6))

    def x(self, year: float) -> float:
        first, last = self.years
        return (year - first) / max(last - first, 1) * self.size[0]

    def y(self, value: float) -> float:
        low, high = self.reach
        return (value - low) / (high - low) * self.size[1]


def _draw_panel(
    sheet: Sheet,
    series: Series,
    name: Sequence[str],
    corner: tuple[float, float],
    scale: _Scale,
    *,
    is_left: bool,
) -> None:
    _lay_ground(sheet, corner, scale, is_left=is_left)
    (left, bottom), colour, axes = corner, FILL[series.role], sheet.axes
    xs, ys, lows, highs = _places(series, corner, scale)
    axes.fill_between(xs, lows, highs, color=colour, alpha=0.22, lw=0, zorder=2)
    axes.plot(xs, ys, color=colour, lw=1.6, zorder=3, clip_on=False)
    axes.plot(
        xs[-1:], ys[-1:], ls="", marker="o", ms=4.5, color=colour, mec=PAPER, mew=0.6, zorder=4,
        clip_on=False,
    )  # fmt: skip
    last = signed(float(series.rows[-1]["y"]))
    write(sheet, last, (float(xs[-1]), float(ys[-1])), shift=(5, 0), ha="left",
          colour=TEXT[series.role])  # fmt: skip
    write(sheet, "\n".join(name), (left, bottom + scale.size[1]), shift=(0, 4), ha="left",
          va="bottom", colour=INK, bold=True)  # fmt: skip


def _lay_ground(sheet: Sheet, corner: tuple[float, float], scale: _Scale, *, is_left: bool) -> None:
    """Draw level lines, zero and the years of a panel; values stand beside the first of a row."""
    left, bottom = corner
    size, right = sheet.preset.small, left + scale.size[0]
    for value, label in scale.y_ticks:
        level = bottom + scale.y(value)
        colour = MUTED if value == 0 else GRID
        sheet.axes.plot([left, right], [level, level], color=colour, lw=0.6, zorder=1)
        if is_left:
            write(sheet, label, (left, level), shift=(-4, 0), ha="right", size=size, colour=MUTED)
    for year, label in scale.x_ticks:
        place = (left + scale.x(year), bottom)
        write(sheet, label, place, shift=(0, -4), va="top", size=size, colour=MUTED)


def _places(
    series: Series, corner: tuple[float, float], scale: _Scale
) -> tuple[Float[np.ndarray, " year"], ...]:
    """Return years, line and the ends of the band in points; without draws the band is empty."""
    left, bottom = corner
    rows = series.rows
    xs = np.array([left + scale.x(float(row["x"])) for row in rows])
    curves = (
        np.array([
            bottom + scale.y(float(row["y"] if row[key] is None else row[key])) for row in rows
        ])
        for key in ("y", "y_low", "y_high")
    )  # fmt: skip
    return xs, *curves
