"""Whether regions draw together: spread, and growth against level."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import change_size, count, decimals, percent, span
from gongfu.report.chart import Chart, Role, Series
from gongfu.report.charts.frame import axis_of, chart_of, text_column, twin_of, year_column
from gongfu.report.charts.provinces import AREAS
from gongfu.report.charts.region_classes import density_curves, transition_matrix
from gongfu.report.charts.region_clubs import club_paths
from gongfu.report.charts.region_words import (
    money_or_index,
    p_words,
    region_count,
    sign_of,
    subject,
    with_error,
)
from gongfu.report.document import ResultDocument
from gongfu.report.regions import region_label, region_short, regions
from gongfu.report.why import located_rows
from gongfu.report.words import area_label

__all__ = ["convergence_charts"]

_LINES: tuple[Role, ...] = ("first", "second", "third", "fourth", "fifth")


def convergence_charts(document: ResultDocument, language: str) -> Iterator[Chart]:
    """Yield the charts whose tables the document has, in reading order."""
    builders = {
        "sigma": sigma_paths,
        "beta_points": beta_scatter,
        "club_paths": club_paths,
        "markov_moves": transition_matrix,
        "densities": density_curves,
    }
    for name, build in builders.items():
        if name in document:
            yield build(document, language)


def sigma_paths(document: ResultDocument, language: str) -> Chart:
    """Return the spread between regions by year, relative to their mean."""
    table = document.table("sigma")
    rows = located_rows(table, table.rows)
    years = span(rows[0]["year"], rows[-1]["year"])
    trends = {row["measure"]: row for row in document.table("sigma_trends").rows.to_dicts()}
    names = [n for n in ("log_deviation", "variation", "variation_weighted") if n in trends]
    series = tuple(
        Series(
            key=name,
            label=table.column(name).label(language),
            mark="line",
            role=role,
            rows=tuple(
                {
                    "x": row["year"],
                    "y": row[name],
                    "text": f"{decimals(rows[0][name], 3)} → {decimals(rows[-1][name], 3)}",
                    "paths": {"y": f"{row['row_path']}/{name}"},
                }
                for row in rows
            ),
        )
        for name, role in zip(names, _LINES, strict=False)
    )
    signs = {name: sign_of(row["low"], row["high"]) for name, row in trends.items()}
    relative = {signs["log_deviation"], signs["variation"]}
    found = {
        "years": years,
        "logs": change_size(trends["log_deviation"]["trend"]),
        "variation": change_size(trends["variation"]["trend"]),
        "absolute": change_size(trends["deviation"]["trend"]),
        "n": count(region_count(document)),
        "what": subject(document, language),
    }
    title = signs["variation"] if len(relative) == 1 else "split"
    x = replace(year_column(language), key="x")
    y = axis_of(
        table.column("variation"), language, key="y", label=text("chart.sigma.y", language),
        format="index", year=years,
    )  # fmt: skip
    deviation = table.column("deviation")
    columns = (
        year_column(language),
        *(axis_of(table.column(n), language, format="index", year=years) for n in names),
        axis_of(deviation, language, format=money_or_index(deviation), year=years),
    )
    return with_error(chart_of(
        document, table, language,
        kind="curve", key="sigma",
        title=text(f"chart.sigma.title_{title}", language, **found),
        subtitle=text("chart.sigma.subtitle", language, **found),
        note=text(f"chart.sigma.note_{signs['deviation']}", language, **found),
        axes={"x": x, "y": y}, series=series,
        twin=twin_of(columns, rows),
        alt=text(f"chart.sigma.title_{title}", language, **found),
    ))  # fmt: skip


def beta_scatter(document: ResultDocument, language: str) -> Chart:
    """Return the growth of each region against where it started, with the fitted line."""
    table, found = document.table("beta_points"), _beta_numbers(document, language)
    rows = [
        {"x": row["value"], "y": row["growth"], "code": row["code"], "row_path": row["row_path"],
         **_names(row["code"], language)}
        for row in located_rows(table, table.rows.sort("value"))
    ]  # fmt: skip
    fitted = document.table("beta_line")
    line = tuple(
        {"x": row["value"], "y": row["growth"], "y_low": row["low"], "y_high": row["high"],
         "row_path": row["row_path"]}
        for row in located_rows(fitted, fitted.rows)
    )  # fmt: skip
    level = table.column("value")
    x = axis_of(level, language, key="x", format=money_or_index(level), year=str(found["first"]))
    y = axis_of(table.column("growth"), language, key="y", format="log_percent",
                year=str(found["years"]))  # fmt: skip
    fit = Series(key="line", label="", mark="line", role="total", rows=line)
    return with_error(chart_of(
        document, table, language,
        kind="log_scatter", key="beta",
        title=text(f"chart.beta.title_{found['sign']}", language, **found),
        subtitle=text("chart.beta.subtitle", language, **found),
        note=text("chart.beta.note", language, **found),
        axes={"x": x, "y": y},
        series=(fit, *_by_area(rows, language)),
        twin=twin_of((text_column("label", text("column.region", language)), x, y), rows),
        alt=text(f"chart.beta.title_{found['sign']}", language, **found),
    ))  # fmt: skip


def _beta_numbers(document: ResultDocument, language: str) -> dict[str, Any]:
    rows = document.table("beta").rows.to_dicts()
    plain = rows[0]
    spatial = next((row for row in rows if row["residual_moran_p"] is not None), None)
    half = plain["half_life"]
    p = None if spatial is None else spatial["residual_moran_p"]
    kind = "none" if p is None else ("alike" if p <= 0.05 else "clean")
    return {
        "first": plain["start"],
        "what": subject(document, language),
        "years": span(plain["start"], plain["end"]),
        "sign": sign_of(plain["low"], plain["high"]),
        "beta": decimals(100 * plain["beta"], 2),
        "low": decimals(100 * plain["low"], 2),
        "high": decimals(100 * plain["high"], 2),
        "speed": decimals(100 * plain["speed"], 1) if plain["speed"] is not None else "–",
        "half": count(half) if half is not None else "–",
        "r2": percent(plain["r_squared"], 2),
        "residuals": text(f"chart.beta.residuals_{kind}", language, p=p_words(p)),
    }


def _by_area(rows: list[dict[str, Any]], language: str) -> Iterator[Series]:
    for area, role in AREAS.items():
        own = tuple(row for row in rows if _area(row["code"]) == area)
        if own:
            yield Series(
                key=area, label=area_label(area, language), mark="point", role=role, rows=own
            )


def _area(code: str) -> str:
    place = regions().get(code)
    return place.area if place else "other"


def _names(code: str, language: str) -> dict[str, str]:
    return {"label": region_label(code, language), "short": region_short(code, language)}
