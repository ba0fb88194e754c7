"""Draws the tile map of classes: a colour per class, pale where it may be chance, named above."""

from __future__ import annotations

from collections.abc import Mapping

from matplotlib.patches import Rectangle

from gongfu.report.chart import Chart, Role, Series, Value
from gongfu.report.figures.scales import write
from gongfu.report.figures.sheet import Margins, Preset, Sheet, open_sheet
from gongfu.report.palette import FILL, INK, MUTED, PAPER, TEXT, ink_on

__all__ = ["draw_tile_classes"]

COLUMNS, ROWS = 7, 9
_EDGE = "#b8c0c8"


def draw_tile_classes(chart: Chart, preset: Preset) -> Sheet:
    """Return the sheet with a cell per row of every series, in the colour of its role.

    Rows have ``row``, ``column``, ``short`` and ``label``; a series with rows of ``hatched`` 1 is
    drawn as stripes of its colour on paper. Series of role ``neutral`` are grey; those with the
    mark ``range`` are places without figures, outlined only.
    """
    cell = 15.5 if preset.is_wide else 12.0
    side = (preset.width - COLUMNS * cell) / 2
    sheet = open_sheet(chart, preset, ROWS * cell, Margins(side, side, 0, 1))
    sheet.axes.set(xlim=(0, COLUMNS), ylim=(ROWS, 0))
    sheet.axes.set_axis_off()
    for series in chart.series:
        for row in series.rows:
            _draw_cell(sheet, series, row)
    _draw_legend(sheet)
    return sheet


def _draw_cell(sheet: Sheet, series: Series, row: Mapping[str, Value]) -> None:
    x, y = float(row["column"] or 0), float(row["row"] or 0)
    ink = _patch(sheet, series, (x + 0.03, y + 0.03), 0.94, row)
    is_wide, is_zh = sheet.preset.is_wide, sheet.chart.language == "zh"
    words = row["label"] if is_wide else row["short"]
    write(
        sheet, str(words).replace(" ", "\n"), (x + 0.5, y + 0.5), colour=ink,
        size=sheet.preset.text + (1.5 if is_zh or not is_wide else -1.5),
        bold=series.role != "neutral",
        ground=PAPER if row["hatched"] else None,
    )  # fmt: skip


def _patch(
    sheet: Sheet,
    series: Series,
    place: tuple[float, float],
    size: float,
    row: Mapping[str, Value],
) -> str:
    """Draw a cell in the look of its class; return the colour of words on it."""
    if series.mark == "range":
        look = {"facecolor": PAPER, "edgecolor": _EDGE, "ls": ":"}
        ink = MUTED
    elif row["hatched"]:
        look = {"facecolor": PAPER, "edgecolor": FILL[series.role], "hatch": "/////"}
        ink = TEXT[series.role]
    else:
        colour = _pale(series.role)
        look = {"facecolor": colour, "edgecolor": "none"}
        ink = ink_on(colour)
    sheet.axes.add_patch(Rectangle(place, size, size, lw=0.6, **look))  # type: ignore[arg-type]
    return ink


def _pale(role: Role) -> str:
    return "#dfe3e8" if role == "neutral" else FILL[role]


def _draw_legend(sheet: Sheet) -> None:
    """Name the classes in the empty north-west."""
    top = 0.08
    for series in sheet.chart.series:
        if not series.label:
            continue
        row = series.rows[0] if series.rows else {"hatched": 0}
        _patch(sheet, series, (0.03, top), 0.26, row)
        write(sheet, series.label, (0.38, top + 0.14), ha="left", colour=INK)
        top += 0.4
