"""Atkinson's index split by group: between the means of groups, and within the groups.

References
----------
[Blackorby-Donaldson-Auersperg 1981] A new procedure for the measurement of inequality within and
among population subgroups. Canadian Journal of Economics 14(4).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from gongfu.measure.atkinson import atkinson
from gongfu.measure.grouping import Grouping, group_rows
from gongfu.measure.linearised import Linearised
from gongfu.measure.mean import mean
from gongfu.measure.sample import Incomes, Sample

__all__ = ["AtkinsonParts", "atkinson_parts"]


@dataclass(frozen=True, slots=True, eq=False)
class AtkinsonParts:
    """``1 - A = (1 - within) (1 - between)``, so that ``A = within + between + cross``.

    Parameters
    ----------
    between : the index if everybody had the mean of their group: share of income lost to
        differences between groups.
    within : share of what is left that is lost to differences inside the groups.
    """

    total: Linearised
    within: Linearised
    between: Linearised

    @property
    def cross(self) -> Linearised:
        """What both share: ``-within * between``."""
        return -(self.within * self.between)


def atkinson_parts(
    income: Incomes,
    groups: Sequence[Any] | np.ndarray,
    weight: ArrayLike | None = None,
    *,
    epsilon: float,
) -> AtkinsonParts:
    """Return Atkinson's index within and between groups.

    Parameters
    ----------
    income : currency per year, at least 0; above 0 when ``epsilon`` is 1 or more.
    groups : label of each row's group.
    weight : people each row stands for, above zero; only relative size matters.
    epsilon : aversion to inequality, above 0.

    Raises
    ------
    InputError
        If an income or the aversion is out of range, or a row has no group.

    Notes
    -----
    With the equally distributed equivalent income E of all rows, and B of rows that all have the
    mean of their group [Blackorby-Donaldson-Auersperg 1981]::

        1 - between = B / m        1 - within = E / B

    The mean of a group moves with its rows: the influence of ``sum(p_k f(m_k))`` is
    ``(f(m_k) - sum + f'(m_k) (y - m_k)) / W``.
    """
    rows = Sample.of(income, weight)
    grouping = group_rows(groups, len(rows.income))
    total = atkinson(rows, epsilon=epsilon)
    average = mean(rows)
    level = _equivalent_of_means(rows, grouping, epsilon)
    return AtkinsonParts(
        total=total,
        within=1.0 - average * (1.0 - total) / level,
        between=1.0 - level / average,
    )


def _equivalent_of_means(rows: Sample, grouping: Grouping, epsilon: float) -> Linearised:
    people = np.bincount(grouping.code, rows.weight)
    means = np.bincount(grouping.code, rows.weight * rows.income) / people
    share = people / people.sum()
    utility = np.log(means) if epsilon == 1 else means ** (1.0 - epsilon)
    slope = (1.0 if epsilon == 1 else 1.0 - epsilon) * np.where(
        means > 0, np.maximum(means, np.finfo(float).tiny) ** -epsilon, 0.0
    )
    value = float(share @ utility)
    pull = slope[grouping.code] * (rows.income - means[grouping.code])
    summed = Linearised(value, (utility[grouping.code] - value + pull) / rows.total_weight)
    if epsilon == 1:
        return summed.changed(math.exp(value), math.exp(value))
    power = 1.0 / (1.0 - epsilon)
    return summed.changed(value**power, power * value ** (power - 1.0))
