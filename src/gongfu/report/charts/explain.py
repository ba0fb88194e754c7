"""What the questions of a study found: models side by side, and the curve of specifications."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from gongfu.core import Uncertainty
from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import count, percent, rounded, signed, span
from gongfu.report.chart import Axis, Chart, ReferenceLine, Role, Series
from gongfu.report.charts.explain_curves import step_charts
from gongfu.report.charts.frame import axis_of, chart_of, text_column, twin_of
from gongfu.report.document import ResultDocument
from gongfu.report.why import located_rows

__all__ = ["explain_charts", "questions_of"]

_EFFECTS = ("direct", "indirect", "total")


def explain_charts(document: ResultDocument, language: str) -> Iterator[Chart]:
    """Yield the charts of each question: coefficients, specification curve, those of its steps."""
    for chart in _charts(document, language):
        yield _with_error(chart)


def _with_error(chart: Chart) -> Chart:
    """Return a chart that says what its intervals are where figures have no published error."""
    if chart.uncertainty is not Uncertainty.NOT_PUBLISHED:
        return chart
    return replace(chart, uncertainty_text=text("explain.error", chart.language))


def _charts(document: ResultDocument, language: str) -> Iterator[Chart]:
    for question in questions_of(document):
        if "explain_estimates" in document:
            yield from _coefficients(document, question, language)
        if "explain_curve" in document:
            yield from _curve(document, question, language)
        yield from step_charts(document, question, language)


def questions_of(document: ResultDocument) -> list[dict[str, Any]]:
    """Return the questions of a document, in their order."""
    if "explain_questions" not in document:
        return []
    return document.table("explain_questions").rows.to_dicts()


def _coefficients(
    document: ResultDocument, question: Mapping[str, Any], language: str
) -> Iterator[Chart]:
    table = document.table("explain_estimates")
    rows = [*_rows(document, question, language)]
    if not rows:
        return
    found = _numbers(question, language) | {"count": len(rows)}
    x = axis_of(
        table.column("estimate"),
        language,
        key="x",
        label=text("chart.coefficients.x", language, **found),
        unit=text("chart.coefficients.unit", language),
        format="effect",
        year=found["years"],
    )
    ends = [axis_of(table.column(n), language, format="effect") for n in ("low", "high")]
    yield chart_of(
        document, table, language,
        kind="intervals",
        key=f"coefficients_{question['question']}",
        title=text(f"chart.coefficients.title_{_agreement(rows)}", language, **found),
        subtitle=text("chart.coefficients.subtitle", language, **found),
        note=text("chart.coefficients.note", language),
        axes={"x": x},
        series=(
            Series(key="models", label=x.label, mark="range", role="first", rows=tuple(rows)),
        ),
        references=(ReferenceLine(intercept=0.0, vertical=True),),
        twin=twin_of((text_column("label", text("chart.coefficients.model", language)), x, *ends),
                     rows),
        alt=text("chart.coefficients.subtitle", language, **found),
    )  # fmt: skip


def _rows(
    document: ResultDocument, question: Mapping[str, Any], language: str
) -> Iterator[dict[str, Any]]:
    """Yield the treatment's coefficient or effects in every model that has it alone."""
    own = pl.col("question") == question["question"]
    models = document.table("explain_models").rows.filter(own)
    table = document.table("explain_estimates")
    estimates = table.rows.filter(own)
    treatment = question["treatment"]
    wanted = {treatment: "", **{f"{kind} {treatment}": kind for kind in _EFFECTS}}
    for model in models.iter_rows(named=True):
        own_chart = model["step"] in ("distribution", "policy")
        is_other = model["dependent"] != question["outcome"] or model["model"].startswith("sdm ")
        if own_chart or is_other:
            continue
        same = (pl.col("step") == model["step"]) & (pl.col("model") == model["model"])
        for row in located_rows(table, estimates.filter(same)):
            if row["name"] in wanted:
                yield _row(row, model, wanted[row["name"]], language)


def _row(
    row: Mapping[str, Any], model: Mapping[str, Any], kind: str, language: str
) -> dict[str, Any]:
    label = model[f"label_{language}"]
    if kind:
        label = text(f"chart.coefficients.{kind}", language, model=label)
    is_clear = row["low"] > 0 or row["high"] < 0
    role: Role = "neutral" if not is_clear else ("gain" if row["estimate"] > 0 else "loss")
    return {
        "label": label,
        "x": row["estimate"],
        "low": row["low"],
        "high": row["high"],
        "role": role,
        "text": rounded(row["estimate"], 2),
        "row_path": row["row_path"],
    }


def _agreement(rows: list[dict[str, Any]]) -> str:
    """Return whether clear signs agree across models, differ, or none is clear."""
    signs = {row["role"] for row in rows if row["role"] != "neutral"}
    if not signs:
        return "none"
    return "split" if len(signs) > 1 else "one"


def _curve(document: ResultDocument, question: Mapping[str, Any], language: str) -> Iterator[Chart]:
    table = document.table("explain_curve")
    rows = table.rows.filter(pl.col("question") == question["question"])
    if rows.is_empty():
        return
    rows = rows.sort("standardised").with_row_index("x", offset=1)
    points = located_rows(table, rows)
    found = _numbers(question, language) | {
        "count": count(rows.height),
        "positive": percent(_share(rows, pl.col("estimate") > 0), 2),
        "above": percent(_share(rows, pl.col("low") > 0), 2),
        "below": percent(_share(rows, pl.col("high") < 0), 2),
    }
    y = axis_of(table.column("standardised"), language, key="y", format="effect",
                label=text("chart.curve.y", language), year=found["years"])  # fmt: skip
    x = Axis(key="x", label=text("chart.curve.x", language), format="count",
             unit=text("chart.curve.unit", language))  # fmt: skip
    yield chart_of(
        document, table, language,
        kind="curve",
        key=f"curve_{question['question']}",
        title=text("chart.curve.title", language, **found),
        subtitle=text("chart.curve.subtitle", language, **found),
        note=text("chart.curve.note", language),
        axes={"x": x, "y": y},
        series=tuple(_series(points, language)),
        references=(ReferenceLine(intercept=0.0),),
        twin=twin_of(_columns(document, y, language),
                     [{**row, "y": row["standardised"]} for row in points]),
        alt=text("chart.curve.title", language, **found),
    )  # fmt: skip


def _series(rows: Sequence[Mapping[str, Any]], language: str) -> Iterator[Series]:
    for is_main, role in ((False, "neutral"), (True, "loss")):
        own = [row for row in rows if row["is_main"] == is_main]
        if not own:
            continue
        yield Series(
            key="main" if is_main else "all",
            label=text("chart.curve.main", language) if is_main else "",
            mark="point" if is_main else "line",
            role=role,  # type: ignore[arg-type]
            rows=tuple(
                {
                    "x": row["x"],
                    "y": row["standardised"],
                    "y_low": row["standardised_low"],
                    "y_high": row["standardised_high"],
                    "row_path": row["row_path"],
                    **({"label": signed(row["standardised"])} if is_main else {}),
                }
                for row in own
            ),
        )


def _columns(document: ResultDocument, y: Axis, language: str) -> tuple[Axis, ...]:
    table = document.table("explain_curve")
    choices = ("treatment", "controls", "window", "region", "tails")
    numbers = ("standardised_low", "standardised_high", "estimate", "standard_error")
    return (
        *(text_column(name, table.column(name).label(language)) for name in choices),
        y,
        *(axis_of(table.column(name), language, format="effect") for name in numbers),
        axis_of(table.column("n"), language, format="count"),
    )


def _share(rows: pl.DataFrame, condition: pl.Expr) -> float:
    return float(rows.select(condition.mean()).item())


def _numbers(question: Mapping[str, Any], language: str) -> dict[str, Any]:
    return {
        "title": question[f"title_{language}"],
        "outcome": question[f"outcome_{language}"],
        "treatment": question[f"treatment_{language}"],
        "years": span(question["start"], question["end"]),
        "units": question["units"],
        "rows": question["rows"],
    }
