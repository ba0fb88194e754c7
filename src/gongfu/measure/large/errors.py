"""Last pass: what the influence values of each measure add up to in the sampling units.

References
----------
[Deville 1999] Variance estimation for complex statistics and estimators: linearization and
residual techniques. Survey Methodology 25(2).
[Wolter 2007] Introduction to Variance Estimation, 2nd ed., section 2.4 (ultimate clusters).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from gongfu.measure.design import Lonely
from gongfu.measure.large.blocks import Block, Source
from gongfu.measure.large.distribution import Distribution
from gongfu.measure.large.measures import TermSpace
from gongfu.measure.large.sums import CompensatedSum
from gongfu.measure.large.terms import RelativeIncomes, term_values
from gongfu.measure.linearised import Linearised

__all__ = ["DomainStatistics", "UnitSums", "block_sums", "read_unit_sums", "variance_of_rows"]


@dataclass(frozen=True, slots=True, eq=False)
class DomainStatistics:
    """Statistics of the rows of one domain, and the terms their influences are made of.

    Parameters
    ----------
    place : of the domain among those of the source.
    rows : what incomes are relative to: the domain's own rows, or all rows for a decomposition.
    own : the domain's own rows, for a decomposition.
    """

    place: int
    rows: Distribution
    space: TermSpace
    statistics: tuple[Linearised, ...]
    own: Distribution | None = None


@dataclass(frozen=True, slots=True, eq=False)
class UnitSums:
    """Sums over sampling units of one domain.

    Parameters
    ----------
    total : ``sum(w influence)`` of each statistic in each PSU (or stratum, without PSUs).
    square : ``sum((w influence)**2)`` of each statistic in each stratum; empty with PSUs.
    reached : rows of the domain in each PSU or stratum.
    """

    total: CompensatedSum
    square: CompensatedSum
    reached: Int[np.ndarray, " unit"]

    @classmethod
    def empty(cls, statistics: int, units: int, *, with_psus: bool) -> UnitSums:
        """Return the sums of no row."""
        squares = (statistics, 0 if with_psus else units)
        return cls(
            CompensatedSum.zero(statistics, units),
            CompensatedSum.zero(*squares),
            np.zeros(units, dtype=np.int64),
        )

    def merge(self, other: UnitSums) -> UnitSums:
        """Return the sums of both sets of rows."""
        return UnitSums(
            self.total.merge(other.total),
            self.square.merge(other.square),
            self.reached + other.reached,
        )


def read_unit_sums(source: Source, wanted: Sequence[DomainStatistics]) -> list[UnitSums]:
    """Return the sums over sampling units of each set of statistics."""
    units, with_psus = len(source.units), source.units.pairs is not None
    found = [UnitSums.empty(len(one.statistics), units, with_psus=with_psus) for one in wanted]
    at_place: dict[int, list[int]] = {}
    for number, one in enumerate(wanted):
        at_place.setdefault(one.place, []).append(number)
    for block in source.blocks("errors", with_units=True):
        for place, rows in enumerate(block):
            if rows is None or rows.unit is None:
                continue
            for number in at_place.get(place, ()):
                part = block_sums(rows, rows.unit, wanted[number], found[number])
                found[number] = found[number].merge(part)
    return found


def variance_of_rows(
    sums: UnitSums, statistic: int, rows: Int[np.ndarray, " stratum"], lonely: Lonely
) -> float:
    """Return the variance of a statistic when rows were sampled by themselves inside strata.

    Parameters
    ----------
    rows : sampled in each stratum, those outside the domain included.

    Notes
    -----
    ``sum over strata of n / (n - 1) (sum(t**2) - sum(t)**2 / n)`` with ``t = w influence``.
    """
    total, square = sums.total.value[statistic], sums.square.value[statistic]
    spread = np.maximum(square - total**2 / rows, 0.0)
    if lonely == "centre":
        alone = rows == 1
        centre = total.sum() / rows.sum()
        spread[alone] = (total[alone] - centre) ** 2
    return float(np.sum(rows / np.maximum(rows - 1, 1) * spread))


def block_sums(
    rows: Block, unit: Int[np.ndarray, " row"], domain: DomainStatistics, like: UnitSums
) -> UnitSums:
    """Return the sums over some rows, shaped as ``like``."""
    total, square = np.zeros_like(like.total.high), np.zeros_like(like.square.high)
    units = total.shape[1]
    for place, weighted in enumerate(_weighted_influences(rows, domain)):
        total[place] = _by_unit(weighted, unit, units)
        if square.size:
            square[place] = _by_unit(weighted * weighted, unit, units)
    return UnitSums(
        CompensatedSum(total, np.zeros_like(total)),
        CompensatedSum(square, np.zeros_like(square)),
        np.bincount(unit, minlength=units),
    )


def _by_unit(
    values: Float[np.ndarray, " row"], unit: Int[np.ndarray, " row"], units: int
) -> Float[np.ndarray, " unit"]:
    if units == 1:
        return np.array([values.sum()])
    return np.bincount(unit, values, units)


def _weighted_influences(
    rows: Block, domain: DomainStatistics
) -> Iterator[Float[np.ndarray, " row"]]:
    whole, own = domain.rows, domain.own
    incomes = RelativeIncomes(rows.income, whole.mean, whole.ranks)
    if own is not None:
        incomes = RelativeIncomes(rows.income, whole.mean, whole.ranks, own.mean, own.ranks)
    values = {term: term_values(term, incomes) for term in domain.space.terms}
    for statistic in domain.statistics:
        influence, part = np.zeros(len(rows.income)), np.empty(len(rows.income))
        for weight, value in zip(statistic.influence.tolist(), values.values(), strict=False):
            if weight:
                influence += np.multiply(value, weight, out=part)
        if rows.weight is not None:
            influence *= rows.weight
        yield influence
