"""Chapters on the nation: the plane, key numbers, accounts, parts, robustness, the gap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gongfu.report.book.blocks import Block, Paragraph, Table
from gongfu.report.book.parts import annexed, answers_of, note_of, pair, pictures, table_of
from gongfu.report.catalogue import text
from gongfu.report.chart import Chart
from gongfu.report.document import ResultDocument
from gongfu.report.page.accounts import accounts_grid, all_accounts_grid, key_numbers, parts_grid
from gongfu.report.page.incidence import incidence_chapter
from gongfu.report.page.robustness import grouped_grid, price_grid

__all__ = [
    "accounts",
    "decomposition",
    "gap",
    "incidence",
    "numbers",
    "parts",
    "plane",
    "robustness",
]

_NUMBER_HEADS = ("quantity", "value", "meaning", "when", "trust")


def plane(
    _document: ResultDocument, charts: Mapping[str, Chart], _language: str
) -> Iterator[Block]:
    """Yield the plane of growing and dividing."""
    yield from pictures(charts, "plane")


def numbers(
    document: ResultDocument, _charts: Mapping[str, Chart], language: str
) -> Iterator[Block]:
    """Yield the key numbers, each with meaning, years, evidence and error."""
    yield Paragraph(text("lead.key_numbers", language), "lead")
    heads = tuple(text(f"book.{head}", language) for head in _NUMBER_HEADS)
    rows = tuple(
        (one.label, one.value, one.detail, one.place, one.trust)
        for one in key_numbers(document, language)
    )
    yield Table(
        text("section.key_numbers", language), (heads,), (False, True, False, False, False), rows
    )


def accounts(
    document: ResultDocument, _charts: Mapping[str, Chart], language: str
) -> Iterator[Block]:
    """Yield the accounts in their first prices; all of them stand in the annex."""
    yield Paragraph(text("lead.accounts", language), "lead")
    first, everything = accounts_grid(document, language), all_accounts_grid(document, language)
    yield from table_of(first, text("section.accounts", language))
    if len(everything.rows) > len(first.rows):
        yield from annexed(everything, text("book.all_accounts", language))
    yield from note_of(document, "accounts", language)


def parts(document: ResultDocument, charts: Mapping[str, Chart], language: str) -> Iterator[Block]:
    """Yield where the change comes from."""
    if "waterfall" in charts:
        yield Paragraph(text("lead.parts", language), "lead")
        yield from pictures(charts, "waterfall")
        yield from annexed(parts_grid(document, language))


def decomposition(
    _document: ResultDocument, charts: Mapping[str, Chart], language: str
) -> Iterator[Block]:
    """Yield the layers of inequality."""
    found = [*pictures(charts, "inequality"), *pair(charts, "dagum", "nested")]
    if found:
        yield Paragraph(text("lead.decomposition", language), "lead")
        yield from found


def incidence(
    document: ResultDocument, charts: Mapping[str, Chart], language: str
) -> Iterator[Block]:
    """Yield who got the growth, as far as fifths can tell."""
    found = incidence_chapter(document, language)
    if found is None:
        return
    yield Paragraph(text("lead.incidence", language), "lead")
    yield from answers_of(found.answers)
    yield from pair(charts, "incidence", "lorenz_change")
    yield from annexed(found.fifths)
    yield from note_of(document, "incidence", language)


def robustness(
    document: ResultDocument, _charts: Mapping[str, Chart], language: str
) -> Iterator[Block]:
    """Yield what changes with the choice of prices and of groups."""
    grids = {
        "price_sensitivity": price_grid(document, language),
        "grouped": grouped_grid(document, language),
    }
    if any(grids.values()):
        yield Paragraph(text("lead.robustness", language), "lead")
    for name, grid in grids.items():
        yield from table_of(grid)
        yield from note_of(document, name, language)


def gap(_document: ResultDocument, charts: Mapping[str, Chart], language: str) -> Iterator[Block]:
    """Yield the gap between the published and the rebuilt mean."""
    if "gap" in charts:
        yield Paragraph(text("lead.gap", language), "lead")
        yield from pictures(charts, "gap")
