"""Parquet, Stata and SPSS files: typed columns, sizes known before the rows are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
import polars.selectors as cs
import pyreadstat

from gongfu.core import InputError, Problem
from gongfu.data.readers.foreign import refusing_damage
from gongfu.data.readers.limits import Limits

__all__ = ["Columns", "read_parquet", "read_spss", "read_stata", "scan_parquet"]

PARQUET_MARK = b"PAR1"
SPSS_MARKS = (b"$FL2", b"$FL3")
STATA_MARK = b"<stata_dta>"
STATA_VERSIONS = range(104, 116)  # first byte of files before Stata 13
OLD_STATA_ENCODING = "GB18030"  # Chinese files written before Stata 14


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """A typed table; codes are kept, their ``{column: {code: label}}`` stand beside it."""

    frame: pl.DataFrame
    value_labels: Mapping[str, Mapping[object, str]] = field(default_factory=dict)


def read_parquet(path: Path, file: str, limits: Limits) -> Columns:
    """Return the table of a Parquet file. Columns that hold lists, objects or bytes are refused."""
    lazy = scan_parquet(path, file, limits)
    with refusing_damage(file, "a Parquet file"):
        return Columns(lazy.collect())


def scan_parquet(
    path: Path, file: str, limits: Limits, wanted: tuple[str, ...] = ()
) -> pl.LazyFrame:
    """Return a Parquet file to be read later, its sizes checked now.

    Parameters
    ----------
    wanted : columns whose cells count towards the limit; all if empty.
    """
    _refuse_other_marks(path, file)
    with refusing_damage(file, "a Parquet file"):
        lazy = pl.scan_parquet(path, glob=False, hive_partitioning=False)
        schema = lazy.collect_schema()
        rows = int(lazy.select(pl.len()).collect().item())
    counted = [name for name in schema.names() if name in wanted] or schema.names()
    limits.refuse_table(rows, len(counted), file)
    _refuse_nested(schema, file)
    return lazy


def read_stata(path: Path, file: str, limits: Limits) -> Columns:
    """Return the table of a Stata .dta file."""
    mark = _first_bytes(path)
    if not mark.startswith(STATA_MARK[: len(mark)] or b"-") and mark[:1] not in _bytes(
        STATA_VERSIONS
    ):
        raise _other_content("a Stata file", file)
    return _read_labelled(pyreadstat.read_dta, path, file, "a Stata file", limits)


def read_spss(path: Path, file: str, limits: Limits) -> Columns:
    """Return the table of an SPSS .sav file."""
    if _first_bytes(path)[:4] not in SPSS_MARKS:
        raise _other_content("an SPSS file", file)
    return _read_labelled(pyreadstat.read_sav, path, file, "an SPSS file", limits)


def _read_labelled(
    read: Callable[..., Any], path: Path, file: str, kind: str, limits: Limits
) -> Columns:
    options: dict[str, Any] = {"output_format": "polars"}
    with refusing_damage(file, kind):
        try:
            _, about = read(path, metadataonly=True, **options)
        except (UnicodeDecodeError, pyreadstat.ReadstatError):
            options["encoding"] = OLD_STATA_ENCODING
            _, about = read(path, metadataonly=True, **options)
    # A file that does not say its number of rows is bounded by its size alone.
    limits.refuse_table(max(about.number_rows or 0, 0), about.number_columns or 0, file)
    with refusing_damage(file, kind):
        frame, about = read(path, **options)
    return Columns(
        frame, {name: dict(codes) for name, codes in about.variable_value_labels.items()}
    )


def _refuse_other_marks(path: Path, file: str) -> None:
    size = path.stat().st_size
    with path.open("rb") as raw:
        begins = raw.read(4)
        raw.seek(max(size - 4, 0))
        ends = raw.read(4)
    if begins != PARQUET_MARK or ends != PARQUET_MARK:
        raise _other_content("a Parquet file", file)


def _first_bytes(path: Path) -> bytes:
    with path.open("rb") as raw:
        return raw.read(len(STATA_MARK))


def _bytes(numbers: range) -> list[bytes]:
    return [bytes([number]) for number in numbers]


def _refuse_nested(schema: pl.Schema, file: str) -> None:
    nested = cs.expand_selector(schema, cs.nested() | cs.binary() | cs.object())
    if nested:
        raise InputError(
            Problem(
                "the column holds lists or bytes",
                expected="numbers, text or dates",
                found=str(schema[name]),
                file=file,
                column=name,
                fix="Leave the column out, or spread it over columns of numbers and text.",
            )
            for name in nested
        )


def _other_content(kind: str, file: str) -> InputError:
    return InputError(
        Problem(
            f"this is not {kind}, or it is cut off",
            found="other content behind this name",
            file=file,
            fix="Copy or export it again, or save it as CSV UTF-8.",
        )
    )
