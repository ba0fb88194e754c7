"""The grow-divide plane: how much bigger the cake, how much fairer its division.

Both axes are log changes, so places of equal prosperity lie on lines of slope -1: prosperity is
the sum ``d ln EDE = d ln mean + d ln(1 - I)``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from gongfu.report.accounts import Account, account_name, account_roles, accounts_of, main_account
from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import change_percent, direction, signed
from gongfu.report.chart import Axis, Chart, ReferenceLine, Role, Series, Shade
from gongfu.report.charts.frame import chart_of, text_column, title_key, twin_of, year_column
from gongfu.report.document import ResultDocument
from gongfu.report.findings import division_way
from gongfu.report.why import located_rows
from gongfu.report.words import index_label, price_text

__all__ = ["equal_prosperity", "fair_quadrant", "history_plane", "plane_axes"]


def history_plane(document: ResultDocument, language: str) -> Chart | None:
    """Return the path of each account through the plane, year by year, or None without paths.

    Shown are the accounts whose money is counted in the prices of the main account; others would
    not be comparable along the horizontal axis.
    """
    main = main_account(document)
    price = price_text(main.price, language)
    axes = plane_axes(language, text("chart.plane.y", language), main.years, price)
    roles = account_roles(document)
    shown = [a for a in _comparable_accounts(document, main) if a.account in roles]
    series = tuple(_path(document, a, roles[a.account], main, language) for a in shown)
    if not series:
        return None
    finding = _finding(shown, series, main, language)
    return chart_of(
        document,
        document.table("account_paths"),
        language,
        kind="plane",
        key="plane",
        title=text(f"chart.plane.{title_key(finding, 'better')}", language, **finding),
        subtitle=text("chart.plane.subtitle", language, years=main.years, price=price),
        note=text("chart.plane.note", language),
        axes=axes,
        series=series,
        references=equal_prosperity(series, language),
        shades=fair_quadrant(language),
        twin=twin_of(
            (
                text_column("account", text("column.account", language)),
                year_column(language),
                axes["x"],
                axes["y"],
            ),
            [{**row, "account": one.label} for one in series for row in one.rows],
        ),
        alt=text("chart.plane.alt", language, **finding),
    )


def plane_axes(
    language: str, y_label: str, years: str, price: str, x_of: str = "cake"
) -> dict[str, Axis]:
    """Return the two axes of a plane: log changes, shown as the percentages they mean.

    Parameters
    ----------
    x_of : the column of the document that holds the cake.
    """
    unit = text("unit.percent", language)
    return {
        "x": Axis(
            key="x",
            label=text("chart.plane.x", language),
            unit=unit,
            format="log_percent",
            year=years,
            price_base=price,
            of=x_of,
        ),
        "y": Axis(
            key="y", label=y_label, unit=unit, format="log_percent", year=years, of="division"
        ),
    }


def equal_prosperity(series: Sequence[Series], language: str) -> tuple[ReferenceLine, ...]:
    """Return lines of equal prosperity at round percentages within the reach of the data."""
    sums = [float(row["x"] or 0) + float(row["y"] or 0) for one in series for row in one.rows]
    low, high = 100 * math.expm1(min([0.0, *sums])), 100 * math.expm1(max([0.0, *sums]))
    step = next(size for size in (5, 10, 20, 50, 100, 200, 500, 1000) if high - low <= 8 * size)
    percentages = range(step * math.floor(low / step), step * math.ceil(high / step) + 1, step)
    return tuple(_level(percentage, language) for percentage in percentages if percentage > -100)


def _level(percentage: int, language: str) -> ReferenceLine:
    change = f"{signed(percentage, 1)}%"
    return ReferenceLine(
        intercept=math.log1p(percentage / 100),
        slope=-1.0,
        label=text("chart.plane.equal", language, change=change),
        short=change,
    )


def fair_quadrant(language: str) -> tuple[Shade, ...]:
    """Return the quadrant in which the cake is bigger and more equally divided."""
    return (Shade(label=text("chart.plane.quadrant", language), x_low=0.0, y_low=0.0),)


def _comparable_accounts(document: ResultDocument, main: Account) -> list[Account]:
    """Return accounts that have a path in the prices of the main one, which stands first."""
    paths, found = document.table("account_paths"), dict[str, Account]()
    for account in accounts_of(document):
        if account.price == main.price and not account.rows_in(paths).is_empty():
            found.setdefault(account.account, account)
    return sorted(found.values(), key=lambda account: account.account != main.account)


def _path(
    document: ResultDocument, account: Account, role: Role, main: Account, language: str
) -> Series:
    table = document.table("account_paths")
    rows = located_rows(table, account.rows_in(table).sort("year"))
    same_years = account.years == main.years
    label = text(
        "chart.plane.path" if same_years else "chart.plane.path_years",
        language,
        years=account.years,
        account=account_name(document, account.account, language),
        index=index_label(account.index, language),
    )
    return Series(
        key=account.account,
        label=label,
        mark="path",
        role=role,
        rows=tuple(
            {
                "x": row["cake"],
                "y": row["division"],
                "year": row["year"],
                "row_path": row["row_path"],
            }
            for row in rows
        ),
    )


def _finding(
    accounts: Sequence[Account], series: Sequence[Series], main: Account, language: str
) -> dict[str, Any]:
    """Return how many accounts ended bigger and clearly fairer, and where each ended."""
    listed = [
        text(
            "chart.plane.end",
            language,
            account=one.label.split("\n")[0],
            cake=change_percent(one.rows[-1]["x"]),
            division=change_percent(one.rows[-1]["y"]),
        )
        for one in series
    ]
    better = [direction(a.cake) == "up" and division_way(a) == "up" for a in accounts]
    return {
        "years": main.years,
        "all": len(better),
        "better": sum(better),
        "listed": text("list.separator", language).join(listed),
    }
