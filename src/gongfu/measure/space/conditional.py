"""Conditional permutation: a unit keeps its value, the other values are dealt out anew.

References
----------
[Anselin 1995] Local indicators of spatial association - LISA. Geographical Analysis 27(2).
[Hope 1968] A simplified Monte Carlo significance test procedure. Journal of the Royal Statistical
Society B 30(3).
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float, Int

from gongfu.core import InputError, Problem
from gongfu.measure.space.permutation import random_numbers
from gongfu.measure.space.weights import SpatialWeights

__all__ = ["lags_by_chance"]

_TIE = 1e-10
"""Lags this near to each other, relative to the spread of the values, count as equal."""


def lags_by_chance(
    values: Float[np.ndarray, " unit"], weights: SpatialWeights, *, draws: int, seed: int
) -> tuple[Int[np.ndarray, " unit"], Int[np.ndarray, " unit"]]:
    """Return in how many draws a unit's lag is at least as high, and at least as low, as it is.

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
    if draws < 1:
        raise InputError(Problem("a permutation test needs draws", "at least 1", f"{draws}"))
    rng = random_numbers(seed)
    observed = weights.lag(values)
    slack = _TIE * float(np.std(values)) * weights.row_sums
    unit, neighbours = weights.unit, int(weights.counts.max())
    rank = np.arange(len(unit)) - weights.start[unit]
    above, below = np.zeros((2, weights.n), dtype=np.int64)
    for _ in range(draws):
        dealt = rng.choice(weights.n - 1, neighbours, replace=False)[rank]
        dealt += dealt >= unit
        lag = np.bincount(unit, weights.value * values[dealt], minlength=weights.n)
        above += lag >= observed - slack
        below += lag <= observed + slack
    return above, below
