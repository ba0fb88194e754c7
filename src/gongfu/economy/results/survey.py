"""A household survey of the simulated economy: the same households in two years, with a design.

It gives rows of persons' households to try measures on where no survey may be passed on. Every
number in it is simulated.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from jaxtyping import Bool, Float, Int

from gongfu.core import Evidence, InputError, Problem
from gongfu.core.policy import Policy
from gongfu.data.places import provinces
from gongfu.economy.base_year.build import FIRST_BASE_YEAR, LAST_BASE_YEAR
from gongfu.economy.base_year.zones import AREAS
from gongfu.economy.draws import Stream, normal_pair, uniform_pair
from gongfu.economy.simulate import run_policy
from gongfu.economy.state import People, first_state
from gongfu.economy.world import World, build_world
from gongfu.economy.year import Year

__all__ = ["household_survey"]

_PEOPLE = 10_000
"""Persons in the economy's unit of people."""
_RECORDS_PER_ROW = 24
_CLUSTER, _TAKEN = 20, 10
_LIKENESS = 0.2
_MOST = 50_000
_ENTERPRISES = 2_500


def household_survey(
    households: int = 5_000, *, start: int = 2018, end: int = 2023, seed: int = 1
) -> pl.DataFrame:
    """Return a two-stage sample of simulated households, visited in two years.

    Parameters
    ----------
    households : sampled, 1,000 to 50,000.
    start : base year of the economy, 2013 to 2023; its incomes meet the published means.
    end : simulated without any measure, 1 to 12 years later.
    seed : of the economy and of the sample.

    Returns
    -------
    polars.DataFrame
        One row per household and year: ``household, year, province, region, area, stratum, psu,
        weight`` (persons it stands for), ``persons``, ``age`` of the head, ``income`` and its parts
        ``labour_income, property_income, transfer_income`` (net of tax), all yuan per person a year
        in prices of the start year, ``digital_skill`` (0-1), ``online`` (0 or 1), ``evidence``.

    Raises
    ------
    InputError
        If a number is out of its range.

    Notes
    -----
    Strata are four regions times town and country. Each zone is cut into clusters of 20 records
    that are somewhat alike (correlation of income ranks about 0.2); clusters are drawn at random
    inside a stratum, then 10 records inside each, so that design-based errors have something to
    measure. About one record in 24 is drawn: the finite-population correction is left out.
    """
    _refuse(households, start, end)
    world = build_world(
        start, households=_RECORDS_PER_ROW * households, enterprises=_ENTERPRISES, seed=seed
    )
    years = run_policy(world, Policy(), tuple(range(start + 1, end + 1)), "baseline")
    sample = _draw(world, households // _TAKEN, seed)
    waves = ((start, first_state(world).people, _base_parts(world)),
             (end, years[-1].people, _parts(years[-1])))  # fmt: skip
    return pl.concat([_wave(world, sample, *wave) for wave in waves])


def _refuse(households: int, start: int, end: int) -> None:
    asked = (
        ("households", households, 1_000, _MOST),
        ("start", start, FIRST_BASE_YEAR, LAST_BASE_YEAR),
        ("end", end, start + 1, start + 12),
    )
    problems = [
        Problem(
            f"{name} of the simulated survey is out of range",
            expected=f"{low:,} to {high:,}" if name == "households" else f"{low} to {high}",
            found=str(value),
            fix="Choose a value inside the range.",
        )
        for name, value, low, high in asked
        if not low <= value <= high
    ]
    if problems:
        raise InputError(problems)


Parts = dict[str, Float[np.ndarray, " household"]]


def _base_parts(world: World) -> Parts:
    sources = world.base.households.sources
    return {
        "labour_income": sources[:, :2].sum(1),
        "property_income": sources[:, 2],
        "transfer_income": sources[:, 3],
    }


def _parts(year: Year) -> Parts:
    found = year.incomes
    return {
        "labour_income": found.labour,
        "property_income": found.owners,
        "transfer_income": found.transfers - found.tax + year.measures.received - year.financed,
    }


def _wave(world: World, sample: _Sample, year: int, people: People, parts: Parts) -> pl.DataFrame:
    places = provinces()
    drawn = sample.record
    zone = world.blocks.zone[drawn]
    return pl.DataFrame(
        {
            "household": drawn,
            "year": np.full(len(drawn), year),
            "province": [places[z // 2].code for z in zone],
            "region": [places[z // 2].region for z in zone],
            "area": [AREAS[z % 2] for z in zone],
            "stratum": sample.stratum,
            "psu": sample.psu,
            "weight": _PEOPLE * people.people[drawn] * sample.factor,
            "persons": people.size[drawn],
            "age": world.base.households.age[drawn],
            "income": people.income[drawn],
            **{name: part[drawn] for name, part in parts.items()},
            "digital_skill": people.skill[drawn],
            "online": people.online[drawn].astype(np.int64),
            "evidence": Evidence.SIMULATED.value,
        }
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Sample:
    """Which records were drawn, in ascending order, and with which weight each stands for its like.

    Parameters
    ----------
    factor : inverse of the chance of being drawn.
    """

    record: Int[np.ndarray, " row"]
    stratum: Int[np.ndarray, " row"]
    psu: Int[np.ndarray, " row"]
    factor: Float[np.ndarray, " row"]


def _draw(world: World, clusters: int, seed: int) -> _Sample:
    psu = _clusters(world, seed)
    stratum = _strata(world)
    unit = world.household.unit
    by_record, by_cluster = uniform_pair(seed, world.base.year, unit, Stream.SURVEY_SAMPLE)
    of_cluster = stratum[np.unique(psu, return_index=True)[1]]
    chosen, chance = _choose(of_cluster, by_cluster[: len(of_cluster)], clusters)
    place = _places(psu, by_record)
    taken = chosen[psu] & (place < _TAKEN)
    share = chance[of_cluster] * np.minimum(_TAKEN / np.bincount(psu), 1.0)
    record = np.flatnonzero(taken)
    return _Sample(record, stratum[record], psu[record], 1 / share[psu[record]])


def _clusters(world: World, seed: int) -> Int[np.ndarray, " household"]:
    """Return the cluster of each record: neighbours in a noisy order of rank inside its zone."""
    noise, _ = normal_pair(seed, world.base.year, world.household.unit, Stream.SURVEY_CLUSTERS)
    score = world.base.households.score
    alike = np.sqrt(_LIKENESS) * score + np.sqrt(1 - _LIKENESS) * noise
    zone = world.blocks.zone
    order = np.lexsort((alike, zone))
    records = np.bincount(zone)
    inside = np.empty(len(zone), dtype=np.int64)
    inside[order] = np.concatenate([np.arange(count) for count in records]) // _CLUSTER
    counts = -(-records // _CLUSTER)
    return np.asarray((np.cumsum(counts) - counts)[zone] + inside)


def _strata(world: World) -> Int[np.ndarray, " household"]:
    regions = sorted({place.region for place in provinces()})
    of_province = np.array([regions.index(place.region) for place in provinces()])
    zone = world.blocks.zone
    return np.asarray(2 * of_province[zone // 2] + zone % 2)


def _choose(
    stratum: Int[np.ndarray, " cluster"], draw: Float[np.ndarray, " cluster"], wanted: int
) -> tuple[Bool[np.ndarray, " cluster"], Float[np.ndarray, " stratum"]]:
    """Return the drawn clusters, and each stratum's chance; every stratum gets at least two."""
    counts = np.bincount(stratum)
    taken = np.maximum(np.round(wanted * counts / counts.sum()).astype(int), 2)
    return _places(stratum, draw) < taken[stratum], taken / counts


def _places(
    group: Int[np.ndarray, " row"], draw: Float[np.ndarray, " row"]
) -> Int[np.ndarray, " row"]:
    """Return the place of each row in the order of the draws inside its group, from 0."""
    sizes = np.bincount(group)
    order = np.lexsort((draw, group))
    place = np.empty(len(group), dtype=np.int64)
    place[order] = np.arange(len(group)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return place
