"""The grow-divide account of any dataframe with incomes of two years."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
from narwhals.typing import IntoFrame

from gongfu.core import InputError, Microdata, Problem
from gongfu.measure.design import Lonely
from gongfu.measure.grow_divide import GrowDivide, grow_divide
from gongfu.measure.snapshot import Index, Snapshot
from gongfu.measure.table_rows import Columns, read_rows, select_columns

__all__ = ["grow_divide_frame"]


def grow_divide_frame(
    frame: IntoFrame | Microdata,
    income: str,
    *,
    year: str,
    start: int,
    end: int,
    weight: str | None = None,
    strata: str | None = None,
    psu: str | None = None,
    levels: Sequence[str] = (),
    by: str = "",
    index: Index = "gini",
    population: bool = False,
    same_units: bool = False,
    lonely: Lonely = "error",
    confidence: float = 0.95,
) -> GrowDivide:
    """Return the grow-divide account (E26) between two years of a dataframe.

    Parameters
    ----------
    frame : pandas, Polars, Arrow or any frame narwhals reads, or ``Microdata``; one row a region
        or a person in a year.
    income : column of incomes per person, in the same prices in both years.
    year : column of the year.
    start, end : the two years.
    weight : column of people each row stands for.
    strata, psu : columns of the sampling design.
    levels : columns that group the rows, coarse to fine, for the parts of the account.
    by : the level whose groups the cake's growth and the Gini are split by; the first by default.
    index : ``gini`` or ``atkinson_1``.
    population : true when the rows are all there are (such as 31 provinces): no sampling error.
    same_units : true where a PSU label means the same unit in both years.
    lonely : what a stratum with a single PSU contributes: ``error``, ``centre`` or ``certainty``.
    confidence : coverage of the intervals, 0-1.

    Raises
    ------
    InputError
        If a column is missing, a cell is faulty, a year has no rows, or groups differ.
    """
    if isinstance(frame, Microdata):
        weight, strata, psu = weight or frame.weight, strata or frame.strata, psu or frame.psu
    columns = Columns(income, weight, strata, psu, year, tuple(levels))
    native = frame.frame if isinstance(frame, Microdata) else frame
    table, _ = select_columns(native, columns)
    first, last = (_snapshot(table, columns, when, lonely, population) for when in (start, end))
    return grow_divide(first, last, index, by, same_units=same_units, confidence=confidence)


def _snapshot(
    table: pl.DataFrame, columns: Columns, year: int, lonely: Lonely, population: bool
) -> Snapshot:
    assert columns.by is not None
    wave = table.filter(pl.col(columns.by) == year)
    _refuse_unusable(wave, table, columns, year)
    rows = read_rows(wave, columns, lonely)
    levels = dict(zip(columns.groups, rows.groups, strict=True))
    design = None if population else rows.design
    return Snapshot(year, rows.income, rows.design.weight, levels, design)


def _refuse_unusable(wave: pl.DataFrame, table: pl.DataFrame, columns: Columns, year: int) -> None:
    assert columns.by is not None
    if wave.is_empty():
        years = table[columns.by].unique().sort().to_list()
        raise InputError(
            Problem(
                f"no rows of the year {year}",
                expected=f"one of {', '.join(map(str, years[:20]))}",
                column=columns.by,
            )
        )
    missing = wave[columns.income].cast(pl.Float64, strict=False).fill_nan(None).null_count()
    if missing:
        raise InputError(
            Problem(
                f"{missing} of {wave.height} rows of {year} have no income",
                expected="an income in every row of both years",
                column=columns.income,
                fix="Leave these rows out in both years, and say so.",
            )
        )
