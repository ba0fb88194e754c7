"""Draws one row per item: a dot for its value, a bar for its interval, the numbers beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from gongfu.report.catalogue.numbers import change_percent, percent, rounded, signed
from gongfu.report.chart import Axis, Chart, Role
from gongfu.report.figures.lettering import text_width, wrap
from gongfu.report.figures.scales import draw_x_ticks, name_rows, write
from gongfu.report.figures.sheet import Margins, Preset, Sheet, open_sheet
from gongfu.report.figures.ticks import (
    Tick,
    effect_ticks,
    index_ticks,
    log_percent_ticks,
    share_ticks,
)
from gongfu.report.palette import FILL, GRID, MUTED, PAPER, TEXT

__all__ = ["draw_intervals"]

_MM_PER_POINT = 25.4 / 72
_LONGEST = {True: 62.0, False: 30.0}
"""Widest room for names, in millimetres, on a wide and on a narrow sheet."""


def draw_intervals(chart: Chart, preset: Preset) -> Sheet:
    """Return the sheet with a row per item, the first on top.

    Rows of the first series have ``label`` and the key of the x axis, and where they have one
    ``low``, ``high`` (interval), ``role`` and ``text`` (words at the right edge).
    """
    rows, axis = chart.series[0].rows, chart.axes["x"]
    names = [
        "\n".join(wrap(str(row["label"]), preset.text, _LONGEST[preset.is_wide] / _MM_PER_POINT))
        for row in rows
    ]
    words = [str(row.get("text") or _shown(axis, row[axis.key])) for row in rows]
    sheet = _open(chart, preset, names, words)
    _lay_ground(sheet, axis)
    for place, (row, word) in enumerate(zip(rows, words, strict=True)):
        role: Role = row.get("role", chart.series[0].role)
        _draw_row(sheet, row, place, role)
        write(sheet, word, (1, place), frame="y data", shift=(6, 0), ha="left", colour=TEXT[role])
    return sheet


def _open(chart: Chart, preset: Preset, names: list[str], words: list[str]) -> Sheet:
    lines = [line for name in names for line in name.split("\n")]
    margins = Margins(
        left=max(text_width(line, preset.text) for line in lines) * _MM_PER_POINT + 3,
        right=max(text_width(word, preset.text) for word in words) * _MM_PER_POINT + 5,
        top=5,
        bottom=11,
    )
    height = 6.2 if max(name.count("\n") for name in names) == 0 else 8.6
    sheet = open_sheet(chart, preset, len(names) * height, margins)
    sheet.axes.set(ylim=(len(names) - 0.4, -0.6))
    name_rows(sheet, list(enumerate(names)))
    return sheet


def _lay_ground(sheet: Sheet, axis: Axis) -> None:
    chart, axes = sheet.chart, sheet.axes
    values = [*_edges(chart, axis.key), *(line.intercept for line in chart.references)]
    low, high = min(values), max(values)
    room = 0.04 * (high - low or abs(high) or 1.0)
    low = low - room if axis.low is None else axis.low
    high = high + room if axis.high is None else axis.high
    axes.set(xlim=(low, high))
    most = 6 if sheet.preset.is_wide else 4
    draw_x_ticks(sheet, _TICKS.get(axis.format, index_ticks)(low, high, most), grid=True)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.hlines(range(len(chart.series[0].rows)), low, high, colors=GRID, lw=0.5, zorder=0)
    for line in chart.references:
        axes.axvline(line.intercept, color=MUTED, lw=0.8, zorder=1)
        write(sheet, line.label, (line.intercept, -0.6), shift=(0, 3), va="bottom",
              size=sheet.preset.small, colour=MUTED)  # fmt: skip
    name = f"{axis.label} [{axis.unit}]"
    write(sheet, name, (1, 0), frame="axes", shift=(0, -27), ha="right", va="baseline")


def _edges(chart: Chart, key: str) -> Iterator[float]:
    for row in chart.series[0].rows:
        yield from (float(row[k]) for k in (key, "low", "high") if row.get(k) is not None)


def _draw_row(sheet: Sheet, row: Mapping[str, Any], place: int, role: Role) -> None:
    colour, value = FILL[role], float(row[sheet.chart.axes["x"].key])
    if row.get("low") is not None and row.get("high") is not None:
        sheet.axes.plot(
            [row["low"], row["high"]], [place, place], color=colour, lw=2.4, alpha=0.5, zorder=2
        )
    sheet.axes.scatter([value], [place], s=28, c=colour, edgecolors=PAPER, linewidths=0.6, zorder=3)


_TICKS: Mapping[str, Callable[[float, float, int], list[Tick]]] = {
    "share": lambda low, high, most: share_ticks(most, low, high),
    "log_percent": log_percent_ticks,
    "effect": effect_ticks,
}

_SHOWN: Mapping[str, Callable[[float], str]] = {
    "share": percent,
    "log_percent": change_percent,
    "effect": signed,
}


def _shown(axis: Axis, value: float) -> str:
    return _SHOWN.get(axis.format, rounded)(float(value))
