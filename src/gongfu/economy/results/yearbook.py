"""The simulated yearbook: tables of the statistics office, measured from the simulated state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl
from jaxtyping import Float

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

    Income is yuan per person in prices of the base year; population 10k persons as the census
    counts them (survey weights times the base year's ratio of the two in the zone). Every cell is
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
    persons = _census(world, year)
    for code, mean, count in zip(zone_codes(), income, persons, strict=True):
        yield code, year.state.year, "income_pc", float(mean)
        yield code, year.state.year, "population", float(count)


def _provinces(world: World, year: Year) -> Iterator[tuple[str, int, str, float]]:
    people = year.people
    surveyed = world.blocks.totals(people.people).reshape(-1, 2).sum(1)
    income = world.blocks.totals(people.people * people.income).reshape(-1, 2).sum(1) / surveyed
    persons = _census(world, year).reshape(-1, 2).sum(1)
    output = year.markets.output.sum(1)
    codes = [place.code for place in provinces()]
    for code, *values in zip(codes, income, persons, output, strict=True):
        for name, value in zip(("income_pc_all", "population", "gdp"), values, strict=True):
            yield code, year.state.year, name, float(value)


def _census(world: World, year: Year) -> Float[np.ndarray, " zone"]:
    """Return residents of each zone at year end, 10k; they add up to everybody there is."""
    zones = world.base.zones
    surveyed = world.blocks.totals(year.people.people)
    counted = surveyed * zones.census / zones.people
    return np.asarray(counted * (surveyed.sum() / counted.sum()))


def _frame(rows: Iterator[tuple[str, int, str, float]]) -> pl.DataFrame:
    columns = ("unit", "year", "variable", "value")
    frame = pl.DataFrame(list(rows), schema=columns, orient="row")
    assert np.isfinite(frame["value"].to_numpy()).all()
    return frame.with_columns(
        evidence=pl.lit(Evidence.SIMULATED.value), note=pl.lit("prices of the base year")
    )
