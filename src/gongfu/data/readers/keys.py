"""Regions and years of a user's table: provinces to codes, ``2020年`` to 2020."""

from __future__ import annotations

import re
import unicodedata

import polars as pl
from jaxtyping import Int
from numpy import ndarray

from gongfu.core import InputError, Problem
from gongfu.data.headers import says_province
from gongfu.data.places import find_province, province_code
from gongfu.data.readers.problems import ProblemList

__all__ = ["FIRST_YEAR", "LAST_YEAR", "read_units", "read_years"]

FIRST_YEAR, LAST_YEAR = 1900, 2100
_NATION_WORDS = "全国 中国 全国合计 全国总计 合计 总计 china nation national total"
NATION = frozenset(_NATION_WORDS.split())

_YEAR = re.compile(r"(\d{1,6})(?:\.0+)?\s*(?:年|年度)?")
_FORMULA = r"^[=+@-]"


def read_units(
    column: pl.Series, lines: Int[ndarray, " row"], problems: ProblemList
) -> tuple[pl.Series, bool]:
    """Return the region of each row and whether regions are provinces, under their codes.

    Regions are provinces if the header says so, or at least half of the names name one; then all
    of them must.
    """
    names = _as_names(column)
    problems.add_rows(names.is_null(), column, lines, _NO_REGION)
    problems.add_rows(names.str.contains(_FORMULA), column, lines, _FORMULA_NAME)
    distinct = names.drop_nulls().unique(maintain_order=True).to_list()
    codes = {name: place.code for name in distinct if (place := find_province(name))}
    nation = [name for name in distinct if name not in codes and name.casefold() in NATION]
    most_are = bool(codes) and 2 * len(codes) >= len(distinct) - len(nation)
    if not (most_are or says_province(column.name)):
        return names.alias("unit"), False
    problems.add_rows(names.is_in(nation), column, lines, _NATION_ROW)
    others = set(distinct) - set(codes) - set(nation)
    wrong = names.is_in(list(others)) & ~names.str.contains(_FORMULA)
    problems.add_rows(wrong, column, lines, _NO_PROVINCE, fix=_province_fix)
    return names.replace_strict(codes, default=None, return_dtype=pl.String).alias("unit"), True


EXACT = 2.0**53
"""Whole numbers below this are exact as floats; a larger one is no code and no year."""


def read_years(column: pl.Series, lines: Int[ndarray, " row"], problems: ProblemList) -> pl.Series:
    """Return the year of each row; adds those that are missing, no year or out of range."""
    text = _as_names(column)
    distinct = text.drop_nulls().unique().to_list()
    years = {name: year for name in distinct if (year := _year(name)) is not None}
    read = text.replace_strict(years, default=None, return_dtype=pl.Int32)
    problems.add_rows(text.is_null(), column, lines, _NO_YEAR)
    problems.add_rows(text.is_not_null() & read.is_null(), column, lines, _BAD_YEAR)
    impossible = (read < FIRST_YEAR) | (read > LAST_YEAR)
    problems.add_rows(impossible, column, lines, _IMPOSSIBLE_YEAR)
    return read.set(impossible.fill_null(value=False), None).alias("year")


def _as_names(column: pl.Series) -> pl.Series:
    if column.dtype.is_float():
        whole = (column == column.round()) & (column.abs() < EXACT)
        if whole.fill_null(value=True).all():
            column = column.fill_nan(None).cast(pl.Int64)
    return column.cast(pl.String).str.strip_chars().replace("", None)


def _year(text: str) -> int | None:
    match = _YEAR.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return int(match[1]) if match else None


def _province_fix(name: str) -> str:
    try:
        province_code(name)
    except InputError as error:
        near = error.problems[0].fix
        return near or "Write a name such as 四川 or Sichuan, or a code such as 51."
    return ""


_NO_REGION = Problem(
    "the region is missing",
    expected="a name or a code in every row",
    fix="Fill it in; a merged cell leaves the rows below it empty.",
)
_FORMULA_NAME = Problem(
    "the name of the region begins like a formula",
    expected="a name or a code",
    fix="Write the plain name.",
)
_NATION_ROW = Problem(
    "a row of the nation among the provinces",
    expected="provinces only",
    fix="Delete the row; keep national figures in a file of their own.",
)
_NO_PROVINCE = Problem("no province has this name", expected="one of the provinces")
_NO_YEAR = Problem("the year is missing", expected="a year such as 2020", fix="Fill it in.")
_BAD_YEAR = Problem("this is no year", expected="a year such as 2020 or 2020年", fix="Correct it.")
_IMPOSSIBLE_YEAR = Problem(
    "the year cannot be right", expected=f"{FIRST_YEAR} to {LAST_YEAR}", fix="Correct it."
)
