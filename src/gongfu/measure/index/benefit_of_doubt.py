"""Benefit of the doubt: each row is judged by the weights that flatter it most.

References
----------
[Cherchye 2007] An introduction to 'benefit of the doubt' composite indicators. Social Indicators
Research 82(1), 111-145.
[Bland 1977] New finite pivoting rules for the simplex method. Mathematics of Operations Research
2(2), 103-107.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.core import ConvergenceError, InputError

__all__ = ["BenefitOfDoubt", "benefit_of_doubt"]

TINY = 1e-11
"""Gains and pivots below it count as zero; scores are of order one."""


@dataclass(frozen=True, slots=True, eq=False)
class BenefitOfDoubt:
    """Index of each row (0-1) and the weights it was reached with."""

    values: Float[np.ndarray, " row"]
    weights: Float[np.ndarray, "row item"]


def benefit_of_doubt(
    scores: Float[np.ndarray, "row item"], *, least_share: float = 0.0
) -> BenefitOfDoubt:
    """Return the best index each row can reach when no row may pass 1 with the same weights.

    Parameters
    ----------
    scores : zero or more, more is better, each column with a score above zero.
    least_share : part (0 to 1 / items) of its index that each item must bring to the row;
        zero lets a row live on its one best score, so that many rows reach 1.

    Raises
    ------
    InputError
        If a score is negative, a column is zero, or the shares cannot be met.

    Notes
    -----
    Row i solves ``max w.x_i`` subject to ``w.x_j <= 1`` for every row j, ``w >= 0`` and
    ``w_k x_ik >= least_share * w.x_i`` [Cherchye 2007]. No weights is always allowed, so a primal
    simplex starts there; Bland's rule ends it.
    """
    if not (scores >= 0).all() or not (scores.max(axis=0) > 0).all():
        raise InputError("benefit of the doubt needs scores of zero or more, no empty column")
    if not 0 <= least_share <= 1 / scores.shape[1]:
        raise InputError("the least share lies between 0 and one over the number of items")
    limits = np.ones(len(scores))
    weights = np.zeros_like(scores)
    for i, row in enumerate(scores):
        system, right = scores, limits
        if least_share > 0:
            shares = least_share * row - np.diag(row)
            system, right = np.vstack([scores, shares]), np.append(limits, np.zeros(len(row)))
        weights[i] = _maximum(row, system, right)
    return BenefitOfDoubt((weights * scores).sum(axis=1), weights)


def _maximum(
    gain: Float[np.ndarray, " item"],
    system: Float[np.ndarray, "limit item"],
    right: Float[np.ndarray, " limit"],
) -> Float[np.ndarray, " item"]:
    """Return x >= 0 with the largest ``gain.x`` among ``system x <= right``, for right >= 0.

    The tableau holds the columns outside the basis only; a pivot swaps one in and one out.
    """
    limits, items = system.shape
    table = np.zeros((limits + 1, items + 1))
    table[:-1, :-1], table[:-1, -1], table[-1, :-1] = system, right, gain
    outside, basis = np.arange(items), np.arange(items, items + limits)
    for _ in range(50 * (limits + items)):
        rising = np.flatnonzero(table[-1, :-1] > TINY)
        if not len(rising):
            found = np.zeros(items + limits)
            found[basis] = table[:-1, -1]
            return found[:items]
        column = int(rising[outside[rising].argmin()])
        row = _leaving(table, column, basis)
        _pivot(table, row, column)
        basis[row], outside[column] = outside[column], basis[row]
    raise ConvergenceError("benefit of the doubt: the simplex method did not end")


def _leaving(table: Float[np.ndarray, "limit item"], column: int, basis: np.ndarray) -> int:
    entry = table[:-1, column]
    open_rows = np.flatnonzero(entry > TINY)
    ratio = table[open_rows, -1] / entry[open_rows]
    tied = open_rows[ratio <= ratio.min() + TINY]
    return int(tied[basis[tied].argmin()])


def _pivot(table: Float[np.ndarray, "limit item"], row: int, column: int) -> None:
    pivot = table[row, column]
    line, entries = table[row] / pivot, table[:, column].copy()
    table -= np.outer(entries, line)
    table[row] = line
    table[:, column] = -entries / pivot
    table[row, column] = 1.0 / pivot
