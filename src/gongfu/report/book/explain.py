"""The chapter on questions: sentences, charts, regression tables, what a referee would ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gongfu.report.book.blocks import Block, Heading, Paragraph, Table
from gongfu.report.book.parts import note_of, pair, pictures, points, regression_of, terms
from gongfu.report.catalogue import text
from gongfu.report.chart import Chart
from gongfu.report.document import ResultDocument
from gongfu.report.page.explain import Answered, Check, explain_chapter, step_name
from gongfu.report.regression.answers import answer_tables

__all__ = ["explain"]


def explain(
    document: ResultDocument, charts: Mapping[str, Chart], language: str
) -> Iterator[Block]:
    """Yield each question with its steps and tables."""
    questions = explain_chapter(document, language)
    if not questions:
        return
    tables = {
        (one.question, step_name(one.step, language)): regression_of(one.table)
        for one in answer_tables(document, language)
    }
    yield Paragraph(text("lead.explain", language), "lead")
    for question in questions:
        yield from _question(question, tables, charts, language)
    yield from note_of(document, "explain_estimates", language)


def _question(
    question: Answered,
    tables: Mapping[tuple[str, str], Table],
    charts: Mapping[str, Chart],
    language: str,
) -> Iterator[Block]:
    yield Heading(question.title)
    yield Paragraph(question.about, "about")
    yield from pair(charts, f"coefficients_{question.key}", f"curve_{question.key}")
    for step in question.steps:
        yield Heading(step.name, 3)
        for sentence in step.sentences:
            yield Paragraph(sentence)
        yield from pictures(charts, step.chart)
        if (question.key, step.name) in tables:
            yield tables[question.key, step.name]
    if question.checks:
        yield Heading(text("explain.audit", language), 3)
        yield from terms([_check(check, language) for check in question.checks])
    if question.left_out:
        yield Heading(text("explain.left_out", language), 3)
        gap = "：" if language == "zh" else ": "
        yield from points([f"{o.name}{gap}{' '.join(o.sentences)}" for o in question.left_out])


def _check(check: Check, language: str) -> tuple[str, str]:
    fix = text("explain.fix", language, fix=check.fix) if check.fix else ""
    parts = (check.says, fix, check.citation)
    return f"{check.mark} {check.name}", " ".join(filter(None, parts))
