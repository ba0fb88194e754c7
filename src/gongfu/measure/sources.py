"""Inequality split by source of income, with errors.

References
----------
[Shorrocks 1982] Inequality decomposition by factor components. Econometrica 50(1).
[Lerman-Yitzhaki 1985] Income inequality effects by income source: a new approach and applications
to the United States. Review of Economics and Statistics 67(1).
[Deville 1999] Variance estimation for complex statistics and estimators: linearization and
residual techniques. Survey Methodology 25(2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.measure.divide.ranks import Ranks
from gongfu.measure.linearised import Linearised
from gongfu.measure.mean import mean
from gongfu.measure.sample import Sample

__all__ = ["Source", "SourceSplit", "rank_covariance", "split_by_source"]


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """What one source contributes.

    Parameters
    ----------
    name : of the source.
    share : of all income.
    gini : Gini of the source over all people (above 1 is possible where some of it is negative);
        none where its mean is not above zero.
    correlation : Gini correlation of the source with the rank by total income, -1 to 1; none where
        everybody has the same of it.
    contribution : to the Gini of total income; the contributions add up to it.
    part : of the Gini, ``contribution / Gini``; the parts add up to one.
    marginal : relative change of the Gini when the source grows by 1 % for everybody, per 1 %
        (an elasticity): ``part - share``.
    natural : part of inequality by the rule that follows from [Shorrocks 1982] alone for any
        index: ``cov(source, income) / var(income)``; adds up to one.
    """

    name: str
    share: Linearised
    gini: Linearised | None
    correlation: Linearised | None
    contribution: Linearised
    part: Linearised
    marginal: Linearised
    natural: Linearised


@dataclass(frozen=True, slots=True, eq=False)
class SourceSplit:
    """Inequality of the sum of several sources.

    Parameters
    ----------
    gini : of total income.
    sources : in the order given.
    """

    gini: Linearised
    sources: tuple[Source, ...]


def split_by_source(
    sources: Mapping[str, ArrayLike], weight: ArrayLike | None = None
) -> SourceSplit:
    """Return what each source of income contributes to inequality.

    Parameters
    ----------
    sources : amounts of each row by source, in currency per year; a source may be negative (such
        as taxes), their sum is the income whose inequality is split.
    weight : people each row stands for, above zero; only relative size matters.

    Raises
    ------
    InputError
        If there is no source, a value is missing, lengths differ, the mean of the sum is not above
        zero, or everybody has the same income.

    Notes
    -----
    With F the mid-interval rank by total income y and ``D(v) = 2 cov(v, F)``
    [Lerman-Yitzhaki 1985]::

        G = sum_k D(y_k) / m = sum_k S_k G_k R_k,   S_k = m_k / m
        G_k = 2 cov(y_k, F_k) / m_k,   R_k = D(y_k) / 2 cov(y_k, F_k)

    F_k ranks by the source itself. Each covariance has its influence (``rank_covariance``), all
    else follows by the delta method [Deville 1999].
    """
    rows = _checked(sources, weight)
    total = Sample.of(sum(one.income for one in rows.values()), weight)
    _refuse_flat(total)
    ranks = Ranks.of(total.income)
    whole = _Whole(
        total,
        ranks,
        mean(total),
        rank_covariance(total.income, total, ranks),
        _covariance(total, total),
    )
    return SourceSplit(
        whole.ranked / whole.mean, tuple(_source(name, one, whole) for name, one in rows.items())
    )


def rank_covariance(
    values: Float[np.ndarray, " row"], by: Sample, ranks: Ranks | None = None
) -> Linearised:
    """Return ``2 cov(v, F)`` with F the mid-interval rank of each row by another variable.

    Parameters
    ----------
    values : one a row.
    by : what ranks the rows, and their weights.
    ranks : of ``by``, where the caller has them already.

    Notes
    -----
    ``D = sum(p v (2 F - 1))``. A row's weight moves D by its own term and by the ranks of all rows
    above it: with A the ``p v`` above a row (half of those that tie), the influence is
    ``(v (2 F - 1) + 2 A - m - 2 D) / W``, m the mean of v [Deville 1999].
    """
    ranks = Ranks.of(by.income) if ranks is None else ranks
    people = by.total_weight
    position = 2.0 * ranks.below(by.weight) / people - 1.0
    own = values * position
    value, average = by.average(own), by.average(values)
    above = ranks.above(by.weight * values) / people
    return Linearised(value, (own + 2.0 * above - average - 2.0 * value) / people)


@dataclass(frozen=True, slots=True, eq=False)
class _Whole:
    """Total income: its mean, its covariance with its own rank (twice), and its variance."""

    rows: Sample
    ranks: Ranks
    mean: Linearised
    ranked: Linearised
    variance: Linearised


def _source(name: str, rows: Sample, whole: _Whole) -> Source:
    joint = rank_covariance(rows.income, whole.rows, whole.ranks)
    own = rank_covariance(rows.income, rows)
    amount = mean(rows)
    share, part = amount / whole.mean, joint / whole.ranked
    return Source(
        name=name,
        share=share,
        gini=own / amount if amount.value > 0 else None,
        correlation=joint / own if own.value > 0 else None,
        contribution=joint / whole.mean,
        part=part,
        marginal=part - share,
        natural=_covariance(rows, whole.rows) / whole.variance,
    )


def _covariance(one: Sample, other: Sample) -> Linearised:
    """Return a covariance (divided by all people, not one less) with its influence."""
    products = (one.income - one.mean) * (other.income - other.mean)
    value = one.average(products)
    return Linearised(value, (products - value) / one.total_weight)


def _checked(sources: Mapping[str, ArrayLike], weight: ArrayLike | None) -> dict[str, Sample]:
    if not sources:
        raise InputError(Problem("a split by source needs at least one source"))
    rows = {name: Sample.of(values, weight) for name, values in sources.items()}
    lengths = {name: len(one.income) for name, one in rows.items()}
    if len(set(lengths.values())) > 1:
        found = ", ".join(f"{name} {n}" for name, n in lengths.items())
        raise InputError(Problem("sources differ in length", found=found))
    return rows


def _refuse_flat(total: Sample) -> None:
    if not total.mean > 0:
        raise InputError(
            Problem("the sources must add up to a mean above zero", found=f"{total.mean:g}")
        )
    if total.income.min() == total.income.max():
        raise InputError(Problem("everybody has the same income: there is nothing to split"))
