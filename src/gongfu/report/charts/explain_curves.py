"""Curves of single steps: likelihood ratio of a threshold, paths around a policy, quantiles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from gongfu.report.catalogue import has_text, text
from gongfu.report.catalogue.numbers import rounded, span
from gongfu.report.chart import Axis, Chart, ReferenceLine, Role, Series
from gongfu.report.charts.frame import axis_of, chart_of, text_column, twin_of
from gongfu.report.document import ResultDocument, ResultTable
from gongfu.report.why import located_rows

__all__ = ["step_charts"]

_LINES: tuple[Role, ...] = ("first", "second", "third", "fourth")


def step_charts(
    document: ResultDocument, question: Mapping[str, Any], language: str
) -> Iterator[Chart]:
    """Yield the charts of a question's steps whose tables the document has."""
    for name, build in (
        ("explain_ratio", _ratio),
        ("explain_events", _events),
        ("explain_quantiles", _quantiles),
    ):
        if name in document:
            rows = document.table(name).rows.filter(pl.col("question") == question["question"])
            if not rows.is_empty():
                yield build(document, question, rows, language)


def _ratio(
    document: ResultDocument, question: Mapping[str, Any], rows: pl.DataFrame, language: str
) -> Chart:
    """Return the likelihood ratio over candidates; values below the line are not rejected."""
    table = document.table("explain_ratio")
    test = document.table("explain_tests").rows.filter(pl.col("question") == question["question"])
    last = test.sort("thresholds").row(-1, named=True)
    p = max(value for value in (last["block_p"], last["wild_p"]) if value is not None)
    found = _words(question, language) | {"p": rounded(p, 2), "count": rows["threshold"].max()}
    numbers = sorted(set(rows["threshold"]))
    label = question.get(f"threshold_{language}") or table.column("candidate").label(language)
    x = axis_of(
        table.column("candidate"), language, key="x", format="index", year=found["years"],
        label=label, unit=text("unit.unit of the variable", language),
    )  # fmt: skip
    y = axis_of(table.column("ratio"), language, key="y", format="index", low=0.0)
    series = tuple(
        Series(
            key=f"threshold_{number}",
            label=text("chart.threshold.line", language, number=number) if len(numbers) > 1 else "",
            mark="line",
            role=role,
            rows=_points(table, rows.filter(pl.col("threshold") == number).sort("candidate"),
                         "candidate", "ratio"),
        )
        for number, role in zip(numbers, _LINES, strict=False)
    )  # fmt: skip
    critical = float(rows["critical"][0])
    key = "clear" if p <= 0.05 else "unclear"
    return chart_of(
        document, table, language,
        kind="curve",
        key=f"threshold_{question['question']}",
        title=text(f"chart.threshold.title_{key}", language, **found),
        subtitle=text("chart.threshold.subtitle", language, **found),
        note=text("chart.threshold.note", language),
        axes={"x": x, "y": y},
        series=series,
        references=(
            ReferenceLine(intercept=critical, label=text("chart.threshold.critical", language)),
        ),
        twin=twin_of((x, y), [row for one in series for row in one.rows]),
        alt=text(f"chart.threshold.title_{key}", language, **found),
    )  # fmt: skip


def _events(
    document: ResultDocument, question: Mapping[str, Any], rows: pl.DataFrame, language: str
) -> Chart:
    """Return effects by time since adoption, a colour for each estimator."""
    found = _words(question, language)
    return _paths(
        document, question, rows, language,
        name="explain_events", key="events", across="relative", found=found, format_x="count",
    )  # fmt: skip


def _quantiles(
    document: ResultDocument, question: Mapping[str, Any], rows: pl.DataFrame, language: str
) -> Chart:
    """Return coefficients by quantile of the outcome."""
    found = _words(question, language)
    return _paths(
        document, question, rows, language,
        name="explain_quantiles", key="quantiles", across="quantile", found=found,
        format_x="index",
    )  # fmt: skip


def _paths(
    document: ResultDocument,
    question: Mapping[str, Any],
    rows: pl.DataFrame,
    language: str,
    *,
    name: str,
    key: str,
    across: str,
    found: Mapping[str, Any],
    format_x: str,
) -> Chart:
    table = document.table(name)
    x = axis_of(table.column(across), language, key="x", format=format_x, year=found["years"])
    y = axis_of(table.column("estimate"), language, key="y", format="effect",
                label=text("chart.coefficients.x", language, **found),
                unit=text("chart.coefficients.unit", language))  # fmt: skip
    methods = list(dict.fromkeys(rows["method"]))
    series = tuple(
        Series(
            key=method.replace(" ", "_"),
            label=_method(method, language),
            mark="line",
            role=role,
            rows=_points(
                table,
                rows.filter(pl.col("method") == method).sort(across),
                across,
                "estimate",
                "band",
            ),
        )
        for method, role in zip(methods, _LINES, strict=False)
    )
    low = Axis(key="y_low", label=text("chart.paths.low", language), unit=y.unit, format="effect")
    high = Axis(key="y_high", label=text("chart.paths.high", language), unit=y.unit,
                format="effect")  # fmt: skip
    twin = [
        {"method": one.label, "y_low": None, "y_high": None, **row}
        for one in series
        for row in one.rows
    ]
    head = text_column("method", text("chart.paths.method", language))
    return chart_of(
        document, table, language,
        kind="curve",
        key=f"{key}_{question['question']}",
        title=text(f"chart.{key}.title", language, **found),
        subtitle=text(f"chart.{key}.subtitle", language, **found),
        note=text(f"chart.{key}.note", language),
        axes={"x": x, "y": y},
        series=series,
        references=(ReferenceLine(intercept=0.0),),
        twin=twin_of((head, x, y, low, high), twin),
        alt=text(f"chart.{key}.subtitle", language, **found),
    )  # fmt: skip


def _points(
    table: ResultTable, rows: pl.DataFrame, x: str, y: str, band: str = ""
) -> tuple[dict[str, Any], ...]:
    points = []
    for row in located_rows(table, rows):
        shown = {"x": x, "y": y}
        if band and row[f"{band}_low"] is not None:
            shown |= {"y_low": f"{band}_low", "y_high": f"{band}_high"}
        point = {key: row[column] for key, column in shown.items()}
        if band:  # the reference time is zero by construction, its band too
            point = {"y_low": row[y], "y_high": row[y], **point}
        paths = {key: f"{row['row_path']}/{column}" for key, column in shown.items()}
        points.append({**point, "paths": paths})
    return tuple(points)


def _method(method: str, language: str) -> str:
    key = f"explain.method.{method.replace(' ', '_').replace('-', '_')}"
    return text(key, language) if has_text(key, language) else method


def _words(question: Mapping[str, Any], language: str) -> dict[str, Any]:
    return {
        "title": question[f"title_{language}"],
        "outcome": question[f"outcome_{language}"],
        "treatment": question[f"treatment_{language}"],
        "years": span(question["start"], question["end"]),
    }
