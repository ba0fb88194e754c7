"""Tail probabilities of Student's t and Fisher's F, precise however small they are.

References
----------
[AS 1964] Abramowitz and Stegun, Handbook of Mathematical Functions, 26.5.8, 26.6.2, 26.7.1.
"""

from __future__ import annotations

import math

__all__ = ["f_tail", "student_tail"]

_PRECISION = 1e-16
_MOST_TERMS = 10_000
_TINY = 1e-300


def student_tail(t: float, dof: float) -> float:
    """Return ``P(|T| >= |t|)``; with infinite degrees of freedom T is standard normal."""
    if math.isinf(dof):
        return math.erfc(abs(t) / math.sqrt(2))
    return _beta_share(dof / 2, 0.5, dof / (dof + t * t))


def f_tail(f: float, numerator: float, denominator: float) -> float:
    """Return ``P(F >= f)`` for the given degrees of freedom."""
    if f <= 0:
        return 1.0
    return _beta_share(denominator / 2, numerator / 2, denominator / (denominator + numerator * f))


def _beta_share(a: float, b: float, x: float) -> float:
    """Regularised incomplete beta function I_x(a, b)."""
    if x <= 0 or x >= 1:
        return min(max(x, 0.0), 1.0)
    log_front = a * math.log(x) + b * math.log1p(-x) - _log_beta(a, b)
    if x < (a + 1) / (a + b + 2):
        return math.exp(log_front) * _fraction(a, b, x) / a
    return 1.0 - math.exp(log_front) * _fraction(b, a, 1 - x) / b


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def _fraction(a: float, b: float, x: float) -> float:
    """Continued fraction of [AS 1964, 26.5.8], by the method of Lentz."""
    c, d, value = math.inf, 1.0, 1.0
    for term in range(1, _MOST_TERMS):
        coefficient = _coefficient(term, a, b, x)
        d = 1.0 / _away_from_zero(1.0 + coefficient * d)
        c = _away_from_zero(1.0 + coefficient / c)
        value *= c * d
        if abs(c * d - 1.0) < _PRECISION:
            break
    return value


def _coefficient(term: int, a: float, b: float, x: float) -> float:
    m, is_odd = divmod(term, 2)
    if is_odd:
        return -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    return m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
