"""People move to town (E24)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from gongfu.economy.households import migration_flows, move_people
from gongfu.economy.state import People
from gongfu.economy.world import World

__all__ = ["migrate"]


def migrate(world: World, people: People) -> People:
    """(E24) Return households after the moves of a year; the nation's people are unchanged."""
    blocks, values = world.blocks, world.values
    base = world.base.zones.income
    flows = migration_flows(
        blocks.totals(people.people),
        blocks.means(people.income, people.people),
        base[0::2] / base[1::2],
        np.zeros(len(base)),
        rate=values["migration_rate"],
        elasticity=values["migration_elasticity"],
    )
    moves = move_people(
        people.people,
        people.human_capital,
        world.base.households.age,
        flows,
        blocks,
        mover_productivity=values["mover_productivity"],
        age_effect=values["migration_age_effect"],
    )
    return replace(people, people=moves.people)
