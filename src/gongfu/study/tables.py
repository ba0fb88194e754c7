"""The tables a study names, loaded: embedded figures, a user's panel, a user's rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import polars as pl

from gongfu.core import Evidence, InputError, Microdata, Panel, Problem
from gongfu.core.errors import nearest_name
from gongfu.data import load_china, load_china_national, load_zones, provinces
from gongfu.data.readers import read_microdata, read_panel, read_table
from gongfu.measure.design import SurveyDesign
from gongfu.study.settings import EmbeddedTable, FileTable, RowsTable, StudySettings

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
    panel = read_panel(
        path,
        unit=table.unit,
        year=table.year,
        ignore=table.groups,
        evidence=Evidence(table.evidence),
    )
    return UnitTable(panel, _file_levels(path, table, panel))


def _file_levels(path: Path, table: FileTable, panel: Panel) -> dict[str, dict[str, str]]:
    """Group of each unit, read from the text columns of the user's file."""
    if not table.groups:
        return {}
    frame = read_table(path)
    column = table.unit or recognise_unit_column(frame.columns)
    named = frame.select(pl.col(column).cast(pl.String).alias("unit"), *table.groups).unique()
    split = named.group_by("unit").len().filter(pl.col("len") > 1)["unit"].to_list()
    if split:
        raise InputError(
            Problem(
                f"unit {unit!r} changes its group over the years",
                expected="one group per unit",
                file=str(path),
                fix="Give each unit the same group in every row.",
            )
            for unit in sorted(split)
        )
    units = named["unit"].to_list()
    return {
        g: dict(zip(units, named[g].cast(pl.String).to_list(), strict=True)) for g in table.groups
    }


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
        for level in account.levels:
            if level not in table.levels:
                yield _unknown(account.name, "level", level, list(table.levels))


def _unknown(account: str, what: str, name: str, known: list[str]) -> Problem:
    return Problem(
        f"account {account!r} names a {what} its table does not have: {name!r}",
        expected=f"one of {', '.join(known[:12])}" + (" ..." if len(known) > 12 else ""),
        fix=nearest_name(name, known) or "See `gongfu data list`.",
    )
