"""The Gini split into within, between and stratification: how far groups form layers.

References
----------
[Yitzhaki-Lerman 1991] Income stratification and income inequality. Review of Income and Wealth
37(3).
[Deville 1999] Variance estimation for complex statistics and estimators: linearization and
residual techniques. Survey Methodology 25(2).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Bool, Float
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.measure.divide.ranks import Ranks
from gongfu.measure.grouping import Grouping, group_rows
from gongfu.measure.linearised import Linearised
from gongfu.measure.mean import mean
from gongfu.measure.sample import Incomes, Sample, require_not_negative
from gongfu.measure.sources import rank_covariance

__all__ = ["Stratification", "stratification"]


@dataclass(frozen=True, slots=True, eq=False)
class Stratification:
    """Gini = within + between + stratification.

    Parameters
    ----------
    within : income shares times the Gini of each group.
    between : between group means, ranked by the mean rank of their members.
    stratification : below zero when groups form layers, zero when each has the same spread of
        ranks.
    groups : names.
    index : of each group: 1 when it occupies a range of incomes of its own, 0 when its members
        rank among themselves as among the others, below 0 when it stands on both sides of them.
        Not a number where all incomes of the group are the same.
    """

    total: Linearised
    within: Linearised
    between: Linearised
    stratification: Linearised
    groups: tuple[str, ...]
    index: Float[np.ndarray, " group"]


def stratification(
    income: Incomes, groups: Sequence[Any] | np.ndarray, weight: ArrayLike | None = None
) -> Stratification:
    """Return the split of the Gini by Yitzhaki and Lerman.

    Parameters
    ----------
    income : currency per year, at least 0.
    groups : label of each row's group; at least two groups.
    weight : people each row stands for, above zero; only relative size matters.

    Raises
    ------
    InputError
        If an income is below zero or missing, a row has no group, or there is one group only.

    Notes
    -----
    With shares of people p and income s, F the mid-interval rank among all, F_k among the group
    and F_nk among all others [Yitzhaki-Lerman 1991]::

        G   = sum_k s_k G_k + 2 cov(m_k, mean rank_k) / m + sum_k s_k G_k Q_k (p_k - 1)
        Q_k = cov_k(y, F_k - F_nk) / cov_k(y, F_k)

    Influence [Deville 1999]: that of ``rank_covariance`` for the group means as values, and a
    row's own pull on the mean of its group.
    """
    rows = Sample.of(income, weight)
    require_not_negative(rows, "a stratification")
    grouping = group_rows(groups, len(rows.income))
    if len(grouping.names) < 2:
        raise InputError(Problem("a stratification needs at least two groups"))
    average, ranks = mean(rows), Ranks.of(rows.income)
    total = rank_covariance(rows.income, rows, ranks) / average
    inside = sum(_inside(rows, grouping), start=Linearised(0.0, np.zeros(len(rows.income))))
    within, between = inside / average, _between(rows, grouping, ranks) / average
    return Stratification(
        total=total,
        within=within,
        between=between,
        stratification=total - within - between,
        groups=grouping.names,
        index=np.array([*_indices(rows, grouping, ranks)]),
    )


def _inside(rows: Sample, grouping: Grouping) -> Iterator[Linearised]:
    """Yield the covariance inside each group times its share of people."""
    for member, group in _groups(rows, grouping):
        covariance = rank_covariance(group.income, group).in_domain(member)
        share = group.total_weight / rows.total_weight
        yield covariance * Linearised(share, (member - share) / rows.total_weight)


def _between(rows: Sample, grouping: Grouping, ranks: Ranks) -> Linearised:
    people = np.bincount(grouping.code, rows.weight)
    means = np.bincount(grouping.code, rows.weight * rows.income) / people
    rank = 2.0 * ranks.below(rows.weight) / rows.total_weight - 1.0
    mean_rank = np.bincount(grouping.code, rows.weight * rank) / people
    held = rank_covariance(means[grouping.code], rows, ranks)
    pull = (rows.income - means[grouping.code]) * mean_rank[grouping.code]
    return Linearised(held.value, held.influence + pull / rows.total_weight)


def _indices(rows: Sample, grouping: Grouping, ranks: Ranks) -> Iterator[float]:
    rank = ranks.below(rows.weight) / rows.total_weight
    for member, group in _groups(rows, grouping):
        own = rank_covariance(group.income, group).value
        overall = 2.0 * group.average((group.income - group.mean) * rank[member])
        share = group.total_weight / rows.total_weight
        yield (1.0 - overall / own) / (1.0 - share) if own > 0 else float("nan")


def _groups(rows: Sample, grouping: Grouping) -> Iterator[tuple[Bool[np.ndarray, " row"], Sample]]:
    for code in range(len(grouping.names)):
        member = grouping.code == code
        yield member, Sample(rows.income[member], rows.weight[member])
