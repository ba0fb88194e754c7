"""Quantiles of income and ratios between them.

References
----------
[Hyndman-Fan 1996] Sample quantiles in statistical packages. American Statistician 50(4).
[Deville 1999] Variance estimation for complex statistics and estimators: linearization and
residual techniques. Survey Methodology 25(2).
[Bofinger 1975] Estimation of a density function using order statistics. Australian Journal of
Statistics 17(1).
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.measure.linearised import Linearised
from gongfu.measure.sample import Incomes, Sample

__all__ = [
    "quantile",
    "quantile_ratio",
    "quantile_value",
    "require_lower_quantile",
    "sparsity",
    "sparsity_between",
    "sparsity_probabilities",
]

_ROUNDING = 1e-12
"""Share of all people below which two cumulated weights count as the same number."""


def quantile(income: Incomes, weight: ArrayLike | None = None, *, probability: float) -> Linearised:
    """Return the income that ``probability`` of the people do not pass, in the income's currency.

    Parameters
    ----------
    income : currency per year; may be negative.
    weight : people each row stands for, above zero; only relative size matters.
    probability : share of people, strictly between 0 and 1.

    Raises
    ------
    InputError
        If ``probability`` is out of range, or a value is missing or infinite.

    Notes
    -----
    The value is the inverse of the weighted distribution function, halfway between two incomes
    where the function is flat (type 2 of [Hyndman-Fan 1996]), so a weight counts as repeated rows.
    Influence: ``-(1(y <= q) - p) s / W`` [Deville 1999] with the sparsity ``s = 1 / density``
    estimated by a difference quotient on the normal scale, which is exact to first order for normal
    and nearly so for lognormal incomes::

        s = (q(F(z + d)) - q(F(z - d))) / (2 d f(z)),    F(z) = p,    d = h / f(z)

    with F and f of the standard normal and h after [Bofinger 1975], n being the effective number of
    rows ``W**2 / sum(w**2)``. Rows that stand exactly on q count with the part that makes the
    influence add up to zero. Where incomes are heaped on one value around q the sparsity, and so
    the error, is zero: the estimate then cannot leave the heap.
    """
    rows = Sample.of(income, weight)
    _check(probability)
    value = quantile_value(rows, probability)
    scale = sparsity(rows, probability) / rows.total_weight
    return Linearised(value, scale * (probability - _reached(rows, value, probability)))


def quantile_ratio(
    income: Incomes, weight: ArrayLike | None = None, *, upper: float, lower: float
) -> Linearised:
    """Return the ratio of two quantiles, such as P90/P10; error by the delta method.

    Parameters
    ----------
    income, weight : as for ``quantile``.
    upper, lower : shares of people, strictly between 0 and 1.

    Raises
    ------
    InputError
        As for ``quantile``, and if the lower quantile is not above zero.
    """
    rows = Sample.of(income, weight)
    bottom = quantile(rows, probability=lower)
    require_lower_quantile(bottom.value, upper, lower)
    return quantile(rows, probability=upper) / bottom


def require_lower_quantile(value: float, upper: float, lower: float) -> None:
    """Refuse a lower quantile of zero or less: nothing is a multiple of it."""
    if not value > 0:
        raise InputError(
            Problem(
                f"p{100 * upper:g}/p{100 * lower:g} needs a lower quantile above zero",
                found=f"{value:g}",
                fix="Choose a higher lower quantile.",
            )
        )


def quantile_value(rows: Sample, probability: float) -> float:
    """Return the quantile without its error; ``probability`` 0 and 1 give the extremes."""
    cumulative, incomes = rows.cumulative_weight, rows.sorted_income
    target = probability * rows.total_weight
    slack = _ROUNDING * rows.total_weight
    first = min(int(np.searchsorted(cumulative, target - slack)), len(incomes) - 1)
    is_flat = cumulative[first] <= target + slack and first + 1 < len(incomes)
    return float((incomes[first] + incomes[first + is_flat]) / 2)


def sparsity(rows: Sample, probability: float) -> float:
    """Return the inverse of the density of income at a quantile; the notes of ``quantile`` say how.

    Zero where incomes are heaped on one value around the quantile.
    """
    count = _effective_rows(rows)
    low, high = (quantile_value(rows, p) for p in sparsity_probabilities(probability, count))
    return sparsity_between(low, high, probability, count)


def sparsity_probabilities(probability: float, effective_rows: float) -> tuple[float, float]:
    """Return the two probabilities whose quantiles tell the density at a quantile."""
    z, step = _step(probability, effective_rows)
    return NormalDist().cdf(z - step), NormalDist().cdf(z + step)


def sparsity_between(low: float, high: float, probability: float, effective_rows: float) -> float:
    """Return the inverse of the density from the quantiles at those two probabilities."""
    z, step = _step(probability, effective_rows)
    return (high - low) / (2 * step * NormalDist().pdf(z))


def _step(probability: float, effective_rows: float) -> tuple[float, float]:
    z = NormalDist().inv_cdf(probability)
    return z, _half_width(effective_rows, z) / NormalDist().pdf(z)


def _effective_rows(rows: Sample) -> float:
    return rows.total_weight / rows.average(rows.weight)


def _half_width(n: float, z: float) -> float:
    # [Bofinger 1975]: least mean squared error of the plain difference quotient, normal shape.
    return float((4.5 * NormalDist().pdf(z) ** 4 / (2 * z**2 + 1) ** 2 / n) ** 0.2)


def _reached(rows: Sample, value: float, probability: float) -> Float[np.ndarray, " row"]:
    below = (rows.income < value).astype(np.float64)
    on_it = rows.income == value
    weight_on_it = float(rows.weight[on_it].sum())
    if weight_on_it > 0:
        missing = probability - rows.average(below)
        below[on_it] = missing * rows.total_weight / weight_on_it
    return below


def _check(probability: float) -> None:
    if not 0 < probability < 1:
        raise InputError(
            Problem("a quantile needs a probability between 0 and 1", found=f"{probability:g}")
        )
