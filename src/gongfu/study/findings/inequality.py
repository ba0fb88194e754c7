"""Inequality by year and its decompositions, as result tables."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gongfu.core import Panel
from gongfu.measure.dagum import dagum
from gongfu.measure.decomposition import nested_entropy
from gongfu.measure.entropy import mld, theil
from gongfu.measure.snapshot import Snapshot
from gongfu.report.document import ResultTable, Words
from gongfu.study.accounts import Account, Point
from gongfu.study.findings.describe import describe
from gongfu.study.tables.types import StudyTables

__all__ = ["inequality_tables"]


def inequality_tables(
    accounts: Sequence[Account], tables: StudyTables
) -> Iterator[ResultTable | None]:
    """Yield the tables ``inequality``, ``dagum``, ``nested`` and ``gap``.

    Inequality between units does not depend on one price level for all, so the account with the
    longest path speaks for each name.
    """
    longest = _longest_paths(accounts)
    yield describe("inequality", (row for one in longest for row in _inequality(one)))
    yield describe("dagum", (row for one in longest for row in _dagum(one)), note=_DAGUM)
    yield describe("nested", (row for one in longest for row in _nested(one)), note=_NESTED)
    yield describe("gap", (row for one in longest for row in _gap(one, tables)), note=_GAP)


_DAGUM = Words(
    "达古姆分解：基尼系数＝组内＋组间净差距＋超变密度；以人口为权重。",
    "Dagum decomposition: Gini = within + net between + transvariation; weighted by population.",
)
_NESTED = Words(
    "平均对数离差的嵌套分解，各部分之和等于合计；以人口为权重。",
    "Nested decomposition of the mean log deviation; the parts add up; weighted by population.",
)
_GAP = Words(
    "人口份额×分区收入高于公布的全体居民收入：住户调查的权重没有随人口普查修订，调查中的农村居民占比更高。",
    "Population shares times zone incomes exceed the published income of all residents: the "
    "survey's weights were not revised with the census and give rural residents a larger share.",
)


def _longest_paths(accounts: Sequence[Account]) -> list[Account]:
    best: dict[str, Account] = {}
    for account in accounts:
        known = best.get(account.settings.name)
        if known is None or len(account.path) > len(known.path):
            best[account.settings.name] = account
    return list(best.values())


def _inequality(account: Account) -> Iterator[dict[str, Any]]:
    for point in account.path:
        for measure, value in _measures(point).items():
            yield {
                "account": account.settings.name,
                "year": point.year,
                "measure": measure,
                "value": value,
                "evidence": account.evidence.value,
            }


def _measures(point: Point) -> Mapping[str, float]:
    indices: dict[str, float] = {
        index: 1.0 - equality for index, equality in point.equality.items()
    }
    snapshot = point.snapshot
    if snapshot is None:
        return indices
    entropy = {"theil": theil(snapshot.income, snapshot.weight).value}
    if "atkinson_1" in point.equality:
        entropy["mld"] = mld(snapshot.income, snapshot.weight).value
    ratio = _group_ratio(snapshot)
    return {**indices, **entropy, **({} if ratio is None else {"ratio": ratio})}


def _group_ratio(snapshot: Snapshot) -> float | None:
    """Mean income of urban over rural residents, where the rows say who is which."""
    labels = snapshot.levels.get("area")
    if labels is None or set(labels) != {"urban", "rural"}:
        return None
    means = {}
    for area in ("urban", "rural"):
        member = labels == area
        people = snapshot.weight[member]
        means[area] = float((people * snapshot.income[member]).sum() / people.sum())
    return means["urban"] / means["rural"]


def _dagum(account: Account) -> Iterator[dict[str, Any]]:
    level = account.settings.levels[:1]
    for point in account.path if level else ():
        snapshot = point.snapshot
        if snapshot is None:
            continue
        parts = dagum(snapshot.income, snapshot.levels[level[0]], snapshot.weight, errors=False)
        yield {
            "account": account.settings.name,
            "year": point.year,
            "within": parts.within.value,
            "net_between": parts.net_between.value,
            "transvariation": parts.transvariation.value,
            "gini": parts.total.value,
        }


def _nested(account: Account) -> Iterator[dict[str, Any]]:
    if account.settings.levels != ("region", "province", "area"):
        return
    for point in account.path:
        snapshot = point.snapshot
        assert snapshot is not None
        parts = nested_entropy(snapshot.income, snapshot.paths(), snapshot.weight, alpha=0)
        regions, provinces, areas = (part.value for part in parts.between)
        yield {
            "account": account.settings.name,
            "year": point.year,
            "between_regions": regions,
            "between_provinces": provinces,
            "urban_rural": areas,
            "total": parts.total.value,
        }


def _gap(account: Account, tables: StudyTables) -> Iterator[dict[str, Any]]:
    named = account.settings.published_mean
    if named is None:
        return
    panel, variable = published_series(named, tables)
    for point in account.path:
        published = panel.at(variable, point.year)
        if len(published) != 1:
            continue
        value = next(iter(published.values())) / account.prices.level("", point.year)
        yield {
            "account": account.settings.name,
            "year": point.year,
            "published": value,
            "rebuilt": point.mean,
            "gap": math.log(point.mean / value),
        }


def published_series(named: str, tables: StudyTables) -> tuple[Panel, str]:
    """Return the panel and variable that ``table.variable`` names."""
    table, _, variable = named.partition(".")
    return tables.units[table].panel, variable
