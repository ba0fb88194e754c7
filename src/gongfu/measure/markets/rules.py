"""Dated thresholds of competition law and what they say of a market.

A rule table is data (``gongfu.data.concentration_rules``); here it meets measured values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from gongfu.data.concentration_rules import ConcentrationRule

__all__ = ["Verdict", "apply_rules", "rules_on"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A rule beside the value it was held against."""

    rule: ConcentrationRule
    value: float
    is_crossed: bool


def rules_on(
    rules: Iterable[ConcentrationRule], day: date, authority: str | None = None
) -> tuple[ConcentrationRule, ...]:
    """Return the rules in force on a day, of one authority or of all.

    Parameters
    ----------
    authority : such as ``us``; none means all.
    """
    return tuple(
        rule
        for rule in rules
        if rule.since <= day
        and (rule.until is None or day <= rule.until)
        and authority in (None, rule.authority)
    )


def apply_rules(
    rules: Iterable[ConcentrationRule], values: Mapping[str, float]
) -> tuple[Verdict, ...]:
    """Return what each rule says of the values that it speaks of.

    Parameters
    ----------
    values : by measure: ``hhi`` in points from 0 to 10,000, ``cr1``, ``cr2`` ... as shares 0-1.
    """
    return tuple(
        Verdict(rule, values[rule.measure], rule.is_crossed(values[rule.measure]))
        for rule in rules
        if rule.measure in values
    )
