"""The tail plot: Pareto's index of ever smaller groups at the top."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gongfu.core import InputError, Problem
from gongfu.measure.estimate_table import EstimateTable
from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import rounded
from gongfu.report.chart import Axis, Chart, Series
from gongfu.report.charts.frame import twin_of
from gongfu.report.charts.measures.origin import Origin, measure_chart

__all__ = ["tail_chart"]


def tail_chart(table: EstimateTable, origin: Origin, language: str) -> Chart:
    """Return the tail index with its interval over the share of people in the tail.

    Raises
    ------
    InputError
        If the rows do not reach any of the tails of the plot.
    """
    rows = tuple(_rows(table))
    if not rows:
        raise InputError(Problem("too few different incomes at the top to draw a tail plot"))
    numbers: dict[str, Any] = {
        "column": table.income,
        "low": rounded(min(row["y"] for row in rows)),
        "high": rounded(max(row["y"] for row in rows)),
        "level": "" if rows[0]["level"] is None else f"{100 * rows[0]['level']:g}",
    }
    across = Axis(
        key="x",
        label=text("chart.tail.x", language),
        unit=text("chart.rank.unit", language),
        format="share",
        low=0.0,
        high=rows[-1]["x"],
    )
    up = Axis(
        key="y",
        label=text("chart.tail.y", language),
        unit=text("chart.tail.unit", language),
        format="index",
        low=0.0,
    )
    ends = (
        Axis(key=f"y_{end}", label=text(f"column.{end}", language, of=up.label), unit=up.unit,
             format="index")
        for end in ("low", "high")
    )  # fmt: skip
    return measure_chart(
        origin,
        language,
        kind="curve",
        key="tail",
        title=text("chart.tail.title", language, **numbers),
        subtitle=text("chart.tail.subtitle", language, **numbers),
        note=text("chart.tail.note", language, **numbers),
        axes={"x": across, "y": up},
        series=(Series(key="hill", label="", mark="line", role="first", rows=rows),),
        twin=twin_of((across, up, *ends), rows),
        alt=text("chart.tail.title", language, **numbers),
    )


def _rows(table: EstimateTable) -> Iterator[dict[str, Any]]:
    """Yield the points of the plot from the smallest tail to the largest."""
    for found in reversed(table.parts):
        kind, _, inside = found.measure.partition("(")
        if kind == "hill":
            interval = found.interval
            yield {
                "x": float(inside.rstrip(")")) / 100,
                "y": found.value,
                "level": None if interval is None else interval.level,
                "y_low": found.value if interval is None else interval.low,
                "y_high": found.value if interval is None else interval.high,
            }
