"""The grow-divide accounts of a document, as values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from gongfu.core import Evidence, InputError, Problem, Uncertainty
from gongfu.core.errors import nearest_name
from gongfu.report.catalogue.numbers import span
from gongfu.report.chart import Role
from gongfu.report.document import ResultDocument, ResultTable

__all__ = [
    "Account",
    "account_label",
    "account_name",
    "account_roles",
    "accounts_of",
    "explained_account",
    "main_account",
    "one_account",
]

_KEYS = ("account", "index", "price")
_BRACKETED = re.compile(r"\s*[（(].*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account: the cake, its division by one inequality index, and prosperity, their sum.

    Parameters
    ----------
    cake, division, prosperity : log changes from ``start`` to ``end``; ``*_error`` their standard
        errors, where rows were sampled.
    mean_start, mean_end : yuan per person in the prices that ``price`` names.
    equality_start, equality_end : one minus the index.
    """

    account: str
    index: str
    start: int
    end: int
    price: str
    cake: float
    division: float
    prosperity: float
    mean_start: float
    mean_end: float
    equality_start: float
    equality_end: float
    evidence: Evidence
    uncertainty: Uncertainty
    cake_error: float | None = None
    division_error: float | None = None
    prosperity_error: float | None = None

    @property
    def years(self) -> str:
        """The span the account speaks of."""
        return span(self.start, self.end)

    def rows_in(self, table: ResultTable) -> pl.DataFrame:
        """Return the rows of another table that belong to this account, index and prices."""
        keys = [key for key in _KEYS if key in table.rows.columns]
        return table.rows.filter(*(pl.col(key) == getattr(self, key) for key in keys))


def accounts_of(document: ResultDocument) -> list[Account]:
    """Return the accounts in the order of the document."""
    table = document.table("accounts")
    return [_account(row, table) for row in table.rows.iter_rows(named=True)]


def main_account(document: ResultDocument) -> Account:
    """Return the account that the headline speaks of, with its first index and prices.

    Raises
    ------
    InputError
        If the document names a main account that it does not hold, or holds none.
    """
    accounts = accounts_of(document)
    wanted = document.meta.main_account
    for account in accounts:
        if wanted in ("", account.account):
            return account
    known = sorted({account.account for account in accounts})
    raise InputError(
        Problem(
            f"the result document has no account {wanted!r}",
            expected=f"one of {', '.join(known)}" if known else "at least one account",
            fix=nearest_name(wanted, known),
        )
    )


def explained_account(document: ResultDocument) -> Account | None:
    """Return the account whose parts are shown, with the index whose terms both have parts.

    It is the main account if that has parts, else the account with parts that sees most of the
    inequality; in the prices of the main account.
    """
    if "account_parts" not in document:
        return None
    table, main = document.table("account_parts"), main_account(document)
    held = [
        account
        for account in accounts_of(document)
        if account.price == main.price
        and set(account.rows_in(table)["term"]).issuperset(("cake", "division"))
    ]
    of_main = [account for account in held if account.account == main.account]
    return next(iter(of_main), None) or min(held, key=lambda a: a.equality_end, default=None)


def one_account(
    document: ResultDocument, name: str, *, main_first: bool = True
) -> tuple[str, pl.DataFrame]:
    """Return an account and its rows of a table by year.

    With ``main_first`` it is the main account or else the explained one, if the table holds them;
    otherwise the table's first. A table without an ``account`` column speaks of the main account.
    """
    rows, main = document.table(name).rows, main_account(document)
    if "account" not in rows.columns:
        return main.account, rows
    held = rows["account"].unique(maintain_order=True).to_list()
    wanted = [one.account for one in (main, explained_account(document)) if one and main_first]
    chosen = next((account for account in wanted if account in held), held[0])
    return chosen, rows.filter(pl.col("account") == chosen)


def account_roles(document: ResultDocument) -> dict[str, Role]:
    """Return the colour of each account, the same in every chart; the main one comes first."""
    main = main_account(document).account
    names = dict.fromkeys(account.account for account in accounts_of(document))
    ordered = [main, *(name for name in names if name != main)]
    return dict(zip(ordered, ("first", "second", "third", "fourth", "fifth"), strict=False))


def account_label(document: ResultDocument, account: str, language: str) -> str:
    """Return the whole name of an account, or its key where the document gives none."""
    return _labels(document, language).get(account) or account


def account_name(document: ResultDocument, account: str, language: str) -> str:
    """Return the name of an account without what stands in brackets, unless two then coincide."""
    short = {key: _BRACKETED.sub("", label) for key, label in _labels(document, language).items()}
    own = short.get(account)
    if own and list(short.values()).count(own) == 1:
        return own
    return account_label(document, account, language)


def _labels(document: ResultDocument, language: str) -> Mapping[str, str]:
    rows, column = document.table("accounts").rows, f"label_{language}"
    if column not in rows.columns:
        return {}
    return dict(rows.select("account", column).drop_nulls().iter_rows())


def _account(row: Mapping[str, Any], table: ResultTable) -> Account:
    fields = {key: value for key, value in row.items() if key in Account.__slots__}
    return Account(
        **{
            **fields,
            "evidence": Evidence(row.get("evidence") or table.evidence),
            "uncertainty": Uncertainty(row.get("uncertainty") or table.uncertainty),
        }
    )
