"""Draws the grow-divide plane: paths or points over lines of equal prosperity."""

from __future__ import annotations

from typing import Any

import numpy as np
from jaxtyping import Float

from gongfu.report.chart import Chart, Series
from gongfu.report.figures.lettering import text_width
from gongfu.report.figures.path_marks import MARKERS, draw_path, name_paths, name_years, places_of
from gongfu.report.figures.plane_ground import axes_share, draw_leader, lay_plane, to_points
from gongfu.report.figures.scales import write
from gongfu.report.figures.sheet import Margins, Preset, Sheet, open_sheet
from gongfu.report.figures.spread import place_labels
from gongfu.report.palette import FILL, PAPER, TEXT

__all__ = ["draw_plane"]


def draw_plane(chart: Chart, preset: Preset) -> Sheet:
    """Return the sheet with a plane of paths (``path`` series) or of points (``point`` series)."""
    paths = [series for series in chart.series if series.mark == "path"]
    right = (40 if preset.is_wide else 20) if paths else 8
    left = 13 if preset.is_wide else 11
    margins = Margins(left=left, right=right, top=10, bottom=12 if paths else 17)
    sheet = open_sheet(chart, preset, 82 if preset.is_wide else 74, margins)
    low, high = _limits(chart, 0.04 if paths else 0.09)
    sheet.axes.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]))
    lay_plane(sheet, low, high)
    for series in paths:
        draw_path(sheet, series)
    if paths:
        name_paths(sheet, paths)
        name_years(sheet, paths)
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


def _draw_points(sheet: Sheet) -> None:
    rows: list[tuple[Series, Any]] = [(s, row) for s in sheet.chart.series for row in s.rows]
    for series in sheet.chart.series:
        xs, ys = places_of(series)
        sheet.axes.plot(
            xs, ys, ls="", marker=MARKERS[series.role], ms=5, mfc=FILL[series.role], mec=PAPER,
            mew=0.5, zorder=3, label=series.label,
        )  # fmt: skip
    size = sheet.preset.small
    texts = [str(row["label" if sheet.preset.is_wide else "short"]) for _, row in rows]
    points = np.array([to_points(sheet, row["x"], row["y"]) for _, row in rows])
    sizes = np.array([[text_width(text, size) + 2, size * 1.25] for text in texts])
    bounds = (sheet.plot_width, sheet.plot_height)
    labels = place_labels(points, sizes, bounds, 2.8, _along_zero(sheet))
    for i, ((series, _), text, label) in enumerate(zip(rows, texts, labels, strict=True)):
        place = (label.x, label.y)
        if label.needs_leader:
            corner = np.clip(points[i], place - sizes[i] / 2, place + sizes[i] / 2)
            draw_leader(sheet, points[i], corner, series.role)
        write(
            sheet, text, axes_share(sheet, place), frame="axes", size=size,
            colour=TEXT[series.role],
        )  # fmt: skip
    sheet.axes.legend(
        loc="upper left", bbox_to_anchor=(0, -33 / sheet.plot_height), frameon=False,
        ncols=len(sheet.chart.series), fontsize=sheet.preset.text, handletextpad=0.1,
        columnspacing=1.2, borderaxespad=0, borderpad=0,
    )  # fmt: skip


def _along_zero(sheet: Sheet) -> Float[np.ndarray, "place 2"]:
    """Return places along the line of no change in division, in points of type."""
    level = to_points(sheet, 0.0, 0.0)[1]
    across = np.arange(0.0, sheet.plot_width, 6.0)
    return np.stack([across, np.full_like(across, level)], axis=1)
