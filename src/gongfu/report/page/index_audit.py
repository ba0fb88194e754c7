"""What an audit of composite indices found, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from gongfu.report.catalogue import has_text, text
from gongfu.report.document import ResultDocument
from gongfu.report.page.grid import Grid, grid_of

__all__ = ["COUPLING", "Check", "audit_rows", "check_of", "checks_grid"]

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


def audit_rows(document: ResultDocument) -> list[dict[str, Any]]:
    """Return the checks of single indices and of what two share; coupling has words of its own."""
    if "index_audit" not in document:
        return []
    rows = document.table("index_audit").rows.filter(pl.col("check") != COUPLING)
    return list(rows.iter_rows(named=True))


def check_of(row: Mapping[str, Any], labels: Mapping[str, str], language: str) -> Check:
    """Return a check in words; ``labels`` are those of the indices by name."""
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


def checks_grid(
    rows: Sequence[Mapping[str, Any]], labels: Mapping[str, str], language: str
) -> Grid:
    """Return all checks with their outcomes."""
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
