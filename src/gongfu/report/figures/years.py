"""Draws charts along years: lines named at their ends, and stacked parts with their total."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float

from gongfu.report.catalogue.numbers import change_percent, decimals, rounded
from gongfu.report.chart import Chart, Series
from gongfu.report.figures.lettering import wrap
from gongfu.report.figures.sheet import LINE, Margins, Preset, Sheet, open_sheet
from gongfu.report.figures.spread import spread
from gongfu.report.figures.ticks import index_ticks, log_percent_ticks, year_ticks
from gongfu.report.palette import FILL, GRID, INK, MUTED, PAPER, TEXT

__all__ = ["draw_lines", "draw_stack"]

BAR = 0.72  # share of a year's width


def draw_lines(chart: Chart, preset: Preset) -> Sheet:
    """Return the sheet with a line per series, its name and last value in the right margin."""
    sheet = _open(chart, preset, plot_height=62)
    values = np.concatenate([_xy(series)[1] for series in chart.series])
    marks = [*values, *(line.intercept for line in chart.references)]
    low, high = min(marks), max(marks)
    room = 0.12 * (high - low or abs(high) or 1.0)
    _lay_ground(sheet, low - room, high + room)
    for line in chart.references:
        sheet.axes.axhline(line.intercept, color=MUTED, lw=0.8, zorder=1)
        sheet.axes.annotate(
            line.label, (0, line.intercept), (2, -3), xycoords=("axes fraction", "data"),
            textcoords="offset points", size=preset.small, color=MUTED, va="top",
        )  # fmt: skip
    for series in chart.series:
        _draw_line(sheet, series)
    ends = [float(_xy(series)[1][-1]) for series in chart.series]
    _name_at_right(sheet, chart.series, ends, [_shown(sheet, end) for end in ends])
    return sheet


def draw_stack(chart: Chart, preset: Preset) -> Sheet:
    """Return the sheet with a bar per year, cut into parts, and the total above each bar."""
    sheet = _open(chart, preset, plot_height=66)
    total = np.zeros(len(chart.series[0].rows))
    middles, words = [], []
    for series in chart.series:
        years, values = _xy(series)
        colour = FILL[series.role]
        sheet.axes.bar(years, values, BAR, bottom=total, color=colour, edgecolor=PAPER, lw=0.6)
        middles.append(float(total[-1] + values[-1] / 2))
        words.append(f"{decimals(values[0], 3)} → {decimals(values[-1], 3)}")
        total = total + values
    _lay_ground(sheet, 0.0, 1.1 * float(total.max()))
    for i, (year, whole) in enumerate(zip(_xy(chart.series[0])[0], total, strict=True)):
        if i in (0, len(total) - 1) or (preset.is_wide and i % 2 == 0):
            sheet.axes.annotate(
                decimals(float(whole), 3), (year, whole), (0, 3), textcoords="offset points",
                ha="center", va="bottom", size=preset.small, color=INK, weight="bold",
                bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.5, "alpha": 0.8},
            )  # fmt: skip
    _name_at_right(sheet, chart.series, middles, words)
    return sheet


def _open(chart: Chart, preset: Preset, plot_height: float) -> Sheet:
    left = 13 if preset.is_wide else 11
    margins = Margins(left=left, right=42 if preset.is_wide else 24, top=8, bottom=7)
    sheet = open_sheet(chart, preset, plot_height, margins)
    years = [float(row["x"] or 0) for series in chart.series for row in series.rows]
    ticks = year_ticks(int(min(years)), int(max(years)), 12 if preset.is_wide else 4)
    sheet.axes.set(xlim=(min(years) - 0.6, max(years) + 0.5), xticks=[place for place, _ in ticks])
    sheet.axes.set_xticklabels([label for _, label in ticks])
    return sheet


def _lay_ground(sheet: Sheet, low: float, high: float) -> None:
    """Set the vertical range, its ticks, and its name level above them."""
    axes, axis = sheet.axes, sheet.chart.axes["y"]
    is_percent = axis.format == "log_percent"
    ticks = log_percent_ticks(low, high, 5) if is_percent else index_ticks(low, high, 6)
    axes.set(ylim=(low, high), yticks=[place for place, _ in ticks])
    axes.set_yticklabels([label for _, label in ticks])
    axes.spines["left"].set_visible(False)
    axes.grid(axis="y", color=GRID)
    axes.annotate(
        axis.label, (0, 1), (-sheet.left, 10), xycoords="axes fraction", ha="left", va="baseline",
        textcoords="offset points", size=sheet.preset.text, color=INK, annotation_clip=False,
    )  # fmt: skip


def _draw_line(sheet: Sheet, series: Series) -> None:
    xs, ys = _xy(series)
    colour = FILL[series.role]
    sheet.axes.plot(xs, ys, color=colour, lw=1.6, zorder=3)
    sheet.axes.plot(
        xs[[0, -1]], ys[[0, -1]], ls="", marker="o", ms=4, color=colour, mec=PAPER, mew=0.6,
        zorder=4,
    )  # fmt: skip
    rises = len(ys) > 1 and ys[1] > ys[0]  # then the room is below
    sheet.axes.annotate(
        _shown(sheet, float(ys[0])), (xs[0], ys[0]), (0, -5 if rises else 5), ha="center",
        textcoords="offset points", va="top" if rises else "bottom", size=sheet.preset.small,
        color=TEXT[series.role],
    )  # fmt: skip


def _name_at_right(
    sheet: Sheet, series: Sequence[Series], places: Sequence[float], words: Sequence[str]
) -> None:
    """Write name and words of each series in the right margin, none over another.

    A single series needs no name: the axis has it.
    """
    size = sheet.preset.text
    room = (40 if sheet.preset.is_wide else 22.5) * 72 / 25.4 - 6
    texts = [
        [*(wrap(one.label, size, room) if len(series) > 1 else []), told]
        for one, told in zip(series, words, strict=True)
    ]
    low, high = sheet.axes.get_ylim()
    wanted = [(place - low) / (high - low) * sheet.plot_height for place in places]
    heights = [len(lines) * size * LINE + 3 for lines in texts]
    centres = spread(wanted, heights, 0, sheet.plot_height + 10)
    for one, lines, centre in zip(series, texts, centres, strict=True):
        sheet.axes.annotate(
            "\n".join(lines), (1, 0), (5, centre), xycoords="axes fraction",
            textcoords="offset points", ha="left", va="center", size=size, linespacing=1.2,
            color=TEXT[one.role], annotation_clip=False,
        )  # fmt: skip


def _shown(sheet: Sheet, value: float) -> str:
    is_percent = sheet.chart.axes["y"].format == "log_percent"
    return change_percent(value) if is_percent else rounded(value)


def _xy(series: Series) -> Float[np.ndarray, "2 point"]:
    return np.array([[row["x"], row["y"]] for row in series.rows], dtype=float).T
