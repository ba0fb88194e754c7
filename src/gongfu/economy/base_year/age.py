"""Ages of reference persons, members of 60 and over, and workers of each household."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from gongfu.economy.base_year.zone_sums import zone_sum

__all__ = ["AgeStructure", "ages", "elderly_by_zone", "workers"]


@dataclass(frozen=True, slots=True)
class AgeStructure:
    """What is assumed about who lives with whom.

    Parameters
    ----------
    living_apart : part of the elderly in households headed by one of them, 0-1.
    household_share : elderly among the members of such households, 0-1.
    old_age : from which people count as elderly, years.
    youngest, oldest : reference persons, years.
    """

    living_apart: float
    household_share: float
    old_age: float
    youngest: float
    oldest: float


def elderly_by_zone(
    national: float, population: Float[np.ndarray, " zone"], *, rural_ratio: float
) -> Float[np.ndarray, " zone"]:
    """(E12) Return the share of people of 60 and over by zone, the nation's as given.

    Parameters
    ----------
    national : share in the whole population, 0-1.
    population : census population of zones, urban and rural in turn.
    rural_ratio : rural over urban share.
    """
    rural = float(population[1::2].sum() / population.sum())
    urban_share = national / (1.0 + (rural_ratio - 1.0) * rural)
    return np.tile([urban_share, rural_ratio * urban_share], len(population) // 2)


def ages(
    uniform: Float[np.ndarray, " household"],
    people: Float[np.ndarray, " household"],
    start: Int[np.ndarray, " zone_edge"],
    elderly: Float[np.ndarray, " zone"],
    structure: AgeStructure,
) -> tuple[Float[np.ndarray, " household"], Float[np.ndarray, " household"]]:
    """(E12) Return the age of the reference person and the elderly share of each household.

    Parameters
    ----------
    uniform : draws in (0, 1).
    people : people a record stands for.
    elderly : share of people of 60 and over by zone; zones hit it exactly.
    """
    zone = np.repeat(np.arange(len(elderly)), np.diff(start))
    old_age = structure.old_age
    headed = (structure.living_apart * elderly / structure.household_share)[zone]
    is_old = uniform < headed
    within = np.where(is_old, uniform / headed, (uniform - headed) / (1.0 - headed))
    age = np.where(
        is_old,
        old_age + (structure.oldest - old_age) * within,
        structure.youngest + (old_age - structure.youngest) * within,
    )
    apart = structure.household_share * zone_sum(people * is_old, start)
    others = zone_sum(people * ~is_old, start)
    with_others = (elderly * zone_sum(people, start) - apart) / others
    return age, np.where(is_old, structure.household_share, with_others[zone])


def workers(
    size: Float[np.ndarray, " household"],
    elderly_share: Float[np.ndarray, " household"],
    *,
    employment_rate: float,
    elderly: float,
    elderly_rate: float,
) -> Float[np.ndarray, " household"]:
    """(E14) Return workers of each household, such that the nation's employment is met.

    Parameters
    ----------
    size : persons.
    elderly_share : of members, 0-1.
    employment_rate : employed people over all people of the nation, 0-1.
    elderly : share of people of 60 and over in the nation, 0-1.
    elderly_rate : employment rate of the elderly over everybody else's.
    """
    others = employment_rate / (1.0 - elderly + elderly_rate * elderly)
    number: Float[np.ndarray, " household"] = (
        size * others * (1.0 - elderly_share + elderly_rate * elderly_share)
    )
    return number
