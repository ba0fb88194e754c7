"""The divide chapter: a sentence for each level, who is how many years behind, groups of people."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import decimals, percent, rounded
from gongfu.report.charts.divide import level_label
from gongfu.report.document import ResultDocument
from gongfu.report.page.grid import Cell, Grid, Row, cell_of, grid_of
from gongfu.report.why import located_rows
from gongfu.report.words import area_label, inside_sentence

__all__ = ["Divide", "divide_of"]

LEVELS = ("access", "use", "outcome")
FOLLOWERS = ("central", "west", "northeast")
_WRITTEN: Mapping[str, Callable[[float], str]] = {
    "mean": rounded,
    "ratio": partial(decimals, places=2),
    "theil": partial(decimals, places=3),
    "between": partial(percent, digits=2),
    "concentration": partial(decimals, places=3),
}
"""How the numbers of an indicator are written, in the order of the columns."""


@dataclass(frozen=True, slots=True)
class Divide:
    """What the template shows beside the charts.

    Parameters
    ----------
    findings : level in words, and the sentence on its indicators.
    indicators : first and last year of every indicator.
    lags : years behind the East.
    groups : town and country, and older people; none where the document lacks them.
    """

    findings: tuple[tuple[str, str], ...]
    indicators: Grid
    lags: Grid | None
    groups: Grid | None


def divide_of(document: ResultDocument, language: str) -> Divide | None:
    """Return the chapter, or None where the document has no divide."""
    if "divide" not in document:
        return None
    ends = _ends(document)
    return Divide(
        findings=tuple(_findings(ends, language)),
        indicators=_indicators(ends, language),
        lags=_lags(document, language),
        groups=_groups(document, language),
    )


_End = tuple[dict[str, Any], dict[str, Any]]
"""Rows of an indicator in its first and its last year."""


def _ends(document: ResultDocument) -> list[_End]:
    table = document.table("divide")
    names = table.rows["indicator"].unique(maintain_order=True)
    found = (table.rows.filter(indicator=name).sort("year") for name in names)
    return [(own[0], own[-1]) for own in (located_rows(table, rows) for rows in found)]


def _findings(ends: list[_End], language: str) -> Iterator[tuple[str, str]]:
    for level in LEVELS:
        own = [pair for pair in ends if pair[0]["level"] == level]
        if own:
            clauses = (_clause(*pair, language) for pair in own)
            listed = text("list.separator", language).join(clauses)
            sentence = text("divide.sentence", language, clauses=listed)
            yield level_label(level, language), sentence


def _clause(first: dict[str, Any], last: dict[str, Any], language: str) -> str:
    is_nearer = abs(math.log(last["ratio"])) < abs(math.log(first["ratio"]))
    return text(
        "divide.narrowed" if is_nearer else "divide.widened",
        language,
        name=inside_sentence(first[f"short_{language}"], language),
        before=decimals(first["ratio"], 2),
        after=decimals(last["ratio"], 2),
        first=first["year"],
        last=last["year"],
    )


def _indicators(ends: list[_End], language: str) -> Grid:
    heads = (
        "indicator", "level", "years", "provinces", "mean", "ratio", "theil", "between",
        "concentration",
    )  # fmt: skip
    columns = [(text(f"divide.{head}", language), head not in heads[:3]) for head in heads]
    rows: list[Row] = [
        (
            text(
                "divide.named",
                language,
                name=first[language],
                unit=first[f"unit_{language}"],
            ),
            level_label(first["level"], language),
            f"{first['year']} → {last['year']}",
            cell_of(last, "provinces", str(last["provinces"])),
            *(
                cell_of(last, name, f"{written(first[name])} → {written(last[name])}")
                for name, written in _WRITTEN.items()
            ),
        )
        for first, last in ends
    ]
    return grid_of(text("divide.caption", language), columns, rows)


def _lags(document: ResultDocument, language: str) -> Grid | None:
    if "divide_lags" not in document:
        return None
    table = document.table("divide_lags")
    columns = [
        (text("divide.indicator", language), False),
        (text("column.year", language), True),
        *((area_label(area, language), True) for area in FOLLOWERS),
    ]
    cells: list[Row] = []
    for name in table.rows["indicator"].unique(maintain_order=True):
        own = located_rows(table, table.rows.filter(indicator=name))
        first = own[0]
        by_area = {row["area"]: row for row in own}
        shown = (_lag(by_area.get(area), language) for area in FOLLOWERS)
        cells.append((first[language], str(first["year"]), *shown))
    return grid_of(text("divide.lag_caption", language), columns, cells)


def _lag(row: dict[str, Any] | None, language: str) -> str | Cell:
    if row is None:
        return "–"
    if row["lag"] is not None:
        return cell_of(row, "lag", decimals(row["lag"], 1))
    years = decimals(row["at_least"], 1)
    return cell_of(row, "at_least", text("divide.at_least", language, years=years))


def _groups(document: ResultDocument, language: str) -> Grid | None:
    if "divide_groups" not in document:
        return None
    table = document.table("divide_groups")
    heads = ("group", "date", "value", "reference", "difference", "times")
    columns = [(text(f"divide.{head}", language), head not in heads[:2]) for head in heads]
    rows: list[Row] = [
        (
            text(
                "divide.pair",
                language,
                group=row[language],
                reference=row[f"reference_{language}"],
            ),
            text("divide.month", language, year=row["year"], month=row["month"]),
            *(
                cell_of(row, name, decimals(row[name], places))
                for name, places in (
                    ("value", 1),
                    ("reference", 1),
                    ("difference", 1),
                    ("ratio", 2),
                )
            ),
        )
        for row in located_rows(table, table.rows)
    ]
    return grid_of(text("divide.group_caption", language), columns, rows)
