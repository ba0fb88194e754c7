"""Households rise and fall, and children take over (E16, E25)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from gongfu.economy.draws import Stream, normal_pair, uniform
from gongfu.economy.households import churn, follow_rank, keep_level, renew, resize
from gongfu.economy.state import People
from gongfu.economy.world import World

__all__ = ["age_a_year"]


def age_a_year(world: World, people: People, year: int) -> People:
    """(E16, E25) Return households after a year of luck and changes of generation.

    Ranks move inside zones; each zone keeps its people, its human capital and its spread.
    """
    traits, blocks, values = world.household, world.blocks, world.values
    luck, inherited = normal_pair(world.seed, year, traits.unit, Stream.RANK)
    moved = churn(
        people.score,
        luck,
        people.households,
        blocks,
        persistence=values["human_capital_persistence"],
    )
    renewed = renew(
        moved,
        parents=people.parents,
        weight=people.households,
        draw=uniform(world.seed, year, traits.unit, Stream.RENEWAL),
        shock=inherited,
        blocks=blocks,
        inheritance=world.inheritance,
        generation=values["generation_years"],
    )
    rise = traits.curve.at(renewed.score, blocks) - traits.curve.at(people.score, blocks)
    slope = world.base.dispersion.size_slope
    size = resize(people.size, people.households, rise, blocks, elasticity=-slope)
    persons = people.households * size
    risen = people.human_capital + rise
    level = keep_level(risen, persons, people.human_capital, people.people, blocks)
    skill, learning = follow_rank(
        people.skill, people.learning, rise, slope=values["skill_income_slope"]
    )
    return replace(
        people,
        people=persons,
        size=size,
        score=renewed.score,
        parents=renewed.parents,
        human_capital=np.asarray(risen + level),
        skill=skill,
        learning=learning,
    )
