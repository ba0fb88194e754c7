"""Regression tables as XLSX: a sheet per table, estimates as numbers."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gongfu.report.catalogue import text
from gongfu.report.regression.table import RegressionTable

__all__ = ["to_workbook"]

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_NO_FORMULAS = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}


def to_workbook(tables: Sequence[tuple[str, RegressionTable]]) -> bytes:
    """Return a workbook with one sheet per named table; no cell is ever a formula."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _NO_FORMULAS) as book:
        formats = {
            "title": book.add_format({"bold": True}),
            "top": book.add_format({"top": 2, "align": "center"}),
            "head": book.add_format({"align": "center", "text_wrap": True}),
            "line": book.add_format({"bottom": 1, "align": "center", "text_wrap": True}),
            "text": book.add_format({"align": "center"}),
            "foot": book.add_format({"top": 1, "align": "center"}),
            "note": book.add_format({"font_size": 9}),
        }
        for name, table in tables:
            sheet = book.add_worksheet(_FORBIDDEN.sub(" ", name)[:31])
            _write(book, sheet, table, formats)
    return buffer.getvalue()


def _write(
    book: xlsxwriter.Workbook, sheet: Worksheet, table: RegressionTable, formats: dict[str, Format]
) -> None:
    columns = len(table.heads)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, columns, 16)
    sheet.write_string(0, 0, table.title, formats["title"])
    _line(sheet, 1, ["", *(f"({i})" for i in range(1, columns + 1))], formats["top"])
    _line(sheet, 2, ["", *table.heads], formats["head"])
    dependent = text("regression.dependent", table.language)
    _line(sheet, 3, [dependent, *table.dependents], formats["line"])
    place = _estimates(book, sheet, table)
    for i, (label, cells) in enumerate(table.foot):
        _line(sheet, place + i, [label, *cells], formats["foot" if i == 0 else "text"])
    place += len(table.foot)
    _line(sheet, place, [""] * (columns + 1), formats["top"])
    for i, note in enumerate(table.notes):
        sheet.write_string(place + i, 0, note, formats["note"])


def _estimates(book: xlsxwriter.Workbook, sheet: Worksheet, table: RegressionTable) -> int:
    """Write estimates and errors as numbers that show as in print; return the next line."""
    place = 4
    for row in table.rows:
        sheet.write_string(place, 0, row.label)
        for j, cell in enumerate(row.cells, start=1):
            if cell.value is None:
                continue
            digits = "0" * len(cell.estimate.partition(".")[2])
            shown = {"num_format": f'0.{digits}"{cell.stars}"', "align": "center"}
            sheet.write_number(place, j, cell.value, book.add_format(shown))
            if cell.standard_error is not None:
                bracket = {"num_format": f"(0.{digits})", "align": "center"}
                sheet.write_number(place + 1, j, cell.standard_error, book.add_format(bracket))
        place += 2
    return place


def _line(sheet: Worksheet, place: int, cells: Sequence[str], style: Format) -> None:
    for j, cell in enumerate(cells):
        sheet.write_string(place, j, cell, style)
