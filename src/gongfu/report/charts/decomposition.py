"""Where inequality sits, year by year: parts that add up to an index."""

from __future__ import annotations

from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import percent, rounded, span
from gongfu.report.chart import Chart, Role, Series
from gongfu.report.charts.frame import axis_of, chart_of, twin_of, year_column
from gongfu.report.document import ResultDocument
from gongfu.report.words import inside_sentence

__all__ = ["dagum", "nested"]

ROLES: tuple[Role, ...] = ("first", "second", "third")


def dagum(document: ResultDocument, language: str) -> Chart:
    """Return the Gini of provinces split by large regions (Dagum): within, net between, overlap."""
    return _stack(document, "dagum", ("net_between", "within", "transvariation"), "gini", language)


def nested(document: ResultDocument, language: str) -> Chart:
    """Return the mean log deviation of zones: between regions, provinces, and town and country."""
    parts = ("urban_rural", "between_regions", "between_provinces")
    return _stack(document, "nested", parts, "total", language)


def _stack(
    document: ResultDocument, name: str, parts: tuple[str, ...], total: str, language: str
) -> Chart:
    table = document.table(name)
    rows = tuple(table.rows.sort("year").iter_rows(named=True))
    first, last = rows[0], rows[-1]
    largest = max(parts, key=lambda part: last[part])
    years = span(first["year"], last["year"])
    numbers = {
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
    series = [
        Series(
            key=part,
            label=text(f"part.{part}", language),
            mark="bar",
            role=role,
            rows=tuple({"x": row["year"], "y": row[part]} for row in rows),
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
        axes={"x": year_column(language), "y": columns[total]},
        series=tuple(series),
        twin=twin_of((year_column(language), *columns.values()), rows),
        alt=text("chart.stack.alt", language, **numbers),
    )
