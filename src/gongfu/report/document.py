"""The result document: everything a study found, in the one form that every view reads.

A view (page, figure, spreadsheet, terminal) computes no economic number of its own: it reads the
tables here, which say of each column what it is, in which unit and prices, how it came to be, how
uncertain it is and who published it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import polars as pl

from gongfu.core import Evidence, InputError, Problem, Uncertainty
from gongfu.core.errors import nearest_name

__all__ = ["SCHEMA", "Column", "Meta", "ResultDocument", "ResultTable", "Words"]

SCHEMA = "gongfu/result/1"
"""Name and version of the document's shape. A reader refuses any other."""


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages."""

    zh: str
    en: str

    def __getitem__(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Column:
    """What a column of a result table holds.

    Parameters
    ----------
    name : spelling in files and code.
    zh, en : label shown to people.
    unit : such as ``yuan per person``, ``log change`` or ``index 0-1``; text columns have none.
    price_base : prices money is counted in, such as ``2020 prices``; empty for no money, or where
        the table has a ``price`` column that says it row by row.
    """

    name: str
    zh: str
    en: str
    unit: str = ""
    price_base: str = ""

    def label(self, language: str) -> str:
        """Return the label in ``zh`` or ``en``."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True, eq=False)
class ResultTable:
    """Rows of one finding, with what is needed to trust or doubt them.

    Parameters
    ----------
    name : key of the table in the document, also its file name.
    columns : in the order shown.
    rows : holds these columns (in any order); numbers become 64 bit, text stays text. NaN and null
        both mean "no value". Row order is kept and shown.
    evidence, uncertainty : of the numbers; a column ``evidence`` overrules the first row by row.
    source : who published the figures it rests on.
    note : what a reader must know, or nothing.

    Raises
    ------
    InputError
        If columns and rows differ, a number has no unit, money has no price base, or a value is
        infinite. All problems at once.
    """

    name: str
    columns: tuple[Column, ...]
    rows: pl.DataFrame
    evidence: Evidence
    uncertainty: Uncertainty
    source: Words
    note: Words = Words("", "")

    def __post_init__(self) -> None:
        problems = list(self._column_problems())
        if problems:
            raise InputError(problems)
        rows = _normalised(self.rows.select(column.name for column in self.columns))
        problems = [*self._unit_problems(rows), *self._infinite_values(rows)]
        if problems:
            raise InputError(problems)
        object.__setattr__(self, "rows", rows)

    def column(self, name: str) -> Column:
        """Return the description of one column."""
        for column in self.columns:
            if column.name == name:
                return column
        known = [column.name for column in self.columns]
        raise InputError(
            Problem(f"table {self.name} has no column {name!r}", fix=nearest_name(name, known))
        )

    def _column_problems(self) -> Iterator[Problem]:
        described = [column.name for column in self.columns]
        for name in sorted({name for name in described if described.count(name) > 1}):
            yield self._problem("is described twice", name, "Describe it once.")
        for name in described:
            if name not in self.rows.columns:
                fix = nearest_name(name, self.rows.columns) or "Add it to the rows."
                yield self._problem("is described but has no values", name, fix)
        for name in self.rows.columns:
            if name not in described:
                yield self._problem("has values but no description", name, "Describe it.")
            elif not _is_storable(self.rows, name):
                kind = str(self.rows.schema[name])
                yield self._problem(f"has type {kind}", name, "Use numbers, text or true/false.")

    def _unit_problems(self, rows: pl.DataFrame) -> Iterator[Problem]:
        priced = "price" in rows.columns
        for column in self.columns:
            if rows.schema[column.name].is_numeric() and not column.unit:
                fix = "Say its unit, such as 'year', 'count' or 'index 0-1'."
                yield self._problem("is a number without a unit", column.name, fix)
            if "yuan" in column.unit and not (column.price_base or priced):
                fix = "Say '2020 prices' or 'current prices'."
                yield self._problem("is money without a price base", column.name, fix)

    def _infinite_values(self, rows: pl.DataFrame) -> Iterator[Problem]:
        for name in rows.columns:
            if rows.schema[name].is_float() and rows[name].is_infinite().any():
                yield self._problem("holds an infinite value", name, "Leave the value out.")

    def _problem(self, what: str, column: str, fix: str) -> Problem:
        return Problem(f"result table {self.name}: {column!r} {what}", column=column, fix=fix)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """What was run, on what, with what: enough to run it again.

    Parameters
    ----------
    title : of the study.
    study, study_hash : identifier of the study file, and the hash of study and data.
    version : of gongfu.
    data_vintage : which edition of the figures.
    seed : of all random draws, if any were made.
    command : the line that makes this document again.
    versions : of Python and of the packages that compute, by name.
    languages : in which a report is wanted.
    first_year, last_year : the span the study speaks of.
    last_real_year : the last year with prices to count real money in; 0 means none. Later years
        stand in current prices only.
    base_year : whose prices real money is counted in.
    main_account : the account that the headline and the waterfall speak of; empty means the first.
    warnings : what the study wants every reader to see.
    """

    title: Words
    study: str
    study_hash: str
    version: str
    data_vintage: str
    command: str
    versions: Mapping[str, str]
    first_year: int
    last_year: int
    last_real_year: int
    base_year: int
    main_account: str = ""
    seed: int | None = None
    languages: tuple[str, ...] = ("zh", "en")
    warnings: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class ResultDocument:
    """All tables of one study.

    Parameters
    ----------
    meta : what was run.
    tables : by name; which tables a report knows stands in ``docs/explanation/result-document.md``.

    Raises
    ------
    InputError
        If a table stands under another name than its own, or the schema is unknown.
    """

    meta: Meta
    tables: Mapping[str, ResultTable] = field(default_factory=dict)
    schema: str = SCHEMA

    def __post_init__(self) -> None:
        if self.schema != SCHEMA:
            raise InputError(
                Problem("unknown schema of a result document", expected=SCHEMA, found=self.schema)
            )
        wrong = [key for key, table in self.tables.items() if key != table.name]
        if wrong:
            raise InputError(Problem(f"table {key!r} bears another name") for key in wrong)
        object.__setattr__(self, "tables", MappingProxyType(dict(sorted(self.tables.items()))))

    def __contains__(self, name: str) -> bool:
        return name in self.tables

    def table(self, name: str) -> ResultTable:
        """Return a table, or say which name was probably meant."""
        if name not in self.tables:
            fix = nearest_name(name, list(self.tables))
            raise InputError(Problem(f"the result document has no table {name!r}", fix=fix))
        return self.tables[name]


def _normalised(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with 64-bit numbers and null for NaN, so that files read back the same."""
    whole = [name for name, kind in rows.schema.items() if kind.is_integer()]
    fractional = [name for name, kind in rows.schema.items() if kind.is_float()]
    empty = [name for name, kind in rows.schema.items() if kind == pl.Null]
    return rows.with_columns(
        pl.col(whole).cast(pl.Int64),
        pl.col(fractional).cast(pl.Float64).fill_nan(None),
        pl.col(empty).cast(pl.String),
    )


def _is_storable(rows: pl.DataFrame, name: str) -> bool:
    kind = rows.schema[name]
    return kind.is_integer() or kind.is_float() or kind in (pl.String, pl.Boolean, pl.Null)
