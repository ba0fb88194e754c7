"""The tables a study names, loaded: embedded figures, a user's panel, a user's rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import polars as pl

from gongfu.core import Evidence, InputError, Microdata, Panel, Problem
from gongfu.core.errors import nearest_name
from gongfu.data import find_province, load_china, load_china_national, load_zones, provinces
from gongfu.data.headers import columns_with_role
from gongfu.data.readers import read_microdata, read_panel, read_table
from gongfu.measure.design import SurveyDesign
from gongfu.study.settings import (
    AccountSettings,
    EmbeddedTable,
    FileTable,
    RowsTable,
    StudySettings,
)

__all__ = ["StudyTables", "UnitTable", "load_tables"]


@dataclass(frozen=True, slots=True)
class UnitTable:
    """A panel and the groups its units belong to.

    Parameters
    ----------
    panel : the figures.
    levels : ``{level: {unit: group}}``, such as ``{"region": {"51": "West"}}``.
    embedded : name of the embedded table it is, or empty for a user's file.
    """

    panel: Panel
    levels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    embedded: str = ""


@dataclass(frozen=True, slots=True)
class RowTable:
    """Sampled rows of several years; ``year`` is the column that says which."""

    microdata: Microdata
    year: str

    def design(self, wave: pl.DataFrame) -> SurveyDesign:
        """Return how the rows of one year were sampled."""
        micro = self.microdata
        weight = np.ones(wave.height) if micro.weight is None else wave[micro.weight].to_numpy()
        strata = None if micro.strata is None else wave[micro.strata].to_numpy()
        psu = None if micro.psu is None else wave[micro.psu].to_numpy()
        return SurveyDesign(weight.astype(np.float64), strata, psu)


@dataclass(frozen=True, slots=True)
class StudyTables:
    """Everything a study reads, by the name the study gave it."""

    units: Mapping[str, UnitTable]
    rows: Mapping[str, RowTable]

    def evidence(self, account: AccountSettings) -> Evidence:
        """Return the weakest evidence among the figures an account rests on."""
        if account.data in self.rows:
            return self.rows[account.data].microdata.evidence
        named = (account.income, account.population, account.inequality, *account.quintile_means)
        panel = self.units[account.data].panel.select(*(name for name in named if name))
        return max(map(Evidence, panel.frame["evidence"].unique()), key=_WEAKER.index)


_WEAKER = list(Evidence)
"""Kinds of evidence from observed to simulated, in the order they are declared."""


def load_tables(settings: StudySettings, folder: Path) -> StudyTables:
    """Return the tables of a study; paths are relative to ``folder``.

    Raises
    ------
    InputError
        If a file cannot be read or lacks what the accounts name; all problems of all files at once.
    """
    units: dict[str, UnitTable] = {}
    rows: dict[str, RowTable] = {}
    problems: list[Problem] = []
    for name, table in settings.data.items():
        try:
            if isinstance(table, EmbeddedTable):
                units[name] = _EMBEDDED[table.table]()
            elif isinstance(table, FileTable):
                units[name] = _unit_file(table, folder)
            else:
                rows[name] = _rows_file(table, name, settings, folder)
        except InputError as error:
            problems.extend(error.problems)
    problems.extend(_unknown_names(settings, units))
    if problems:
        raise InputError(problems)
    return StudyTables(units, rows)


def _province_table() -> UnitTable:
    region = {place.code: place.region for place in provinces()}
    return UnitTable(load_china(), {"region": region}, "provinces")


def _zone_table() -> UnitTable:
    panel = load_zones()
    region = {place.code: place.region for place in provinces()}
    split = {unit: unit.split("-", maxsplit=1) for unit in panel.units}
    levels = {
        "region": {unit: region[province] for unit, (province, _) in split.items()},
        "province": {unit: province for unit, (province, _) in split.items()},
        "area": {unit: area for unit, (_, area) in split.items()},
    }
    return UnitTable(panel, levels, "zones")


def _national_table() -> UnitTable:
    return UnitTable(load_china_national(), embedded="national")


_EMBEDDED: Mapping[str, Callable[[], UnitTable]] = {
    "provinces": _province_table,
    "zones": _zone_table,
    "national": _national_table,
}


def _unit_file(table: FileTable, folder: Path) -> UnitTable:
    path = folder / table.path
    panel = read_panel(path, unit=table.unit, year=table.year)
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


def _rows_file(table: RowsTable, name: str, settings: StudySettings, folder: Path) -> RowTable:
    incomes = sorted({account.income for account in settings.account if account.data == name})
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


def _unknown_names(settings: StudySettings, units: Mapping[str, UnitTable]) -> Iterator[Problem]:
    """Variables and levels that an account names and its table does not have."""
    for account in settings.account:
        table = units.get(account.data)
        if table is None:
            continue
        wanted = (account.income, account.population, account.inequality, *account.quintile_means)
        for name in wanted:
            if name is not None and name not in table.panel.names:
                yield _unknown(account.name, "variable", name, table.panel.names)
        yield from _unknown_mean(account, units)
        for level in account.levels:
            if level not in table.levels:
                yield _unknown(account.name, "level", level, list(table.levels))


def _unknown_mean(account: AccountSettings, units: Mapping[str, UnitTable]) -> Iterator[Problem]:
    if account.published_mean is None:
        return
    table, _, variable = account.published_mean.partition(".")
    if table not in units:
        yield _unknown(account.name, "table", table, list(units))
    elif variable not in units[table].panel.names:
        yield _unknown(account.name, "variable", variable, units[table].panel.names)


def _unknown(account: str, what: str, name: str, known: list[str]) -> Problem:
    return Problem(
        f"account {account!r} names a {what} its table does not have: {name!r}",
        expected=f"one of {', '.join(known[:12])}" + (" ..." if len(known) > 12 else ""),
        fix=nearest_name(name, known) or "See `gongfu data list`.",
    )
