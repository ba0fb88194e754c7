"""First pass: how many rows and people each domain has, its mean and its extremes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from gongfu.measure.large.blocks import Source
from gongfu.measure.large.sums import CompensatedSum

__all__ = ["Totals", "read_totals"]


@dataclass(frozen=True, slots=True, eq=False)
class Totals:
    """Sums and extremes of the incomes of each domain.

    Parameters
    ----------
    count : rows with an income.
    sums : ``sum(w)``, ``sum(w y)`` and ``sum(w**2)``.
    lowest, highest : incomes.
    lowest_positive : lowest income above zero; infinite if there is none.
    negative, zero : rows with incomes below and of zero.
    """

    count: Int[np.ndarray, " domain"]
    sums: CompensatedSum
    lowest: Float[np.ndarray, " domain"]
    highest: Float[np.ndarray, " domain"]
    lowest_positive: Float[np.ndarray, " domain"]
    negative: Int[np.ndarray, " domain"]
    zero: Int[np.ndarray, " domain"]

    @classmethod
    def empty(cls, domains: int) -> Totals:
        """Return the totals of no row."""
        none, no_income = np.zeros(domains, dtype=np.int64), np.full(domains, np.inf)
        sums = CompensatedSum.zero(3, domains)
        return cls(none, sums, no_income, -no_income, no_income, none, none)

    @property
    def weight(self) -> Float[np.ndarray, " domain"]:
        """People the rows stand for."""
        weight: Float[np.ndarray, " domain"] = self.sums.value[0]
        return weight

    @property
    def mean(self) -> Float[np.ndarray, " domain"]:
        """Mean income; missing where a domain has no row."""
        people, money, _ = self.sums.value
        mean = np.full(len(people), np.nan)
        np.divide(money, people, out=mean, where=people > 0)
        return mean

    @property
    def effective_rows(self) -> Float[np.ndarray, " domain"]:
        """``sum(w)**2 / sum(w**2)``."""
        people, _, squares = self.sums.value
        rows = np.zeros(len(people))
        np.divide(people**2, squares, out=rows, where=squares > 0)
        return rows

    def merge(self, other: Totals) -> Totals:
        """Return the totals of both sets of rows."""
        return Totals(
            self.count + other.count,
            self.sums.merge(other.sums),
            np.minimum(self.lowest, other.lowest),
            np.maximum(self.highest, other.highest),
            np.minimum(self.lowest_positive, other.lowest_positive),
            self.negative + other.negative,
            self.zero + other.zero,
        )


def read_totals(source: Source) -> Totals:
    """Return the totals of all domains."""
    domains = len(source.domains)
    total = Totals.empty(domains)
    for block in source.blocks("totals"):
        parts = [
            Totals.empty(1) if rows is None else totals_of(rows.income, rows.weight)
            for rows in block
        ]
        total = total.merge(_side_by_side(parts))
    return total


def totals_of(
    income: Float[np.ndarray, " row"], weight: Float[np.ndarray, " row"] | None
) -> Totals:
    """Return the totals of one domain's rows."""
    if not len(income):
        return Totals.empty(1)
    people = np.ones(1) if weight is None else weight
    times = len(income) if weight is None else 1
    sums = (
        times * people.sum(),
        income.sum() if weight is None else (weight * income).sum(),
        times * (people * people).sum(),
    )
    high = np.array(sums)[:, None]
    lowest = float(income.min())
    positive = lowest if lowest > 0 else float(income[income > 0].min(initial=np.inf))
    return Totals(
        np.array([len(income)]),
        CompensatedSum(high, np.zeros_like(high)),
        np.array([lowest]),
        np.array([income.max()]),
        np.array([positive]),
        np.array([np.count_nonzero(income < 0) if lowest < 0 else 0]),
        np.array([np.count_nonzero(income == 0) if lowest <= 0 else 0]),
    )


def _side_by_side(parts: list[Totals]) -> Totals:
    def joined(name: str) -> np.ndarray:
        return np.concatenate([getattr(part, name) for part in parts])

    high = np.concatenate([part.sums.high for part in parts], axis=1)
    return Totals(
        joined("count"),
        CompensatedSum(high, np.zeros_like(high)),
        joined("lowest"),
        joined("highest"),
        joined("lowest_positive"),
        joined("negative"),
        joined("zero"),
    )
