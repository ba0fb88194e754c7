"""Chapters on provinces: ranking, digital divide, convergence, neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gongfu.report.book.blocks import Block, Heading, Paragraph
from gongfu.report.book.parts import annexed, answers_of, note_of, pair, pictures, table_of, terms
from gongfu.report.catalogue import text
from gongfu.report.chart import Chart
from gongfu.report.document import ResultDocument
from gongfu.report.page.convergence import convergence_chapter
from gongfu.report.page.divide import divide_of
from gongfu.report.page.space import space_chapter

__all__ = ["convergence", "divide", "provinces", "space"]


def provinces(
    _document: ResultDocument, charts: Mapping[str, Chart], _language: str
) -> Iterator[Block]:
    """Yield map, ranking, accounts and ratios of the provinces."""
    yield from pair(charts, "tiles", "ranking")
    yield from pair(charts, "plane_provinces", "ratios")


def divide(document: ResultDocument, charts: Mapping[str, Chart], language: str) -> Iterator[Block]:
    """Yield the divide in access, use and outcome."""
    found = divide_of(document, language)
    if found is None:
        return
    yield Paragraph(text("lead.divide", language), "lead")
    yield from terms(found.findings)
    yield from pair(charts, "divide_use", "divide_outcome")
    if found.lags is not None:
        yield Heading(text("divide.lag_title", language))
        yield from table_of(found.lags, text("divide.lag_title", language))
    yield from pictures(charts, "divide_provinces")
    if found.groups is not None:
        yield Heading(text("divide.group_title", language))
        yield from table_of(found.groups)
        yield from note_of(document, "divide_groups", language)
    yield from annexed(found.indicators, text("book.all_indicators", language))
    yield from note_of(document, "divide", language)


def convergence(
    document: ResultDocument, charts: Mapping[str, Chart], language: str
) -> Iterator[Block]:
    """Yield whether regions draw together, and who moves."""
    found = convergence_chapter(document, language)
    if found is None:
        return
    yield Paragraph(text("lead.convergence", language), "lead")
    yield from answers_of(found.answers)
    yield from pair(charts, "sigma", "clubs")
    yield from pictures(charts, "densities")
    yield from pair(charts, "beta", "markov")
    yield from annexed(found.ranks)


def space(document: ResultDocument, charts: Mapping[str, Chart], language: str) -> Iterator[Block]:
    """Yield whether neighbours are alike, where, and whether they matter."""
    found = space_chapter(document, language)
    if found is None:
        return
    yield Paragraph(text("lead.space", language), "lead")
    yield from answers_of(found.answers)
    yield from pictures(charts, "moran")
    yield from table_of(found.tests)
    yield from pair(charts, "moran_scatter", "lisa")
    yield from annexed(found.chains)
    yield from note_of(document, "space_tests", language)
