"""A book as DOCX: heading styles, real tables, captions, pictures with a text for the blind."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime

from docx import Document
from docx.document import Document as WordDocument
from docx.shared import Mm

from gongfu import __version__
from gongfu.report.book.blocks import (
    Annexed,
    Block,
    Book,
    Heading,
    Pair,
    Paragraph,
    Picture,
    Points,
    Style,
    Table,
    Terms,
)
from gongfu.report.book.numbering import chapter_number, section_number
from gongfu.report.catalogue import text
from gongfu.report.docx_fields import add_reference
from gongfu.report.word.fields import add_contents, add_header_and_footer
from gongfu.report.word.figures import add_pair, add_picture
from gongfu.report.word.looks import MARGINS, set_looks
from gongfu.report.word.tables import add_table, turn_for

__all__ = ["to_docx"]

_BEGINNING = datetime(2000, 1, 1)  # a file's own date would differ at every writing
_ZIPPED = (2000, 1, 1, 0, 0, 0)


def to_docx(book: Book, pictures: Mapping[str, bytes], style: Style) -> bytes:
    """Return the Word file; the same book gives the same bytes.

    Parameters
    ----------
    pictures : PNG of each figure's body by the key of its chart, at 300 dots an inch.
    style : ``gov`` or ``paper``.
    """
    document = Document()
    set_looks(document, book.language, style)
    _set_page(document, style)
    _describe(document, book)
    add_header_and_footer(document, book.title, style)
    _open(document, book, style)
    for number, chapter in enumerate(book.chapters, start=1):
        if chapter.key == "annex":
            _close(document, book)
        head = "" if chapter.key == "annex" else chapter_number(number, style, book.language)
        heading = document.add_heading(f"{head}{chapter.title}", level=1)
        heading.paragraph_format.page_break_before = number == 1 or chapter.key == "annex"
        for block in _with_numbers(chapter.blocks, number, style, book.language):
            _add(document, block, pictures, style)
    if book.chapters[-1].key != "annex":
        _close(document, book)
    return _same_bytes(document)


def _close(document: WordDocument, book: Book) -> None:
    """Say what was computed with what, below the last chapter and before the annex."""
    for line in book.imprint:
        document.add_paragraph(line, style="Gongfu Note")


def _set_page(document: WordDocument, style: Style) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    top, bottom, left, right = MARGINS[style]
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)


def _describe(document: WordDocument, book: Book) -> None:
    facts = document.core_properties
    facts.title, facts.author = book.title[:255], f"gongfu {__version__}"
    facts.comments, facts.language = "", "zh-CN" if book.language == "zh" else "en-GB"
    facts.created = facts.modified = _BEGINNING


def _open(document: WordDocument, book: Book, style: Style) -> None:
    """Write title, main finding, warnings and contents."""
    if style == "gov":
        kind = document.add_paragraph(style="Gongfu Kind")
        kind.add_run(text("book.kind", book.language))
    document.add_paragraph(book.title, style="Title")
    key = "book.finding" if style == "gov" else "book.abstract"
    document.add_paragraph(style="Gongfu Label").add_run(text(key, book.language))
    document.add_paragraph(book.headline, style="Gongfu Finding")
    for warning in book.warnings:
        paragraph = document.add_paragraph(style="Gongfu Warning")
        paragraph.add_run(text("page.warning", book.language)).bold = True
        paragraph.add_run(f"  {warning}")
    document.add_paragraph(style="Gongfu Label").add_run(text("page.contents", book.language))
    add_contents(document, [*_titles(book, style)])


def _titles(book: Book, style: Style) -> Iterator[str]:
    for number, chapter in enumerate(book.chapters, start=1):
        head = "" if chapter.key == "annex" else chapter_number(number, style, book.language)
        yield f"{head}{chapter.title}"


def _with_numbers(
    blocks: tuple[Block, ...], chapter: int, style: Style, language: str
) -> Iterator[Block]:
    sections = 0
    for block in blocks:
        if isinstance(block, Heading) and block.depth == 2:
            sections += 1
            yield Heading(f"{section_number(chapter, sections, style, language)}{block.text}")
        else:
            yield block


def _add(document: WordDocument, block: Block, pictures: Mapping[str, bytes], style: Style) -> None:
    turn_for(document, block)
    match block:
        case Heading():
            document.add_heading(block.text, level=block.depth)
        case Paragraph():
            _add_paragraph(document, block)
        case Terms():
            for name, words in block.items:
                paragraph = document.add_paragraph(style="Gongfu Term")
                paragraph.add_run(f"{name}  ").bold = True
                paragraph.add_run(words)
        case Points():
            for words in block.items:
                document.add_paragraph(words, style="List Bullet")
        case Picture():
            add_picture(document, block, pictures[block.key])
        case Pair():
            add_pair(document, block, pictures)
        case Table():
            add_table(document, block, style)
        case Annexed():
            raise AssertionError("a numbered book has its annex at the end")


def _add_paragraph(document: WordDocument, block: Paragraph) -> None:
    styles = {"warning": "Gongfu Warning"} | dict.fromkeys(
        ("note", "about", "source"), "Gongfu Note"
    )
    paragraph = document.add_paragraph(style=styles.get(block.manner, "Body Text"))
    before, label, after = (
        block.text.partition(block.refers) if block.refers else (block.text, "", "")
    )
    paragraph.add_run(before)
    if label:
        add_reference(paragraph, label)
        paragraph.add_run(after)
    paragraph.paragraph_format.keep_with_next = block.manner in ("lead", "about", "warning")


def _same_bytes(document: WordDocument) -> bytes:
    """Return the file with one date on all its parts, so that clocks leave no trace."""
    written, again = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(again, "w") as target:
        for part in source.infolist():
            info = zipfile.ZipInfo(part.filename, _ZIPPED)
            kind = zipfile.ZIP_STORED if part.filename.endswith(".png") else zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(part.filename), kind)
    return again.getvalue()
