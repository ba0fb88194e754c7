"""Parquet files: sizes and types are known before the rows are read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl
import polars.selectors as cs

from gongfu.core import InputError, Problem
from gongfu.data.plain_text import plain
from gongfu.data.readers.foreign import other_content, refusing_damage
from gongfu.data.readers.limits import Limits

__all__ = ["scan_parquet"]

KIND = "a Parquet file"
MARK = b"PAR1"


def scan_parquet(
    path: Path, file: str, limits: Limits, wanted: tuple[str, ...] = ()
) -> pl.LazyFrame:
    """Return a Parquet file to be read later, its sizes and types checked now.

    Parameters
    ----------
    wanted : columns whose cells count towards the limit; all if empty.

    Raises
    ------
    InputError
        If the file is damaged or too large, or a column holds lists, objects or bytes.
    """
    _refuse_other_marks(path, file)
    with refusing_damage(file, KIND):
        lazy = pl.scan_parquet(path, glob=False, hive_partitioning=False)
        schema = lazy.collect_schema()
        rows = int(lazy.select(pl.len()).collect().item())
    counted = [name for name in schema.names() if name in wanted] or schema.names()
    limits.refuse_table(rows, len(counted), file)
    nested = cs.expand_selector(schema, cs.nested() | cs.binary() | cs.object())
    _refuse_nested({name: str(schema[name]) for name in nested}, file)
    return lazy


def _refuse_other_marks(path: Path, file: str) -> None:
    size = path.stat().st_size
    with path.open("rb") as raw:
        begins = raw.read(len(MARK))
        raw.seek(max(size - len(MARK), 0))
        ends = raw.read()
    if begins != MARK or ends != MARK:
        raise other_content(file, KIND)


def _refuse_nested(types: Mapping[str, str], file: str) -> None:
    if types:
        raise InputError(
            Problem(
                "the column holds lists or bytes",
                expected="numbers, text or dates",
                found=plain(kind),
                file=file,
                column=plain(name),
                fix="Leave the column out, or spread it over columns of numbers and text.",
            )
            for name, kind in types.items()
        )
