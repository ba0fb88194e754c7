"""The digital divide in published figures: between regions, between provinces, by age and area."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from jaxtyping import Float

from gongfu.core import Panel
from gongfu.data import load_china, load_china_national
from gongfu.measure.decomposition import nested_entropy
from gongfu.measure.divide import concentration_index, gap_between, years_behind
from gongfu.measure.linearised import Linearised
from gongfu.report.document import ResultTable, Words
from gongfu.report.regions import regions
from gongfu.study.findings.describe import describe, read_packaged_csv
from gongfu.study.tables.types import StudyTables

__all__ = ["divide_tables", "embedded_divide"]

AREAS = ("east", "central", "west", "northeast")
LEADER = "east"
_INCOME = "income_pc_all"
_PEOPLE = "population"

_CNNIC = Words(
    "中国互联网络信息中心《中国互联网络发展状况统计报告》",
    "China Internet Network Information Center, statistical reports on internet development",
)
_GROUPS_NOTE = Words(
    "“全体居民”包含所比较的人群，因此与其余居民的差距比所列数字更大。取自对报告的引述。",
    "'All residents' include the group compared, so the gap to everybody else is larger than "
    "printed. Read in quotations of the reports.",
)


def divide_tables(tables: StudyTables) -> Iterator[ResultTable | None]:
    """Yield ``divide``, ``divide_lags``, ``divide_provinces`` and ``divide_groups``.

    They speak of the embedded figures and are left out of a study that does not read them.
    """
    if any(table.embedded for table in tables.units.values()):
        yield from embedded_divide().values()


@cache
def embedded_divide() -> Mapping[str, ResultTable]:
    """Return the four tables of the embedded figures by name."""
    found = (table for table in _tables() if table is not None)
    return {table.name: table for table in found}


def _tables() -> Iterator[ResultTable | None]:
    series = [_read(row, load_china()) for row in _indicators()]
    yield describe("divide", (row for one in series for row in _years(one)), note=_note())
    yield describe("divide_lags", (row for one in series for row in _lags(one)), note=_note())
    yield describe("divide_provinces", (row for one in series for row in _provinces(one)))
    yield describe("divide_groups", _groups(), source=_CNNIC, note=_GROUPS_NOTE)


@dataclass(frozen=True, slots=True, eq=False)
class _Series:
    """One indicator over the provinces and years that hold it throughout.

    Parameters
    ----------
    value : per resident, or as published.
    people, income : resident population (10k) and disposable income per head (yuan, current
        prices) of the same cells.
    area : region of each province.
    """

    words: Mapping[str, str]
    units: list[str]
    years: list[int]
    value: Float[np.ndarray, "unit year"]
    people: Float[np.ndarray, "unit year"]
    income: Float[np.ndarray, "unit year"]
    area: np.ndarray

    def mean(self, member: np.ndarray, j: int) -> float:
        """Return the mean of some provinces in one year, by residents."""
        return float(np.average(self.value[member, j], weights=self.people[member, j]))

    def path(self, area: str) -> Float[np.ndarray, " year"]:
        """Return the mean of a region by year."""
        return np.array([self.mean(self.area == area, j) for j in range(len(self.years))])


@cache
def _indicators() -> tuple[Mapping[str, str], ...]:
    return tuple(read_packaged_csv("divide_indicators.csv").iter_rows(named=True))


def _note() -> Words:
    reasons = [*read_packaged_csv("divide_left_out.csv").iter_rows(named=True)]
    zh, en = ("".join(row["zh"] for row in reasons), " ".join(row["en"] for row in reasons))
    return Words(
        "地区均值按常住人口加权。每项指标只用各年都有数的省份（表中列出个数）；缺一省的中间年份不计。"
        f"{zh}企业电子商务数字的最初几年（销售额 2013 年，企业比重 2013—2015 年）"
        "在多数省份增幅远高于其后各年，不采用；"
        "电子商务销售额的统计范围 2022 年起扩大。同年的地区之比不受物价影响。",
        "Regional means are weighted by residents. Each indicator uses the provinces with figures "
        "throughout (their number stands in the table); a year between that lacks one of them is "
        f"left out. {en} The first years of e-commerce figures of firms (2013 for sales, 2013-2015 "
        "for the share of firms) rise far faster in most provinces than later ones and are not "
        "used; coverage of e-commerce sales widens in 2022. Ratios of one year do not depend on "
        "prices.",
    )


def _read(words: Mapping[str, str], panel: Panel) -> _Series:
    years = panel.years(words["variable"], _PEOPLE)
    years = [y for y in years if int(words["first"]) <= y <= int(words["last"])]
    value = panel.array(words["variable"], panel.units, years)
    for row in read_packaged_csv("divide_left_out.csv").iter_rows(named=True):
        if row["variable"] == words["variable"] and int(row["year"]) in years:
            value[panel.units.index(row["province"]), years.index(int(row["year"]))] = np.nan
    people = panel.array(_PEOPLE, panel.units, years)
    income = panel.array(_INCOME, panel.units, years)
    if words["per"]:
        value = value / panel.array(words["per"], panel.units, years)
    keep, whole = _throughout(value)
    units = [unit for unit, kept in zip(panel.units, keep, strict=True) if kept]
    cells = np.ix_(keep, whole)
    return _Series(
        words=words,
        units=units,
        years=[year for year, kept in zip(years, whole, strict=True) if kept],
        value=float(words["factor"]) * value[cells],
        people=people[cells],
        income=income[cells],
        area=np.array([regions()[unit].area for unit in units]),
    )


def _throughout(value: Float[np.ndarray, "unit year"]) -> tuple[np.ndarray, np.ndarray]:
    """Provinces and years of a table without gaps.

    A province without figures in an end year, or in two years, goes; then every year that still
    lacks one.
    """
    missing = ~np.isfinite(value)
    keep = ~missing[:, 0] & ~missing[:, -1] & (missing.sum(axis=1) < 2)
    return keep, ~missing[keep].any(axis=0)


def _named(one: _Series) -> dict[str, str]:
    names = ("indicator", "level", "zh", "en", "short_zh", "short_en", "unit_zh", "unit_en")
    return {name: one.words[name] for name in (*names, "price", "is_drawn")}


def _years(one: _Series) -> Iterator[dict[str, Any]]:
    paths = {area: one.path(area) for area in AREAS}
    everyone = np.ones(len(one.units), dtype=bool)
    for j, year in enumerate(one.years):
        value, people = one.value[:, j], one.people[:, j]
        split = nested_entropy(value, [one.area], people, alpha=1.0)
        yield {
            **_named(one),
            "year": year,
            "provinces": len(one.units),
            "mean": one.mean(everyone, j),
            **{area: float(path[j]) for area, path in paths.items()},
            "ratio": float(paths[LEADER][j] / paths["west"][j]),
            "theil": split.total.value,
            "between": split.between[0].value / split.total.value,
            "concentration": concentration_index(value, one.income[:, j], people).value,
        }


def _lags(one: _Series) -> Iterator[dict[str, Any]]:
    """Years behind the leading region; not for money, whose history mixes growth and prices."""
    if one.words["price"]:
        return
    history, years = one.path(LEADER), np.array(one.years, dtype=np.float64)
    for area in AREAS[1:]:
        value = float(one.path(area)[-1])
        lag = years_behind(value, float(one.years[-1]), years, history)
        yield {
            **_named(one),
            "area": area,
            "year": one.years[-1],
            "value": value,
            "leader": float(history[-1]),
            "lag": lag.years,
            "at_least": lag.at_least,
        }


def _provinces(one: _Series) -> Iterator[dict[str, Any]]:
    for i, unit in enumerate(one.units):
        yield {
            **_named(one),
            "code": unit,
            "start": one.years[0],
            "end": one.years[-1],
            "value_start": float(one.value[i, 0]),
            "value_end": float(one.value[i, -1]),
        }


def _groups() -> Iterator[dict[str, Any]]:
    panel = load_china_national()
    for row in read_packaged_csv("divide_groups.csv").iter_rows(named=True):
        year = int(row["year"])
        value, reference = (
            next(iter(panel.at(row[name], year).values())) for name in ("variable", "reference")
        )
        gap = gap_between(_published(value), _published(reference), bounds=(0.0, 100.0))
        assert gap.ratio is not None
        assert gap.log_odds is not None
        names = ("zh", "en", "reference_zh", "reference_en")
        yield {
            **{name: row[name] for name in names},
            "year": year,
            "month": int(row["month"]),
            "value": value,
            "reference": reference,
            "difference": gap.difference.value,
            "ratio": gap.ratio.value,
            "log_odds": gap.log_odds.value,
        }


def _published(value: float) -> Linearised:
    return Linearised(value, np.zeros(0))
