"""The grow-divide account: growth of prosperity = growth of the cake + change of its division.

Equally distributed equivalent income ``EDE = mean (1 - I)`` [Atkinson 1970; Sen 1976], so that

    d ln EDE = d ln mean + d ln(1 - I)                                              (E26)

with ``I`` the Gini coefficient (Sen) or Atkinson's index with aversion 1. Between two dates both
terms split exactly, without a residual:

- the cake into growth inside groups and the shift of people between groups (LMDI-I, [Ang 2015]);
- the division, for Atkinson 1, into nested parts, since ln(1 - A1) = -MLD; for the Gini into the
  Dagum parts, each weighted with the logarithmic mean of 1 - G at the two dates.

References
----------
[Atkinson 1970] On the measurement of inequality. Journal of Economic Theory 2(3).
[Sen 1976] Real national income. Review of Economic Studies 43(1).
[Ang 2015] LMDI decomposition approach: a guide for implementation. Energy Policy 86.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from jaxtyping import Shaped

from gongfu.core import Estimate, InputError, Problem
from gongfu.measure.design import estimate
from gongfu.measure.difference import change
from gongfu.measure.grow_divide_parts import Part, cake_parts, division_parts
from gongfu.measure.linearised import Linearised
from gongfu.measure.snapshot import INDICES, Index, Snapshot

__all__ = ["INDICES", "TERMS", "GrowDivide", "Index", "Part", "Snapshot", "Term", "grow_divide"]

Term = Literal["cake", "division", "prosperity"]
TERMS: tuple[Term, ...] = ("cake", "division", "prosperity")
CONVENTION = {
    "gini": "change of ln mean and of ln(1 - Gini), population form; EDE of Sen",
    "atkinson_1": "change of ln mean and of ln(1 - Atkinson(1)); EDE of Atkinson",
}


@dataclass(frozen=True, slots=True)
class GrowDivide:
    """The account between two years, in log points.

    Parameters
    ----------
    index : which inequality divides the cake.
    start, end : years.
    cake : change of the log mean.
    division : change of ln(1 - I); above zero when the cake is divided more equally.
    parts : exact parts of both terms.
    estimates : each term with its error, where the rows were sampled.
    """

    index: Index
    start: int
    end: int
    cake: float
    division: float
    parts: tuple[Part, ...] = ()
    estimates: Mapping[Term, Estimate] = field(default_factory=dict)

    @property
    def prosperity(self) -> float:
        """Log change of the equally distributed equivalent income, (E26)."""
        return self.cake + self.division


def grow_divide(
    start: Snapshot,
    end: Snapshot,
    index: Index,
    by: str = "",
    *,
    same_units: bool = False,
    confidence: float = 0.95,
) -> GrowDivide:
    """Return the account between two snapshots with all its parts.

    Parameters
    ----------
    start, end : incomes in the same prices.
    index : ``gini`` (Sen) or ``atkinson_1``.
    by : the level whose groups the cake's growth and the Gini are split by; the first by default.
    same_units : true where sampled waves revisit the same sampling units.
    confidence : coverage of the intervals of sampled rows.

    Raises
    ------
    InputError
        If the levels of the snapshots differ, or a group stands in one of them only.
    """
    _require_comparable(start, end, by)
    by = by or next(iter(start.levels), "")
    parts = (*cake_parts(start, end, by), *division_parts(start, end, index, by))
    cake = end.log_mean().value - start.log_mean().value
    division = end.log_equality(index).value - start.log_equality(index).value
    estimates = dict(_estimates(start, end, index, same_units, confidence))
    return GrowDivide(index, start.year, end.year, cake, division, parts, estimates)


def _estimates(
    start: Snapshot, end: Snapshot, index: Index, same_units: bool, confidence: float
) -> Iterator[tuple[Term, Estimate]]:
    """Each term with its design-based error; nothing where a year is no sample."""
    if start.design is None or end.design is None:
        return
    before, after = _logs(start, index), _logs(end, index)
    for term in TERMS:
        statistic, design = change(
            (after[term], end.design), (before[term], start.design), same_units=same_units
        )
        yield (
            term,
            estimate(
                statistic,
                design,
                measure=term,
                unit="log change",
                convention=CONVENTION[index],
                confidence=confidence,
                year=end.year,
            ),
        )


def _logs(snapshot: Snapshot, index: Index) -> dict[Term, Linearised]:
    cake, division = snapshot.log_mean(), snapshot.log_equality(index)
    return {"cake": cake, "division": division, "prosperity": cake + division}


def _require_comparable(start: Snapshot, end: Snapshot, by: str) -> None:
    if list(start.levels) != list(end.levels):
        raise InputError(
            Problem(
                "the two years are grouped differently",
                expected=", ".join(start.levels) or "no levels",
                found=", ".join(end.levels) or "no levels",
                fix="Give both years the same levels.",
            )
        )
    if by and by not in start.levels:
        raise InputError(Problem(f"no level {by!r}", expected=", ".join(start.levels)))
    if start.levels:
        _require_same_groups(start.paths()[-1], end.paths()[-1], start.year, end.year)


def _require_same_groups(
    start: Shaped[np.ndarray, " row"], end: Shaped[np.ndarray, " row"], year0: int, year1: int
) -> None:
    only = {year0: np.setdiff1d(start, end), year1: np.setdiff1d(end, start)}
    problems = [
        Problem(f"group {group!r} stands in {year} only", fix="Compare years that have it both.")
        for year, groups in only.items()
        for group in groups
    ]
    if problems:
        raise InputError(problems)
