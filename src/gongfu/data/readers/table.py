"""One way in for every kind of table file."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import polars as pl
from jaxtyping import Int

from gongfu.core import InputError, Problem
from gongfu.core.errors import nearest_name
from gongfu.data.plain_text import plain
from gongfu.data.readers.cells import refuse_hidden_characters, table_of
from gongfu.data.readers.delimited import grid_of
from gongfu.data.readers.encoding import decode
from gongfu.data.readers.foreign import refusing_damage
from gongfu.data.readers.labelled import LabelledTable, ValueLabels, read_spss, read_stata
from gongfu.data.readers.limits import Limits
from gongfu.data.readers.noting import warn_of
from gongfu.data.readers.parquet import scan_parquet
from gongfu.data.readers.workbook import read_sheet

__all__ = ["FORMATS", "Table", "open_table", "read_table", "regular_file"]

FORMATS = {
    ".csv": "CSV",
    ".tsv": "TSV",
    ".txt": "CSV",
    ".xlsx": "XLSX",
    ".parquet": "Parquet",
    ".dta": "Stata",
    ".sav": "SPSS",
}


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table as read, with what was recognised on the way.

    Parameters
    ----------
    frame : columns of numbers where every cell is one, text elsewhere.
    file : path as shown in messages.
    format : one of ``FORMATS``.
    lines : file line of each row; for Parquet, Stata and SPSS the number of the row from 1.
    encoding, delimiter, sheet : where the format has them, else empty.
    value_labels : ``{column: {code: label}}`` of Stata and SPSS files.
    notes : sentences on what was recognised, such as thousands separators.
    """

    frame: pl.DataFrame
    file: str
    format: str
    lines: Int[np.ndarray, " row"]
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    value_labels: ValueLabels = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def read_table(
    path: str | Path, *, sheet: str | None = None, limits: Limits | None = None
) -> pl.DataFrame:
    """Return the table in a CSV, TSV, XLSX, Parquet, Stata (.dta) or SPSS (.sav) file.

    Parameters
    ----------
    path : the file. The end of its name says its format.
    sheet : sheet of a workbook; the first one if not given.
    limits : sizes beyond which reading is refused; those of the environment if not given.

    Raises
    ------
    InputError
        If the file cannot be read whole and unambiguously; says where and what to do.

    Warns
    -----
    ReadingNote
        For what was recognised, such as thousands separators or one sheet among several.
    """
    table = open_table(path, sheet=sheet, limits=limits)
    warn_of(table.notes)
    return table.frame


def open_table(
    path: str | Path, *, sheet: str | None = None, limits: Limits | None = None
) -> Table:
    """Return the table in a file together with what was recognised; otherwise as `read_table`."""
    limits = limits or Limits.from_environment()
    place, kind = regular_file(path, limits)
    file = plain(path)
    if kind in ("CSV", "TSV"):
        return _delimited(place, file, kind, limits)
    if kind == "XLSX":
        return _workbook(place, file, sheet, limits)
    if kind == "Parquet":
        lazy = scan_parquet(place, file, limits)
        with refusing_damage(file, "a Parquet file"):
            return _typed(LabelledTable(lazy.collect(), {}), file, kind)
    read = read_stata if kind == "Stata" else read_spss
    return _typed(read(place, file, limits), file, kind)


def regular_file(path: str | Path, limits: Limits) -> tuple[Path, str]:
    """Return a path that can be read and its format; refuse all others with a next step."""
    place, file = Path(path), plain(path)
    problem = _problem_with(place, file)
    if problem:
        raise InputError(problem)
    try:
        with place.open("rb"):
            size = place.stat().st_size
    except OSError as error:
        raise InputError(
            Problem(
                "the file cannot be opened",
                found=plain(error.strerror or error),
                file=file,
                fix="Check its permissions, and close programs that hold it.",
            )
        ) from error
    if size == 0:
        raise InputError(
            Problem(
                "the file is empty",
                expected="a header and at least one row",
                file=file,
                fix="Copy or export it again.",
            )
        )
    limits.refuse_bytes(size, file)
    return place, FORMATS[place.suffix.lower()]


def _problem_with(place: Path, file: str) -> Problem | None:
    known = f"one of {', '.join(FORMATS)}"
    try:
        if place.is_dir():
            return Problem("this is a folder", expected="a file", file=file, fix=_files_in(place))
        if not place.exists():
            fix = _near_files(place) or "Check the path."
            return Problem("there is no such file", file=file, fix=fix)
        if not place.is_file():
            return Problem("this is not a regular file", file=file, fix="Save the data to a file.")
    except (OSError, ValueError) as error:  # a name the system cannot hold
        return Problem("this is no path", found=plain(error), file=file, fix="Check the path.")
    if place.suffix.lower() not in FORMATS:
        return Problem(
            "gongfu does not read this format",
            expected=known,
            found=plain(place.suffix) or "a name without an extension",
            file=file,
            fix="Save it as CSV UTF-8 or .xlsx.",
        )
    return None


def _files_in(folder: Path) -> str:
    names = _readable_names(folder)
    return f"Name one of its files, such as {names[0]}." if names else "Name a file."


def _near_files(place: Path) -> str:
    return nearest_name(plain(place.name), _readable_names(place.parent))


def _readable_names(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            names = sorted(
                entry.name for entry in entries if Path(entry.name).suffix.lower() in FORMATS
            )
    except OSError:
        return []
    return [plain(name) for name in names]


def _delimited(place: Path, file: str, kind: str, limits: Limits) -> Table:
    text, encoding = decode(place.read_bytes(), file)
    grid, delimiter = grid_of(text, file, limits)
    frame, lines, notes = table_of(grid, file)
    return Table(
        frame, file, kind, lines, encoding=encoding, delimiter=delimiter, notes=tuple(notes)
    )


def _workbook(place: Path, file: str, sheet: str | None, limits: Limits) -> Table:
    read = read_sheet(place, file, sheet, limits)
    frame, lines, notes = table_of(read.grid, file)
    return Table(frame, file, "XLSX", lines, sheet=read.name, notes=(*read.notes, *notes))


def _typed(table: LabelledTable, file: str, kind: str) -> Table:
    frame = table.frame
    if frame.is_empty():
        raise InputError(
            Problem("the table has no rows", file=file, fix="Export it again, with its rows.")
        )
    lines = np.arange(1, frame.height + 1, dtype=np.int64)
    refuse_hidden_characters(frame, lines, file)
    return Table(frame, file, kind, lines, value_labels=table.value_labels)
