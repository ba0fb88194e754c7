"""What stands behind the numbers: sources, quality, figures left out, how to run it again."""

from __future__ import annotations

import polars as pl

from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import count, percent, span
from gongfu.report.chart import Twin
from gongfu.report.charts.frame import text_column, year_column
from gongfu.report.document import ResultDocument
from gongfu.report.page.grid import Grid, cell_of, grid_of
from gongfu.report.policies import has_policies
from gongfu.report.regions import region_label
from gongfu.report.why import located_rows

__all__ = [
    "excluded_count",
    "excluded_grid",
    "excluded_twin",
    "glossary",
    "limits",
    "quality_grid",
    "recipe",
    "sources_grid",
]

LIMITS = ("identity", "accounts", "error", "prices", "ranking", "tiles", "income")
GLOSSARY = (
    "cake", "division", "ede", "log_point", "gini", "atkinson_1", "mld", "dagum", "ratio",
    "evidence",
)  # fmt: skip
OF_POLICIES = ("baseline", "household_share", "assumption_range")


def sources_grid(document: ResultDocument, language: str) -> Grid | None:
    """Return who published how many figures, or None where the document does not say."""
    if "sources" not in document:
        return None
    table = document.table("sources")
    columns = [
        (text("sources.source", language), False),
        (text("sources.figures", language), True),
    ]
    shown = [
        (row[language], cell_of(row, "figures", count(row["figures"])))
        for row in located_rows(table, table.rows)
    ]
    return grid_of(text("sources.caption", language), columns, shown)


def quality_grid(document: ResultDocument, language: str) -> Grid | None:
    """Return coverage and checks of every variable, or None where the document has none."""
    if "quality" not in document:
        return None
    table = document.table("quality")
    heads = ("years", "coverage", "missing", "excluded", "second_copy", "spread")
    columns = [
        (text("quality.variable", language), False),
        *((text(f"quality.{head}", language), True) for head in heads),
    ]
    shown = [
        (
            row[language] or row["variable"],
            span(row["first_year"], row["last_year"]),
            cell_of(row, "coverage", percent(row["coverage"])),
            *(cell_of(row, name, count(row[name])) for name in ("missing", "excluded")),
            cell_of(row, "second_copy_share", percent(row["second_copy_share"])),
            cell_of(row, "max_spread", percent(row["max_spread"], 2)),
        )
        for row in located_rows(table, table.rows)
    ]
    return grid_of(text("quality.caption", language), columns, shown)


def excluded_grid(document: ResultDocument, language: str) -> Grid | None:
    """Return the figures left out, counted by variable and reason, or None without such a table."""
    if "excluded" not in document:
        return None
    reason = _reason(document, language)
    names = _variable_names(document, language)
    heads = ("variable", "cells", "years", "reason")
    columns = [(text(f"excluded.{head}", language), head == "cells") for head in heads]
    groups = document.table("excluded").rows.group_by("variable", reason, maintain_order=True)
    counted = groups.agg(pl.len(), pl.col("year").min().alias("first"), pl.col("year").max())
    shown = [
        (names.get(variable, variable), count(cells), span(first, last), why or "")
        for variable, why, cells, first, last in counted.iter_rows()
    ]
    return grid_of(text("excluded.caption", language), columns, shown)


def excluded_twin(document: ResultDocument, language: str) -> Twin:
    """Return every figure left out, for download."""
    reason, names = _reason(document, language), _variable_names(document, language)
    fields = (("variable", "variable"), ("unit", "region"), (reason, "reason"))
    rows = document.table("excluded").rows.select("variable", "unit", reason, "year").iter_rows()
    return Twin(
        columns=(
            *(text_column(key, text(f"excluded.{head}", language)) for key, head in fields),
            year_column(language),
        ),
        rows=tuple(
            (names.get(variable, variable), region_label(unit, language), why, year)
            for variable, unit, why, year in rows
        ),
    )


def excluded_count(document: ResultDocument) -> int:
    """Return how many figures were left out."""
    return document.table("excluded").rows.height if "excluded" in document else 0


def recipe(document: ResultDocument, language: str) -> list[tuple[str, str]]:
    """Return what is needed to make the same result again, each with its label."""
    meta = document.meta
    seed = text("reproduce.no_seed", language) if meta.seed is None else str(meta.seed)
    return [
        (text("reproduce.command", language), meta.command),
        (text("reproduce.study", language), meta.study),
        (text("reproduce.hash", language), meta.study_hash),
        (text("reproduce.version", language), meta.version),
        (text("reproduce.vintage", language), meta.data_vintage),
        (text("reproduce.seed", language), seed),
        *sorted(meta.versions.items()),
    ]


def limits(document: ResultDocument, language: str) -> list[str]:
    """Return what the numbers do not say, and how they are misused."""
    names = [*LIMITS, "policies"] if has_policies(document) else LIMITS
    return [text(f"limits.{name}", language) for name in names]


def glossary(document: ResultDocument, language: str) -> list[tuple[str, str]]:
    """Return terms of the report with their meanings."""
    names = [*GLOSSARY, *OF_POLICIES] if has_policies(document) else GLOSSARY
    return [
        (text(f"glossary.{name}.term", language), text(f"glossary.{name}.text", language))
        for name in names
    ]


def _reason(document: ResultDocument, language: str) -> str:
    own = f"reason_{language}"
    return own if own in document.table("excluded").rows.columns else "reason"


def _variable_names(document: ResultDocument, language: str) -> dict[str, str]:
    if "quality" not in document:
        return {}
    rows = document.table("quality").rows.select("variable", language).iter_rows()
    return {variable: name for variable, name in rows if name}
