"""The account as a waterfall: what made the cake bigger, what divided it better, and the sum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gongfu.report.accounts import Account, account_name
from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import log_points
from gongfu.report.chart import Axis, Chart, Role, Series
from gongfu.report.charts.frame import chart_of, text_column, twin_of
from gongfu.report.document import ResultDocument, ResultTable
from gongfu.report.findings import prosperity_clause
from gongfu.report.why import located_rows, row_paths
from gongfu.report.words import index_label, inside_sentence, opening, part_label, price_text

__all__ = ["waterfall"]

TERMS = ("cake", "division")


def waterfall(document: ResultDocument, account: Account, language: str) -> Chart:
    """Return the steps from nothing to prosperity, in log points, which add up."""
    table = document.table("account_parts")
    whole = _whole_path(document.table("accounts"), account)
    rows = tuple(_steps(_parts(table, account), account, whole, language))
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


def _parts(table: ResultTable, account: Account) -> list[dict[str, Any]]:
    return located_rows(table, account.rows_in(table).drop_nulls("value"))


def _whole_path(accounts: ResultTable, account: Account) -> str:
    return row_paths(accounts)(
        {key: getattr(account, key) for key in ("account", "index", "price")}
    )


def _steps(
    parts: Sequence[Mapping[str, Any]], account: Account, path: str, language: str
) -> Iterator[dict[str, Any]]:
    """Yield bars with where they begin and end: parts of a term, then the term, then the whole.

    Parameters
    ----------
    path : of the account in the document, whose columns are the terms.
    """
    level = 0.0
    for term, whole in zip(TERMS, (account.cake, account.division), strict=True):
        base = level
        for row in (part for part in parts if part["term"] == term):
            at, value = f"{row['row_path']}/value", row["value"]
            yield _bar(part_label(row, language), level, value, _sign(value), at)
            level += value
        yield _bar(text(f"term.{term}", language), base, whole, "total", f"{path}/{term}")
    name = text("term.prosperity", language)
    yield _bar(name, 0.0, account.prosperity, "total", f"{path}/prosperity")


def _bar(label: str, start: float, value: float, role: Role, path: str) -> dict[str, Any]:
    ends = {"start": start, "end": start + value}
    return {"label": label, **ends, "value": value, "role": role, "paths": {"value": path}}


def _sign(value: float) -> Role:
    if log_points(value) == "0":
        return "neutral"
    return "gain" if value > 0 else "loss"


def _largest(rows: Sequence[dict[str, Any]]) -> str:
    parts = [row for row in rows if row["role"] != "total"]
    return str(max(parts, key=lambda row: row["value"])["label"])
