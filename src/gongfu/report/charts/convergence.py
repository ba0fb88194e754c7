"""Whether regions draw together: spread, growth against level, clubs, classes, shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

import polars as pl

from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import change_size, count, decimals, percent, rounded, span
from gongfu.report.chart import Chart, ReferenceLine, Role, Series
from gongfu.report.charts.frame import axis_of, chart_of, text_column, twin_of, year_column
from gongfu.report.charts.provinces import AREAS
from gongfu.report.document import Column, ResultDocument, ResultTable
from gongfu.report.regions import region_label, region_short, regions
from gongfu.report.words import area_label, inside_sentence

__all__ = [
    "REJECTED",
    "convergence_charts",
    "money_or_index",
    "p_value",
    "p_words",
    "sign_of",
    "subject",
    "with_error",
]

REJECTED = -1.65
"""t below which Phillips and Sul reject that all converge together, at 5 %."""

_TINY = 0.001

_FEW = 6
"""Regions in no club that are named beside their line."""

_SHAPES: tuple[Role, ...] = ("second", "first")
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


def sign_of(low: float, high: float) -> Literal["falling", "rising", "unclear"]:
    """Return which side of zero an interval lies on, if on one."""
    if high < 0:
        return "falling"
    return "rising" if low > 0 else "unclear"


def subject(document: ResultDocument, language: str) -> str:
    """Return what is compared between regions, as it stands within a sentence."""
    label = document.table("beta_points").column("value").label(language)
    return inside_sentence(label, language)


def money_or_index(column: Column) -> Literal["yuan", "index"]:
    """Return how values of the variable are printed: money in whole yuan."""
    return "yuan" if column.price_base else "index"


def p_value(p: float | None) -> str:
    """Return a p-value as people print it."""
    return "<0.001" if p is not None and p < _TINY else rounded(p, 2)


def p_words(p: float | None) -> str:
    """Return a p-value with its relation, as it follows the letter p."""
    shown = p_value(p)
    return shown if shown.startswith("<") else f"={shown}"


def with_error(chart: Chart) -> Chart:
    """Return a chart whose note says which error its intervals show: published totals have none."""
    error = text(f"region_error.{chart.key}", chart.language)
    return replace(
        chart,
        note=f"{chart.note} {error}" if chart.language == "en" else f"{chart.note}{error}",
        uncertainty_text=text("uncertainty_short.no_published_error", chart.language),
    )


def sigma_paths(document: ResultDocument, language: str) -> Chart:
    """Return the spread between regions by year, relative to their mean."""
    table = document.table("sigma")
    rows = table.rows.to_dicts()
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
        "n": count(_regions(document)),
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
        {"x": row["value"], "y": row["growth"], "code": row["code"],
         **_names(row["code"], language)}
        for row in table.rows.sort("value").iter_rows(named=True)
    ]  # fmt: skip
    line = tuple(
        {"x": row["value"], "y": row["growth"], "y_low": row["low"], "y_high": row["high"]}
        for row in document.table("beta_line").rows.iter_rows(named=True)
    )
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


def club_paths(document: ResultDocument, language: str) -> Chart:
    """Return the mean path of each convergence club, relative to the mean of all regions."""
    table = document.table("club_paths")
    rows = table.rows.to_dicts()
    clubs = sorted({row["club"] for row in rows if row["club"]})
    alone = sorted({row["code"] for row in rows if not row["club"]})
    years = span(min(row["year"] for row in rows), max(row["year"] for row in rows))
    overall = document.table("club_tests").rows.filter(pl.col("club") == 0).to_dicts()[0]
    found = {
        "years": years, "clubs": len(clubs), "what": subject(document, language),
        "t": decimals(overall["t"], 1), "alone": len(alone),
    }  # fmt: skip
    y = axis_of(table.column("value"), language, key="y", format="ratio", year=years)
    key = "one" if overall["t"] >= REJECTED else "clubs"
    return with_error(chart_of(
        document, table, language,
        kind="curve", key="clubs",
        title=text(f"chart.clubs.title_{key}", language, **found),
        subtitle=text("chart.clubs.subtitle", language, **found),
        note=_club_lists(document, clubs, language),
        axes={"x": replace(year_column(language), key="x"), "y": y},
        series=(
            *(_club(rows, club, language) for club in clubs),
            *(_lone(rows, code, language, is_named=len(alone) <= _FEW) for code in alone),
        ),
        references=(ReferenceLine(intercept=1.0, label=text("chart.clubs.mean", language)),),
        twin=twin_of(
            (text_column("name", text("chart.clubs.club", language)), year_column(language),
             axis_of(table.column("members"), language, format="count"), replace(y, key="value")),
            [{**row, "name": region_label(row["code"], language) if row["code"]
              else text("chart.clubs.name", language, club=row["club"])} for row in rows],
        ),
        alt=text(f"chart.clubs.title_{key}", language, **found),
    ))  # fmt: skip


def transition_matrix(document: ResultDocument, language: str) -> Chart:
    """Return the chances to move between classes, with the shares of classes below."""
    table, classes = (
        document.table("markov_moves"),
        document.table("markov_classes").rows.to_dicts(),
    )
    moves = table.rows.to_dicts()
    total = sum(row["moves"] for row in moves)
    stay = sum(row["moves"] for row in moves if row["origin"] == row["destination"])
    first, last = _window(document)
    found = {
        "years": span(first, last), "first": first, "last": last, "stay": percent(stay / total, 2),
        "moves": count(total), "moved": count(total - stay), "k": len(classes),
        "what": subject(document, language),
    }  # fmt: skip
    names = [_class_words(row, language) for row in classes]
    has_long_run = classes[0]["long_run"] is not None
    share = axis_of(table.column("probability"), language, key="share", format="share")
    return with_error(chart_of(
        document, table, language,
        kind="matrix", key="markov",
        title=text("chart.markov.title", language, **found),
        subtitle=text("chart.markov.subtitle", language, **found),
        note=text(f"chart.markov.note_{'long' if has_long_run else 'trap'}", language, **found),
        axes={
            "colour": share,
            "x": text_column("destination", table.column("destination").label(language)),
            "y": text_column("origin", table.column("origin").label(language)),
        },
        series=(
            Series(key="names", label="", mark="tile", role="neutral", rows=tuple(names)),
            Series(key="cells", label=share.label, mark="tile", role="gain",
                   rows=tuple(_move(row, language) for row in moves)),
            Series(key="below", label="", mark="tile", role="gain",
                   rows=tuple(_shares(classes, first, last, language))),
        ),
        twin=_matrix_twin(table, classes, moves, language),
        alt=text("chart.markov.title", language, **found),
    ))  # fmt: skip


def density_curves(document: ResultDocument, language: str) -> Chart:
    """Return the shape of the distribution of regions in the first and the last year."""
    table = document.table("densities")
    rows = table.rows.to_dicts()
    years = sorted({row["year"] for row in rows})
    peaks = {y: max((r for r in rows if r["year"] == y), key=lambda r: r["height"]) for y in years}
    x = axis_of(
        table.column("at"), language, key="x", format="ratio", year=span(years[0], years[-1])
    )
    y = axis_of(table.column("height"), language, key="y", format="index", low=0.0)
    found = {
        "years": span(years[0], years[-1]), "first": years[0], "last": years[-1],
        "before": decimals(peaks[years[0]]["at"], 2), "after": decimals(peaks[years[-1]]["at"], 2),
        "n": count(_regions(document)), "what": subject(document, language),
    }  # fmt: skip
    title = "title_same" if found["before"] == found["after"] else "title"
    return chart_of(
        document, table, language,
        kind="curve", key="densities",
        title=text(f"chart.densities.{title}", language, **found),
        subtitle=text("chart.densities.subtitle", language, **found),
        note=table.note[language],
        axes={"x": x, "y": y},
        series=tuple(_shapes(rows, years)),
        references=(
            ReferenceLine(
                intercept=1.0, vertical=True, label=text("chart.densities.mean", language)
            ),
        ),
        twin=twin_of(
            (year_column(language), replace(x, key="at"), replace(y, key="height")), rows
        ),
        alt=text(f"chart.densities.{title}", language, **found),
    )  # fmt: skip


def _shapes(rows: list[dict[str, Any]], years: Sequence[int]) -> Iterator[Series]:
    """Yield the curve of each year and its name, where it stands furthest above the other."""
    curves = {year: [row for row in rows if row["year"] == year] for year in years}
    for year, role in zip(years, _SHAPES, strict=False):
        other = curves[next((one for one in years if one != year), year)]
        own = tuple({"x": row["at"], "y": row["height"]} for row in curves[year])
        yield Series(key=str(year), label="", mark="line", role=role, rows=own)
        lead = max(zip(own, other, strict=True), key=lambda pair: pair[0]["y"] - pair[1]["height"])[
            0
        ]
        name = {**lead, "text": str(year)}
        yield Series(key=f"name-{year}", label="", mark="point", role=role, rows=(name,))


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


def _regions(document: ResultDocument) -> int:
    return document.table("rank_moves").rows.height


def _window(document: ResultDocument) -> tuple[int, int]:
    row = document.table("rank_moves").rows.row(0, named=True)
    return row["start"], row["end"]


def _members(document: ResultDocument, club: int, language: str) -> list[str]:
    rows = document.table("clubs").rows.filter(pl.col("club") == club).sort("end", descending=True)
    return [region_label(code, language) for code in rows["code"]]


def _club_lists(document: ResultDocument, clubs: list[int], language: str) -> str:
    listed = (
        text("chart.clubs.list", language,
             club=text("chart.clubs.name", language, club=club),
             members=text("list.separator", language).join(_members(document, club, language)))
        for club in clubs
    )  # fmt: skip
    return "".join(listed) + text("chart.clubs.note", language)


def _club(rows: list[dict[str, Any]], club: int, language: str) -> Series:
    own = [row for row in rows if row["club"] == club]
    words = text("chart.clubs.members", language, n=own[0]["members"])
    return Series(
        key=str(club), label=text("chart.clubs.name", language, club=club), mark="line",
        role=_LINES[(club - 1) % len(_LINES)],
        rows=tuple({"x": row["year"], "y": row["value"], "text": words} for row in own),
    )  # fmt: skip


def _lone(rows: list[dict[str, Any]], code: str, language: str, *, is_named: bool) -> Series:
    """Return the path of a region in no club: a mean of several would be nobody's path."""
    return Series(
        key=code, label=region_label(code, language) if is_named else "", mark="line",
        role="neutral",
        rows=tuple({"x": row["year"], "y": row["value"]} for row in rows if row["code"] == code),
    )  # fmt: skip


def _class_words(row: Mapping[str, Any], language: str) -> dict[str, str]:
    low, high = (None if row[end] is None else decimals(row[end], 2) for end in ("above", "up_to"))
    key = "lowest" if low is None else ("highest" if high is None else "between")
    words = text(f"chart.markov.class_{key}", language, n=row["class"], low=low, high=high)
    return {"label": words, "short": text("chart.markov.class", language, n=row["class"])}


def _move(row: Mapping[str, Any], language: str) -> dict[str, Any]:
    return {
        "row": int(row["origin"]) - 1,
        "column": int(row["destination"]) - 1,
        "share": row["probability"],
        "text": text("chart.markov.moves", language, n=row["moves"]),
    }


def _shares(
    classes: list[dict[str, Any]], first: int, last: int, language: str
) -> Iterator[dict[str, Any]]:
    wanted = {"share_start": str(first), "share_end": str(last)}
    if classes[0]["long_run"] is not None:
        wanted["long_run"] = text("chart.markov.long_run", language)
    for key, label in wanted.items():
        for place, row in enumerate(classes):
            bounds = (
                f"{percent(row['low'], 2)}–{percent(row['high'], 2)}" if key == "long_run" else ""
            )
            yield {"label": label, "column": place, "share": row[key], "text": bounds}


def _matrix_twin(
    table: ResultTable,
    classes: list[dict[str, Any]],
    moves: list[dict[str, Any]],
    language: str,
) -> Any:
    columns = [
        text_column(name, table.column(name).label(language)) for name in ("origin", "destination")
    ]
    columns.append(axis_of(table.column("moves"), language, format="count"))
    columns += [
        axis_of(table.column(name), language, format="share")
        for name in ("probability", "low", "high")
    ]
    long_run = text("chart.markov.long_run", language)
    more = [
        {"origin": long_run, "destination": row["class"], "moves": None,
         "probability": row["long_run"], "low": row["low"], "high": row["high"]}
        for row in classes if row["long_run"] is not None
    ]  # fmt: skip
    return twin_of(columns, [*moves, *more])
