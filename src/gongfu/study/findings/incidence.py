"""Who got the growth: mean incomes of published fifths, and what they say of the Lorenz curve."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from gongfu.measure.curves import GroupGrowth, group_dominance, group_growth
from gongfu.report.document import ResultTable, Words
from gongfu.study.accounts import Account, Point
from gongfu.study.findings.describe import describe

__all__ = ["incidence_tables"]

_NOTE = Words(
    "五等份按户分组，各组户数相等而人数不等，住户会在组间流动：增长属于“位次”，不属于同一批人。"
    "五组的简单平均不等于公布的全体居民均值。不变价对贫富使用同一个价格指数。统计部门未公布误差。",
    "Fifths are groups of equally many households, not people, and households move between them: "
    "growth is that of a place in the ranking. The plain mean of the fifths is not the published "
    "mean of all. One price index serves rich and poor. No error is published.",
)
_POINTS = Words(
    "累计占比只在五等份的分界点上已知，分界点之间的曲线未知。各组按户等分，每组权重相同，"
    "所以这是按户排列的洛伦兹曲线，不是按人排列的。",
    "Cumulative shares are known at the cut points of the fifths only, not between them. Each "
    "fifth of households counts the same, so this is a Lorenz curve of households, not of people.",
)


def incidence_tables(accounts: Sequence[Account]) -> Iterator[ResultTable | None]:
    """Yield ``incidence``, ``incidence_totals`` and ``lorenz_points`` of accounts over fifths."""
    fifths = list(_fifths(accounts))
    longest = {one.settings.name: one for one in sorted(fifths, key=lambda one: one.last.year)}
    yield describe("incidence", (row for one in fifths for row in _growth(one)), note=_NOTE)
    yield describe("incidence_totals", map(_totals, fifths), note=_NOTE)
    points = (row for one in longest.values() for row in _lorenz(one))
    yield describe("lorenz_points", points, note=_POINTS)


def _fifths(accounts: Sequence[Account]) -> Iterator[Account]:
    """Yield the accounts over fifths, each kind of prices once, whatever the index."""
    seen: set[tuple[str, str]] = set()
    for account in accounts:
        key = (account.settings.name, account.prices.label)
        if account.settings.inequality_from == "quintiles" and key not in seen:
            seen.add(key)
            yield account


def _growth(account: Account) -> Iterator[dict[str, Any]]:
    found = _found(account)
    for i, name in enumerate(found.names):
        yield {
            **_keys(account),
            "fifth": int(name),
            "mean_start": float(found.start[i]),
            "mean_end": float(found.end[i]),
            "growth": float(found.growth[i]),
            "mean_growth": found.mean,
            "evidence": account.evidence.value,
        }


def _totals(account: Account) -> dict[str, Any]:
    found, first, last = _found(account), account.first, account.last
    before, after = _means(first), _means(last)
    rich = group_dominance(after, before, curve="generalised-lorenz")
    return {
        **_keys(account),
        "mean_growth": found.mean,
        "published_growth": math.log(last.mean / first.mean) / found.years,
        "pattern": found.pattern(),
        "ratio_start": before[-1] / before[0],
        "ratio_end": after[-1] / after[0],
        "lorenz": _VERDICTS[group_dominance(after, before).verdict],
        "generalised_lorenz": _VERDICTS[rich.verdict] if account.prices.is_real else None,
        "evidence": account.evidence.value,
    }


def _lorenz(account: Account) -> Iterator[dict[str, Any]]:
    found = group_dominance(_means(account.last), _means(account.first))
    for i, rank in enumerate(found.rank):
        yield {
            "account": account.settings.name,
            "start": account.first.year,
            "end": account.last.year,
            "point": i + 1,
            "rank": float(rank),
            "share_start": float(found.second[i]),
            "share_end": float(found.first[i]),
            "difference": 100 * float(found.difference[i]),
            "evidence": account.evidence.value,
        }


_VERDICTS = {
    "first dominates": "higher",
    "second dominates": "lower",
    "curves cross": "crosses",
    "curves coincide": "same",
}
"""Where the curve of the last year lies, against that of the first, at the cut points."""


def _found(account: Account) -> GroupGrowth:
    first, last = (
        dict(zip("12345", _means(point), strict=True)) for point in (account.first, account.last)
    )
    return group_growth(first, last, years=account.last.year - account.first.year)


def _means(point: Point) -> list[float]:
    assert point.snapshot is not None
    means: list[float] = point.snapshot.income.tolist()
    return means


def _keys(account: Account) -> dict[str, Any]:
    return {
        "account": account.settings.name,
        "start": account.first.year,
        "end": account.last.year,
        "price": account.prices.label,
    }
