"""How far ranks on composite indices move when one choice is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import decimals
from gongfu.report.chart import Axis, Chart, Role, Series
from gongfu.report.charts.frame import axis_of, chart_of, text_column, twin_of
from gongfu.report.document import ResultDocument
from gongfu.report.indices import CompositeIndex, way_label
from gongfu.report.regions import region_label
from gongfu.report.why import located_rows

__all__ = ["index_moves"]

_ROLES: tuple[Role, ...] = ("first", "second", "third", "fourth", "fifth")


def index_moves(
    document: ResultDocument, indices: Sequence[CompositeIndex], language: str
) -> Chart:
    """Return the mean move of ranks under each other choice, a dot per index, widest on top."""
    table = document.table("index_moves")
    series = tuple(
        _series(document, index, role, language)
        for index, role in zip(indices, _ROLES, strict=False)
    )
    rows = [row for one in series for row in one.rows if row["mean"] is not None]
    most = max(rows, key=lambda row: row["mean"])
    numbers = {
        "label": most["index"],
        "level": most["label"],
        "mean": decimals(most["mean"], 1),
        "draws": max(index.weight_draws for index in indices),
    }
    axis = replace(
        axis_of(table.column("mean"), language, format="ratio", year=_years(indices)),
        label=text("chart.index_moves.x", language),
        low=0.0,
    )
    return chart_of(
        document,
        table,
        language,
        kind="ranges",
        key="index_moves",
        title=text("chart.index_moves.title", language, **numbers),
        subtitle=text("chart.index_moves.subtitle", language),
        note=text("chart.index_moves.note", language, **numbers),
        axes={"x": axis},
        series=series,
        twin=twin_of(_columns(document, axis, language), rows),
        alt=text("chart.index_moves.alt", language, **numbers),
    )


def _columns(document: ResultDocument, axis: Axis, language: str) -> tuple[Axis, ...]:
    table = document.table("index_moves")
    largest = axis_of(table.column("largest"), language, format="count")
    return (
        text_column("index", text("indices.index", language)),
        text_column("choice", text("chart.index_moves.choice", language)),
        text_column("label", table.column("level").label(language)),
        axis,
        replace(largest, label=text("chart.index_moves.largest", language)),
        text_column("place", text("chart.index_moves.place", language)),
    )


def _series(document: ResultDocument, index: CompositeIndex, role: Role, language: str) -> Series:
    """Return a dot per choice; all indices have the same rows, empty where one has no such way."""
    table = document.table("index_moves")
    rows = table.rows
    means = rows.group_by("choice", "level", maintain_order=True).agg(rows["mean"].name)
    order = sorted(
        ((choice, level, max(values)) for choice, level, values in means.iter_rows()),
        key=lambda row: -row[2],
    )
    found = located_rows(table, rows.filter(index=index.name))
    own = {(row["choice"], row["level"]): row for row in found}
    return Series(
        key=index.name,
        label=index.label,
        mark="range",
        role=role,
        rows=tuple(
            _row(index, choice, level, own.get((choice, level)), language)
            for choice, level, _ in order
        ),
    )


def _row(
    index: CompositeIndex, choice: str, level: str, found: dict[str, Any] | None, language: str
) -> dict[str, Any]:
    return {
        "index": index.label,
        "choice": text(f"choice.{choice}", language),
        "label": way_label(level, language),
        "mean": found["mean"] if found else None,
        "largest": found["largest"] if found else None,
        "place": region_label(found["code"], language) if found else "",
        "row_path": found["row_path"] if found else "",
    }


def _years(indices: Sequence[CompositeIndex]) -> str:
    return ", ".join(sorted({str(index.year) for index in indices}))
