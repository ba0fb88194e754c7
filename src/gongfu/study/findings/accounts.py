"""The accounts of a study as result tables: totals, paths and parts."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from gongfu.core import Uncertainty
from gongfu.measure.grow_divide import TERMS
from gongfu.report.document import ResultTable, Words
from gongfu.study.accounts import Account
from gongfu.study.findings.describe import describe, name_part

__all__ = ["account_tables"]


def account_tables(accounts: Sequence[Account]) -> Iterator[ResultTable | None]:
    """Yield the tables ``accounts``, ``account_paths`` and ``account_parts``."""
    yield describe("accounts", map(_total, accounts), note=_NOTE)
    yield describe("account_paths", (row for one in accounts for row in _path(one)), note=_NOTE)
    yield describe("account_parts", (row for one in accounts for row in _parts(one)), note=_NOTE)


_NOTE = Words(
    "EDE＝均值×(1−I)。三个账户的不平等口径不同，不可相加或混用。",
    "EDE = mean x (1 - I). The accounts use different inequalities; they do not add up or mix.",
)


def _total(account: Account) -> dict[str, Any]:
    change, first, last = account.change, account.first, account.last
    index = account.index
    sampled = bool(change.estimates)
    return {
        **_keys(account),
        "label_zh": account.settings.title.zh,
        "label_en": account.settings.title.en,
        "start": change.start,
        "end": change.end,
        "cake": change.cake,
        "division": change.division,
        "prosperity": change.prosperity,
        "mean_start": first.mean,
        "mean_end": last.mean,
        "equality_start": first.equality[index],
        "equality_end": last.equality[index],
        **{f"{term}_error": _error(account, term) for term in TERMS},
        "evidence": account.evidence.value,
        "uncertainty": (Uncertainty.SAMPLING if sampled else Uncertainty.NOT_PUBLISHED).value,
    }


def _error(account: Account, term: str) -> float | None:
    estimate = account.change.estimates.get(term)  # type: ignore[call-overload]
    return None if estimate is None else estimate.standard_error


def _path(account: Account) -> Iterator[dict[str, Any]]:
    first, index = account.first, account.index
    for point in account.path:
        yield {
            **_keys(account),
            "year": point.year,
            "cake": math.log(point.mean / first.mean),
            "division": math.log(point.equality[index] / first.equality[index]),
        }


def _parts(account: Account) -> Iterator[dict[str, Any]]:
    for part in account.change.parts:
        yield {
            **_keys(account),
            "start": account.change.start,
            "end": account.change.end,
            "term": part.term,
            **name_part(part),
            "value": part.value,
        }


def _keys(account: Account) -> dict[str, Any]:
    return {
        "account": account.settings.name,
        "index": account.index,
        "price": account.prices.label,
    }
