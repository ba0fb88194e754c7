"""Weights drawn at random: what a ranking looks like when nobody knows the right weights.

References
----------
[Saisana 2005] Saisana, Saltelli, Tarantola: Uncertainty and sensitivity analysis techniques as
tools for the quality assessment of composite indicators. JRSS A 168(2), 307-323.
[Rubin 1981] The Bayesian bootstrap. Annals of Statistics 9(1), 130-134: uniform on the simplex.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np

from gongfu.core import InputError, Problem
from gongfu.core.index_tree import IndexTree

__all__ = ["DRAWN", "GivenWeights", "draw_weights"]

DRAWN = "drawn"
"""Name of weights drawn at random among the weightings; each set has its number behind it."""

GivenWeights: TypeAlias = Mapping[str, Mapping[str, float]]
"""Weights of the children of every node, by names; each node's add up to 1."""


def draw_weights(tree: IndexTree, count: int, *, seed: int = 0) -> tuple[GivenWeights, ...]:
    """Return sets of weights in which every split of a node's weight is as likely as another.

    Parameters
    ----------
    count : number of sets, zero or more.
    seed : of the draws; the same seed gives the same sets, and more of them begin with the same.

    Raises
    ------
    InputError
        If the count is negative.

    Notes
    -----
    Dirichlet with all parameters 1, node by node: uniform on the simplex [Rubin 1981], so that the
    mean weight of each of k children is 1 / k. Node by node, as an expert would be asked.
    """
    if count < 0:
        raise InputError(
            Problem("a negative number of weight draws", expected="0 or more", found=str(count))
        )
    random = np.random.default_rng(seed)
    names = {node: [child.name for child in tree.children(node)] for node in tree.upwards()}
    return tuple(
        {
            node: dict(zip(below, random.dirichlet(np.ones(len(below))).tolist(), strict=True))
            for node, below in names.items()
        }
        for _ in range(count)
    )
