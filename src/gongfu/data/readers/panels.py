"""Regions by years from a user's file, every cell checked before it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import polars as pl

from gongfu.core import Evidence, Panel, Problem, Variable
from gongfu.data.headers import nearest_variable, recognise_variable
from gongfu.data.places import place_labels
from gongfu.data.plain_text import plain
from gongfu.data.readers.cell_checks import CELLS, check_duplicates, check_values, name_variables
from gongfu.data.readers.columns import column_of_numbers
from gongfu.data.readers.keys import read_units, read_years
from gongfu.data.readers.layout import Layout, Shape, find_layout
from gongfu.data.readers.limits import Limits
from gongfu.data.readers.noting import warn_of
from gongfu.data.readers.problems import ProblemList
from gongfu.data.readers.table import Table, open_table

__all__ = ["PanelReading", "examine_panel", "read_panel"]


@dataclass(frozen=True, slots=True)
class PanelReading:
    """A table of regions by years as far as it could be read.

    Parameters
    ----------
    problems : what is wrong with it.
    notes : what was recognised or left out, in sentences.
    layout : ``None`` where the columns could not be told apart.
    cells : one row a cell, with line and column of the file; a missing value is null.
    entries : dictionary entries of the variables that have one.
    are_provinces : whether units are codes of provinces.
    """

    problems: ProblemList
    notes: tuple[str, ...] = ()
    layout: Layout | None = None
    cells: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=dict(CELLS)))
    entries: Mapping[str, Variable] = field(default_factory=dict)
    are_provinces: bool = False


def read_panel(
    path: str | Path,
    *,
    unit: str | None = None,
    year: str | None = None,
    variables: Sequence[str] | None = None,
    shape: Shape = "auto",
    sheet: str | None = None,
    limits: Limits | None = None,
) -> Panel:
    """Return the panel in a file: regions by years in any usual arrangement.

    Parameters
    ----------
    path : a CSV, TSV, XLSX, Parquet, Stata or SPSS file with one row a region and year (wide),
        one row a region and one column a year, or one row a value (long).
    unit, year : headers of the region and year columns; recognised in zh and en if not given.
    variables : variables to keep, by header or dictionary name; all if not given. A table with
        one column a year and no column of variables needs exactly one, unless the file is named
        after it.
    shape : ``wide`` or ``long`` where it should not be recognised.
    sheet, limits : as for `read_table`.

    Returns
    -------
    Panel
        Provinces under their two-digit codes, however they are written; other regions under the
        names they have. Empty cells have no row.

    Raises
    ------
    InputError
        If a cell has no region or year, a number is none or impossible, a cell stands twice, or
        columns cannot be told apart; lists all problems.

    Warns
    -----
    ReadingNote
        For what was recognised or left out.
    """
    table = open_table(path, sheet=sheet, limits=limits)
    reading = examine_panel(table, unit=unit, year=year, variables=variables, shape=shape)
    reading.problems.refuse()
    warn_of(reading.notes)
    rows = reading.cells.drop_nulls("value").select("unit", "year", "variable", "value")
    tagged = rows.with_columns(evidence=pl.lit(Evidence.OBSERVED.value), note=pl.lit(""))
    return Panel(tagged, reading.entries, place_labels() if reading.are_provinces else {})


def examine_panel(
    table: Table,
    *,
    unit: str | None = None,
    year: str | None = None,
    variables: Sequence[str] | None = None,
    shape: Shape = "auto",
) -> PanelReading:
    """Return what a table holds and everything wrong with it; arguments as for `read_panel`."""
    problems, wanted = ProblemList(table.file), tuple(variables or ())
    layout = find_layout(table.frame.columns, problems, unit=unit, year=year, shape=shape)
    if layout is None:
        return PanelReading(problems, table.notes)
    keys, are_provinces = _keys(table, layout, problems)
    parts, notes = _cells(table, layout, wanted, problems)
    cells = pl.concat([pl.DataFrame(schema=dict(CELLS)), *(_part(keys, part) for part in parts)])
    if _needs_name(table, layout, wanted):
        problems.add([_no_name(table.file)])
    cells, entries, unknown = name_variables(cells, wanted, problems)
    if not problems.total and cells["value"].null_count() == cells.height:
        problems.add([_no_values(table.file)])
    check_duplicates(cells, problems)
    check_values(cells, entries, problems)
    return PanelReading(
        problems, (*table.notes, *notes, *unknown), layout, cells, entries, are_provinces
    )


def _keys(table: Table, layout: Layout, problems: ProblemList) -> tuple[dict[str, pl.Series], bool]:
    """Return line, region and (where a column holds it) year of each row of the file."""
    units, are_provinces = read_units(table.frame[layout.unit], table.lines, problems)
    keys = {"line": pl.Series(table.lines), "unit": units}
    if layout.year:
        keys["year"] = read_years(table.frame[layout.year], table.lines, problems)
    return keys, are_provinces


def _cells(
    table: Table, layout: Layout, wanted: tuple[str, ...], problems: ProblemList
) -> tuple[list[dict[str, pl.Series]], list[str]]:
    """Return what each column of values adds to the keys, and notes."""
    frame, is_wide = table.frame, layout.shape == "wide"
    may_be_remarks = is_wide and not wanted
    remarks = [name for name in layout.values if may_be_remarks and _is_remark(frame[name])]
    notes = [f"column {plain(name)} holds text and is left out" for name in remarks]
    parts: list[dict[str, pl.Series]] = []
    for header in (name for name in layout.values if name not in remarks):
        column = frame[header]
        if is_wide and wanted and not _is_wanted(header, wanted):
            # What is wrong in it does not matter; only its name may be the nearest to a typo.
            column = pl.Series(header, [None]).new_from_index(0, column.len())
        numbers, recognised = column_of_numbers(column, table.lines, problems)
        part = {"value": numbers, "column": _constant("column", header, column.len())}
        part["variable"] = _variable(header, table, layout, wanted)
        if not layout.year:
            part["year"] = _year(header, problems).new_from_index(0, column.len())
        parts.append(part)
        notes.extend(recognised)
    return parts, notes


def _part(keys: dict[str, pl.Series], part: dict[str, pl.Series]) -> pl.DataFrame:
    frame = pl.DataFrame(keys | part)
    return frame.select(pl.col(name).cast(dtype) for name, dtype in CELLS.items())


def _is_remark(column: pl.Series) -> bool:
    """Tell a column of remarks or further names from one of numbers with some bad cells."""
    if recognise_variable(column.name).entry is not None or nearest_variable(column.name):
        return False
    if column.dtype != pl.String:
        return not column.dtype.is_numeric() and column.dtype != pl.Null
    return not column.str.contains(r"^[-+−]?[.\d０-９]").fill_null(value=False).any()


def _is_wanted(header: str, wanted: tuple[str, ...]) -> bool:
    return bool({header, recognise_variable(header).name} & set(wanted))


def _variable(header: str, table: Table, layout: Layout, wanted: tuple[str, ...]) -> pl.Series:
    """Return the variable of each row below a header, as the file spells it."""
    if layout.variable:
        spelled = table.frame[layout.variable].cast(pl.String)
        return spelled.str.strip_chars().replace("", None).alias("variable")
    named_by_user_or_file = wanted[0] if len(wanted) == 1 else Path(table.file).stem
    name = header if layout.year else named_by_user_or_file
    return _constant("variable", name, table.frame.height)


def _needs_name(table: Table, layout: Layout, wanted: tuple[str, ...]) -> bool:
    """Return whether nothing says what the cells of a table with one column a year are."""
    if layout.variable or layout.year or len(wanted) == 1:
        return False
    return recognise_variable(Path(table.file).stem).entry is None


def _no_name(file: str) -> Problem:
    return Problem(
        "the columns are years, but nothing says which variable the values are",
        file=file,
        fix="Name it with --variable (in Python: variables=[NAME]), or call the file NAME.csv.",
    )


def _year(header: str, problems: ProblemList) -> pl.Series:
    return read_years(pl.Series(header, [header]), np.ones(1, dtype=np.int64), problems)


def _constant(name: str, value: str, length: int) -> pl.Series:
    return pl.Series(name, [value], dtype=pl.String).new_from_index(0, length)


def _no_values(file: str) -> Problem:
    return Problem(
        "no cell holds a value",
        expected="at least one column of numbers besides region and year",
        file=file,
        fix="Fill in the values; `gongfu data list` shows the variables gongfu knows.",
    )
