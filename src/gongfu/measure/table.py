"""Inequality of a dataframe's rows: measures with errors, by group, with decompositions."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence

import polars as pl
from narwhals.typing import IntoFrame

from gongfu.core import Estimate, InputError, Microdata, Problem
from gongfu.core.errors import nearest_name
from gongfu.core.panel import as_polars
from gongfu.measure.catalogue import DEFAULT_MEASURES, named_measures
from gongfu.measure.design import Lonely
from gongfu.measure.large.blocks import Progress
from gongfu.measure.large.request import Request
from gongfu.measure.large.table import large_inequality
from gongfu.measure.table_estimates import DECOMPOSITIONS, Decomposition, measured, parts
from gongfu.measure.table_result import InequalityTable
from gongfu.measure.table_rows import Columns, refuse_negative_incomes
from gongfu.measure.table_source import (
    confidence_problems,
    design_columns,
    evidence_of,
    missing_note,
    open_source,
)

__all__ = ["IN_MEMORY", "inequality"]

IN_MEMORY = 5_000_000
"""Rows of a lazy frame up to which it is read into memory; more are passed over in blocks."""


def inequality(
    frame: IntoFrame | Microdata,
    income: str,
    *,
    weight: str | None = None,
    strata: str | None = None,
    psu: str | None = None,
    by: str | None = None,
    groups: str | Sequence[str] = (),
    decompose: Decomposition | None = None,
    measures: Sequence[str] | None = None,
    confidence: float = 0.95,
    lonely: Lonely = "error",
    population: bool = False,
    unit: str | None = None,
    year: int | None = None,
    price_base: str | None = None,
    stream: bool | None = None,
    progress: Progress | None = None,
) -> InequalityTable:
    """Return inequality measures of an income column with standard errors and intervals.

    Parameters
    ----------
    frame : pandas, Polars, Arrow or any frame narwhals reads, or ``Microdata`` (whose weight and
        design are used); one row a person or household.
    income : column of incomes. Rows without one are left out, with a warning that counts them.
    weight, strata, psu : columns of the sampling design; without them the rows count as a simple
        random sample, and the convention says so.
    by : column whose groups get their own estimates, as domains of the whole sample.
    groups, decompose : split the Gini (``dagum``, one grouping) or Theil's index (``theil``) or the
        mean log deviation (``mld``, nested groupings from coarse to fine) by these columns.
    measures : names such as ``gini``, ``atkinson(0.5)``, ``p90/p10``, ``share(90,100)``. By default
        ten measures, less those that the rows cannot support; a measure asked for by name must be
        possible over all rows. Incomes below zero need measures asked for by name.
    confidence : coverage of the intervals, 0-1.
    lonely : what a stratum with a single PSU contributes: ``error``, ``centre`` or ``certainty``.
    population : true when the rows are all there are (such as 31 provinces): no sampling error.
    unit, year, price_base : what the income is counted in; printed with the estimates.
    stream : pass over the rows block by block instead of reading them into memory; if not given,
        for a lazy Polars frame or ``Microdata`` of more than ``IN_MEMORY`` rows.
    progress : told the name of each pass over streamed rows and the part of it that is done.

    Raises
    ------
    InputError
        With every problem of the columns, the arguments and the design.
    """
    given = Columns(income, weight, strata, psu, by, _names(groups))
    chosen = named_measures(DEFAULT_MEASURES if measures is None else measures)
    _check(given, decompose, confidence)
    request = Request(
        columns=design_columns(frame, given),
        measures=tuple(chosen),
        must=measures is not None,
        decompose=decompose,
        confidence=confidence,
        lonely=lonely,
        population=population,
        unit=unit,
        year=year,
        price_base=price_base,
        progress=progress,
    )
    lazy = _to_stream(frame, stream)
    if lazy is None:
        table = _in_memory(frame, request)
    else:
        table = large_inequality(lazy, request, evidence_of(frame, population))
    for note in table.warnings:
        warnings.warn(note, stacklevel=2)
    return table


def _to_stream(frame: IntoFrame | Microdata, stream: bool | None) -> pl.LazyFrame | None:
    native = frame.frame if isinstance(frame, Microdata) else frame
    if isinstance(native, pl.LazyFrame):
        if stream is None:
            stream = int(native.select(pl.len()).collect().item()) > IN_MEMORY
        return native if stream else None
    return as_polars(native).lazy() if stream else None


def _in_memory(frame: IntoFrame | Microdata, request: Request) -> InequalityTable:
    source = open_source(frame, request.columns, population=request.population)
    columns = source.columns
    if not request.must:
        refuse_negative_incomes(source.table, columns)
    speaker = source.speaker(
        confidence=request.confidence,
        lonely=request.lonely,
        population=request.population,
        unit=request.unit,
        year=request.year,
        price_base=request.price_base,
    )
    estimates, skipped = measured(speaker, request.measures, must=request.must)
    split: tuple[Estimate, ...] = ()
    if request.decompose is not None:
        split = tuple(parts(speaker, columns.groups, request.decompose))
    return InequalityTable(
        columns.income,
        speaker.design_words,
        tuple(estimates),
        split,
        tuple(skipped),
        tuple(missing_note(speaker.rows, columns.income)),
        source.backend,
    )


def _names(groups: str | Sequence[str]) -> tuple[str, ...]:
    return (groups,) if isinstance(groups, str) else tuple(groups)


def _check(columns: Columns, decompose: Decomposition | None, confidence: float) -> None:
    problems = [*_argument_problems(columns, decompose, confidence)]
    if problems:
        raise InputError(problems)


def _argument_problems(
    columns: Columns, decompose: Decomposition | None, confidence: float
) -> Iterator[Problem]:
    yield from confidence_problems(confidence)
    if decompose not in (None, *DECOMPOSITIONS):
        yield Problem(
            f"no decomposition {decompose!r}",
            expected=f"one of {', '.join(DECOMPOSITIONS)}",
            fix=nearest_name(str(decompose), DECOMPOSITIONS),
        )
    if (decompose is None) != (not columns.groups):
        yield Problem(
            "groups and decompose belong together",
            fix="Name the columns to decompose by and what to decompose: dagum, theil or mld.",
        )
    if decompose == "dagum" and len(columns.groups) > 1:
        yield Problem("dagum takes one grouping", found=", ".join(columns.groups))
