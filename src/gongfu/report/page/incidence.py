"""The chapter on who got the growth: what fifths of households can tell, and all their figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from gongfu.report.accounts import one_account
from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import change_percent, count, decimals, span
from gongfu.report.charts.incidence import fifth_label, fifth_rows, lorenz_verdict, totals_row
from gongfu.report.document import ResultDocument
from gongfu.report.page.answers import Answer
from gongfu.report.page.grid import Grid, Row, cell_of, grid_of
from gongfu.report.why import located_rows
from gongfu.report.words import price_text

__all__ = ["IncidenceChapter", "incidence_chapter"]


@dataclass(frozen=True, slots=True)
class IncidenceChapter:
    """What the template needs: careful sentences, and every fifth in every kind of prices."""

    answers: list[Answer]
    fifths: Grid


def incidence_chapter(document: ResultDocument, language: str) -> IncidenceChapter | None:
    """Return the chapter, or None where the document has no fifths."""
    if "incidence" not in document or "incidence_totals" not in document:
        return None
    answers = [_means(document, language), *_shares(document, language)]
    return IncidenceChapter(
        answers=[*answers, *_real(document, language), _ratio(document, language)],
        fifths=_fifths(document, language),
    )


def _means(document: ResultDocument, language: str) -> Answer:
    """Say whether the lowest fifth kept up with the mean of the five and with that of all."""
    fifths, totals = fifth_rows(document), totals_row(document)
    lowest, published = fifths[0]["growth"], totals["published_growth"]
    slower = sum(_pace(row["growth"], published) == "slower" for row in fifths)
    says = text(
        "incidence.means_says",
        language,
        poor=change_percent(lowest),
        than_mean=text(f"incidence.{_pace(lowest, totals['mean_growth'])}", language),
        mean=change_percent(totals["mean_growth"]),
        than_all=text(f"incidence.{_pace(lowest, published)}", language),
        published=change_percent(published),
        slower=slower,
        years=span(totals["start"], totals["end"]),
        price=price_text(totals["price"], language),
    )
    return Answer(text("incidence.means", language), says)


def _pace(growth: float, other: float) -> str:
    """Return how growth compares, as far as the shown digits tell."""
    if change_percent(growth) == change_percent(other):
        return "alike"
    return "faster" if growth > other else "slower"


def _shares(document: ResultDocument, language: str) -> Iterator[Answer]:
    if "lorenz_points" in document:
        account, own = one_account(document, "lorenz_points")
        says = text(
            f"incidence.shares_{lorenz_verdict(document, account)}",
            language,
            first=own["start"][0],
            last=own["end"][0],
        )
        yield Answer(text("incidence.shares", language), says)


def _real(document: ResultDocument, language: str) -> Iterator[Answer]:
    """Say where the generalised Lorenz curve lies; there is none without constant prices."""
    totals = totals_row(document)
    if totals["generalised_lorenz"]:
        says = text(
            f"incidence.real_{totals['generalised_lorenz']}",
            language,
            first=totals["start"],
            last=totals["end"],
            price=price_text(totals["price"], language),
        )
        yield Answer(text("incidence.real", language), says)


def _ratio(document: ResultDocument, language: str) -> Answer:
    _, own = one_account(document, "incidence_totals")
    last = own.sort("end").row(-1, named=True)
    says = text(
        "incidence.ratio_says",
        language,
        before=decimals(last["ratio_start"], 1),
        after=decimals(last["ratio_end"], 1),
        first=last["start"],
        last=last["end"],
    )
    return Answer(text("incidence.ratio", language), says)


def _fifths(document: ResultDocument, language: str) -> Grid:
    table = document.table("incidence")
    account, own = one_account(document, "incidence")
    heads = ("mean_start", "mean_end", "growth")
    columns = [
        (text("chart.fifths.group", language), False),
        (text("incidence.span", language), False),
        *((text(f"incidence.{head}", language), True) for head in heads),
    ]
    rows: list[Row] = []
    for totals in _totals(document, account):
        same = own.filter(pl.col("price") == totals["price"]).sort("fifth")
        rows += [_fifth_cells(row, language) for row in located_rows(table, same)]
        rows += _mean_cells(totals, language)
    return grid_of(text("incidence.caption", language), columns, rows)


def _totals(document: ResultDocument, account: str) -> list[dict[str, Any]]:
    table = document.table("incidence_totals")
    return located_rows(table, table.rows.filter(account=account))


def _fifth_cells(row: Mapping[str, Any], language: str) -> Row:
    return (
        fifth_label(row["fifth"], language),
        _span(row, language),
        cell_of(row, "mean_start", count(row["mean_start"])),
        cell_of(row, "mean_end", count(row["mean_end"])),
        cell_of(row, "growth", change_percent(row["growth"])),
    )


def _mean_cells(totals: Mapping[str, Any], language: str) -> Iterator[Row]:
    """Yield the growth of both means, of the five and of all."""
    for column, name in (
        ("mean_growth", text("incidence.mean_of_five", language)),
        ("published_growth", text("chart.fifths.published", language)),
    ):
        growth = cell_of(totals, column, change_percent(totals[column]))
        yield name, _span(totals, language), "–", "–", growth


def _span(row: Mapping[str, Any], language: str) -> str:
    price = price_text(row["price"], language)
    return text("incidence.in_prices", language, years=span(row["start"], row["end"]), price=price)
