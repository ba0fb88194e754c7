"""The chapter on composite indices: what can be told, what moves ranks, what an audit found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from gongfu.report.catalogue import has_text, text
from gongfu.report.catalogue.numbers import count, decimals, percent, rounded
from gongfu.report.chart import Chart
from gongfu.report.document import ResultDocument
from gongfu.report.indices import (
    CompositeIndex,
    has_indices,
    indices_of,
    overlapping_pairs,
)
from gongfu.report.page.grid import Grid, grid_of
from gongfu.report.regions import region_label
from gongfu.report.words import unit_text

__all__ = ["Check", "IndexChapter", "index_chapter"]

COUPLING = "coupling-near-one"


@dataclass(frozen=True, slots=True)
class Check:
    """A check that found something: of which index, what it shows, the numbers, what to do."""

    of: str
    title: str
    says: str
    evidence: str
    fix: str
    citation: str


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
    checks = _audit_rows(document)
    found = [row for row in checks if row["outcome"] == "found"]
    audit = text("indices.audit_lead", language, all=len(checks), found=len(found))
    return IndexChapter(
        stories=[_story(one, language) for one in indices],
        pairs=_pairs(indices, charts),
        shares=_shares(document, labels, language),
        coupling=_coupling(document, labels, language),
        audit=audit if checks else "",
        found=[_check(row, labels, language) for row in found],
        all=_all_checks(checks, labels, language),
        missing=[(one.label, one.missing) for one in indices if one.missing],
        made_of=list(_made_of(document, indices, language)),
    )


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
    rows = document.table("index_coupling").rows.filter(own).sort("coordination", descending=True)
    year = str(rows["year"][0])
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
        (region_label(row["code"], language), decimals(row["coordination"], 2),
         text("indices.rank_range", language, low=decimals(row["low"], 2),
              high=decimals(row["high"], 2)))
        for row in rows.iter_rows(named=True)
    ]  # fmt: skip
    shown = text("indices.coupling_show", language, year=year)
    return says, shown, grid_of(caption, columns, cells)


def _audit_rows(document: ResultDocument) -> list[dict[str, Any]]:
    """Return the checks of single indices and of what two share; coupling has words of its own."""
    if "index_audit" not in document:
        return []
    rows = document.table("index_audit").rows.filter(pl.col("check") != COUPLING)
    return list(rows.iter_rows(named=True))


def _check(row: Mapping[str, Any], labels: Mapping[str, str], language: str) -> Check:
    return Check(
        of=_of(row, labels, language),
        title=text(f"check.{row['check']}", language),
        says=row[f"says_{language}"],
        evidence=_evidence(row, language),
        fix=text("indices.audit_fix", language, fix=row[f"fix_{language}"]),
        citation=text("indices.audit_source", language, citation=row["citation"]),
    )


def _evidence(row: Mapping[str, Any], language: str) -> str:
    """Return the numbers that have a threshold; the others stand in the document's table."""
    numbers, limits = (dict(_pairs_in(row[name])) for name in ("evidence", "limits"))
    parts = [
        text("indices.audit_number", language, number=_checked(name, language),
             value=numbers[name], limit=limit)
        for name, limit in limits.items() if name in numbers
    ]  # fmt: skip
    if not parts:
        return ""
    listed = text("list.separator", language).join(parts)
    return text("indices.audit_evidence", language, listed=listed)


def _pairs_in(listed: str) -> Iterator[tuple[str, str]]:
    """Yield name and value of each number in a list such as ``share 0; indicators 8``."""
    for part in filter(None, listed.split("; ")):
        name, _, value = part.rpartition(" ")
        yield name, value.replace("-", "−")


def _checked(name: str, language: str) -> str:
    """Return what a number of a check is; those of one indicator or node share their words."""
    key = f"checked.{name.partition('.')[0]}"
    return text(key, language) if has_text(key, language) else name


def _of(row: Mapping[str, Any], labels: Mapping[str, str], language: str) -> str:
    one = labels[row["index"]]
    if not row["other"]:
        return one
    return text("indices.pair", language, one=one, other=labels[row["other"]])


def _all_checks(
    rows: Sequence[Mapping[str, Any]], labels: Mapping[str, str], language: str
) -> Grid:
    columns = [
        (text(f"indices.{head}", language), False) for head in ("index", "check", "outcome", "says")
    ]
    cells = [
        (
            _of(row, labels, language),
            text(f"check.{row['check']}", language),
            text(f"outcome.{row['outcome']}", language),
            row[f"says_{language}"],
        )
        for row in rows
    ]
    return grid_of(text("indices.audit_caption", language), columns, cells)


def _made_of(
    document: ResultDocument, indices: Sequence[CompositeIndex], language: str
) -> Iterator[tuple[str, Grid]]:
    if "index_indicators" not in document:
        return
    heads = ("indicator", "bounds", "weight", "effective", "reason")
    numeric = ("weight", "effective")
    columns = [(text(f"indices.{head}", language), head in numeric) for head in heads]
    rows = document.table("index_indicators").rows
    for one in indices:
        cells = [
            (
                f"{row['direction'].replace('-', '−')} {row[f'label_{language}']}",
                _bounds(row, language),
                percent(row["weight"], 2),
                percent(row["effective"], 2),
                row[f"reason_{language}"],
            )
            for row in rows.filter(index=one.name).iter_rows(named=True)
        ]
        caption = text("indices.made_caption", language, label=one.label)
        yield text("indices.made_of", language, label=one.label), grid_of(caption, columns, cells)


def _bounds(row: Mapping[str, Any], language: str) -> str:
    if row["low"] is None:
        return "–"
    low, high = (rounded(row[end], 3) for end in ("low", "high"))
    ends = text("indices.rank_range", language, low=low, high=high)
    return f"{ends} {unit_text(row['unit'], language)}"
