"""Dagum's decomposition of the Gini coefficient: within, between and overlap of groups.

References
----------
[Dagum 1997] A new approach to the decomposition of the Gini income inequality ratio. Empirical
Economics 22, 515-531.
[Lambert-Aronson 1993] Inequality decomposition analysis and the Gini coefficient revisited.
Economic Journal 103, 1221-1227: the same three parts, with net between = Gini of group means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from gongfu.measure.gini import gini
from gongfu.measure.grouping import Grouping, group_rows
from gongfu.measure.linearised import Linearised
from gongfu.measure.mean_difference import GroupDifferences, group_differences
from gongfu.measure.sample import Incomes, Sample, require_not_negative

__all__ = ["DagumDecomposition", "dagum"]


@dataclass(frozen=True, slots=True, eq=False)
class DagumDecomposition:
    """Gini = within + net between + transvariation, with the pieces each part is made of.

    Parameters
    ----------
    total, within, net_between, transvariation : index 0-1, each at least zero.
    groups : names, in the order of every array below.
    population_share, income_share : 0-1, of each group.
    gini : Gini inside each group.
    gross_gini : Gini between two groups, ``G_jh = E|y_j - y_h| / (mean_j + mean_h)``; the diagonal
        is ``gini``.
    affluence : relative economic affluence ``D_jh``, 0 (no net difference) to 1 (no overlap).
    within_contribution : of each group; adds up to ``within``.
    net_between_contribution, transvariation_contribution : entry ``[j, h]`` with ``j < h`` is the
        contribution of that pair, other entries are zero; add up to the part.
    """

    total: Linearised
    within: Linearised
    net_between: Linearised
    transvariation: Linearised
    groups: tuple[str, ...]
    population_share: Float[np.ndarray, " group"]
    income_share: Float[np.ndarray, " group"]
    gini: Float[np.ndarray, " group"]
    gross_gini: Float[np.ndarray, "group group"]
    affluence: Float[np.ndarray, "group group"]
    within_contribution: Float[np.ndarray, " group"]
    net_between_contribution: Float[np.ndarray, "group group"]
    transvariation_contribution: Float[np.ndarray, "group group"]

    @property
    def gross_between(self) -> Linearised:
        """Net between plus transvariation: all differences between persons of two groups."""
        return self.net_between + self.transvariation


def dagum(
    income: Incomes,
    groups: Sequence[Any] | np.ndarray,
    weight: ArrayLike | None = None,
    *,
    errors: bool = True,
) -> DagumDecomposition:
    """Return Dagum's decomposition of the Gini coefficient of income by group.

    Parameters
    ----------
    income : currency per year, at least 0.
    groups : label of each row's group.
    weight : people each row stands for, above zero; only relative size matters.
    errors : compute influence values too; without them ``influence`` has length zero.

    Raises
    ------
    InputError
        If an income is below zero or missing, all are zero, or a row has no group.

    Notes
    -----
    With population shares ``p``, income shares ``s``, [Dagum 1997] writes
    ``G_w = sum_j G_jj p_j s_j`` and, over pairs ``j < h`` with
    ``c_jh = G_jh (p_j s_h + p_h s_j)``, ``G_nb = sum c_jh D_jh`` and
    ``G_t = sum c_jh (1 - D_jh)``, where ``D_jh = |mean_j - mean_h| / E|y_j - y_h|``. It follows
    that ``G_nb = sum p_j p_h |mean_j - mean_h| / mean``, the Gini of group means, so that these
    parts equal "between" and "overlap" of [Lambert-Aronson 1993].

    A row of weight 3 counts as three rows; replicating all rows leaves every number unchanged.
    Where two groups have the same mean, ``G_nb`` has a kink; the influence values there are those
    of the middle.
    """
    rows = Sample.of(income, weight)
    require_not_negative(rows, "dagum")
    grouping = group_rows(groups, len(rows.income))
    sums = group_differences(rows, grouping.code, len(grouping.names))
    decomposition = _decompose(sums, grouping.names)
    return _with_influence(decomposition, rows, grouping, sums) if errors else decomposition


def _decompose(sums: GroupDifferences, names: tuple[str, ...]) -> DagumDecomposition:
    weight, income = sums.weight, sums.income
    crossed = np.outer(weight, income)
    # w_j w_h |mean_j - mean_h|, which no sum of absolute differences can fall below.
    net = np.abs(crossed - crossed.T)
    gross = np.maximum(sums.difference, net)
    gross_gini = _ratio(gross, crossed + crossed.T)
    scale = weight.sum() * income.sum()
    within = np.diag(gross) / (2 * scale)
    net_between = np.triu(net, 1) / scale
    transvariation = np.triu(gross - net, 1) / scale
    parts = [_without_influence(part) for part in (within, net_between, transvariation)]
    return DagumDecomposition(
        total=parts[0] + parts[1] + parts[2],
        within=parts[0],
        net_between=parts[1],
        transvariation=parts[2],
        groups=names,
        population_share=weight / weight.sum(),
        income_share=income / income.sum(),
        gini=np.diag(gross_gini).copy(),
        gross_gini=gross_gini,
        affluence=_ratio(net, gross),
        within_contribution=within,
        net_between_contribution=net_between,
        transvariation_contribution=transvariation,
    )


def _ratio(
    numerator: Float[np.ndarray, "group group"], denominator: Float[np.ndarray, "group group"]
) -> Float[np.ndarray, "group group"]:
    # Two groups without income do not differ: 0 / 0 counts as 0.
    ratio = np.zeros_like(numerator)
    np.divide(numerator, denominator, out=ratio, where=denominator > 0)
    return ratio


def _without_influence(contribution: Float[np.ndarray, "*group"]) -> Linearised:
    return Linearised(float(contribution.sum()), np.empty(0))


def _with_influence(
    point: DagumDecomposition, rows: Sample, grouping: Grouping, sums: GroupDifferences
) -> DagumDecomposition:
    relative = 1.0 + rows.relative
    total = gini(rows).influence
    within = _within_gradient(rows, grouping) - point.within.value * relative
    within /= rows.total_weight
    net_between = _net_gradient(rows, grouping, sums) - point.net_between.value * relative
    net_between /= rows.total_weight
    return replace(
        point,
        total=Linearised(point.total.value, total),
        within=Linearised(point.within.value, within),
        net_between=Linearised(point.net_between.value, net_between),
        transvariation=Linearised(point.transvariation.value, total - within - net_between),
    )


def _within_gradient(rows: Sample, grouping: Grouping) -> Float[np.ndarray, " row"]:
    """Return ``sum_b w_b |y_a - y_b| / (W mean)`` over the rows b of a's own group."""
    code = grouping.code.astype(np.min_scalar_type(len(grouping.names)))
    by_group = rows.order[np.argsort(code[rows.order], kind="stable")]
    ends = np.cumsum(np.bincount(grouping.code, minlength=len(grouping.names)))
    gradient = np.empty_like(rows.income)
    for group in np.split(by_group, ends[:-1]):
        gradient[group] = _distance_to_others(rows.relative[group], rows.weight[group])
    gradient /= rows.total_weight
    return gradient


def _distance_to_others(
    income: Float[np.ndarray, " row"], weight: Float[np.ndarray, " row"]
) -> Float[np.ndarray, " row"]:
    # Incomes ascend: rows below count with plus, rows above with minus.
    people, money = np.cumsum(weight), np.cumsum(weight * income)
    distance: Float[np.ndarray, " row"] = income * (2 * people - people[-1]) + money[-1] - 2 * money
    return distance


def _net_gradient(
    rows: Sample, grouping: Grouping, sums: GroupDifferences
) -> Float[np.ndarray, " row"]:
    """Return ``sum_h W_h sign(mean_j - mean_h) (y_a - mean_h) / (W mean)`` for row a of group j."""
    is_richer = np.sign(sums.mean[:, None] - sums.mean)
    people = is_richer @ sums.weight / rows.total_weight
    money = is_richer @ sums.income / (rows.total_weight * rows.mean)
    gradient: Float[np.ndarray, " row"] = (
        rows.relative * people[grouping.code] - money[grouping.code]
    )
    return gradient
