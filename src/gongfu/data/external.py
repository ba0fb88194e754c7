"""A user's own copy of data that gongfu may not ship: read, recognised, cited.

Terms and papers to cite stand in the sources table, spellings of columns in ``external.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from gongfu.core import InputError, MissingPartError, Panel, Problem, Variable
from gongfu.data.embedded import read_embedded
from gongfu.data.places import find_province, place_labels
from gongfu.data.plain_text import plain
from gongfu.data.readers.columns import column_of_numbers
from gongfu.data.readers.problems import ProblemList
from gongfu.data.readers.table import Table, open_table
from gongfu.data.sources import find_source

__all__ = ["ExternalVariable", "external_variables", "load_ceads", "load_meic", "load_pku_dfiic"]

PROVINCE_COLUMNS = (
    *("prov_name", "province", "province_name", "prov", "region", "name"),
    *("省份", "省", "地区", "省市"),
    *("prov_code", "code"),
)
YEAR_COLUMNS = ("year", "年份", "年度", "年")
WHOLE_COUNTRY = frozenset(("全国", "中国", "合计", "总计", "china", "total", "national", "sum"))
_YEAR = re.compile(r"((?:19|20)\d\d)(?:\.0)?年?")


@dataclass(frozen=True, slots=True)
class ExternalVariable:
    """A variable gongfu knows how to find in a user's file; ``columns`` are its spellings."""

    variable: Variable
    evidence: str
    columns: tuple[str, ...]


@cache
def external_variables(source: str) -> tuple[ExternalVariable, ...]:
    """Return the variables of an external source, such as ``pku_dfiic``."""
    rows = read_embedded("external.csv").filter(pl.col("source") == source)
    return tuple(_external_variable(row) for row in rows.iter_rows(named=True))


def load_pku_dfiic(path: str | Path | None = None) -> Panel:
    """Return the Peking University digital financial inclusion index from your own copy.

    Parameters
    ----------
    path : provincial file (CSV, XLSX ...) with province, year and the index columns. Rows of the
        whole country are passed over.

    Raises
    ------
    MissingPartError
        If there is no file; says where to get one and on what terms.
    InputError
        If no index column is recognised, or cells are wrong; lists every problem.
    """
    return _load(path, "pku_dfiic")


def load_ceads(path: str | Path | None = None) -> Panel:
    """Return provincial carbon dioxide emissions (Mt) from your own copy of CEADs.

    Parameters
    ----------
    path : provincial file with province, year and emissions, or with one column a year.

    Raises
    ------
    MissingPartError, InputError
        As :func:`load_pku_dfiic`.
    """
    return _load(path, "ceads")


def load_meic(path: str | Path | None = None) -> Panel:
    """Return provincial carbon dioxide emissions (Mt) from your own copy of MEIC.

    Parameters
    ----------
    path : provincial file with province, year and emissions, or with one column a year.

    Raises
    ------
    MissingPartError, InputError
        As :func:`load_pku_dfiic`.
    """
    return _load(path, "meic")


def _external_variable(row: dict[str, str]) -> ExternalVariable:
    evidence, columns = row.pop("evidence"), row.pop("columns")
    entry = Variable(definition=row.pop("definition_en"), **row)  # type: ignore[arg-type]
    return ExternalVariable(entry, evidence, tuple(columns.split(";")))


@dataclass(frozen=True, slots=True)
class _Rows:
    """A user's table with the province of each row (null for the whole country) and its year."""

    table: Table
    units: pl.Series
    years: pl.Series
    problems: ProblemList


def _load(path: str | Path | None, source: str) -> Panel:
    if path is None or not Path(path).exists():
        raise MissingPartError(_where_to_get(source, path))
    table = open_table(path)
    problems = ProblemList(table.file)
    long = _long(table, source, problems)
    problems.refuse()
    entries = {known.variable.name: known.variable for known in external_variables(source)}
    present = {name: entries[name] for name in long["variable"].unique().to_list()}
    return Panel(long, present, place_labels())


def _where_to_get(source: str, path: str | Path | None) -> str:
    known = find_source(source)
    missing = f"there is no file {plain(path)!r}" if path else "no file was named"
    return (
        f"{known.title_en}: {missing}. {known.terms_en} Get it from {known.url} and give the path "
        f"of the provincial table. {known.terms_zh}"
    )


def _long(table: Table, source: str, problems: ProblemList) -> pl.DataFrame:
    place = _first_of(PROVINCE_COLUMNS, table.frame.columns)
    if place is None:
        raise InputError(_no_column(table, "province", PROVINCE_COLUMNS))
    units = _units(table, place, problems)
    year = _first_of(YEAR_COLUMNS, table.frame.columns)
    if year is None:
        return _from_wide_years(table, source, units, problems)
    rows = _Rows(table, units, _years(table, year, problems), problems)
    _refuse_repeated(rows, place)
    return _from_long_years(rows, source)


def _from_long_years(rows: _Rows, source: str) -> pl.DataFrame:
    known = external_variables(source)
    found = [(entry, _first_of(entry.columns, rows.table.frame.columns)) for entry in known]
    named = [_cells(rows, column, entry) for entry, column in found if column is not None]
    if not named:
        spellings = [spelling for entry in known for spelling in entry.columns]
        raise InputError(_no_column(rows.table, "value", spellings))
    return pl.concat(named)


def _from_wide_years(
    table: Table, source: str, units: pl.Series, problems: ProblemList
) -> pl.DataFrame:
    known = external_variables(source)
    by_year = [(column, _YEAR.fullmatch(column.strip())) for column in table.frame.columns]
    years = [(column, int(match[1])) for column, match in by_year if match]
    if not years or len(known) > 1:
        raise InputError(_no_column(table, "year", YEAR_COLUMNS))
    height = table.frame.height
    return pl.concat(
        _cells(_Rows(table, units, pl.Series([year] * height), problems), column, known[0])
        for column, year in years
    )


def _cells(rows: _Rows, column: str, known: ExternalVariable) -> pl.DataFrame:
    table = rows.table
    values, _ = column_of_numbers(table.frame[column], table.lines, rows.problems)
    source = find_source(known.variable.source)
    note = f"From the user's own copy of {source.title_en}. {source.terms_en}"
    cells = pl.DataFrame({"unit": rows.units, "year": rows.years, "value": values})
    return cells.drop_nulls().with_columns(
        pl.col("year").cast(pl.Int32),
        pl.col("value").cast(pl.Float64),
        variable=pl.lit(known.variable.name),
        evidence=pl.lit(known.evidence),
        note=pl.lit(note),
    )


def _units(table: Table, column: str, problems: ProblemList) -> pl.Series:
    texts = table.frame[column].cast(pl.String).fill_null("")
    places = [find_province(text) for text in texts]
    country = [text.strip().casefold() in WHOLE_COUNTRY for text in texts]
    unknown = [place is None and not whole for place, whole in zip(places, country, strict=True)]
    words = Problem(
        "no province has this name",
        expected="a name such as 四川 or Sichuan, or a code such as 51",
        fix="Correct the name, or delete the row.",
    )
    problems.add_rows(pl.Series(unknown), texts, table.lines, words)
    return pl.Series([place.code if place else None for place in places], dtype=pl.String)


def _years(table: Table, column: str, problems: ProblemList) -> pl.Series:
    texts = table.frame[column].cast(pl.String).fill_null("")
    matches = [_YEAR.fullmatch(text.strip()) for text in texts]
    words = Problem("this is no year", expected="a year such as 2020", fix="Correct the year.")
    problems.add_rows(pl.Series([m is None for m in matches]), texts, table.lines, words)
    return pl.Series([int(m[1]) if m else None for m in matches], dtype=pl.Int32)


def _refuse_repeated(rows: _Rows, column: str) -> None:
    keys = pl.DataFrame({"unit": rows.units, "year": rows.years})
    complete = rows.units.is_not_null() & rows.years.is_not_null()
    repeated = ~keys.select(pl.struct("unit", "year").is_first_distinct()).to_series() & complete
    words = Problem("this province and year stand in an earlier row", fix="Keep one of them.")
    rows.problems.add_rows(repeated, rows.table.frame[column], rows.table.lines, words)


def _first_of(spellings: Sequence[str], columns: Sequence[str]) -> str | None:
    by_plain = {_plain_name(column): column for column in reversed(columns)}
    known = (by_plain.get(_plain_name(spelling)) for spelling in spellings)
    return next((column for column in known if column is not None), None)


def _plain_name(text: str) -> str:
    """Return a column name without case, spaces, marks and a unit in brackets."""
    return re.sub(r"[\W_]", "", re.sub(r"[(（].*?[)）]", "", text)).casefold()


def _no_column(table: Table, what: str, spellings: Sequence[str]) -> Problem:
    return Problem(
        f"no {what} column is recognised",
        expected=f"one of {', '.join(spellings)}",
        found=", ".join(plain(name, 40) for name in table.frame.columns[:20]),
        file=table.file,
        fix="Rename the column.",
    )
