"""Inequality of a dataframe's rows: measures with errors, by group, with decompositions."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence

from narwhals.typing import IntoFrame

from gongfu.core import InputError, Microdata, Problem
from gongfu.core.errors import nearest_name
from gongfu.measure.catalogue import DEFAULT_MEASURES, named_measures
from gongfu.measure.design import Lonely
from gongfu.measure.table_estimates import DECOMPOSITIONS, Decomposition, measured, parts
from gongfu.measure.table_result import InequalityTable
from gongfu.measure.table_rows import Columns, refuse_negative_incomes
from gongfu.measure.table_source import confidence_problems, missing_note, open_source

__all__ = ["inequality"]


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

    Raises
    ------
    InputError
        With every problem of the columns, the arguments and the design.
    """
    given = Columns(income, weight, strata, psu, by, _names(groups))
    chosen = named_measures(DEFAULT_MEASURES if measures is None else measures)
    _check(given, decompose, confidence)
    source = open_source(frame, given, population=population)
    if measures is None:
        refuse_negative_incomes(source.table, source.columns)
    speaker = source.speaker(
        confidence=confidence,
        lonely=lonely,
        population=population,
        unit=unit,
        year=year,
        price_base=price_base,
    )
    estimates, skipped = measured(speaker, chosen, must=measures is not None)
    split = () if decompose is None else tuple(parts(speaker, given.groups, decompose))
    notes = tuple(missing_note(speaker.rows, income))
    for note in notes:
        warnings.warn(note, stacklevel=2)
    return InequalityTable(
        income, speaker.design_words, tuple(estimates), split, tuple(skipped), notes, source.backend
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
