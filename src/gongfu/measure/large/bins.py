"""A sketch of a distribution: 65,536 bins of income that partitions fill and merge.

References
----------
[Deville 1999] Variance estimation for complex statistics and estimators: linearization and
residual techniques. Survey Methodology 25(2).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from jaxtyping import Float, Int

from gongfu.core import InputError, Problem

__all__ = ["BINS", "BinSums", "IncomeBins"]

BINS: Final = 1 << 16

_SPECIAL = 2
"""The first bin holds incomes of exactly zero, the second those between zero and the floor."""

_FLOOR = 2.0**-24
"""Incomes below this part of the mean share one bin: all of them are next to nothing."""


@dataclass(frozen=True, slots=True)
class IncomeBins:
    """Borders of the bins, finer where incomes are low: a constant number per doubling of income.

    Parameters
    ----------
    base, cut : a positive number's bits, read as an integer and cut by ``cut`` bits, less ``base``
        are its bin.
    offset : added to incomes first, so that all are positive where some are below zero.

    Notes
    -----
    The bits of positive floating-point numbers grow with the number, and evenly inside each
    doubling. The bins therefore need no search, and no logarithm, to be found.
    """

    base: int
    cut: int
    offset: float = 0.0

    @classmethod
    def covering(cls, lowest: float, highest: float, mean: float) -> IncomeBins:
        """Return the finest bins that hold all incomes between two bounds.

        Parameters
        ----------
        lowest, highest : bounds of the incomes; where none is below zero, ``lowest`` is the lowest
            one above zero.
        mean : mean income, or a guess at it.
        """
        offset = 0.0 if lowest >= 0 else max(highest - lowest, -lowest) - lowest
        low, high = lowest + offset, highest + offset
        if not offset:
            low = max(low, mean * _FLOOR)
        if not low > 0:
            low = high = 1.0
        first, last = _bits(low), _bits(max(low, high))
        cut = 0
        while (last >> cut) - (first >> cut) + _SPECIAL >= BINS:
            cut += 1
        return cls((first >> cut) - _SPECIAL, cut, offset)

    def place(self, income: Float[np.ndarray, " row"]) -> Int[np.ndarray, " row"]:
        """Return the bin of each income, 0 to ``BINS - 1``.

        Raises
        ------
        InputError
            If an income lies above the bins, or below zero where they begin there.
        """
        shifted = income + self.offset if self.offset else income
        bits = np.ascontiguousarray(shifted).view(np.int64)
        bins = bits >> self.cut
        bins -= self.base
        if len(bins) and not (bins.max() < BINS and shifted.min() >= 0):
            raise InputError(
                Problem(
                    "incomes lie outside the bins",
                    found=f"from {income.min():g} to {income.max():g}",
                    fix="Take the bins that cover the lowest and highest income of all parts.",
                )
            )
        if len(bins) and bins.min() < _SPECIAL:
            np.maximum(bins, bits != 0, out=bins)
        return bins

    @property
    def edges(self) -> Float[np.ndarray, " edge"]:
        """Lower border of each bin and the upper one of the last, as incomes."""
        bits = (np.arange(BINS + 1, dtype=np.int64) + self.base) << self.cut
        edges = np.zeros(BINS + 1)
        edges[_SPECIAL:] = bits[_SPECIAL:].view(np.float64)
        return edges - self.offset


@dataclass(frozen=True, eq=False)
class BinSums:
    """What the rows of each bin add up to, and the Gini that follows.

    Parameters
    ----------
    bins : the borders; only sums over the same bins merge.
    scale : income that counts as 1, at best the mean.
    count : rows.
    weight, excess : ``sum(w)`` and ``sum(w (y / scale - 1))``.
    squared_weight, squared_excess : the same with ``w**2`` for ``w``.
    """

    bins: IncomeBins
    scale: float
    count: int
    weight: Float[np.ndarray, " bin"]
    excess: Float[np.ndarray, " bin"]
    squared_weight: Float[np.ndarray, " bin"]
    squared_excess: Float[np.ndarray, " bin"]

    @classmethod
    def empty(cls, bins: IncomeBins, scale: float) -> BinSums:
        """Return the sums of no row."""
        return cls(bins, scale, 0, *(np.zeros(BINS) for _ in range(4)))

    def add(
        self, income: Float[np.ndarray, " row"], weight: Float[np.ndarray, " row"] | None
    ) -> BinSums:
        """Return the sums with one more block of rows; these sums must not be used again.

        The arrays are handed on and filled in place: copies for each block would cost more than
        the block.
        """
        place = self.bins.place(income)
        excess = income / self.scale
        excess -= 1.0
        if weight is None:
            self._add_equal(place, excess)
        else:
            excess *= weight
            self.weight[:] += np.bincount(place, weight, BINS)
            self.excess[:] += np.bincount(place, excess, BINS)
            excess *= weight
            self.squared_excess[:] += np.bincount(place, excess, BINS)
            self.squared_weight[:] += np.bincount(place, weight * weight, BINS)
        return BinSums(
            self.bins,
            self.scale,
            self.count + len(income),
            self.weight,
            self.excess,
            self.squared_weight,
            self.squared_excess,
        )

    def _add_equal(self, place: Int[np.ndarray, " row"], excess: Float[np.ndarray, " row"]) -> None:
        people, amount = np.bincount(place, minlength=BINS), np.bincount(place, excess, BINS)
        for sums, part in (
            (self.weight, people),
            (self.squared_weight, people),
            (self.excess, amount),
            (self.squared_excess, amount),
        ):
            sums[:] += part

    def merge(self, other: BinSums) -> BinSums:
        """Return the sums of both sets of rows.

        Raises
        ------
        InputError
            If they have other bins or another scale.
        """
        if (self.bins, self.scale) != (other.bins, other.scale):
            raise InputError(
                Problem(
                    "sums over different bins do not merge",
                    expected=f"{self.bins}, scale {self.scale!r}",
                    found=f"{other.bins}, scale {other.scale!r}",
                    fix="Fill every part with the same bins and scale.",
                )
            )
        return BinSums(
            self.bins,
            self.scale,
            self.count + other.count,
            self.weight + other.weight,
            self.excess + other.excess,
            self.squared_weight + other.squared_weight,
            self.squared_excess + other.squared_excess,
        )

    @cached_property
    def total_weight(self) -> float:
        """People all rows stand for."""
        return float(self.weight.sum())

    @cached_property
    def share(self) -> Float[np.ndarray, " bin"]:
        """Share of people in each bin."""
        share: Float[np.ndarray, " bin"] = self.weight / self.total_weight
        return share

    @cached_property
    def share_below(self) -> Float[np.ndarray, " bin"]:
        """Share of people below each bin."""
        below: Float[np.ndarray, " bin"] = np.cumsum(self.share) - self.share
        return below

    @cached_property
    def mean(self) -> float:
        """Mean of ``y / scale``; 1 where the scale is the mean."""
        return 1.0 + float(self.excess.sum()) / self.total_weight

    @cached_property
    def relative_excess(self) -> Float[np.ndarray, " bin"]:
        """``sum(p (r - 1))`` of each bin, r relative to the mean of these rows."""
        # (y / s - 1) / mean - (1 - 1 / mean), so that few digits cancel when the scale is the mean.
        shift = (1.0 - self.mean) / self.mean
        excess: Float[np.ndarray, " bin"]
        excess = self.excess / (self.mean * self.total_weight) + shift * self.share
        return excess

    @cached_property
    def edges(self) -> Float[np.ndarray, " edge"]:
        """Borders of the bins relative to the mean, less 1."""
        return self.bins.edges / (self.scale * self.mean) - 1.0

    @property
    def gini(self) -> float:
        """The Gini coefficient, at most ``gini_bound`` from the exact one.

        Notes
        -----
        Pairs of rows in different bins count exactly. For rows of one bin with share p, mean c and
        borders a, b the sum over pairs lies between 0 and ``p**2 (c - a) (b - c) / (b - a)``, as
        nothing is more unequal than all rows on the borders; evenly spread rows have two thirds of
        it, less the pairs of a row with itself. That is what is added.
        """
        below, above = self.share_below, self._excess_below
        between = float(np.sum(self.relative_excess * below - self.share * above))
        return between + float(np.sum(2 / 3 * self._most_inside * self._distinct))

    @property
    def gini_bound(self) -> float:
        """Largest possible distance between ``gini`` and the Gini of the rows."""
        added = 2 / 3 * self._distinct
        return float(np.sum(self._most_inside * np.maximum(added, 1 - added)))

    @property
    def gini_standard_error(self) -> float:
        """Standard error of ``gini`` for rows sampled one by one [Deville 1999]."""
        used = np.flatnonzero(self.weight)
        weight, share = self.squared_weight[used], self.share[used]
        place = (self.squared_excess[used] / weight + 1.0) / self.mean - 1.0
        middle = self.relative_excess[used] / share
        # Inside a bin the rank grows evenly with income: half of the bin lies below its middle.
        rank = self.share_below[used] + share / 2 * self._distinct[used]
        height = self.share_below[used] * middle - self._excess_below[used]
        below = height + self._inside(used) + rank * (place - middle)
        influence = 2 * below - 2 * self.gini - (1 + self.gini) * place
        total = float(np.sum(weight * influence**2)) / self.total_weight**2
        return float(np.sqrt(total * self.count / (self.count - 1)))

    def below(
        self, income: Float[np.ndarray, " row"], excess: Float[np.ndarray, " row"]
    ) -> Float[np.ndarray, " row"]:
        """Return ``q = sum(p[j] (r[i] - r[j]) for r[j] < r[i])`` for some rows.

        Parameters
        ----------
        income : of rows that lie inside the bins.
        excess : the same relative to the mean, less 1.

        Notes
        -----
        Exact at the borders of each bin; inside, the rows of the bin count as evenly spread.
        """
        share, offset, curve = self._below_terms
        place = self.bins.place(income)
        gap = excess - self.edges[place]
        below: Float[np.ndarray, " row"]
        below = share[place] * excess - offset[place] + curve[place] * gap * gap
        return below

    @cached_property
    def _below_terms(self) -> tuple[Float[np.ndarray, " bin"], ...]:
        width = np.diff(self.edges)
        curve = np.zeros(BINS)
        np.divide(self.share / 2, width, out=curve, where=(width > 0) & (self._distinct > 0))
        return self.share_below, self._excess_below, curve

    @cached_property
    def _excess_below(self) -> Float[np.ndarray, " bin"]:
        below: Float[np.ndarray, " bin"] = np.cumsum(self.relative_excess) - self.relative_excess
        return below

    @cached_property
    def _distinct(self) -> Float[np.ndarray, " bin"]:
        """Part of the pairs of a bin that are not a row with itself."""
        alone = np.ones(BINS)
        np.divide(self.squared_weight, self.weight**2, out=alone, where=self.weight > 0)
        alone[alone > 1.0 - 1e-12] = 1.0  # a single row, but for rounding
        distinct: Float[np.ndarray, " bin"] = 1.0 - alone
        return distinct

    @cached_property
    def _most_inside(self) -> Float[np.ndarray, " bin"]:
        width, share = np.diff(self.edges), self.share
        middle = np.zeros(BINS)
        np.divide(self.relative_excess, share, out=middle, where=share > 0)
        reach = np.clip((middle - self.edges[:-1]) * (self.edges[1:] - middle), 0.0, None)
        most = np.zeros(BINS)
        np.divide(share**2 * reach, width, out=most, where=(width > 0) & (self._distinct > 0))
        return most

    def _inside(self, used: Int[np.ndarray, " some"]) -> Float[np.ndarray, " some"]:
        """Return ``sum(p[j] (c - r[j]))`` over the lower half of each bin, c its middle."""
        width = np.diff(self.edges)[used]
        part: Float[np.ndarray, " some"] = self.share[used] * self._distinct[used] * width / 8
        return part


def _bits(number: float) -> int:
    return int(np.float64(number).view(np.int64))
