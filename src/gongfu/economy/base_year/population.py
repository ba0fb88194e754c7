"""Households with all their traits, consistent with every zone total (E12-E17)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from gongfu.economy.base_year.age import AgeStructure, ages, workers
from gongfu.economy.base_year.dispersion import Dispersion
from gongfu.economy.base_year.even_draws import even_draws
from gongfu.economy.base_year.household_sources import household_sources, source_tilts
from gongfu.economy.base_year.households import IncomeSlices, slice_incomes
from gongfu.economy.base_year.income_shape import ZoneIncomes
from gongfu.economy.base_year.normal import normal_quantile
from gongfu.economy.base_year.skills import digital_skill, online
from gongfu.economy.base_year.zones import ZoneTable

__all__ = ["Households", "NationalPeople", "make_households"]


@dataclass(frozen=True, slots=True)
class NationalPeople:
    """National shares the households add up to: employed people and people of 60 and over, 0-1."""

    employment_rate: float
    elderly: float


@dataclass(frozen=True, slots=True)
class Households:
    """Households of the base year, sorted by zone and by income inside it; one row a record.

    Parameters
    ----------
    zone : 0..61.
    start : first row of each zone, and the number of rows behind the last.
    weight : households a record stands for as the survey weights them, 10k.
    census_weight : the same, scaled to the census population of the zone.
    size : persons per household.
    workers : employed persons per household.
    age : of the reference person, years.
    elderly_share : members of 60 and over, 0-1.
    score : standard normal score of income inside the zone.
    parents_score : the parents' score.
    log_human_capital : log of income per person relative to the zone's mean (h).
    digital_skill : 0-1 (d).
    is_online : whether the reference person uses the internet (o).
    sources : income per person by wage, business, property, transfer; yuan of the base year.
    """

    zone: Int[np.ndarray, " household"]
    start: Int[np.ndarray, " zone_edge"]
    weight: Float[np.ndarray, " household"]
    census_weight: Float[np.ndarray, " household"]
    size: Float[np.ndarray, " household"]
    workers: Float[np.ndarray, " household"]
    age: Float[np.ndarray, " household"]
    elderly_share: Float[np.ndarray, " household"]
    score: Float[np.ndarray, " household"]
    parents_score: Float[np.ndarray, " household"]
    log_human_capital: Float[np.ndarray, " household"]
    digital_skill: Float[np.ndarray, " household"]
    is_online: Bool[np.ndarray, " household"]
    sources: Float[np.ndarray, "household source"]

    @property
    def income(self) -> Float[np.ndarray, " household"]:
        """Disposable income per person, yuan of the base year."""
        total: Float[np.ndarray, " household"] = self.sources.sum(axis=1)
        return total

    @property
    def people(self) -> Float[np.ndarray, " household"]:
        """People a record stands for, 10k, as the survey weights them: for income statistics."""
        return self.weight * self.size

    @property
    def census_people(self) -> Float[np.ndarray, " household"]:
        """People a record stands for in the census population, 10k."""
        return self.census_weight * self.size


def make_households(
    zones: ZoneTable,
    dispersion: Dispersion,
    skill_needed: Float[np.ndarray, " zone"],
    nation: NationalPeople,
    assumed: Mapping[str, float],
    *,
    count: int,
    seed: int,
) -> Households:
    """(E17) Return the households of the base year.

    Parameters
    ----------
    dispersion : of incomes inside zones.
    skill_needed : digital part of labour units by zone, 0-1.
    assumed : values of the assumptions by name.
    count : records.
    seed : of the lattice that spreads ages, internet use and parents' rank over records.
    """
    shape = dispersion.shape(len(zones.people))
    incomes = ZoneIncomes(zones.people, zones.income, zones.household_size, shape)
    slices = slice_incomes(incomes, count)
    uniform = even_draws(count, seed=seed)
    members = _members(uniform[0], slices, zones, nation, assumed)
    human_capital = np.log(slices.income / zones.income[slices.zone])
    is_online = _online(uniform[1], slices, members.age, zones, assumed)
    return Households(
        zone=slices.zone,
        start=slices.start,
        weight=slices.weight,
        census_weight=slices.weight * (zones.census / zones.people)[slices.zone],
        size=slices.size,
        workers=members.workers,
        age=members.age,
        elderly_share=members.elderly_share,
        score=slices.score,
        parents_score=_parents_score(slices.score, uniform[2], assumed["parents_rank_correlation"]),
        log_human_capital=human_capital,
        digital_skill=digital_skill(
            human_capital,
            is_online,
            slices.weight * members.workers * np.exp(human_capital),
            slices.start,
            skill_needed,
            income_slope=assumed["skill_income_slope"],
            offline_ratio=assumed["offline_skill_ratio"],
        ),
        is_online=is_online,
        sources=_sources(slices, human_capital, members, zones, assumed),
    )


@dataclass(frozen=True, slots=True)
class _Members:
    """Age of the reference person, elderly share and workers of each household."""

    age: Float[np.ndarray, " household"]
    elderly_share: Float[np.ndarray, " household"]
    workers: Float[np.ndarray, " household"]


def _members(
    uniform: Float[np.ndarray, " household"],
    slices: IncomeSlices,
    zones: ZoneTable,
    nation: NationalPeople,
    assumed: Mapping[str, float],
) -> _Members:
    structure = AgeStructure(
        living_apart=assumed["elderly_living_apart"],
        household_share=assumed["elderly_household_share"],
        old_age=assumed["elderly_age"],
        youngest=assumed["youngest_head"],
        oldest=assumed["oldest_head"],
    )
    age, elderly = ages(uniform, slices.people, slices.start, zones.elderly, structure)
    working = workers(
        slices.size,
        elderly,
        employment_rate=nation.employment_rate,
        elderly=nation.elderly,
        elderly_rate=assumed["elderly_work_rate"],
    )
    return _Members(age, elderly, working)


def _online(
    uniform: Float[np.ndarray, " household"],
    slices: IncomeSlices,
    age: Float[np.ndarray, " household"],
    zones: ZoneTable,
    assumed: Mapping[str, float],
) -> Bool[np.ndarray, " household"]:
    return online(
        uniform,
        log_deviation=slices.log_deviation,
        age=age,
        people=slices.people,
        start=slices.start,
        penetration=zones.internet,
        income_slope=assumed["online_income_slope"],
        age_slope=assumed["online_age_slope"],
    )


def _parents_score(
    score: Float[np.ndarray, " household"],
    uniform: Float[np.ndarray, " household"],
    correlation: float,
) -> Float[np.ndarray, " household"]:
    other = np.sqrt(1.0 - correlation**2) * normal_quantile(uniform)
    parents: Float[np.ndarray, " household"] = correlation * score + other
    return parents


def _sources(
    slices: IncomeSlices,
    human_capital: Float[np.ndarray, " household"],
    members: _Members,
    zones: ZoneTable,
    assumed: Mapping[str, float],
) -> Float[np.ndarray, "household source"]:
    tilt = source_tilts(
        human_capital,
        members.workers / slices.size,
        members.elderly_share,
        property_slope=assumed["property_income_slope"],
        transfer_slope=assumed["transfer_income_slope"],
        elderly_tilt=assumed["transfer_elderly_tilt"],
    )
    return household_sources(tilt, slices.income, slices.people, slices.start, zones.sources)
