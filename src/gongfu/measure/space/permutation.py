"""Permutation tests: how often chance gives as much.

References
----------
[Davison-Hinkley 1997] Bootstrap Methods and their Application. Cambridge. Section 4.3.
[Phipson-Smyth 2010] Permutation p-values should never be zero. Statistical Applications in Genetics
and Molecular Biology 9(1).
[Benjamini-Hochberg 1995] Controlling the false discovery rate. Journal of the Royal Statistical
Society B 57(1).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float, Int

from gongfu.core import InputError, Problem

__all__ = [
    "Alternative",
    "PermutationTest",
    "adjusted_for_false_discovery",
    "normal_p",
    "permutation_p",
    "permutation_test",
    "random_numbers",
    "shuffled_columns",
]

Alternative = Literal["two-sided", "positive", "negative"]
"""What speaks against chance: association of either sign, only positive, or only negative."""

_TIE = 1e-10
"""Draws this near to the observed value, relative to the spread of the draws, count as equal to
it: the same arrangement of units summed in another order."""

_BLOCK = 64
"""Permutations handled at once: their columns stay in a core's cache for some thousand units."""


@dataclass(frozen=True, slots=True)
class PermutationTest:
    """Result of a permutation test.

    Parameters
    ----------
    p : from ``1 / (draws + 1)`` to 1.
    draws, seed : how many permutations were drawn, from which seed.
    mean, deviation : of the statistic over the draws.
    """

    p: float
    draws: int
    seed: int
    mean: float
    deviation: float


def permutation_test(
    observed: float, drawn: Float[np.ndarray, " draw"], *, seed: int, alternative: Alternative
) -> PermutationTest:
    """Return how unusual ``observed`` is among the values of permuted data.

    Parameters
    ----------
    observed, drawn : larger means more positive association.
    seed : the draws came from.
    alternative : see ``Alternative``.
    """
    deviation = float(drawn.std())
    slack = _TIE * deviation
    above = np.count_nonzero(drawn >= observed - slack)
    below = np.count_nonzero(drawn <= observed + slack)
    p = permutation_p(np.array([above]), np.array([below]), len(drawn), alternative)
    return PermutationTest(float(p[0]), len(drawn), seed, float(drawn.mean()), deviation)


def permutation_p(
    above: Int[np.ndarray, " unit"],
    below: Int[np.ndarray, " unit"],
    draws: int,
    alternative: Alternative,
) -> Float[np.ndarray, " unit"]:
    """Return p-values from how many draws were at least as high and at least as low.

    Notes
    -----
    ``(1 + count) / (1 + draws)``, the observed arrangement being one of the possible ones
    [Davison-Hinkley 1997; Phipson-Smyth 2010]; the two-sided value is twice the smaller one, at
    most 1. Programs that print the smaller one as it is call half of that "significance".
    """
    high: Float[np.ndarray, " unit"] = (1 + above) / (1 + draws)
    low: Float[np.ndarray, " unit"] = (1 + below) / (1 + draws)
    if alternative == "positive":
        return high
    if alternative == "negative":
        return low
    both: Float[np.ndarray, " unit"] = np.minimum(1.0, 2 * np.minimum(high, low))
    return both


def normal_p(z: float, alternative: Alternative) -> float:
    """Return the p-value of a standard normal score."""
    if alternative == "two-sided":
        return math.erfc(abs(z) / math.sqrt(2))
    sign = 1 if alternative == "positive" else -1
    return math.erfc(sign * z / math.sqrt(2)) / 2


def adjusted_for_false_discovery(p: Float[np.ndarray, " test"]) -> Float[np.ndarray, " test"]:
    """Return p-values adjusted for many tests; NaN (no test was made) stays NaN.

    Notes
    -----
    Taking all tests with an adjusted value of at most q as findings keeps the expected share of
    false ones at most q [Benjamini-Hochberg 1995].
    """
    out = np.full(len(p), np.nan)
    tested = np.flatnonzero(~np.isnan(p))
    order = tested[np.argsort(p[tested], kind="stable")]
    scaled = p[order] * (len(order) / np.arange(1, len(order) + 1))
    out[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return out


def random_numbers(seed: int) -> np.random.Generator:
    """Return the generator of a seed (PCG64), the same on every machine.

    Raises
    ------
    InputError
        If the seed is below zero.
    """
    if seed < 0:
        raise InputError(Problem("a seed must be a whole number of at least 0", found=f"{seed}"))
    return np.random.Generator(np.random.PCG64(seed))


def shuffled_columns(
    values: Float[np.ndarray, " unit"], *, draws: int, seed: int
) -> Iterator[Float[np.ndarray, "unit block"]]:
    """Yield the values in random orders, one column a permutation, some columns at a time.

    Raises
    ------
    InputError
        If fewer than one draw is asked for.
    """
    if draws < 1:
        raise InputError(Problem("a permutation test needs draws", "at least 1", f"{draws}"))
    rng = random_numbers(seed)
    for done in range(0, draws, _BLOCK):
        count = min(_BLOCK, draws - done)
        yield np.stack([rng.permutation(values) for _ in range(count)], axis=1)
