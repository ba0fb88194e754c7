"""Paths into a result document: ``accounts/households_gini/cake`` names one number."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import polars as pl

from gongfu.core import InputError, Problem
from gongfu.core.errors import nearest_name
from gongfu.report.document import ResultDocument, ResultTable
from gongfu.report.regions import regions
from gongfu.report.why.equations import TableEntry, table_entries

__all__ = [
    "Place",
    "entry_of",
    "example_paths",
    "find_place",
    "located_rows",
    "path_of",
    "row_paths",
]


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """One cell of a result document.

    Parameters
    ----------
    row : number of the row, from 0; cells : its cells by column.
    others : rows that the path would also have fitted; the first is taken.
    """

    table: ResultTable
    entry: TableEntry
    row: int
    column: str
    cells: Mapping[str, Any]
    others: tuple[int, ...] = ()

    @property
    def path(self) -> str:
        """The path that names this cell and no other."""
        return path_of(self.table, self.entry, self.cells, self.column)

    @property
    def value(self) -> Any:
        """What stands in the cell."""
        return self.cells[self.column]


def find_place(document: ResultDocument, path: str) -> Place:
    """Return the cell that a path names.

    Parameters
    ----------
    path : table, cells that name the row in the order of the table's keys (any of them may be left
        out), and the column (or nothing for the one the table is about), parted by ``/``. A ``/``
        inside a name is written ``%2F``. Provinces may be named.

    Raises
    ------
    InputError
        If a part fits nothing; names what was probably meant.
    """
    name, *parts = (unquote(part) for part in path.strip("/").split("/"))
    table = document.table(name)
    entry = entry_of(table)
    column, names = _split_column(table, entry, parts)
    rows = _fitting_rows(table, entry, names, path)
    first, *others = rows["__row"].to_list()
    cells = table.rows.row(first, named=True)
    return Place(table, entry, first, column, cells, tuple(others))


def entry_of(table: ResultTable) -> TableEntry:
    """Return what is known of a table; of an unknown one its text columns name the rows."""
    known = table_entries().get(table.name)
    if known is not None and set(known.keys) | {known.shown} <= set(table.rows.columns):
        return known
    kinds = table.rows.schema
    keys = tuple(name for name, kind in kinds.items() if kind == pl.String or name == "year")
    numbers = [name for name, kind in kinds.items() if kind.is_float()]
    shown = numbers[0] if numbers else table.rows.columns[-1]
    return TableEntry(keys, shown, "docs/explanation/result-document.md")


def path_of(table: ResultTable, entry: TableEntry, cells: Mapping[str, Any], column: str) -> str:
    """Return the path of a cell; an empty cell of a key is left out."""
    return f"{_row_path(table, entry, cells)}/{column}"


def row_paths(table: ResultTable) -> Callable[[Mapping[str, Any]], str]:
    """Return what gives the path of a row from the cells of its keys: that of a cell, less column.

    What is known of the table is looked up once, however many rows are asked for.
    """
    entry = entry_of(table)
    return lambda cells: _row_path(table, entry, cells)


def located_rows(table: ResultTable, rows: pl.DataFrame) -> list[dict[str, Any]]:
    """Return rows of a table as mappings, each with its path as ``row_path``."""
    path_of_row = row_paths(table)
    return [{**row, "row_path": path_of_row(row)} for row in rows.iter_rows(named=True)]


def example_paths(document: ResultDocument) -> Iterator[tuple[ResultTable, str]]:
    """Yield each table with the path of its first row."""
    for table in document.tables.values():
        if table.rows.height:
            entry = entry_of(table)
            yield table, path_of(table, entry, table.rows.row(0, named=True), entry.shown)


def _row_path(table: ResultTable, entry: TableEntry, cells: Mapping[str, Any]) -> str:
    names = (_part(cells[key]) for key in entry.keys if cells[key] not in (None, ""))
    return "/".join([table.name, *names])


def _part(cell: Any) -> str:
    return str(cell).replace("%", "%25").replace("/", "%2F")


def _split_column(
    table: ResultTable, entry: TableEntry, parts: Sequence[str]
) -> tuple[str, Sequence[str]]:
    if parts and parts[-1] in table.rows.columns and not _names_a_row(table, entry, parts):
        return parts[-1], parts[:-1]
    return entry.shown, parts


def _names_a_row(table: ResultTable, entry: TableEntry, parts: Sequence[str]) -> bool:
    """Whether a last part that is also the name of a column is read as a key, as effects are."""
    if not any((table.rows[key].cast(pl.String) == parts[-1]).any() for key in entry.keys):
        return False
    try:
        return not _fitting_rows(table, entry, parts, "").is_empty()
    except InputError:
        return False


def _fitting_rows(
    table: ResultTable, entry: TableEntry, names: Sequence[str], path: str
) -> pl.DataFrame:
    """Return numbers and keys of the rows that fit all names, each in a later key than the last."""
    keys = (pl.col(key).cast(pl.String) for key in entry.keys)
    rows = table.rows.with_row_index("__row").select("__row", *keys)
    left = list(entry.keys)
    for name in names:
        fits = ((key, _fits(rows, key, name)) for key in left)
        key, found = next(((key, fit) for key, fit in fits if fit.any()), ("", None))
        if found is None:
            columns = [column for column in table.rows.columns if column not in entry.keys]
            raise InputError(_unknown_part(rows, left, columns, name, path))
        rows = rows.filter(found)
        left = left[left.index(key) + 1 :]
    return rows


def _fits(rows: pl.DataFrame, key: str, name: str) -> pl.Series:
    wanted = {name, *(_code_of(name) if key == "code" else ())}
    return rows[key].is_in(list(wanted))


def _code_of(name: str) -> tuple[str, ...]:
    low = name.casefold()
    return tuple(
        code for code, place in regions().items() if low in {place.zh, place.en.casefold()}
    )


def _unknown_part(
    rows: pl.DataFrame, left: Sequence[str], columns: Sequence[str], name: str, path: str
) -> Problem:
    cells = {key: rows[key].drop_nulls().unique().sort().to_list() for key in left}
    known = [*(cell for some in cells.values() for cell in some), *columns]
    fix = nearest_name(name, known)
    choices = [f"{key}: {_listed(some)}" for key, some in [*cells.items(), ("column", columns)]]
    what = f"the path {path!r} leads nowhere at {name!r}"
    return Problem(what, "; ".join(choices), fix=fix or "Take one of these.")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:8]) + (" ..." if len(names) > 8 else "")
