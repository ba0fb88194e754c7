"""Where the key numbers and the accounts come from: equation, inputs, source, next question."""

from __future__ import annotations

from dataclasses import dataclass

from gongfu.report.accounts import Account, account_label, accounts_of
from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import count, rounded
from gongfu.report.document import ResultDocument
from gongfu.report.page.accounts import TERMS, key_numbers, term_path
from gongfu.report.page.grid import Cell, Grid, Row, grid_of
from gongfu.report.why import Explanation, Quantity, why
from gongfu.report.words import price_text, unit_text

__all__ = ["WhyBox", "key_number_boxes", "why_grid"]

_MOST_INPUTS = 8


@dataclass(frozen=True, slots=True)
class WhyBox:
    """What opens under a number.

    Parameters
    ----------
    lines : pairs of label and text; the formula and the question are set as code.
    """

    formula: str
    lines: tuple[tuple[str, str], ...]
    ask: str


def key_number_boxes(document: ResultDocument, language: str) -> list[WhyBox]:
    """Return a box for each key number, in the order of :func:`key_numbers`."""
    numbers = key_numbers(document, language)
    return [_box(why(document, number.path), language) for number in numbers]


def why_grid(document: ResultDocument, language: str) -> Grid:
    """Return one row per account and term: equation, what it is made of, path."""
    first: dict[str, Account] = {}
    for account in accounts_of(document):
        first.setdefault(account.account, account)
    heads = ("account", "number", "equation", "inputs", "path")
    rows = [_row(document, account, term, language) for account in first.values() for term in TERMS]
    columns = [(text(f"why.{head}", language), False) for head in heads]
    return grid_of(text("why.caption", language), columns, rows)


def _row(document: ResultDocument, account: Account, term: str, language: str) -> Row:
    path = term_path(document, account, term)
    found = why(document, path)
    assert found.equation is not None, "every term of an account has an equation"
    return (
        account_label(document, account.account, language),
        Cell(f"{text(f'term.{term}', language)}: {_value(found.number, language)}", path),
        _formula(found),
        _inputs(found, language),
        path,
    )


def _box(found: Explanation, language: str) -> WhyBox:
    lines = []
    if found.equation is not None:
        lines.append((text("why.equation", language), found.equation.words[language]))
    if found.inputs:
        lines.append((text("why.inputs", language), _inputs(found, language)))
    lines.append((text("why.source", language), found.source[language]))
    return WhyBox(_formula(found), tuple(lines), f'gongfu why result.json "{found.number.path}"')


def _formula(found: Explanation) -> str:
    if found.equation is None:
        return ""
    tag = f" ({found.equation.tag})" if found.equation.tag else ""
    return f"{found.equation.formula}{tag}"


def _inputs(found: Explanation, language: str) -> str:
    shown = [_input(one, language) for one in found.inputs[:_MOST_INPUTS]]
    more = len(found.inputs) - len(shown)
    rest = [text("why.more", language, count=more)] if more > 0 else []
    return text("why.between", language).join([*shown, *rest])


def _input(one: Quantity, language: str) -> str:
    years = f" {one.years.replace('-', '–')}" if one.years else ""
    return f"{one.label[language]}{years}: {_value(one, language)}"


def _value(one: Quantity, language: str) -> str:
    shown = str(one.value)
    if isinstance(one.value, int | float):
        shown = count(one.value) if "yuan" in one.unit else rounded(one.value, 4)
    value = f"{shown} {unit_text(one.unit, language)}"
    if "yuan" not in one.unit:
        return value
    price = price_text(one.price_base, language)
    return text("why.in_prices", language, value=value, price=price)
