"""Conditional permutation: a unit keeps its value, the other values are dealt out anew.

References
----------
[Anselin 1995] Local indicators of spatial association - LISA. Geographical Analysis 27(2).
[Hope 1968] A simplified Monte Carlo significance test procedure. Journal of the Royal Statistical
Society B 30(3).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from jaxtyping import Float, Int

from gongfu.core import InputError, Problem
from gongfu.measure.space.permutation import Alternative, permutation_p, random_numbers
from gongfu.measure.space.weights import SpatialWeights

__all__ = ["gaps_by_chance", "lags_by_chance", "local_p"]

Counts = tuple[Int[np.ndarray, " unit"], Int[np.ndarray, " unit"]]
"""In how many draws each unit's sum is at least as high, and at least as low, as it is."""

_TIE = 1e-10
"""Sums this near to each other, relative to the spread of the values, count as equal."""


def lags_by_chance(
    values: Float[np.ndarray, " unit"], weights: SpatialWeights, *, draws: int, seed: int
) -> Counts:
    """Return how each unit's lag compares with those of dealt neighbours.

    Parameters
    ----------
    values : one a unit.
    draws : at least 1.
    seed : of the draws.

    Raises
    ------
    InputError
        If fewer than one draw is asked for.

    Notes
    -----
    With the own value fixed, local Moran and Getis-Ord statistics are linear in the lag, so one
    set of draws serves all of them. A draw deals ``k`` different units out of the ``n - 1`` others,
    ``k`` being the largest number of neighbours; a unit with fewer takes the first of them. Each
    unit's draws are uniform; those of different units go together, which matters to no p-value.
    """
    slack = float(np.std(values)) * weights.row_sums
    return _by_chance(lambda other: values[other], weights, slack, draws=draws, seed=seed)


def gaps_by_chance(
    values: Float[np.ndarray, " unit"], weights: SpatialWeights, *, draws: int, seed: int
) -> Counts:
    """Return how each unit's sum of squared gaps compares with those to dealt neighbours.

    Parameters
    ----------
    values, draws, seed : as for ``lags_by_chance``, with the same draws from the same seed.
    """
    own = values[weights.unit]
    slack = float(np.var(values)) * weights.row_sums
    return _by_chance(
        lambda other: (own - values[other]) ** 2, weights, slack, draws=draws, seed=seed
    )


def local_p(
    counts: Counts, weights: SpatialWeights, draws: int, alternative: Alternative
) -> Float[np.ndarray, " unit"]:
    """Return the p-value of each unit, NaN for one without a neighbour."""
    p = permutation_p(*counts, draws, alternative)
    p[weights.counts == 0] = np.nan
    return p


def _by_chance(
    of_links: Callable[[Int[np.ndarray, " link"]], Float[np.ndarray, " link"]],
    weights: SpatialWeights,
    scale: Float[np.ndarray, " unit"],
    *,
    draws: int,
    seed: int,
) -> Counts:
    if draws < 1:
        raise InputError(Problem("a permutation test needs draws", "at least 1", f"{draws}"))
    rng = random_numbers(seed)

    def total(other: Int[np.ndarray, " link"]) -> Float[np.ndarray, " unit"]:
        return np.bincount(unit, weights.value * of_links(other), minlength=weights.n)

    unit, neighbours = weights.unit, int(weights.counts.max())
    observed, slack = total(weights.neighbour), _TIE * scale
    rank = np.arange(len(unit)) - weights.start[unit]
    above, below = np.zeros((2, weights.n), dtype=np.int64)
    for _ in range(draws):
        dealt = rng.choice(weights.n - 1, neighbours, replace=False)[rank]
        dealt += dealt >= unit
        drawn = total(dealt)
        above += drawn >= observed - slack
        below += drawn <= observed + slack
    return above, below
