"""Draws one thin row per item: a line for its range, a dot for each of its values."""

from __future__ import annotations

from typing import Any

from gongfu.report.catalogue.numbers import decimals
from gongfu.report.chart import Axis, Chart, Role, Series
from gongfu.report.figures.lettering import text_width
from gongfu.report.figures.path_marks import MARKERS
from gongfu.report.figures.scales import draw_x_ticks, name_rows, write
from gongfu.report.figures.sheet import Margins, Preset, Sheet, open_sheet
from gongfu.report.figures.ticks import Tick, index_ticks
from gongfu.report.palette import FILL, GRID, MUTED, PAPER, TEXT

__all__ = ["draw_ranges"]

MM_PER_POINT = 25.4 / 72
LEGEND = 12.0  # height of a line of names above the rows, in points


def draw_ranges(chart: Chart, preset: Preset) -> Sheet:
    """Return the sheet with a row per item, the first on top.

    All series have the same items in the same order, with ``label``, the key of the x axis, and
    where they have one ``low`` and ``high`` (a line), ``role`` and ``text`` (words at the right
    edge). A row whose value is None heads those below it. Several series are told apart by colour
    and shape, and named above the rows.
    """
    rows = chart.series[0].rows
    words = [str(row.get("text") or "") for row in rows]
    sheet = _open(chart, preset, [str(row["label"]) for row in rows], words)
    _lay_ground(sheet)
    for series in chart.series:
        _draw_series(sheet, series)
    for place, (row, word) in enumerate(zip(rows, words, strict=True)):
        colour = TEXT[_role(row, chart.series[0])]
        write(sheet, word, (1, place), frame="y data", shift=(5, 0), ha="left", colour=colour,
              size=preset.small)  # fmt: skip
    if len(chart.series) > 1:
        _name_series(sheet)
    return sheet


def _open(chart: Chart, preset: Preset, names: list[str], words: list[str]) -> Sheet:
    heads = _heads(chart)
    kept = [i for i in range(len(names)) if i not in heads]
    margins = Margins(
        left=max(text_width(names[i], preset.text) for i in kept) * MM_PER_POINT + 3,
        right=max(text_width(word, preset.small) for word in words) * MM_PER_POINT + 4,
        top=6
        if len(chart.series) == 1
        else 4 + len(_legend(chart, preset)) * LEGEND * MM_PER_POINT,
        bottom=11,
    )
    height = 5.0 if len(names) <= 15 else 3.9 if preset.is_wide else 3.5
    sheet = open_sheet(chart, preset, len(names) * height, margins)
    sheet.axes.set(ylim=(len(names) - 0.4, -0.6))
    name_rows(sheet, [(i, names[i]) for i in kept])
    for i in heads:
        write(sheet, names[i], (0, i), frame="y data", shift=(-sheet.left, 0), ha="left",
              va="center_baseline", bold=True, ground=PAPER)  # fmt: skip
    return sheet


def _heads(chart: Chart) -> list[int]:
    """Return the places of the rows without a value in any series."""
    key, places = chart.axes["x"].key, range(len(chart.series[0].rows))
    return [i for i in places if all(one.rows[i][key] is None for one in chart.series)]


def _lay_ground(sheet: Sheet) -> None:
    chart, axes, axis = sheet.chart, sheet.axes, sheet.chart.axes["x"]
    values = [
        float(row[key])
        for series in chart.series
        for row in series.rows
        for key in (axis.key, "low", "high")
        if row.get(key) is not None
    ]
    low = min(values) if axis.low is None else axis.low
    high = max(values) if axis.high is None else axis.high
    room = 0.03 * (high - low or 1.0)
    axes.set(xlim=(low - room, high + room))
    draw_x_ticks(sheet, _ticks(axis, low, high, 6 if sheet.preset.is_wide else 5), grid=True)
    for spine in axes.spines.values():
        spine.set_visible(False)
    heads = _heads(chart)
    places = [i for i in range(len(chart.series[0].rows)) if i not in heads]
    axes.hlines(places, low - room, high + room, colors=GRID, lw=0.5, zorder=0)
    for line in chart.references:
        axes.axvline(line.intercept, color=MUTED, lw=0.7, ls=(0, (4, 3)), zorder=1)
        is_left = line.intercept < (low + high) / 2
        write(sheet, line.label, (line.intercept, -0.6), shift=(-2 if is_left else 2, 3),
              va="bottom", ha="right" if is_left else "left", size=sheet.preset.small,
              colour=MUTED)  # fmt: skip
    name = f"{axis.label} [{axis.unit}]" if axis.unit else axis.label
    write(sheet, name, (1, 0), frame="axes", shift=(0, -27), ha="right", va="baseline")


def _ticks(axis: Axis, low: float, high: float, most: int) -> list[Tick]:
    """Return round values; ranks begin with the first, not with zero."""
    ticks = index_ticks(low, high, most)
    if axis.format != "count":
        return ticks
    return [(low, decimals(low, 0)), *(tick for tick in ticks if tick[0] - low > 1)]


def _draw_series(sheet: Sheet, series: Series) -> None:
    """Draw all lines, then all dots of one colour at a time: few artists are soon drawn."""
    key = sheet.chart.axes["x"].key
    marker = MARKERS.get(series.role, "o") if len(sheet.chart.series) > 1 else "o"
    rows = list(enumerate(series.rows))
    lines = [(i, row) for i, row in rows if row.get("low") is not None]
    sheet.axes.hlines(
        [i for i, _ in lines],
        [row["low"] for _, row in lines],
        [row["high"] for _, row in lines],
        colors=[FILL[row.get("line", _role(row, series))] for _, row in lines],
        lw=1.8, alpha=0.45, zorder=2,
    )  # fmt: skip
    dots = [(i, row) for i, row in rows if row[key] is not None]
    for role in dict.fromkeys(_role(row, series) for _, row in dots):
        own = [(row[key], i) for i, row in dots if _role(row, series) == role]
        sheet.axes.plot(
            *zip(*own, strict=True), ls="", marker=marker, ms=4.6, color=FILL[role], mec=PAPER,
            mew=0.5, zorder=3,
        )  # fmt: skip


def _name_series(sheet: Sheet) -> None:
    """Write the shape and name of each series above the rows, from left to right."""
    axes, lines = sheet.axes, _legend(sheet.chart, sheet.preset)
    for number, line in enumerate(lines):
        level = LEGEND * (len(lines) - number)
        for series, across in line:
            place = (across - sheet.left) / sheet.plot_width, 1 + level / sheet.plot_height
            axes.plot(
                *([value] for value in place), transform=axes.transAxes, ls="",
                marker=MARKERS.get(series.role, "o"), ms=4.6, color=FILL[series.role], mec=PAPER,
                mew=0.5, clip_on=False, scalex=False, scaley=False,
            )  # fmt: skip
            write(sheet, series.label, place, frame="axes", shift=(6, 0), ha="left",
                  colour=TEXT[series.role])  # fmt: skip


def _legend(chart: Chart, preset: Preset) -> list[list[tuple[Series, float]]]:
    """Return lines of series, each with its place from the sheet's left edge in points."""
    lines: list[list[tuple[Series, float]]] = [[]]
    across, room = 3.0, preset.width / MM_PER_POINT
    for series in chart.series:
        width = 6 + text_width(series.label, preset.text)
        if lines[-1] and across + width > room:
            lines.append([])
            across = 3.0
        lines[-1].append((series, across))
        across += width + 12
    return lines


def _role(row: Any, series: Series) -> Role:
    role: Role = row.get("role", series.role)
    return role
