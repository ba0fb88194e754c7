"""How much the growth of the cake depends on the choice of prices."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from gongfu.data import (
    Deflator,
    consumer_deflator,
    load_china,
    national_deflator,
    regional_deflator,
)
from gongfu.report.document import ResultTable, Words
from gongfu.study.accounts import Account
from gongfu.study.findings.describe import describe
from gongfu.study.tables import StudyTables

__all__ = ["price_table"]

_NOTE = Words(
    "同一账户在不同价格指数下的“做大”。分配一项不受全国统一指数影响；分地区指数会改变它，此处不列。",
    "The cake of one account under different price indices. One index for all leaves the division "
    "as it is; regional indices would change it and are not shown for it.",
)


def price_table(accounts: Sequence[Account], tables: StudyTables) -> ResultTable | None:
    """Return the cake of the real accounts over embedded units under every deflator there is.

    Each deflator is read over its own years and over the years that all of them share.
    """
    deflators = {
        "national_gdp": national_deflator(load_china()),
        "regional_gdp": regional_deflator(load_china()),
        "regional_cpi": consumer_deflator(load_china()),
    }
    shared = min(deflator.years[-1] for deflator in deflators.values())
    rows = (
        row
        for account in accounts
        if account.prices.is_real and account.index == "gini" and _is_embedded(account, tables)
        for name, deflator in deflators.items()
        for row in _cakes(account, tables, name, deflator, shared)
    )
    return describe("price_sensitivity", rows, note=_NOTE)


def _is_embedded(account: Account, tables: StudyTables) -> bool:
    table = tables.units.get(account.settings.data)
    return table is not None and table.embedded in {"provinces", "zones"}


def _cakes(
    account: Account, tables: StudyTables, name: str, deflator: Deflator, shared: int
) -> Iterator[dict[str, Any]]:
    start = account.first.year
    for end in sorted({shared, min(deflator.years[-1], account.last.year)}):
        means = [_mean(account, tables, deflator, year) for year in (start, end)]
        yield {
            "account": account.settings.name,
            "deflator": name,
            "start": start,
            "end": end,
            "cake": math.log(means[1] / means[0]),
        }


def _mean(account: Account, tables: StudyTables, deflator: Deflator, year: int) -> float:
    panel = tables.units[account.settings.data].panel
    population = account.settings.population
    assert population is not None
    units = panel.units
    income = panel.array(account.settings.income, units, [year])[:, 0]
    people = panel.array(population, units, [year])[:, 0]
    level = np.array([deflator.at(unit, year) for unit in units])
    return float(np.average(income / level, weights=people))
