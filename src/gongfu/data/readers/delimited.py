"""Comma-, semicolon- and tab-separated text as a grid of cells."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

import numpy as np
import polars as pl

from gongfu.core import InputError, Problem
from gongfu.data.plain_text import plain
from gongfu.data.readers.cells import Grid
from gongfu.data.readers.foreign import refusing_damage
from gongfu.data.readers.limits import Limits
from gongfu.data.readers.problems import ProblemList

__all__ = ["delimiter_of", "grid_of"]

DELIMITERS = (",", ";", "\t")
NAMES = {",": "comma", ";": "semicolon", "\t": "tab"}
QUOTED = r'"(?:[^"]|"")*"'
LINES_LOOKED_AT = 50
CHUNK = 50_000  # rows turned into columns at a time, so that Python strings stay few


def grid_of(text: str, file: str, limits: Limits) -> tuple[Grid, str]:
    """Return the cells of delimited text and the delimiter, named in words.

    Raises
    ------
    InputError
        If rows differ in their number of cells, a quote is not closed, or a limit is passed.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    delimiter = delimiter_of(text)
    columns = _header_width(text, delimiter, file)
    limits.refuse_table(text.count("\n"), columns, file)
    lines = pl.Series([text], dtype=pl.String).str.split("\n").explode()
    if '"' not in text or _are_records(lines, delimiter):
        grid = _grid_of_lines(lines, delimiter, columns, file)
    else:
        grid = _grid_of_records(text, delimiter, columns, file)
    return grid, NAMES[delimiter]


def delimiter_of(text: str) -> str:
    """Return the delimiter that splits the first lines most evenly; comma if there is none."""
    lines = [line for line in islice(io.StringIO(text), LINES_LOOKED_AT) if line.strip()]
    bare = [re.sub(r'"[^"]*"', "", line) for line in lines]

    def evidence(delimiter: str) -> tuple[bool, int]:
        counts = [line.count(delimiter) for line in bare] or [0]
        return counts[0] > 0 and len(set(counts)) == 1, counts[0]

    return max(DELIMITERS, key=evidence)


def _header_width(text: str, delimiter: str, file: str) -> int:
    for _, row in _records(text, delimiter, file):
        return len(row)
    return 0


def _are_records(lines: pl.Series, delimiter: str) -> bool:
    """Return whether every line is one record whose quoted cells are quoted from end to end."""
    cell = rf'(?:{QUOTED}|[^"{delimiter}]*)'
    return lines.str.contains(rf"^{cell}(?:{delimiter}{cell})*$").all()


def _grid_of_lines(lines: pl.Series, delimiter: str, columns: int, file: str) -> Grid:
    filled = lines.str.strip_chars() != ""
    numbers = filled.arg_true().to_numpy().astype(np.int64) + 1
    lines = lines.filter(filled)
    bare = lines.str.replace_all(QUOTED, "")
    widths = bare.str.count_matches(delimiter, literal=True).to_numpy() + 1
    ragged = np.flatnonzero(widths != columns)
    if ragged.size:
        _refuse_ragged([(int(numbers[i]), int(widths[i])) for i in ragged], columns, file)
    if lines.is_empty():
        return Grid(pl.DataFrame(), numbers)
    content = lines.str.join("\n").item().encode("utf-8")
    with refusing_damage(file, "a table of text"):
        cells = pl.read_csv(content, separator=delimiter, has_header=False, infer_schema=False)
    return Grid(cells, numbers)


def _grid_of_records(text: str, delimiter: str, columns: int, file: str) -> Grid:
    parts: list[pl.DataFrame] = []
    numbers: list[int] = []
    ragged: list[tuple[int, int]] = []
    records = _records(text, delimiter, file)
    while chunk := list(islice(records, CHUNK)):
        ragged += [(line, len(row)) for line, row in chunk if len(row) != columns]
        if not ragged:
            numbers += [line for line, _ in chunk]
            cells = zip(*(row for _, row in chunk), strict=True)
            parts.append(pl.DataFrame({f"{i}": list(column) for i, column in enumerate(cells)}))
    if ragged:
        _refuse_ragged(ragged, columns, file)
    return Grid(pl.concat(parts) if parts else pl.DataFrame(), np.array(numbers, dtype=np.int64))


def _records(text: str, delimiter: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the line on which each record begins and its cells; blank lines are left out."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begin = 1
    try:
        for row in reader:
            if len(row) > 1 or any(cell.strip() for cell in row):
                yield begin, row
            begin = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            Problem(
                "a quotation mark that opens a cell is not closed, or closes it too early",
                expected='pairs of ", doubled ("") inside a quoted cell',
                found=plain(error),
                file=file,
                row=begin,
                fix="Correct the quotation marks in this row.",
            )
        ) from error


def _refuse_ragged(ragged: list[tuple[int, int]], columns: int, file: str) -> None:
    problems = ProblemList(file)
    problems.add(
        Problem(
            "the row does not have as many cells as the header",
            expected=f"{columns} cells",
            found=f"{width}",
            file=file,
            row=line,
            fix="Add or remove cells; put quotation marks around a cell that holds the delimiter.",
        )
        for line, width in ragged
    )
    problems.refuse()
