"""The checks of a table's cells, without reading the table into memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import polars as pl

from gongfu.core import InputError, Problem
from gongfu.measure.table_rows import (
    SHOWN_CELLS,
    Columns,
    faulty_cells,
    missing_columns,
    negative_income_fix,
)

__all__ = ["check_cells"]


@dataclass(frozen=True, slots=True)
class _Check:
    """Cells of one column that must not be there."""

    column: str
    bad: pl.Expr
    what: str
    expected: str


def check_cells(frame: pl.LazyFrame, columns: Columns, *, may_be_negative: bool) -> tuple[int, int]:
    """Return the number of rows and of rows without income, once every cell has been checked.

    Raises
    ------
    InputError
        In the words of the same checks in memory, with the rows (header is line 1).
    """
    schema = frame.collect_schema()
    _refuse(missing_columns(schema.names(), columns))
    texts = [name for name in _numbers(columns) if not schema[name].is_numeric()]
    checks = [*_cell_checks(schema, columns, texts)]
    rows, usable, counts = _count(frame, columns, checks, texts)
    problems = [*_bad_cells(frame, checks, counts), *_text_columns(schema, texts)]
    if columns.income not in texts and not usable:
        problems.append(Problem("no row has an income", column=columns.income))
    _refuse(iter(problems))
    if not may_be_negative:
        _refuse_negative(frame, columns)
    return rows, rows - usable


def _numbers(columns: Columns) -> list[str]:
    return [name for name in (columns.income, columns.weight) if name is not None]


def _refuse_negative(frame: pl.LazyFrame, columns: Columns) -> None:
    bad = pl.col(columns.income).cast(pl.Float64) < 0
    check = _Check(columns.income, bad.fill_null(False), "is negative", "0 or more")
    count = int(frame.select(check.bad.sum()).collect(engine="streaming").item())
    _refuse(
        replace(problem, fix=negative_income_fix())
        for problem in _bad_cells(frame, [check], [count])
    )


def _cell_checks(schema: pl.Schema, columns: Columns, texts: list[str]) -> Iterator[_Check]:
    for name in texts:
        if schema[name] == pl.String:
            cell = pl.col(name)
            bad = cell.is_not_null() & cell.cast(pl.Float64, strict=False).is_null()
            yield _Check(name, bad, "is not a number", "a number")
    if columns.income not in texts:
        infinite = pl.col(columns.income).cast(pl.Float64).is_infinite().fill_null(False)
        yield _Check(columns.income, infinite, "is infinite", "an amount")
    if columns.weight is not None and columns.weight not in texts:
        weight = pl.col(columns.weight).cast(pl.Float64)
        good = (weight.is_finite() & (weight > 0)).fill_null(False)
        yield _Check(columns.weight, ~good, "is no weight", "a finite number above 0")
    labels = [name for name in (columns.strata, columns.psu, *columns.groups) if name is not None]
    for name in labels:
        yield _Check(name, pl.col(name).is_null(), "is no label", "a label")


def _count(
    frame: pl.LazyFrame, columns: Columns, checks: list[_Check], texts: list[str]
) -> tuple[int, int, list[int]]:
    income = pl.col(columns.income)
    usable = pl.lit(0)
    if columns.income not in texts:
        number = income.cast(pl.Float64)
        usable = (number.is_not_null() & number.is_not_nan()).sum()
    counted = frame.select(
        pl.len().alias("rows"),
        usable.alias("usable"),
        *(check.bad.sum().alias(f"check {place}") for place, check in enumerate(checks)),
    )
    rows, known, *bad = counted.collect(engine="streaming").row(0)
    return int(rows), int(known or 0), [int(count or 0) for count in bad]


def _bad_cells(frame: pl.LazyFrame, checks: list[_Check], counts: list[int]) -> Iterator[Problem]:
    for check, count in zip(checks, counts, strict=True):
        if not count:
            continue
        numbered = frame.select(check.column).with_row_index("position here")
        cells = numbered.filter(check.bad).head(SHOWN_CELLS).collect(engine="streaming")
        first = list(zip(cells["position here"], cells[check.column], strict=True))
        yield from faulty_cells(check.column, first, count, check.what, check.expected)


def _text_columns(schema: pl.Schema, texts: list[str]) -> Iterator[Problem]:
    for name in texts:
        found = f"column type {schema[name]}"
        yield Problem("the column does not hold numbers", found=found, column=name)


def _refuse(problems: Iterator[Problem]) -> None:
    found = list(problems)
    if found:
        raise InputError(found)
