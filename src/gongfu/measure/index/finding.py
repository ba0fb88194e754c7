"""One check of an index: what was looked at, what it showed, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

__all__ = ["Finding", "Limits", "Outcome", "Say"]

Outcome: TypeAlias = Literal["clean", "found", "not possible"]


@dataclass(frozen=True, slots=True)
class Limits:
    """From where a check speaks up; conventions of this audit, shown beside every result.

    Parameters
    ----------
    level_share : part of the weight on totals that grow with the size of a region.
    size_correlation : rank correlation of the index with population, in size, mean of the years.
    inequality_weight : weight that all inequality indicators together should at least have.
    noise_share : part of the differences between units that comes and goes within three years, in
        the indicators with the largest weight.
    weight_gap : distance between nominal and effective weight.
    cut_share : part of the figures at or beyond a fixed bound.
    revision : change of a past value of the index.
    constant_match : distance of stated weights to those of a wrong entropy constant.
    jump : change of all units in one year against that of the other years.
    """

    level_share: float = 0.5
    size_correlation: float = 0.7
    inequality_weight: float = 0.02
    noise_share: float = 0.1
    weight_gap: float = 0.25
    cut_share: float = 0.05
    revision: float = 1e-9
    constant_match: float = 0.005
    jump: float = 4.0


@dataclass(frozen=True, slots=True)
class Say:
    """A sentence in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check.

    Parameters
    ----------
    check : name of the check, such as ``size-driven``.
    outcome : ``clean``, ``found`` or, where figures are missing, ``not possible``.
    says : what the figures show, in a sentence.
    evidence : the numbers behind it.
    limits : the threshold of each number that has one.
    fix : the next step where something was found, or what a check needs that was not possible.
    citation : who describes the fault.
    """

    check: str
    outcome: Outcome
    says: Say
    evidence: Mapping[str, float]
    limits: Mapping[str, float]
    fix: Say
    citation: str

    def to_dict(self) -> dict[str, object]:
        """Return plain JSON values."""
        return {
            "check": self.check,
            "outcome": self.outcome,
            "says": {"zh": self.says.zh, "en": self.says.en},
            "evidence": dict(self.evidence),
            "limits": dict(self.limits),
            "fix": {"zh": self.fix.zh, "en": self.fix.en},
            "citation": self.citation,
        }
