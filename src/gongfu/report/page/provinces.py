"""The provinces as a page shows them: a tile map of links into a ranking table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import amount, change_percent, count, decimals
from gongfu.report.chart import Chart, Value
from gongfu.report.document import ResultDocument
from gongfu.report.figures.tiles import colour_range
from gongfu.report.palette import ink_on, scale_colour
from gongfu.report.regions import region_label
from gongfu.report.why import located_rows
from gongfu.report.words import price_text

_SCALES = {"10k": 1e4, "100m": 1e8}  # first word of a unit, such as "10k persons"

_SHOWN = {
    "growth": "growth",
    "income": "income_end",
    "ratio": "ratio_end",
    "population": "population",
}
"""Columns of the document behind the numbers of a place."""

__all__ = ["Place", "Tile", "income_price", "places_of", "scale_stops", "tiles_of"]


@dataclass(frozen=True, slots=True)
class Tile:
    """A cell of the tile map; without a figure it has no colour and leads nowhere.

    Parameters
    ----------
    path : of its growth in the result document.
    """

    code: str
    row: int
    column: int
    name: str
    short: str
    value: str
    colour: str
    ink: str
    label: str
    path: str


@dataclass(frozen=True, slots=True)
class Place:
    """A province in the ranking.

    Parameters
    ----------
    share : its place on the scale from 0 to 100.
    paths : of growth, income, ratio and population in the result document, by these names.
    """

    code: str
    rank: int
    name: str
    growth: str
    share: float
    income: str
    ratio: str
    population: str
    paths: Mapping[str, str]


def tiles_of(chart: Chart, places: list[Place], language: str) -> list[Tile]:
    """Return the cells of the tile map with their colours and what a screen reader says."""
    low, high = colour_range(chart)
    ranks = {place.code: place.rank for place in places}
    return [_tile(row, ranks, low, high, language) for row in chart.series[0].rows]


def scale_stops(chart: Chart) -> dict[str, str]:
    """Return the colour scale: its gradient and the values at its ends."""
    low, high = colour_range(chart)
    colours = [scale_colour(low + (high - low) * i / 10, low, high) for i in range(11)]
    return {
        "gradient": ", ".join(colours),
        "low": change_percent(low),
        "high": change_percent(high),
    }


def places_of(document: ResultDocument, language: str) -> list[Place]:
    """Return the provinces that have a growth figure, the fastest first; ties by code."""
    table = document.table("provinces")
    known = table.rows.drop_nulls("growth")
    ordered = located_rows(table, known.sort(["growth", "code"], descending=[True, False]))
    people = _SCALES.get(table.column("population").unit.split()[0], 1.0)
    growths = [row["growth"] for row in ordered]
    low, reach = growths[-1], (growths[0] - growths[-1]) or 1.0
    return [
        Place(
            code=row["code"],
            rank=rank,
            name=region_label(row["code"], language),
            growth=change_percent(row["growth"]),
            share=round(100 * (row["growth"] - low) / reach, 1),
            income=count(row["income_end"]),
            ratio=f"{decimals(row['ratio_start'], 2)} → {decimals(row['ratio_end'], 2)}",
            population=amount(people * row["population"], language),
            paths={name: f"{row['row_path']}/{column}" for name, column in _SHOWN.items()},
        )
        for rank, row in enumerate(ordered, start=1)
    ]


def income_price(document: ResultDocument, language: str) -> str:
    """Return the prices in which the income of provinces is counted."""
    return price_text(document.table("provinces").column("income_end").price_base, language)


def _tile(
    row: Mapping[str, Value], ranks: Mapping[str, int], low: float, high: float, language: str
) -> Tile:
    name, code, growth = str(row["label"]), str(row["code"]), row["growth"]
    known = isinstance(growth, float)
    colour = scale_colour(growth, low, high) if isinstance(growth, float) else ""
    value = change_percent(growth) if isinstance(growth, float) else ""
    words = {"name": name, "change": value, "rank": ranks.get(code, "")}
    return Tile(
        code=code,
        row=int(row["row"] or 0) + 1,
        column=int(row["column"] or 0) + 1,
        name=name,
        short=str(row["short"]),
        value=value,
        colour=colour,
        ink=ink_on(colour) if known else "",
        label=text("ranking.tile" if known else "ranking.tile_missing", language, **words),
        path=f"{row['row_path']}/growth" if known else "",
    )
