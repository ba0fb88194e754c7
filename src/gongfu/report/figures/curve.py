"""Draws curves over a number: a line per series, its bands, and its name beside its end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from jaxtyping import Float

from gongfu.report.chart import Axis, Chart, ReferenceLine, Series, Shade
from gongfu.report.figures.line_ends import LineEnd, name_line_ends
from gongfu.report.figures.scales import draw_x_ticks, draw_y_ticks, write
from gongfu.report.figures.sheet import Margins, Preset, Sheet, open_sheet
from gongfu.report.figures.ticks import (
    Tick,
    effect_ticks,
    index_ticks,
    log_percent_ticks,
    share_ticks,
    year_ticks,
)
from gongfu.report.palette import FILL, GRID, MUTED, PAPER, TEXT

__all__ = ["BANDS", "draw_curve"]

BANDS = (("y_outer_low", "y_outer_high"), ("y_low", "y_high"))
"""Keys of a row's bands: of the whole curve at once (wider), and point by point."""

_STRENGTH = (0.14, 0.22)
_ROOM = 0.05
"""Share of the range left free above and below the curves."""


def draw_curve(chart: Chart, preset: Preset) -> Sheet:
    """Return the sheet with a line per series over a number, named at its right end.

    Rows have ``x`` and ``y``; those that have them, ``y_low`` and ``y_high`` (band) and
    ``y_outer_low`` and ``y_outer_high`` (a second, wider band). A series of mark ``point`` is
    drawn as dots with a bar for the band, one of mark ``step`` as steps.
    """
    right = _right(chart, preset)
    left = 15.0 if preset.is_wide else 13.0
    margins = Margins(left=left, right=right, top=9, bottom=12)
    sheet = open_sheet(chart, preset, 58 if preset.is_wide else 56, margins)
    _lay_ground(sheet)
    for shade in chart.shades:
        _draw_shade(sheet, shade)
    for line in chart.references:
        _draw_reference(sheet, line)
    for series in chart.series:
        _draw_series(sheet, series)
    if _reach_the_edge(chart):
        name_line_ends(sheet, list(_ends(chart)), right)
    else:
        _name_at_peaks(sheet)
    return sheet


def _right(chart: Chart, preset: Preset) -> float:
    """Return the width of the right margin: narrow where no line has a name to write there."""
    if not _reach_the_edge(chart) or not any(True for _ in _ends(chart)):
        return 5.0
    return 42.0 if preset.is_wide else 24.0


def _ends(chart: Chart) -> Iterator[LineEnd]:
    for series in chart.series:
        last = series.rows[-1]
        words = str(last.get("text", ""))
        if series.mark != "point" and (series.label or words):
            yield LineEnd(series.label, words, float(last["y"]), TEXT[series.role])


def _reach_the_edge(chart: Chart) -> bool:
    """Return whether all lines end near the right edge, where their names can stand."""
    lasts = [float(one.rows[-1]["x"]) for one in chart.series if one.mark != "point"]
    if not lasts:
        return False
    first = min(float(series.rows[0]["x"]) for series in chart.series)
    return min(lasts) >= max(lasts) - 0.05 * (max(lasts) - first)


def _name_at_peaks(sheet: Sheet) -> None:
    """Write each name beside the highest point of its line, as densities want it."""
    for series in sheet.chart.series:
        top = max(series.rows, key=lambda row: float(row["y"]))
        write(sheet, series.label, (top["x"], top["y"]), shift=(8, 5), ha="left", va="bottom",
              colour=TEXT[series.role])  # fmt: skip


def _lay_ground(sheet: Sheet) -> None:
    """Set both ranges, their ticks, and the names of the axes."""
    chart, axes, is_wide = sheet.chart, sheet.axes, sheet.preset.is_wide
    across, up = chart.axes["x"], chart.axes["y"]
    x_range = _reach(across, [float(row["x"]) for one in chart.series for row in one.rows], 0.0)
    y_range = _reach(up, list(_heights(chart)), _ROOM)
    axes.set(xlim=x_range, ylim=y_range)
    draw_x_ticks(sheet, _ticks(across, *x_range, 8 if is_wide else 4))
    draw_y_ticks(sheet, _ticks(up, *y_range, 6))
    axes.spines["left"].set_visible(False)
    write(sheet, _name(up), (0, 1), frame="axes", shift=(-sheet.left, 12), ha="left", va="baseline")
    write(sheet, _name(across), (1, 0), frame="axes", shift=(0, -27), ha="right", va="baseline")


def _heights(chart: Chart) -> Iterator[float]:
    for series in chart.series:
        for row in series.rows:
            keys = ("y", *(key for band in BANDS for key in band))
            yield from (float(row[key]) for key in keys if row.get(key) is not None)
    yield from (
        line.intercept for line in chart.references if line.slope == 0 and not line.vertical
    )


def _reach(axis: Axis, values: Sequence[float], share: float) -> tuple[float, float]:
    low, high = min(values), max(values)
    room = share * (high - low) if share and high > low else 0.0
    if high == low:
        room = abs(high) or 1.0
    return (
        low - room if axis.low is None else axis.low,
        high + room if axis.high is None else axis.high,
    )


_TICKS: Mapping[str, Callable[[float, float, int], list[Tick]]] = {
    "share": lambda low, high, most: share_ticks(most, low, high),
    "year": lambda low, high, most: year_ticks(round(low), round(high), most),
    "log_percent": log_percent_ticks,
    "effect": effect_ticks,
}


def _ticks(axis: Axis, low: float, high: float, most: int) -> list[Tick]:
    return _TICKS.get(axis.format, index_ticks)(low, high, most)


def _name(axis: Axis) -> str:
    return axis.label if not axis.unit or axis.format == "year" else f"{axis.label} [{axis.unit}]"


def _draw_shade(sheet: Sheet, shade: Shade) -> None:
    (left, right), (bottom, top) = sheet.axes.get_xlim(), sheet.axes.get_ylim()
    low = left if shade.x_low is None else shade.x_low
    high = right if shade.x_high is None else shade.x_high
    floor = bottom if shade.y_low is None else max(shade.y_low, bottom)
    ceiling = top if shade.y_high is None else min(shade.y_high, top)
    sheet.axes.fill_between([low, high], floor, ceiling, color=GRID, alpha=0.55, lw=0, zorder=0)
    write(sheet, shade.label, (0.5 * (low + high), ceiling), shift=(0, -3), va="top",
          size=sheet.preset.small, colour=MUTED)  # fmt: skip


def _draw_reference(sheet: Sheet, line: ReferenceLine) -> None:
    axes, size = sheet.axes, sheet.preset.small
    if line.vertical:
        axes.axvline(line.intercept, color=MUTED, lw=0.8, ls=(0, (4, 3)), zorder=1)
        write(sheet, line.label, (line.intercept, 1), frame="x data", shift=(3, -3), ha="left",
              va="top", size=size, colour=MUTED)  # fmt: skip
        return
    xs = np.array(axes.get_xlim())
    axes.plot(xs, line.intercept + line.slope * xs, color=MUTED, lw=0.8, zorder=1)
    place = (xs[0], line.intercept + line.slope * xs[0])
    write(sheet, line.label, place, shift=(3, 3), ha="left", va="bottom", size=size,
          colour=MUTED)  # fmt: skip


def _draw_series(sheet: Sheet, series: Series) -> None:
    xs, ys = _values(series, "x"), _values(series, "y")
    bands = [(_values(series, low), _values(series, high)) for low, high in BANDS]
    if series.mark == "point":
        _draw_points(sheet, series, xs, ys, bands)
        return
    axes, colour = sheet.axes, FILL[series.role]
    for (low, high), strength in zip(bands, _STRENGTH, strict=True):
        if not np.isnan(low).all():
            axes.fill_between(
                xs, low, high, color=colour, alpha=strength, lw=0, zorder=2,
                step="post" if series.mark == "step" else None,
            )  # fmt: skip
    drawstyle = "steps-post" if series.mark == "step" else "default"
    axes.plot(xs, ys, color=colour, lw=1.6, zorder=3, drawstyle=drawstyle)


def _draw_points(
    sheet: Sheet,
    series: Series,
    xs: Float[np.ndarray, " point"],
    ys: Float[np.ndarray, " point"],
    bands: Sequence[tuple[Float[np.ndarray, " point"], Float[np.ndarray, " point"]]],
) -> None:
    axes, colour = sheet.axes, FILL[series.role]
    for (low, high), width in zip(bands, (0.8, 1.8), strict=True):
        if not np.isnan(low).all():
            axes.vlines(xs, low, high, colors=colour, lw=width, alpha=0.6, zorder=2)
    axes.scatter(xs, ys, s=22, c=colour, edgecolors=PAPER, linewidths=0.6, zorder=4)
    for row, following in zip(series.rows, [*series.rows[1:], None], strict=True):
        if row.get("text"):
            _write_at_point(sheet, row, following, TEXT[series.role])


def _write_at_point(
    sheet: Sheet, row: Mapping[str, Any], following: Mapping[str, Any] | None, colour: str
) -> None:
    """Write the words of a point where no line runs: outwards, or left of one that goes on so."""
    height = float(row["y"])
    way = -1 if height < 0 else 1
    goes_on = following is not None and way * (float(following["y"]) - height) > 0
    shift, ha, va = ((-7, 0), "right", "center") if goes_on else ((0, 6), "center", "bottom")
    if height < 0 and not goes_on:
        shift, va = (0, -6), "top"
    write(sheet, str(row["text"]), (row["x"], row["y"]), shift=shift, ha=ha, va=va,
          size=sheet.preset.small, colour=colour)  # fmt: skip


def _values(series: Series, key: str) -> Float[np.ndarray, " point"]:
    found = [row.get(key) for row in series.rows]
    return np.array([np.nan if value is None else value for value in found], dtype=float)
