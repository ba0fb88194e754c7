"""The functions of one income that influence values are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Literal, TypeAlias

import numpy as np
from jaxtyping import Float

from gongfu.measure.large.ranks import Ranks

__all__ = ["Kind", "RelativeIncomes", "Term", "term_values"]

Kind = Literal[
    "one",
    "income",
    "excess",
    "power",
    "times_power",
    "gap",
    "sign",
    "capped",
    "reached",
    "below",
    "own_below",
    "gap_below",
    "log_gap",
]


@dataclass(frozen=True, slots=True)
class Term:
    """One function of an income y and of ``r = y / mean``.

    Parameters
    ----------
    kind : ``one``: 1; ``income``: y; ``excess``: r - 1; ``power``: ``(r**first - 1) / first`` or
        its limit log r; ``times_power``: r times the power of order ``first`` - 1; ``gap``:
        |r - 1|; ``sign``: sign of r - 1; ``capped``: min(r, first); ``reached``: 1 for y below
        ``first``, ``second`` for y equal to it; ``below``: ``sum(p[j] (r - r[j]) for r[j] < r)``;
        ``own_below``: the same among the rows of the own group, relative to their mean;
        ``gap_below``: ``(1 - y / first)**second`` for y below ``first``, else 0; ``log_gap``:
        ``log(first / y)`` for y below ``first``, else 0.
    """

    kind: Kind
    first: float = 0.0
    second: float = 0.0


@dataclass(frozen=True, eq=False)
class RelativeIncomes:
    """Incomes of a block with what several terms share.

    Parameters
    ----------
    mean : income that counts as 1.
    ranks : of the rows the mean is of.
    own_mean, own_ranks : of the group all these rows are in.
    """

    income: Float[np.ndarray, " row"]
    mean: float
    ranks: Ranks | None = None
    own_mean: float = 1.0
    own_ranks: Ranks | None = None

    @cached_property
    def relative(self) -> Float[np.ndarray, " row"]:
        """Income as a multiple of the mean."""
        return self.income / self.mean

    @cached_property
    def excess(self) -> Float[np.ndarray, " row"]:
        """``r - 1``."""
        return self.relative - 1.0

    @cached_property
    def log(self) -> Float[np.ndarray, " row"]:
        """``log r``; minus infinity for an income of zero, missing below."""
        with np.errstate(divide="ignore", invalid="ignore"):
            log: Float[np.ndarray, " row"] = np.log(self.relative)
        return log


def term_values(term: Term, rows: RelativeIncomes) -> Float[np.ndarray, " row"]:
    """Return the values of a term, one a row."""
    return _KINDS[term.kind](term, rows)


_Values: TypeAlias = Callable[[Term, RelativeIncomes], Float[np.ndarray, " row"]]


def _power(rows: RelativeIncomes, power: float) -> Float[np.ndarray, " row"]:
    if power == 0:
        return rows.log
    scaled: Float[np.ndarray, " row"] = np.expm1(power * rows.log) / power
    return scaled


def _times_power(term: Term, rows: RelativeIncomes) -> Float[np.ndarray, " row"]:
    with np.errstate(invalid="ignore"):
        product: Float[np.ndarray, " row"] = rows.relative * _power(rows, term.first - 1)
    product[rows.relative == 0] = 0.0  # the limit, where 0 * inf is not
    return product


def _below(_: Term, rows: RelativeIncomes) -> Float[np.ndarray, " row"]:
    assert rows.ranks is not None
    return rows.ranks.below(rows.income, rows.excess)


def _own_below(_: Term, rows: RelativeIncomes) -> Float[np.ndarray, " row"]:
    assert rows.own_ranks is not None
    return rows.own_ranks.below(rows.income, rows.income / rows.own_mean - 1.0)


def _reached(term: Term, rows: RelativeIncomes) -> Float[np.ndarray, " row"]:
    reached = (rows.income < term.first).astype(np.float64)
    if term.second:
        reached += term.second * (rows.income == term.first)
    return reached


def _gap_below(term: Term, rows: RelativeIncomes) -> Float[np.ndarray, " row"]:
    poor = rows.income < term.first
    gap = np.where(poor, 1.0 - rows.income / term.first, 0.0)
    powers: Float[np.ndarray, " row"] = gap**term.second if term.second else poor * 1.0
    return powers


def _log_gap(term: Term, rows: RelativeIncomes) -> Float[np.ndarray, " row"]:
    with np.errstate(divide="ignore", invalid="ignore"):
        gap = np.log(term.first / rows.income)
    return np.where(rows.income < term.first, gap, 0.0)


_KINDS: Mapping[Kind, _Values] = MappingProxyType(
    {
        "one": lambda _, rows: np.ones(len(rows.income)),
        "income": lambda _, rows: rows.income,
        "excess": lambda _, rows: rows.excess,
        "power": lambda term, rows: _power(rows, term.first),
        "times_power": _times_power,
        "gap": lambda _, rows: np.abs(rows.excess),
        "sign": lambda _, rows: np.sign(rows.excess),
        "capped": lambda term, rows: np.minimum(rows.relative, term.first),
        "reached": _reached,
        "below": _below,
        "own_below": _own_below,
        "gap_below": _gap_below,
        "log_gap": _log_gap,
    }
)
