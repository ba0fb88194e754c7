"""Who gains and who loses by a package: five classes of income change in each group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from gongfu.report.catalogue import has_text, text
from gongfu.report.catalogue.numbers import signed
from gongfu.report.chart import Axis, Chart, Role, Series
from gongfu.report.charts.frame import axis_of, chart_of, text_column, twin_of
from gongfu.report.document import ResultDocument
from gongfu.report.policies import Package, policy_prices, range_text, verdict_key
from gongfu.report.why import located_rows

__all__ = ["CLASSES", "winners"]

CLASSES: Mapping[str, Role] = {
    "loses_over_5": "loss",
    "loses_1_to_5": "loss",
    "little_change": "neutral",
    "gains_1_to_5": "gain",
    "gains_over_5": "gain",
}
_VERDICTS: Mapping[str, Role] = {"gains": "gain", "loses": "loss"}


def winners(document: ResultDocument, package: Package, language: str) -> Chart:
    """Return the classes of each group: all people first, then by harm, most losers on top."""
    table = document.table("policy_groups")
    harm = _by_harm(table.rows, package.key)
    rows = [_row(row, language) for row in located_rows(table, harm)]
    year, price = str(rows[0]["year"]), policy_prices(document, language)
    verdicts = [row["verdict"] for row in rows if row["dimension"] != "all"]
    numbers = {
        "package": package.name,
        "year": year,
        "price": price,
        "all": len(verdicts),
        **{verdict_key(word): verdicts.count(word) for word in ("gains", "loses", "cannot tell")},
    }
    shares = [axis_of(table.column(name), language, format="share", year=year) for name in CLASSES]
    change = _change_axis(document, year, price, language)
    return chart_of(
        document,
        table,
        language,
        kind="shares",
        key="winners",
        title=text("chart.winners.title", language, **numbers),
        subtitle=text("chart.winners.subtitle", language, **numbers),
        note=text("chart.winners.note", language),
        axes={"x": _share_axis(year, price, language), "change": change},
        series=tuple(_series(rows, shares, change)),
        twin=twin_of(
            (
                text_column("label", text("chart.winners.group", language)),
                *shares,
                change,
                *(
                    axis_of(table.column(end), language, format="effect", year=year)
                    for end in ("low", "high")
                ),
                text_column("words", text("chart.winners.verdict", language)),
            ),
            rows,
        ),
        alt=text("chart.winners.title", language, **numbers),
    )


def _by_harm(rows: pl.DataFrame, package: str) -> pl.DataFrame:
    own = rows.filter(pl.col("scenario") == package).with_columns(
        is_part=pl.col("dimension") != "all",
        losers=pl.col("loses_over_5") + pl.col("loses_1_to_5"),
    )
    return own.sort("is_part", "losers", "percent", descending=[False, True, False])


def _row(row: dict[str, Any], language: str) -> dict[str, Any]:
    key = f"group.{row['dimension']}.{row['group']}"
    return {
        **row,
        "label": text(key, language) if has_text(key, language) else row["group"],
        "words": text(f"verdict.{verdict_key(row['verdict'])}", language),
        "role": _VERDICTS.get(row["verdict"], "neutral"),
        "text": f"{signed(row['percent'])}%",
        "range": range_text(row["low"], row["high"], language),
    }


def _series(
    rows: Sequence[Mapping[str, Any]], shares: Sequence[Axis], change: Axis
) -> list[Series]:
    """Return one series per class, then the change of each group's mean with its verdict."""
    classes = [
        Series(
            key=axis.key,
            label=axis.label,
            mark="bar",
            role=CLASSES[axis.key],
            rows=tuple(
                {"label": row["label"], "x": row[axis.key],
                 "paths": {"x": f"{row['row_path']}/{axis.key}"}}
                for row in rows
            ),
        )
        for axis in shares
    ]  # fmt: skip
    kept = (
        "label", "percent", "low", "high", "role", "text", "range", "words", "dimension",
        "row_path",
    )  # fmt: skip
    verdicts = tuple({name: row[name] for name in kept} for row in rows)
    return [
        *classes,
        Series(key="change", label=change.label, mark="point", role="neutral", rows=verdicts),
    ]


def _share_axis(year: str, price: str, language: str) -> Axis:
    unit = text("unit.percent", language)
    label = text("chart.winners.x", language)
    return Axis(key="x", label=label, unit=unit, format="share", year=year, price_base=price)


def _change_axis(document: ResultDocument, year: str, price: str, language: str) -> Axis:
    column = document.table("policy_groups").column("percent")
    return axis_of(column, language, format="effect", year=year, price_base=price)
