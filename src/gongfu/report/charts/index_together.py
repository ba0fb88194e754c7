"""Two composite indices over time: the path of each region."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl

from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import decimals, span
from gongfu.report.chart import Chart, Role, Series
from gongfu.report.charts.frame import (
    axis_of,
    chart_of,
    text_column,
    title_key,
    twin_of,
    year_column,
)
from gongfu.report.document import ResultDocument, ResultTable
from gongfu.report.indices import CompositeIndex
from gongfu.report.why import row_paths
from gongfu.report.words import area_label

__all__ = ["index_together"]

_ROLES: dict[str, Role] = {
    "east": "first",
    "central": "second",
    "west": "third",
    "northeast": "fourth",
}


def index_together(
    document: ResultDocument, across: CompositeIndex, up: CompositeIndex, language: str
) -> Chart | None:
    """Return the path of each region, one index across and one up, or None without common years.

    Parameters
    ----------
    across, up : indices on the horizontal and the vertical axis.
    """
    table = document.table("index_areas")
    series = _paths(table, _both(table.rows, across.name, up.name), (across, up), language)
    if not series:
        return None
    rows = [row for one in series for row in one.rows]
    years = span(min(row["year"] for row in rows), max(row["year"] for row in rows))
    numbers = {"one": across.label, "other": up.label, **_numbers(series, years, language)}
    x, y = (
        replace(
            axis_of(table.column("value"), language, format="index", year=years),
            key=key,
            label=index.label,
        )
        for key, index in (("x", across), ("y", up))
    )
    return chart_of(
        document,
        table,
        language,
        kind="paths",
        key="index_together",
        title=text(f"chart.index_together.{title_key(numbers, 'better')}", language, **numbers),
        subtitle=text("chart.index_together.subtitle", language, **numbers),
        note=text("chart.index_together.note", language),
        axes={"x": x, "y": y},
        series=series,
        twin=twin_of(
            (text_column("area", text("column.area", language)), year_column(language), x, y), rows
        ),
        alt=text("chart.index_together.alt", language, **numbers),
    )


def _numbers(series: tuple[Series, ...], years: str, language: str) -> dict[str, Any]:
    leader = max(series, key=lambda one: float(one.rows[-1]["x"]))
    rose = [all(one.rows[-1][axis] > one.rows[0][axis] for axis in ("x", "y")) for one in series]
    return {
        "years": years,
        "all": len(series),
        "better": sum(rose),
        "leader": leader.rows[0]["area"],
        "listed": text("list.separator", language).join(one.label for one in series),
    }


def _both(rows: pl.DataFrame, across: str, up: str) -> pl.DataFrame:
    """Return the years in which a region has both indices."""
    one, other = (
        rows.filter(pl.col("index") == name).select("area", "year", pl.col("value").alias(key))
        for name, key in ((across, "x"), (up, "y"))
    )
    return one.join(other, on=["area", "year"], maintain_order="left")


def _paths(
    table: ResultTable,
    rows: pl.DataFrame,
    indices: tuple[CompositeIndex, CompositeIndex],
    language: str,
) -> tuple[Series, ...]:
    path_of_row, found = row_paths(table), []
    for area in dict.fromkeys(rows["area"].to_list()):
        name = area_label(area, language) if area in _ROLES else area
        points = tuple(
            {
                **row,
                "area": name,
                "paths": {
                    axis: f"{path_of_row({**row, 'index': index.name})}/value"
                    for axis, index in zip("xy", indices, strict=True)
                },
            }
            for row in rows.filter(area=area).sort("year").iter_rows(named=True)
        )
        found.append(
            Series(
                key=area,
                label=text(
                    "chart.index_together.end",
                    language,
                    area=name,
                    **{axis: decimals(points[-1][axis], 2) for axis in ("x", "y")},
                ),
                mark="path",
                role=_ROLES.get(area, "neutral"),
                rows=points,
            )
        )
    return tuple(found)
