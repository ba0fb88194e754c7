"""What marks of single kinds of charts carry beside their numbers: colours, words, sums.

The printed figures work these out while they draw. The page only draws.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import decimals, percent
from gongfu.report.cells import shown
from gongfu.report.chart import Axis, Chart, Series
from gongfu.report.figures.tiles import colour_range
from gongfu.report.palette import FILL, GRID, LOSS_TO_GAIN, ink_on, scale_colour

__all__ = ["drawn_series", "legend_of", "marks_of", "tip_axes"]

_LEGEND_STEPS = 24
_IN_TIPS = {
    "matrix": ("moves",),
    "effects_plane": ("cake", "household_share", "prosperity"),
    "tile_classes": ("value", "p", "p_adjusted"),
}
"""Columns of the table twin that tips show, though nothing of the figure stands for them."""


def drawn_series(chart: Chart) -> Sequence[Series]:
    """Return the series of a chart; those of a stack with their total and what became of each."""
    if chart.kind != "stack":
        return chart.series
    heights = [float(sum(rows)) for rows in zip(*map(_heights, chart.series), strict=True)]
    first = chart.series[0]
    rows = tuple(
        {"x": row["x"], "y": height, "text": decimals(height, 3)}
        for row, height in zip(first.rows, heights, strict=True)
    )
    label = text("chart.stack.total", chart.language)
    total = Series(key="total", label=label, mark="line", role="total", rows=rows)
    return [_with_change(one) for one in (*chart.series, total)]


def tip_axes(chart: Chart) -> dict[str, Axis]:
    """Return further quantities that only tips show, by channels that come after all others."""
    columns = {column.key: column for column in chart.twin.columns}
    names = [name for name in _IN_TIPS.get(chart.kind, ()) if name in columns]
    return {f"z{i}": columns[name] for i, name in enumerate(names)}


def marks_of(chart: Chart, series: Series, row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield what a mark carries because of the kind of its chart."""
    special = _MARKS.get(chart.kind)
    if special:
        yield from special(chart, series, row)
    yield from _in_tip(chart, row)


def legend_of(chart: Chart) -> dict[str, Any]:
    """Return what the colours of a tile map mean."""
    axis, (low, high) = chart.axes["colour"], colour_range(chart)
    places: Sequence[float] = [i / (_LEGEND_STEPS - 1) for i in range(_LEGEND_STEPS)]
    return {
        "label": axis.label,
        "colours": [scale_colour(low + (high - low) * share, low, high) for share in places],
        "low": _tile_words(low, axis),
        "high": _tile_words(high, axis),
        "missing": text("chart.tiles.missing", chart.language),
    }


def _heights(series: Series) -> list[float]:
    return [float(row["y"]) for row in series.rows]


def _with_change(series: Series) -> Series:
    """Return a series whose last row says its first and last value."""
    heights = _heights(series)
    change = f"{decimals(heights[0], 3)} → {decimals(heights[-1], 3)}"
    return replace(series, rows=(*series.rows[:-1], {**series.rows[-1], "words": change}))


def _in_tip(chart: Chart, row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the cells of the row's line in the table twin that its tip shows, too."""
    axes = tip_axes(chart)
    if not axes:
        return
    keys = [column.key for column in chart.twin.columns]
    line = next((cells for cells in chart.twin.rows if cells[0] == row.get("label")), None)
    for channel, axis in axes.items():
        if line is not None and line[keys.index(axis.key)] is not None:
            yield f"shown_{channel}", shown(line[keys.index(axis.key)], axis)


def _tile(chart: Chart, _series: Series, row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the colour of a tile, the ink on it and the words in it."""
    axis = chart.axes["colour"]
    value = row.get(axis.key)
    if isinstance(value, float):
        yield from _paint(scale_colour(value, *colour_range(chart)))
        yield "cell", _tile_words(value, axis)


def _class(_chart: Chart, series: Series, row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the name and colour of a tile's class; stripes of it where it may be chance."""
    yield "shown_colour", series.label
    is_striped = bool(row.get("hatched"))
    yield "hatched", int(is_striped)
    if not is_striped and series.mark != "range":
        yield from _paint(GRID if series.role == "neutral" else FILL[series.role])


def _cell(chart: Chart, series: Series, row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield colour and words of a cell of a matrix, and the names of its row and column."""
    if series.key == "names":
        return
    names = chart.series_of("names").rows
    yield "shown_x", names[row["column"]]["label"]
    yield "shown_y", names[row["row"]]["label"] if "row" in row else row["label"]
    if series.key == "cells":
        yield "shown_z0", row["text"]
    share = row["share"]
    if share is not None:
        yield from _paint(scale_colour(share, 0.0, 1.0))
        yield "cell", "0" if share == 0 else percent(share, 2)


def _share(chart: Chart, series: Series, _row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the colour of a class, from clear losses to clear gains."""
    classes = [one for one in chart.series if one.mark == "bar"]
    if series in classes:
        yield from _paint(LOSS_TO_GAIN[classes.index(series)])


def _arms(chart: Chart, _series: Series, row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the ranges of both coordinates in words."""
    for channel in ("x", "y"):
        ends = [row.get(f"{channel}_{end}") for end in ("low", "high")]
        if None not in ends:
            axis = chart.axes[channel]
            yield f"range_{channel}", " … ".join(shown(end, axis) for end in ends)


def _paint(colour: str) -> Iterator[tuple[str, str]]:
    yield "paint", colour
    yield "ink", ink_on(colour)


def _tile_words(value: float, axis: Axis) -> str:
    return shown(value, axis) if axis.format == "log_percent" else decimals(value, 2)


_MARKS: Mapping[
    str, Callable[[Chart, Series, Mapping[str, Any]], Iterator[tuple[str, Any]]]
] = {
    "tiles": _tile,
    "tile_classes": _class,
    "matrix": _cell,
    "shares": _share,
    "effects_plane": _arms,
}  # fmt: skip
