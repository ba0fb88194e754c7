"""Draws the tile map: one equal cell per province, hatched where there is no figure."""

from __future__ import annotations

from collections.abc import Mapping

from matplotlib.patches import Rectangle

from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import change_percent, decimals
from gongfu.report.chart import Axis, Chart, Value
from gongfu.report.figures.sheet import Margins, Preset, Sheet, open_sheet
from gongfu.report.palette import GRID, INK, MUTED, PAPER, ink_on, scale_colour

__all__ = ["colour_range", "draw_tiles"]

COLUMNS, ROWS = 7, 9
LEGEND_STEPS = 40


def draw_tiles(chart: Chart, preset: Preset) -> Sheet:
    """Return the sheet with the tile map and its colour scale in the empty north-west."""
    cell = 15.5 if preset.is_wide else 12.0
    side = (preset.width - COLUMNS * cell) / 2
    sheet = open_sheet(chart, preset, ROWS * cell, Margins(side, side, 0, 1))
    sheet.axes.set(xlim=(0, COLUMNS), ylim=(ROWS, 0))
    sheet.axes.set_axis_off()
    low, high = colour_range(chart)
    for row in chart.series[0].rows:
        _draw_cell(sheet, row, low, high)
    _draw_scale(sheet, low, high)
    return sheet


def colour_range(chart: Chart) -> tuple[float, float]:
    """Return the lowest and highest value that is coloured."""
    key = chart.axes["colour"].key
    values = [row[key] for row in chart.series[0].rows if row[key] is not None]
    numbers = [float(value) for value in values if value is not None]
    return (min(numbers), max(numbers)) if numbers else (0.0, 0.0)


def _draw_cell(sheet: Sheet, row: Mapping[str, Value], low: float, high: float) -> None:
    value = row[sheet.chart.axes["colour"].key]
    x, y = float(row["column"] or 0), float(row["row"] or 0)
    place, size = (x + 0.03, y + 0.03), 0.94
    if not isinstance(value, float):
        sheet.axes.add_patch(
            Rectangle(place, size, size, hatch="////", facecolor=PAPER, edgecolor="#b8c0c8", lw=0.5)
        )
        sheet.axes.text(
            x + 0.5, y + 0.5, str(row["short"]), ha="center", va="center", color=MUTED,
            size=sheet.preset.text, bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1.5},
        )  # fmt: skip
        return
    colour = scale_colour(value, low, high)
    sheet.axes.add_patch(Rectangle(place, size, size, facecolor=colour, edgecolor="none"))
    ink, size = ink_on(colour), sheet.preset.text
    name, name_size = _cell_name(sheet, row)
    sheet.axes.text(
        x + 0.5, y + 0.40, name, ha="center", va="center", color=ink, size=name_size,
        weight="bold", linespacing=1.05,
    )  # fmt: skip
    sheet.axes.text(
        x + 0.5, y + 0.76, _shown(sheet.chart.axes["colour"], value), ha="center", va="center",
        color=ink, size=size,
    )  # fmt: skip


def _cell_name(sheet: Sheet, row: Mapping[str, Value]) -> tuple[str, float]:
    """Return the name that fits a cell, with its size: whole where there is room, else short."""
    size = sheet.preset.text
    if not sheet.preset.is_wide:
        return str(row["short"]), size + 1.5
    if sheet.chart.language == "zh":
        return str(row["label"]), size + 1.5
    return str(row["label"]).replace(" ", "\n"), size - 1.5


def _draw_scale(sheet: Sheet, low: float, high: float) -> None:
    """Draw the colour scale with its ends named, and the meaning of hatching, top left."""
    axes, size, language = sheet.axes, sheet.preset.text, sheet.chart.language
    quantity = sheet.chart.axes["colour"]
    left, width, top = 0.03, 2.3, 0.55
    step = width / LEGEND_STEPS
    shares = [i / (LEGEND_STEPS - 1) for i in range(LEGEND_STEPS)]
    axes.broken_barh(
        [(left + i * step, step * 1.05) for i in range(LEGEND_STEPS)],
        (top, 0.16),
        facecolors=[scale_colour(low + (high - low) * share, low, high) for share in shares],
        lw=0,
    )
    axes.text(left, top - 0.1, quantity.label, size=size, color=INK, va="bottom")
    for place, value, side in ((left, low, "left"), (left + width, high, "right")):
        shown = _shown(quantity, value)
        axes.text(place, top + 0.26, shown, size=size, color=MUTED, va="top", ha=side)
    axes.add_patch(
        Rectangle((left, top + 0.75), 0.3, 0.3, hatch="////", facecolor=PAPER, edgecolor=GRID)
    )
    axes.text(
        left + 0.42, top + 0.9, text("chart.tiles.missing", language), size=size, color=MUTED,
        va="center",
    )  # fmt: skip


def _shown(axis: Axis, value: float) -> str:
    """Return a value as its cell shows it: a change in percent, an index with two decimals."""
    return change_percent(value) if axis.format == "log_percent" else decimals(value, 2)
