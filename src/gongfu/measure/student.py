"""Quantiles of Student's t distribution, for whole degrees of freedom.

References
----------
[AS 1964] Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3-26.7.5.
"""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np

__all__ = ["two_sided_t"]

_LARGE = 2000
"""Degrees of freedom from which the expansion around the normal is exact to 1e-12."""


def two_sided_t(confidence: float, degrees_of_freedom: int) -> float:
    """Return t such that ``P(|T| <= t) = confidence``.

    Parameters
    ----------
    confidence : between 0 and 1.
    degrees_of_freedom : at least 1.
    """
    if degrees_of_freedom > _LARGE:
        return _expanded(NormalDist().inv_cdf(0.5 + confidence / 2), degrees_of_freedom)
    low, high = 0.0, math.pi / 2
    for _ in range(80):
        middle = (low + high) / 2
        if _coverage(middle, degrees_of_freedom) < confidence:
            low = middle
        else:
            high = middle
    return math.sqrt(degrees_of_freedom) * math.tan((low + high) / 2)


def _coverage(angle: float, nu: int) -> float:
    # [AS 1964, 26.7.3 and 26.7.4] with t = sqrt(nu) tan(angle).
    cosine_squared = math.cos(angle) ** 2
    if nu % 2 == 0:
        k = np.arange(1, nu // 2)
        return math.sin(angle) * _sum_of_products((2 * k - 1) / (2 * k) * cosine_squared)
    if nu == 1:
        return 2 * angle / math.pi
    k = np.arange(1, (nu - 1) // 2)
    series = math.cos(angle) * _sum_of_products(2 * k / (2 * k + 1) * cosine_squared)
    return 2 / math.pi * (angle + math.sin(angle) * series)


def _sum_of_products(ratios: np.ndarray) -> float:
    return 1.0 + float(np.cumprod(ratios).sum())


def _expanded(z: float, nu: int) -> float:
    # [AS 1964, 26.7.5]
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / nu + second / nu**2 + third / nu**3
