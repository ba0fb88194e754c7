"""The charts of a page as its front end reads them: few digits, a table of columns per series.

Numbers have as many digits as a screen can show; beside each stands how people read it, so that
the page and its printed figures never disagree. Full precision is in the files of the figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gongfu.report.catalogue import keys, text
from gongfu.report.catalogue.numbers import decimals
from gongfu.report.cells import shown
from gongfu.report.chart import Axis, Chart, Series
from gongfu.report.figures.tiles import colour_range
from gongfu.report.palette import FILL, GRID, INK, MUTED, PAPER, TEXT, ink_on, scale_colour

__all__ = ["DRAWN_KINDS", "charts_data", "palette_data", "words_data"]

DRAWN_KINDS = (
    "lines", "curve", "plane", "paths", "scatter", "intervals", "ranges", "dumbbell", "ranking",
    "waterfall", "tiles",
)  # fmt: skip
"""Kinds of charts that the front end draws; the others stay as printed."""

_SAID = (
    "front.sort", "front.copy", "front.copied", "front.copy_failed", "front.svg", "front.png",
    "front.svg_map", "front.png_map", "front.svg_ranking", "front.png_ranking", "front.close",
    "front.drawer", "front.in_ranking", "page.download", "page.contents",
)  # fmt: skip
_WORDS = ("code", "label", "short", "text", "role", "evidence")
_NUMBERS = (
    "year", "row", "column", "start", "end", "low", "high", "y_low", "y_high", "y_outer_low",
    "y_outer_high",
)  # fmt: skip
_DIGITS = 6
_LEGEND_STEPS = 24


def charts_data(charts: Mapping[str, Chart]) -> dict[str, Any]:
    """Return the charts that the front end draws, by key."""
    return {key: _chart(chart) for key, chart in charts.items() if chart.kind in DRAWN_KINDS}


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
        "axes": plain["axes"],
        "series": [_series(chart, series) for series in chart.series],
        "references": plain["references"],
        "shades": plain["shades"],
    }
    return {**made, "legend": _legend(chart)} if chart.kind == "tiles" else made


def _series(chart: Chart, series: Series) -> dict[str, Any]:
    rows = [dict(_cells(chart, row)) for row in series.rows]
    columns = sorted({name for row in rows for name in row})
    return {
        "key": series.key,
        "label": series.label,
        "mark": series.mark,
        "role": series.role,
        "columns": columns,
        "rows": [[row.get(name) for name in columns] for row in rows],
    }


def _cells(chart: Chart, row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
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
    if chart.kind == "tiles":
        yield from _paint(chart, row)


def _range(chart: Chart, row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the interval of a mark in words, if it has one."""
    for low, high, channel in (("low", "high", "x"), ("y_low", "y_high", "y")):
        if channel in chart.axes and row.get(low) is not None and row.get(high) is not None:
            axis = chart.axes[channel]
            yield "shown_range", f"{shown(row[low], axis)} … {shown(row[high], axis)}"


def _paint(chart: Chart, row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the colour of a tile, the ink on it and the words in it."""
    axis = chart.axes["colour"]
    value = row.get(axis.key)
    if isinstance(value, float):
        colour = scale_colour(value, *colour_range(chart))
        yield "paint", colour
        yield "ink", ink_on(colour)
        yield "cell", _tile_words(value, axis)


def _legend(chart: Chart) -> dict[str, Any]:
    axis, (low, high) = chart.axes["colour"], colour_range(chart)
    places: Sequence[float] = [i / (_LEGEND_STEPS - 1) for i in range(_LEGEND_STEPS)]
    return {
        "label": axis.label,
        "colours": [scale_colour(low + (high - low) * share, low, high) for share in places],
        "low": _tile_words(low, axis),
        "high": _tile_words(high, axis),
        "missing": text("chart.tiles.missing", chart.language),
    }


def _tile_words(value: float, axis: Axis) -> str:
    return shown(value, axis) if axis.format == "log_percent" else decimals(value, 2)


def _rounded(value: Any) -> Any:
    """Return a number with the digits a screen can show; anything else as it is."""
    return float(f"{value:.{_DIGITS}g}") if isinstance(value, float) else value
