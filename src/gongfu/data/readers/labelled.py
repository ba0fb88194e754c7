"""Stata and SPSS files: codes are kept, their labels stand beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import polars.selectors as cs
import pyreadstat

from gongfu.core import InputError, Problem
from gongfu.data.readers.encoding import decode
from gongfu.data.readers.foreign import other_content, refusing_damage
from gongfu.data.readers.limits import Limits

__all__ = ["LabelledTable", "ValueLabels", "read_spss", "read_stata"]

SPSS_MARKS = (b"$FL2", b"$FL3")
STATA_MARK = b"<stata_dta>"
STATA_13 = b"<stata_dta><header><release>117"
OLD_STATA = {bytes([version]) for version in range(104, 116)}  # first byte before Stata 13
BYTES_AS_TEXT = "LATIN1"  # maps each byte to one character and back, so nothing is lost

ValueLabels = Mapping[str, Mapping[object, str]]


@dataclass(frozen=True, slots=True, eq=False)
class LabelledTable:
    """A table of codes and the labels of the codes, ``{column: {code: label}}``."""

    frame: pl.DataFrame
    value_labels: ValueLabels


@dataclass(frozen=True, slots=True)
class _Source:
    read: Callable[..., Any]
    path: Path
    file: str
    kind: str
    limits: Limits


def read_stata(path: Path, file: str, limits: Limits) -> LabelledTable:
    """Return the table of a Stata .dta file; before Stata 14 files do not name their encoding."""
    with path.open("rb") as raw:
        mark = raw.read(len(STATA_13))
    is_old = mark[:1] in OLD_STATA
    if not is_old and not mark.startswith(STATA_MARK):
        raise other_content(file, "a Stata file")
    source = _Source(pyreadstat.read_dta, path, file, "a Stata file", limits)
    return _decoded(source) if is_old or mark == STATA_13 else _as_declared(source)


def read_spss(path: Path, file: str, limits: Limits) -> LabelledTable:
    """Return the table of an SPSS .sav file."""
    with path.open("rb") as raw:
        mark = raw.read(len(SPSS_MARKS[0]))
    if mark not in SPSS_MARKS:
        raise other_content(file, "an SPSS file")
    source = _Source(pyreadstat.read_sav, path, file, "an SPSS file", limits)
    try:
        return _as_declared(source)
    except InputError as error:
        if not _is_about_encoding(error):
            raise
        return _decoded(source)


def _as_declared(source: _Source, encoding: str | None = None) -> LabelledTable:
    options = {"output_format": "polars", "encoding": encoding}
    with refusing_damage(source.file, source.kind):
        _, about = source.read(source.path, metadataonly=True, **options)
    # A file that does not say its number of rows is bounded by its size alone.
    rows, columns = max(about.number_rows or 0, 0), about.number_columns or 0
    source.limits.refuse_table(rows, columns, source.file)
    with refusing_damage(source.file, source.kind):
        frame, about = source.read(source.path, **options)
    labels = about.variable_value_labels
    return LabelledTable(frame, {name: dict(codes) for name, codes in labels.items()})


def _decoded(source: _Source) -> LabelledTable:
    """Return a table whose file names no encoding, its text decoded as UTF-8 or GB 18030.

    Left alone, the reader takes such text for Western: ±±¾© for 北京, without a word.
    """
    table = _as_declared(source, BYTES_AS_TEXT)
    encoding = _encoding_of(table, source.file)

    def right(text: str) -> str:
        return text.encode(BYTES_AS_TEXT).decode(encoding)

    frame = table.frame.rename(right)
    columns = [_replaced(frame[name], right) for name in cs.expand_selector(frame, cs.string())]
    labels = {
        right(name): {code: right(label) for code, label in codes.items()}
        for name, codes in table.value_labels.items()
    }
    return LabelledTable(frame.with_columns(columns), labels)


def _encoding_of(table: LabelledTable, file: str) -> str:
    try:
        _, encoding = decode("\n".join(_texts(table)).encode(BYTES_AS_TEXT), file)
    except InputError as error:
        raise InputError(
            Problem(
                "the text is in an encoding gongfu does not read",
                expected="UTF-8 or GB18030",
                file=file,
                fix="Save it with Unicode text (in Stata: unicode translate), or as CSV UTF-8.",
            )
        ) from error
    return encoding


def _texts(table: LabelledTable) -> Iterable[str]:
    yield from table.frame.columns
    for column in table.frame.select(cs.string()).iter_columns():
        yield from column.drop_nulls().unique()
    for codes in table.value_labels.values():
        yield from codes.values()


def _replaced(column: pl.Series, right: Callable[[str], str]) -> pl.Series:
    words = {text: right(text) for text in column.drop_nulls().unique()}
    return column.replace(words) if words else column


def _is_about_encoding(error: InputError) -> bool:
    cause = error.__cause__
    return isinstance(cause, UnicodeDecodeError) or "convert string" in str(cause)
