"""Coupling coordination of two indices, with its range over choices."""

from __future__ import annotations

from typing import Any

import polars as pl

from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import decimals, percent
from gongfu.report.chart import Chart, Series
from gongfu.report.charts.frame import axis_of, chart_of, text_column, twin_of
from gongfu.report.document import ResultDocument, ResultTable
from gongfu.report.indices import CompositeIndex
from gongfu.report.regions import region_label
from gongfu.report.why import located_rows

__all__ = ["index_coupling"]


def index_coupling(
    document: ResultDocument, one: CompositeIndex, other: CompositeIndex, language: str
) -> Chart:
    """Return the coordination of every place as a dot on its range, highest on top."""
    table = document.table("index_coupling")
    found = table.rows.filter(index=one.name, other=other.name)
    year = str(found["year"][0])
    rows = _rows(table, found, language)
    columns = [
        axis_of(table.column(name), language, format="index", year=year)
        for name in ("coordination", "median", "low", "high")
    ]
    numbers = {
        "one": one.label,
        "other": other.label,
        "year": year,
        "level": percent(one.level, 2),
        "first": rows[0]["label"],
        "high": decimals(rows[0]["coordination"], 2),
        "last": rows[-1]["label"],
        "low": decimals(rows[-1]["coordination"], 2),
    }
    return chart_of(
        document,
        table,
        language,
        kind="ranges",
        key="index_coupling",
        title=text("chart.index_coupling.title", language, **numbers),
        subtitle=text("chart.index_coupling.subtitle", language, **numbers),
        note=text("chart.index_coupling.note", language),
        axes={"x": columns[0]},
        series=(
            Series(
                key="coordination", label=columns[0].label, mark="range", role="first", rows=rows
            ),
        ),
        twin=twin_of((text_column("label", text("column.region", language)), *columns), rows),
        alt=text("chart.index_coupling.title", language, **numbers),
    )


def _rows(table: ResultTable, found: pl.DataFrame, language: str) -> tuple[dict[str, Any], ...]:
    ordered = found.sort(["coordination", "code"], descending=[True, False])
    return tuple(
        {
            **{key: row[key] for key in ("coordination", "median", "low", "high", "row_path")},
            "label": region_label(row["code"], language),
            "text": text(
                "indices.rank_range",
                language,
                low=decimals(row["low"], 2),
                high=decimals(row["high"], 2),
            ),
        }
        for row in located_rows(table, ordered)
    )
