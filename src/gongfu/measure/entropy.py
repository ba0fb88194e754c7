"""Generalised entropy: Theil's index, the mean log deviation and their family.

References
----------
[Shorrocks 1980] The class of additively decomposable inequality measures. Econometrica 48(3).
[Biewen-Jenkins 2006] Variance estimation for generalized entropy and Atkinson inequality indices:
the complex survey data case. Oxford Bulletin of Economics and Statistics 68(3).
"""

from __future__ import annotations

import math

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.measure.boxcox import box_cox
from gongfu.measure.linearised import Linearised
from gongfu.measure.sample import Incomes, Sample, require_not_negative, require_positive

__all__ = ["generalized_entropy", "mld", "theil"]


def generalized_entropy(
    income: Incomes, weight: ArrayLike | None = None, *, alpha: float
) -> Linearised:
    """Return the generalised entropy index GE(alpha), 0 when all have the same.

    Parameters
    ----------
    income : currency per year, at least 0; above 0 when ``alpha`` is 0 or less.
    weight : people each row stands for, above zero; only relative size matters.
    alpha : sensitivity; low values look at the poor, high values at the rich. 0 is the mean log
        deviation, 1 Theil's index, 2 half the squared coefficient of variation.

    Raises
    ------
    InputError
        If an income lies outside the range, or a value is missing or infinite.

    Notes
    -----
    With ``r = y / m`` and averages weighted [Shorrocks 1980]::

        GE(alpha) = average(r**alpha - 1) / (alpha (alpha - 1))
        GE(0)     = -average(log r),    GE(1) = average(r log r)

    Influence [Biewen-Jenkins 2006]::

        (r**alpha - M (1 + alpha (r - 1))) / (W alpha (alpha - 1)),   M = average(r**alpha)

    Both are computed from Box-Cox transforms, which run through 0 and 1 without a case apart.
    """
    rows = Sample.of(income, weight)
    if not math.isfinite(alpha):
        raise InputError(Problem("ge: alpha must be a finite number", found=f"{alpha}"))
    if alpha <= 0:
        require_positive(rows, f"ge({alpha:g})")
    else:
        require_not_negative(rows, f"ge({alpha:g})")
    return _near_zero(rows, alpha) if alpha < 0.5 else _near_one(rows, alpha)


def theil(income: Incomes, weight: ArrayLike | None = None) -> Linearised:
    """Return Theil's index T, ``generalized_entropy`` with alpha 1: 0 to log(people)."""
    return generalized_entropy(income, weight, alpha=1.0)


def mld(income: Incomes, weight: ArrayLike | None = None) -> Linearised:
    """Return the mean log deviation (Theil's L), ``generalized_entropy`` with alpha 0."""
    return generalized_entropy(income, weight, alpha=0.0)


def _near_zero(rows: Sample, alpha: float) -> Linearised:
    ratio = rows.relative
    power = box_cox(ratio, alpha)
    average = rows.average(power)
    influence = power - average - (1 + alpha * average) * (ratio - 1)
    return Linearised(average / (alpha - 1), influence / ((alpha - 1) * rows.total_weight))


def _near_one(rows: Sample, alpha: float) -> Linearised:
    ratio = rows.relative
    power = _times_power(ratio, alpha)
    value = rows.average(power) / alpha
    influence = (power - (ratio - 1)) / alpha - value * (1 + alpha * (ratio - 1))
    return Linearised(value, influence / rows.total_weight)


def _times_power(ratio: Float[np.ndarray, " row"], alpha: float) -> Float[np.ndarray, " row"]:
    # r times the transform of order alpha - 1; its limit at r = 0 is 0, where 0 * inf is not.
    with np.errstate(invalid="ignore"):
        power: Float[np.ndarray, " row"] = ratio * box_cox(ratio, alpha - 1)
    power[ratio == 0] = 0.0
    return power
