"""Regression tables as DOCX: real tables with three rules, captions and notes."""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from gongfu.report.catalogue import text
from gongfu.report.docx_fields import add_label
from gongfu.report.regression.table import RegressionTable

__all__ = ["to_word"]

_THICK, _THIN = "12", "6"
_FONTS = {"zh": ("Times New Roman", "SimSun"), "en": ("Times New Roman", "SimSun")}


def to_word(tables: Sequence[RegressionTable]) -> bytes:
    """Return a Word file with the tables one after another, ready to paste or hand in."""
    document = Document()
    _set_fonts(document, tables[0].language if tables else "en")
    for number, table in enumerate(tables, start=1):
        _add(document, table, number)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _set_fonts(document: WordDocument, language: str) -> None:
    latin, chinese = _FONTS[language]
    for name in ("Normal", "Caption"):
        style = document.styles[name]
        style.font.name = latin
        style.font.size = Pt(10.5)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), chinese)
        style.font.color.rgb = None
    document.styles["Caption"].font.bold = True


def _add(document: WordDocument, table: RegressionTable, number: int) -> None:
    caption = document.add_paragraph(style="Caption")
    caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
    caption.paragraph_format.keep_with_next = True
    label, rest = _caption(table, number)
    add_label(caption, label)
    caption.add_run(rest)
    lines = [*_lines(table)]
    grid = document.add_table(rows=len(lines), cols=len(table.heads) + 1)
    for i, line in enumerate(lines):
        for j, value in enumerate(line):
            _fill(grid.cell(i, j), value, is_label=j == 0)
    _rule(grid, 0, "top", _THICK)
    _rule(grid, 2, "bottom", _THIN)
    _rule(grid, 2 + 2 * len(table.rows), "bottom", _THIN)
    _rule(grid, len(lines) - 1, "bottom", _THICK)
    _repeat_head(grid, 3)
    for note in table.notes:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(note).font.size = Pt(9)
    document.add_paragraph()


def _caption(table: RegressionTable, number: int) -> tuple[str, str]:
    """Return the label that Word counts, such as ``Table 1``, and what follows it."""
    words = text("regression.caption", table.language, number=number, title=table.title)
    end = words.index(str(number)) + len(str(number))
    return words[:end], words[end:]


def _lines(table: RegressionTable) -> list[list[str]]:
    lines = [
        ["", *(f"({i})" for i in range(1, len(table.heads) + 1))],
        ["", *table.heads],
        [text("regression.dependent", table.language), *table.dependents],
    ]
    for row in table.rows:
        lines.append([row.label, *(f"{cell.estimate}{cell.stars}" for cell in row.cells)])
        lines.append(["", *(cell.error for cell in row.cells)])
    return [*lines, *([label, *cells] for label, cells in table.foot)]


def _fill(cell: _Cell, value: str, *, is_label: bool) -> None:
    paragraph: Paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if is_label else WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run(value).font.size = Pt(9)


def _rule(grid: Table, row: int, edge: str, size: str) -> None:
    for cell in grid.rows[row].cells:
        properties = cell._tc.get_or_add_tcPr()
        borders = properties.find(qn("w:tcBorders"))
        if borders is None:
            borders = OxmlElement("w:tcBorders")
            properties.append(borders)
        line = OxmlElement(f"w:{edge}")
        for name, value in (("val", "single"), ("sz", size), ("space", "0"), ("color", "000000")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)


def _repeat_head(grid: Table, rows: int) -> None:
    """Mark the first rows as a head that repeats on every page."""
    for row in grid.rows[:rows]:
        mark = OxmlElement("w:tblHeader")
        mark.set(qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(mark)
