"""Where places stand on a composite index: tile map, ranks with ranges, dimensions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl

from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import count, decimals, percent
from gongfu.report.chart import Axis, Chart, ReferenceLine, Role, Series
from gongfu.report.charts.frame import axis_of, chart_of, text_column, twin_of
from gongfu.report.document import ResultDocument
from gongfu.report.indices import CompositeIndex, RankRange, listed_names
from gongfu.report.regions import region_label, regions
from gongfu.report.why import row_paths

__all__ = ["DIMENSION_ROLES", "index_dimensions", "index_map", "index_ranks"]

DIMENSION_ROLES: tuple[Role, ...] = ("first", "second", "third", "fourth", "fifth", "neutral")


def index_map(document: ResultDocument, index: CompositeIndex, language: str) -> Chart:
    """Return one cell per province, coloured by its index; hatched where it has none."""
    table = document.table("index_ranks")
    value = axis_of(table.column("value"), language, format="index", year=str(index.year))
    rows = _rows(document, index, language)
    known = {row["code"]: row for row in rows}
    cells = tuple(
        {
            "row": place.tile_row,
            "column": place.tile_column,
            "code": code,
            "label": place.label(language),
            "short": place.short(language),
            "value": known[code]["value"] if code in known else None,
            "hatched": int(code not in known),
            "row_path": known[code]["row_path"] if code in known else "",
        }
        for code, place in regions().items()
    )
    numbers = _numbers(index, language)
    return chart_of(
        document,
        table,
        language,
        kind="tiles",
        key=f"index_map-{index.name}",
        title=text("chart.index_map.title", language, **numbers),
        subtitle=text("chart.index_map.subtitle", language, **numbers),
        note=text("chart.index_map.note", language),
        axes={"colour": value},
        series=(Series(key="cells", label=value.label, mark="tile", role="gain", rows=cells),),
        twin=twin_of((_place_column(language), value), rows),
        alt=text("chart.index_map.alt", language, **numbers),
    )


def index_ranks(document: ResultDocument, index: CompositeIndex, language: str) -> Chart:
    """Return the rank of every place with the range that other choices give it."""
    table = document.table("index_ranks")
    rows = _rows(document, index, language)
    first = index.ranks[0]
    numbers = {**_numbers(index, language), "low": first.low, "high": first.high}
    columns = {
        name: axis_of(table.column(name), language, format="count", year=str(index.year))
        for name in ("stated", "median", "low", "high", "best", "worst")
    }
    label = text("chart.index_ranks.x", language)
    unit = columns["stated"].unit
    axis = Axis(
        key="stated", label=label, unit=unit, format="count", year=str(index.year), of="stated"
    )
    return chart_of(
        document,
        table,
        language,
        kind="ranges",
        key=f"index_ranks-{index.name}",
        title=text("chart.index_ranks.title", language, **numbers),
        subtitle=text("chart.index_ranks.subtitle", language, **numbers),
        note=text("chart.index_ranks.note", language, **numbers),
        axes={"x": axis},
        series=(Series(key="ranks", label=label, mark="range", role="neutral", rows=rows),),
        references=_thirds(index, language),
        twin=twin_of(
            (_place_column(language),
             axis_of(table.column("value"), language, format="index", year=str(index.year)),
             *columns.values()),
            rows,
        ),
        alt=text("chart.index_ranks.alt", language, **numbers),
    )  # fmt: skip


def index_dimensions(document: ResultDocument, index: CompositeIndex, language: str) -> Chart:
    """Return the score of every place on each dimension, highest index on top."""
    table = document.table("index_values")
    label, year = text("chart.index_dimensions.x", language), str(index.year)
    axis = axis_of(
        table.column("value"), language, label=label, format="index", year=year, low=0.0, high=1.0
    )
    series = _dimensions(document, index, language)
    spans = {one.label: [row["value"] for row in one.rows] for one in series}
    narrowest, *_, widest = sorted(spans, key=lambda name: max(spans[name]) - min(spans[name]))
    numbers = {
        "label": index.label,
        "year": index.year,
        "widest": widest,
        "narrowest": narrowest,
        "low": decimals(min(spans[widest]), 2),
        "high": decimals(max(spans[widest]), 2),
    }
    columns = [
        axis_of(table.column("value"), language, key=one.key, label=one.label, format="index",
                year=year)
        for one in series
    ]  # fmt: skip
    return chart_of(
        document,
        table,
        language,
        kind="ranges",
        key=f"index_dimensions-{index.name}",
        title=text("chart.index_dimensions.title", language, **numbers),
        subtitle=text("chart.index_dimensions.subtitle", language, **numbers),
        note=text("chart.index_dimensions.note", language),
        axes={"x": axis},
        series=series,
        twin=twin_of(
            (_place_column(language), *columns), _scores(document, index, series, language)
        ),
        alt=text("chart.index_dimensions.alt", language, **numbers),
    )  # fmt: skip


def _dimensions(
    document: ResultDocument, index: CompositeIndex, language: str
) -> tuple[Series, ...]:
    """Return a series of dots per dimension; the first also says where each row's line ends."""
    known = document.table("index_values").rows.filter(
        (pl.col("index") == index.name)
        & (pl.col("node") != index.name)
        & (pl.col("year") == index.year)
    )
    nodes = list(dict.fromkeys(known.select("node", f"label_{language}").iter_rows()))
    scores = {(row["node"], row["code"]): row["value"] for row in known.iter_rows(named=True)}
    order = [one.code for one in index.ranks]
    ends = {
        code: [scores[node, code] for node, _ in nodes if (node, code) in scores] for code in order
    }
    path_of_row = row_paths(document.table("index_values"))
    own = {"index": index.name, "year": index.year}
    return tuple(
        Series(
            key=node,
            label=label,
            mark="range",
            role=DIMENSION_ROLES[i % len(DIMENSION_ROLES)],
            rows=tuple(
                {
                    "code": code,
                    "label": region_label(code, language),
                    "value": scores[node, code],
                    "low": min(ends[code]) if i == 0 else None,
                    "high": max(ends[code]) if i == 0 else None,
                    "line": "neutral",
                    "row_path": path_of_row({**own, "node": node, "code": code}),
                }
                for code in order
            ),
        )
        for i, (node, label) in enumerate(nodes)
    )


def _scores(
    document: ResultDocument, index: CompositeIndex, series: Sequence[Series], language: str
) -> Iterator[dict[str, Any]]:
    """Yield the scores of each place on all dimensions, in the order of the index."""
    marks = {(one.key, row["code"]): row for one in series for row in one.rows}
    for row in _rows(document, index, language):
        own = {one.key: marks.get((one.key, row["code"]), {}) for one in series}
        yield {
            "label": row["label"],
            **{key: mark.get("value") for key, mark in own.items()},
            "paths": {key: f"{mark['row_path']}/value" for key, mark in own.items() if mark},
        }


def _rows(
    document: ResultDocument, index: CompositeIndex, language: str
) -> tuple[dict[str, Any], ...]:
    path_of_row = row_paths(document.table("index_ranks"))
    return tuple(
        {
            "code": one.code,
            "label": region_label(one.code, language),
            "value": one.value,
            "stated": one.stated,
            "median": one.median,
            "low": one.low,
            "high": one.high,
            "best": one.best,
            "worst": one.worst,
            "role": _role(index, one),
            "text": text("indices.rank_range", language, low=one.low, high=one.high),
            "row_path": path_of_row({"index": index.name, "code": one.code}),
        }
        for one in index.ranks
    )


def _role(index: CompositeIndex, one: RankRange) -> Role:
    if one.code in index.top:
        return "gain"
    return "loss" if one.code in index.bottom else "neutral"


def _thirds(index: CompositeIndex, language: str) -> tuple[ReferenceLine, ...]:
    ends = (("top", index.third + 0.5), ("bottom", len(index.ranks) - index.third + 0.5))
    return tuple(
        ReferenceLine(
            intercept=place,
            vertical=True,
            label=text(f"chart.index_ranks.{name}", language, third=index.third),
        )
        for name, place in ends
    )


def _numbers(index: CompositeIndex, language: str) -> dict[str, Any]:
    """Return what titles quote: ends of the ranking, how many places can be told."""
    first, last = index.ranks[0], index.ranks[-1]
    top, bottom = (
        listed_names([region_label(code, language) for code in codes], language)
        for codes in (index.top, index.bottom)
    )
    return {
        "label": index.label,
        "year": index.year,
        "way": index.way,
        "ways": count(index.ways),
        "level": percent(index.level, 2),
        "first": region_label(first.code, language),
        "high": decimals(first.value, 2),
        "last": region_label(last.code, language),
        "low": decimals(last.value, 2),
        "third": index.third,
        "top": top,
        "bottom": bottom,
        "rest": len(index.ranks) - len(index.top) - len(index.bottom),
    }


def _place_column(language: str) -> Axis:
    return text_column("label", text("column.region", language))
