"""Values of a table twin as text: as people read them, and as CSV with every digit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO

import polars as pl

from gongfu.data.writing import escape_formulas
from gongfu.report.catalogue.numbers import (
    change_percent,
    count,
    decimals,
    log_points,
    percent,
    rounded,
    signed,
)
from gongfu.report.chart import Axis, Twin, Value

__all__ = ["csv_bytes", "heading", "shown"]

_FORMATS: Mapping[str, Callable[[float], str]] = {
    "year": lambda value: str(int(value)),
    "count": count,
    "yuan": count,
    "index": rounded,
    "ratio": lambda value: decimals(value, 2),
    "log_percent": change_percent,
    "log_points": log_points,
    "effect": signed,
    "share": lambda value: percent(value, 2),
}


def shown(value: Value, column: Axis) -> str:
    """Return a value as its column writes it."""
    if value is None:
        return "–"
    if isinstance(value, str) or column.format == "text":
        return str(value)
    return _FORMATS[column.format](float(value))


def heading(column: Axis) -> str:
    """Return the label of a column with its unit, year and prices."""
    details = [part for part in (column.unit, column.year, column.price_base) if part]
    if column.format in ("text", "year"):
        return column.label
    return f"{column.label} [{'; '.join(details)}]"


def csv_bytes(twin: Twin) -> bytes:
    """Return the twin as CSV of full precision, safe to open in a spreadsheet."""
    names = [heading(column) for column in twin.columns]
    columns = [
        pl.Series(name, [row[i] for row in twin.rows], strict=False) for i, name in enumerate(names)
    ]
    buffer = BytesIO()
    escape_formulas(pl.DataFrame(columns)).write_csv(buffer, include_bom=True, line_terminator="\n")
    return buffer.getvalue()
