"""How far ranks move when one choice is changed and all others stay as stated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from gongfu.core import Panel
from gongfu.core.index_tree import Aggregation, Normalisation, Weighting
from gongfu.measure.index.build import BuiltIndex, build_index
from gongfu.measure.index.choices import Choices
from gongfu.measure.index.ranks import rank_descending
from gongfu.measure.index.tree import assemble_draws
from gongfu.measure.index.uncertainty import AGGREGATIONS, NORMALISATIONS, WEIGHTINGS
from gongfu.measure.index.weight_draws import DRAWN, draw_weights

__all__ = ["RankMove", "rank_moves"]


@dataclass(frozen=True, slots=True)
class RankMove:
    """Places that ranks move by under one other choice.

    Parameters
    ----------
    choice, level : what was changed, and to what.
    mean, largest : places, in size, over units (and over draws, where weights are drawn).
    unit : of the largest move, the first in the order of units where several move as far.
    """

    choice: str
    level: str
    mean: float
    largest: float
    unit: str


def rank_moves(
    built: BuiltIndex,
    panel: Panel,
    year: int,
    *,
    normalisations: Sequence[Normalisation] = NORMALISATIONS,
    weightings: Sequence[Weighting] = WEIGHTINGS,
    aggregations: Sequence[Aggregation] = AGGREGATIONS,
    vintages: Mapping[str, Panel] | None = None,
    weight_draws: int = 0,
    seed: int = 0,
) -> tuple[RankMove, ...]:
    """Return the moves under every other level of each choice, in the order given.

    Parameters
    ----------
    built : the index as stated; its own levels are left out of the result.
    panel : of its indicators.
    year : whose ranks are compared.
    vintages, weight_draws, seed : see :func:`gongfu.measure.index.uncertainty.spread`.
    """
    told = built.choices
    ways = [
        *(("normalisation", n, replace(told, normalisation=n)) for n in normalisations),
        *(("weighting", w, replace(told, weighting=w)) for w in weightings),
        *(("aggregation", a, replace(told, aggregation=a)) for a in aggregations),
    ]
    found = [
        _move(built, year, choice, level, [_index(built, panel, way, year)])
        for choice, level, way in ways
        if way != told
    ]
    if weight_draws:
        drawn = list(_drawn(built, year, weight_draws, seed))
        found.append(_move(built, year, "weighting", DRAWN, drawn))
    for name, other in (vintages or {}).items():
        found.append(_move(built, year, "vintage", name, [_index(built, other, told, year)]))
    return tuple(found)


def _index(built: BuiltIndex, panel: Panel, way: Choices, year: int) -> Float[np.ndarray, " unit"]:
    other = build_index(panel, built.tree, years=built.years, choices=way)
    return other.index[:, built.at(year)]


def _drawn(built: BuiltIndex, year: int, count: int, seed: int) -> Float[np.ndarray, "draw unit"]:
    pooled = built.scores.reshape(-1, built.scores.shape[-1])
    draws = draw_weights(built.tree, count, seed=seed)
    roots = assemble_draws(pooled, built.tree, built.choices, draws)
    return roots.reshape(count, len(built.units), -1)[..., built.at(year)]


def _move(
    built: BuiltIndex,
    year: int,
    choice: str,
    level: str,
    others: Sequence[Float[np.ndarray, " unit"]],
) -> RankMove:
    stated = built.index[:, built.at(year)]
    known = ~np.isnan(stated) & ~np.isnan(others).any(axis=0)
    ranks = rank_descending(np.stack(others, axis=1)[known])
    moved = np.abs(ranks - rank_descending(stated[known])[:, None])
    furthest = moved.max(axis=1)
    units = np.array(built.units)[known]
    return RankMove(
        choice, level, float(moved.mean()), float(furthest.max()), str(units[furthest.argmax()])
    )
