"""Fields that Word fills in: contents and page numbers."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from gongfu.report.book.blocks import Style
from gongfu.report.docx_fields import begin_field, end_field
from gongfu.report.word.looks import MUTED

__all__ = ["add_contents", "add_header_and_footer"]


def add_contents(document: WordDocument, titles: Sequence[str]) -> None:
    """Add a table of contents; until Word fills it in, it lists the chapters."""
    for i, title in enumerate(titles):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(1)
        if i == 0:
            begin_field(paragraph, r'TOC \o "1-2" \h \z \u', is_dirty=True)
        paragraph.add_run(title)
        if i == len(titles) - 1:
            end_field(paragraph)


def add_header_and_footer(document: WordDocument, title: str, style: Style) -> None:
    """Add the title above and the page number below every page."""
    section = document.sections[0]
    head = section.header.paragraphs[0]
    _quiet(head, title)
    head.alignment = WD_ALIGN_PARAGRAPH.RIGHT if style == "gov" else WD_ALIGN_PARAGRAPH.LEFT
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    before, after = ("— ", " —") if style == "gov" else ("", "")
    _quiet(foot, before)
    begin_field(foot, "PAGE")
    _quiet(foot, "1")
    end_field(foot)
    _quiet(foot, after)


def _quiet(paragraph: Paragraph, words: str) -> None:
    run = paragraph.add_run(words)
    run.font.size, run.font.color.rgb = Pt(9), MUTED
