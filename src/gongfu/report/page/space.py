"""The chapter on neighbours: are they alike, where, and do they matter to who moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import decimals, rounded
from gongfu.report.cells import shown
from gongfu.report.chart import Axis
from gongfu.report.charts.region_words import p_value, p_words, subject
from gongfu.report.charts.space import LEVEL
from gongfu.report.document import ResultDocument
from gongfu.report.page.answers import Answer
from gongfu.report.page.grid import Grid, cell_of, grid_of
from gongfu.report.regions import region_label
from gongfu.report.why import located_rows

__all__ = ["SpaceChapter", "space_chapter"]


@dataclass(frozen=True, slots=True)
class SpaceChapter:
    """What the template needs: answers, all tests, and the chains by class of the neighbours."""

    answers: list[Answer]
    tests: Grid
    chains: Grid


def space_chapter(document: ResultDocument, language: str) -> SpaceChapter | None:
    """Return the chapter, or None where the document tests no neighbours."""
    if "lisa" not in document or "space_tests" not in document:
        return None
    table = document.table("space_tests")
    tests = {row["test"]: row for row in located_rows(table, table.rows)}
    return SpaceChapter(
        answers=[
            _alike(document, tests["moran"], language),
            _where(document, language),
            _matters(tests["spatial_markov"], language),
        ],
        tests=_tests(list(tests.values()), language),
        chains=_chains(document, language),
    )


def _alike(document: ResultDocument, test: dict[str, Any], language: str) -> Answer:
    key = "alike_yes" if test["p_chance"] <= LEVEL and test["statistic"] > 0 else "alike_no"
    says = text(
        f"space.{key}",
        language,
        what=subject(document, language),
        value=decimals(test["statistic"], 2),
        p=p_words(test["p_chance"]),
    )
    return Answer(text("space.alike", language), says)


def _where(document: ResultDocument, language: str) -> Answer:
    rows = document.table("lisa").rows.to_dicts()
    kept = [region_label(row["code"], language) for row in rows if row["cluster"]]
    says = text(
        "space.where_kept" if kept else "space.where_none",
        language,
        kept=len(kept),
        names=text("list.separator", language).join(kept),
        alone=sum(bool(row["cluster_alone"]) for row in rows),
        n=len(rows),
    )
    return Answer(text("space.where", language), says)


def _matters(test: dict[str, Any], language: str) -> Answer:
    differs, naive = test["p_chance"] <= LEVEL, ""
    if not differs and test["p"] <= LEVEL:
        naive = text("space.naive", language, p=p_words(test["p"]))
    says = text(
        "space.matters_yes" if differs else "space.matters_no",
        language,
        p=p_words(test["p_chance"]),
        naive=naive,
    )
    return Answer(text("space.matters", language), says)


def _tests(rows: list[dict[str, Any]], language: str) -> Grid:
    heads = ("test", "statistic", "p", "p_chance")
    columns = [(text(f"space.{head}", language), head != "test") for head in heads]
    return grid_of(
        text("space.tests", language),
        columns,
        (
            (
                text(f"space.{row['test']}", language),
                cell_of(row, "statistic", rounded(row["statistic"])),
                *(cell_of(row, p, p_value(row[p])) for p in ("p", "p_chance")),
            )
            for row in rows
        ),
    )


def _chains(document: ResultDocument, language: str) -> Grid:
    table = document.table("spatial_markov")
    words, numbers = ("neighbours", "origin", "destination"), ("probability", "low", "high")
    columns = [(table.column(name).label(language), False) for name in words]
    columns.append((table.column("moves").label(language), True))
    columns += [(table.column(name).label(language), True) for name in numbers]
    share = Axis(key="share", label="", unit="%", format="share")
    rows = (
        (
            *(row[name] for name in words),
            cell_of(row, "moves", str(row["moves"])),
            *(cell_of(row, name, shown(row[name], share)) for name in numbers),
        )
        for row in located_rows(table, table.rows)
        if row["moves"]
    )
    return grid_of(text("space.show", language), columns, rows)
