"""The charts of a page as its front end reads them: few digits, a table of columns per series.

Numbers have as many digits as a screen can show; beside each stands how people read it, so that
the page and its printed figures never disagree. Full precision is in the files of the figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from gongfu.report.catalogue import keys, text
from gongfu.report.cells import shown
from gongfu.report.chart import Chart, Series
from gongfu.report.front.marks import drawn_series, legend_of, marks_of, tip_axes
from gongfu.report.palette import FILL, GRID, INK, MUTED, PAPER, TEXT
from gongfu.report.printable import printable_values

__all__ = ["DRAWN_KINDS", "charts_data", "palette_data", "words_data"]

DRAWN_KINDS = (
    "lines", "curve", "plane", "paths", "scatter", "intervals", "ranges", "dumbbell", "ranking",
    "waterfall", "tiles", "stack", "matrix", "panels", "shares", "effects_plane", "log_scatter",
    "tile_classes",
)  # fmt: skip
"""Kinds of charts that the front end draws; any other stays as printed."""

_SAID = (
    "front.sort", "front.copy", "front.copied", "front.copy_failed", "front.svg", "front.png",
    "front.svg_map", "front.png_map", "front.svg_ranking", "front.png_ranking", "front.close",
    "front.drawer", "front.in_ranking", "page.download", "page.contents",
)  # fmt: skip
_WORDS = ("code", "label", "short", "text", "words", "range", "role", "line", "evidence")
_NUMBERS = (
    "year", "row", "column", "start", "end", "low", "high", "x_low", "x_high", "y_low", "y_high",
    "y_outer_low", "y_outer_high", "cake",
)  # fmt: skip
_DIGITS = 6


def charts_data(charts: Mapping[str, Chart]) -> dict[str, Any]:
    """Return the charts that the front end draws, by key."""
    drawn = {key: _chart(chart) for key, chart in charts.items() if chart.kind in DRAWN_KINDS}
    return {key: printable_values(chart) for key, chart in drawn.items()}


def words_data(language: str) -> dict[str, str]:
    """Return what the front end says, by the last part of its key in the catalogue."""
    chain = (key for key in keys(language) if key.startswith("chain."))
    return {key.partition(".")[2]: text(key, language, count="{count}") for key in (*_SAID, *chain)}


def palette_data() -> dict[str, Any]:
    """Return colours by meaning."""
    return {
        "fill": dict(FILL), "text": dict(TEXT), "ink": INK, "muted": MUTED, "grid": GRID,
        "paper": PAPER,
    }  # fmt: skip


def _chart(chart: Chart) -> dict[str, Any]:
    plain = chart.to_dict()
    made = {
        "kind": chart.kind,
        "alt": chart.alt,
        "axes": plain["axes"] | {key: asdict(axis) for key, axis in tip_axes(chart).items()},
        "series": [_series(chart, series) for series in drawn_series(chart)],
        "references": plain["references"],
        "shades": plain["shades"],
    }
    return {**made, "legend": legend_of(chart)} if chart.kind == "tiles" else made


def _series(chart: Chart, series: Series) -> dict[str, Any]:
    rows = [dict(_cells(chart, series, row)) for row in series.rows]
    columns = sorted({name for row in rows for name in row})
    return {
        "key": series.key,
        "label": series.label,
        "mark": series.mark,
        "role": series.role,
        "columns": columns,
        "rows": [[row.get(name) for name in columns] for row in rows],
    }


def _cells(chart: Chart, series: Series, row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name in _WORDS:
        if row.get(name) not in (None, ""):
            yield name, str(row[name])
    for name in _NUMBERS:
        if row.get(name) is not None:
            yield name, _rounded(row[name])
    for channel, axis in chart.axes.items():
        value = row.get(axis.key, row.get(channel))
        if value is not None:
            yield channel, _rounded(value)
            yield f"shown_{channel}", shown(value, axis)
    yield from _range(chart, row)
    yield from marks_of(chart, series, row)


def _range(chart: Chart, row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the interval of a mark in words, if it has one."""
    if chart.kind == "effects_plane":
        return  # it has two, each said with its own quantity
    level = "change" if "change" in chart.axes else "x"
    for low, high, channel in (("low", "high", level), ("y_low", "y_high", "y")):
        if channel in chart.axes and row.get(low) is not None and row.get(high) is not None:
            axis = chart.axes[channel]
            yield "shown_range", f"{shown(row[low], axis)} … {shown(row[high], axis)}"


def _rounded(value: Any) -> Any:
    """Return a number with the digits a screen can show; anything else as it is."""
    return float(f"{value:.{_DIGITS}g}") if isinstance(value, float) else value
