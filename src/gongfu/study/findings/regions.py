"""Tables about regions: columns of the variable bear its label, unit and prices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from gongfu.report.document import Column, ResultTable, Words
from gongfu.study.findings.describe import NBS, describe
from gongfu.study.regions import Regions

__all__ = ["describe_regions"]

NOTHING = Words("", "")
OWN = Words("用户自己的数据", "The user's own figures")

_LABELLED = {("beta_points", "value"), ("beta_line", "value")}
_IN_ITS_UNIT = {*_LABELLED, ("sigma", "deviation")}
"""Table and column of numbers in the unit of the variable."""


def describe_regions(
    regions: Regions, name: str, rows: Iterable[Mapping[str, Any]], *, note: Words = NOTHING
) -> ResultTable | None:
    """Return rows about regions as a result table, with the evidence of their figures."""
    source = NBS if regions.is_embedded else OWN
    table = describe(name, rows, evidence=regions.evidence, source=source, note=note)
    if table is None:
        return None
    return replace(table, columns=tuple(_own(regions, name, one) for one in table.columns))


def _own(regions: Regions, table: str, column: Column) -> Column:
    place = (table, column.name)
    if place not in _IN_ITS_UNIT:
        return column
    own = replace(column, unit=regions.unit or "index", price_base=regions.price_base)
    if place not in _LABELLED:
        return own
    return replace(own, zh=regions.label.zh, en=regions.label.en)
