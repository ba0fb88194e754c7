"""Result tables described by ``columns.csv``: labels, units and prices of every column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

import polars as pl

from gongfu.core import Evidence, Uncertainty
from gongfu.measure.grow_divide import Part
from gongfu.report.document import Column, ResultTable, Words

__all__ = ["NBS", "describe", "name_part", "read_packaged_csv"]

NOTHING = Words("", "")
NBS = Words(
    "国家统计局公开统计数据", "Published figures of the National Bureau of Statistics of China"
)


def describe(
    name: str,
    rows: Iterable[Mapping[str, Any]] | pl.DataFrame,
    *,
    evidence: Evidence = Evidence.OBSERVED,
    uncertainty: Uncertainty = Uncertainty.NOT_PUBLISHED,
    source: Words = NBS,
    note: Words = NOTHING,
) -> ResultTable | None:
    """Return rows as a result table, or nothing when there are none.

    Parameters
    ----------
    name : of the table; its columns stand in ``columns.csv``.
    """
    frame = (
        rows
        if isinstance(rows, pl.DataFrame)
        else pl.DataFrame(list(rows), infer_schema_length=None)
    )
    if frame.is_empty():
        return None
    return ResultTable(name, _columns(name), frame, evidence, uncertainty, source, note)


def name_part(part: Part) -> dict[str, str]:
    """Return key and labels of a part of an account."""
    names = _part_names()
    exact = names.get((part.kind, part.of))
    pattern = exact or names[part.kind, "*" if part.of else ""]
    key, zh, en = (text.format(part.of) for text in pattern)
    return {"part": key, "part_zh": zh, "part_en": en}


def read_packaged_csv(name: str) -> pl.DataFrame:
    """Return a text table that ships beside this module; every column is text."""
    text = (resources.files("gongfu.study.findings") / name).read_bytes()
    return pl.read_csv(text, infer_schema=False).fill_null("")


@cache
def _columns(table: str) -> tuple[Column, ...]:
    rows = read_packaged_csv("columns.csv").filter(pl.col("table") == table)
    return tuple(Column(**row) for row in rows.drop("table").iter_rows(named=True))


@cache
def _part_names() -> dict[tuple[str, str], tuple[str, str, str]]:
    rows = read_packaged_csv("parts.csv").iter_rows(named=True)
    return {(r["kind"], r["of"]): (r["key"], r["zh"], r["en"]) for r in rows}
