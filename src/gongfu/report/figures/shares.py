"""Draws stacked shares: a row per group, classes from loss to gain, the verdict beside."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gongfu.report.catalogue.numbers import percent
from gongfu.report.chart import Chart, Series
from gongfu.report.figures.lettering import text_width
from gongfu.report.figures.scales import draw_x_ticks, name_rows, write
from gongfu.report.figures.sheet import LINE, Margins, Preset, Sheet, open_sheet
from gongfu.report.figures.ticks import share_ticks
from gongfu.report.palette import LOSS_TO_GAIN, MUTED, PAPER, TEXT, ink_on

__all__ = ["draw_shares"]

MM_PER_POINT = 25.4 / 72
SQUARE = 6.0  # side of a colour sample in the legend, in points of type


def draw_shares(chart: Chart, preset: Preset) -> Sheet:
    """Return the sheet with one bar per group; shares of a tenth and more are written inside."""
    *classes, verdicts = chart.series
    names = [str(row["label"]) for row in verdicts.rows]
    size = preset.text
    left = max(text_width(name, size, bold=i == 0) for i, name in enumerate(names)) * MM_PER_POINT
    legend = _legend_lines(classes, preset)
    margins = Margins(
        left=left + 3,
        right=48 if preset.is_wide else 21,
        top=len(legend) * size * 1.7 * MM_PER_POINT + 7,
        bottom=11,
    )
    sheet = open_sheet(chart, preset, len(names) * (6.2 if preset.is_wide else 7.4), margins)
    sheet.axes.set(xlim=(0, 1), ylim=(len(names) - 0.5, -0.5))
    for spine in sheet.axes.spines.values():
        spine.set_visible(False)
    name_rows(sheet, list(enumerate(names)), bold=[True, *[False] * (len(names) - 1)])
    draw_x_ticks(sheet, share_ticks(5 if preset.is_wide else 2))
    write(sheet, chart.axes["x"].label, (1, 0), frame="axes", shift=(0, -27), ha="right",
          va="baseline")  # fmt: skip
    _draw_classes(sheet, classes)
    _write_verdicts(sheet, verdicts)
    _draw_legend(sheet, legend)
    return sheet


def _draw_classes(sheet: Sheet, classes: Sequence[Series]) -> None:
    start = np.zeros(len(classes[0].rows))
    wanted = 0.10 if sheet.preset.is_wide else 0.27
    for series, colour in zip(classes, LOSS_TO_GAIN, strict=True):
        shares = np.array([row["x"] for row in series.rows], dtype=float)
        places = np.arange(len(shares))
        sheet.axes.barh(
            places, shares, 0.72, left=start, color=colour, edgecolor=PAPER, lw=0.4, zorder=2
        )
        for place in places[shares >= wanted]:
            middle = float(start[place] + shares[place] / 2)
            shown = percent(float(shares[place]), 2)
            size = sheet.preset.small
            write(sheet, shown, (middle, float(place)), size=size, colour=ink_on(colour))
        start = start + shares


def _write_verdicts(sheet: Sheet, verdicts: Series) -> None:
    """Write the change of each group's mean income, its range, and what can be said of it."""
    size, small = sheet.preset.text, sheet.preset.small
    for place, row in enumerate(verdicts.rows):
        colour, bold = TEXT[row["role"]], place == 0
        if sheet.preset.is_wide:
            columns = ((6, row["words"], size, colour), (50, row["text"], size, colour),
                       (83, row["range"], small, MUTED))  # fmt: skip
            for across, words, letters, ink in columns:
                write(
                    sheet, words, (1, place), frame="y data", shift=(across, 0), ha="left",
                    va="center_baseline", size=letters, colour=ink, bold=bold and letters == size,
                )  # fmt: skip
        else:
            for up, words in ((4.5, row["words"]), (-4.5, row["text"])):
                write(
                    sheet, words, (1, place), frame="y data", shift=(5, up), ha="left", size=small,
                    colour=colour, bold=bold,
                )  # fmt: skip
    if sheet.preset.is_wide:
        write(
            sheet, verdicts.label, (1, 1), frame="axes", shift=(6, 5), ha="left", va="bottom",
            size=small, colour=MUTED,
        )  # fmt: skip


def _legend_lines(classes: Sequence[Series], preset: Preset) -> list[list[tuple[str, str, float]]]:
    """Return label, colour and place of the classes, in as many lines as the width asks for."""
    width = preset.width / MM_PER_POINT
    lines: list[list[tuple[str, str, float]]] = [[]]
    across = 0.0
    for series, colour in zip(classes, LOSS_TO_GAIN, strict=True):
        own = SQUARE + 4 + text_width(series.label, preset.text)
        if lines[-1] and across + own > width:
            lines.append([])
            across = 0.0
        lines[-1].append((series.label, colour, across))
        across += own + 14
    return lines


def _draw_legend(sheet: Sheet, lines: Sequence[Sequence[tuple[str, str, float]]]) -> None:
    step = sheet.preset.text * 1.7
    for number, line in enumerate(lines):
        up = 18 + step * (len(lines) - 1 - number) + sheet.preset.text * LINE / 2
        for label, colour, across in line:
            place = across - sheet.left
            sheet.axes.plot(
                [(place + SQUARE / 2) / sheet.plot_width], [1 + up / sheet.plot_height],
                transform=sheet.axes.transAxes, ls="", marker="s", ms=SQUARE, color=colour,
                clip_on=False, scalex=False, scaley=False,
            )  # fmt: skip
            write(sheet, label, (0, 1), frame="axes", shift=(place + SQUARE + 4, up), ha="left")
