"""The provinces: their places in the plane, on the tile map, by rank, and the urban-rural ratio."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from gongfu.report.accounts import main_account
from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import change_percent, decimals, direction, span
from gongfu.report.chart import Axis, Chart, ReferenceLine, Role, Series
from gongfu.report.charts.frame import axis_of, chart_of, text_column, title_key, twin_of
from gongfu.report.charts.plane import equal_prosperity, fair_quadrant, plane_axes
from gongfu.report.document import ResultDocument
from gongfu.report.regions import region_label, region_short, regions
from gongfu.report.why import located_rows
from gongfu.report.words import area_label, price_text

__all__ = ["growth_prices", "province_plane", "province_years", "ranking", "ratios", "tile_map"]

AREAS: Mapping[str, Role] = MappingProxyType(
    {
        "east": "first",
        "central": "second",
        "west": "third",
        "northeast": "fourth",
        "other": "neutral",
    }
)


def province_plane(document: ResultDocument, language: str) -> Chart:
    """Return the place of every province in the plane, by large region."""
    table = document.table("provinces")
    numbers = _numbers(document, language)
    series = _points_by_area(document, language)
    y_label = text("chart.plane_provinces.y", language)
    axes = plane_axes(language, y_label, numbers["years"], numbers["price"], x_of="growth")
    return chart_of(
        document,
        table,
        language,
        kind="plane",
        key="plane_provinces",
        title=text(f"chart.plane_provinces.{title_key(numbers, 'better')}", language, **numbers),
        subtitle=text("chart.plane_provinces.subtitle", language, **numbers),
        note=text("chart.plane_provinces.note", language),
        axes=axes,
        series=series,
        references=equal_prosperity(series, language),
        shades=fair_quadrant(language),
        twin=twin_of(
            (_name_column(language), text_column("area", text("column.area", language)),
             axes["x"], axes["y"]),
            [{**row, "area": one.label} for one in series for row in one.rows],
        ),
        alt=text("chart.plane_provinces.alt", language, **numbers),
    )  # fmt: skip


def tile_map(document: ResultDocument, language: str) -> Chart:
    """Return one equal cell per province; cells without figures are hatched, not left out."""
    table = document.table("provinces")
    numbers = _numbers(document, language)
    rows = _by_growth(document, language)
    value = _growth_axis(document, language)
    known = {row["code"]: row for row in rows}
    cells = tuple(
        {
            "row": place.tile_row,
            "column": place.tile_column,
            "code": code,
            "label": place.label(language),
            "short": place.short(language),
            "growth": known[code]["growth"] if code in known else None,
            "hatched": int(code not in known),
            "row_path": known[code]["row_path"] if code in known else "",
        }
        for code, place in regions().items()
    )
    return chart_of(
        document,
        table,
        language,
        kind="tiles",
        key="tiles",
        title=_ranking_title(rows, numbers, language),
        subtitle=text("chart.tiles.subtitle", language, **numbers),
        note=text("chart.tiles.note", language),
        axes={"colour": value},
        series=(Series(key="cells", label=value.label, mark="tile", role="gain", rows=cells),),
        twin=twin_of((_name_column(language), value), rows),
        alt=text("chart.tiles.alt", language, **_ends(rows), **numbers),
    )


def ranking(document: ResultDocument, language: str) -> Chart:
    """Return the provinces from the highest growth of real income to the lowest."""
    table = document.table("provinces")
    numbers = _numbers(document, language)
    rows = _by_growth(document, language)
    value = _growth_axis(document, language)
    return chart_of(
        document,
        table,
        language,
        kind="ranking",
        key="ranking",
        title=_ranking_title(rows, numbers, language),
        subtitle=text("chart.ranking.subtitle", language, **numbers),
        axes={"x": value},
        series=(Series(key="growth", label=value.label, mark="dot", role="gain", rows=rows),),
        references=_middle(rows, language),
        twin=twin_of((_name_column(language), value), rows),
        alt=text("chart.tiles.alt", language, **_ends(rows), **numbers),
    )


def ratios(document: ResultDocument, language: str) -> Chart:
    """Return the urban-rural income ratio of each province, from its first to its last year."""
    table = document.table("provinces")
    numbers = _numbers(document, language)
    kept = table.rows.drop_nulls(["ratio_start", "ratio_end"]).sort("ratio_end", "code")
    rows = tuple(
        {**_names(row["code"], language), **_kept(row, "ratio_start", "ratio_end", "row_path"),
         "role": "gain" if row["ratio_end"] < row["ratio_start"] else "loss"}
        for row in located_rows(table, kept)
    )  # fmt: skip
    first, last = str(numbers["first"]), str(numbers["last"])
    label = text("measure.ratio", language)
    start = axis_of(table.column("ratio_start"), language, label=label, format="ratio", year=first)
    end = axis_of(table.column("ratio_end"), language, label=label, format="ratio", year=last)
    numbers |= {
        "fell": sum(row["role"] == "gain" for row in rows),
        "all": len(rows),
        "lowest": rows[0]["label"],
        "low": decimals(rows[0]["ratio_end"], 2),
        "highest": rows[-1]["label"],
        "high": decimals(rows[-1]["ratio_end"], 2),
    }
    return chart_of(
        document,
        table,
        language,
        kind="dumbbell",
        key="ratios",
        title=text(f"chart.ratios.{title_key(numbers, 'fell')}", language, **numbers),
        subtitle=text("chart.ratios.subtitle", language, **numbers),
        axes={"x": end, "x_start": start},
        series=(Series(key="ratio", label=end.label, mark="dot", role="gain", rows=rows),),
        twin=twin_of((_name_column(language), start, end), rows),
        alt=text("chart.ratios.alt", language, **numbers),
    )


def province_years(document: ResultDocument) -> tuple[int, int]:
    """Return first and last year of the provinces, or of the study where the table is silent."""
    rows, meta = document.table("provinces").rows, document.meta
    if "start" not in rows.columns or "end" not in rows.columns:
        return meta.first_year, meta.last_year
    return rows["start"][0], rows["end"][0]


def growth_prices(document: ResultDocument) -> str:
    """Return the prices in which growth is counted: of its column, else of the main account."""
    return document.table("provinces").column("growth").price_base or main_account(document).price


def _numbers(document: ResultDocument, language: str) -> dict[str, Any]:
    """Return what titles quote: years, prices, how many provinces grew and divided better."""
    table = document.table("provinces")
    first, last = province_years(document)
    both = [
        direction(growth) == direction(division) == "up"
        for growth, division in table.rows.select("growth", "division").drop_nulls().iter_rows()
    ]
    return {
        "years": span(first, last),
        "first": first,
        "last": last,
        "price": price_text(growth_prices(document), language),
        "better": sum(both),
        "all": len(both),
    }


def _points_by_area(document: ResultDocument, language: str) -> tuple[Series, ...]:
    table = document.table("provinces")
    grouped: dict[str, list[dict[str, Any]]] = {area: [] for area in AREAS}
    for row in located_rows(table, table.rows.drop_nulls(["growth", "division"])):
        place = regions().get(row["code"])
        grouped[place.area if place else "other"].append(
            {"x": row["growth"], "y": row["division"], **_names(row["code"], language),
             **_kept(row, "code", "row_path")}
        )  # fmt: skip
    return tuple(
        Series(
            key=area,
            label=area_label(area, language),
            mark="point",
            role=AREAS[area],
            rows=tuple(members),
        )
        for area, members in grouped.items()
        if members
    )


def _by_growth(document: ResultDocument, language: str) -> tuple[dict[str, Any], ...]:
    """Return provinces that have a figure, the fastest first; ties by code."""
    table = document.table("provinces")
    known = table.rows.drop_nulls(["code", "growth"])
    ordered = known.sort(["growth", "code"], descending=[True, False])
    return tuple(
        {
            "rank": rank,
            **_names(row["code"], language),
            **_kept(row, "code", "growth", "row_path"),
            "role": "gain" if row["growth"] >= 0 else "loss",
        }
        for rank, row in enumerate(located_rows(table, ordered), start=1)
    )


def _names(code: str, language: str) -> dict[str, str]:
    return {"label": region_label(code, language), "short": region_short(code, language)}


def _kept(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: row[name] for name in names}


def _growth_axis(document: ResultDocument, language: str) -> Axis:
    return axis_of(
        document.table("provinces").column("growth"),
        language,
        label=text("ranking.growth", language),
        unit=text("unit.percent", language),
        format="log_percent",
        year=span(*province_years(document)),
        price_base=price_text(growth_prices(document), language),
    )


def _ranking_title(rows: tuple[dict[str, Any], ...], numbers: dict[str, Any], language: str) -> str:
    return text("chart.ranking.title", language, **_ends(rows), **numbers)


def _ends(rows: tuple[dict[str, Any], ...]) -> dict[str, Any]:
    first, last = rows[0], rows[-1]
    return {
        "fastest": first["label"],
        "most": change_percent(first["growth"]),
        "slowest": last["label"],
        "least": change_percent(last["growth"]),
    }


def _middle(rows: tuple[dict[str, Any], ...], language: str) -> tuple[ReferenceLine, ...]:
    middle = rows[len(rows) // 2]["growth"]
    label = text("chart.ranking.middle", language, change=change_percent(middle))
    return (ReferenceLine(intercept=middle, vertical=True, label=label),)


def _name_column(language: str) -> Axis:
    return text_column("label", text("column.region", language))
