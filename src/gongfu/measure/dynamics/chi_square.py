"""Upper tail of the chi-square distribution, for whole degrees of freedom.

References
----------
[AS 1964] Abramowitz and Stegun, Handbook of Mathematical Functions, 26.4.4 and 26.4.5.
"""

from __future__ import annotations

import math

__all__ = ["chi_square_tail"]


def chi_square_tail(statistic: float, degrees_of_freedom: int) -> float:
    """Return the probability of a value of at least ``statistic``.

    Parameters
    ----------
    statistic : at least 0.
    degrees_of_freedom : at least 0; with none there is nothing to reject, and the answer is 1.

    Notes
    -----
    A sum of Poisson terms, all positive [AS 1964]: no digits cancel, however small the tail.
    """
    if degrees_of_freedom == 0 or statistic <= 0:
        return 1.0
    half = statistic / 2
    is_odd = degrees_of_freedom % 2
    start = math.erfc(math.sqrt(half)) if is_odd else 0.0
    first = 0.5 if is_odd else 0.0
    terms = (
        math.exp((first + j) * math.log(half) - half - math.lgamma(first + j + 1))
        for j in range(degrees_of_freedom // 2)
    )
    return min(1.0, math.fsum((start, *terms)))
