"""The chapter on packages of measures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gongfu.report.book.blocks import Block, Heading, Paragraph
from gongfu.report.book.parts import (
    annexed,
    note_of,
    pictures,
    points,
    table_of,
    terms,
    transposed,
)
from gongfu.report.catalogue import text
from gongfu.report.chart import Chart
from gongfu.report.document import ResultDocument
from gongfu.report.page.policies import policies_of

__all__ = ["policies"]


def policies(
    document: ResultDocument, charts: Mapping[str, Chart], language: str
) -> Iterator[Block]:
    """Yield what packages would do, for whom, and how sure it is."""
    found = policies_of(document, language)
    if found is None:
        return
    yield Paragraph(text("policies.tag", language), "warning")
    yield Paragraph(found.lead, "lead")
    yield from terms([(name, says) for name, says, *_ in found.sentences])
    yield from table_of(transposed(found.summary))
    yield Paragraph(text("policies.table_note", language), "note")
    yield from annexed(found.years)
    yield from note_of(document, "policy_effects", language)
    yield from pictures(
        charts, "plane_policies", "winners", *(f"winners-{one.key}" for one in found.winners)
    )
    yield from note_of(document, "policy_groups", language)
    keys = ("incidence_policies", "lorenz_policies", "policy_paths", "policy_ratio")
    yield from pictures(charts, *keys)
    yield Heading(text("policies.sure_title", language))
    yield from points(found.doubts)
