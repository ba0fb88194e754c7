"""Lines that competition law draws between less and more concentrated markets, with their dates."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

__all__ = ["ConcentrationRule", "load_concentration_rules"]


@dataclass(frozen=True, slots=True)
class ConcentrationRule:
    """One line that a guideline or law draws.

    Parameters
    ----------
    name : key of the rule.
    authority : who set it: ``us``, ``eu``, ``china``, ``germany``.
    measure : ``hhi`` (0-10,000 points) or ``cr1``, ``cr2``, ... (share 0-1).
    threshold : in the unit of the measure.
    strict : true when the value must lie above it, false when reaching it is enough.
    since, until : first day in force and last one; none means still in force.
    zh, en : what crossing it means.
    source : document and article.
    """

    name: str
    authority: str
    measure: str
    threshold: float
    strict: bool
    since: date
    until: date | None
    zh: str
    en: str
    source: str

    def says(self, language: str) -> str:
        """Return what crossing the line means, in ``zh`` or ``en``."""
        return self.zh if language == "zh" else self.en

    def is_crossed(self, value: float) -> bool:
        """Return whether a value crosses the line."""
        return value > self.threshold if self.strict else value >= self.threshold


@cache
def load_concentration_rules() -> tuple[ConcentrationRule, ...]:
    """Return all rules that ship with gongfu, past ones included, in the order of the file."""
    file = resources.files("gongfu.data") / "policy" / "concentration_rules.csv"
    rows = csv.DictReader(file.read_text("utf-8").splitlines())
    return tuple(_rule(row) for row in rows)


def _rule(row: dict[str, str]) -> ConcentrationRule:
    return ConcentrationRule(
        name=row["name"],
        authority=row["authority"],
        measure=row["measure"],
        threshold=float(row["threshold"]),
        strict=row["strict"] == "yes",
        since=date.fromisoformat(row["since"]),
        until=date.fromisoformat(row["until"]) if row["until"] else None,
        zh=row["zh"],
        en=row["en"],
        source=row["source"],
    )
