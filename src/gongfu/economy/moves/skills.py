"""Access to networks and digital skill (E12, E13)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from gongfu.economy.decisions import Decisions
from gongfu.economy.draws import Stream, uniform_pair
from gongfu.economy.households import adopt_internet, learn, online_propensity, train
from gongfu.economy.state import People
from gongfu.economy.world import World, log_odds_online

__all__ = ["Reached", "diffuse_access", "reached_people", "teach"]


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """People each measure reaches in a year by zone, 10k."""

    coverage: Float[np.ndarray, " zone"]
    training: Float[np.ndarray, " zone"]
    company_training: Float[np.ndarray, " zone"]
    elderly_help: Float[np.ndarray, " zone"]


def diffuse_access(world: World, people: People, decisions: Decisions, year: int) -> People:
    """(E12) Return households after a year of going online."""
    blocks = world.blocks
    index = log_odds_online(
        income=people.income,
        human_capital=people.human_capital,
        base=world.base,
        values=world.values,
        blocks=blocks,
        coverage=decisions["rural_broadband"],
        help_reach=decisions["elderly_help"],
    )
    online = adopt_internet(
        people.online,
        online_propensity(index, world.online_intercept, blocks),
        world.household.taste,
        uniform_pair(world.seed, year, world.household.unit, Stream.ACCESS)[0],
        adjustment_rate=world.values["online_adjustment_rate"],
    )
    return replace(people, online=online)


def teach(world: World, people: People, decisions: Decisions, year: int) -> People:
    """(E13) Return households after a year of courses, learning and forgetting."""
    blocks = world.blocks
    reach = blocks.spread(decisions["digital_training"])
    reach = reach + blocks.spread(decisions["company_training"]) * world.worker_share
    draw = uniform_pair(world.seed, year, world.household.unit, Stream.ACCESS)[1]
    trained = train(people.trained, np.minimum(reach, 1.0), draw)
    skill = learn(
        people.skill,
        people.online,
        trained,
        learning=people.learning,
        forgetting=world.values["skill_forgetting"],
        lag_effect=world.lag_effect,
    )
    return replace(people, skill=skill, trained=trained)


def reached_people(world: World, people: People, decisions: Decisions) -> Reached:
    """Return how many people each measure reaches, for its cost."""
    blocks = world.blocks
    everybody = blocks.totals(people.people)
    workers = blocks.totals(people.people * world.worker_share)
    elderly = blocks.totals(people.people * world.base.households.elderly_share)
    adults = world.values["adult_share"] * everybody
    return Reached(
        coverage=everybody * decisions["rural_broadband"],
        training=adults * decisions["digital_training"],
        company_training=workers * decisions["company_training"],
        elderly_help=elderly * decisions["elderly_help"],
    )
