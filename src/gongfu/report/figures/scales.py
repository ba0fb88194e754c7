"""Words, tick labels and grid lines as plain artists.

Nothing on a printed sheet pans or zooms: matplotlib's own axes and annotations, which may still
move, cost twice as much to draw.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from matplotlib.transforms import ScaledTranslation

from gongfu.report.figures.sheet import Sheet
from gongfu.report.figures.ticks import Tick
from gongfu.report.palette import GRID, INK, MUTED

__all__ = ["Frame", "draw_x_ticks", "draw_y_ticks", "name_rows", "write"]

Frame = Literal["data", "axes", "x data", "y data"]
"""What a place counts in: data, shares of the axes, or data along one axis and shares along the
other."""

GAP = 5.0  # points between axes and tick labels


def write(
    sheet: Sheet,
    words: str,
    place: tuple[float, float],
    *,
    shift: tuple[float, float] = (0.0, 0.0),
    frame: Frame = "data",
    ha: str = "center",
    va: str = "center",
    size: float | None = None,
    colour: str = INK,
    bold: bool = False,
    ground: str | None = None,
    zorder: float = 6.0,
) -> None:
    """Write words at a place, moved by a shift in points of type.

    Parameters
    ----------
    size : of type; that of the preset's text if not given.
    ground : colour behind the words, where lines would cross them.
    """
    axes = sheet.axes
    transform = {
        "data": axes.transData,
        "axes": axes.transAxes,
        "x data": axes.get_xaxis_transform(),
        "y data": axes.get_yaxis_transform(),
    }[frame]
    moved = ScaledTranslation(shift[0] / 72, shift[1] / 72, sheet.figure.dpi_scale_trans)
    axes.text(
        *place,
        words,
        transform=transform + moved,
        ha=ha,
        va=va,
        size=size or sheet.preset.text,
        color=colour,
        weight="bold" if bold else "normal",
        linespacing=1.2,
        zorder=zorder,
        bbox={"facecolor": ground, "edgecolor": "none", "pad": 0.6} if ground else None,
    )


def draw_x_ticks(sheet: Sheet, ticks: Sequence[Tick], *, grid: bool = False) -> None:
    """Write labels below the axes, with light vertical lines if ``grid``."""
    sheet.axes.xaxis.set_visible(False)
    for place, label in ticks:
        write(sheet, label, (place, 0), frame="x data", shift=(0, -GAP), va="top", colour=MUTED)
    if grid:
        places = [place for place, _ in ticks]
        lines = sheet.axes.get_xaxis_transform()
        sheet.axes.vlines(places, 0, 1, colors=GRID, lw=0.5, zorder=0, transform=lines)


def draw_y_ticks(sheet: Sheet, ticks: Sequence[Tick]) -> None:
    """Write labels to the left of the axes, with light level lines."""
    name_rows(sheet, ticks, colour=MUTED)
    places = [place for place, _ in ticks]
    lines = sheet.axes.get_yaxis_transform()
    sheet.axes.hlines(places, 0, 1, colors=GRID, lw=0.5, zorder=0, transform=lines)


def name_rows(
    sheet: Sheet, rows: Sequence[Tick], *, bold: Sequence[bool] = (), colour: str = INK
) -> None:
    """Write the name of each row to the left of the axes."""
    sheet.axes.yaxis.set_visible(False)
    for i, (place, name) in enumerate(rows):
        write(
            sheet,
            name,
            (0, place),
            frame="y data",
            shift=(-GAP, 0),
            ha="right",
            va="center_baseline",
            colour=colour,
            bold=bool(bold) and bold[i],
        )
