"""Numbers over time: inequality by account, and the gap between published and rebuilt income."""

from __future__ import annotations

from typing import Any

import polars as pl

from gongfu.core import Evidence
from gongfu.report.accounts import account_name, account_roles, one_account
from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import change_percent, rounded, span
from gongfu.report.chart import Axis, Chart, ReferenceLine, Series
from gongfu.report.charts.frame import (
    axis_of,
    chart_of,
    text_column,
    title_key,
    twin_of,
    year_column,
)
from gongfu.report.document import ResultDocument
from gongfu.report.why import located_rows
from gongfu.report.words import evidence_text

__all__ = ["gap_line", "inequality_lines"]


def inequality_lines(document: ResultDocument, language: str) -> Chart | None:
    """Return the Gini coefficient of every account over the years, or None where there is none."""
    table = document.table("inequality")
    rows = table.rows.filter(pl.col("measure") == "gini").drop_nulls("value")
    series = _lines(document, rows, language)
    if not series:
        return None
    years = span(rows["year"].min(), rows["year"].max())  # type: ignore[arg-type]
    measure = text("measure.gini", language)
    value = axis_of(
        table.column("value"), language, key="y", label=measure, format="index", year=years
    )
    finding = {
        "years": years,
        "all": len(series),
        "better": sum(one.rows[-1]["y"] < one.rows[0]["y"] for one in series),
        "listed": text("list.separator", language).join(_change(one, language) for one in series),
    }
    return chart_of(
        document,
        table,
        language,
        kind="lines",
        key="inequality",
        title=text(f"chart.inequality.{title_key(finding, 'better')}", language, **finding),
        subtitle=text("chart.inequality.subtitle", language, years=years),
        note=text("chart.inequality.note", language),
        axes={"x": year_column(language), "y": value},
        series=series,
        twin=twin_of(
            (text_column("account", text("column.account", language)), _x_year(language), value,
             text_column("evidence", text("evidence.label", language))),
            [{**row, "account": one.label} for one in series for row in one.rows],
        ),
        alt=text("chart.inequality.alt", language, **finding),
    )  # fmt: skip


def gap_line(document: ResultDocument, language: str) -> Chart:
    """Return by how much the income rebuilt from zones exceeds the published mean, in percent."""
    table = document.table("gap")
    account, own = one_account(document, "gap")
    rows = located_rows(table, own.sort("year").drop_nulls("gap"))
    years = span(rows[0]["year"], rows[-1]["year"])
    numbers = {
        "account": account_name(document, account, language),
        "years": years,
        "first": rows[0]["year"],
        "last": rows[-1]["year"],
        "before": change_percent(rows[0]["gap"]),
        "after": change_percent(rows[-1]["gap"]),
    }
    unit = text("unit.percent", language)
    value = axis_of(
        table.column("gap"),
        language,
        label=text("chart.gap.y", language),
        unit=unit,
        format="log_percent",
        year=years,
    )
    money = [
        axis_of(table.column(name), language, format="yuan") for name in ("published", "rebuilt")
    ]
    line = Series(
        key="gap",
        label=value.label,
        mark="line",
        role="first",
        rows=tuple(
            {"x": row["year"], "y": row["gap"], "row_path": row["row_path"]} for row in rows
        ),
    )
    return chart_of(
        document,
        table,
        language,
        kind="lines",
        key="gap",
        title=text("chart.gap.title", language, **numbers),
        subtitle=text("chart.gap.subtitle", language, **numbers),
        axes={"x": year_column(language), "y": value},
        series=(line,),
        references=(ReferenceLine(intercept=0.0, label=text("chart.gap.zero", language)),),
        twin=twin_of((year_column(language), *money, value), rows),
        alt=text("chart.gap.title", language, **numbers),
    )


def _lines(document: ResultDocument, rows: pl.DataFrame, language: str) -> tuple[Series, ...]:
    present = set(rows["account"])
    return tuple(
        Series(
            key=name,
            label=account_name(document, name, language),
            mark="line",
            role=role,
            rows=_points(document, rows.filter(pl.col("account") == name).sort("year"), language),
        )
        for name, role in account_roles(document).items()
        if name in present
    )


def _points(
    document: ResultDocument, rows: pl.DataFrame, language: str
) -> tuple[dict[str, Any], ...]:
    return tuple(
        {"x": row["year"], "y": row["value"], "row_path": row["row_path"],
         "evidence": evidence_text(Evidence(row["evidence"]), language)}
        for row in located_rows(document.table("inequality"), rows)
    )  # fmt: skip


def _change(series: Series, language: str) -> str:
    first, last = series.rows[0]["y"], series.rows[-1]["y"]
    return text(
        "chart.inequality.change",
        language,
        account=series.label,
        before=rounded(first),
        after=rounded(last),
    )


def _x_year(language: str) -> Axis:
    unit = text("unit.year", language)
    return Axis(key="x", label=text("column.year", language), unit=unit, format="year")
