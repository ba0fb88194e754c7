"""How good the embedded figures behind a study are, and where they come from."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from gongfu.core import Uncertainty
from gongfu.data import excluded_cells, load_dictionary
from gongfu.data.quality import quality_table
from gongfu.data.sources import load_sources
from gongfu.data.yearbook import load_cells
from gongfu.report.document import ResultTable
from gongfu.study.findings.describe import describe
from gongfu.study.tables.types import StudyTables

__all__ = ["quality_tables"]


def quality_tables(tables: StudyTables) -> Iterator[ResultTable | None]:
    """Yield ``quality``, ``excluded`` and ``sources``, where the study reads embedded figures."""
    if not any(table.embedded for table in tables.units.values()):
        return
    yield describe("quality", _quality(), uncertainty=Uncertainty.UNKNOWN)
    yield describe("excluded", _excluded(), uncertainty=Uncertainty.UNKNOWN)
    yield describe("sources", _sources(), uncertainty=Uncertainty.UNKNOWN)


def _quality() -> pl.DataFrame:
    words = load_dictionary()
    rows = quality_table("provinces").drop("unit_of_measure", "cells")
    return rows.with_columns(
        zh=pl.col("variable").replace_strict({name: v.zh for name, v in words.items()}),
        en=pl.col("variable").replace_strict({name: v.en for name, v in words.items()}),
    )


def _excluded() -> pl.DataFrame:
    zh = excluded_cells("provinces", language="zh").rename({"reason": "reason_zh"})
    en = excluded_cells("provinces", language="en").rename({"reason": "reason_en"})
    rows = zh.join(en.drop("value"), on=["variable", "unit", "year"])
    return rows.drop("value").sort("variable", "unit", "year")


def _sources() -> pl.DataFrame:
    """Figures of each publisher among all embedded tables, most first."""
    words, sources = load_dictionary(), load_sources()
    cells = pl.concat(load_cells(table).select("variable") for table in ("provinces", "national"))
    key = pl.col("variable").replace_strict({name: v.source for name, v in words.items()})
    counted = cells.group_by(key.alias("source")).len("figures")
    ranked = counted.sort("figures", "source", descending=[True, False])
    return ranked.select(
        pl.col("source")
        .replace_strict({k: s.publisher("zh") for k, s in sources.items()})
        .alias("zh"),
        pl.col("source")
        .replace_strict({k: s.publisher("en") for k, s in sources.items()})
        .alias("en"),
        pl.col("figures").cast(pl.Int64),
    )
