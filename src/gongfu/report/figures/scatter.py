"""Draws points over two quantities: named points, a fitted line with its band, named corners."""

from __future__ import annotations

import math
from functools import partial
from typing import Any

import numpy as np
from jaxtyping import Float

from gongfu.report.catalogue.numbers import rounded
from gongfu.report.chart import Axis, Chart, Series, Shade
from gongfu.report.figures.lettering import text_width
from gongfu.report.figures.path_marks import MARKERS
from gongfu.report.figures.plane_ground import axes_share, draw_leader, to_points
from gongfu.report.figures.scales import draw_x_ticks, draw_y_ticks, write
from gongfu.report.figures.sheet import Margins, Preset, Sheet, open_sheet
from gongfu.report.figures.spread import place_labels
from gongfu.report.figures.ticks import Tick, index_ticks, log_percent_ticks
from gongfu.report.palette import FILL, INK, MUTED, PAPER, TEXT

__all__ = ["draw_scatter"]

_STEPS = 80
"""Places along a line that names keep clear of."""

_ROOM = 0.07
"""Share of each range left free around the points."""


def draw_scatter(chart: Chart, preset: Preset) -> Sheet:
    """Return the sheet with a dot and a name per row, over a line with its band.

    Rows of ``point`` series have ``x``, ``y``, ``label`` and ``short``; those of ``line`` series
    ``x``, ``y``, ``y_low`` and ``y_high``. A shade names a corner. A chart of the kind
    ``log_scatter`` has a log axis across.
    """
    has_legend = len(_points(chart)) > 1
    below = (18 if preset.is_wide else 22) if has_legend else 12
    margins = Margins(left=15 if preset.is_wide else 12, right=4, top=9, bottom=below)
    sheet = open_sheet(chart, preset, 86 if preset.is_wide else 76, margins)
    _lay_ground(sheet)
    for shade in chart.shades:
        _name_corner(sheet, shade)
    for series in chart.series:
        if series.mark == "line":
            _draw_line(sheet, series)
    _draw_points(sheet)
    if has_legend:
        sheet.axes.legend(
            loc="upper left", bbox_to_anchor=(0, -33 / sheet.plot_height), frameon=False,
            ncols=len(_points(chart)) if preset.is_wide else 2, fontsize=preset.text,
            handletextpad=0.1, columnspacing=1.2, borderaxespad=0, borderpad=0,
        )  # fmt: skip
    return sheet


def _points(chart: Chart) -> list[Series]:
    return [series for series in chart.series if series.mark == "point"]


def _lay_ground(sheet: Sheet) -> None:
    chart, axes, is_wide = sheet.chart, sheet.axes, sheet.preset.is_wide
    across, up = chart.axes["x"], chart.axes["y"]
    xs, ys = (
        np.array([row[key] for one in _points(chart) for row in one.rows], dtype=float)
        for key in ("x", "y")
    )
    low, high = _reach(_place(chart, xs))
    bottom, top = _reach(ys)
    axes.set(xlim=(low, high), ylim=(bottom, top))
    most = 7 if is_wide else 4
    is_log = chart.kind == "log_scatter"
    draw_x_ticks(sheet, (_log_ticks if is_log else partial(_ticks, across))(low, high, most))
    draw_y_ticks(sheet, _ticks(up, bottom, top, 6))
    axes.spines["left"].set_visible(False)
    axes.spines["bottom"].set_visible(False)
    for line in chart.references:
        draw = axes.axvline if line.vertical else axes.axhline
        draw(line.intercept, color=MUTED, lw=0.8, zorder=1)
    write(sheet, _name(up), (0, 1), frame="axes", shift=(-sheet.left, 12), ha="left", va="baseline")
    write(sheet, _name(across), (1, 0), frame="axes", shift=(0, -27), ha="right", va="baseline")


def _name(axis: Axis) -> str:
    """Return the label of an axis with unit and year, where it has them."""
    details = ", ".join(part for part in (axis.unit, axis.year) if part)
    return f"{axis.label} [{details}]" if axis.price_base else axis.label


def _reach(values: Float[np.ndarray, " point"]) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    room = _ROOM * (high - low) or 1.0
    return low - room, high + room


def _ticks(axis: Axis, low: float, high: float, most: int) -> list[Tick]:
    if axis.format == "log_percent":
        return log_percent_ticks(low, high, most)
    return index_ticks(low, high, most)


def _log_ticks(low: float, high: float, most: int) -> list[Tick]:
    """Return round values at their places on a log axis, as many as there is room for."""
    sizes = [m * 10.0**e for e in range(-6, 12) for m in (1, 1.5, 2, 3, 4, 5, 7)]
    known = [size for size in sizes if low <= math.log(size) <= high]
    step = max(1, math.ceil(len(known) / most))
    return [(math.log(size), rounded(size, 2)) for size in known[::step]]


def _place(chart: Chart, values: Float[np.ndarray, " point"]) -> Float[np.ndarray, " point"]:
    """Return where values stand across: by their logarithm on a log axis."""
    return np.log(values) if chart.kind == "log_scatter" else values


def _name_corner(sheet: Sheet, shade: Shade) -> None:
    """Write the name of a corner of the plot, in the corner its open sides point to."""
    is_right, is_top = shade.x_high is None, shade.y_high is None
    write(
        sheet, shade.label, (float(is_right), float(is_top)), frame="axes",
        shift=(-3 if is_right else 3, -3 if is_top else 3), ha="right" if is_right else "left",
        va="top" if is_top else "bottom", size=sheet.preset.small, colour=MUTED,
    )  # fmt: skip


def _taken(sheet: Sheet) -> Float[np.ndarray, "place 2"] | None:
    """Return places of lines and of the names of corners: no name of a point should cover them."""
    size, places = sheet.preset.small, []
    for shade in sheet.chart.shades:
        width = text_width(shade.label, size)
        left = sheet.plot_width - width - 3 if shade.x_high is None else 3.0
        level = sheet.plot_height - size if shade.y_high is None else size
        places += [(left + step, level) for step in np.arange(0.0, width + 1, 4.0).tolist()]
    for series in sheet.chart.series:
        if series.mark == "line":
            xs, ys = (np.array([row[key] for row in series.rows]) for key in ("x", "y"))
            xs = _place(sheet.chart, xs)
            at = np.linspace(xs.min(), xs.max(), _STEPS)
            order = np.argsort(xs)
            level_at = np.interp(at, xs[order], ys[order])
            places += [to_points(sheet, *place) for place in zip(at, level_at, strict=True)]
    return np.array(places) if places else None


def _draw_line(sheet: Sheet, series: Series) -> None:
    xs, ys, low, high = (
        np.array([math.nan if row.get(key) is None else row[key] for row in series.rows])
        for key in ("x", "y", "y_low", "y_high")
    )
    axes, colour = sheet.axes, FILL[series.role]
    xs = _place(sheet.chart, xs)
    if not np.isnan(low).all():
        axes.fill_between(xs, low, high, color=colour, alpha=0.14, lw=0, zorder=1)
    axes.plot(xs, ys, color=INK if series.role == "total" else colour, lw=1.3, zorder=2)


def _draw_points(sheet: Sheet) -> None:
    rows: list[tuple[Series, Any]] = [(s, row) for s in _points(sheet.chart) for row in s.rows]
    for series in _points(sheet.chart):
        xs, ys = (np.array([row[key] for row in series.rows], dtype=float) for key in ("x", "y"))
        sheet.axes.plot(
            _place(sheet.chart, xs), ys, ls="", marker=MARKERS[series.role], ms=5,
            mfc=FILL[series.role], mec=PAPER, mew=0.5, zorder=3, label=series.label,
        )  # fmt: skip
    size = sheet.preset.small
    texts = [str(row["label" if sheet.preset.is_wide else "short"]) for _, row in rows]
    xs = _place(sheet.chart, np.array([row["x"] for _, row in rows], dtype=float)).tolist()
    points = np.array([to_points(sheet, x, row["y"]) for x, (_, row) in zip(xs, rows, strict=True)])
    sizes = np.array([[text_width(text, size) + 2, size * 1.25] for text in texts])
    labels = place_labels(points, sizes, (sheet.plot_width, sheet.plot_height), 2.8, _taken(sheet))
    for i, ((series, _), text, label) in enumerate(zip(rows, texts, labels, strict=True)):
        place = (label.x, label.y)
        if label.needs_leader:
            corner = np.clip(points[i], place - sizes[i] / 2, place + sizes[i] / 2)
            draw_leader(sheet, points[i], corner, series.role)
        write(
            sheet, text, axes_share(sheet, place), frame="axes", size=size,
            colour=TEXT[series.role],
        )  # fmt: skip
