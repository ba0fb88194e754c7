"""The simulated yearbook: tables of the statistics office, measured from the simulated state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl

from gongfu.core import Evidence, Panel
from gongfu.data.dictionary import find_variable
from gongfu.data.places import place_labels, provinces
from gongfu.data.zones import zone_labels
from gongfu.economy.decisions import zone_codes
from gongfu.economy.world import World
from gongfu.economy.year import Year

__all__ = ["province_yearbook", "zone_yearbook"]


def zone_yearbook(world: World, years: Sequence[Year]) -> Panel:
    """Return income per person and population of 62 zones, in the schema of ``load_zones``.

    Income is yuan per person in prices of the base year; population 10k persons. Every cell is
    tagged *simulated*; measures read it exactly like the published one.
    """
    rows = (row for year in years for row in _zones(world, year))
    entries = {name: find_variable(name) for name in ("income_pc", "population")}
    return Panel(_frame(rows), entries, zone_labels())


def province_yearbook(world: World, years: Sequence[Year]) -> Panel:
    """Return income, population and GDP of 31 provinces, in the schema of ``load_china``."""
    rows = (row for year in years for row in _provinces(world, year))
    names = ("income_pc_all", "population", "gdp")
    return Panel(_frame(rows), {name: find_variable(name) for name in names}, place_labels())


def _zones(world: World, year: Year) -> Iterator[tuple[str, int, str, float]]:
    people = year.people
    income = world.blocks.means(people.income, people.people)
    persons = world.blocks.totals(people.people)
    for code, mean, count in zip(zone_codes(), income, persons, strict=True):
        yield code, year.state.year, "income_pc", float(mean)
        yield code, year.state.year, "population", float(count)


def _provinces(world: World, year: Year) -> Iterator[tuple[str, int, str, float]]:
    people = year.people
    persons = world.blocks.totals(people.people).reshape(-1, 2).sum(1)
    income = world.blocks.totals(people.people * people.income).reshape(-1, 2).sum(1) / persons
    output = year.markets.output.sum(1)
    codes = [place.code for place in provinces()]
    for code, *values in zip(codes, income, persons, output, strict=True):
        for name, value in zip(("income_pc_all", "population", "gdp"), values, strict=True):
            yield code, year.state.year, name, float(value)


def _frame(rows: Iterator[tuple[str, int, str, float]]) -> pl.DataFrame:
    columns = ("unit", "year", "variable", "value")
    frame = pl.DataFrame(list(rows), schema=columns, orient="row")
    assert np.isfinite(frame["value"].to_numpy()).all()
    return frame.with_columns(
        evidence=pl.lit(Evidence.SIMULATED.value), note=pl.lit("prices of the base year")
    )
