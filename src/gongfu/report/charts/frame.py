"""What all charts share: words at the foot, columns of the table twin, the way a change goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gongfu.report.catalogue import text
from gongfu.report.chart import Axis, Chart, Twin
from gongfu.report.document import Column, ResultDocument, ResultTable
from gongfu.report.words import (
    evidence_text,
    price_text,
    uncertainty_text,
    unit_text,
    version_text,
)

__all__ = [
    "axis_of",
    "chart_of",
    "text_column",
    "title_key",
    "twin_of",
    "year_column",
]


def chart_of(document: ResultDocument, table: ResultTable, language: str, **fields: Any) -> Chart:
    """Return a chart with source, evidence, uncertainty and version of the table it draws."""
    return Chart(
        language=language,
        source=text("footer.source", language, source=table.source[language]),
        evidence=table.evidence,
        evidence_text=text(
            "footer.evidence", language, evidence=evidence_text(table.evidence, language)
        ),
        uncertainty=table.uncertainty,
        uncertainty_text=uncertainty_text(table.uncertainty, language),
        version_line=version_text(document, language),
        **fields,
    )


def axis_of(column: Column, language: str, **fields: Any) -> Axis:
    """Return the axis that shows a column of a table, under the column's own label and unit."""
    return Axis(
        **{
            "key": column.name,
            "label": column.label(language),
            "unit": unit_text(column.unit, language),
            "price_base": price_text(column.price_base, language),
            "of": column.name,
            **fields,
        }
    )


def text_column(key: str, label: str) -> Axis:
    """Return a column of words."""
    return Axis(key=key, label=label, unit="", format="text")


def year_column(language: str) -> Axis:
    """Return the column, or axis, of years."""
    unit = text("unit.year", language)
    return Axis(key="year", label=text("column.year", language), unit=unit, format="year")


def twin_of(columns: Sequence[Axis], rows: Iterable[Mapping[str, Any]]) -> Twin:
    """Return the table twin with the values that the columns name, and their paths.

    Parameters
    ----------
    rows : each names its values by the keys of the columns. One that stands for a row of the
        document has that row's path as ``row_path``; the column adds what it is ``of``. One that
        joins several has ``paths``, the whole path of each value that is a number of the document.
    """
    kept = tuple(rows)
    paths = tuple(tuple(_path(row, column) for column in columns) for row in kept)
    return Twin(
        columns=tuple(columns),
        rows=tuple(tuple(row[column.key] for column in columns) for row in kept),
        paths=paths if any(map(any, paths)) else (),
    )


def _path(row: Mapping[str, Any], column: Axis) -> str:
    if row[column.key] is None:
        return ""
    if "paths" in row:
        return str(row["paths"].get(column.key, ""))
    at = row.get("row_path")
    return f"{at}/{column.of}" if at and column.of else ""


def title_key(numbers: Mapping[str, Any], part: str) -> str:
    """Return which title fits: one of its own where a finding holds for all."""
    return "title_all" if numbers[part] == numbers["all"] else "title"
