"""A result document as a book: chapters in reading order, figures and tables numbered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count

from gongfu.report.book import accounts, background, explain, index, places, policies
from gongfu.report.book.blocks import Annexed, Block, Book, Chapter, Pair, Paragraph, Picture, Table
from gongfu.report.book.fit import TURNED, UPRIGHT, fit
from gongfu.report.catalogue import text
from gongfu.report.chart import Chart
from gongfu.report.charts import build_charts
from gongfu.report.charts.winners import winners
from gongfu.report.document import ResultDocument
from gongfu.report.findings import headline
from gongfu.report.policies import has_policies, packages_of
from gongfu.report.printable import with_printable_words
from gongfu.report.words import version_text

__all__ = ["book_charts", "build_book"]

_Builder = Callable[[ResultDocument, Mapping[str, Chart], str], Iterator[Block]]
_CHAPTERS: Mapping[str, _Builder] = {
    "plane": accounts.plane,
    "key_numbers": accounts.numbers,
    "accounts": accounts.accounts,
    "parts": accounts.parts,
    "provinces": places.provinces,
    "decomposition": accounts.decomposition,
    "incidence": accounts.incidence,
    "index": index.index,
    "divide": places.divide,
    "robustness": accounts.robustness,
    "gap": accounts.gap,
    "convergence": places.convergence,
    "space": places.space,
    "explain": explain.explain,
    "policies": policies.policies,
    "data": background.data,
    "excluded": background.excluded,
    "limits": background.limits,
    "reproduce": background.reproduce,
    "glossary": background.glossary,
}
"""Chapters in the order of the page."""


def book_charts(document: ResultDocument, language: str) -> dict[str, Chart]:
    """Return the charts of a book: those of the page, and who gains under every package."""
    charts = build_charts(document, language)
    if has_policies(document) and "policy_groups" in document:
        for package in packages_of(document, language)[1:]:
            key = f"winners-{package.key}"
            # How to read it stands below the first.
            charts[key] = replace(winners(document, package, language), key=key, note="")
    return charts


def build_book(document: ResultDocument, charts: Mapping[str, Chart], language: str) -> Book:
    """Return the book of a document in one language; ``charts`` are its `book_charts`."""
    built = [
        Chapter(key, text(f"section.{key}", language), tuple(build(document, charts, language)))
        for key, build in _CHAPTERS.items()
    ]
    chapters = _numbered([chapter for chapter in built if chapter.blocks], language)
    book = Book(
        language=language,
        title=document.meta.title[language],
        headline=headline(document, language),
        warnings=tuple(_warnings(document, language)),
        chapters=chapters,
        imprint=(text("page.made_by", language), version_text(document, language)),
    )
    return with_printable_words(book)


def _warnings(document: ResultDocument, language: str) -> Iterator[str]:
    meta = document.meta
    if meta.last_year > meta.last_real_year > 0:
        yield text("page.real_until", language, year=meta.last_real_year)
    for warning in meta.warnings:
        yield warning[language]


def _numbered(chapters: Sequence[Chapter], language: str) -> tuple[Chapter, ...]:
    """Return the chapters with labels on figures and tables, tables in full moved to an annex."""
    numbers = {kind: count(1) for kind in ("figure", "table", "annex_table")}

    def label(kind: str) -> str:
        return text(f"book.{kind}", language, number=next(numbers[kind]))

    annex = {table: replace(table, label=label("annex_table")) for table in _annexed(chapters)}

    def placed(block: Block) -> Block:
        if isinstance(block, Picture):
            return replace(block, label=label("figure"))
        if isinstance(block, Pair):
            return Pair(*(replace(o, label=label("figure")) for o in (block.left, block.right)))
        if isinstance(block, Table):
            return replace(block, label=label("table"))
        if isinstance(block, Annexed):
            return _pointer(annex[block.table], language)
        return block

    numbered = [replace(one, blocks=tuple(map(placed, one.blocks))) for one in chapters]
    if annex:
        numbered.append(Chapter("annex", text("book.annex", language), tuple(annex.values())))
    return tuple(numbered)


def _annexed(chapters: Iterable[Chapter]) -> list[Table]:
    """Return the tables of the annex: first those that fit an upright page, then the wide ones."""
    tables = [block.table for one in chapters for block in one.blocks if isinstance(block, Annexed)]
    return sorted(tables, key=lambda table: fit(table, UPRIGHT, TURNED).is_turned)


def _pointer(table: Table, language: str) -> Paragraph:
    words = text("book.in_annex", language, label=table.label, caption=table.caption)
    return Paragraph(words, "note", refers=table.label)
