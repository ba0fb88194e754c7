"""Where inequality sits, year by year: parts that add up to an index."""

from __future__ import annotations

from dataclasses import replace

from gongfu.report.accounts import account_name, one_account
from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import percent, rounded, span
from gongfu.report.chart import Chart, Role, Series
from gongfu.report.charts.frame import axis_of, chart_of, twin_of, year_column
from gongfu.report.document import ResultDocument
from gongfu.report.why import located_rows
from gongfu.report.words import inside_sentence

__all__ = ["dagum", "nested"]

ROLES: tuple[Role, ...] = ("first", "second", "third")


def dagum(document: ResultDocument, language: str) -> Chart:
    """Return the Gini split by groups (Dagum): within, net between, overlap."""
    return _stack(document, "dagum", ("net_between", "within", "transvariation"), "gini", language)


def nested(document: ResultDocument, language: str) -> Chart:
    """Return the mean log deviation: between regions, provinces, and town and country."""
    parts = ("urban_rural", "between_regions", "between_provinces")
    return _stack(document, "nested", parts, "total", language)


def _stack(
    document: ResultDocument, name: str, parts: tuple[str, ...], total: str, language: str
) -> Chart:
    table = document.table(name)
    account, own = one_account(document, name, main_first=name == "nested")
    rows = located_rows(table, own.sort("year"))
    label = account_name(document, account, language)
    first, last = rows[0], rows[-1]
    largest = max(parts, key=lambda part: last[part])
    years = span(first["year"], last["year"])
    numbers = {
        "account": inside_sentence(label, language),
        "opening": label,
        "years": years,
        "last": last["year"],
        "largest": inside_sentence(text(f"part.{largest}", language), language),
        "share": percent(last[largest] / last[total], 2),
        "before": rounded(first[total]),
        "after": rounded(last[total]),
    }
    columns = {
        part: axis_of(table.column(part), language, format="index", year=years)
        for part in (*parts, total)
    }
    measure = text("measure.mld" if name == "nested" else "measure.gini", language)
    series = [
        Series(
            key=part,
            label=text(f"part.{part}", language),
            mark="bar",
            role=role,
            rows=tuple(
                {"x": row["year"], "y": row[part], "paths": {"y": f"{row['row_path']}/{part}"}}
                for row in rows
            ),
        )
        for part, role in zip(parts, ROLES, strict=True)
    ]
    return chart_of(
        document,
        table,
        language,
        kind="stack",
        key=name,
        title=text(f"chart.{name}.title", language, **numbers),
        subtitle=text(f"chart.{name}.subtitle", language, **numbers),
        note=text(f"chart.{name}.note", language),
        axes={"x": year_column(language), "y": replace(columns[total], label=measure)},
        series=tuple(series),
        twin=twin_of((year_column(language), *columns.values()), rows),
        alt=text("chart.stack.alt", language, **numbers),
    )
