"""A result document as a workbook: what it is on the first sheet, then a sheet per table."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import datetime

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import span
from gongfu.report.document import Column, ResultDocument, ResultTable
from gongfu.report.findings import headline
from gongfu.report.page.background import recipe
from gongfu.report.printable import printable
from gongfu.report.words import evidence_text, price_text, uncertainty_text, unit_text

__all__ = ["to_xlsx"]

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
_BEGINNING = datetime(2000, 1, 1)  # a file's own date would differ at every writing
_LONGEST_NAME, _LONGEST_TEXT = 31, 32_767  # characters a sheet's name and a cell may have
_WIDEST = 48  # characters

_Value = str | float | int | bool | None


def to_xlsx(document: ResultDocument, language: str) -> bytes:
    """Return the workbook; no cell is ever a formula, and the same document gives the same bytes.

    The first row of each table's sheet has the labels with units and prices and stays in view;
    numbers are numbers, to the 16 digits a workbook holds; a missing value is an empty cell.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        book.set_properties({"title": printable(document.meta.title[language])[:255],
                             "author": f"gongfu {document.meta.version}",
                             "created": _BEGINNING})  # fmt: skip
        formats = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top",
                                     "bottom": 1, "bg_color": "#EEF2F6"}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
        }  # fmt: skip
        names = _sheet_names(document, text("book.about", language))
        about = book.add_worksheet(text("book.about", language))
        _write_about(about, document, names, formats, language)
        for name, table in document.tables.items():
            _write_table(book.add_worksheet(names[name]), table, formats, language)
    return buffer.getvalue()


def _sheet_names(document: ResultDocument, taken: str) -> Mapping[str, str]:
    """Return a name for each sheet: that of its table, cut where it is too long."""
    names: dict[str, str] = {}
    used = {taken.lower()}
    for name in document.tables:
        short, number = name[:_LONGEST_NAME], 1
        while short.lower() in used:
            number += 1
            short = f"{name[: _LONGEST_NAME - len(str(number)) - 1]}~{number}"
        used.add(short.lower())
        names[name] = short
    return names


def _write_about(
    sheet: Worksheet,
    document: ResultDocument,
    names: Mapping[str, str],
    formats: Mapping[str, Format],
    language: str,
) -> None:
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 60)
    sheet.set_column(2, 5, 34)
    _put(sheet, 0, 0, document.meta.title[language], formats["title"])
    place = 1
    for label, value in _facts(document, language):
        _put(sheet, place, 0, label, formats["head"])
        _put(sheet, place, 1, value, formats["text"])
        place += 1
    place += 1
    for j, head in enumerate(_heads(language)):
        _put(sheet, place, j, head, formats["head"])
    for name, table in document.tables.items():
        place += 1
        for j, cell in enumerate(_row(names[name], table, language)):
            _put(sheet, place, j, cell, formats["text"])


def _facts(document: ResultDocument, language: str) -> Iterator[tuple[str, str]]:
    meta = document.meta
    yield text("book.finding", language), headline(document, language)
    yield text("book.years", language), span(meta.first_year, meta.last_year)
    if meta.last_real_year > 0:
        real = text("book.real_span", language, base=meta.base_year, last=meta.last_real_year)
        yield text("book.real_years", language), real
    for warning in meta.warnings:
        yield text("page.warning", language), warning[language]
    yield from recipe(document, language)
    yield text("book.note", language), text("book.no_formulas", language)


def _heads(language: str) -> tuple[str, ...]:
    return (
        text("book.sheet", language),
        text("book.note", language),
        text("sources.source", language),
        text("evidence.label", language),
        text("uncertainty.label", language),
        text("book.rows", language),
    )


def _row(sheet: str, table: ResultTable, language: str) -> tuple[_Value, ...]:
    return (
        sheet,
        table.note[language],
        table.source[language],
        evidence_text(table.evidence, language),
        uncertainty_text(table.uncertainty, language),
        table.rows.height,
    )


def _write_table(
    sheet: Worksheet, table: ResultTable, formats: Mapping[str, Format], language: str
) -> None:
    for j, column in enumerate(table.columns):
        label = _heading(column, language)
        _put(sheet, 0, j, label, formats["head"])
        width = max(12, min(len(label) + 2, 24), _longest(table, column.name))
        sheet.set_column(j, j, min(width, _WIDEST))
    for i, row in enumerate(table.rows.iter_rows(), start=1):
        for j, value in enumerate(row):
            _put(sheet, i, j, value)
    sheet.freeze_panes(1, 0)
    if table.rows.height:
        sheet.autofilter(0, 0, table.rows.height, len(table.columns) - 1)


def _longest(table: ResultTable, name: str) -> int:
    """Return the characters of the longest text of a column; 0 for numbers."""
    if table.rows.schema[name] != pl.String:
        return 0
    return max((len(value) for value in table.rows[name] if value), default=0)


def _heading(column: Column, language: str) -> str:
    unit = "" if column.unit in ("", "year") else unit_text(column.unit, language)
    price = price_text(column.price_base, language) if column.price_base else ""
    details = "; ".join(filter(None, (unit, price)))
    label = column.label(language) or column.name
    return f"{label} [{details}]" if details else label


def _put(
    sheet: Worksheet, row: int, column: int, value: _Value, style: Format | None = None
) -> None:
    """Write one value as what it is: text never as a formula, nothing for no value."""
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, printable(value)[:_LONGEST_TEXT], style)
    else:
        sheet.write_number(row, column, value, style)
