"""Files larger than memory: checked now, read piece by piece later."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from gongfu.core import InputError, Problem
from gongfu.data.plain_text import plain
from gongfu.data.readers.columns import require_columns
from gongfu.data.readers.delimited import delimiter_of
from gongfu.data.readers.foreign import refusing_damage
from gongfu.data.readers.limits import Limits
from gongfu.data.readers.parquet import scan_parquet
from gongfu.data.readers.table import regular_file

__all__ = ["LARGE_BYTES", "LARGE_ROWS", "LazyTable", "is_large", "open_lazy"]

LARGE_ROWS: Final = 5_000_000
"""Rows of a Parquet file from which it is read piece by piece."""

LARGE_BYTES: Final = 128_000_000
"""Bytes of a CSV file from which it is read piece by piece: its text takes nine times as much."""

_NO_LIMITS = Limits(megabytes=10**9, rows=10**12, cells=10**15)
_LOOKED_AT = 1 << 16
_LISTED = 5


@dataclass(frozen=True, slots=True, eq=False)
class LazyTable:
    """A file whose rows wait to be read.

    Parameters
    ----------
    frame : the named columns.
    file : path as shown in messages.
    lines : line of each row, as people count: from 2 after a header, from 1 in a Parquet file.
    """

    frame: pl.LazyFrame
    file: str
    lines: range


def is_large(path: str | Path) -> bool:
    """Return whether a file is one that is read piece by piece unless told otherwise."""
    place, kind = regular_file(path, _NO_LIMITS)
    if kind in ("CSV", "TSV"):
        return place.stat().st_size > LARGE_BYTES
    if kind != "Parquet":
        return False
    lazy = scan_parquet(place, plain(path), _NO_LIMITS)
    return int(lazy.select(pl.len()).collect().item()) > LARGE_ROWS


def open_lazy(path: str | Path, *, numbers: Sequence[str], labels: Sequence[str]) -> LazyTable:
    """Return the named columns of a Parquet, CSV or TSV file without reading its rows.

    Parameters
    ----------
    numbers : columns that must hold numbers; an empty cell of a CSV file is a missing number.
    labels : columns of groups; whole numbers where all cells of a CSV column are.

    Raises
    ------
    InputError
        If the file cannot be read so, lacks a column, or a cell that must be a number is none.
    """
    place, kind = regular_file(path, _NO_LIMITS)
    file = plain(path)
    if kind == "Parquet":
        lazy = scan_parquet(place, file, _NO_LIMITS)
        require_columns([*numbers, *labels], lazy.collect_schema().names(), file)
        return LazyTable(lazy, file, _lines(1))
    if kind not in ("CSV", "TSV"):
        raise InputError(
            Problem(
                "this format is only read as a whole",
                expected="Parquet, CSV or TSV",
                found=kind,
                file=file,
                fix="Save it as Parquet or CSV UTF-8.",
            )
        )
    with refusing_damage(file, "a CSV file in UTF-8"):
        return LazyTable(_typed_csv(place, file, numbers, labels), file, _lines(2))


def _lines(first: int) -> range:
    return range(first, sys.maxsize)


def _typed_csv(
    place: Path, file: str, numbers: Sequence[str], labels: Sequence[str]
) -> pl.LazyFrame:
    text = pl.scan_csv(place, separator=_delimiter(place), infer_schema=False)
    require_columns([*numbers, *labels], text.collect_schema().names(), file)
    text = text.select(pl.col(name).str.strip_chars() for name in {*numbers, *labels})
    text = text.with_columns(pl.when(pl.all() != "").then(pl.all()))
    kinds: dict[str, pl.DataType] = {name: pl.Int64() for name in labels}
    kinds |= {name: pl.Float64() for name in numbers}
    typed = {name: pl.col(name).cast(kind, strict=False) for name, kind in kinds.items()}
    lost = {name: pl.col(name).is_not_null() & cast.is_null() for name, cast in typed.items()}
    counts = text.select(bad.sum().alias(name) for name, bad in lost.items())
    counted = counts.collect(engine="streaming").row(0, named=True)
    _refuse_text(text, file, {name: lost[name] for name in numbers if counted[name]})
    return text.with_columns(cast for name, cast in typed.items() if not counted[name])


def _delimiter(place: Path) -> str:
    with place.open("rb") as raw:
        head = raw.read(_LOOKED_AT).decode("utf-8", errors="replace")
    return delimiter_of(head)


def _refuse_text(text: pl.LazyFrame, file: str, lost: dict[str, pl.Expr]) -> None:
    problems = []
    for name, bad in lost.items():
        numbered = text.select(name).with_row_index("line here", offset=2)
        cells = numbered.filter(bad).head(_LISTED).collect(engine="streaming")
        problems += [
            Problem(
                "text where a number should stand",
                expected="a number",
                found=plain(cell, 40),
                file=file,
                row=line,
                column=plain(name),
            )
            for line, cell in cells.iter_rows()
        ]
    if problems:
        raise InputError(problems)
