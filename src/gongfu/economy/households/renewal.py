"""Children take over households, with part of their parents' rank (E25).

The age structure stays that of the base year: a record's age is its place in that structure, not
a clock. Ageing of the population would be a change of weights, and is not modelled here.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError
from gongfu.economy.draws import Chance, chance
from gongfu.economy.households.blocks import ZoneBlocks
from gongfu.economy.households.human_capital import keep_mean_and_spread

__all__ = ["Renewal", "fit_inheritance", "intergenerational_elasticity", "renew"]


@dataclass(frozen=True, slots=True, eq=False)
class Renewal:
    """Households after a year's changes of generation.

    Parameters
    ----------
    score : of the new head where there is one.
    parents : score of the former head less the zone's mean; unchanged elsewhere.
    replaced : 1 where children took over.
    """

    score: Float[np.ndarray, " household"]
    parents: Float[np.ndarray, " household"]
    replaced: Float[np.ndarray, " household"]


def renew(
    score: Float[np.ndarray, " household"],
    *,
    parents: Float[np.ndarray, " household"],
    weight: Float[np.ndarray, " household"],
    draw: Float[np.ndarray, " household"],
    shock: Float[np.ndarray, " household"],
    blocks: ZoneBlocks,
    inheritance: float,
    generation: float,
    mode: Chance = "hard",
    xp: ModuleType = np,
) -> Renewal:
    """(E25) Return households after children took over one in ``generation``.

    Parameters
    ----------
    weight : households each record stands for.
    draw, shock : uniform and standard normal.
    inheritance : share of the parents' distance from their zone's mean, from `fit_inheritance`.
    generation : years in which every household is replaced once.

    Notes
    -----
    ``e_child - m = beta (e_parent - m) + sqrt(1 - beta^2) s shock``, then each zone's old mean and
    spread. What the young know more than their parents (E20) is added to human capital where
    ``replaced`` is 1.
    """
    distance = score - blocks.spread(blocks.means(score, weight, xp=xp))
    spread = xp.sqrt((1.0 - inheritance**2) * blocks.means(distance**2, weight, xp=xp))
    child = inheritance * distance + blocks.spread(spread) * shock
    replaced = chance(xp.full_like(score, 1.0 / generation), draw, mode=mode, xp=xp)
    drawn = distance + replaced * (child - distance)
    return Renewal(
        score=keep_mean_and_spread(drawn, score, weight, blocks, xp=xp),
        parents=parents + replaced * (distance - parents),
        replaced=replaced,
    )


def fit_inheritance(
    log_income: Float[np.ndarray, " zone"],
    variance: Float[np.ndarray, " zone"],
    people: Float[np.ndarray, " zone"],
    destination: Float[np.ndarray, "zone zone"],
    *,
    mover_gap: float,
    elasticity: float,
) -> float:
    """(E25) Return the inheritance inside zones that gives the nation's elasticity.

    Parameters
    ----------
    log_income, variance : mean and variance of log income per person in each zone.
    destination : where the children of each zone live (`gongfu.economy.households.destinations`).
    mover_gap : log income of movers less the mean of the zone they join.
    elasticity : intergenerational elasticity of the whole nation.

    Raises
    ------
    InputError
        If no inheritance between 0 and 1 gives the elasticity: zones alone give more, or the
        moves so much mixing that even perfect inheritance gives less.

    Notes
    -----
    Regression slope of children's on parents' log income. Zones pass on their own income, moves
    mix them, and only those who stay inherit rank, for movers arrive as newcomers do.
    """
    share = people / people.sum()
    distance = log_income - share @ log_income
    moved = destination * (1.0 - np.eye(len(people)))
    child = destination @ distance + mover_gap * moved.sum(axis=1)
    between = share @ (distance * child)
    stayers = share @ (np.diag(destination) * variance)
    total = share @ (distance**2 + variance)
    inheritance = float((elasticity * total - between) / stayers)
    if not 0.0 <= inheritance < 1.0:
        raise InputError(
            f"an intergenerational elasticity of {elasticity:g} needs an inheritance of "
            f"{inheritance:.2f} inside zones; possible are {between / total:.2f} "
            f"to {(between + stayers) / total:.2f}"
        )
    return inheritance


def intergenerational_elasticity(
    child: Float[np.ndarray, " pair"],
    parent: Float[np.ndarray, " pair"],
    weight: Float[np.ndarray, " pair"],
) -> float:
    """(E25) Return the weighted slope of children's on parents' log income."""
    share = weight / weight.sum()
    distance = parent - share @ parent
    return float(share @ (distance * child) / (share @ distance**2))
