"""Draws the grow-divide plane: paths or points over lines of equal prosperity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from jaxtyping import Float

from gongfu.report.chart import Chart, Role, Series
from gongfu.report.figures.lettering import text_width, wrap
from gongfu.report.figures.scales import draw_x_ticks, draw_y_ticks, write
from gongfu.report.figures.sheet import LINE, Margins, Preset, Sheet, open_sheet
from gongfu.report.figures.spread import place_labels, spread
from gongfu.report.figures.ticks import log_percent_ticks
from gongfu.report.palette import FILL, MUTED, PAPER, TEXT

__all__ = ["draw_plane"]

QUADRANT = "#eff5fa"
MARKERS: dict[Role, str] = {
    "first": "o",
    "second": "s",
    "third": "D",
    "fourth": "^",
    "fifth": "v",
    "neutral": "X",
}


def draw_plane(chart: Chart, preset: Preset) -> Sheet:
    """Return the sheet with a plane of paths (``path`` series) or of points (``point`` series)."""
    paths = [series for series in chart.series if series.mark == "path"]
    right = (40 if preset.is_wide else 20) if paths else 8
    left = 13 if preset.is_wide else 11
    margins = Margins(left=left, right=right, top=10, bottom=12 if paths else 17)
    sheet = open_sheet(chart, preset, 82 if preset.is_wide else 74, margins)
    low, high = _limits(chart, 0.04 if paths else 0.09)
    sheet.axes.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]))
    _ground(sheet, low, high)
    for series in paths:
        _draw_path(sheet, series)
    if paths:
        _name_paths(sheet, paths)
        _name_years(sheet, paths)
    else:
        _draw_points(sheet)
    return sheet


def _limits(chart: Chart, room: float) -> tuple[np.ndarray, np.ndarray]:
    """Return lower and upper corner: all marks, no change in division, and some room."""
    rows = [row for series in chart.series for row in series.rows]
    places = np.array([[row["x"], row["y"]] for row in rows], dtype=float)
    with_zero = np.vstack([places, [places[0, 0], 0.0]])
    low, high = with_zero.min(axis=0), with_zero.max(axis=0)
    pad = np.maximum((high - low) * room, 1e-3) * np.array([1.0, 2.0])
    return low - pad, high + pad


def _ground(sheet: Sheet, low: np.ndarray, high: np.ndarray) -> None:
    """Draw what lies under the marks: quadrant, zero lines, ticks, lines of equal prosperity."""
    axes, preset = sheet.axes, sheet.preset
    for shade in sheet.chart.shades:
        left, bottom = max(low[0], shade.x_low or 0.0), max(low[1], shade.y_low or 0.0)
        axes.fill_between([left, high[0]], bottom, high[1], color=QUADRANT, lw=0, zorder=0)
    axes.axhline(0, color=MUTED, lw=0.8, zorder=1)
    axes.axvline(0, color=MUTED, lw=0.8, zorder=1)
    draw_x_ticks(sheet, log_percent_ticks(low[0], high[0], 8 if preset.is_wide else 5))
    draw_y_ticks(sheet, log_percent_ticks(low[1], high[1], 6))
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
        place = _to_points(sheet, start, high[1])[0]
        if start > low[0] and place - half > reach:
            size = sheet.preset.small
            write(
                sheet, words, (start, high[1]), shift=(0, 3), va="bottom", size=size, colour=MUTED
            )
            reach, named = place + half + 3, True


def _draw_path(sheet: Sheet, series: Series) -> None:
    xs, ys = _xy(series)
    colour = FILL[series.role]
    sheet.axes.plot(xs, ys, color=colour, lw=1.6, zorder=3)
    sheet.axes.plot(
        xs[:-1], ys[:-1], ls="", marker="o", ms=3, mfc=PAPER, mec=colour, mew=0.9, zorder=4
    )
    sheet.axes.plot(
        xs[-1:], ys[-1:], ls="", marker=MARKERS[series.role], ms=6, color=colour, zorder=5,
        mec=PAPER, mew=0.6,
    )  # fmt: skip


def _name_paths(sheet: Sheet, paths: Sequence[Series]) -> None:
    """Write each path's name in the right margin, level with its end."""
    size = sheet.preset.text
    room = (39 if sheet.preset.is_wide else 19.5) * 72 / 25.4 - 8
    texts = [
        [line for part in series.label.split("\n") for line in wrap(part, size, room)]
        for series in paths
    ]
    ends = [_to_points(sheet, *(values[-1] for values in _xy(series))) for series in paths]
    heights = [len(lines) * size * LINE + 3 for lines in texts]
    centres = spread([end[1] for end in ends], heights, 0, sheet.plot_height)
    for series, lines, end, centre in zip(paths, texts, ends, centres, strict=True):
        _draw_leader(sheet, end, (sheet.plot_width + 6, centre), series.role)
        write(
            sheet, "\n".join(lines), (1, 0), frame="axes", shift=(8, centre), ha="left",
            colour=TEXT[series.role],
        )  # fmt: skip


def _name_years(sheet: Sheet, paths: Sequence[Series]) -> None:
    """Write some years along the path that divides most: the first, the last, one in three.

    They stand where they cover no path.
    """
    path = max(paths, key=lambda one: abs(one.rows[-1]["y"]))
    last = len(path.rows) - 1
    chosen = [i for i in range(last + 1) if i in (0, last) or (i % 3 == 0 and i < last - 1)]
    size = sheet.preset.small
    years = [str(path.rows[i]["year"]) for i in chosen]
    points = np.array([_to_points(sheet, *_xy(path)[:, i]) for i in chosen])
    sizes = np.array([[text_width(year, size) + 2, size * 1.2] for year in years])
    bounds = (sheet.plot_width, sheet.plot_height)
    along = np.vstack([_along(sheet, one) for one in paths])
    labels = place_labels(points, sizes, bounds, 2.5, along)
    for year, label in zip(years, labels, strict=True):
        place = _axes_share(sheet, (label.x, label.y))
        write(sheet, year, place, frame="axes", size=size, colour=TEXT[path.role])


def _along(sheet: Sheet, path: Series) -> Float[np.ndarray, "place 2"]:
    """Return places every few points of type along a path, as obstacles for labels."""
    corners = np.array([_to_points(sheet, x, y) for x, y in _xy(path).T])
    steps = np.linspace(0, 1, 8)[:, None, None]
    between: Float[np.ndarray, "place 2"] = (
        corners[None, :-1] + steps * (corners[None, 1:] - corners[None, :-1])
    ).reshape(-1, 2)
    return between


def _draw_points(sheet: Sheet) -> None:
    rows: list[tuple[Series, Any]] = [(s, row) for s in sheet.chart.series for row in s.rows]
    for series in sheet.chart.series:
        xs, ys = _xy(series)
        sheet.axes.plot(
            xs, ys, ls="", marker=MARKERS[series.role], ms=5, mfc=FILL[series.role], mec=PAPER,
            mew=0.5, zorder=3, label=series.label,
        )  # fmt: skip
    size = sheet.preset.small
    texts = [str(row["label" if sheet.preset.is_wide else "short"]) for _, row in rows]
    points = np.array([_to_points(sheet, row["x"], row["y"]) for _, row in rows])
    sizes = np.array([[text_width(text, size) + 2, size * 1.25] for text in texts])
    bounds = (sheet.plot_width, sheet.plot_height)
    labels = place_labels(points, sizes, bounds, 2.8, _along_zero(sheet))
    for i, ((series, _), text, label) in enumerate(zip(rows, texts, labels, strict=True)):
        place = (label.x, label.y)
        if label.needs_leader:
            corner = np.clip(points[i], place - sizes[i] / 2, place + sizes[i] / 2)
            _draw_leader(sheet, points[i], corner, series.role)
        write(
            sheet, text, _axes_share(sheet, place), frame="axes", size=size,
            colour=TEXT[series.role],
        )  # fmt: skip
    sheet.axes.legend(
        loc="upper left", bbox_to_anchor=(0, -33 / sheet.plot_height), frameon=False,
        ncols=len(sheet.chart.series), fontsize=sheet.preset.text, handletextpad=0.1,
        columnspacing=1.2, borderaxespad=0, borderpad=0,
    )  # fmt: skip


def _along_zero(sheet: Sheet) -> Float[np.ndarray, "place 2"]:
    """Return places along the line of no change in division, in points of type."""
    level = _to_points(sheet, 0.0, 0.0)[1]
    across = np.arange(0.0, sheet.plot_width, 6.0)
    return np.stack([across, np.full_like(across, level)], axis=1)


def _draw_leader(sheet: Sheet, start: Sequence[float], end: Sequence[float], role: Role) -> None:
    """Draw a thin line from a mark to its label, both in points of type."""
    (x1, y1), (x2, y2) = _axes_share(sheet, start), _axes_share(sheet, end)
    sheet.axes.plot(
        [x1, x2], [y1, y2], transform=sheet.axes.transAxes, color=FILL[role], lw=0.5, alpha=0.7,
        zorder=2, clip_on=False, scalex=False, scaley=False,
    )  # fmt: skip


def _xy(series: Series) -> Float[np.ndarray, "2 point"]:
    return np.array([[row["x"], row["y"]] for row in series.rows], dtype=float).T


def _to_points(sheet: Sheet, x: float, y: float) -> tuple[float, float]:
    """Return a place of the data in points of type from the lower left of the plot."""
    (x_low, x_high), (y_low, y_high) = sheet.axes.get_xlim(), sheet.axes.get_ylim()
    across = (x - x_low) / (x_high - x_low) * sheet.plot_width
    return across, (y - y_low) / (y_high - y_low) * sheet.plot_height


def _axes_share(sheet: Sheet, place: Sequence[float]) -> tuple[float, float]:
    return place[0] / sheet.plot_width, place[1] / sheet.plot_height
