"""Tables in a Word file: real ones, with heads that repeat, and three rules or a grid of lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table as Grid
from docx.table import _Row

from gongfu.report.book.blocks import Block, Style, Table
from gongfu.report.book.fit import PADDING, TURNED, UPRIGHT, Fit, fit
from gongfu.report.docx_fields import add_label

__all__ = ["add_table", "turn_for"]

_THICK, _THIN, _HAIR = 12, 6, 4  # eighths of a point
_SHADE = "F3F1EE"


def add_table(document: WordDocument, table: Table, style: Style) -> None:
    """Add a table with its caption above and its notes below."""
    caption = document.add_paragraph(style="Caption")
    add_label(caption, table.label)
    caption.add_run(f"　{table.caption}")
    caption.paragraph_format.keep_with_next = True
    if style == "gov":
        caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
    found = fit(table, UPRIGHT, TURNED)
    _fill(document, table, found, has_lines=style == "gov" and not table.is_regression)
    for i, note in enumerate(table.notes, start=1):
        paragraph = document.add_paragraph(note, style="Gongfu Note")
        paragraph.paragraph_format.keep_with_next = i < len(table.notes)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def turn_for(document: WordDocument, block: Block) -> None:
    """Begin a new page where a block needs the paper the other way: a very wide table, turned."""
    is_turned = isinstance(block, Table) and fit(block, UPRIGHT, TURNED).is_turned
    old = document.sections[-1]
    if is_turned == (old.orientation == WD_ORIENT.LANDSCAPE):
        return
    width, height = old.page_width, old.page_height
    new = document.add_section(WD_SECTION.NEW_PAGE)
    new.orientation = WD_ORIENT.LANDSCAPE if is_turned else WD_ORIENT.PORTRAIT
    new.page_width, new.page_height = height, width


def _fill(document: WordDocument, table: Table, found: Fit, *, has_lines: bool) -> None:
    heads, lines = len(table.heads), [*table.heads, *table.rows]
    grid = document.add_table(rows=len(lines), cols=len(table.numeric))
    grid.autofit = False
    _pad(grid)
    _describe(grid, f"{table.label}　{table.caption}")
    for column, width in zip(grid.columns, found.widths, strict=True):
        column.width = Pt(width)
    keeps = not found.is_long
    for i, (row, cells) in enumerate(zip(grid.rows, lines, strict=True)):
        goes_on = bool(table.notes) if i == len(lines) - 1 else keeps
        _fill_row(row, cells, table, found, is_head=i < heads, keeps=goes_on)
        _rule(row, dict(_edges(i, table, has_lines=has_lines)))
        if i < heads:
            _repeat(row, is_shaded=has_lines)


def _pad(grid: Grid) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side, points in (
        ("top", 1.0),
        ("left", PADDING / 2),
        ("bottom", 1.0),
        ("right", PADDING / 2),
    ):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(round(20 * points)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    grid._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)


def _describe(grid: Grid, words: str) -> None:
    """Say what the table is to those who do not see it."""
    mark = OxmlElement("w:tblCaption")
    mark.set(qn("w:val"), words)
    grid._tbl.tblPr.append(mark)


def _fill_row(
    row: _Row, cells: Sequence[str], table: Table, found: Fit, *, is_head: bool, keeps: bool
) -> None:
    number = WD_ALIGN_PARAGRAPH.CENTER if table.is_regression else WD_ALIGN_PARAGRAPH.RIGHT
    for j, (cell, words) in enumerate(zip(row.cells, cells, strict=True)):
        cell.width = Pt(found.widths[j])
        paragraph = cell.paragraphs[0]
        paragraph.style = "Gongfu Cell"
        paragraph.alignment = number if table.numeric[j] else WD_ALIGN_PARAGRAPH.LEFT
        paragraph.paragraph_format.keep_with_next = keeps or is_head
        run = paragraph.add_run(words)
        run.font.size, run.bold = Pt(found.size), is_head
    _stay_whole(row)


def _edges(i: int, table: Table, *, has_lines: bool) -> Iterator[tuple[str, int]]:
    """Yield the edges of a row that bear a rule, and how thick it is."""
    heads, rows = len(table.heads), len(table.rows)
    if has_lines:
        yield from ((edge, _HAIR) for edge in ("top", "left", "bottom", "right"))
        return
    if i == 0:
        yield "top", _THICK
    if i - heads in table.rules:
        yield "top", _THIN
    if i == heads - 1:
        yield "bottom", _THIN
    if i == heads + rows - 1:
        yield "bottom", _THICK


def _rule(row: _Row, edges: dict[str, int]) -> None:
    for cell in row.cells if edges else ():
        borders = OxmlElement("w:tcBorders")
        for edge in ("top", "left", "bottom", "right"):
            if edge in edges:
                line = OxmlElement(f"w:{edge}")
                values = {"val": "single", "sz": str(edges[edge]), "space": "0", "color": "4A5560"}
                for name, value in values.items():
                    line.set(qn(f"w:{name}"), value)
                borders.append(line)
        cell._tc.get_or_add_tcPr().append(borders)


def _repeat(row: _Row, *, is_shaded: bool) -> None:
    """Mark a row as a head that repeats on every page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
    for cell in row.cells if is_shaded else ():
        shade = OxmlElement("w:shd")
        for name, value in {"val": "clear", "color": "auto", "fill": _SHADE}.items():
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)


def _stay_whole(row: _Row) -> None:
    mark = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(mark)
