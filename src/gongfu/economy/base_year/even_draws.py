"""Evenly spread draws for neighbouring rows, in place of independent random numbers.

References
----------
[Halton 1960] On the efficiency of certain quasi-random sequences of points in evaluating
multi-dimensional integrals. Numerische Mathematik 2, 84-90.
[Cranley-Patterson 1976] Randomization of number theoretic methods for multiple integration. SIAM
Journal on Numerical Analysis 13(6), 904-914.
[Steele 2014] Fast splittable pseudorandom number generators. OOPSLA 2014, 453-472.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

__all__ = ["even_draws"]

_BASES = (2, 3, 5)
_WORD = 2**64 - 1
_GOLDEN = 0x9E3779B97F4A7C15
_EDGE = 2.0**-40
"""A draw that falls on 0 or 1 is moved inside: the normal quantile is infinite at the ends."""


def even_draws(count: int, *, seed: int) -> Float[np.ndarray, "stream row"]:
    """Return three streams of numbers in (0, 1).

    Parameters
    ----------
    count : rows.
    seed : shifts each stream; any whole number.

    Notes
    -----
    Radical inverses of the row number in bases 2, 3 and 5 [Halton 1960], each shifted round the
    unit interval [Cranley-Patterson 1976]. Evenly spread over any run of rows, and jointly over the
    streams, so that shares hold much closer than the ``1 / sqrt(n)`` of independent draws.
    """
    return np.stack(
        [_stream(count, base, _shift(seed, place)) for place, base in enumerate(_BASES)]
    )


def _stream(count: int, base: int, shift: float) -> Float[np.ndarray, " row"]:
    rest = np.arange(count, dtype=np.int64)
    reversed_row, size = np.zeros(count, np.int64), 1
    while size < count:
        rest, digit = np.divmod(rest, base)
        reversed_row, size = reversed_row * base + digit, size * base
    place = np.remainder(reversed_row / size + shift, 1.0)
    inside: Float[np.ndarray, " row"] = np.clip(place, _EDGE, 1.0 - _EDGE)
    return inside


def _shift(seed: int, place: int) -> float:
    """Return a number in [0, 1) from the 64-bit finaliser of SplitMix [Steele 2014]."""
    word = (seed + (place + 1) * _GOLDEN) & _WORD
    word = ((word ^ (word >> 30)) * 0xBF58476D1CE4E5B9) & _WORD
    word = ((word ^ (word >> 27)) * 0x94D049BB133111EB) & _WORD
    return ((word ^ (word >> 31)) >> 11) / 2**53
