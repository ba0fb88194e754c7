"""Inequality of rows that need not fit in memory: the same measures, errors and words.

Four passes over the rows: totals; bins and averages; the rows around each quantile; influence
values. Every pass adds up mergeable sums block by block, so memory depends on groups and sampling
units, not on rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

import polars as pl

from gongfu.core import Estimate, Evidence, InputError, Problem
from gongfu.measure.catalogue import INDEX_POINTS, NamedMeasure
from gongfu.measure.large.bins import BINS
from gongfu.measure.large.blocks import Domain, Source
from gongfu.measure.large.checks import check_cells
from gongfu.measure.large.decompositions import Group, Parts, dagum_parts, entropy_parts
from gongfu.measure.large.distribution import Distribution, read_distributions
from gongfu.measure.large.errors import DomainStatistics, UnitSums, read_unit_sums
from gongfu.measure.large.labels import find_coding, find_units
from gongfu.measure.large.measures import (
    TermSpace,
    entropy_term,
    needed_terms,
    needs_ranks,
    probabilities,
    refuse_unknown,
    statistic,
)
from gongfu.measure.large.request import Request
from gongfu.measure.large.speaker import LargeDesign, LargeSpeaker
from gongfu.measure.large.totals import Totals, read_totals
from gongfu.measure.linearised import Linearised
from gongfu.measure.table_estimates import Decomposition, need_words
from gongfu.measure.table_result import InequalityTable, Skipped
from gongfu.measure.table_source import missing_words

__all__ = ["MOST_GROUPS", "large_inequality"]

MOST_GROUPS = 400
"""Groups held at a time: the bins of one take about 5 MB."""


def large_inequality(frame: pl.LazyFrame, request: Request, evidence: Evidence) -> InequalityTable:
    """Return the table of ``inequality`` without reading the rows into memory.

    Raises
    ------
    InputError
        As ``inequality``, and if a grouping has too many groups or a measure needs all rows.
    """
    refuse_unknown(request.measures)
    source, missing = _open(frame, request)
    speaker = _speaker(source, request, evidence)
    known = _distributions(source, read_totals(source), request)
    found = [*_found(source, known, request)]
    split = _parts(source, known, request)
    groups = () if split is None else split.groups
    wanted = [one.statistics for one in found]
    sums: list[UnitSums | None] = [None] * (len(wanted) + len(groups))
    if not request.population:
        sums = [*read_unit_sums(source, [*wanted, *groups])]
    estimates, skipped = _spoken(speaker, found, sums[: len(found)], must=request.must)
    parts = () if split is None else tuple(_part_estimates(speaker, split, known, sums, request))
    notes = tuple(missing_words(missing, source.rows, request.columns.income))
    income, words = request.columns.income, speaker.design_words
    return InequalityTable(income, words, tuple(estimates), parts, tuple(skipped), notes)


def _open(frame: pl.LazyFrame, request: Request) -> tuple[Source, int]:
    columns = request.columns
    rows, missing = check_cells(frame, columns, may_be_negative=request.must)
    named = dict.fromkeys(name for name in (columns.by, *columns.groups) if name is not None)
    groupings = tuple(find_coding(frame, name) for name in named)
    problems = [
        Problem(
            "there are too many groups",
            expected=f"at most {MOST_GROUPS}",
            found=f"{len(coding):,}",
            column=coding.column,
            fix="Name a coarser grouping, or measure parts of the file one after another.",
        )
        for coding in groupings
        if len(coding) > MOST_GROUPS
    ]
    if problems:
        raise InputError(problems)
    units = find_units(frame, columns.strata, columns.psu)
    return Source(frame, columns, rows, groupings, units, request.progress), missing


def _distributions(source: Source, totals: Totals, request: Request) -> list[Distribution | None]:
    terms = needed_terms(request.measures)
    if request.decompose in _ALPHA:
        terms = list(dict.fromkeys([*terms, entropy_term(_ALPHA[request.decompose])]))
    ranked, asked = [], []
    for domain, rows in zip(source.domains, totals.effective_rows.tolist(), strict=True):
        is_shown = _is_shown(source, domain, request)
        by_dagum = request.decompose == "dagum" and _column(source, domain) in (
            None,
            *request.columns.groups,
        )
        ranked.append((is_shown and needs_ranks(request.measures)) or by_dagum)
        asked.append(probabilities(request.measures, rows) if is_shown else [])
    return read_distributions(source, totals, terms, asked, ranked=ranked)


def _column(source: Source, domain: Domain) -> str | None:
    return None if domain.grouping is None else source.groupings[domain.grouping].column


def _is_shown(source: Source, domain: Domain, request: Request) -> bool:
    return _column(source, domain) in (None, request.columns.by)


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """What was asked of one domain: the place of each measure's statistic, or why there is none."""

    domain: Domain
    measures: tuple[tuple[NamedMeasure, int | InputError], ...]
    statistics: DomainStatistics


def _found(
    source: Source, known: Sequence[Distribution | None], request: Request
) -> Iterator[_Found]:
    for place, (domain, rows) in enumerate(zip(source.domains, known, strict=True)):
        if rows is None or not _is_shown(source, domain, request):
            continue
        space = TermSpace.for_measures(len(request.measures))
        outcomes: list[tuple[NamedMeasure, int | InputError]] = []
        statistics: list[Linearised] = []
        for measure in request.measures:
            try:
                statistics.append(statistic(measure, rows, space))
                outcomes.append((measure, len(statistics) - 1))
            except InputError as error:
                if request.must and domain.label is None:
                    raise
                outcomes.append((measure, error))
        whole = DomainStatistics(place, rows, space, tuple(statistics))
        yield _Found(domain, tuple(outcomes), whole)


def _spoken(
    speaker: LargeSpeaker,
    found: Sequence[_Found],
    sums: Sequence[UnitSums | None],
    *,
    must: bool,
) -> tuple[list[Estimate], list[Skipped]]:
    estimates: list[Estimate] = []
    skipped: list[Skipped] = []
    for one, added in zip(found, sums, strict=True):
        for measure, outcome in one.measures:
            try:
                estimates.append(_estimate(speaker, one, measure, outcome, added))
            except InputError as error:
                if must and one.domain.label is None:
                    raise
                skipped.append(Skipped(measure.name, one.domain.label, need_words(error)))
    return estimates, skipped


def _estimate(
    speaker: LargeSpeaker,
    found: _Found,
    measure: NamedMeasure,
    outcome: int | InputError,
    sums: UnitSums | None,
) -> Estimate:
    if isinstance(outcome, InputError):
        raise outcome
    rows = found.statistics.rows
    convention = measure.convention
    if needs_ranks([measure]):
        convention += _sketched(rows)
    return speaker.estimate(
        found.statistics.statistics[outcome].value,
        sums,
        outcome,
        measure=measure.name,
        unit=measure.unit,
        convention=convention,
        n=rows.count,
        group=found.domain.label,
    )


def _sketched(rows: Distribution) -> str:
    bound = 0.0 if rows.ranks is None else rows.ranks.gini_bound
    if not bound:
        return ""
    return f"; Gini from {BINS:,} bins, at most {bound:.0e} from the exact one"


def _parts(source: Source, known: Sequence[Distribution | None], request: Request) -> Parts | None:
    whole, names = known[0], request.columns.groups
    if request.decompose is None or whole is None:
        return None
    levels = [_groups(source, known, name) for name in names]
    if request.decompose == "dagum":
        return dagum_parts(whole, levels[0])
    has_income = pl.col(request.columns.income).cast(pl.Float64).is_not_nan().fill_null(False)
    text = [pl.col(name).cast(pl.String) for name in dict.fromkeys(names)]
    labels = source.frame.filter(has_income).select(text).unique().collect(engine="streaming")
    return entropy_parts(whole, levels, names, labels, alpha=_ALPHA[request.decompose])


def _groups(source: Source, known: Sequence[Distribution | None], column: str) -> list[Group]:
    return [
        Group(domain.label or "", place, rows)
        for place, (domain, rows) in enumerate(zip(source.domains, known, strict=True))
        if rows is not None and _column(source, domain) == column
    ]


def _part_estimates(
    speaker: LargeSpeaker,
    split: Parts,
    known: Sequence[Distribution | None],
    sums: Sequence[UnitSums | None],
    request: Request,
) -> Iterator[Estimate]:
    whole = known[0]
    assert whole is not None
    added = [one for one in sums[len(sums) - len(split.groups) :] if one is not None]
    joined = reduce(UnitSums.merge, added) if added else None
    names, kind = request.columns.groups, request.decompose
    convention = f"decomposition of {kind} by {', then '.join(names)}"
    if kind == "dagum":
        convention = f"Dagum's decomposition of the Gini by {names[0]}, overlap = transvariation"
        convention += _sketched(whole)
    for place, (part, value) in enumerate(zip(split.names, split.values, strict=True)):
        yield speaker.estimate(
            value,
            joined,
            place,
            measure=f"{kind} {part}",
            unit=INDEX_POINTS,
            convention=convention,
            n=whole.count,
        )


def _speaker(source: Source, request: Request, evidence: Evidence) -> LargeSpeaker:
    return LargeSpeaker(
        LargeDesign.read(source.frame, source.units, source.rows, request.lonely),
        request.columns.weight is not None,
        request.confidence,
        request.population,
        evidence,
        request.unit or f"currency of {request.columns.income}",
        request.year,
        request.price_base,
    )


_ALPHA: dict[Decomposition, float] = {"theil": 1.0, "mld": 0.0}
