"""What it means to be deprived: indicators with cut-offs and weights, and who counts as poor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

__all__ = ["Comparison", "Deprivation", "DeprivationSpec"]

Comparison = Literal["below", "at_most", "above", "at_least", "one_of"]
"""How an indicator is compared with its cut-off to make somebody deprived."""

Cutoff: TypeAlias = float | tuple[str, ...]
"""A number, or the answers that mean deprivation."""


@dataclass(frozen=True, slots=True)
class Deprivation:
    """One indicator.

    Parameters
    ----------
    name : of the indicator.
    zh, en : shown to people.
    column : of the data.
    comparison, cutoff : deprived is whose value stands in this relation to the cut-off.
    weight : share of all indicators' weights, 0-1; they add up to 1.
    dimension : it belongs to, or empty.
    """

    name: str
    zh: str
    en: str
    column: str
    comparison: Comparison
    cutoff: Cutoff
    weight: float
    dimension: str = ""

    @property
    def words(self) -> str:
        """The rule in a few words, such as ``schooling below 6``."""
        if isinstance(self.cutoff, tuple):
            return f"{self.column} is {' or '.join(self.cutoff)}"
        return f"{self.column} {self.comparison.replace('_', ' ')} {self.cutoff:g}"


@dataclass(frozen=True, slots=True)
class DeprivationSpec:
    """Indicators and the poverty cut-off.

    Parameters
    ----------
    k : share of the weighted indicators, above 0 and at most 1, from which somebody deprived in
        them counts as poor. The smallest weight or less is the union approach, 1 the intersection.
    """

    name: str
    zh: str
    en: str
    k: float
    indicators: tuple[Deprivation, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the data, each once."""
        return tuple(dict.fromkeys(one.column for one in self.indicators))
