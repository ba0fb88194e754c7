"""Poverty of a dataframe's rows: under one line or several, by group, with errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Bool
from narwhals.typing import IntoFrame

from gongfu.core import Estimate, InputError, Microdata, Problem
from gongfu.measure.design import Lonely
from gongfu.measure.estimate_table import EstimateTable
from gongfu.measure.linearised import Linearised
from gongfu.measure.named_measure import MONEY, SHARE
from gongfu.measure.poverty.kinds import DEFAULT_KINDS, PovertyKind, poverty_kind
from gongfu.measure.poverty.line import Line, PovertyLine, read_line
from gongfu.measure.table_estimates import Speaker, domains, need_words, sample_of
from gongfu.measure.table_result import Skipped
from gongfu.measure.table_rows import Columns
from gongfu.measure.table_source import confidence_problems, missing_note, open_source

__all__ = ["poverty"]


def poverty(
    frame: IntoFrame | Microdata,
    income: str,
    *,
    line: Line | Sequence[Line],
    weight: str | None = None,
    strata: str | None = None,
    psu: str | None = None,
    by: str | None = None,
    measures: Sequence[str] | None = None,
    confidence: float = 0.95,
    lonely: Lonely = "error",
    population: bool = False,
    unit: str | None = None,
    year: int | None = None,
    price_base: str | None = None,
) -> EstimateTable:
    """Return poverty measures of an income column with standard errors and intervals.

    Parameters
    ----------
    frame, income, weight, strata, psu, confidence, lonely, population, unit, year, price_base : as
        for ``gongfu.inequality``.
    line : one line or several: amounts in the currency of the incomes, or ``60%median``,
        ``50%mean``. A relative line is estimated once from all rows and holds for every group; its
        error is in the errors of all of them.
    by : column whose groups get their own estimates. The shares of the groups in additive measures
        (FGT, Watts) are then the ``parts`` of the table.
    measures : ``headcount``, ``gap``, ``severity``, ``watts``, ``sen``, ``sst``, ``fgt(3)``. By
        default the first six, less those that the rows cannot support; a measure asked for by name
        must be possible over all rows.

    Raises
    ------
    InputError
        With every problem of the columns, the lines, the measures and the design.
    """
    lines, kinds = _asked(line, measures, confidence)
    source = open_source(frame, Columns(income, weight, strata, psu, by), population=population)
    speaker = source.speaker(
        confidence=confidence,
        lonely=lonely,
        population=population,
        unit=unit,
        year=year,
        price_base=price_base,
    )
    found = _Found()
    for drawn in lines:
        _measure(_Drawn.among(speaker, drawn), kinds, found, must=measures is not None)
    return EstimateTable(
        "Poverty",
        income,
        speaker.design_words,
        tuple(sorted(found.estimates, key=_group)),
        tuple(found.parts),
        tuple(found.skipped),
        tuple(missing_note(speaker.rows, income)),
        source.backend,
    )


def _group(found: Estimate) -> tuple[bool, str]:
    return found.group is not None, found.group or ""


def _asked(
    line: Line | Sequence[Line], measures: Sequence[str] | None, confidence: float
) -> tuple[list[PovertyLine], list[PovertyKind]]:
    wanted = [line] if isinstance(line, str | float | int | PovertyLine) else list(line)
    problems, lines = [*confidence_problems(confidence)], []
    for one in wanted:
        try:
            lines.append(read_line(one))
        except InputError as error:
            problems += error.problems
    if not wanted:
        problems.append(Problem("poverty needs a line", fix="Give 12000, 60%median or 50%mean."))
    found = [poverty_kind(name) for name in (DEFAULT_KINDS if measures is None else measures)]
    problems += [kind for kind in found if isinstance(kind, Problem)]
    if problems:
        raise InputError(problems)
    return lines, [kind for kind in found if isinstance(kind, PovertyKind)]


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    estimates: list[Estimate] = field(default_factory=list)
    parts: list[Estimate] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class _Drawn:
    """A line among the rows; ``value`` has the influence of all of them."""

    speaker: Speaker
    line: PovertyLine
    value: Linearised

    @classmethod
    def among(cls, speaker: Speaker, line: PovertyLine) -> _Drawn:
        everybody = speaker.rows.has_income
        value = line.of(sample_of(speaker.rows, everybody))
        return cls(speaker, line, value.in_domain(everybody))

    def estimate(self) -> Estimate:
        return self.speaker.estimate_of_all(
            self.value,
            self.speaker.rows.has_income,
            measure=f"line({self.line.name})",
            unit=MONEY,
            convention=f"{100 * self.line.number:g} % of the weighted {self.line.base}",
        )

    def poverty(
        self,
        kind: PovertyKind,
        found: Linearised,
        member: Bool[np.ndarray, " row"],
        group: str | None,
    ) -> Estimate:
        return self.speaker.estimate_of_all(
            found,
            member,
            measure=kind.under(self.line),
            unit=kind.unit,
            convention=f"{kind.convention}; {self.line.words}",
            group=group,
        )

    def share(self, kind: PovertyKind, part: Linearised, group: str) -> Estimate:
        return self.speaker.estimate_of_all(
            part,
            self.speaker.rows.has_income,
            measure=f"{kind.under(self.line)} in {group}",
            unit=SHARE,
            convention="share of the group in poverty: its share of people times its poverty",
            group=group,
        )


def _measure(drawn: _Drawn, kinds: Sequence[PovertyKind], out: _Found, *, must: bool) -> None:
    if drawn.line.base != "amount":
        out.estimates.append(drawn.estimate())
    rows = drawn.speaker.rows
    for kind in kinds:
        whole = None
        for group, member in domains(rows):
            try:
                at = kind.at(sample_of(rows, member), drawn.value.value)
                found = at.under(drawn.value, member)
                out.estimates.append(drawn.poverty(kind, found, member, group))
            except InputError as error:
                if must and group is None:
                    raise
                out.skipped.append(Skipped(kind.under(drawn.line), group, need_words(error)))
                continue
            if group is None:
                whole = found
            elif kind.is_additive and whole is not None and whole.value > 0:
                part = _people(drawn.speaker, member) * found / whole
                out.parts.append(drawn.share(kind, part, group))


def _people(speaker: Speaker, member: Bool[np.ndarray, " row"]) -> Linearised:
    """Return the share of people in a group, with the influence of every row."""
    everybody = speaker.rows.has_income
    inside = sample_of(speaker.rows, everybody)
    is_member = member[everybody].astype(np.float64)
    share = inside.average(is_member)
    influence = (is_member - share) / inside.total_weight
    return Linearised(share, influence).in_domain(everybody)
