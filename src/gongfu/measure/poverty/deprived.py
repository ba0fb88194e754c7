"""Who is deprived in which indicator, read from a table's columns."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl
from jaxtyping import Bool

from gongfu.core import InputError, Problem
from gongfu.core.deprivations import Deprivation, DeprivationSpec
from gongfu.data.plain_text import plain

__all__ = ["deprived_rows"]


def deprived_rows(
    table: pl.DataFrame, spec: DeprivationSpec
) -> tuple[Bool[np.ndarray, "row indicator"], Bool[np.ndarray, "row indicator"]]:
    """Return who is deprived in which indicator, and where that is known.

    Parameters
    ----------
    table : with the columns of the indicators; a missing value makes the indicator unknown.

    Raises
    ------
    InputError
        If a column holds text where a number is compared, or none of the answers that mean
        deprivation ever occurs; all of these at once.
    """
    problems = [problem for one in spec.indicators for problem in _problems(table, one)]
    if problems:
        raise InputError(problems)
    found = [_deprived(table[one.column], one) for one in spec.indicators]
    known = np.column_stack([series.is_not_null().to_numpy() for series in found])
    deprived = np.column_stack([series.fill_null(False).to_numpy() for series in found])
    return deprived, known


def _deprived(column: pl.Series, one: Deprivation) -> pl.Series:
    if isinstance(one.cutoff, tuple):
        return _text(column).is_in(list(one.cutoff))
    numbers = column.cast(pl.Float64).fill_nan(None)
    if one.comparison == "below":
        return numbers < one.cutoff
    if one.comparison == "at_most":
        return numbers <= one.cutoff
    return numbers > one.cutoff if one.comparison == "above" else numbers >= one.cutoff


def _text(column: pl.Series) -> pl.Series:
    """Return answers as text; a whole number stored as 3.0 is the answer 3."""
    if column.dtype.is_float():
        whole = column.fill_nan(None)
        if (whole.drop_nulls() == whole.drop_nulls().round()).all():
            return whole.cast(pl.Int64).cast(pl.String)
    return column.cast(pl.String)


def _problems(table: pl.DataFrame, one: Deprivation) -> Iterator[Problem]:
    column = table[one.column]
    if isinstance(one.cutoff, tuple):
        answers = set(_text(column).drop_nulls().unique().to_list())
        if not answers & set(one.cutoff):
            shown = ", ".join(sorted(answers)[:8])
            yield Problem(
                f"nobody answers {' or '.join(one.cutoff)}",
                expected=plain(f"answers of the column: {shown}"),
                column=plain(one.column),
                fix=f"Correct one_of of indicator {one.name}, or leave the indicator out.",
            )
    elif not (column.dtype.is_numeric() or column.dtype == pl.Boolean):
        yield Problem(
            "the column does not hold numbers",
            found=f"column type {column.dtype}",
            column=plain(one.column),
            fix=f"Indicator {one.name} compares numbers; for answers in words use one_of.",
        )
