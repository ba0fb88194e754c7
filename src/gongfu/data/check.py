"""What a user's file holds and everything wrong with it, before any measure is taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from gongfu.core import InputError, Problem, Variable
from gongfu.data.headers import columns_with_role, year_in_header
from gongfu.data.plain_text import plain
from gongfu.data.readers import (
    Limits,
    PanelReading,
    RowRoles,
    RowsSource,
    Table,
    examine_panel,
    examine_rows,
    open_table,
)
from gongfu.data.readers.labelled import ValueLabels
from gongfu.data.readers.layout import Shape

__all__ = ["CheckReport", "VariableReport", "check_file"]

NAME_INCOME = "If rows are persons or households, name their income with --income."

LABELS_NOTED = 10


@dataclass(frozen=True, slots=True)
class VariableReport:
    """One variable of a file: values it has and lacks, lowest and highest in ``unit``."""

    name: str
    label: str
    unit: str
    values: int
    missing: int
    lowest: float | None
    highest: float | None


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was recognised in a file, and every problem found.

    Parameters
    ----------
    problems, warnings : what makes the file unusable, and what to be aware of.
    file, format, encoding, delimiter, sheet : the file as it was read.
    shape : ``wide``, ``long``, ``years as columns`` or ``rows of persons or households``.
    rows, columns : size of the table.
    regions : how many; ``are_provinces`` says whether they are provinces.
    years : those that have a value.
    variables : with their counts and range.
    """

    problems: tuple[Problem, ...]
    warnings: tuple[str, ...] = ()
    file: str = ""
    format: str = ""
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    shape: str = ""
    rows: int = 0
    columns: int = 0
    regions: int = 0
    are_provinces: bool = False
    years: tuple[int, ...] = ()
    variables: tuple[VariableReport, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the file can be used as it is."""
        return not self.problems

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain JSON values."""
        fields = {name: getattr(self, name) for name in self.__slots__}
        return {
            **fields,
            "ok": self.ok,
            "problems": [problem.to_dict() for problem in self.problems],
            "variables": [
                {name: getattr(entry, name) for name in entry.__slots__} for entry in self.variables
            ],
        }


def check_file(
    path: str | Path,
    *,
    unit: str | None = None,
    year: str | None = None,
    variables: Sequence[str] | None = None,
    income: str | None = None,
    weight: str | None = None,
    shape: Shape = "auto",
    sheet: str | None = None,
    limits: Limits | None = None,
) -> CheckReport:
    """Return what a file holds and all its problems; raises nothing for a bad file.

    Parameters
    ----------
    unit, year, variables, shape : as for `read_panel`.
    income, weight : columns of a file of persons or households; recognised if not given.
    sheet, limits : as for `read_table`.
    """
    try:
        table = open_table(path, sheet=sheet, limits=limits)
    except InputError as error:
        return CheckReport(error.problems, file=plain(path))
    report = CheckReport(
        (),
        file=table.file,
        format=table.format,
        encoding=table.encoding,
        delimiter=table.delimiter,
        sheet=table.sheet,
        rows=table.frame.height,
        columns=table.frame.width,
    )
    try:
        if income or weight or (not unit and _holds_rows(table.frame.columns)):
            return _with_rows(report, table, income, weight)
        reading = examine_panel(table, unit=unit, year=year, variables=variables, shape=shape)
    except InputError as error:
        return replace(report, problems=error.problems)
    return _with_panel(report, table, reading)


def _labels_noted(value_labels: ValueLabels) -> Iterator[str]:
    """Yield a sentence on each column whose codes have labels; the first ones only."""
    for name in list(value_labels)[:LABELS_NOTED]:
        codes = list(value_labels[name].items())
        shown = ", ".join(f"{code} {label}" for code, label in codes[:LABELS_NOTED])
        yield f"column {plain(name)}: codes are kept; their labels: {plain(shown)}"


def _holds_rows(headers: Sequence[str]) -> bool:
    """Return whether headers speak of persons or households rather than regions by years."""
    has_years = bool(columns_with_role("year", headers)) or any(
        year_in_header(name) is not None for name in headers
    )
    is_panel = bool(columns_with_role("unit", headers)) and has_years
    has_income = bool(columns_with_role("income", headers))
    return has_income and (bool(columns_with_role("weight", headers)) or not is_panel)


def _with_rows(
    report: CheckReport, table: Table, income: str | None, weight: str | None
) -> CheckReport:
    headers = table.frame.columns
    incomes = (income,) if income else tuple(columns_with_role("income", headers)[:1])
    if not incomes:
        raise InputError(Problem("no column of incomes", file=table.file, fix=NAME_INCOME))
    weights = (weight,) if weight else tuple(columns_with_role("weight", headers)[:1])
    reading = examine_rows(RowsSource.from_table(table), RowRoles(incomes, weights))
    notes = () if weights else ("no column of weights: each row counts the same",)
    return replace(
        report,
        problems=tuple(reading.problems.listed()),
        warnings=(*reading.notes, *notes, *_labels_noted(table.value_labels)),
        shape="rows of persons or households",
        variables=tuple(
            _variable(column.name, column, None) for column in reading.numbers.iter_columns()
        ),
    )


def _with_panel(report: CheckReport, table: Table, reading: PanelReading) -> CheckReport:
    cells = reading.cells.drop_nulls("value")
    notes = () if reading.layout else (NAME_INCOME,)
    own = reading.cells.partition_by("variable", maintain_order=True)
    return replace(
        report,
        problems=tuple(reading.problems.listed()),
        warnings=(*reading.notes, *notes, *_labels_noted(table.value_labels)),
        shape=reading.layout.shape if reading.layout else "",
        regions=cells["unit"].n_unique(),
        are_provinces=reading.are_provinces,
        years=tuple(cells["year"].drop_nulls().unique().sort().to_list()),
        variables=tuple(
            _variable(part["variable"][0], part["value"], reading.entries.get(part["variable"][0]))
            for part in own
        ),
    )


def _variable(name: str, values: pl.Series, entry: Variable | None) -> VariableReport:
    finite = values.filter(values.is_finite().fill_null(value=False))
    return VariableReport(
        name=plain(name),
        label=entry.zh if entry else "",
        unit=entry.unit if entry else "",
        values=values.len() - values.null_count(),
        missing=values.null_count(),
        lowest=None if finite.is_empty() else float(finite.min()),  # type: ignore[arg-type]
        highest=None if finite.is_empty() else float(finite.max()),  # type: ignore[arg-type]
    )
