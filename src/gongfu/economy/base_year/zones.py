"""What is known of the 62 zones in one year: people, income, ages, internet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.economy.base_year.age import elderly_by_zone
from gongfu.economy.base_year.figures import Figures
from gongfu.economy.base_year.income_sources import SOURCES, income_by_source
from gongfu.economy.base_year.paths import assumed_nodes, value_path
from gongfu.economy.base_year.skills import internet_by_zone
from gongfu.economy.base_year.weights import survey_population, survey_rural_share

__all__ = [
    "AREAS",
    "ZoneTable",
    "implied_urban_internet",
    "national_elderly",
    "zone_people",
    "zone_table",
]

AREAS = ("urban", "rural")
"""Zones of a region, in this order: zone 2 r is urban, 2 r + 1 rural."""


@dataclass(frozen=True, slots=True)
class ZoneTable:
    """Figures by zone, money in yuan of the base year per person and year.

    Parameters
    ----------
    people : as the survey weights them, 10k persons; every income statistic uses them.
    census : resident population at year end, 10k persons.
    income : disposable income per person, published.
    sources : income by source; adds up to ``income``.
    household_size : mean persons per household.
    elderly : share of people of 60 and over, 0-1.
    internet : share of people online, 0-1.
    """

    people: Float[np.ndarray, " zone"]
    census: Float[np.ndarray, " zone"]
    income: Float[np.ndarray, " zone"]
    sources: Float[np.ndarray, "zone source"]
    household_size: Float[np.ndarray, " zone"]
    elderly: Float[np.ndarray, " zone"]
    internet: Float[np.ndarray, " zone"]


def zone_table(figures: Figures, year: int, assumed: Mapping[str, float]) -> ZoneTable:
    """(E16) Return the zones of one year.

    Parameters
    ----------
    figures : cut at the base year, which may be later than ``year``.
    assumed : values of the assumptions by name.
    """
    people, income, census = zone_people(figures, year)
    size = assumed["household_size"] * np.array([1.0, assumed["household_size_rural_ratio"]])
    internet = internet_by_zone(
        _internet(figures, year, assumed),
        income,
        census,
        income_slope=assumed["internet_income_slope"],
    )
    return ZoneTable(
        people=people,
        census=census,
        income=income,
        sources=income_by_source(income, _national_sources(figures, year)),
        household_size=np.tile(size, len(income) // 2),
        elderly=elderly_by_zone(
            national_elderly(figures, year, assumed),
            census,
            rural_ratio=assumed["elderly_rural_ratio"],
        ),
        internet=internet,
    )


def zone_people(
    figures: Figures, year: int
) -> tuple[Float[np.ndarray, " zone"], Float[np.ndarray, " zone"], Float[np.ndarray, " zone"]]:
    """(E17) Return survey-weighted people, mean income and census population of the zones."""
    everyone, urban, rural = (
        figures.regional(f"income_pc_{area}", [year])[0] for area in ("all", *AREAS)
    )
    population = figures.regional("population", [year])[0]
    in_towns = figures.regional("population_urban", [year])[0]
    people = survey_population(population, survey_rural_share(everyone, urban, rural))
    return people, _by_zone(urban, rural), _by_zone(in_towns, population - in_towns)


def national_elderly(figures: Figures, year: int, assumed: Mapping[str, float]) -> float:
    """(E12) Return the national share of people of 60 and over, from those of 65 and over."""
    old, everyone = (
        figures.national(name, [year])[0] for name in ("population_65plus", "population")
    )
    return float(assumed["elderly_share_ratio"] * old / everyone)


def _by_zone(
    urban: Float[np.ndarray, " region"], rural: Float[np.ndarray, " region"]
) -> Float[np.ndarray, " zone"]:
    return np.stack([urban, rural], axis=1).ravel()


def _national_sources(figures: Figures, year: int) -> Float[np.ndarray, "area source"]:
    return np.array(
        [
            [figures.national(f"income_pc_{source}_{area}", [year])[0] for source in SOURCES]
            for area in AREAS
        ]
    )


def _internet(
    figures: Figures, year: int, assumed: Mapping[str, float]
) -> Float[np.ndarray, " area"]:
    """Return urban and rural penetration: published or implied, else assumed, up to the year."""
    paths = (
        {**assumed_nodes(assumed, "internet_urban"), **implied_urban_internet(figures)},
        {**assumed_nodes(assumed, "internet_rural"), **_published(figures, "rural")},
    )
    return np.array([value_path(nodes, [year], origin=year)[0] for nodes in paths])


def _published(figures: Figures, area: str) -> dict[int, float]:
    name = f"internet_penetration_{area}"
    years = figures.years_of(name)
    return dict(zip(years, figures.national(name, years) / 100.0, strict=True))


def implied_urban_internet(figures: Figures) -> dict[int, float]:
    """Return urban penetration in years in which that of all and of rural areas is published."""
    everyone, rural = _published(figures, "all"), _published(figures, "rural")
    implied = {}
    for year in sorted(everyone.keys() & rural.keys()):
        urban, village = (figures.national(f"population_{area}", [year])[0] for area in AREAS)
        implied[year] = float((everyone[year] * (urban + village) - rural[year] * village) / urban)
    return implied
