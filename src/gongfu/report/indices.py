"""The composite indices of a document, as values: ranks with ranges, choices, checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import polars as pl

from gongfu.report.catalogue import has_text, text
from gongfu.report.document import ResultDocument

__all__ = [
    "CompositeIndex",
    "RankRange",
    "has_indices",
    "indices_of",
    "listed_names",
    "overlapping_pairs",
    "way_label",
]

_NAMED = 3  # places that a sentence names one by one


@dataclass(frozen=True, slots=True)
class RankRange:
    """A place with its index, its rank as stated and the ranks other choices give it."""

    code: str
    value: float
    stated: int
    median: int
    low: int
    high: int
    best: int
    worst: int


@dataclass(frozen=True, slots=True)
class CompositeIndex:
    """One index of a document.

    Parameters
    ----------
    label : in the language asked for; year : of the ranks.
    way : how it was built, in words.
    ways : how many ways of building it the ranges run over; level : share of them in a range.
    ranks : best first.
    """

    name: str
    label: str
    year: int
    way: str
    ways: int
    weight_draws: int
    level: float
    missing: str
    ranks: tuple[RankRange, ...]

    @property
    def third(self) -> int:
        """How many places the first and the last third hold."""
        return max(1, len(self.ranks) // 3)

    @property
    def top(self) -> list[str]:
        """Codes of the places whose range stays within the first third."""
        return [one.code for one in self.ranks if one.high <= self.third]

    @property
    def bottom(self) -> list[str]:
        """Codes of the places whose range stays within the last third."""
        return [one.code for one in self.ranks if one.low > len(self.ranks) - self.third]


def has_indices(document: ResultDocument) -> bool:
    """Whether the document holds indices with their ranks."""
    return all(name in document for name in ("index_setup", "index_values", "index_ranks"))


def indices_of(document: ResultDocument, language: str) -> tuple[CompositeIndex, ...]:
    """Return the indices in the order of the study."""
    setup = document.table("index_setup").rows
    return tuple(_index(document, row, language) for row in setup.iter_rows(named=True))


def overlapping_pairs(ranks: Sequence[RankRange]) -> tuple[int, int]:
    """Return how many pairs of places have ranges that overlap, and how many pairs there are."""
    pairs = list(combinations(ranks, 2))
    met = sum(one.low <= other.high and other.low <= one.high for one, other in pairs)
    return met, len(pairs)


def listed_names(names: Sequence[str], language: str) -> str:
    """Return up to three names as words, more as their number."""
    if not names:
        return text("indices.none", language)
    if len(names) > _NAMED:
        return text("indices.many", language, count=len(names))
    return text("indices.between", language).join(names)


def way_label(level: str, language: str) -> str:
    """Return a level of a choice in words; a reading that a study named keeps its name."""
    key = f"way.{level}"
    return text(key, language) if has_text(key, language) else level


def _index(document: ResultDocument, row: dict[str, Any], language: str) -> CompositeIndex:
    ranks = document.table("index_ranks").rows.filter(pl.col("index") == row["index"])
    fields = ("code", "value", "stated", "median", "low", "high", "best", "worst")
    choices = ("normalisation", "weighting", "aggregation")
    return CompositeIndex(
        name=row["index"],
        label=row[f"label_{language}"],
        year=row["year"],
        way=text(
            "indices.way",
            language,
            **{choice: way_label(row[choice], language) for choice in choices},
        ),
        ways=row["combinations"],
        weight_draws=row["weight_draws"],
        level=row["level"],
        missing=row[f"missing_{language}"],
        ranks=tuple(
            RankRange(**one)
            for one in ranks.select(fields).sort("stated", "median", "code").iter_rows(named=True)
        ),
    )
