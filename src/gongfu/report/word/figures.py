"""Pictures in a Word file: alone or in pairs, with captions and a text for those who do not see."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Protocol

from docx.document import Document as WordDocument
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from gongfu.report.book.blocks import Pair, Picture
from gongfu.report.docx_fields import add_label
from gongfu.report.word.looks import TEXT_WIDTH

__all__ = ["add_pair", "add_picture"]

_GUTTER = 6  # millimetres between two pictures


class _Holder(Protocol):
    def add_paragraph(self, text: str = "", style: str | None = None) -> Paragraph: ...


def add_picture(document: WordDocument, picture: Picture, content: bytes) -> None:
    """Add a picture as wide as the text, its caption below."""
    _add(document, picture, content, document.add_paragraph(), TEXT_WIDTH)


def add_pair(document: WordDocument, pair: Pair, pictures: Mapping[str, bytes]) -> None:
    """Add two pictures beside each other, in a table without lines."""
    grid = document.add_table(rows=1, cols=2)
    grid.autofit = False
    for cell, picture in zip(grid.rows[0].cells, (pair.left, pair.right), strict=True):
        cell.width = Mm(TEXT_WIDTH / 2)
        width = (TEXT_WIDTH - _GUTTER) / 2 - 2
        _add(cell, picture, pictures[picture.key], cell.paragraphs[0], width)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _add(holder: _Holder, picture: Picture, content: bytes, first: Paragraph, width: float) -> None:
    first.paragraph_format.keep_with_next = True
    first.paragraph_format.space_after = Pt(2)
    shape = first.add_run().add_picture(io.BytesIO(content), width=Mm(width))
    shape._inline.docPr.set("descr", picture.alt)
    shape._inline.docPr.set("name", picture.label)
    caption = holder.add_paragraph(style="Caption")
    add_label(caption, picture.label)
    caption.add_run(f"　{picture.title}")
    caption.paragraph_format.keep_with_next = True
    lines = [picture.subtitle, picture.note, picture.facts]
    shown = [line for line in lines if line]
    for i, line in enumerate(shown):
        note = holder.add_paragraph(line, "Gongfu Note")
        note.paragraph_format.keep_with_next = i < len(shown) - 1
        note.paragraph_format.space_after = Pt(0 if i < len(shown) - 1 else 8)
