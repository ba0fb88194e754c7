"""Checks of single cells of a panel: known variables, one value each, values that can be right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from gongfu.core import Problem, Variable
from gongfu.core.errors import nearest_name
from gongfu.data.headers import (
    VariableHeader,
    columns_with_role,
    nearest_variable,
    recognise_variable,
)
from gongfu.data.plain_text import plain
from gongfu.data.ranges import ANY, NOT_NEGATIVE, PossibleRange, possible_range
from gongfu.data.readers.problems import ProblemList

__all__ = ["CELLS", "check_duplicates", "check_values", "name_variables"]

CELLS: Mapping[str, pl.DataType] = {
    "line": pl.Int64(),
    "column": pl.String(),
    "unit": pl.String(),
    "year": pl.Int32(),
    "variable": pl.String(),
    "value": pl.Float64(),
}
"""What is known of each cell: where it stands, whose value it is, the value."""

NAME_IT = "If not, name it with --variable (in Python: variables=[...])."


def name_variables(
    cells: pl.DataFrame, wanted: Sequence[str], problems: ProblemList
) -> tuple[pl.DataFrame, dict[str, Variable], list[str]]:
    """Return the cells of the wanted variables under dictionary names, their entries, and notes.

    Parameters
    ----------
    cells : columns of ``CELLS``, variables as the file spells them.
    wanted : variables to keep, as the file or the dictionary spells them; all if empty.
    """
    _add_cells(problems, cells.filter(pl.col("variable").is_null()), _NO_VARIABLE)
    raw = cells["variable"].drop_nulls().unique(maintain_order=True).to_list()
    heads = _wanted_only({name: recognise_variable(name) for name in raw}, wanted, problems)
    notes = []
    for name, head in heads.items():
        problem = _problem_with_name(name, head, wanted)
        if problem:
            first = cells.filter(pl.col("variable") == name).head(1)
            _add_cells(problems, first, problem, found=name)
        elif head.entry is None:
            notes.append(f"{plain(name)} is not in the dictionary: its unit is not known")
    names = {name: head.name for name, head in heads.items()}
    kept = cells.filter(pl.col("variable").is_in(list(names)))
    named = kept.with_columns(pl.col("variable").replace_strict(names, return_dtype=pl.String))
    return named, {head.name: head.entry for head in heads.values() if head.entry}, notes


def check_duplicates(cells: pl.DataFrame, problems: ProblemList) -> None:
    """Add every line that repeats a region, year and variable; once a line."""
    keys = ["unit", "year", "variable"]
    filled = cells.drop_nulls(keys)
    is_first = pl.struct(keys).is_first_distinct()
    first = filled.filter(is_first).select(*keys, first="line", beside="column")
    again = filled.filter(~is_first).join(first, on=keys, how="left", maintain_order="left")
    once = again.unique("line", keep="first", maintain_order=True)
    problems.add(_duplicate(row, problems.file) for row in once.iter_rows(named=True))


def check_values(
    cells: pl.DataFrame, entries: Mapping[str, Variable], problems: ProblemList
) -> None:
    """Add every value that is infinite, or that its variable cannot have."""
    value = pl.col("value")
    for name in cells["variable"].unique(maintain_order=True).to_list():
        own = cells.filter(pl.col("variable") == name)
        low, high = bounds = _bounds(name, entries.get(name))
        outside = value.is_finite() & ((value < low) | (value > high))
        _add_cells(problems, own.filter(value.is_infinite()), _INFINITE)
        _add_cells(problems, own.filter(outside), _outside(name, bounds, entries.get(name)))


def _problem_with_name(name: str, head: VariableHeader, wanted: Sequence[str]) -> Problem | None:
    if head.other_unit:
        return _other_unit(head)
    if head.entry is not None or name in wanted or columns_with_role("income", [name]):
        return None
    near = nearest_variable(name)
    return _unknown(near) if near else None


def _wanted_only(
    found: dict[str, VariableHeader], wanted: Sequence[str], problems: ProblemList
) -> dict[str, VariableHeader]:
    if not wanted:
        return found
    known = sorted({*found, *(head.name for head in found.values())})
    problems.add(
        Problem(
            f"no variable {plain(name)!r}",
            expected=f"one of {plain(', '.join(known))}",
            file=problems.file,
            fix=nearest_name(name, known) or "Name one of these variables.",
        )
        for name in wanted
        if name not in known
    )
    return {name: head for name, head in found.items() if {name, head.name} & set(wanted)}


def _bounds(name: str, entry: Variable | None) -> PossibleRange:
    if entry is not None:
        return possible_range(entry)
    return NOT_NEGATIVE if columns_with_role("income", [name]) else ANY


def _add_cells(problems: ProblemList, cells: pl.DataFrame, words: Problem, found: str = "") -> None:
    problems.add(
        replace(
            words,
            found=_shown(found or row["value"]),
            file=problems.file,
            row=row["line"],
            column=plain(row["column"]),
        )
        for row in cells.iter_rows(named=True)
    )


def _shown(value: object) -> str:
    return "an empty cell" if value is None else plain(value)


def _duplicate(row: dict[str, Any], file: str) -> Problem:
    return Problem(
        f"{plain(row['variable'])} of {plain(row['unit'])} in {row['year']} stands twice",
        expected="one row per region and year",
        found=f"already in row {row['first']}, column {plain(row['beside'])}",
        file=file,
        row=row["line"],
        column=plain(row["column"]),
        fix="Keep one of them. If rows are persons or households, name their income with --income.",
    )


def _outside(name: str, bounds: PossibleRange, entry: Variable | None) -> Problem:
    unit = f" in {entry.unit}" if entry else ""
    return Problem(
        f"{plain(name)} cannot have this value",
        expected=f"{bounds}{unit}",
        fix="Correct it, or check the unit of the column.",
    )


def _unknown(near: str) -> Problem:
    return Problem("no variable has this name", fix=f"{near} {NAME_IT}")


def _other_unit(head: VariableHeader) -> Problem:
    unit = head.entry.unit if head.entry else ""
    return Problem(
        f"the header says {plain(head.other_unit)}",
        expected=f"{head.name} in {unit}",
        fix=f"Convert the values to {unit}, or give the column a name of your own.",
    )


_NO_VARIABLE = Problem(
    "the name of the variable is missing", expected="a name in every row", fix="Fill it in."
)
_INFINITE = Problem(
    "the value is infinite",
    expected="a finite number",
    fix="Correct it, or leave the cell empty when it is missing.",
)
