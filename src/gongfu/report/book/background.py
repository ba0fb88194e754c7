"""Chapters on what stands behind the numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gongfu.report.book.blocks import Block, Paragraph
from gongfu.report.book.parts import annexed, points, table_of, terms
from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import count
from gongfu.report.chart import Chart
from gongfu.report.document import ResultDocument
from gongfu.report.page import background as page

__all__ = ["data", "excluded", "glossary", "limits", "reproduce"]


def data(document: ResultDocument, _charts: Mapping[str, Chart], language: str) -> Iterator[Block]:
    """Yield sources, and the quality of every variable for the annex."""
    sources, quality = page.sources_grid(document, language), page.quality_grid(document, language)
    if sources or quality:
        yield Paragraph(text("lead.data", language), "lead")
    yield from table_of(sources)
    yield from annexed(quality)


def excluded(
    document: ResultDocument, _charts: Mapping[str, Chart], language: str
) -> Iterator[Block]:
    """Yield how many figures were left out, and why."""
    if "excluded" not in document:
        return
    number = page.excluded_count(document)
    key = "lead.excluded" if number else "lead.no_excluded"
    yield Paragraph(text(key, language, count=count(number)))
    yield from annexed(page.excluded_grid(document, language))


def limits(
    document: ResultDocument, _charts: Mapping[str, Chart], language: str
) -> Iterator[Block]:
    """Yield what the numbers do not say."""
    yield from points(page.limits(document, language))


def reproduce(
    document: ResultDocument, _charts: Mapping[str, Chart], language: str
) -> Iterator[Block]:
    """Yield how to make the same result again."""
    yield Paragraph(text("reproduce.lead", language))
    yield from terms(page.recipe(document, language))


def glossary(
    document: ResultDocument, _charts: Mapping[str, Chart], language: str
) -> Iterator[Block]:
    """Yield terms with their meanings."""
    yield from terms(page.glossary(document, language))
