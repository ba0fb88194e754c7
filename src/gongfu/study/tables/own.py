"""A user's own files as tables of a study: regions by years, or sampled rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from gongfu.core import Evidence, InputError, Problem
from gongfu.core.errors import nearest_name
from gongfu.data import find_province
from gongfu.data.headers import columns_with_role
from gongfu.data.readers import read_microdata, read_panel, read_table
from gongfu.study.settings import FileTable, RowsTable
from gongfu.study.tables.types import RowTable, UnitTable

__all__ = ["rows_file", "unit_file"]


def unit_file(table: FileTable, names: Sequence[str], folder: Path) -> UnitTable:
    """Return a user's regions by years; ``names`` are the variables the study needs."""
    path = folder / table.path
    panel = read_panel(path, unit=table.unit, year=table.year, variables=names)
    tagged = panel.frame.with_columns(evidence=pl.lit(table.evidence))
    return UnitTable(replace(panel, frame=tagged), _file_levels(path, table, panel.units))


def _file_levels(path: Path, table: FileTable, units: list[str]) -> dict[str, dict[str, str]]:
    """Return the group of each unit, read from the text columns of the user's file."""
    if not table.groups:
        return {}
    frame = read_table(path)
    missing = [name for name in table.groups if name not in frame.columns]
    if missing:
        raise InputError(
            Problem(
                f"no column {name!r} to group units by",
                file=str(path),
                fix=nearest_name(name, frame.columns),
            )
            for name in missing
        )
    column = table.unit or columns_with_role("unit", frame.columns)[0]
    codes = [_as_unit(str(name), units) for name in frame[column]]
    named = frame.select(pl.Series("unit", codes), *table.groups).unique(maintain_order=True)
    _refuse_two_groups(named, path)
    return {
        group: dict(zip(named["unit"], named[group].cast(pl.String), strict=True))
        for group in table.groups
    }


def _as_unit(name: str, units: list[str]) -> str:
    """Return the code a panel gave to a name: that of the province, or the name as it is."""
    place = find_province(name)
    return place.code if place is not None and place.code in units else name.strip()


def _refuse_two_groups(named: pl.DataFrame, path: Path) -> None:
    split = named.group_by("unit").len().filter(pl.col("len") > 1)["unit"].sort().to_list()
    if split:
        raise InputError(
            Problem(
                f"unit {unit!r} changes its group over the years",
                expected="one group per unit",
                file=str(path),
                fix="Give each unit the same group in every row.",
            )
            for unit in split
        )


def rows_file(table: RowsTable, incomes: Sequence[str], folder: Path) -> RowTable:
    """Return a user's rows; ``incomes`` are the columns of income the accounts name."""
    micro = read_microdata(
        folder / table.path,
        incomes,
        table.weight,
        strata=table.strata,
        psu=table.psu,
        by=table.year,
        groups=table.groups,
    )
    return RowTable(replace(micro, evidence=Evidence(table.evidence)), table.year)
