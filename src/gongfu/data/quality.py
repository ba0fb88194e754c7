"""How complete the embedded figures are, and how often a second copy confirmed them."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from gongfu.data.dictionary import find_variable
from gongfu.data.yearbook import Table, load_cells

__all__ = ["quality_table", "second_copy_share"]


def quality_table(table: Table = "provinces", *variables: str) -> pl.DataFrame:
    """Return one row per variable that says how good its figures are.

    Parameters
    ----------
    variables : those wanted; none means all.

    Returns
    -------
    pl.DataFrame
        variable, unit_of_measure, first_year, last_year, cells (figures used by default),
        coverage (0-1, share of units times years from the first to the last year that has a
        figure), missing (of those cells, without any published figure), excluded (doubtful),
        second_copy_share (0-1, cells compared with another copy of the release), max_spread
        (largest relative difference between copies; null when none was compared).

    Notes
    -----
    A second copy of the same release tests transcription; it says nothing about the statistics
    office's own error.
    """
    cells = load_cells(table)
    if variables:
        names = [find_variable(name).name for name in variables]
        cells = cells.filter(pl.col("variable").is_in(names))
    summary = cells.group_by("variable").agg(_SUMMARY).sort("variable")
    units = cells["unit"].n_unique()
    possible = units * (pl.col("last_year") - pl.col("first_year") + 1)
    return summary.with_columns(
        unit_of_measure=_units_of(summary["variable"].to_list()),
        coverage=pl.col("cells") / possible,
        missing=possible - pl.col("cells") - pl.col("excluded"),
    ).select(_COLUMNS)


def second_copy_share(table: Table = "provinces") -> float:
    """Return the share of figures (0-1) that were compared with at least one other copy."""
    cells = load_cells(table)
    return cells.filter(pl.col("copies") >= 2).height / cells.height


_SUMMARY = (
    pl.col("year").min().alias("first_year"),
    pl.col("year").max().alias("last_year"),
    (~pl.col("doubtful")).sum().cast(pl.Int64).alias("cells"),
    pl.col("doubtful").sum().cast(pl.Int64).alias("excluded"),
    (pl.col("copies") >= 2).mean().alias("second_copy_share"),
    pl.col("spread").max().alias("max_spread"),
)

_COLUMNS = (
    "variable",
    "unit_of_measure",
    "first_year",
    "last_year",
    "cells",
    "coverage",
    "missing",
    "excluded",
    "second_copy_share",
    "max_spread",
)


def _units_of(names: Sequence[str]) -> pl.Series:
    return pl.Series([find_variable(name).unit for name in names], dtype=pl.String)
