"""The accounts as a page shows them: four key numbers, the accounts in a table, their parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from gongfu.core import Evidence, Uncertainty
from gongfu.report.accounts import Account, account_label, accounts_of, main_account
from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import (
    change_percent,
    count,
    decimals,
    log_points,
    rounded,
    span,
)
from gongfu.report.document import ResultDocument
from gongfu.report.page.grid import Grid, grid_of
from gongfu.report.words import (
    evidence_text,
    index_label,
    measure_label,
    opening,
    part_label,
    price_text,
    uncertainty_key,
    unit_text,
)

__all__ = ["KeyNumber", "accounts_grid", "key_numbers", "parts_grid"]


@dataclass(frozen=True, slots=True)
class KeyNumber:
    """A number set large, with what it means, when and in which prices, and how sure it is."""

    label: str
    value: str
    detail: str
    place: str
    trust: str


def key_numbers(document: ResultDocument, language: str) -> list[KeyNumber]:
    """Return cake, division and prosperity of the main account, and the urban-rural ratio."""
    main, table = main_account(document), document.table("accounts")
    trust = _trust(table.evidence, table.uncertainty, language)
    account = account_label(document, main.account, language)
    index = index_label(main.index, language)
    unit = unit_text("yuan per person", language)
    money = f"{count(main.mean_start)} → {count(main.mean_end)} {unit}"
    level = f"{rounded(1 - main.equality_start)} → {rounded(1 - main.equality_end)}"
    priced = text(
        "accounts.span", language, years=main.years, price=price_text(main.price, language)
    )
    return [
        KeyNumber(
            text("kpi.cake", language), change_percent(main.cake), money, priced, trust
        ),
        KeyNumber(
            text("kpi.division", language, account=account, index=index), level,
            text(f"kpi.{main.index}_detail", language),
            text("page.span", language, years=main.years), trust,
        ),
        KeyNumber(
            text("kpi.prosperity", language), change_percent(main.prosperity),
            text("kpi.prosperity_detail", language, index=index), priced, trust,
        ),
        *_ratio(document, language),
    ]  # fmt: skip


def accounts_grid(document: ResultDocument, language: str) -> Grid:
    """Return one row per account and index; prices and inequality are named in each."""
    columns = [
        (text("accounts.account", language), False),
        (text("accounts.index", language), False),
        (text("accounts.years", language), False),
        (text("accounts.cake", language), True),
        (text("accounts.division", language), True),
        (text("accounts.prosperity", language), True),
        (text("accounts.level", language), True),
    ]
    rows = (_account_row(document, account, language) for account in accounts_of(document))
    return grid_of(text("accounts.unit", language), columns, rows)


def parts_grid(document: ResultDocument, language: str) -> Grid | None:
    """Return the parts of all accounts, or None where the document has none."""
    if "account_parts" not in document:
        return None
    rows = document.table("account_parts").rows.drop_nulls("value")
    columns = [
        (text("accounts.account", language), False),
        (text("accounts.index", language), False),
        (text("accounts.years", language), False),
        (text("column.term", language), False),
        (text("column.part", language), False),
        (text("unit.log points", language), True),
    ]
    fields = ("account", "index", "start", "end", "term", "part", "value")
    shown = [
        (
            opening(account_label(document, account, language)),
            index_label(index, language),
            f"{start}–{end}",
            text(f"term.{term}", language),
            part_label(part, language),
            log_points(value),
        )
        for account, index, start, end, term, part, value in rows.select(fields).iter_rows()
    ]
    return grid_of(text("parts.caption", language), columns, shown)


def _account_row(document: ResultDocument, account: Account, language: str) -> tuple[str, ...]:
    before, after = rounded(1 - account.equality_start), rounded(1 - account.equality_end)
    return (
        opening(account_label(document, account.account, language)),
        index_label(account.index, language),
        text(
            "accounts.span",
            language,
            years=account.years,
            price=price_text(account.price, language),
        ),
        *(
            text(
                "accounts.change", language, points=log_points(value), percent=change_percent(value)
            )
            for value in (account.cake, account.division, account.prosperity)
        ),
        f"{before} → {after}",
    )


def _ratio(document: ResultDocument, language: str) -> Iterator[KeyNumber]:
    """Yield the urban-rural ratio over its years, where the document has it."""
    if "inequality" not in document:
        return
    rows = document.table("inequality").rows.filter(pl.col("measure") == "ratio")
    rows = rows.drop_nulls("value").sort("year")
    if rows.height < 2:
        return
    first, last = rows.row(0, named=True), rows.row(-1, named=True)
    yield KeyNumber(
        measure_label("ratio", language),
        f"{decimals(first['value'], 2)} → {decimals(last['value'], 2)}",
        text("kpi.ratio_detail", language),
        text("page.span", language, years=span(first["year"], last["year"])),
        _trust(Evidence(last["evidence"]), document.table("inequality").uncertainty, language),
    )


def _trust(evidence: Evidence, uncertainty: Uncertainty, language: str) -> str:
    return text(
        "page.trust",
        language,
        evidence=evidence_text(evidence, language),
        error=text(f"uncertainty_short.{uncertainty_key(uncertainty)}", language),
    )
