"""Dagum's and nested entropy decompositions from the sums of groups.

The formulas are those of ``gongfu.measure.dagum`` and ``gongfu.measure.decomposition``. The
influence of a part on a row depends on the row's group, so each group has statistics of its own,
and their sums over sampling units add up to those of the part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import polars as pl
from jaxtyping import Float, Int

from gongfu.core import InputError
from gongfu.measure.decomposition import entropy_distance, entropy_slope, not_nested
from gongfu.measure.grouping import Grouping, group_rows
from gongfu.measure.large.distribution import Distribution
from gongfu.measure.large.errors import DomainStatistics
from gongfu.measure.large.measures import (
    BELOW,
    INCOME,
    ONE,
    TermSpace,
    entropy_statistic,
    gini_statistic,
    gini_value,
)
from gongfu.measure.large.terms import Term
from gongfu.measure.linearised import Linearised

__all__ = ["Group", "Parts", "dagum_parts", "entropy_parts"]

_OWN_BELOW = Term("own_below")


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """A group with rows: its name, the place of its domain and its incomes."""

    name: str
    place: int
    rows: Distribution


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Values of the parts of a decomposition, and the statistics of each group's rows.

    Parameters
    ----------
    names, values : of the parts, the total first.
    groups : statistics of the rows of each group; their influences are those of the parts.
    """

    names: tuple[str, ...]
    values: tuple[float, ...]
    groups: tuple[DomainStatistics, ...]


def dagum_parts(whole: Distribution, groups: Sequence[Group]) -> Parts:
    """Return total, within, net between and overlap of the Gini."""
    total = gini_statistic(whole, TermSpace([])).value  # refuses incomes below zero
    weight = np.array([group.rows.weight for group in groups])
    mean = np.array([group.rows.mean for group in groups])
    share, held = weight / whole.weight, weight * mean / (whole.weight * whole.mean)
    inside = np.array([gini_value(group.rows) if group.rows.mean else 0.0 for group in groups])
    within = float(np.sum(share * held * inside))
    crossed = np.outer(share, held)
    net = float(np.abs(crossed - crossed.T).sum() / 2)
    richer = np.sign(mean[:, None] - mean)
    people, money = richer @ share, richer @ held
    values = (total, within, net, total - within - net)
    statistics = tuple(
        _dagum_of_rows(whole, group, values, float(people[j]), float(money[j]))
        for j, group in enumerate(groups)
    )
    return Parts(("total", "within", "net between", "overlap"), values, statistics)


def _dagum_of_rows(
    whole: Distribution, group: Group, values: Sequence[float], people: float, money: float
) -> DomainStatistics:
    total, within, net, _ = values
    own, space, each = group.rows, TermSpace([]), 1 / whole.mean
    held = own.weight * own.mean / (whole.weight * whole.mean)
    inside = {_OWN_BELOW: 2 * held, INCOME: -own.weight / whole.weight * each, ONE: held}
    if not own.mean > 0:  # nobody in the group has an income, nobody differs
        inside = {INCOME: own.weight / whole.weight * each}
    gini = space.linear(
        total,
        {BELOW: 2.0, ONE: 1.0 - total, INCOME: -(1 + total) * each},
        whole.weight,
    )
    rows = space.linear(within, inside, whole.weight) + space.linear(
        0.0, {ONE: -within, INCOME: -within * each}, whole.weight
    )
    between = space.linear(net, {INCOME: (people - net) * each, ONE: -money - net}, whole.weight)
    statistics = (gini, rows, between, gini - rows - between)
    return DomainStatistics(group.place, whole, space, statistics, own)


def entropy_parts(
    whole: Distribution,
    levels: Sequence[Sequence[Group]],
    names: Sequence[str],
    labels: pl.DataFrame,
    *,
    alpha: float,
) -> Parts:
    """Return total, between the groups of each level, and within the finest.

    Parameters
    ----------
    levels : the groups of each grouping, coarse to fine.
    labels : combinations of labels that occur, one column a grouping.

    Raises
    ------
    InputError
        If a group of a finer level lies in two groups of the level above.
    """
    groupings = [group_rows(labels[name].to_list(), labels.height) for name in names]
    problems = [
        problem
        for depth, (upper, lower) in enumerate(pairwise(groupings), 1)
        for problem in not_nested(upper, lower, depth)
    ]
    if problems:
        raise InputError(problems)
    spread = [_Level.of(whole, groups, alpha) for groups in levels]
    total = entropy_statistic(whole, TermSpace([]), alpha=alpha).value
    steps = [0.0, *(level.value for level in spread), total]
    values = (total, *(after - before for before, after in pairwise(steps)))
    parents = _parents(groupings, levels)
    statistics = tuple(
        _entropy_of_rows(
            whole, group, [level.at(p) for level, p in zip(spread, row, strict=True)], alpha, steps
        )
        for group, row in zip(levels[-1], parents, strict=True)
    )
    parts = ("total", *(f"between {name}" for name in names), "within")
    return Parts(parts, values, statistics)


@dataclass(frozen=True, slots=True, eq=False)
class _Level:
    """Inequality between the groups of one level, and its influence on the rows of each."""

    value: float
    constant: Float[np.ndarray, " group"]
    slope: Float[np.ndarray, " group"]

    @classmethod
    def of(cls, whole: Distribution, groups: Sequence[Group], alpha: float) -> _Level:
        share = np.array([group.rows.weight for group in groups]) / whole.weight
        relative = np.array([group.rows.mean for group in groups]) / whole.mean
        distance, slope = entropy_distance(relative, alpha), entropy_slope(relative, alpha)
        excess = float(share @ (relative * slope))
        value = float(share @ distance)
        return cls(value, distance - slope * relative - value + excess, slope - excess)

    def at(self, group: int) -> tuple[float, float]:
        return float(self.constant[group]), float(self.slope[group])


def _parents(
    groupings: Sequence[Grouping], levels: Sequence[Sequence[Group]]
) -> Iterator[list[int]]:
    """Yield for each finest group its position in every level."""
    position = [{group.name: place for place, group in enumerate(groups)} for groups in levels]
    finest = groupings[-1]
    for group in levels[-1]:
        row = int(np.flatnonzero(finest.code == finest.names.index(group.name))[0])
        yield [
            known[grouping.names[_code(grouping, row)]]
            for grouping, known in zip(groupings, position, strict=True)
        ]


def _code(grouping: Grouping, row: int) -> int:
    codes: Int[np.ndarray, " row"] = grouping.code
    return int(codes[row])


def _entropy_of_rows(
    whole: Distribution,
    group: Group,
    levels: Sequence[tuple[float, float]],
    alpha: float,
    steps: Sequence[float],
) -> DomainStatistics:
    space = TermSpace([])
    total = entropy_statistic(whole, space, alpha=alpha)
    gradients = [Linearised(0.0, np.zeros(space.width))]
    for value, (constant, slope) in zip(steps[1:], levels, strict=False):
        terms = {ONE: constant, INCOME: slope / whole.mean}
        gradients.append(space.linear(value, terms, whole.weight))
    gradients.append(total)
    parts = (after - before for before, after in pairwise(gradients))
    return DomainStatistics(group.place, whole, space, (total, *parts))
