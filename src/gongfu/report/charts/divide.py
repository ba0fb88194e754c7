"""The digital divide: the East over the West, and the provinces in fixed broadband."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import decimals, span
from gongfu.report.chart import Chart, ReferenceLine, Role, Series
from gongfu.report.charts.frame import axis_of, chart_of, text_column, twin_of, year_column
from gongfu.report.document import ResultDocument, ResultTable
from gongfu.report.regions import region_label, region_short
from gongfu.report.why import located_rows
from gongfu.report.words import inside_sentence

__all__ = ["divide_charts", "level_label"]

ROLES: tuple[Role, ...] = ("fifth", "first", "third", "second", "fourth")
DUMBBELLS = "broadband_subscribers"
PARTS = {"divide_use": ("access", "use"), "divide_outcome": ("outcome",)}
"""Levels of each chart: their ratios differ too much for one axis."""


def divide_charts(document: ResultDocument, language: str) -> Iterator[Chart]:
    """Yield the charts of the divide that the document has figures for."""
    if "divide" in document:
        for key, levels in PARTS.items():
            chart = _ratios(document, key, levels, language)
            if chart is not None:
                yield chart
    if "divide_provinces" in document:
        rows = document.table("divide_provinces").rows
        if DUMBBELLS in rows["indicator"]:
            yield _provinces(document, language)


def level_label(level: str, language: str) -> str:
    """Return access, use or outcome in words."""
    return text(f"divide.{level}", language)


def _ratios(
    document: ResultDocument, key: str, levels: tuple[str, ...], language: str
) -> Chart | None:
    """Return the East's mean as a multiple of the West's, one line an indicator."""
    table = document.table("divide")
    drawn = table.rows.filter(pl.col("level").is_in(levels) & (pl.col("is_drawn") == "yes"))
    if drawn.is_empty():
        return None
    names = drawn["indicator"].unique(maintain_order=True).to_list()
    series = tuple(
        _line(table, drawn.filter(pl.col("indicator") == name).sort("year"), role, language)
        for name, role in zip(names, ROLES, strict=False)
    )
    years = span(drawn["year"].min(), drawn["year"].max())  # type: ignore[arg-type]
    label = text("chart.divide_ratios.y", language)
    value = axis_of(
        table.column("ratio"), language, key="y", label=label, format="ratio", year=years
    )
    listed = text("list.separator", language).join(_change(one, language) for one in series)
    numbers = {
        "years": years,
        "listed": listed,
        "level": _levels(levels, language),
        **_ends(series),
    }
    year = year_column(language)
    return chart_of(
        document,
        table,
        language,
        kind="lines",
        key=key,
        title=text("chart.divide_ratios.title", language, **numbers),
        subtitle=text("chart.divide_ratios.subtitle", language, **numbers),
        note=text("chart.divide_ratios.note", language),
        axes={"x": axis_of(table.column("year"), language, key="x", format="year"), "y": value},
        series=series,
        references=_parity(levels, language),
        twin=twin_of(
            (text_column("name", text("divide.indicator", language)),
             text_column("level", text("divide.level", language)), year, value),
            [
                {**row, "year": row["x"], "name": one.label} for one in series for row in one.rows
            ],
        ),
        alt=text("chart.divide_ratios.alt", language, **numbers),
    )  # fmt: skip


def _parity(levels: tuple[str, ...], language: str) -> tuple[ReferenceLine, ...]:
    """The line of no gap, where the ratios come near it."""
    label = text("chart.divide_ratios.level", language)
    return () if "outcome" in levels else (ReferenceLine(intercept=1.0, label=label),)


def _line(table: ResultTable, drawn: pl.DataFrame, role: Role, language: str) -> Series:
    rows = located_rows(table, drawn)
    first = rows[0]
    return Series(
        key=first["indicator"],
        label=first[f"short_{language}"],
        mark="line",
        role=role,
        rows=tuple(
            {"x": row["year"], "y": row["ratio"], "row_path": row["row_path"],
             "level": level_label(row["level"], language)}
            for row in rows
        ),
    )  # fmt: skip


def _levels(levels: tuple[str, ...], language: str) -> str:
    first, *rest = (level_label(level, language) for level in levels)
    return text("divide.and", language).join(
        [first, *(inside_sentence(one, language) for one in rest)]
    )


def _ends(series: tuple[Series, ...]) -> Mapping[str, str]:
    """The lowest and the highest ratio of the last years."""
    last = [float(one.rows[-1]["y"]) for one in series]
    return {"low": decimals(min(last), 2), "high": decimals(max(last), 2)}


def _change(series: Series, language: str) -> str:
    first, last = series.rows[0], series.rows[-1]
    return text(
        "chart.divide_ratios.change",
        language,
        name=series.label,
        before=decimals(first["y"], 2),
        after=decimals(last["y"], 2),
        years=span(first["x"], last["x"]),
    )


def _provinces(document: ResultDocument, language: str) -> Chart:
    """Return fixed broadband lines of each province in its first and last year."""
    table = document.table("divide_provinces")
    kept = table.rows.filter(pl.col("indicator") == DUMBBELLS).sort("value_end", "code")
    rows = tuple(
        {
            "label": region_label(row["code"], language),
            "short": region_short(row["code"], language),
            "value_start": row["value_start"],
            "value_end": row["value_end"],
            "role": "gain" if row["value_end"] >= row["value_start"] else "loss",
            "row_path": row["row_path"],
        }
        for row in located_rows(table, kept)
    )
    one = kept.row(0, named=True)
    unit, name = one[f"unit_{language}"], one[language]
    start, end = (
        axis_of(
            table.column(f"value_{which}"), language, label=name, unit=unit, format="ratio",
            year=str(one[which]),
        )
        for which in ("start", "end")
    )  # fmt: skip
    starts = [float(row["value_start"]) for row in rows]
    numbers = {
        "name": name,
        "unit": unit,
        "first": one["start"],
        "last": one["end"],
        "count": len(rows),
        "lowest": rows[0]["label"],
        "low": decimals(rows[0]["value_end"], 1),
        "highest": rows[-1]["label"],
        "high": decimals(rows[-1]["value_end"], 1),
        "before": decimals(max(starts) / min(starts), 1),
        "after": decimals(rows[-1]["value_end"] / rows[0]["value_end"], 1),
    }
    return chart_of(
        document,
        table,
        language,
        kind="dumbbell",
        key="divide_provinces",
        title=text("chart.divide_provinces.title", language, **numbers),
        subtitle=text("chart.divide_provinces.subtitle", language, **numbers),
        axes={"x": end, "x_start": start},
        series=(Series(key="value", label=name, mark="dot", role="gain", rows=rows),),
        twin=twin_of((text_column("label", text("column.region", language)), start, end), rows),
        alt=text("chart.divide_provinces.alt", language, **numbers),
    )
