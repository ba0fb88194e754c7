"""How much findings depend on choices: the price index, and what quintile means can say."""

from __future__ import annotations

from gongfu.report.accounts import account_label
from gongfu.report.catalogue import has_text, text
from gongfu.report.catalogue.numbers import change_percent, decimals, log_points, span
from gongfu.report.document import ResultDocument
from gongfu.report.page.grid import Grid, grid_of

__all__ = ["grouped_grid", "price_grid"]


def price_grid(document: ResultDocument, language: str) -> Grid | None:
    """Return the cake under each price index, or None where the document does not compare them."""
    if "price_sensitivity" not in document:
        return None
    heads = ("account", "deflator", "years", "cake")
    columns = [(text(f"prices.{head}", language), head == "cake") for head in heads]
    rows = [
        (
            account_label(document, row["account"], language),
            _deflator(row["deflator"], language),
            span(row["start"], row["end"]),
            text(
                "accounts.change",
                language,
                points=log_points(row["cake"]),
                percent=change_percent(row["cake"]),
            ),
        )
        for row in document.table("price_sensitivity").rows.iter_rows(named=True)
    ]
    return grid_of(text("prices.caption", language), columns, rows)


def grouped_grid(document: ResultDocument, language: str) -> Grid | None:
    """Return bounds and fits of the Gini from group means beside the published one."""
    if "grouped" not in document:
        return None
    table = document.table("grouped")
    values = [column for column in table.columns if column.name != "year"]
    columns = [
        (text("column.year", language), False),
        *((column.label(language), True) for column in values),
    ]
    rows = [
        (str(row["year"]), *(decimals(row[column.name], 3) for column in values))
        for row in table.rows.iter_rows(named=True)
    ]
    return grid_of(text("grouped.caption", language), columns, rows)


def _deflator(name: str, language: str) -> str:
    key = f"deflator.{name}"
    return text(key, language) if has_text(key, language) else name
