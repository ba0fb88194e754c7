"""What a study found beside its accounts, a sentence each: the terminal shows it."""

from __future__ import annotations

from collections.abc import Iterator

from gongfu.report.charts.explain import questions_of
from gongfu.report.charts.incidence import incidence_finding
from gongfu.report.document import ResultDocument
from gongfu.report.page.convergence import convergence_chapter
from gongfu.report.page.explain import main_sentence
from gongfu.report.page.index import index_stories

__all__ = ["brief"]


def brief(document: ResultDocument, language: str) -> Iterator[str]:
    """Yield the first sentences of the chapters on fifths, indices, regions and questions."""
    if "incidence" in document and "incidence_totals" in document:
        yield incidence_finding(document, language)
    yield from index_stories(document, language)
    regions = convergence_chapter(document, language)
    if regions is not None:
        yield regions.answers[0].says
    for question in questions_of(document):
        yield main_sentence(document, question["question"], language)
