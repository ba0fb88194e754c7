"""The grow-divide accounts of a document, as values."""

from __future__ import annotations

from dataclasses import dataclass

from gongfu.core import InputError, Problem
from gongfu.core.errors import nearest_name
from gongfu.report.catalogue import has_text, text
from gongfu.report.catalogue.numbers import span
from gongfu.report.chart import Role
from gongfu.report.document import ResultDocument

__all__ = ["Account", "account_label", "account_roles", "accounts_of", "main_account"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account: the cake, its division by one inequality index, and prosperity, their sum.

    Parameters
    ----------
    cake, division, prosperity : log changes from ``start`` to ``end``.
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

    @property
    def years(self) -> str:
        """The span the account speaks of."""
        return span(self.start, self.end)


def accounts_of(document: ResultDocument) -> list[Account]:
    """Return the accounts in the order of the document."""
    rows = document.table("accounts").rows.select(Account.__slots__)
    return [Account(**row) for row in rows.iter_rows(named=True)]


def main_account(document: ResultDocument) -> Account:
    """Return the account that the headline speaks of, with its first index.

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


def account_roles(document: ResultDocument) -> dict[str, Role]:
    """Return the colour of each account, the same in every chart; the main one comes first."""
    main = main_account(document).account
    names = dict.fromkeys(account.account for account in accounts_of(document))
    ordered = [main, *(name for name in names if name != main)]
    return dict(zip(ordered, ("first", "second", "third", "fourth", "fifth"), strict=False))


def account_label(document: ResultDocument, account: str, language: str) -> str:
    """Return the name of an account: from the document, else from the catalogue, else its key."""
    column = f"label_{language}"
    rows = document.table("accounts").rows
    if column in rows.columns:
        for name, label in rows.select("account", column).iter_rows():
            if name == account and label:
                return str(label)
    key = f"account.{account}"
    return text(key, language) if has_text(key, language) else account
