"""The account as a waterfall: what made the cake bigger, what divided it better, and the sum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl

from gongfu.report.accounts import Account, account_name
from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import log_points
from gongfu.report.chart import Axis, Chart, Role, Series, Value
from gongfu.report.charts.frame import chart_of, text_column, twin_of
from gongfu.report.document import ResultDocument
from gongfu.report.findings import prosperity_clause
from gongfu.report.words import index_label, inside_sentence, opening, part_label, price_text

__all__ = ["waterfall"]

TERMS = ("cake", "division")


def waterfall(document: ResultDocument, account: Account, language: str) -> Chart:
    """Return the steps from nothing to prosperity, in log points, which add up."""
    table = document.table("account_parts")
    parts = account.rows_in(table).drop_nulls("value")
    rows = tuple(_steps(parts, account, language))
    name = account_name(document, account.account, language)
    numbers: dict[str, Any] = {
        "years": account.years,
        "price": price_text(account.price, language),
        "account": inside_sentence(name, language),
        "opening": name,
        "index": index_label(account.index, language),
        "prosperity": prosperity_clause(account, language),
        "largest": inside_sentence(_largest(rows), language),
    }
    value = Axis(
        key="value",
        label=text("chart.waterfall.x", language),
        unit=text("unit.log points", language),
        format="log_points",
        year=account.years,
        price_base=numbers["price"],
    )
    return chart_of(
        document,
        table,
        language,
        kind="waterfall",
        key="waterfall",
        title=opening(text("chart.waterfall.title", language, **numbers)),
        subtitle=text("chart.waterfall.subtitle", language, **numbers),
        note=text("chart.waterfall.note", language),
        axes={"x": value},
        series=(Series(key="steps", label=value.label, mark="bar", role="gain", rows=rows),),
        twin=twin_of((text_column("label", text("column.part", language)), value), rows),
        alt=text("chart.waterfall.alt", language, **numbers),
    )


def _steps(parts: pl.DataFrame, account: Account, language: str) -> Iterator[dict[str, Value]]:
    """Yield bars with where they begin and end: parts of a term, then the term, then the whole."""
    level = 0.0
    for term, whole in zip(TERMS, (account.cake, account.division), strict=True):
        base = level
        for row in parts.filter(pl.col("term") == term).iter_rows(named=True):
            yield _bar(part_label(row, language), level, row["value"], _sign(row["value"]))
            level += row["value"]
        yield _bar(text(f"term.{term}", language), base, whole, "total")
    yield _bar(text("term.prosperity", language), 0.0, account.prosperity, "total")


def _bar(label: str, start: float, value: float, role: Role) -> dict[str, Value]:
    return {"label": label, "start": start, "end": start + value, "value": value, "role": role}


def _sign(value: float) -> Role:
    if log_points(value) == "0":
        return "neutral"
    return "gain" if value > 0 else "loss"


def _largest(rows: Sequence[dict[str, Any]]) -> str:
    parts = [row for row in rows if row["role"] != "total"]
    return str(max(parts, key=lambda row: row["value"])["label"])
