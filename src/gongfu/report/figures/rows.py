"""Draws charts with one named row per item: ranking, dumbbells, waterfall."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from gongfu.report.catalogue.numbers import change_percent, decimals, log_points
from gongfu.report.chart import Chart, Role, Value
from gongfu.report.figures.lettering import text_width
from gongfu.report.figures.scales import draw_x_ticks, name_rows, write
from gongfu.report.figures.sheet import Margins, Preset, Sheet, open_sheet
from gongfu.report.figures.ticks import Tick, index_ticks, log_percent_ticks, log_point_ticks
from gongfu.report.palette import FILL, GRID, MUTED, PAPER, TEXT

__all__ = ["draw_dumbbells", "draw_ranking", "draw_waterfall"]

MM_PER_POINT = 25.4 / 72


def draw_ranking(chart: Chart, preset: Preset) -> Sheet:
    """Return the sheet with a dot per row; dots, unlike bars, need no axis from zero."""
    rows, key = chart.series[0].rows, chart.axes["x"].key
    values = [_number(row[key]) for row in rows]
    sheet = _open(chart, preset, right=12, row_height=3.9 if preset.is_wide else 3.5)
    _lay_ground(sheet, (min(values), max(values)), log_percent_ticks)
    if min(values) < 0:
        sheet.axes.axvline(0, color=MUTED, lw=0.8, zorder=1)
    places, roles = range(len(rows)), _roles(chart)
    sheet.axes.scatter(values, places, s=25, c=[FILL[role] for role in roles], zorder=3)
    for place, value, role in zip(places, values, roles, strict=True):
        _write_value(sheet, value, place, change_percent(value), TEXT[role])
    for line in chart.references:
        sheet.axes.axvline(line.intercept, color=MUTED, lw=0.7, ls=(0, (4, 3)), zorder=0)
        _write_above(sheet, line.intercept, line.label)
    return sheet


def draw_dumbbells(chart: Chart, preset: Preset) -> Sheet:
    """Return the sheet with a hollow dot for the first year and a filled one for the last."""
    rows, end_key, start_key = chart.series[0].rows, chart.axes["x"].key, chart.axes["x_start"].key
    ends = [_number(row[end_key]) for row in rows]
    starts = [_number(row[start_key]) for row in rows]
    sheet = _open(chart, preset, right=6, row_height=3.9 if preset.is_wide else 3.5)
    low, high = min(*ends, *starts), max(*ends, *starts)
    room = (0.10 if preset.is_wide else 0.20) * (high - low)  # for the value beside the last dot
    _lay_ground(sheet, (low - room, high), index_ticks)
    places, roles = range(len(rows)), _roles(chart)
    colours = [FILL[role] for role in roles]
    sheet.axes.hlines(places, starts, ends, colors=colours, lw=1.2, alpha=0.5, zorder=2)
    sheet.axes.scatter(starts, places, s=20, c=PAPER, edgecolors=colours, linewidths=1, zorder=3)
    sheet.axes.scatter(ends, places, s=25, c=colours, zorder=3)
    for place, start, end, role in zip(places, starts, ends, roles, strict=True):
        side = -1 if end <= start else 1
        write(
            sheet, decimals(end, 2), (end, place), shift=(side * 6, 0), ground=PAPER,
            ha="right" if side < 0 else "left", size=preset.small, colour=TEXT[role],
        )  # fmt: skip
    ordered = sorted([(starts[0], chart.axes["x_start"].year), (ends[0], chart.axes["x"].year)])
    for (value, year), edge in zip(ordered, ("right", "left"), strict=True):
        _write_above(sheet, value, year, edge)
    return sheet


def draw_waterfall(chart: Chart, preset: Preset) -> Sheet:
    """Return the sheet with a bar per step, each beginning where the one before ended."""
    rows = chart.series[0].rows
    sheet = _open(chart, preset, right=13, row_height=8 if preset.is_wide else 7)
    edges = [_number(row[side]) for row in rows for side in ("start", "end")]
    _lay_ground(sheet, (min(0.0, *edges), max(0.0, *edges)), log_point_ticks)
    sheet.axes.axvline(0, color=MUTED, lw=0.8, zorder=1)
    for place, row in enumerate(rows):
        start, end, role = _number(row["start"]), _number(row["end"]), cast(Role, row["role"])
        sheet.axes.barh([place], [end - start], left=[start], height=0.62, color=FILL[role])
        if place + 1 < len(rows) and role != "total":
            sheet.axes.plot([end, end], [place + 0.31, place + 0.69], color=MUTED, lw=0.6)
        _write_value(
            sheet, max(start, end), place, log_points(_number(row["value"])), TEXT[role],
            bold=role == "total",
        )  # fmt: skip
    return sheet


def _open(chart: Chart, preset: Preset, right: float, row_height: float) -> Sheet:
    """Return a sheet with a row per item, the first on top, and room for the longest name."""
    rows = chart.series[0].rows
    names = [str(row["label"]) for row in rows]
    bold = [row["role"] == "total" for row in rows]
    size = preset.text
    widest = max(text_width(name, size, bold=b) for name, b in zip(names, bold, strict=True))
    margins = Margins(left=widest * MM_PER_POINT + 3, right=right, top=5, bottom=11)
    sheet = open_sheet(chart, preset, len(rows) * row_height, margins)
    sheet.axes.set(ylim=(len(rows) - 0.4, -0.6))
    name_rows(sheet, list(enumerate(names)), bold=bold)
    return sheet


def _lay_ground(
    sheet: Sheet,
    reach: tuple[float, float],
    ticks_of: Callable[[float, float, int], Sequence[Tick]],
) -> None:
    """Set the horizontal range with its ticks and name."""
    low, high = reach
    room = 0.04 * (high - low or 1.0)
    low, high = low - (room if low else 0), high + room
    ticks = ticks_of(low, high, 6 if sheet.preset.is_wide else 4)
    axes = sheet.axes
    axes.set(xlim=(low, high))
    draw_x_ticks(sheet, ticks, grid=True)
    for spine in axes.spines.values():
        spine.set_visible(False)
    if sheet.chart.kind != "waterfall":
        axes.hlines(
            range(len(sheet.chart.series[0].rows)), low, high, colors=GRID, lw=0.5, zorder=0
        )
    axis = sheet.chart.axes["x"]
    name = axis.label if axis.unit == "%" else f"{axis.label}, {axis.unit}"
    if sheet.chart.language == "zh":
        name = name.replace(", ", "，")
    write(sheet, name, (1, 0), frame="axes", shift=(0, -27), ha="right", va="baseline")


def _write_value(
    sheet: Sheet, x: float, place: int, words: str, colour: str, *, bold: bool = False
) -> None:
    write(sheet, words, (x, place), shift=(6, 0), ha="left", colour=colour, bold=bold, ground=PAPER)


def _write_above(sheet: Sheet, x: float, words: str, side: str = "center") -> None:
    """Write words above the first row; the side they end on keeps two neighbours apart."""
    shift = {"right": -1, "center": 0, "left": 1}[side]
    size = sheet.preset.small
    write(sheet, words, (x, -0.6), shift=(shift, 3), ha=side, va="bottom", size=size, colour=MUTED)


def _roles(chart: Chart) -> list[Role]:
    return [cast(Role, row["role"]) for row in chart.series[0].rows]


def _number(value: Value) -> float:
    return float(value or 0.0)
