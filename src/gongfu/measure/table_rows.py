"""From a dataframe to the arrays that the measures need, with every faulty cell named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw
import numpy as np
import polars as pl
from jaxtyping import Bool, Float, Shaped
from narwhals.typing import IntoFrame

from gongfu.core import InputError, Problem
from gongfu.core.errors import nearest_name
from gongfu.core.panel import as_polars
from gongfu.data.plain_text import plain
from gongfu.measure.design import Lonely, SurveyDesign
from gongfu.measure.table_result import Backend

__all__ = [
    "MISSING",
    "SHOWN_CELLS",
    "Columns",
    "Rows",
    "faulty_cells",
    "missing_columns",
    "negative_income_fix",
    "read_rows",
    "refuse_negative_incomes",
    "select_columns",
]

MISSING = "(missing)"
"""Label of rows whose group of the table is not known."""

SHOWN_CELLS = 5
"""Faulty cells listed one by one; further ones are counted."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column plays which part; ``groups`` from the coarsest to the finest."""

    income: str
    weight: str | None = None
    strata: str | None = None
    psu: str | None = None
    by: str | None = None
    groups: tuple[str, ...] = ()

    @property
    def used(self) -> list[str]:
        """All columns named, each once."""
        named = (self.income, self.weight, self.strata, self.psu, self.by, *self.groups)
        return list(dict.fromkeys(name for name in named if name is not None))


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Arrays in row order.

    Parameters
    ----------
    income : NaN where it is missing.
    weight : or none for equal weights.
    design : of all rows, those without income included.
    has_income : rows that count.
    by : label of each row's group of the table, or none.
    groups : labels of each grouping to decompose by.
    """

    income: Float[np.ndarray, " row"]
    weight: Float[np.ndarray, " row"] | None
    design: SurveyDesign
    has_income: Bool[np.ndarray, " row"]
    by: Shaped[np.ndarray, " row"] | None
    groups: tuple[Shaped[np.ndarray, " row"], ...]

    @property
    def missing(self) -> int:
        """Rows without an income."""
        return int(len(self.income) - np.count_nonzero(self.has_income))


def select_columns(frame: IntoFrame, columns: Columns) -> tuple[pl.DataFrame, Backend]:
    """Return the named columns read into memory, and the library the frame came from.

    Raises
    ------
    InputError
        If a column is missing; names all of them.
    """
    native = nw.from_native(frame)
    known = native.collect_schema().names()
    _refuse(missing_columns(known, columns))
    backend: Backend = "polars"
    if native.implementation.is_pandas():
        backend = "pandas"
    elif native.implementation.is_pyarrow():
        backend = "pyarrow"
    return as_polars(native.select(columns.used).to_native()), backend


def read_rows(frame: pl.DataFrame, columns: Columns, lonely: Lonely) -> Rows:
    """Return the arrays of the named columns.

    Raises
    ------
    InputError
        If a column holds text, an income is infinite, a weight is not above zero, a
        stratum or PSU is missing, or no row has an income; with the rows (header is line 1).
    """
    _refuse(_problems(frame, columns))
    income = _floats(frame[columns.income])
    weight = None if columns.weight is None else _floats(frame[columns.weight])
    return Rows(
        income=income,
        weight=weight,
        design=SurveyDesign(
            np.ones(len(income)) if weight is None else weight,
            _labels(frame, columns.strata),
            _labels(frame, columns.psu),
            lonely,
        ),
        has_income=~np.isnan(income),
        by=_labels(frame, columns.by),
        groups=tuple(frame[name].cast(pl.String).to_numpy() for name in columns.groups),
    )


def refuse_negative_incomes(frame: pl.DataFrame, columns: Columns) -> None:
    """Raise for incomes below zero, naming their rows: no inequality index is defined for them."""
    column = frame[columns.income]
    if not column.dtype.is_numeric():
        return
    below = (column.cast(pl.Float64) < 0).fill_null(False)
    _refuse(
        replace(problem, fix=negative_income_fix())
        for problem in _cells(column, below, "is negative", "0 or more")
    )


def negative_income_fix() -> str:
    """Return what to do about incomes below zero."""
    return (
        "Leave these rows out or set them to zero, and say which; or name measures that allow "
        "them, such as mean and p90/p10."
    )


def _floats(column: pl.Series) -> Float[np.ndarray, " row"]:
    return column.cast(pl.Float64).fill_null(np.nan).to_numpy()


def _labels(frame: pl.DataFrame, name: str | None) -> Shaped[np.ndarray, " row"] | None:
    if name is None:
        return None
    labels = frame[name]
    if labels.dtype.is_integer() and not labels.has_nulls():
        return labels.to_numpy()
    return labels.cast(pl.String).fill_null(MISSING).to_numpy().astype(np.str_)


def _refuse(problems: Iterator[Problem]) -> None:
    found = list(problems)
    if found:
        raise InputError(found)


def missing_columns(known: Sequence[str], columns: Columns) -> Iterator[Problem]:
    """Yield every named column that a table lacks."""
    for name in columns.used:
        if name not in known:
            yield Problem(
                "there is no such column",
                column=plain(name),
                expected=plain(f"one of {', '.join(known)}"),
                fix=nearest_name(name, known),
            )


def _problems(frame: pl.DataFrame, columns: Columns) -> Iterator[Problem]:
    numbers = [name for name in (columns.income, columns.weight) if name is not None]
    texts = [name for name in numbers if not frame[name].dtype.is_numeric()]
    for name in texts:
        yield from _text_cells(frame[name])
    if columns.income not in texts:
        yield from _income_cells(frame[columns.income].cast(pl.Float64))
    if columns.weight is not None and columns.weight not in texts:
        yield from _weight_cells(frame[columns.weight].cast(pl.Float64))
    labels = [name for name in (columns.strata, columns.psu, *columns.groups) if name is not None]
    for name in labels:
        yield from _cells(frame[name], frame[name].is_null(), "is no label", "a label")


def _text_cells(column: pl.Series) -> Iterator[Problem]:
    if column.dtype == pl.String:
        text = column.is_not_null() & column.cast(pl.Float64, strict=False).is_null()
        yield from _cells(column, text, "is not a number", "a number")
    found = f"column type {column.dtype}"
    yield Problem("the column does not hold numbers", found=found, column=column.name)


def _income_cells(column: pl.Series) -> Iterator[Problem]:
    yield from _cells(column, column.is_infinite().fill_null(False), "is infinite", "an amount")
    if not (column.is_not_null() & column.is_not_nan()).any():
        yield Problem("no row has an income", column=column.name)


def _weight_cells(column: pl.Series) -> Iterator[Problem]:
    good = (column.is_finite() & (column > 0)).fill_null(False)
    yield from _cells(column, ~good, "is no weight", "a finite number above 0")


def _cells(column: pl.Series, bad: pl.Series, what: str, expected: str) -> Iterator[Problem]:
    positions = bad.arg_true()
    first = [(position, column[position]) for position in positions[:SHOWN_CELLS].to_list()]
    yield from faulty_cells(column.name, first, len(positions), what, expected)


def faulty_cells(
    column: str, first: Sequence[tuple[int, Any]], count: int, what: str, expected: str
) -> Iterator[Problem]:
    """Yield the first faulty cells of a column, by position from 0, and how many more there are."""
    for position, value in first:
        found = "a missing value" if value is None else plain(value, 40)
        yield Problem(f"{found} {what}", expected=expected, row=position + 2, column=column)
    if count > len(first):
        rest = count - len(first)
        yield Problem(f"{rest} more rows where the value {what}", column=column)
