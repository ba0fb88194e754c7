"""Evenly spread draws: a lattice over neighbouring rows in place of independent random numbers.

References
----------
[Weyl 1916] Ueber die Gleichverteilung von Zahlen mod. Eins. Mathematische Annalen 77, 313-352.
[Roberts 2018] The unreasonable effectiveness of quasirandom sequences.
[Steele 2014] Fast splittable pseudorandom number generators. OOPSLA 2014, 453-472.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

__all__ = ["even_draws"]

_STREAMS = 3
_ROOT = 1.2207440846057596
"""Root of ``x**4 = x + 1``: its powers give the steps of the lattice in three dimensions."""
_BITS = 53
_WORD = 2**64 - 1


def even_draws(count: int, *, seed: int) -> Float[np.ndarray, "stream row"]:
    """Return three streams of numbers in (0, 1) for neighbouring rows.

    Parameters
    ----------
    count : rows.
    seed : shifts the lattice; any whole number.

    Notes
    -----
    ``u[k, i] = frac(shift_k + i / root**(k + 1))`` [Roberts 2018]: equally spread over any long
    run of rows, and jointly over the streams, so that shares hold to about ``log(n) / n`` and not
    ``1 / sqrt(n)``. Whole-number arithmetic gives the same bits on every machine.
    """
    steps = np.array([int(_ROOT ** -(k + 1) * 2**_BITS) for k in range(_STREAMS)], np.uint64)
    shifts = np.array(
        [_mixed((seed + (k + 1) * _GOLDEN) & _WORD) for k in range(_STREAMS)], np.uint64
    )
    whole = (shifts[:, None] + np.arange(count, dtype=np.uint64) * steps[:, None]) & _LOW
    draws: Float[np.ndarray, "stream row"] = (whole.astype(np.float64) + 0.5) / 2.0**_BITS
    return draws


_GOLDEN = 0x9E3779B97F4A7C15
_LOW = np.uint64(2**_BITS - 1)


def _mixed(word: int) -> int:
    """Return the 64-bit finaliser of SplitMix [Steele 2014]."""
    word = ((word ^ (word >> 30)) * 0xBF58476D1CE4E5B9) & _WORD
    word = ((word ^ (word >> 27)) * 0x94D049BB133111EB) & _WORD
    return word ^ (word >> 31)
