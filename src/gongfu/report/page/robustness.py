"""How much findings depend on choices: the price index, and what quintile means can say."""

from __future__ import annotations

from gongfu.report.accounts import account_label
from gongfu.report.catalogue import has_text, text
from gongfu.report.catalogue.numbers import change_percent, decimals, log_points, span
from gongfu.report.document import ResultDocument
from gongfu.report.page.grid import Grid, Row, cell_of, grid_of
from gongfu.report.why import located_rows

__all__ = ["grouped_grid", "price_grid"]


def price_grid(document: ResultDocument, language: str) -> Grid | None:
    """Return the cake under each price index, or None where the document does not compare them."""
    if "price_sensitivity" not in document:
        return None
    heads = ("account", "deflator", "years", "cake")
    columns = [(text(f"prices.{head}", language), head == "cake") for head in heads]
    table = document.table("price_sensitivity")
    rows: list[Row] = [
        (
            account_label(document, row["account"], language),
            _deflator(row["deflator"], language),
            span(row["start"], row["end"]),
            cell_of(row, "cake", _change(row["cake"], language)),
        )
        for row in located_rows(table, table.rows)
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
    rows: list[Row] = [
        (
            str(row["year"]),
            *(cell_of(row, one.name, decimals(row[one.name], 3)) for one in values),
        )
        for row in located_rows(table, table.rows)
    ]
    return grid_of(text("grouped.caption", language), columns, rows)


def _change(cake: float, language: str) -> str:
    points, percent = log_points(cake), change_percent(cake)
    return text("accounts.change", language, points=points, percent=percent)


def _deflator(name: str, language: str) -> str:
    key = f"deflator.{name}"
    return text(key, language) if has_text(key, language) else name
