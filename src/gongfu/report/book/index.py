"""The chapter on composite indices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gongfu.report.book.blocks import Block, Heading, Paragraph
from gongfu.report.book.parts import annexed, note_of, pair, pictures, terms
from gongfu.report.catalogue import text
from gongfu.report.chart import Chart
from gongfu.report.document import ResultDocument
from gongfu.report.page.index import IndexChapter, index_chapter

__all__ = ["index"]


def index(document: ResultDocument, charts: Mapping[str, Chart], language: str) -> Iterator[Block]:
    """Yield what can be told from the indices, what moves ranks, and what an audit found."""
    found = index_chapter(document, charts, language)
    if found is None:
        return
    for story in found.stories:
        yield Paragraph(story, "lead")
    yield Paragraph(text("indices.range_word", language), "note")
    for keys in found.pairs:
        yield from pair(charts, *keys)
    for _, grid in found.made_of:
        yield from annexed(grid)
    yield from pictures(charts, "index_moves")
    if found.shares:
        yield Paragraph(found.shares, "note")
    yield from pictures(charts, "index_together")
    yield from _coupling(found, language)
    yield from _audit(found, language)
    if found.missing:
        yield Heading(text("indices.missing_title", language))
        yield from terms(found.missing)
    yield from note_of(document, "index_ranks", language)


def _coupling(found: IndexChapter, language: str) -> Iterator[Block]:
    if found.coupling:
        says, _, coordination = found.coupling
        yield Heading(text("indices.coupling_title", language))
        yield Paragraph(says)
        yield from annexed(coordination)


def _audit(found: IndexChapter, language: str) -> Iterator[Block]:
    if not found.audit:
        return
    yield Heading(text("indices.audit_title", language))
    yield Paragraph(found.audit)
    gap = "" if language == "zh" else " "
    yield from terms(
        [
            (
                text("book.check", language, title=check.title, of=check.of),
                gap.join(filter(None, (check.says, check.fix, check.evidence, check.citation))),
            )
            for check in found.found
        ]
    )
    yield from annexed(found.all)
