"""Parts of a whole as rows with intervals: sources, regressors, causes of a change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gongfu.core import Estimate
from gongfu.report.catalogue import has_text, text
from gongfu.report.catalogue.numbers import percent, rounded
from gongfu.report.chart import Axis, Chart, ReferenceLine, Series
from gongfu.report.charts.frame import text_column, twin_of
from gongfu.report.charts.measures.origin import Origin, measure_chart

__all__ = ["change_chart", "fields_chart", "sources_chart"]

Named = tuple[str, Estimate]


def sources_chart(
    parts: Sequence[Named], shares: Sequence[Estimate], gini: Estimate, origin: Origin,
    language: str,
) -> Chart:  # fmt: skip
    """Return the part of the Gini of each source, with its share of income in words."""
    numbers = {"gini": rounded(gini.value), **_largest(parts)}
    words = [
        text("chart.sources.row", language, part=percent(part.value), share=percent(share.value))
        for (_, part), share in zip(parts, shares, strict=True)
    ]
    return _chart(parts, origin, language, key="sources", numbers=numbers, words=words)


def fields_chart(parts: Sequence[Named], origin: Origin, language: str) -> Chart:
    """Return the part of the inequality of log income of each regressor."""
    explained = 1.0 - parts[-1][1].value
    numbers = {"explained": percent(explained), **_largest(parts[:-1])}
    return _chart(parts, origin, language, key="fields", numbers=numbers)


def change_chart(
    causes: Sequence[Named], change: Estimate, measure: str, origin: Origin, language: str
) -> Chart:
    """Return what each cause contributed to a change, in hundredths of the index."""
    parts = [(_cause(name, language), one) for name, one in causes]
    numbers: dict[str, Any] = {
        "measure": _measure(measure, language),
        "change": _points(change.value),
        **_largest(parts),
    }
    return _chart(parts, origin, language, key="change", numbers=numbers, scale=100.0)


def _chart(
    parts: Sequence[Named],
    origin: Origin,
    language: str,
    *,
    key: str,
    numbers: dict[str, Any],
    words: Sequence[str] | None = None,
    scale: float = 1.0,
) -> Chart:
    across = Axis(
        key="x",
        label=text(f"chart.{key}.x", language, **numbers),
        unit=text(f"chart.{key}.unit", language),
        format="share" if scale == 1.0 else "effect",
    )
    rows = tuple(
        {
            "label": name,
            "x": scale * one.value,
            "low": None if one.interval is None else scale * one.interval.low,
            "high": None if one.interval is None else scale * one.interval.high,
            **({"text": words[i]} if words else {}),
        }
        for i, (name, one) in enumerate(parts)
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
        key=key,
        title=text(f"chart.{key}.title", language, **numbers),
        subtitle=text(f"chart.{key}.subtitle", language, **numbers),
        note=text(f"chart.{key}.note", language, **numbers),
        axes={"x": across},
        series=(Series(key="parts", label=across.label, mark="range", role="first", rows=rows),),
        references=(ReferenceLine(intercept=0.0, vertical=True),),
        twin=twin_of(columns, rows),
        alt=text(f"chart.{key}.title", language, **numbers),
    )


def _largest(parts: Sequence[Named]) -> dict[str, str]:
    name, _ = max(parts, key=lambda one: abs(one[1].value))
    return {"largest": name}


def _measure(name: str, language: str) -> str:
    return text(f"measure.{name}", language) if has_text(f"measure.{name}", language) else name


def _cause(name: str, language: str) -> str:
    """Return what a cause of ours is called; a source keeps the name of its column."""
    return text(f"cause.{name}", language) if has_text(f"cause.{name}", language) else name


def _points(value: float) -> str:
    return f"{100 * value:+.2f}".replace("-", "−")
