"""Who got the growth: each published fifth beside the mean, and the change of the Lorenz curve."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from gongfu.report.accounts import one_account
from gongfu.report.catalogue import has_text, text
from gongfu.report.catalogue.numbers import change_percent, decimals, percent, signed, span
from gongfu.report.chart import Axis, Chart, ReferenceLine, Series, Shade
from gongfu.report.charts.frame import axis_of, chart_of, text_column, twin_of
from gongfu.report.document import ResultDocument
from gongfu.report.why import located_rows
from gongfu.report.words import inside_sentence, price_text

__all__ = [
    "cut_axis",
    "fifth_label",
    "fifth_rows",
    "incidence_charts",
    "incidence_finding",
    "lorenz_verdict",
    "points_axis",
    "totals_row",
]

Rows = Sequence[Mapping[str, Any]]

_BELOW, _ABOVE = 0.15, 0.3
"""Room below and above the curve, as shares of its range."""


def incidence_charts(document: ResultDocument, language: str) -> Iterator[Chart]:
    """Yield the charts of the growth of fifths that the document has figures for."""
    if "incidence" in document and "incidence_totals" in document:
        yield _incidence(document, language)
    if "lorenz_points" in document:
        yield _lorenz_change(document, language)


def incidence_finding(document: ResultDocument, language: str) -> str:
    """Return where along the fifths incomes grew fastest, in one sentence with its numbers."""
    fifths, totals = fifth_rows(document), totals_row(document)
    return text(
        f"chart.fifths.title_{totals['pattern'].replace(' ', '_')}",
        language,
        years=span(totals["start"], totals["end"]),
        **_growth_numbers(fifths, language),
    )


def fifth_rows(document: ResultDocument) -> Rows:
    """Return the fifths of one account in its first prices, poorest first, with their paths."""
    _, own = one_account(document, "incidence")
    first = own.filter(pl.col("price") == own["price"][0]).sort("fifth")
    return located_rows(document.table("incidence"), first)


def totals_row(document: ResultDocument) -> Mapping[str, Any]:
    """Return what is said of all fifths together, of the same account in the same prices."""
    one = fifth_rows(document)[0]
    table = document.table("incidence_totals")
    same = [pl.col(key) == one[key] for key in ("account", "price")]
    return located_rows(table, table.rows.filter(*same))[0]


def fifth_label(fifth: int | str, language: str) -> str:
    """Return the name of a fifth, from 1, the lowest; a group the catalogue lacks keeps its own."""
    key = f"group.fifth.{fifth}"
    return text(key, language) if has_text(key, language) else str(fifth)


def lorenz_verdict(document: ResultDocument, account: str) -> str:
    """Return how the curve of the last year lies: the longest window speaks, as for the points."""
    totals = document.table("incidence_totals").rows.filter(account=account).sort("end")
    return str(totals["lorenz"][-1])


def points_axis(document: ResultDocument, table: str, years: str, language: str) -> Axis:
    """Return the axis of differences of cumulative shares, in percentage points."""
    return axis_of(
        document.table(table).column("difference"), language, key="y",
        label=text("chart.lorenz_change.y", language),
        unit=text("chart.lorenz_change.unit", language), format="effect", year=years,
    )  # fmt: skip


def cut_axis(document: ResultDocument, table: str, label: str, language: str) -> Axis:
    """Return the axis of people or households counted from the lowest income."""
    return axis_of(
        document.table(table).column("rank"), language, key="x", label=label,
        unit=text("unit.percent", language), format="share", low=0.0,
    )  # fmt: skip


def _incidence(document: ResultDocument, language: str) -> Chart:
    """Return the growth of each fifth, lowest first, and of the published mean as the last row."""
    table, fifths, totals = document.table("incidence"), fifth_rows(document), totals_row(document)
    price = price_text(fifths[0]["price"], language)
    years = span(fifths[0]["start"], fifths[0]["end"])
    growth = _growth_axis(document, years, price, language)
    money = [
        axis_of(table.column(f"mean_{end}"), language, key=end, format="yuan",
                year=str(fifths[0][end]), price_base=price,
                label=text("chart.incidence.income", language))
        for end in ("start", "end")
    ]  # fmt: skip
    rows = [_fifth(row, language) for row in fifths]
    title = incidence_finding(document, language)
    mean = text("chart.fifths.mean", language, mean=change_percent(totals["mean_growth"]))
    return chart_of(
        document,
        table,
        language,
        kind="intervals",
        key="incidence",
        title=title,
        subtitle=text("chart.fifths.subtitle", language, years=years, price=price),
        note=text("chart.fifths.note", language),
        axes={"x": growth},
        series=(
            Series(
                key="fifths", label=growth.label, mark="point", role="first",
                rows=(*rows, _published(totals, language)),
            ),
        ),
        references=(
            ReferenceLine(intercept=0.0, vertical=True),
            ReferenceLine(intercept=totals["mean_growth"], vertical=True, label=mean),
        ),
        twin=twin_of(
            (text_column("label", text("chart.fifths.group", language)), *money, growth),
            (*rows, _published(totals, language)),
        ),
        alt=title,
    )  # fmt: skip


def _fifth(row: Mapping[str, Any], language: str) -> dict[str, Any]:
    at = row["row_path"]
    return {
        "label": fifth_label(row["fifth"], language),
        "x": row["growth"],
        "text": change_percent(row["growth"]),
        "start": row["mean_start"],
        "end": row["mean_end"],
        "paths": {"x": f"{at}/growth", "start": f"{at}/mean_start", "end": f"{at}/mean_end"},
    }


def _published(totals: Mapping[str, Any], language: str) -> dict[str, Any]:
    return {
        "label": text("chart.fifths.published", language),
        "x": totals["published_growth"],
        "text": change_percent(totals["published_growth"]),
        "role": "total",
        "start": None,
        "end": None,
        "paths": {"x": f"{totals['row_path']}/published_growth"},
    }


def _growth_axis(document: ResultDocument, years: str, price: str, language: str) -> Axis:
    return axis_of(
        document.table("incidence").column("growth"), language, key="x", format="log_percent",
        label=text("chart.incidence.growth", language), year=years, price_base=price,
        unit=text("chart.incidence.unit", language),
    )  # fmt: skip


def _growth_numbers(fifths: Rows, language: str) -> dict[str, str]:
    slowest = min(fifths, key=lambda row: float(row["growth"]))
    fastest = max(fifths, key=lambda row: float(row["growth"]))
    return {
        "poor": change_percent(fifths[0]["growth"]),
        "rich": change_percent(fifths[-1]["growth"]),
        "slowest": inside_sentence(fifth_label(slowest["fifth"], language), language),
        "least": change_percent(slowest["growth"]),
        "fastest": inside_sentence(fifth_label(fastest["fifth"], language), language),
        "most": change_percent(fastest["growth"]),
    }


def _lorenz_change(document: ResultDocument, language: str) -> Chart:
    """Return by how much the cumulative shares changed at the cut points; above zero is shaded."""
    table = document.table("lorenz_points")
    account, own = one_account(document, "lorenz_points")
    rows = located_rows(table, own.sort("point"))
    numbers = _lorenz_numbers(rows)
    years = span(numbers["first"], numbers["last"])
    x = cut_axis(document, "lorenz_points", text("chart.lorenz_change.x", language), language)
    low, high = _reach([row["difference"] for row in rows])
    y = replace(points_axis(document, "lorenz_points", years, language), low=low, high=high)
    shares = [
        axis_of(table.column(f"share_{end}"), language, format="share", year=str(rows[0][end]))
        for end in ("start", "end")
    ]
    title = f"chart.lorenz_change.title_{lorenz_verdict(document, account)}"
    inner = [{**_point(row), "text": signed(row["difference"])} for row in rows[:-1]]
    whole = [{"x": 0.0, "y": 0.0}, *map(_point, rows)]
    return chart_of(
        document,
        table,
        language,
        kind="curve",
        key="lorenz_change",
        title=text(title, language, **numbers),
        subtitle=text("chart.lorenz_change.subtitle", language, **numbers),
        note=text("chart.lorenz_change.note", language),
        axes={"y": y, "x": x},
        series=(
            Series(key="between", label="", mark="line", role="first", rows=tuple(whole)),
            Series(key="points", label="", mark="point", role="first", rows=tuple(inner)),
        ),
        references=(ReferenceLine(intercept=0.0),),
        shades=(Shade(label=text("chart.lorenz_change.more", language), y_low=0.0),),
        twin=twin_of((x, *shares, y), [{**row, **_point(row)} for row in rows]),
        alt=text(title, language, **numbers),
    )


def _lorenz_numbers(rows: Rows) -> dict[str, Any]:
    """Return what sentences say of the change of a Lorenz curve: years, largest rise and fall."""
    most = max(rows, key=lambda row: float(row["difference"]))
    least = min(rows, key=lambda row: float(row["difference"]))
    return {
        "first": rows[0]["start"],
        "last": rows[0]["end"],
        "gain": decimals(most["difference"], 2),
        "gain_rank": percent(most["rank"], 2),
        "loss": decimals(-least["difference"], 2),
        "loss_rank": percent(least["rank"], 2),
    }


def _reach(values: Sequence[float]) -> tuple[float, float]:
    """Return the range drawn: zero and all values, with room for the words on them."""
    low, high = min(0.0, *values), max(0.0, *values)
    room = high - low or 1.0
    return low - _BELOW * room, high + _ABOVE * room


def _point(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"x": row["rank"], "y": row["difference"], "row_path": row["row_path"]}
