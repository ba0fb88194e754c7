"""Keyed random draws: the same household gets the same draw in any order, block or scenario.

A draw is a pure function of (seed, year) and (unit id, stream); no generator is carried along.
Baseline and reform therefore see the same chances, and a sample may be split at will.

References
----------
[Salmon et al. 2011] Parallel random numbers: as easy as 1, 2, 3. SC'11. Threefry-2x32, 20 rounds.
[Box and Muller 1958] A note on the generation of random normal deviates.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from enum import IntEnum
from types import ModuleType
from typing import Literal, TypeAlias

import numpy as np
from jaxtyping import Float, Int, UInt32

__all__ = [
    "Chance",
    "Stream",
    "chance",
    "normal_pair",
    "standard_normal",
    "threefry",
    "uniform",
    "uniform_pair",
]

Chance: TypeAlias = Literal["hard", "soft"]
"""How an uncertain event enters: drawn (``hard``) or as its probability (``soft``)."""

Word: TypeAlias = UInt32[np.ndarray, " #unit"]
_ROTATIONS = ((13, 15, 26, 6), (17, 29, 16, 24))
_PARITY = 0x1BD11BDA
_BLOCK = 32_768  # units hashed at a time: their words stay in the second-level cache


class Stream(IntEnum):
    """What a draw is for. A number is never given to another purpose: results would change.

    One hash gives two draws; moves that need two for the same household take them as a pair.
    """

    POPULATION = 0
    """Whatever the base year draws for households."""
    ONLINE_TASTE = 1
    """Taste for being online, once for life."""
    ACCESS = 2
    """Going online; a place in a course."""
    WORK = 3
    """Losing a job; finding one."""
    RENEWAL = 4
    """Children take over; spare."""
    RANK = 5
    """Normal: luck in human capital; what children do not inherit."""
    ALLOWANCE = 6
    """Taking up benefits, once for life; spare."""
    ENTERPRISES = 7
    """Whatever the base year draws for enterprises."""
    SURVEY_CLUSTERS = 8
    """Normal: which simulated households live near each other in a survey."""
    SURVEY_SAMPLE = 9
    """Which records and clusters a survey of the simulated economy draws."""


def uniform(
    seed: int, year: int, unit: Int[np.ndarray, " unit"], stream: Stream, *, xp: ModuleType = np
) -> Float[np.ndarray, " unit"]:
    """Return one number above 0 and below 1 for each unit.

    Parameters
    ----------
    seed : 0 to 2^32 - 1, of the run.
    year : calendar year; a draw kept for life uses the base year.
    unit : identity of each household or enterprise, 0 to 2^32 - 1; not its position.
    stream : what the draw is for.

    Notes
    -----
    23 bits and a half: single and double precision hold the same number, and none is 0 or 1.
    """
    words = _words(seed, year, unit, stream, xp)
    return xp.concatenate([_fraction(left) for left, _ in words])


def uniform_pair(
    seed: int, year: int, unit: Int[np.ndarray, " unit"], stream: Stream, *, xp: ModuleType = np
) -> tuple[Float[np.ndarray, " unit"], Float[np.ndarray, " unit"]]:
    """Return two independent numbers above 0 and below 1 for the price of one (see `uniform`)."""
    words = list(_words(seed, year, unit, stream, xp))
    first = xp.concatenate([_fraction(left) for left, _ in words])
    return first, xp.concatenate([_fraction(right) for _, right in words])


def standard_normal(
    seed: int, year: int, unit: Int[np.ndarray, " unit"], stream: Stream, *, xp: ModuleType = np
) -> Float[np.ndarray, " unit"]:
    """Return one standard normal number for each unit (see `uniform`), within 5.8 of zero."""
    return normal_pair(seed, year, unit, stream, xp=xp)[0]


def normal_pair(
    seed: int, year: int, unit: Int[np.ndarray, " unit"], stream: Stream, *, xp: ModuleType = np
) -> tuple[Float[np.ndarray, " unit"], Float[np.ndarray, " unit"]]:
    """Return two independent standard normal numbers for each unit (see `uniform`).

    Notes
    -----
    ``sqrt(-2 ln u1)`` times the cosine and the sine of ``2 pi u2`` [Box and Muller 1958].
    """
    pairs = [_normals(*words, xp) for words in _words(seed, year, unit, stream, xp)]
    first = xp.concatenate([cosine for cosine, _ in pairs])
    return first, xp.concatenate([sine for _, sine in pairs])


def chance(
    probability: Float[np.ndarray, " unit"],
    draw: Float[np.ndarray, " unit"],
    *,
    mode: Chance = "hard",
    xp: ModuleType = np,
) -> Float[np.ndarray, " unit"]:
    """Return 1 where an event happens and 0 elsewhere, or its probability.

    Parameters
    ----------
    probability : 0-1; at 0 the event never happens, at 1 always.
    draw : from `uniform`.
    mode : ``hard`` for results; ``soft`` for gradients, which are zero through hard draws.
    """
    if mode == "soft":
        return probability
    return xp.where(draw < probability, 1.0, 0.0)


def threefry(
    key: tuple[Word, Word], counter: tuple[Word, Word]
) -> tuple[UInt32[np.ndarray, " unit"], UInt32[np.ndarray, " unit"]]:
    """Return the two 32-bit words that Threefry-2x32 with 20 rounds gives [Salmon et al. 2011].

    Parameters
    ----------
    key, counter : two unsigned 32-bit words each, as arrays (of length one or of all units).
    """
    schedule = (key[0], key[1], key[0] ^ key[1] ^ _PARITY)
    left, right = counter[0] + schedule[0], counter[1] + schedule[1]
    right = right + left * 0  # both as long as the counter, so that the rounds work in place
    for group in range(5):
        for turn in _ROTATIONS[group % 2]:
            left += right
            high = right << turn
            right >>= 32 - turn
            right |= high
            right ^= left
        left += schedule[(group + 1) % 3]
        right += schedule[(group + 2) % 3] + (group + 1)
    return left, right


def _words(
    seed: int, year: int, unit: Int[np.ndarray, " unit"], stream: Stream, xp: ModuleType
) -> Iterator[tuple[Word, Word]]:
    key = _word(seed, xp), _word(year, xp)
    ids = xp.asarray(unit).astype(xp.uint32)
    for start in range(0, max(len(ids), 1), _BLOCK):
        yield threefry(key, (ids[start : start + _BLOCK], _word(stream, xp)))


def _word(value: int, xp: ModuleType) -> Word:
    return xp.asarray([value]).astype(xp.uint32)


def _normals(
    left: Word, right: Word, xp: ModuleType
) -> tuple[Float[np.ndarray, " unit"], Float[np.ndarray, " unit"]]:
    radius = xp.sqrt(-2.0 * xp.log(_fraction(left)))
    angle = (2.0 * math.pi) * _fraction(right)
    return radius * xp.cos(angle), radius * xp.sin(angle)


def _fraction(word: Word) -> Float[np.ndarray, " unit"]:
    word >>= 9
    fraction = word + 0.5
    fraction *= 2.0**-23
    return fraction
