"""The passes over rows that lie in parts elsewhere: Dask partitions, files, machines.

Each pass turns one part into a record that travels; records of a pass merge in any order; the next
pass takes the merged record of the one before. Rows count as sampled one by one::

    totals = reduce(merge, (first_pass(y, w) for y, w in parts))
    plan = Plan.of(totals, ["gini", "theil", "p90/p10"])
    second = reduce(merge, (second_pass(plan, y, w) for y, w in parts))
    third = reduce(merge, (third_pass(plan, second, y, w) for y, w in parts))
    known = plan.known(second, third)
    last = reduce(merge, (last_pass(known, y, w) for y, w in parts))
    values_and_errors(known, last)
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, Self, TypeVar

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.measure.catalogue import NamedMeasure, named_measures
from gongfu.measure.large.bins import BinSums
from gongfu.measure.large.blocks import Block
from gongfu.measure.large.borders import BorderRows
from gongfu.measure.large.distribution import (
    bins_for,
    distribution_of,
    wanted_bins,
    weighted_sums,
)
from gongfu.measure.large.errors import DomainStatistics, UnitSums, block_sums, variance_of_rows
from gongfu.measure.large.measures import (
    TermSpace,
    needed_terms,
    probabilities,
    refuse_unknown,
    statistic,
)
from gongfu.measure.large.sums import CompensatedSum
from gongfu.measure.large.terms import Term
from gongfu.measure.large.totals import Totals, totals_of
from gongfu.measure.sample import Sample

__all__ = [
    "Known",
    "Plan",
    "Second",
    "first_pass",
    "last_pass",
    "merge",
    "second_pass",
    "third_pass",
    "values_and_errors",
]


class Mergeable(Protocol):
    """A record of a pass over some rows."""

    def merge(self, other: Self) -> Self:
        """Return the record of both sets of rows."""


M = TypeVar("M", bound=Mergeable)


def merge(one: M, other: M) -> M:
    """Return the record of the rows of both; the order does not matter."""
    return one.merge(other)


def first_pass(income: ArrayLike, weight: ArrayLike | None = None) -> Totals:
    """Return the totals of one part; refuses the cells that ``Sample.of`` refuses."""
    rows = Sample.of(income, weight)
    return totals_of(rows.income, None if rows.has_equal_weights else rows.weight)


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What the passes have to find: the measures over all rows with these totals."""

    totals: Totals
    measures: tuple[NamedMeasure, ...]

    @classmethod
    def of(cls, totals: Totals, measures: Sequence[str]) -> Plan:
        """Return the plan for measures by name.

        Raises
        ------
        InputError
            If a name is unknown, or a measure needs all rows at once.
        """
        found = tuple(named_measures(measures))
        refuse_unknown(found)
        return cls(totals, found)

    @property
    def terms(self) -> list[Term]:
        """The terms whose averages are needed."""
        return needed_terms(self.measures)

    def empty_bins(self) -> BinSums:
        """Return the bins that all parts fill."""
        bins = bins_for(self.totals, 0)
        if bins is None:
            raise InputError(Problem("there is no income", expected="at least one row"))
        return bins

    def known(self, second: Second, third: BorderRows) -> Known:
        """Return the statistics, ready for the last pass.

        Raises
        ------
        InputError
            If the incomes lie outside a measure's range.
        """
        averages = (second.sums.value / self.totals.weight[0]).tolist()
        mine = dict(zip(self.terms, averages, strict=True))
        rows = distribution_of(self.totals, 0, mine, second.bins, third)
        assert rows is not None
        space = TermSpace.for_measures(len(self.measures))
        statistics = tuple(statistic(one, rows, space) for one in self.measures)
        return Known(self.measures, DomainStatistics(0, rows, space, statistics))


@dataclass(frozen=True, slots=True, eq=False)
class Second:
    """Bins and sums of terms."""

    bins: BinSums
    sums: CompensatedSum

    def merge(self, other: Second) -> Second:
        """Return those of both sets of rows."""
        return Second(self.bins.merge(other.bins), self.sums.merge(other.sums))


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """The measures with their values, and what their influences are made of."""

    measures: tuple[NamedMeasure, ...]
    statistics: DomainStatistics


def second_pass(plan: Plan, income: ArrayLike, weight: ArrayLike | None = None) -> Second:
    """Return the bins and sums of one part."""
    rows = _block(income, weight)
    bins = plan.empty_bins().add(rows.income, rows.weight)
    sums = np.array(weighted_sums(rows, float(plan.totals.mean[0]), plan.terms))
    return Second(bins, CompensatedSum(sums, np.zeros_like(sums)))


def third_pass(
    plan: Plan, second: Second, income: ArrayLike, weight: ArrayLike | None = None
) -> BorderRows:
    """Return the rows of one part that stand around the quantiles."""
    rows = _block(income, weight)
    asked = probabilities(plan.measures, float(plan.totals.effective_rows[0]))
    taken = wanted_bins(second.bins, asked)[second.bins.bins.place(rows.income)]
    people = np.ones(len(rows.income)) if rows.weight is None else rows.weight
    return BorderRows.of(rows.income[taken], people[taken])


def last_pass(known: Known, income: ArrayLike, weight: ArrayLike | None = None) -> UnitSums:
    """Return the sums of influence values of one part."""
    rows = _block(income, weight)
    unit = np.zeros(len(rows.income), dtype=np.int64)
    like = UnitSums.empty(len(known.measures), 1, with_psus=False)
    return block_sums(rows, unit, known.statistics, like)


def values_and_errors(known: Known, sums: UnitSums) -> dict[str, tuple[float, float]]:
    """Return value and standard error of each measure by its name."""
    rows = np.array([known.statistics.rows.count])
    found = {}
    for place, (measure, one) in enumerate(
        zip(known.measures, known.statistics.statistics, strict=True)
    ):
        error = math.sqrt(variance_of_rows(sums, place, rows, "error"))
        found[measure.name] = (one.value, error)
    return found


def _block(income: ArrayLike, weight: ArrayLike | None) -> Block:
    values: Float[np.ndarray, " row"] = np.asarray(income, dtype=np.float64)
    people = None if weight is None else np.asarray(weight, dtype=np.float64)
    return Block(values, people, None)
