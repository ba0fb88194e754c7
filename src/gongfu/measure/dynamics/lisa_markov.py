"""LISA Markov chains: moves of regions and their neighbours through the Moran scatter plot.

References
----------
[Rey 2001] Spatial empirics for economic growth and convergence. Geographical Analysis 33(3).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.measure.dynamics.chi_square import chi_square_tail
from gongfu.measure.dynamics.panel_values import checked_panel
from gongfu.measure.dynamics.transitions import count_transitions, probabilities
from gongfu.measure.space.local_moran import QUADRANTS, quadrants
from gongfu.measure.space.weights import SpatialWeights

__all__ = ["LisaMarkov", "independence_test", "lisa_markov"]

_IS_LOW = np.array([0, 1, 1, 0])
_NEIGHBOURS_ARE_LOW = np.array([0, 0, 1, 1])
"""Position of each of ``QUADRANTS`` on the two axes."""

_DEGREES_OF_FREEDOM = 8
"""Twelve free probabilities of four quadrants, less two of the own moves and two of the
neighbours'."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LisaMarkov:
    """Moves between the quadrants high-high, low-high, low-low and high-low.

    Parameters
    ----------
    quadrant : code into ``QUADRANTS`` of each unit and year.
    counts, probabilities : of moves between quadrants.
    expected : counts if units and their neighbours moved independently of each other.
    statistic, p : chi-square test of that, with 8 degrees of freedom.
    """

    quadrant: Int[np.ndarray, "unit year"]
    counts: Float[np.ndarray, "origin destination"]
    probabilities: Float[np.ndarray, "origin destination"]
    expected: Float[np.ndarray, "origin destination"]
    statistic: float
    p: float
    convention: str


def lisa_markov(values: ArrayLike, weights: SpatialWeights) -> LisaMarkov:
    """Return the Markov chain of the quadrants of the Moran scatter plot of each year.

    Parameters
    ----------
    values : one row a unit and one column a year; any sign, none missing.
    weights : every unit with a neighbour.

    Raises
    ------
    InputError
        If values are missing, or weights do not fit or leave units without neighbours.

    Notes
    -----
    Quadrants by the sign of the deviation from the mean of the year, and of the neighbours' sum
    of deviations [Rey 2001]; significance plays no part. The test of joint moves compares with
    ``p_own p_neighbours``, both estimated from the same quadrants. Neighbours share neighbours, so
    that the test rejects too often; read it as a description.
    """
    panel = checked_panel(values)
    if weights.n != len(panel) or len(weights.islands):
        raise InputError(
            Problem(
                "LISA Markov needs weights in which every unit has a neighbour",
                expected=f"{len(panel)} units",
                found=f"{weights.n} units, {len(weights.islands)} without a neighbour",
            )
        )
    deviation = panel - panel.mean(axis=0)
    quadrant = quadrants(deviation, weights.lag(deviation))
    counts = count_transitions(quadrant, len(QUADRANTS))
    expected, statistic = independence_test(counts)
    return LisaMarkov(
        quadrant=quadrant,
        counts=counts,
        probabilities=probabilities(counts),
        expected=expected,
        statistic=statistic,
        p=chi_square_tail(statistic, _DEGREES_OF_FREEDOM),
        convention=f"deviations from the mean of the year; weights: {weights.convention}",
    )


def independence_test(
    counts: Float[np.ndarray, "origin destination"],
) -> tuple[Float[np.ndarray, "origin destination"], float]:
    """Return the counts expected if own and neighbours' moves were independent, and chi-square.

    Parameters
    ----------
    counts : of moves between ``QUADRANTS``.
    """
    own, neighbours = (
        np.nan_to_num(probabilities(_by_axis(counts, low)))
        for low in (_IS_LOW, _NEIGHBOURS_ARE_LOW)
    )
    joint = (
        own[np.ix_(_IS_LOW, _IS_LOW)] * neighbours[np.ix_(_NEIGHBOURS_ARE_LOW, _NEIGHBOURS_ARE_LOW)]
    )
    expected = counts.sum(axis=1, keepdims=True) * joint
    gap = np.zeros_like(counts)
    np.divide((counts - expected) ** 2, expected, out=gap, where=expected > 0)
    return expected, float(gap.sum())


def _by_axis(
    counts: Float[np.ndarray, "quadrant quadrant"], is_low: Int[np.ndarray, " quadrant"]
) -> Float[np.ndarray, "side side"]:
    belongs = np.eye(2)[is_low]
    moves: Float[np.ndarray, "side side"] = belongs.T @ counts @ belongs
    return moves
