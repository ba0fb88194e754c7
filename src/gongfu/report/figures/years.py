"""Draws charts along years: lines named at their ends, and stacked parts with their total."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import change_percent, decimals, rounded
from gongfu.report.chart import Chart, Series
from gongfu.report.figures.line_ends import LineEnd, name_line_ends
from gongfu.report.figures.scales import draw_x_ticks, draw_y_ticks, write
from gongfu.report.figures.sheet import Margins, Preset, Sheet, open_sheet
from gongfu.report.figures.ticks import index_ticks, log_percent_ticks, year_ticks
from gongfu.report.palette import FILL, INK, MUTED, PAPER, TEXT

__all__ = ["draw_lines", "draw_stack"]

BAR = 0.72  # share of a year's width


def draw_lines(chart: Chart, preset: Preset) -> Sheet:
    """Return the sheet with a line per series, its name and last value in the right margin."""
    sheet = _open(chart, preset, plot_height=56)
    values = np.concatenate([_xy(series)[1] for series in chart.series])
    marks = [*values, *(line.intercept for line in chart.references)]
    low, high = min(marks), max(marks)
    room = 0.12 * (high - low or abs(high) or 1.0)
    _lay_ground(sheet, low - room, high + room)
    for line in chart.references:
        sheet.axes.axhline(line.intercept, color=MUTED, lw=0.8, zorder=1)
        write(
            sheet, line.label, (0, line.intercept), frame="y data", shift=(2, -3), ha="left",
            va="top", size=preset.small, colour=MUTED,
        )  # fmt: skip
    for series in chart.series:
        _draw_line(sheet, series)
    is_single = len(chart.series) == 1  # then the axis has its name
    ends = [(one, float(_xy(one)[1][-1])) for one in chart.series]
    name_line_ends(
        sheet,
        [
            LineEnd("" if is_single else one.label, _shown(sheet, end), end, TEXT[one.role])
            for one, end in ends
        ],
        _right(preset),
    )
    return sheet


def draw_stack(chart: Chart, preset: Preset) -> Sheet:
    """Return the sheet with a bar per year, cut into parts, and the total of each year."""
    sheet = _open(chart, preset, plot_height=58)
    total = np.zeros(len(chart.series[0].rows))
    entries = []
    for series in chart.series:
        years, values = _xy(series)
        colour = FILL[series.role]
        sheet.axes.bar(years, values, BAR, bottom=total, color=colour, edgecolor=PAPER, lw=0.6)
        middle = float(total[-1] + values[-1] / 2)
        entries.append(LineEnd(series.label, _change(values), middle, TEXT[series.role]))
        total = total + values
    _lay_ground(sheet, 0.0, 1.1 * float(total.max()))
    if preset.is_wide:
        _write_totals(sheet, _xy(chart.series[0])[0], total)
    else:
        whole = text("chart.stack.total", chart.language)
        entries.append(LineEnd(whole, _change(total), 1.05 * float(total[-1]), INK))
    name_line_ends(sheet, entries, _right(preset))
    return sheet


def _open(chart: Chart, preset: Preset, plot_height: float) -> Sheet:
    left = 13 if preset.is_wide else 11
    margins = Margins(left=left, right=_right(preset), top=8, bottom=7)
    sheet = open_sheet(chart, preset, plot_height, margins)
    years = [float(row["x"] or 0) for series in chart.series for row in series.rows]
    ticks = year_ticks(int(min(years)), int(max(years)), 12 if preset.is_wide else 4)
    sheet.axes.set(xlim=(min(years) - 0.6, max(years) + 0.5))
    draw_x_ticks(sheet, ticks)
    return sheet


def _right(preset: Preset) -> float:
    return 42.0 if preset.is_wide else 24.0


def _lay_ground(sheet: Sheet, low: float, high: float) -> None:
    """Set the vertical range, its ticks, and its name level above them."""
    axes, axis = sheet.axes, sheet.chart.axes["y"]
    is_percent = axis.format == "log_percent"
    ticks = log_percent_ticks(low, high, 5) if is_percent else index_ticks(low, high, 6)
    axes.set(ylim=(low, high))
    draw_y_ticks(sheet, ticks)
    axes.spines["left"].set_visible(False)
    write(
        sheet, axis.label, (0, 1), frame="axes", shift=(-sheet.left, 10), ha="left", va="baseline"
    )


def _draw_line(sheet: Sheet, series: Series) -> None:
    xs, ys = _xy(series)
    colour = FILL[series.role]
    sheet.axes.plot(xs, ys, color=colour, lw=1.6, zorder=3)
    sheet.axes.plot(
        xs[[0, -1]], ys[[0, -1]], ls="", marker="o", ms=4, color=colour, mec=PAPER, mew=0.6,
        zorder=4,
    )  # fmt: skip
    rises = len(ys) > 1 and ys[1] > ys[0]  # then the room is below
    write(
        sheet, _shown(sheet, float(ys[0])), (xs[0], ys[0]), shift=(0, -5 if rises else 5),
        va="top" if rises else "bottom", size=sheet.preset.small, colour=TEXT[series.role],
    )  # fmt: skip


def _write_totals(
    sheet: Sheet, years: Float[np.ndarray, " year"], total: Float[np.ndarray, " year"]
) -> None:
    """Write every second total and the last one above its bar."""
    for i, (year, whole) in enumerate(zip(years, total, strict=True)):
        if i % 2 == 0 or i == len(total) - 1:
            shown, size = decimals(float(whole), 3), sheet.preset.small
            write(sheet, shown, (year, whole), shift=(0, 3), va="bottom", size=size, bold=True)


def _change(values: Float[np.ndarray, " year"]) -> str:
    return f"{decimals(float(values[0]), 3)} → {decimals(float(values[-1]), 3)}"


def _shown(sheet: Sheet, value: float) -> str:
    is_percent = sheet.chart.axes["y"].format == "log_percent"
    return change_percent(value) if is_percent else rounded(value)


def _xy(series: Series) -> Float[np.ndarray, "2 point"]:
    return np.array([[row["x"], row["y"]] for row in series.rows], dtype=float).T
