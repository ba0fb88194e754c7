"""Whether neighbours are alike: Moran's I by year, its scatter plot, clusters on the tile map."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import decimals, span
from gongfu.report.chart import Axis, Chart, ReferenceLine, Role, Series, Shade
from gongfu.report.charts.frame import axis_of, chart_of, text_column, twin_of, year_column
from gongfu.report.charts.region_words import p_words, subject, with_error
from gongfu.report.document import ResultDocument
from gongfu.report.regions import region_label, region_short, regions
from gongfu.report.why import located_rows

__all__ = ["LEVEL", "QUADRANT_ROLES", "space_charts", "weights_label"]

LEVEL = 0.05

QUADRANT_ROLES: dict[str, Role] = {
    "high-high": "first",
    "low-low": "second",
    "high-low": "fifth",
    "low-high": "fourth",
}


def space_charts(document: ResultDocument, language: str) -> Iterator[Chart]:
    """Yield the charts whose tables the document has, in reading order."""
    if "moran" in document:
        yield moran_paths(document, language)
    if "lisa" in document:
        yield moran_scatter(document, language)
        if set(document.table("lisa").rows["code"]) <= set(regions()):
            yield cluster_map(document, language)


def weights_label(name: str, language: str) -> str:
    """Return who counts as a neighbour, in words."""
    return text(f"weights.{name}", language)


def moran_paths(document: ResultDocument, language: str) -> Chart:
    """Return Moran's I over the years, with what random maps would give."""
    table = document.table("moran")
    rows = located_rows(table, table.rows)
    names = list(dict.fromkeys(row["weights"] for row in rows))
    own = [row for row in rows if row["weights"] == names[0]]
    years = span(own[0]["year"], own[-1]["year"])
    found = {
        "years": years, "last": own[-1]["year"], "value": decimals(own[-1]["value"], 2),
        "first": own[0]["year"], "before": decimals(own[0]["value"], 2),
        "p": p_words(own[-1]["p"]), "weights": weights_label(names[0], language),
        "draws": own[-1]["draws"], "what": subject(document, language),
    }  # fmt: skip
    y = axis_of(table.column("value"), language, key="y", format="index", year=years)
    key = _verdict(own[-1])
    line = Series(
        key=names[0], label=weights_label(names[0], language), mark="line", role="first",
        rows=tuple(
            {"x": row["year"], "y": row["value"], "text": decimals(row["value"], 2),
             "row_path": row["row_path"]}
            for row in own
        ),
    )  # fmt: skip
    chance = Series(
        key="chance", label=text("chart.moran.chance", language), mark="line", role="neutral",
        rows=tuple(
            {"x": row["year"], "y": row["expected"], "y_low": row["low"], "y_high": row["high"],
             "paths": {"y": f"{row['row_path']}/expected"}}
            for row in own
        ),
    )  # fmt: skip
    return with_error(chart_of(
        document, table, language,
        kind="curve", key="moran",
        title=text(f"chart.moran.title_{key}", language, **found),
        subtitle=text("chart.moran.subtitle", language, **found),
        note=_other_weights(rows, names, language) + text("chart.moran.note", language, **found),
        axes={"x": replace(year_column(language), key="x"), "y": y},
        series=(chance, line),
        twin=twin_of(
            (text_column("name", table.column("weights").label(language)), year_column(language),
             *(axis_of(table.column(n), language, format="index")
               for n in ("value", "expected", "low", "high", "p"))),
            [{**row, "name": weights_label(row["weights"], language)} for row in rows],
        ),
        alt=text(f"chart.moran.title_{key}", language, **found),
    ))  # fmt: skip


def moran_scatter(document: ResultDocument, language: str) -> Chart:
    """Return each region against its neighbours; the slope is Moran's I."""
    table = document.table("lisa")
    rows = [
        {**row, "x": row["deviation"], "y": row["lag"],
         "label": region_label(row["code"], language), "short": region_short(row["code"], language)}
        for row in located_rows(table, table.rows.drop_nulls("p"))
    ]  # fmt: skip
    counts = {name: sum(row["quadrant"] == name for row in rows) for name in QUADRANT_ROLES}
    slope = math.fsum(row["x"] * row["y"] for row in rows) / math.fsum(
        row["x"] ** 2 for row in rows
    )
    found = {
        "year": rows[0]["year"], "high": counts["high-high"], "low": counts["low-low"],
        "mixed": counts["high-low"] + counts["low-high"], "slope": decimals(slope, 2),
        "weights": weights_label(rows[0]["weights"], language),
        "what": subject(document, language),
    }  # fmt: skip
    year = str(rows[0]["year"])
    x, y = (
        axis_of(table.column(name), language, key=key, format="index", year=year)
        for name, key in (("deviation", "x"), ("lag", "y"))
    )
    ends = (min(row["x"] for row in rows), max(row["x"] for row in rows))
    line = Series(
        key="slope", label="", mark="line", role="total",
        rows=tuple({"x": end, "y": slope * end} for end in ends),
    )  # fmt: skip
    points = (
        Series(
            key=name, label=text(f"quadrant_short.{name}", language), mark="point", role=role,
            rows=tuple(row for row in rows if row["quadrant"] == name),
        )
        for name, role in QUADRANT_ROLES.items() if counts[name]
    )  # fmt: skip
    return with_error(chart_of(
        document, table, language,
        kind="scatter", key="moran_scatter",
        title=text("chart.moran_scatter.title", language, **found),
        subtitle=text("chart.moran_scatter.subtitle", language, **found),
        note=text("chart.moran_scatter.note", language, **found),
        axes={"x": x, "y": y},
        series=(line, *points),
        references=(ReferenceLine(intercept=0.0), ReferenceLine(intercept=0.0, vertical=True)),
        shades=tuple(_corners(language)),
        twin=_local_twin(document, language),
        alt=text("chart.moran_scatter.title", language, **found),
    ))  # fmt: skip


def cluster_map(document: ResultDocument, language: str) -> Chart:
    """Return the tile map of clusters: solid after the correction, striped one by one only."""
    table = document.table("lisa")
    rows = {row["code"]: row for row in table.rows.iter_rows(named=True)}
    kept = sum(bool(row["cluster"]) for row in rows.values())
    alone = sum(bool(row["cluster_alone"]) for row in rows.values())
    any_row = next(iter(rows.values()))
    found = {
        "year": any_row["year"], "n": len(rows), "kept": kept, "alone": alone,
        "weights": weights_label(any_row["weights"], language),
        "what": subject(document, language),
    }  # fmt: skip
    key = "kept" if kept else ("alone" if alone else "none")
    series = [one for one in _classes(rows, language) if one.rows]
    colour = Axis(key="cluster", label=table.column("cluster").label(language), unit="",
                  format="text", year=str(any_row["year"]))  # fmt: skip
    return with_error(chart_of(
        document, table, language,
        kind="tile_classes", key="lisa",
        title=text(f"chart.lisa.title_{key}", language, **found),
        subtitle=text("chart.lisa.subtitle", language, **found),
        note=text("chart.lisa.note", language, **found),
        axes={"colour": colour}, series=tuple(series),
        twin=_local_twin(document, language),
        alt=text(f"chart.lisa.title_{key}", language, **found),
    ))  # fmt: skip


def _other_weights(rows: list[dict[str, Any]], names: list[str], language: str) -> str:
    """Return the last value under each other choice of neighbours: their bands differ too."""
    last = [[row for row in rows if row["weights"] == name][-1] for name in names[1:]]
    return "".join(
        text(
            "chart.moran.other",
            language,
            weights=weights_label(row["weights"], language),
            value=decimals(row["value"], 2),
            p=p_words(row["p"]),
        )
        for row in last
    )


def _verdict(row: dict[str, Any]) -> str:
    if row["p"] > LEVEL:
        return "unclear"
    return "alike" if row["value"] > row["expected"] else "unlike"


def _corners(language: str) -> Iterator[Shade]:
    for name, x_high, y_high in (
        ("high-high", None, None),
        ("low-high", 0.0, None),
        ("low-low", 0.0, 0.0),
        ("high-low", None, 0.0),
    ):
        yield Shade(
            label=text(f"quadrant_short.{name}", language),
            x_low=None if x_high == 0.0 else 0.0, x_high=x_high,
            y_low=None if y_high == 0.0 else 0.0, y_high=y_high,
        )  # fmt: skip


def _classes(rows: dict[str, dict[str, Any]], language: str) -> Iterator[Series]:
    for name, role in QUADRANT_ROLES.items():
        for hatched, key in ((0, "kept"), (1, "alone")):
            own = [
                _cell(code, language, hatched)
                for code, row in rows.items()
                if row["cluster" if hatched == 0 else "cluster_alone"] == name
                and not (hatched and row["cluster"])
            ]
            label = text(f"chart.lisa.{key}", language, quadrant=text(f"quadrant.{name}", language))
            yield Series(key=f"{name}-{key}", label=label, mark="tile", role=role, rows=tuple(own))
    rest = [code for code, row in rows.items() if not row["cluster_alone"]]
    yield Series(
        key="unclear", label=text("chart.lisa.unclear", language), mark="tile", role="neutral",
        rows=tuple(_cell(code, language) for code in rest),
    )  # fmt: skip
    yield Series(
        key="missing", label=text("chart.tiles.missing", language), mark="range", role="neutral",
        rows=tuple(_cell(code, language) for code in regions() if code not in rows),
    )  # fmt: skip


def _cell(code: str, language: str, hatched: int = 0) -> dict[str, Any]:
    place = regions()[code]
    return {
        "row": place.tile_row, "column": place.tile_column, "code": code, "hatched": hatched,
        "label": place.label(language), "short": place.short(language),
    }  # fmt: skip


def _local_twin(document: ResultDocument, language: str) -> Any:
    table = document.table("lisa")
    numbers = ("deviation", "lag", "value", "p", "p_adjusted", "hot_spot", "hot_spot_p", "geary_p")
    columns = (
        text_column("label", text("column.region", language)),
        text_column("name", table.column("quadrant").label(language)),
        *(axis_of(table.column(name), language, format="index") for name in numbers),
    )
    rows = (
        {**row, "label": region_label(row["code"], language),
         "name": text(f"quadrant_short.{row['quadrant']}", language) if row["quadrant"] else "–"}
        for row in located_rows(table, table.rows.sort("p", nulls_last=True))
    )  # fmt: skip
    return twin_of(columns, rows)
