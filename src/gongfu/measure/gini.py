"""The Gini coefficient with its influence values, by one blocked pass over the sorted incomes.

References
----------
[Lerman-Yitzhaki 1989] Improving the accuracy of estimates of Gini coefficients. Journal of
Econometrics 42(1).
[Deville 1999] Variance estimation for complex statistics and estimators: linearization and
residual techniques. Survey Methodology 25(2).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TypeAlias

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.measure.linearised import Linearised
from gongfu.measure.sample import Incomes, Sample, require_not_negative

__all__ = ["gini", "gini_with_error"]

_BLOCK = 1 << 13
"""Rows per block: its few arrays stay in a core's cache, and a product of two of them stays below
the size from which a BLAS starts threads, so that no digit depends on the number of cores."""

_Block: TypeAlias = tuple[
    Float[np.ndarray, " block"], Float[np.ndarray, " block"], Float[np.ndarray, " block"]
]
"""Share of people p, q as in the notes of ``gini``, and income relative to the mean less 1."""


def gini(income: Incomes, weight: ArrayLike | None = None) -> Linearised:
    """Return the Gini coefficient, from 0 (equal) to 1 (one person has it all).

    Parameters
    ----------
    income : currency per year, at least 0, or the index could pass 1.
    weight : people each row stands for, above zero; only relative size matters.

    Raises
    ------
    InputError
        If an income is below zero, missing or infinite, or all are zero.

    Notes
    -----
    The covariance form with mid-interval ranks, ``G = 2 cov(y, F) / m`` [Lerman-Yitzhaki 1989]:
    a row of weight 3 counts as three rows. With ``r = y / m``, shares of people ``p = w / W`` and
    ``q[i] = sum(p[j] (r[i] - r[j]) for r[j] < r[i])`` it equals ``G = sum(p q)``, and the influence
    [Deville 1999] is ``(2 q - 2 G - (1 + G) (r - 1)) / W``. No small-sample factor n / (n - 1).
    """
    rows = Sample.of(income, weight)
    require_not_negative(rows, "gini")
    total = 0.0
    influence = np.empty(len(rows.income))
    for place, (share, below, _) in _sorted_blocks(rows):
        total += float(np.dot(share, below))
        influence[rows.order[place]] = below
    influence -= total
    influence *= 2.0
    excess = rows.income / rows.mean
    excess -= 1.0
    excess *= 1.0 + total
    influence -= excess
    influence /= rows.total_weight
    return Linearised(total, influence)


def gini_with_error(income: Incomes, weight: ArrayLike | None = None) -> tuple[float, float]:
    """Return the Gini and its standard error for rows sampled one by one, at about a sort's cost.

    The numbers of ``gini`` under a design without strata and clusters. Nothing is put back into
    row order and no influence value is stored, so that tens of millions of rows need little more
    time and memory than their sort.

    Parameters
    ----------
    income, weight : as for ``gini``; at least two rows.

    Raises
    ------
    InputError
        As for ``gini``, and for a single row.

    Notes
    -----
    The terms ``t = w influence`` add up to zero, so the variance is ``n / (n - 1) sum(t**2)``. The
    square is expanded in ``p q``, ``G p`` and ``p (r - 1)``, all small when inequality is small:
    no digits cancel.
    """
    rows = Sample.of(income, weight)
    require_not_negative(rows, "gini")
    n = len(rows.income)
    if n < 2:
        raise InputError(Problem("a standard error needs at least two rows", found=f"{n}"))
    total, products = 0.0, np.zeros((3, 3))
    for _, (share, below, excess) in _sorted_blocks(rows):
        terms = np.stack([share * below, share, share * excess])
        total += float(terms[0].sum())
        products += terms @ terms.T
    factors = np.array([2.0, -2.0 * total, -(1.0 + total)])
    # Zero, as for incomes 1, 1, 4, may come out a rounding error below it.
    return total, math.sqrt(max(0.0, n / (n - 1) * float(factors @ products @ factors)))


def _sorted_blocks(rows: Sample) -> Iterator[tuple[slice, _Block]]:
    # A tie needs no care: r C - B is the same for all rows of equal income, in whatever order.
    people = amount = 0.0
    for start in range(0, len(rows.income), _BLOCK):
        place = slice(start, start + _BLOCK)
        share, excess = _gather(rows, place)
        cumulative = _cumulate(people, share)
        cumulative_excess = _cumulate(amount, share * excess)
        below = excess * cumulative[:-1] - cumulative_excess[:-1]
        people, amount = float(cumulative[-1]), float(cumulative_excess[-1])
        yield place, (share, below, excess)


def _gather(
    rows: Sample, place: slice
) -> tuple[Float[np.ndarray, " block"], Float[np.ndarray, " block"]]:
    if rows.has_equal_weights:
        income = rows.sorted_income[place]
        return np.full(len(income), 1.0 / len(rows.income)), income / rows.mean - 1.0
    taken = rows.order[place]
    excess = rows.income[taken]
    excess /= rows.mean
    excess -= 1.0
    return rows.weight[taken] / rows.total_weight, excess


def _cumulate(before: float, values: Float[np.ndarray, " block"]) -> Float[np.ndarray, " edge"]:
    edges = np.empty(len(values) + 1)
    edges[0] = before
    np.cumsum(values, out=edges[1:])
    edges[1:] += before
    return edges
