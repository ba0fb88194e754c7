"""Who has how much: mean income of deciles, zones, ages and skills in one simulated year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from gongfu.economy.decisions import zone_codes
from gongfu.economy.world import World
from gongfu.economy.year import Year

__all__ = ["Band", "distribution", "nth"]

_DECILES = 10


@dataclass(frozen=True, slots=True)
class Band:
    """One part of the people in one year.

    Parameters
    ----------
    dimension, group : such as ``decile`` and ``1``, the lowest incomes of that year.
    people : 10k persons, as the survey weights them.
    mean_income : yuan per person in base-year prices.
    income_share : of all household income, 0-1.
    """

    dimension: str
    group: str
    people: float
    mean_income: float
    income_share: float


def distribution(world: World, year: Year) -> list[Band]:
    """Return the year's distribution by decile of income, zone, age of the head and digital skill.

    Parameters
    ----------
    world, year : of the baseline or of a reform; deciles are those of this very year, so people
        move between them. Who gains and loses is in :mod:`gongfu.economy.results.groups`.
    """
    people = year.people
    weight, total = people.people, float(people.people @ people.income)
    found = []
    for dimension, names, group in _partitions(world, year):
        persons = np.bincount(group, weight, len(names))
        sums = np.bincount(group, weight * people.income, len(names))
        found += [
            Band(dimension, name, float(count), float(amount / count), float(amount / total))
            for name, count, amount in zip(names, persons, sums, strict=True)
            if count > 0
        ]
    return found


def _partitions(
    world: World, year: Year
) -> Iterator[tuple[str, list[str], Int[np.ndarray, " household"]]]:
    people = year.people
    tenths = [str(number + 1) for number in range(_DECILES)]
    yield "decile", tenths, nth(people.income, people.people, _DECILES)
    yield "zone", list(zone_codes()), world.blocks.zone
    old = world.base.households.age >= world.values["elderly_age"]
    yield "age", ["younger", "elderly"], old.astype(int)
    fifths = [str(number + 1) for number in range(5)]
    yield "skill", fifths, nth(people.skill, people.people, 5)


def nth(
    values: Float[np.ndarray, " household"], weight: Float[np.ndarray, " household"], parts: int
) -> Int[np.ndarray, " household"]:
    """Return which of ``parts`` equal parts of the people each record stands in, from 0."""
    order = np.argsort(values, kind="stable")
    below = np.cumsum(weight[order]) - weight[order] / 2
    out = np.empty(len(values), dtype=int)
    out[order] = np.minimum(parts * below / weight.sum(), parts - 1).astype(int)
    return out
