"""Regions that draw together in clubs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl

from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import decimals, span
from gongfu.report.chart import Chart, ReferenceLine, Role, Series
from gongfu.report.charts.frame import axis_of, chart_of, text_column, twin_of, year_column
from gongfu.report.charts.region_words import (
    subject,
    with_error,
)
from gongfu.report.document import ResultDocument
from gongfu.report.regions import region_label
from gongfu.report.why import located_rows

__all__ = ["club_paths"]

REJECTED = -1.65
"""t below which Phillips and Sul reject that all converge together, at 5 %."""

_FEW = 6
"""Regions in no club that are named beside their line."""

_LINES: tuple[Role, ...] = ("first", "second", "third", "fourth", "fifth")


def club_paths(document: ResultDocument, language: str) -> Chart:
    """Return the mean path of each convergence club, relative to the mean of all regions."""
    table = document.table("club_paths")
    rows = located_rows(table, table.rows)
    clubs = sorted({row["club"] for row in rows if row["club"]})
    alone = sorted({row["code"] for row in rows if not row["club"]})
    years = span(min(row["year"] for row in rows), max(row["year"] for row in rows))
    overall = document.table("club_tests").rows.filter(pl.col("club") == 0).to_dicts()[0]
    found = {
        "years": years, "clubs": len(clubs), "what": subject(document, language),
        "t": decimals(overall["t"], 1), "alone": len(alone),
    }  # fmt: skip
    y = axis_of(table.column("value"), language, key="y", format="ratio", year=years)
    key = "one" if overall["t"] >= REJECTED else "clubs"
    return with_error(chart_of(
        document, table, language,
        kind="curve", key="clubs",
        title=text(f"chart.clubs.title_{key}", language, **found),
        subtitle=text("chart.clubs.subtitle", language, **found),
        note=_club_lists(document, clubs, language),
        axes={"x": replace(year_column(language), key="x"), "y": y},
        series=(
            *(_club(rows, club, language) for club in clubs),
            *(_lone(rows, code, language, is_named=len(alone) <= _FEW) for code in alone),
        ),
        references=(ReferenceLine(intercept=1.0, label=text("chart.clubs.mean", language)),),
        twin=twin_of(
            (text_column("name", text("chart.clubs.club", language)), year_column(language),
             axis_of(table.column("members"), language, format="count"), replace(y, key="value")),
            [{**row, "name": region_label(row["code"], language) if row["code"]
              else text("chart.clubs.name", language, club=row["club"])} for row in rows],
        ),
        alt=text(f"chart.clubs.title_{key}", language, **found),
    ))  # fmt: skip


def _members(document: ResultDocument, club: int, language: str) -> list[str]:
    rows = document.table("clubs").rows.filter(pl.col("club") == club).sort("end", descending=True)
    return [region_label(code, language) for code in rows["code"]]


def _club_lists(document: ResultDocument, clubs: list[int], language: str) -> str:
    listed = (
        text("chart.clubs.list", language,
             club=text("chart.clubs.name", language, club=club),
             members=text("list.separator", language).join(_members(document, club, language)))
        for club in clubs
    )  # fmt: skip
    return "".join(listed) + text("chart.clubs.note", language)


def _club(rows: list[dict[str, Any]], club: int, language: str) -> Series:
    own = [row for row in rows if row["club"] == club]
    words = text("chart.clubs.members", language, n=own[0]["members"])
    return Series(
        key=str(club), label=text("chart.clubs.name", language, club=club), mark="line",
        role=_LINES[(club - 1) % len(_LINES)],
        rows=tuple({**_point(row), "text": words} for row in own),
    )  # fmt: skip


def _lone(rows: list[dict[str, Any]], code: str, language: str, *, is_named: bool) -> Series:
    """Return the path of a region in no club: a mean of several would be nobody's path."""
    return Series(
        key=code, label=region_label(code, language) if is_named else "", mark="line",
        role="neutral",
        rows=tuple(_point(row) for row in rows if row["code"] == code),
    )  # fmt: skip


def _point(row: dict[str, Any]) -> dict[str, Any]:
    return {"x": row["year"], "y": row["value"], "row_path": row["row_path"]}
