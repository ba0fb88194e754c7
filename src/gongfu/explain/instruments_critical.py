"""Quantiles that tests of instruments compare with: noncentral chi-square and Fisher's F.

References
----------
[AS 1964] Abramowitz and Stegun, Handbook of Mathematical Functions, 6.5.29, 6.5.31, 26.4.25.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from gongfu.explain.tails import f_tail
from gongfu.measure.dynamics.chi_square import chi_square_tail

__all__ = ["f_quantile", "noncentral_chi_square_quantile"]

_PRECISION = 1e-15
_HALVINGS = 200


def f_quantile(level: float, numerator: int, denominator: float) -> float:
    """Return the value that F exceeds with probability ``1 - level``; infinite denominators too."""
    if math.isinf(denominator):
        return _inverse(lambda x: 1 - chi_square_tail(x * numerator, numerator), level)
    return _inverse(lambda x: 1 - f_tail(x, numerator, denominator), level)


def noncentral_chi_square_quantile(level: float, dof: float, noncentrality: float) -> float:
    """Return the quantile of a noncentral chi-square law with any positive degrees of freedom."""
    return _inverse(lambda x: _noncentral(x, dof, noncentrality), level)


def _inverse(share: Callable[[float], float], level: float) -> float:
    high = 1.0
    while share(high) < level:
        high *= 2
    low = 0.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if share(middle) < level else (low, middle)
    return (low + high) / 2


def _noncentral(x: float, dof: float, noncentrality: float) -> float:
    """A Poisson mixture of central laws [AS 1964, 26.4.25], from the likeliest term outwards."""
    if x <= 0:
        return 0.0
    half, start = noncentrality / 2, int(noncentrality / 2)
    total = 0.0
    for terms in (range(start, -1, -1), range(start + 1, start + 100_000)):
        for j in terms:
            log_weight = j * math.log(half) - half - math.lgamma(j + 1) if half else -math.inf * j
            weight = math.exp(log_weight) if half else float(j == 0)
            part = weight * _gamma_share(dof / 2 + j, x / 2)
            total += part
            if weight < _PRECISION:
                break
    return total


def _gamma_share(a: float, x: float) -> float:
    """Regularised lower incomplete gamma function."""
    log_front = a * math.log(x) - x - math.lgamma(a)
    if x < a + 1:
        return _series(a, x) * math.exp(log_front)
    return 1 - math.exp(log_front) * _fraction(a, x)


def _series(a: float, x: float) -> float:
    term = total = 1 / a
    k = a
    while abs(term) > _PRECISION * abs(total):
        k += 1
        term *= x / k
        total += term
    return total


def _fraction(a: float, x: float) -> float:
    """Continued fraction of [AS 1964, 6.5.31], by the method of Lentz."""
    b = x + 1 - a
    c, d = math.inf, 1 / b
    value, j, change = d, 0, 2.0
    while abs(change - 1) > _PRECISION and j < _HALVINGS * 10:
        j += 1
        step = -j * (j - a)
        b += 2
        d = 1 / (step * d + b)
        c = b + step / c
        change = c * d
        value *= change
    return value
