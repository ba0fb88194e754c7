"""Paths over the years in a plane: line, marks, the names at their ends, some years along one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float

from gongfu.report.chart import Role, Series
from gongfu.report.figures.lettering import text_width, wrap
from gongfu.report.figures.plane_ground import axes_share, draw_leader, to_points
from gongfu.report.figures.scales import write
from gongfu.report.figures.sheet import LINE, Sheet
from gongfu.report.figures.spread import place_labels, spread
from gongfu.report.palette import FILL, PAPER, TEXT

__all__ = ["MARKERS", "draw_path", "name_paths", "name_years", "places_of"]

MARKERS: dict[Role, str] = {
    "first": "o",
    "second": "s",
    "third": "D",
    "fourth": "^",
    "fifth": "v",
    "total": "P",
    "neutral": "X",
}
"""Shapes beside colours, for those who print without them."""


def draw_path(sheet: Sheet, series: Series) -> None:
    """Draw a line with a hollow mark per year and a filled one at its end."""
    xs, ys = places_of(series)
    colour = FILL[series.role]
    sheet.axes.plot(xs, ys, color=colour, lw=1.6, zorder=3)
    sheet.axes.plot(
        xs[:-1], ys[:-1], ls="", marker="o", ms=3, mfc=PAPER, mec=colour, mew=0.9, zorder=4
    )
    sheet.axes.plot(
        xs[-1:], ys[-1:], ls="", marker=MARKERS[series.role], ms=6, color=colour, zorder=5,
        mec=PAPER, mew=0.6,
    )  # fmt: skip


def name_paths(sheet: Sheet, paths: Sequence[Series]) -> None:
    """Write each path's name in the right margin, level with its end."""
    size = sheet.preset.text
    room = (39 if sheet.preset.is_wide else 19.5) * 72 / 25.4 - 8
    texts = [
        [line for part in series.label.split("\n") for line in wrap(part, size, room)]
        for series in paths
    ]
    ends = [to_points(sheet, *(values[-1] for values in places_of(series))) for series in paths]
    heights = [len(lines) * size * LINE + 3 for lines in texts]
    centres = spread([end[1] for end in ends], heights, 0, sheet.plot_height)
    for series, lines, end, centre in zip(paths, texts, ends, centres, strict=True):
        draw_leader(sheet, end, (sheet.plot_width + 6, centre), series.role)
        write(
            sheet, "\n".join(lines), (1, 0), frame="axes", shift=(8, centre), ha="left",
            colour=TEXT[series.role],
        )  # fmt: skip


def name_years(sheet: Sheet, paths: Sequence[Series]) -> None:
    """Write some years along the path that divides most: the first, the last, one in three.

    They stand where they cover no path.
    """
    path = max(paths, key=lambda one: abs(one.rows[-1]["y"]))
    last = len(path.rows) - 1
    chosen = [i for i in range(last + 1) if i in (0, last) or (i % 3 == 0 and i < last - 1)]
    size = sheet.preset.small
    years = [str(path.rows[i]["year"]) for i in chosen]
    points = np.array([to_points(sheet, *places_of(path)[:, i]) for i in chosen])
    sizes = np.array([[text_width(year, size) + 2, size * 1.2] for year in years])
    bounds = (sheet.plot_width, sheet.plot_height)
    along = np.vstack([_along(sheet, one) for one in paths])
    labels = place_labels(points, sizes, bounds, 2.5, along)
    for year, label in zip(years, labels, strict=True):
        place = axes_share(sheet, (label.x, label.y))
        write(sheet, year, place, frame="axes", size=size, colour=TEXT[path.role])


def _along(sheet: Sheet, path: Series) -> Float[np.ndarray, "place 2"]:
    """Return places every few points of type along a path, as obstacles for labels."""
    corners = np.array([to_points(sheet, x, y) for x, y in places_of(path).T])
    steps = np.linspace(0, 1, 8)[:, None, None]
    between: Float[np.ndarray, "place 2"] = (
        corners[None, :-1] + steps * (corners[None, 1:] - corners[None, :-1])
    ).reshape(-1, 2)
    return between


def places_of(series: Series) -> Float[np.ndarray, "2 point"]:
    """Return the x and y of every mark of a series."""
    return np.array([[row["x"], row["y"]] for row in series.rows], dtype=float).T
