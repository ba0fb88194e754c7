"""Two result documents, cell by cell: the same rows, the same text, numbers within a tolerance."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import islice

import numpy as np
import polars as pl
from jaxtyping import Bool

from gongfu.core import Problem
from gongfu.report.document import Meta, ResultDocument, ResultTable, Words

__all__ = ["Agreement", "Tolerance", "compare_documents", "tolerance_of"]


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far a recomputed number may stand from the stated one, and why.

    ``|stated - recomputed| <= absolute + relative * |recomputed|``, both in the column's unit.
    """

    relative: float
    absolute: float
    why: Words


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the comparison of two documents found.

    Parameters
    ----------
    problems : cells, rows and tables that differ.
    tables, cells : how many were compared.
    unequal : cells that differ in some digit but within their tolerance.
    largest : the largest relative difference among those, and where it stands.
    """

    problems: tuple[Problem, ...]
    tables: int
    cells: int
    unequal: int
    largest: float
    place: str


def tolerance_of(table: str) -> Tolerance:
    """Return the tolerance for the numbers of a table, from ``tolerances.toml``."""
    for prefixes, tolerance in _groups():
        if any(table.startswith(prefix) for prefix in prefixes):
            return tolerance
    raise AssertionError("the last group of tolerances.toml speaks for every table")


def compare_documents(
    stated: ResultDocument, again: ResultDocument, file: str, *, exact: bool = False
) -> Agreement:
    """Return where a stated document and a recomputed one differ.

    Parameters
    ----------
    file : of the stated document, for the messages.
    exact : ask for equality to the last bit instead of a tolerance.
    """
    problems = [*_meta_problems(stated.meta, again.meta, file), *_missing(stated, again, file)]
    shared = [name for name in stated.tables if name in again]
    cells, near = 0, []
    for name in shared:
        one, other = stated.table(name), again.table(name)
        problems += _shape_problems(one, other, file)
        if one.rows.schema != other.rows.schema or one.rows.height != other.rows.height:
            continue
        cells += one.rows.height * one.rows.width
        problems += _cell_problems(one, other, file, exact=exact)
        near += _near(one, other)
    gap, place = max(near, default=(0.0, ""))
    return Agreement(tuple(problems), len(shared), cells, len(near), gap, place)


_META = (
    "title", "study", "study_hash", "data_vintage", "seed", "first_year", "last_year",
    "last_real_year", "base_year", "main_account", "warnings",
)  # fmt: skip
"""What must be equal; versions and the command may differ from machine to machine."""


def _meta_problems(stated: Meta, again: Meta, file: str) -> Iterator[Problem]:
    for name in _META:
        said, found = getattr(stated, name), getattr(again, name)
        if said != found:
            yield Problem(
                "differs from what the study gives now",
                expected=str(found)[:200],
                found=str(said)[:200],
                file=file,
                column=f"meta.{name}",
                fix=_HASH_FIX if name == "study_hash" else "",
            )


_HASH_FIX = "The study file or one of its figures is another edition than the one that was run."


def _missing(stated: ResultDocument, again: ResultDocument, file: str) -> Iterator[Problem]:
    for name in stated.tables:
        if name not in again:
            yield Problem(f"table {name}: the study gives no such table", file=file)
    for name in again.tables:
        if name not in stated:
            yield Problem(f"table {name} is missing", file=file)


def _shape_problems(stated: ResultTable, again: ResultTable, file: str) -> Iterator[Problem]:
    name = stated.name
    if stated.columns != again.columns:
        pairs = zip(stated.columns, again.columns, strict=False)
        said, right = next(((a, b) for a, b in pairs if a != b), (None, None))
        detail = str(right or len(again.columns)), str(said or len(stated.columns))
        yield Problem(f"table {name}: columns are described otherwise", *detail, file)
    for part in ("evidence", "uncertainty", "source", "note"):
        said, right = getattr(stated, part), getattr(again, part)
        if said != right:
            yield Problem(f"table {name}: its {part} differs", str(right), str(said), file)
    if stated.rows.height != again.rows.height:
        counts = f"{again.rows.height} rows", f"{stated.rows.height}"
        yield Problem(f"table {name}: rows are missing or added", *counts, file)


def _cell_problems(
    stated: ResultTable, again: ResultTable, file: str, *, exact: bool
) -> Iterator[Problem]:
    tolerance = tolerance_of(stated.name)
    for column in stated.rows.columns:
        one, other = stated.rows[column], again.rows[column]
        if one.dtype.is_float() and not exact:
            wrong = ~_within(one, other, tolerance)
        else:
            wrong = ~one.eq_missing(other).to_numpy()
        for row in islice(np.flatnonzero(wrong), 50):
            yield _difference(stated, again, int(row), column, file)


def _within(one: pl.Series, other: pl.Series, tolerance: Tolerance) -> Bool[np.ndarray, " row"]:
    a, b = (series.to_numpy().astype(np.float64) for series in (one, other))
    near: Bool[np.ndarray, " row"] = np.abs(
        a - b
    ) <= tolerance.absolute + tolerance.relative * np.abs(b)
    near |= np.isnan(a) & np.isnan(b)
    return near


def _difference(
    stated: ResultTable, again: ResultTable, row: int, column: str, file: str
) -> Problem:
    return Problem(
        f"table {stated.name} ({_row_name(stated.rows, row)}): a cell differs",
        expected=repr(again.rows[column][row]),
        found=repr(stated.rows[column][row]),
        file=file,
        row=row + 1,
        column=column,
    )


def _row_name(rows: pl.DataFrame, row: int) -> str:
    """Return the first words and years of a row, to find it by eye."""
    names = [name for name, kind in rows.schema.items() if kind == pl.String or name == "year"]
    cells = [str(rows[name][row]) for name in names if not name.endswith(("_zh", "_en"))]
    return " / ".join(cell[:40] for cell in cells[:5]) or f"row {row + 1}"


def _near(one: ResultTable, other: ResultTable) -> list[tuple[float, str]]:
    """Return relative difference and place of the numbers that are not equal to the last bit."""
    found = []
    for column, kind in one.rows.schema.items():
        if kind.is_float():
            a, b = (t.rows[column].to_numpy().astype(np.float64) for t in (one, other))
            for row in np.flatnonzero((a != b) & np.isfinite(a + b)):
                size = max(abs(a[row]), abs(b[row]))
                found.append((float(abs(a[row] - b[row]) / size), f"{one.name}.{column}"))
    return found


@cache
def _groups() -> tuple[tuple[tuple[str, ...], Tolerance], ...]:
    text = (resources.files("gongfu.study") / "tolerances.toml").read_text("utf-8")
    return tuple(
        (
            tuple(group["tables"]),
            Tolerance(
                group["relative"], group["absolute"], Words(group["why_zh"], group["why_en"])
            ),
        )
        for group in tomllib.loads(text)["group"]
    )
