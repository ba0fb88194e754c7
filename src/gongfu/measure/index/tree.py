"""Scores carried up a tree, node by node."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError, Problem
from gongfu.core.index_tree import IndexTree
from gongfu.measure.index.aggregate import aggregate, judges_rows_alone
from gongfu.measure.index.choices import Choices
from gongfu.measure.index.weight import weigh
from gongfu.measure.index.weight_draws import GivenWeights

__all__ = ["Assembled", "assemble", "assemble_draws"]


@dataclass(frozen=True, slots=True, eq=False)
class Assembled:
    """Every node and the root by name, and the weights of their children."""

    nodes: Mapping[str, Float[np.ndarray, " row"]]
    weights: Mapping[str, Mapping[str, float]]


def assemble(
    scores: Float[np.ndarray, "row indicator"],
    tree: IndexTree,
    choices: Choices,
    given: GivenWeights | None = None,
) -> Assembled:
    """Return all nodes, children first.

    Parameters
    ----------
    scores : columns in the order of ``tree.indicators``; more is better.
    choices : its weighting and aggregation are used, a node's own aggregation goes first.
    given : weights in place of the weighting; of a node that lost children, those left share them.

    Raises
    ------
    InputError
        If a method does not fit the scores of a node; the message names the node.
    """
    columns = {one.name: scores[:, j] for j, one in enumerate(tree.indicators)}
    ways = {node.name: node.aggregation for node in tree.nodes}
    ideal = tree.score_range if choices.normalisation == "bounds" else None
    weights: dict[str, dict[str, float]] = {}
    for name in tree.upwards():
        children = tree.children(name)
        below = np.stack([columns[child.name] for child in children], axis=1)
        stated = np.array([child.weight for child in children])
        try:
            if given is None:
                shares = weigh(below, choices.weighting, stated)
            else:
                kept = np.array([given[name][child.name] for child in children])
                shares = weigh(below, "expert", kept)
            columns[name] = aggregate(
                below,
                shares,
                ways.get(name) or choices.aggregation,
                penalty_scale=tree.penalty_scale,
                ideal=ideal,
            )
        except InputError as error:
            place = f"{tree.name}.{name}" if name != tree.name else name
            raise InputError(_at(place, error)) from error
        weights[name] = {c.name: float(w) for c, w in zip(children, shares, strict=True)}
    return Assembled({name: columns[name] for name in tree.upwards()}, weights)


def assemble_draws(
    scores: Float[np.ndarray, "row indicator"],
    tree: IndexTree,
    choices: Choices,
    draws: Sequence[GivenWeights],
) -> Float[np.ndarray, "draw row"]:
    """Return the root under each set of weights; the same as :func:`assemble` one by one.

    Where every node judges a row alone, all sets are one pass over rows times sets.
    """
    ideal = tree.score_range if choices.normalisation == "bounds" else None
    ways = {node.name: node.aggregation or choices.aggregation for node in tree.nodes}
    ways[tree.name] = choices.aggregation
    if not all(judges_rows_alone(way, has_ideal=ideal is not None) for way in ways.values()):
        roots = (assemble(scores, tree, choices, one).nodes[tree.name] for one in draws)
        return np.stack(list(roots))
    rows = len(scores)
    columns = {one.name: np.tile(scores[:, j], len(draws)) for j, one in enumerate(tree.indicators)}
    for name in tree.upwards():
        children = [child.name for child in tree.children(name)]
        shares = np.array([[one[name][child] for child in children] for one in draws])
        columns[name] = aggregate(
            np.stack([columns[child] for child in children], axis=1),
            np.repeat(shares / shares.sum(axis=1, keepdims=True), rows, axis=0),
            ways[name],
            penalty_scale=tree.penalty_scale,
            ideal=ideal,
        )
    return columns[tree.name].reshape(len(draws), rows)


def _at(place: str, error: InputError) -> list[Problem]:
    return [
        Problem(f"{place}: {one.what}", one.expected, one.found, fix=one.fix)
        for one in error.problems
    ]
