"""Atkinson's index: the share of income a society would give up to have the rest divided equally.

References
----------
[Atkinson 1970] On the measurement of inequality. Journal of Economic Theory 2(3).
[Biewen-Jenkins 2006] Variance estimation for generalized entropy and Atkinson inequality indices:
the complex survey data case. Oxford Bulletin of Economics and Statistics 68(3).
"""

from __future__ import annotations

import math

from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.measure.boxcox import box_cox
from gongfu.measure.linearised import Linearised
from gongfu.measure.sample import Incomes, Sample, require_not_negative, require_positive

__all__ = ["atkinson"]


def atkinson(income: Incomes, weight: ArrayLike | None = None, *, epsilon: float) -> Linearised:
    """Return Atkinson's index, from 0 (all have the same) to 1.

    Parameters
    ----------
    income : currency per year, at least 0; above 0 when ``epsilon`` is 1 or more.
    weight : people each row stands for, above zero; only relative size matters.
    epsilon : aversion to inequality, above 0.

    Raises
    ------
    InputError
        If ``epsilon`` is not above 0 or an income lies outside the range.

    Notes
    -----
    With ``r = y / m``, ``k = 1 - epsilon`` and the Box-Cox transform ``b = (r**k - 1) / k``
    (``log r`` for k = 0) [Atkinson 1970]::

        1 - A = (1 + k average(b))**(1 / k),        exp(average(b)) for k = 0

    Influence [Biewen-Jenkins 2006]::

        (1 - A) ((r - 1) - (b - average(b)) / (1 + k average(b))) / W
    """
    rows = Sample.of(income, weight)
    _check(rows, epsilon)
    power = 1.0 - epsilon
    transformed = box_cox(rows.relative, power)
    average = rows.average(transformed)
    scale = 1.0 + power * average
    log_equality = average if power == 0 else math.log(scale) / power
    influence = rows.relative - 1.0 - (transformed - average) / scale
    equality = math.exp(log_equality)
    return Linearised(-math.expm1(log_equality), influence * (equality / rows.total_weight))


def _check(rows: Sample, epsilon: float) -> None:
    name = f"atkinson({epsilon:g})"
    if not epsilon > 0 or math.isinf(epsilon):
        raise InputError(Problem(f"{name}: epsilon must be above 0", found=f"{epsilon:g}"))
    if epsilon >= 1:
        require_positive(rows, name)
    else:
        require_not_negative(rows, name)
