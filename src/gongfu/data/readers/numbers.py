"""Which text cells are numbers, and which only look like one."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from gongfu.data.plain_text import plain

__all__ = [
    "MISSING_MARK",
    "NumberColumn",
    "as_number_column",
    "numbers_if_all_are",
    "why_not_a_number",
]

MISSING_MARK = "NA"
"""What R writes for a missing value. Other marks are refused: in yearbooks ``…`` is a small value
and ``—`` can be zero, so nobody but the user can say what they mean."""

_FULL_WIDTH = dict(zip("０１２３４５６７８９．，－＋−", "0123456789.,-+-", strict=True))
_NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?$"
_THOUSANDS = r"^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$"
_CODE = r"^0\d+$"  # 011 is a code: as a number it would lose its zero
_WHOLE = r"^[+-]?\d+$"
LOOKED_AT_FIRST = 1_000  # cells that show a text column for what it is before all are looked at
_IDENTITY = r"^[+-]?\d{19,}$"  # more digits than a 64-bit integer holds exactly


@dataclass(frozen=True, slots=True, eq=False)
class NumberColumn:
    """A text column read as numbers.

    Parameters
    ----------
    values : 64-bit integers if all are whole, else floats; null where missing or not a number.
    bad : true where a cell holds text that is no finite number.
    are_codes : whether a cell begins with a zero that a number would lose.
    notes : sentences on what was recognised.
    """

    values: pl.Series
    bad: pl.Series
    are_codes: bool
    notes: tuple[str, ...]


def numbers_if_all_are(text: pl.Series) -> NumberColumn | None:
    """Return a text column read as numbers if every cell is one and none is a code."""
    if as_number_column(text.head(LOOKED_AT_FIRST)).bad.any():
        return None
    column = _plain_numbers(text) or as_number_column(text)
    return None if column.bad.any() or column.are_codes else column


def as_number_column(text: pl.Series) -> NumberColumn:
    """Return a text column read as numbers; thousands separators and full-width digits count."""
    narrow = text.str.replace_many(_FULL_WIDTH).str.replace(f"^{MISSING_MARK}$", "")
    narrow = narrow.replace("", None)
    separated = _matches(narrow, _THOUSANDS)
    candidate = narrow.str.replace_all(",", "", literal=True)
    numeric = (_matches(narrow, _NUMBER) | separated) & ~_matches(candidate, _IDENTITY)
    floats = candidate.set(~numeric, None).cast(pl.Float64, strict=False)
    finite = floats.is_finite().fill_null(value=False)
    values = floats.set(~finite, None)
    if _matches(candidate, _WHOLE).equals(narrow.is_not_null()) and numeric.sum():
        values = candidate.set(~finite, None).cast(pl.Int64, strict=False)
    return NumberColumn(
        values.alias(text.name),
        narrow.is_not_null() & ~finite,
        bool(_matches(narrow, _CODE).any()),
        _notes(text, separated),
    )


def _plain_numbers(text: pl.Series) -> NumberColumn | None:
    """Return a column of plain numbers at once, or nothing where a closer look is needed."""
    whole = text.cast(pl.Int64, strict=False)
    values = (
        whole if whole.null_count() == text.null_count() else text.cast(pl.Float64, strict=False)
    )
    if values.null_count() > text.null_count() or not values.is_finite().all():
        return None
    if _matches(text, _CODE).any() or (values is not whole and _matches(text, _IDENTITY).any()):
        return None
    no_cell = pl.repeat(False, text.len(), eager=True)
    return NumberColumn(values, no_cell, are_codes=False, notes=())


def why_not_a_number(text: str) -> str:
    """Return the next step for a text cell where a number should stand."""
    cell = text.strip()
    if cell.endswith(("%", "％")):
        return "Write the number without the percent sign, in the unit of the column."
    if cell.lower() in {"inf", "+inf", "-inf", "infinity", "-infinity", "∞"}:
        return "A value must be finite; leave the cell empty when it is missing."
    if cell.lower() in {
        "—",
        "–",
        "-",
        "－",
        "…",
        "...",
        "..",
        ".",
        "/",
        "n/a",
        "nan",
        "null",
        "none",
    }:
        return "Leave the cell empty when the value is missing; write 0 when it is zero."
    if cell.startswith("#"):
        return "The cell holds a spreadsheet error: correct its formula, or leave it empty."
    return "Write a plain number such as 1234.5, or leave the cell empty."


def _matches(text: pl.Series, pattern: str) -> pl.Series:
    return text.str.contains(pattern).fill_null(value=False)


def _notes(text: pl.Series, separated: pl.Series) -> tuple[str, ...]:
    widened = (text.str.contains("[０-９．，－＋−]").fill_null(value=False)).sum()
    absent = (text == MISSING_MARK).fill_null(value=False).sum()
    counts = {
        "with thousands separators, read as numbers": separated.sum(),
        "with full-width digits or signs, read as numbers": widened,
        f"that say {MISSING_MARK}, read as missing": absent,
    }
    return tuple(
        f"column {plain(text.name)}: cells {what}: {count:,}"
        for what, count in counts.items()
        if count
    )
