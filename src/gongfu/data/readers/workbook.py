"""Sheets of an XLSX workbook as grids of cells."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import fastexcel
import numpy as np
import polars as pl

from gongfu.core import InputError, Problem
from gongfu.core.errors import nearest_name
from gongfu.data.plain_text import plain
from gongfu.data.readers.archive import SAVE_AS, SheetExtent, sheet_extents
from gongfu.data.readers.cells import Grid
from gongfu.data.readers.foreign import refusing_damage
from gongfu.data.readers.limits import Limits
from gongfu.data.readers.problems import ProblemList

__all__ = ["Sheet", "read_sheet"]

KIND = "an XLSX workbook"
SPARSE_BOX = 10_000_000  # cells laid out between the far ends of a sheet before we ask for a reason
SPARSE_SHARE = 20  # cells laid out for each one that holds something
EXACT_WHOLE = 2**53


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """One sheet of a workbook: its name, its cells, what was noted."""

    name: str
    grid: Grid
    notes: tuple[str, ...]


def read_sheet(path: Path, file: str, sheet: str | None, limits: Limits) -> Sheet:
    """Return the cells of one sheet of a workbook; of the first one if none is named.

    Raises
    ------
    InputError
        If the file is no workbook, would unpack beyond the limits, holds no such sheet, or cells
        of the sheet hold spreadsheet errors.
    """
    extents = sheet_extents(path, file, limits)
    with refusing_damage(file, KIND):
        workbook = fastexcel.read_excel(path)
        names = workbook.sheet_names
    limits.refuse_sheets(len(names), file)
    index = _sheet_index(names, sheet, file)
    if index < len(extents):
        _refuse_extent(extents[index], file, limits)
    with refusing_damage(file, KIND):
        cells = _cells(workbook, index)
    others = ", ".join(plain(name) for name in names if name != names[index])
    unasked = bool(others) and sheet is None
    note = f"read the sheet {plain(names[index])}, not {others}"
    lines = np.arange(1, cells.height + 1, dtype=np.int64)
    return Sheet(names[index], Grid(cells, lines), (note,) if unasked else ())


def _cells(workbook: fastexcel.ExcelReader, index: int) -> pl.DataFrame:
    """Return cells as text; numbers in full precision, which the reader's own text form loses."""
    text = _load(workbook, index, "string")
    number = _load(workbook, index, "float")
    cells = [_exact(text[name], number[name]) for name in text.columns]
    return pl.DataFrame(cells)


def _load(workbook: fastexcel.ExcelReader, index: int, dtype: fastexcel.DType) -> pl.DataFrame:
    # skip_rows=0 keeps empty rows at the top, so that row numbers stay those of the sheet.
    sheet = workbook.load_sheet(index, header_row=None, skip_rows=0, dtypes=dtype)
    return sheet.to_polars()


def _exact(text: pl.Series, number: pl.Series) -> pl.Series:
    has_fraction = (number != number.round()) | text.str.contains(r"^-?\d+\.")
    shown = number.cast(pl.String)
    whole = (number == number.round()) & (number.abs() < EXACT_WHOLE)
    shown = shown.zip_with(
        ~whole.fill_null(value=False), number.cast(pl.Int64, strict=False).cast(pl.String)
    )
    return shown.zip_with(has_fraction.fill_null(value=False) & number.is_not_null(), text).alias(
        text.name
    )


def _sheet_index(names: list[str], sheet: str | None, file: str) -> int:
    if not names:
        raise InputError(Problem("the workbook has no sheets", file=file, fix=SAVE_AS))
    if sheet is None:
        return 0
    if sheet not in names:
        known = ", ".join(plain(name) for name in names[:20])
        raise InputError(
            Problem(
                f"no sheet {plain(sheet)!r}",
                expected=f"one of {known}",
                file=file,
                fix=nearest_name(sheet, names) or "Name one of these sheets.",
            )
        )
    return names.index(sheet)


def _refuse_extent(extent: SheetExtent, file: str, limits: Limits) -> None:
    limits.refuse_table(extent.rows, extent.columns, file)
    box = extent.rows * extent.columns
    if box > SPARSE_BOX and box > SPARSE_SHARE * extent.cells:
        raise InputError(
            Problem(
                "the cells of the sheet lie far apart",
                expected="one table",
                found=f"{extent.cells:,} cells over {extent.rows:,} rows and "
                f"{extent.columns:,} columns",
                file=file,
                fix="Delete the stray cells, or copy the table to a new sheet.",
            )
        )
    problems = ProblemList(file)
    problems.add(_spreadsheet_error(*place, file) for place in extent.errors)
    problems.refuse()


def _spreadsheet_error(letters: str, row: int, file: str) -> Problem:
    return Problem(
        "a formula ended in an error",
        expected="a value",
        found="a spreadsheet error such as #DIV/0!",
        file=file,
        row=row,
        column=letters,
        fix="Correct the formula, or leave the cell empty.",
    )
