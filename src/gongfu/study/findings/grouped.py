"""What published quintile means say about the Gini: sharp bounds and two fitted curves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from gongfu.core import Evidence, Uncertainty
from gongfu.measure.grouped import grouped_lorenz
from gongfu.report.document import ResultTable, Words
from gongfu.study.accounts import Account
from gongfu.study.findings.describe import describe

__all__ = ["grouped_table"]

_NOTE = Words(
    "五等份按户分组，组内差距未公布：下限假定组内人人相同，上限是任何与这些均值相容的分布所能达到的最大值。"
    "公布的基尼系数若高于上限，说明两者所依据的收入口径或样本不同。",
    "The fifths are groups of households; differences inside them are not published. The lower "
    "bound gives everybody the mean of the fifth, the upper bound is the most that any "
    "distribution with these means can reach. A published Gini above it rests on another income "
    "or another sample.",
)


def grouped_table(accounts: Sequence[Account]) -> ResultTable | None:
    """Return Gini bounds and fits by year, beside the published index of the same year."""
    quintiles = [a for a in accounts if a.settings.inequality_from == "quintiles"]
    published = {
        point.year: 1.0 - point.equality["gini"]
        for account in accounts
        if account.settings.inequality_from == "gini"
        for point in account.path
    }
    rows = (row for one in quintiles if not one.prices.is_real for row in _rows(one, published))
    return describe(
        "grouped",
        {row["year"]: row for row in rows}.values(),
        evidence=Evidence.ESTIMATED,
        uncertainty=Uncertainty.UNKNOWN,
        note=_NOTE,
    )


def _rows(account: Account, published: dict[int, float]) -> Iterator[dict[str, Any]]:
    for point in account.path:
        assert point.snapshot is not None
        found = grouped_lorenz(point.snapshot.income)
        yield {
            "year": point.year,
            "lower": found.gini_lower,
            "power": found.power.gini,
            "lognormal": found.lognormal.gini,
            "upper": found.gini_upper,
            "published": published.get(point.year),
        }
