"""What an account found, as clauses and as the one sentence a report opens with."""

from __future__ import annotations

from gongfu.core import Uncertainty
from gongfu.report.accounts import Account, account_name, explained_account, main_account
from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import change_size, direction, rounded
from gongfu.report.document import ResultDocument
from gongfu.report.words import index_label, inside_sentence, price_text, uncertainty_key

LITTLE = 0.02
"""Log change below which words stay careful where no error is published: a Gini printed with three
digits and revised now and then may move by a good part of this for no reason."""

__all__ = ["cake_clause", "division_clause", "division_way", "headline", "prosperity_clause"]


def headline(document: ResultDocument, language: str) -> str:
    """Return the finding of the main account in one sentence, with the division explained below.

    It says on what it rests, the years, the prices, which inequality, and what is known of the
    error; the words follow the signs of the numbers.
    """
    main = main_account(document)
    return text(
        "headline.sentence",
        language,
        basis=text(f"headline.basis.{main.evidence.value}", language),
        years=main.years,
        cake=cake_clause(main, language),
        division=division_clause(main, language),
        account=inside_sentence(account_name(document, main.account, language), language),
        index=index_label(main.index, language),
        before=rounded(1 - main.equality_start),
        after=rounded(1 - main.equality_end),
        also=_also(document, main, language),
        prosperity=prosperity_clause(main, language),
        hedge=text(f"headline.hedge.{uncertainty_key(main.uncertainty)}", language),
    )


def _also(document: ResultDocument, main: Account, language: str) -> str:
    """Return the division of the account whose parts are shown, where it is another one."""
    other = explained_account(document)
    if other is None or other.account == main.account:
        return ""
    return text(
        "headline.also",
        language,
        account=inside_sentence(account_name(document, other.account, language), language),
        division=division_clause(other, language),
        index=index_label(other.index, language),
        before=rounded(1 - other.equality_start),
        after=rounded(1 - other.equality_end),
    )


def cake_clause(account: Account, language: str) -> str:
    """Return how mean income changed, with its prices."""
    return text(
        f"finding.cake.{direction(account.cake)}",
        language,
        change=change_size(account.cake),
        price=price_text(account.price, language),
    )


def division_clause(account: Account, language: str) -> str:
    """Return which way the division changed, and whether only a little, in words."""
    return text(f"finding.division.{division_way(account)}", language)


def division_way(account: Account) -> str:
    """Return ``up``, ``down`` or ``flat``, or ``up_little`` or ``down_little`` for a small change.

    Small is told apart only where no error is published: else the error says what is small.
    """
    way: str = direction(account.division)
    has_no_error = account.uncertainty is not Uncertainty.SAMPLING
    is_little = way != "flat" and has_no_error and abs(account.division) < LITTLE
    return f"{way}_little" if is_little else way


def prosperity_clause(account: Account, language: str) -> str:
    """Return how prosperity, the sum of both, changed."""
    return text(
        f"finding.prosperity.{direction(account.prosperity)}",
        language,
        change=change_size(account.prosperity),
    )
