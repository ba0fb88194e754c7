"""The accounts as a page shows them: four key numbers, the accounts in a table, their parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from gongfu.core import Evidence, Uncertainty
from gongfu.report.accounts import Account, account_label, account_name, accounts_of, main_account
from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import (
    change_percent,
    count,
    decimals,
    log_points,
    span,
)
from gongfu.report.document import ResultDocument
from gongfu.report.page.grid import Cell, Grid, Row, cell_of, grid_of
from gongfu.report.why import located_rows, row_paths
from gongfu.report.words import (
    evidence_text,
    index_label,
    inside_sentence,
    part_label,
    price_text,
    uncertainty_key,
    unit_text,
)

__all__ = [
    "TERMS",
    "KeyNumber",
    "accounts_grid",
    "all_accounts_grid",
    "key_numbers",
    "parts_grid",
    "term_path",
]

TERMS = ("cake", "division", "prosperity")


@dataclass(frozen=True, slots=True)
class KeyNumber:
    """A number set large, with what it means, when and in which prices, and how sure it is.

    Parameters
    ----------
    path : of the number of the result document that it shows.
    """

    label: str
    value: str
    detail: str
    place: str
    trust: str
    path: str


def key_numbers(document: ResultDocument, language: str) -> list[KeyNumber]:
    """Return cake, division and prosperity of the main account, and the urban-rural ratio."""
    main = main_account(document)
    trust = _trust(main.evidence, main.uncertainty, language)
    account = inside_sentence(account_name(document, main.account, language), language)
    index = index_label(main.index, language)
    unit = unit_text("yuan per person", language)
    money = f"{count(main.mean_start)} → {count(main.mean_end)} {unit}"
    years = text("page.span", language, years=main.years)
    return [
        KeyNumber(
            text("kpi.cake", language), change_percent(main.cake), money,
            _span(main, language), trust, term_path(document, main, "cake"),
        ),
        KeyNumber(
            text("kpi.division", language, account=account, index=index), _levels(main),
            text(f"kpi.{main.index}_detail", language), years, trust,
            term_path(document, main, "division"),
        ),
        KeyNumber(
            text("kpi.prosperity", language), change_percent(main.prosperity),
            text("kpi.prosperity_detail", language, index=index), _span(main, language), trust,
            term_path(document, main, "prosperity"),
        ),
        *_ratio(document, language),
    ]  # fmt: skip


def term_path(document: ResultDocument, account: Account, column: str) -> str:
    """Return the path of a number of an account: ``cake``, ``division`` and the like."""
    cells = {key: getattr(account, key) for key in ("account", "index", "price")}
    return f"{row_paths(document.table('accounts'))(cells)}/{column}"


def accounts_grid(document: ResultDocument, language: str) -> Grid:
    """Return one row per account: its first index in its first prices."""
    first: dict[str, Account] = {}
    for account in accounts_of(document):
        first.setdefault(account.account, account)
    return _grid(document, list(first.values()), language)


def all_accounts_grid(document: ResultDocument, language: str) -> Grid:
    """Return one row per account, index and kind of prices."""
    return _grid(document, accounts_of(document), language)


def parts_grid(document: ResultDocument, language: str) -> Grid | None:
    """Return the parts of all accounts, or None where the document has none."""
    if "account_parts" not in document:
        return None
    table = document.table("account_parts")
    columns = [
        *_account_columns(language),
        (text("column.term", language), False),
        (text("column.part", language), False),
        (text("unit.log points", language), True),
    ]
    rows: list[Row] = [
        (
            *_account_cells(document, account, language),
            text(f"term.{row['term']}", language),
            part_label(row, language),
            cell_of(row, "value", log_points(row["value"])),
        )
        for account in accounts_of(document)
        for row in located_rows(table, account.rows_in(table).drop_nulls("value"))
    ]
    return grid_of(text("parts.caption", language), columns, rows)


def _grid(document: ResultDocument, accounts: Sequence[Account], language: str) -> Grid:
    heads = (*TERMS, "level")
    columns = [
        *_account_columns(language),
        *((text(f"accounts.{head}", language), True) for head in heads),
    ]
    rows: list[Row] = [
        (
            *_account_cells(document, account, language),
            *_term_cells(document, account, language),
            Cell(_levels(account), term_path(document, account, "equality_end")),
        )
        for account in accounts
    ]
    return grid_of(text("accounts.unit", language), columns, rows)


def _account_columns(language: str) -> list[tuple[str, bool]]:
    return [(text(f"accounts.{head}", language), False) for head in ("account", "index", "years")]


def _account_cells(document: ResultDocument, account: Account, language: str) -> tuple[str, ...]:
    label = account_label(document, account.account, language)
    return label, index_label(account.index, language), _span(account, language)


def _term_cells(document: ResultDocument, account: Account, language: str) -> Iterator[Cell]:
    for term in TERMS:
        value, error = getattr(account, term), getattr(account, f"{term}_error")
        yield Cell(_change(value, error, language), term_path(document, account, term))


def _change(value: float, error: float | None, language: str) -> str:
    shown = log_points(value)
    if error is not None:
        shown = f"{shown} ± {decimals(100 * error, 1)}"
    return text("accounts.change", language, points=shown, percent=change_percent(value))


def _levels(account: Account) -> str:
    before, after = 1 - account.equality_start, 1 - account.equality_end
    return f"{decimals(before, 3)} → {decimals(after, 3)}"


def _span(account: Account, language: str) -> str:
    price = price_text(account.price, language)
    return text("accounts.span", language, years=account.years, price=price)


def _ratio(document: ResultDocument, language: str) -> Iterator[KeyNumber]:
    """Yield the urban-rural ratio over its years, where the document has it."""
    if "inequality" not in document:
        return
    table = document.table("inequality")
    rows = table.rows.filter(pl.col("measure") == "ratio")
    rows = rows.drop_nulls("value").sort("year")
    if rows.height < 2:
        return
    first, last = rows.row(0, named=True), rows.row(-1, named=True)
    yield KeyNumber(
        text("measure.ratio", language),
        f"{decimals(first['value'], 2)} → {decimals(last['value'], 2)}",
        text("kpi.ratio_detail", language),
        text("page.span", language, years=span(first["year"], last["year"])),
        _trust(Evidence(last["evidence"]), table.uncertainty, language),
        f"{row_paths(table)(last)}/value",
    )


def _trust(evidence: Evidence, uncertainty: Uncertainty, language: str) -> str:
    return text(
        "page.trust",
        language,
        evidence=evidence_text(evidence, language),
        error=text(f"uncertainty_short.{uncertainty_key(uncertainty)}", language),
    )
