"""The chapter on composite indices: what can be told, what moves ranks, what an audit found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import count, decimals, percent, rounded
from gongfu.report.chart import Chart
from gongfu.report.document import ResultDocument
from gongfu.report.indices import (
    CompositeIndex,
    has_indices,
    indices_of,
    overlapping_pairs,
)
from gongfu.report.page.grid import Grid, cell_of, grid_of
from gongfu.report.page.index_audit import (
    COUPLING,
    Check,
    audit_rows,
    check_of,
    checks_grid,
)
from gongfu.report.regions import region_label
from gongfu.report.why import located_rows
from gongfu.report.words import unit_text

__all__ = ["IndexChapter", "index_chapter", "index_stories"]


@dataclass(frozen=True, slots=True)
class IndexChapter:
    """What the template needs of the composite indices.

    Parameters
    ----------
    stories : one careful sentence per index, words follow the ranges.
    pairs : keys of the map and the ranks of each index, and of the dimensions of all.
    shares : which choices make ranks move, or empty.
    coupling : the warning, the year and the table of coordination, where two indices couple.
    audit : how many checks found something; found, all : the checks.
    missing : name of each index and what it does not hold.
    made_of : name of each index and its indicators.
    """

    stories: list[str]
    pairs: list[list[str]]
    shares: str
    coupling: tuple[str, str, Grid] | None
    audit: str
    found: list[Check]
    all: Grid
    missing: list[tuple[str, str]]
    made_of: list[tuple[str, Grid]]


def index_chapter(
    document: ResultDocument, charts: Mapping[str, Chart], language: str
) -> IndexChapter | None:
    """Return the chapter, or None where the document builds no index."""
    if not has_indices(document):
        return None
    indices = indices_of(document, language)
    labels = {one.name: one.label for one in indices}
    checks = audit_rows(document)
    found = [row for row in checks if row["outcome"] == "found"]
    audit = text("indices.audit_lead", language, all=len(checks), found=len(found))
    return IndexChapter(
        stories=index_stories(document, language),
        pairs=_pairs(indices, charts),
        shares=_shares(document, labels, language),
        coupling=_coupling(document, labels, language),
        audit=audit if checks else "",
        found=[check_of(row, labels, language) for row in found],
        all=checks_grid(checks, labels, language),
        missing=[(one.label, one.missing) for one in indices if one.missing],
        made_of=list(_made_of(document, indices, language)),
    )


def index_stories(document: ResultDocument, language: str) -> list[str]:
    """Return one sentence per index: who stands first, and how far ranks can be told apart."""
    if not has_indices(document):
        return []
    return [_story(one, language) for one in indices_of(document, language)]


def _story(index: CompositeIndex, language: str) -> str:
    first = index.ranks[0]
    met, pairs = overlapping_pairs(index.ranks)
    return text(
        "indices.story",
        language,
        label=index.label,
        year=index.year,
        first=region_label(first.code, language),
        ways=count(index.ways),
        level=percent(index.level, 2),
        low=first.low,
        high=first.high,
        pairs=count(pairs),
        overlap=percent(met / pairs if pairs else 0.0, 2),
    )


def _pairs(indices: Sequence[CompositeIndex], charts: Mapping[str, Chart]) -> list[list[str]]:
    keys = [[f"{kind}-{one.name}" for kind in ("index_map", "index_ranks")] for one in indices]
    keys.append([f"index_dimensions-{one.name}" for one in indices])
    known = ([key for key in row if key in charts] for row in keys)
    return [row for row in known if row]


def _shares(document: ResultDocument, labels: Mapping[str, str], language: str) -> str:
    if "index_shares" not in document:
        return ""
    rows = document.table("index_shares").rows
    between = text("indices.between", language)
    parts = [
        text("indices.share", language, label=label, shares=between.join(
            text("indices.one_share", language, choice=text(f"choice.{choice}", language),
                 share=percent(share, 2))
            for choice, share in rows.filter(index=name)
            .sort("together", descending=True)
            .select("choice", "together")
            .iter_rows()
        ))
        for name, label in labels.items()
    ]  # fmt: skip
    return text("indices.shares", language, listed=text("list.separator", language).join(parts))


def _coupling(
    document: ResultDocument, labels: Mapping[str, str], language: str
) -> tuple[str, str, Grid] | None:
    if "index_coupling" not in document or "index_audit" not in document:
        return None
    checks = document.table("index_audit").rows.filter(check=COUPLING)
    if checks.is_empty():
        return None
    check = checks.row(0, named=True)
    own = (pl.col("index") == check["index"]) & (pl.col("other") == check["other"])
    table = document.table("index_coupling")
    rows = located_rows(table, table.rows.filter(own).sort("coordination", descending=True))
    year = str(rows[0]["year"])
    says = text(
        "indices.coupling_says",
        language,
        says=check[f"says_{language}"],
        fix=check[f"fix_{language}"],
        citation=check["citation"],
    )
    caption = text(
        "indices.coupling_caption",
        language,
        one=labels[check["index"]],
        other=labels[check["other"]],
        year=year,
    )
    columns = [
        (text("column.region", language), False),
        (text("indices.coordination", language), True),
        (text("indices.coordination_range", language), True),
    ]
    cells = [
        (region_label(row["code"], language),
         cell_of(row, "coordination", decimals(row["coordination"], 2)),
         cell_of(row, "high", text("indices.rank_range", language, low=decimals(row["low"], 2),
                                   high=decimals(row["high"], 2))))
        for row in rows
    ]  # fmt: skip
    shown = text("indices.coupling_show", language, year=year)
    return says, shown, grid_of(caption, columns, cells)


def _made_of(
    document: ResultDocument, indices: Sequence[CompositeIndex], language: str
) -> Iterator[tuple[str, Grid]]:
    if "index_indicators" not in document:
        return
    heads = ("indicator", "bounds", "weight", "effective", "reason")
    numeric = ("weight", "effective")
    columns = [(text(f"indices.{head}", language), head in numeric) for head in heads]
    table = document.table("index_indicators")
    for one in indices:
        cells = [
            (
                f"{row['direction'].replace('-', '−')} {row[f'label_{language}']}",
                cell_of(row, "high", _bounds(row, language)),
                *(cell_of(row, name, percent(row[name], 2)) for name in numeric),
                row[f"reason_{language}"],
            )
            for row in located_rows(table, table.rows.filter(index=one.name))
        ]
        caption = text("indices.made_caption", language, label=one.label)
        yield text("indices.made_of", language, label=one.label), grid_of(caption, columns, cells)


def _bounds(row: Mapping[str, Any], language: str) -> str:
    if row["low"] is None:
        return "–"
    low, high = (rounded(row[end], 3) for end in ("low", "high"))
    ends = text("indices.rank_range", language, low=low, high=high)
    return f"{ends} {unit_text(row['unit'], language)}"
