"""What every column of amounts must hold: numbers of zero or more, and at least one of them."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from gongfu.core import Problem

__all__ = ["amount_problems"]


def amount_problems(column: pl.Series, fix: str) -> Iterator[Problem]:
    """Yield what is wrong with a column of amounts; missing cells are not.

    Parameters
    ----------
    column : of numbers; a column of another type is left to the reader of rows.
    fix : what to do about values below zero.
    """
    if not column.dtype.is_numeric():
        return
    values = column.cast(pl.Float64)
    if values.null_count() + int(values.is_nan().sum() or 0) == len(values):
        yield Problem("no row has a value", column=column.name)
    below = (values < 0).fill_null(False).arg_true()
    if len(below):
        yield Problem(
            f"{len(below)} values below zero",
            expected="0 or more",
            found=f"{values[int(below[0])]:g}",
            row=int(below[0]) + 2,
            column=column.name,
            fix=fix,
        )
