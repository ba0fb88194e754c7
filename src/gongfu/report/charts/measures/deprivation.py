"""What multidimensional poverty consists of: the contribution of each indicator."""

from __future__ import annotations

from typing import Any

from gongfu.core import Estimate, InputError, Problem
from gongfu.measure.poverty.deprivation_result import DeprivationTable
from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import percent, rounded
from gongfu.report.chart import Axis, Chart, ReferenceLine, Series
from gongfu.report.charts.frame import text_column, twin_of
from gongfu.report.charts.measures.origin import Origin, measure_chart

__all__ = ["deprivation_chart"]

_CONTRIBUTION = "contribution "


def deprivation_chart(table: DeprivationTable, origin: Origin, language: str) -> Chart:
    """Return the share of each indicator in M0, largest first, its weight in words.

    Raises
    ------
    InputError
        If nobody is poor.
    """
    parts = {
        one.measure.removeprefix(_CONTRIBUTION): one
        for one in table.indicators
        if one.measure.startswith(_CONTRIBUTION)
    }
    if not parts:
        raise InputError(
            Problem(
                "nobody is poor, so there are no contributions to draw",
                found=f"k = {table.k:g}",
                fix="Draw at a lower cut-off: --k.",
            )
        )
    shown = sorted(table.spec.indicators, key=lambda one: -parts[one.name].value)
    names = [one.zh if language == "zh" else one.en for one in shown]
    numbers: dict[str, Any] = {
        "largest": names[0],
        "share": percent(parts[shown[0].name].value),
        "poor": percent(table["H"].value),
        "index": rounded(table["M0"].value),
        "k": f"{table.k:g}",
        "title": table.spec.zh if language == "zh" else table.spec.en,
    }
    rows = tuple(
        _row(name, parts[one.name], text("chart.deprivation.row", language, weight=percent(w)))
        for name, one, w in zip(names, shown, (one.weight for one in shown), strict=True)
    )
    across = Axis(
        key="x",
        label=text("chart.deprivation.x", language),
        unit=text("chart.deprivation.unit", language),
        format="share",
    )
    ends = (
        Axis(key=end, label=text(f"column.{end}", language, of=across.label), unit=across.unit,
             format=across.format)
        for end in ("low", "high")
    )  # fmt: skip
    columns = (text_column("label", text("column.part", language)), across, *ends)
    return measure_chart(
        origin,
        language,
        kind="intervals",
        key="deprivation",
        title=text("chart.deprivation.title", language, **numbers),
        subtitle=text("chart.deprivation.subtitle", language, **numbers),
        note=text("chart.deprivation.note", language, **numbers),
        axes={"x": across},
        series=(Series(key="parts", label=across.label, mark="range", role="first", rows=rows),),
        references=(ReferenceLine(intercept=0.0, vertical=True),),
        twin=twin_of(columns, rows),
        alt=text("chart.deprivation.title", language, **numbers),
    )


def _row(name: str, found: Estimate, words: str) -> dict[str, Any]:
    interval = found.interval
    return {
        "label": name,
        "x": found.value,
        "low": None if interval is None else interval.low,
        "high": None if interval is None else interval.high,
        "text": f"{percent(found.value)} {words}",
    }
