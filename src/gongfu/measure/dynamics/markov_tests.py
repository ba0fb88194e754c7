"""Do several sets of moves come from one chain? Tests of homogeneity, stationarity and order.

References
----------
[Anderson-Goodman 1957] Statistical inference about Markov chains. Annals of Mathematical Statistics
28(1).
[Bickenbach-Bode 2003] Evaluating the Markov property in studies of economic convergence.
International Regional Science Review 26(3): degrees of freedom when some moves never happen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from gongfu.core import InputError, Problem
from gongfu.measure.dynamics.chi_square import chi_square_tail
from gongfu.measure.dynamics.transitions import count_by_group

__all__ = ["HomogeneityTest", "homogeneity_test", "order_test", "pearson", "stationarity_test"]

_FEW = 5.0
"""Expected count below which the chi-square distribution is a poor guide, by the usual rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomogeneityTest:
    """Whether several sets of moves share their transition probabilities.

    Parameters
    ----------
    pearson, likelihood_ratio : the two statistics.
    pearson_p, likelihood_ratio_p : chance of at least as much if they do.
    degrees_of_freedom : over origins, (groups that left it - 1) (destinations reached - 1).
    sparse_share : share of expected counts below 5; where it is large, take a permutation test.
    """

    pearson: float
    pearson_p: float
    likelihood_ratio: float
    likelihood_ratio_p: float
    degrees_of_freedom: int
    sparse_share: float


def homogeneity_test(counts: Float[np.ndarray, "group origin destination"]) -> HomogeneityTest:
    """Return the test that all groups move by the same probabilities.

    Parameters
    ----------
    counts : of moves in each group.

    Notes
    -----
    With ``p`` the probabilities of all groups together, over moves that any group made
    [Bickenbach-Bode 2003, after Anderson-Goodman 1957]::

        Q  = sum_g sum_i n_i(g) sum_j (p_ij(g) - p_ij)**2 / p_ij
        LR = 2 sum_g sum_ij n_ij(g) ln(p_ij(g) / p_ij)

    Some programs take ``k (k - 1) (m - 1)`` degrees of freedom although some moves never happened,
    and so report p-values that are too large.
    """
    expected = _expected(counts)
    possible = expected > 0
    observed_share = counts[possible] / expected[possible]
    ratio = np.where(observed_share > 0, observed_share, 1.0)
    q = pearson(counts)
    lr = 2 * float(np.sum(counts[possible] * np.log(ratio)))
    dof = _degrees_of_freedom(counts)
    return HomogeneityTest(
        pearson=q,
        pearson_p=chi_square_tail(q, dof),
        likelihood_ratio=lr,
        likelihood_ratio_p=chi_square_tail(lr, dof),
        degrees_of_freedom=dof,
        sparse_share=float(np.mean(expected[possible] < _FEW)),
    )


def pearson(counts: Float[np.ndarray, "group origin destination"]) -> float:
    """Return the statistic Q of ``homogeneity_test``."""
    expected = _expected(counts)
    gap = np.zeros_like(counts)
    np.divide((counts - expected) ** 2, expected, out=gap, where=expected > 0)
    return float(gap.sum())


def stationarity_test(code: Int[np.ndarray, "unit year"], k: int, periods: int) -> HomogeneityTest:
    """Return the test that the probabilities were the same in all periods.

    Parameters
    ----------
    code : classes from 0 to ``k - 1``.
    periods : number of stretches, as equal as can be, that the years are split into.

    Raises
    ------
    InputError
        If there are fewer moves than periods, or fewer than two periods.
    """
    moves = code.shape[1] - 1
    if not 2 <= periods <= moves:
        raise InputError(
            Problem("wrong number of periods", expected=f"2 to {moves}", found=f"{periods}")
        )
    period = np.arange(moves) * periods // moves
    group = np.broadcast_to(period, (len(code), moves))
    return homogeneity_test(count_by_group(code, k, group, periods))


def order_test(code: Int[np.ndarray, "unit year"], k: int, order: int = 1) -> HomogeneityTest:
    """Return the test that the last ``order`` classes say all there is about the next one.

    Parameters
    ----------
    code : classes from 0 to ``k - 1``.
    order : 0 tests whether the present class matters at all; 1, the Markov property, whether the
        class before it adds nothing.

    Raises
    ------
    InputError
        If the order is neither 0 nor 1, or there are too few years.

    Notes
    -----
    The alternative is a chain of one order more [Anderson-Goodman 1957]. Classes of a continuous
    variable seldom pass the test for order 1: a unit that has just come in stands near the border.
    """
    if order not in (0, 1) or code.shape[1] < order + 2:
        raise InputError(
            Problem(
                "the order must be 0 or 1, with two more years than the order",
                found=f"order {order}, {code.shape[1]} years",
            )
        )
    if order == 0:
        counts = count_by_group(code, k, np.zeros_like(code[:, :-1]), 1)
        return homogeneity_test(counts.reshape(k, 1, k))
    return homogeneity_test(count_by_group(code[:, 1:], k, code[:, :-2], k))


def _expected(
    counts: Float[np.ndarray, "group origin destination"],
) -> Float[np.ndarray, "group origin destination"]:
    together = counts.sum(axis=0)
    totals = together.sum(axis=1, keepdims=True)
    share = np.divide(together, totals, out=np.zeros_like(together), where=totals > 0)
    expected: Float[np.ndarray, "group origin destination"] = (
        counts.sum(axis=2, keepdims=True) * share
    )
    return expected


def _degrees_of_freedom(counts: Float[np.ndarray, "group origin destination"]) -> int:
    groups = np.count_nonzero(counts.sum(axis=2), axis=0)
    destinations = np.count_nonzero(counts.sum(axis=0), axis=1)
    return int(np.sum(np.maximum(groups - 1, 0) * np.maximum(destinations - 1, 0)))
