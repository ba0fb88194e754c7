"""Second and third pass: the bins, averages and border incomes of each domain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float

from gongfu.measure.large.bins import BinSums, IncomeBins
from gongfu.measure.large.blocks import Block, Source
from gongfu.measure.large.borders import BorderRows, border_bins
from gongfu.measure.large.ranks import FEW_ROWS, ExactRanks, Ranks
from gongfu.measure.large.sums import CompensatedSum
from gongfu.measure.large.terms import RelativeIncomes, Term, term_values
from gongfu.measure.large.totals import Totals

__all__ = [
    "Distribution",
    "Quantile",
    "bins_for",
    "distribution_of",
    "read_distributions",
    "wanted_bins",
    "weighted_sums",
]


class Quantile(NamedTuple):
    """An income, the people below it and the people that have exactly it."""

    value: float
    below: float
    on_it: float


@dataclass(frozen=True, eq=False)
class Distribution:
    """All that the measures of one domain need to know of its incomes.

    Parameters
    ----------
    count : rows.
    weight : people they stand for.
    mean, lowest : incomes.
    effective_rows : ``sum(w)**2 / sum(w**2)``.
    negative, zero : rows with incomes below and of zero.
    averages : weighted mean of each term.
    bins : sums by bin, where a measure needs ranks.
    borders : rows of the bins around the quantiles; all rows of a domain with few.
    """

    count: int
    weight: float
    mean: float
    lowest: float
    effective_rows: float
    negative: int
    zero: int
    averages: dict[Term, float]
    bins: BinSums | None = None
    borders: BorderRows | None = None

    @cached_property
    def ranks(self) -> Ranks | None:
        """Who is poorer than whom: exact for few rows, else from the bins, if there are any."""
        if not self.mean > 0:
            return None
        if self.bins is not None and self.borders is not None and self.count <= FEW_ROWS:
            return ExactRanks.of(self.borders, self.mean)
        return self.bins

    def quantile(self, probability: float) -> Quantile:
        """Return the exact quantile at one of the probabilities asked for."""
        assert self.bins is not None
        assert self.borders is not None
        return Quantile(*self.borders.quantile(self.bins, probability))

    def held_below(self, border: float) -> tuple[float, float]:
        """Return the share of people below an exact income and their ``sum(p r)``."""
        assert self.bins is not None
        assert self.borders is not None
        bins = self.bins
        place = int(bins.bins.place(np.array([border]))[0])
        people = float(bins.weight[:place].sum())
        money = float(bins.excess[:place].sum()) + people
        here = self.borders.income[self.borders.income < border]
        weight = self.borders.weight[: len(here)]
        inside = bins.bins.place(here) == place
        people += float(weight[inside].sum())
        money += float((weight[inside] * here[inside]).sum()) / self.mean
        return people / self.weight, money / self.weight


def read_distributions(
    source: Source,
    totals: Totals,
    terms: Sequence[Term],
    probabilities: Sequence[Sequence[float]],
    *,
    ranked: Sequence[bool],
) -> list[Distribution | None]:
    """Return the distribution of each domain, none for a domain without rows.

    Parameters
    ----------
    terms : whose averages are needed.
    probabilities : of each domain, at which quantiles are needed.
    ranked : domains whose bins are filled, besides those with probabilities.
    """
    ranked = [one or bool(asked) for one, asked in zip(ranked, probabilities, strict=True)]
    if not any(ranked) and not terms:
        return [distribution_of(totals, place, {}) for place in range(len(totals.count))]
    bins, averages = _second_pass(source, totals, terms, ranked)
    wanted = [
        None if sums is None else wanted_bins(sums, asked)
        for sums, asked in zip(bins, probabilities, strict=True)
    ]
    borders: list[BorderRows | None] = [None] * len(bins)
    if any(one is not None and one.any() for one in wanted):
        borders = _third_pass(source, bins, wanted)
    found = []
    for place, (sums, rows) in enumerate(zip(bins, borders, strict=True)):
        mine = dict(zip(terms, averages[place].tolist(), strict=True))
        found.append(distribution_of(totals, place, mine, sums, rows))
    return found


def distribution_of(
    totals: Totals,
    place: int,
    averages: dict[Term, float],
    bins: BinSums | None = None,
    borders: BorderRows | None = None,
) -> Distribution | None:
    """Return what the passes have found about a domain, none for a domain without rows."""
    if not totals.count[place]:
        return None
    return Distribution(
        int(totals.count[place]),
        float(totals.weight[place]),
        float(totals.mean[place]),
        float(totals.lowest[place]),
        float(totals.effective_rows[place]),
        int(totals.negative[place]),
        int(totals.zero[place]),
        averages,
        bins,
        borders,
    )


def _second_pass(
    source: Source, totals: Totals, terms: Sequence[Term], ranked: Sequence[bool]
) -> tuple[list[BinSums | None], Float[np.ndarray, "domain term"]]:
    bins = [bins_for(totals, place) if one else None for place, one in enumerate(ranked)]
    sums = CompensatedSum.zero(len(totals.count), len(terms))
    means = totals.mean
    for block in source.blocks("distribution"):
        part = np.zeros((len(means), len(terms)))
        for place, rows in enumerate(block):
            if rows is None:
                continue
            mine = bins[place]
            if mine is not None:
                bins[place] = mine.add(rows.income, rows.weight)
            part[place] = weighted_sums(rows, float(means[place]), terms)
        sums = sums.plus(part)
    with np.errstate(invalid="ignore"):
        return bins, sums.value / totals.weight[:, None]


def bins_for(totals: Totals, place: int) -> BinSums | None:
    """Return empty bins that hold all incomes of a domain, none for a domain without rows."""
    if not totals.count[place]:
        return None
    lowest, mean = float(totals.lowest[place]), float(totals.mean[place])
    if lowest >= 0:
        lowest = float(totals.lowest_positive[place])
        lowest = 0.0 if np.isinf(lowest) else lowest
    # Incomes below zero may have a mean of zero; only measures without a scale exist for them.
    scale = mean if mean > 0 else 1.0
    return BinSums.empty(IncomeBins.covering(lowest, float(totals.highest[place]), mean), scale)


def weighted_sums(rows: Block, mean: float, terms: Iterable[Term]) -> list[float]:
    """Return the weighted sum of each term over some rows."""
    if not mean > 0:  # no relative income exists, and no measure that needs one
        return [0.0 for _ in terms]
    relative = RelativeIncomes(rows.income, mean)
    values = (term_values(term, relative) for term in terms)
    if rows.weight is None:
        return [float(value.sum()) for value in values]
    return [float((rows.weight * value).sum()) for value in values]


def wanted_bins(sums: BinSums, probabilities: Sequence[float]) -> Bool[np.ndarray, " bin"]:
    """Return the bins whose rows must be known one by one: all of them if they are few."""
    if sums.count <= FEW_ROWS:
        return sums.weight > 0
    return border_bins(sums, list(probabilities))


def _third_pass(
    source: Source,
    bins: Sequence[BinSums | None],
    wanted: Sequence[Bool[np.ndarray, " bin"] | None],
) -> list[BorderRows | None]:
    nothing = BorderRows(np.empty(0), np.empty(0))
    found = [None if sums is None else nothing for sums in bins]
    for block in source.blocks("borders"):
        for place, rows in enumerate(block):
            sums, mine, before = bins[place], wanted[place], found[place]
            if rows is None or sums is None or mine is None or before is None:
                continue
            taken = mine[sums.bins.place(rows.income)]
            income = rows.income[taken]
            weight = np.ones(len(income)) if rows.weight is None else rows.weight[taken]
            found[place] = before.merge(BorderRows.of(income, weight))
    return found
