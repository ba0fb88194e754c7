"""The tables a study names, loaded: embedded figures, a user's panel, a user's rows."""

from __future__ import annotations

import warnings
from pathlib import Path

from gongfu.core import InputError, Problem
from gongfu.data.readers import ReadingNote
from gongfu.study.index_files import study_trees
from gongfu.study.settings import EmbeddedTable, FileTable, StudySettings
from gongfu.study.tables.checks import unknown_names
from gongfu.study.tables.embedded import EMBEDDED
from gongfu.study.tables.own import rows_file, unit_file
from gongfu.study.tables.types import RowTable, StudyTables, UnitTable

__all__ = ["load_tables"]


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
    wanted = _wanted(settings, folder, problems)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", ReadingNote)
        for name, table in settings.data.items():
            try:
                if isinstance(table, EmbeddedTable):
                    units[name] = EMBEDDED[table.table]()
                elif isinstance(table, FileTable):
                    units[name] = unit_file(table, wanted[name], folder)
                else:
                    rows[name] = rows_file(table, wanted[name], folder)
            except InputError as error:
                problems.extend(error.problems)
    problems.extend(unknown_names(settings, units))
    if problems:
        raise InputError(problems)
    return StudyTables(units, rows, tuple(str(note.message) for note in caught))


def _wanted(settings: StudySettings, folder: Path, problems: list[Problem]) -> dict[str, list[str]]:
    """Return the variables wanted of each table; note what is wrong with the files of indices."""
    wanted = {name: _named(settings, name) for name in settings.data}
    if settings.index is None:
        return wanted
    try:
        trees = study_trees(settings.index, folder)
    except InputError as error:
        problems.extend(error.problems)
        return wanted
    names = [name for tree in trees for one in tree.indicators for name in (one.variable, one.per)]
    for table in filter(None, (settings.index.data, *settings.index.vintages)):
        wanted[table] = list(dict.fromkeys([*wanted[table], *filter(None, names)]))
    return wanted


def _named(settings: StudySettings, table: str) -> list[str]:
    """Return the variables of a table that accounts and prices name, each once."""
    names = [name for one in settings.account if one.data == table for name in one.variables]
    elsewhere = [settings.prices.deflator, *(one.published_mean or "" for one in settings.account)]
    names += [word.partition(".")[2] for word in elsewhere if word.startswith(f"{table}.")]
    return list(dict.fromkeys(names))
