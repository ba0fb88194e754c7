"""Who gains and who loses: the same households under baseline and reform, by group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Bool

from gongfu.economy.results.distribution import nth
from gongfu.economy.simulate import Simulation
from gongfu.economy.world import World
from gongfu.economy.year import Year

__all__ = ["CLASSES", "GroupEffect", "Verdict", "group_effects"]

Verdict = Literal["gains", "loses", "cannot tell"]
CLASSES = ("loses_over_5", "loses_1_to_5", "little_change", "gains_1_to_5", "gains_over_5")
"""Classes of the change of a person's income, in per cent."""
_EDGES = (-0.05, -0.01, 0.01, 0.05)
_RANGE = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class GroupEffect:
    """Effect of a package on one group in one year.

    Parameters
    ----------
    dimension, group : such as ``area`` and ``rural``.
    people : of the group, 10k, under the baseline.
    mean_change : of income per person, yuan in base-year prices.
    percent, low, high : change of the group's mean income, central and range over draws; low and
        high are None without draws.
    shares : of the group's people in each of ``CLASSES``, 0-1.
    verdict : whether the range lies on one side of zero.
    """

    dimension: str
    group: str
    people: float
    mean_change: float
    percent: float
    low: float | None
    high: float | None
    shares: tuple[float, ...]
    verdict: Verdict


def group_effects(simulations: Sequence[Simulation], position: int) -> list[GroupEffect]:
    """Return the effect on every group in the simulated year at ``position``.

    Parameters
    ----------
    simulations : of one scenario; the first with central values, further ones are draws.

    Notes
    -----
    Households keep their identity: gains and losses are those of the same record in the same year
    with the same luck. Groups are those of the baseline, so nobody changes group by the reform.
    """
    central = simulations[0]
    members = dict(_groups(central.world, central.baseline[position]))
    found = []
    for (dimension, group), member in members.items():
        percents = [
            _percent(
                one, position, dict(_groups(one.world, one.baseline[position]))[dimension, group]
            )
            for one in simulations[1:]
        ]
        found.append(_effect(central, position, (dimension, group), member, percents))
    return found


def _groups(
    world: World, year: Year
) -> Iterator[tuple[tuple[str, str], Bool[np.ndarray, " household"]]]:
    people = year.people
    urban = world.blocks.zone % 2 == 0
    everyone = np.ones_like(urban)
    yield ("all", "all"), everyone
    yield ("area", "urban"), urban
    yield ("area", "rural"), ~urban
    fifth = nth(people.income, people.people, 5)
    for number in range(5):
        yield ("fifth", str(number + 1)), fifth == number
    old = world.base.households.age >= world.values["elderly_age"]
    yield ("age", "elderly"), old
    yield ("age", "younger"), ~old
    skilled = nth(people.skill, people.people, 5) >= 3
    yield ("skill", "high"), skilled
    yield ("skill", "low"), ~skilled


def _percent(
    simulation: Simulation, position: int, member: Bool[np.ndarray, " household"]
) -> float:
    before, after = simulation.baseline[position].people, simulation.reform[position].people
    weight = before.people[member]
    gain = weight @ (after.income - before.income)[member]
    return float(100 * gain / (weight @ before.income[member]))


def _effect(
    simulation: Simulation,
    position: int,
    name: tuple[str, str],
    member: Bool[np.ndarray, " household"],
    draws: Sequence[float],
) -> GroupEffect:
    before, after = simulation.baseline[position].people, simulation.reform[position].people
    weight = before.people[member]
    change = (after.income - before.income)[member]
    relative = change / before.income[member]
    cell = np.digitize(relative, _EDGES)
    shares = np.bincount(cell, weight, len(CLASSES)) / weight.sum()
    low, high = (None, None) if not draws else map(float, np.quantile(draws, _RANGE))
    return GroupEffect(
        dimension=name[0],
        group=name[1],
        people=float(weight.sum()),
        mean_change=float(weight @ change / weight.sum()),
        percent=_percent(simulation, position, member),
        low=low,
        high=high,
        shares=tuple(float(share) for share in shares),
        verdict=_verdict(low, high),
    )


def _verdict(low: float | None, high: float | None) -> Verdict:
    """Return gains or loses where all of the range says so; without draws nothing is said."""
    if low is not None and high is not None:
        if low > 0:
            return "gains"
        if high < 0:
            return "loses"
    return "cannot tell"
