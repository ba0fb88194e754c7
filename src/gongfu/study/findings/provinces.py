"""Each province's own point in the grow-divide plane: its growth, its urban and rural division."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from gongfu.core import Panel
from gongfu.measure.grow_divide import Snapshot, grow_divide
from gongfu.report.document import ResultTable, Words
from gongfu.study.accounts import Account
from gongfu.study.findings.describe import describe
from gongfu.study.tables.types import StudyTables

__all__ = ["province_table"]

_NOTE = Words(
    "省内不平等只计城镇与农村居民两组的均值之间的差距（基尼系数口径），不含组内差距。",
    "Inequality inside a province is that between the mean incomes of its urban and rural "
    "residents (Gini); inequality inside either group is not in it.",
)


def province_table(accounts: Sequence[Account], tables: StudyTables) -> ResultTable | None:
    """Return one row per province, where the study holds the embedded provinces and zones.

    The change is over the years with constant prices; growth is that of the
    published income per person.
    """
    whole = _account_of("provinces", accounts, tables)
    zones = _account_of("zones", accounts, tables)
    if whole is None or zones is None:
        return None
    return describe("provinces", _rows(whole, zones, tables), note=_NOTE)


def _account_of(table: str, accounts: Sequence[Account], tables: StudyTables) -> Account | None:
    """The real account over an embedded table, or the nominal one where there is no other."""
    for account in accounts:
        known = tables.units.get(account.settings.data)
        if known is not None and known.embedded == table:
            return account
    return None


def _rows(whole: Account, zones: Account, tables: StudyTables) -> Iterator[dict[str, Any]]:
    start, end = zones.first.year, zones.last.year
    panel = tables.units[whole.settings.data].panel
    halves = tables.units[zones.settings.data].panel
    income, people = whole.settings.income, whole.settings.population
    assert people is not None
    before, after = panel.at(income, start), panel.at(income, end)
    price = whole.prices
    for code in panel.units:
        first, last = (_halves(halves, zones, code, year) for year in (start, end))
        growth = math.log(after[code] / price.level(code, end))
        growth -= math.log(before[code] / price.level(code, start))
        yield {
            "code": code,
            "start": start,
            "end": end,
            "income_start": before[code],
            "income_end": after[code],
            "income_year": end,
            "growth": growth,
            "division": grow_divide(first, last, "gini").division,
            "ratio_start": _ratio(first),
            "ratio_end": _ratio(last),
            "population": panel.at(people, end)[code],
        }


def _halves(panel: Panel, account: Account, code: str, year: int) -> Snapshot:
    """The urban and the rural part of one province, urban first."""
    units = [f"{code}-urban", f"{code}-rural"]
    population = account.settings.population
    assert population is not None
    income = panel.array(account.settings.income, units, [year])[:, 0]
    people = panel.array(population, units, [year])[:, 0]
    return Snapshot(year, income, people, {"area": np.array(["urban", "rural"])})


def _ratio(halves: Snapshot) -> float:
    return float(halves.income[0] / halves.income[1])
