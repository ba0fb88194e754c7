"""From the countryside to the town, and between provinces (E24).

Records stay where they are; *weight* moves. Persons leave every record of the origin zone, more of
the young; they arrive on those records of the town that are like newcomers: young, with the
productivity newcomers have. No array changes its shape, no household its identity, so that who
gains and who loses can be read record by record, and nothing is drawn.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from types import ModuleType

import numpy as np
from jaxtyping import Float

from gongfu.economy.households.blocks import ZoneBlocks

__all__ = ["Moves", "carry", "destinations", "migration_flows", "move_people"]

_NEWTON_STEPS = 3  # from the lognormal answer; the tests show what is left
_STEEPEST = 4.0  # tilt per standard deviation: a handful of records cannot have any mean


@dataclass(frozen=True, slots=True, eq=False)
class Moves:
    """Persons after a year's moves.

    Parameters
    ----------
    people : persons each record stands for, after the moves.
    left, arrived : persons who left and joined each record.
    flows : persons from zone (row) to zone (column).
    """

    people: Float[np.ndarray, " household"]
    left: Float[np.ndarray, " household"]
    arrived: Float[np.ndarray, " household"]
    flows: Float[np.ndarray, "zone zone"]


def migration_flows(
    people: Float[np.ndarray, " zone"],
    income: Float[np.ndarray, " zone"],
    base_ratio: Float[np.ndarray, " region"],
    net_rate: Float[np.ndarray, " zone"],
    *,
    rate: float,
    elasticity: float,
    xp: ModuleType = np,
) -> Float[np.ndarray, "zone zone"]:
    """(E24) Return persons who move in a year, from zone (row) to zone (column).

    Parameters
    ----------
    people : persons; zones alternate urban, rural, one pair a province.
    income : what a person can expect there, yuan a year.
    base_ratio : urban over rural income of each province in the base year.
    net_rate : gain (or loss, negative) by moves between provinces, as a share of the zone's people;
        gains are scaled to the losses, for nobody comes from nowhere.
    rate : share of rural people who move to town in a year at the base-year ratio.
    elasticity : of that share to the income ratio.

    Notes
    -----
    ``rate (V_u / V_r / base)^elasticity``, at most one.
    """
    ratio = income[0::2] / income[1::2] / base_ratio
    share = xp.minimum(rate * ratio**elasticity, 1.0)
    to_town = xp.stack([xp.zeros_like(share), share * people[1::2]], axis=1).reshape(-1)
    gain = xp.maximum(net_rate, 0.0) * people
    loss = xp.maximum(-net_rate, 0.0) * people
    between = loss[:, None] * gain[None, :] / xp.where(gain.sum() > 0, gain.sum(), 1.0)
    return between + to_town[:, None] * _town_of(len(people), xp)


def move_people(
    people: Float[np.ndarray, " household"],
    human_capital: Float[np.ndarray, " household"],
    age: Float[np.ndarray, " household"],
    flows: Float[np.ndarray, "zone zone"],
    blocks: ZoneBlocks,
    *,
    mover_productivity: float,
    age_effect: float,
    xp: ModuleType = np,
) -> Moves:
    """(E24) Return persons of each record after the moves; the nation's total is unchanged.

    Parameters
    ----------
    people : persons each record stands for.
    human_capital : natural logarithm.
    flows : persons between zones, from `migration_flows`.
    mover_productivity : mean ``e^h`` of newcomers over the mean of the zone they join.
    age_effect : log-odds of moving per ten years of age; negative.

    Notes
    -----
    Newcomers stand on records in proportion to ``people e^(theta h)``, the exponential tilt with
    the wanted mean. In a lognormal zone that is its own spread, shifted by the log productivity.
    """
    mobile = people * xp.exp((age_effect / 10.0) * age)
    departures = flows.sum(axis=1)
    share = blocks.spread(departures / blocks.totals(mobile, xp=xp))
    left = xp.minimum(mobile * share, people)  # nobody leaves twice
    found = blocks.totals(left, xp=xp) / xp.where(departures > 0, departures, 1.0)
    flows = flows * found[:, None]
    like = _tilt(mobile, people, human_capital, blocks, productivity=mover_productivity, xp=xp)
    arrived = like * blocks.spread(flows.sum(axis=0) / blocks.totals(like, xp=xp))
    return Moves(people - left + arrived, left, arrived, flows)


def carry(
    amount: Float[np.ndarray, " household"],
    before: Float[np.ndarray, " household"],
    moves: Moves,
    blocks: ZoneBlocks,
    *,
    xp: ModuleType = np,
) -> Float[np.ndarray, " household"]:
    """(E24) Return an amount per person (such as wealth) after movers took theirs along.

    Parameters
    ----------
    before : persons each record stood for before the moves.

    Notes
    -----
    Each record averages over those who stayed and those who came, so that persons times amounts
    add up to the same money before and after.
    """
    departures = moves.flows.sum(axis=1)
    taken = blocks.totals(moves.left * amount, xp=xp)
    per_mover = taken / xp.where(departures > 0, departures, 1.0)
    arrivals = moves.flows.sum(axis=0)
    brought = (per_mover @ moves.flows) / xp.where(arrivals > 0, arrivals, 1.0)
    money = (before - moves.left) * amount + moves.arrived * blocks.spread(brought)
    return money / xp.where(moves.people > 0, moves.people, 1.0)


def destinations(
    flows: Float[np.ndarray, "zone zone"], people: Float[np.ndarray, " zone"], *, years: int
) -> Float[np.ndarray, "zone zone"]:
    """(E24) Return where the children of a zone live after some years of such flows.

    Returns
    -------
    Share of those from zone (row) who live in zone (column); rows add up to one.
    """
    once = flows / people[:, None]
    once = once + np.diag(1.0 - once.sum(axis=1))
    return np.linalg.matrix_power(once, years)


def _town_of(zones: int, xp: ModuleType) -> Float[np.ndarray, "zone zone"]:
    number = xp.arange(zones)
    same = number[:, None] // 2 == number[None, :] // 2
    return xp.where(same & (number[None, :] % 2 == 0), 1.0, 0.0)


def _tilt(
    mobile: Float[np.ndarray, " household"],
    people: Float[np.ndarray, " household"],
    human_capital: Float[np.ndarray, " household"],
    blocks: ZoneBlocks,
    *,
    productivity: float,
    xp: ModuleType,
) -> Float[np.ndarray, " household"]:
    """Return ``mobile e^(theta h)`` with theta of each zone such that the mean of e^h is wanted."""
    centred = human_capital - blocks.spread(blocks.means(human_capital, people, xp=xp))
    spread = xp.sqrt(blocks.means(centred**2, people, xp=xp))
    spread = xp.where(spread > 0, spread, 1.0)
    level = xp.exp(centred)
    wanted = productivity * blocks.means(level, people, xp=xp)
    theta = math.log(productivity) / spread**2
    for _ in range(_NEWTON_STEPS):
        theta = xp.clip(theta, -_STEEPEST / spread, _STEEPEST / spread)
        weight = mobile * xp.exp(blocks.spread(theta) * centred)
        total = blocks.totals(weight, xp=xp)
        middle = blocks.totals(weight * centred, xp=xp) / total
        weight = weight * level
        mean = blocks.totals(weight, xp=xp) / total
        slope = blocks.totals(weight * centred, xp=xp) / (total * mean) - middle
        theta = theta - xp.log(mean / wanted) / xp.where(slope > 0, slope, 1.0)
    theta = xp.clip(theta, -_STEEPEST / spread, _STEEPEST / spread)
    return mobile * xp.exp(blocks.spread(theta) * centred)
