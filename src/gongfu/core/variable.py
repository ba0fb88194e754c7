"""One entry of the dictionary: what a column means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Aggregation", "Kind", "Variable"]

Kind = Literal["flow", "stock", "rate", "mean", "index", "count", "rule"]
Aggregation = Literal["sum", "population_mean", "none"]


@dataclass(frozen=True, slots=True)
class Variable:
    """Meaning of one variable; drives checks, labels, documentation and the report.

    Parameters
    ----------
    name : spelling used in tables, files and code.
    zh, en : label shown to people.
    unit : published unit, such as ``100m yuan``.
    kind : flow (per year), stock (end of year), rate, mean, index, count, or rule (statute).
    aggregation : how regions combine: ``sum``, ``population_mean``, or ``none`` (they do not).
    price_base : prices money is counted in, or empty for no money.
    vintage : which revision of the national accounts the figures belong to, or empty.
    definition, definition_zh : in words.
    source : key of the publisher, such as ``nbs``; ``gongfu data cite`` writes it out.
    """

    name: str
    zh: str
    en: str
    unit: str
    kind: Kind
    aggregation: Aggregation
    theme: str = ""
    price_base: str = ""
    vintage: str = ""
    definition: str = ""
    source: str = ""
    definition_zh: str = ""

    def label(self, language: str) -> str:
        """Return the label in ``zh`` or ``en``."""
        return self.zh if language == "zh" else self.en

    def define(self, language: str) -> str:
        """Return the definition in ``zh`` or ``en``."""
        return self.definition_zh if language == "zh" else self.definition
