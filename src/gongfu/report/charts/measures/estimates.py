"""Estimates as rows with intervals: one measure over groups, or the indices of all rows."""

from __future__ import annotations

from collections.abc import Sequence

from gongfu.core import Estimate, InputError
from gongfu.measure.catalogue import named_measures
from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import rounded
from gongfu.report.chart import Axis, Chart, Series
from gongfu.report.charts.frame import text_column, twin_of
from gongfu.report.charts.measures.origin import Origin, measure_chart
from gongfu.report.words import price_text, unit_text

__all__ = ["coefficients_chart", "estimates_chart"]

Row = tuple[str, Estimate]


def estimates_chart(estimates: Sequence[Estimate], origin: Origin, language: str) -> Chart:
    """Return the first measure over the groups, or every index of all rows where there are none.

    Raises
    ------
    InputError
        If there is nothing that can stand on one axis.
    """
    groups = [one for one in estimates if one.group is not None]
    if groups:
        first = groups[0]
        rows = [(str(one.group), one) for one in groups if one.measure == first.measure]
        return _chart(rows, measure_label(first.measure, language), origin, language)
    rows = [
        (measure_label(one.measure, language), one)
        for one in estimates
        if one.unit.startswith("index")
    ]
    if not rows:
        raise InputError("the figure needs an index, or --by groups to compare")
    return _chart(rows, text("chart.estimates.indices", language), origin, language, key="indices")


def coefficients_chart(
    estimates: Sequence[Estimate], measure: str, origin: Origin, language: str
) -> Chart:
    """Return the coefficients of a regression of a recentred influence function."""
    rows = [(one.measure, one) for one in estimates if one.measure != "(intercept)"]
    what = text("chart.estimates.rif", language, measure=measure_label(measure, language))
    return _chart(rows, what, origin, language)


def measure_label(name: str, language: str) -> str:
    """Return what people call a measure; a name the catalogue lacks stays as it is."""
    try:
        (found,) = named_measures([name])
    except InputError:
        return name
    return found.zh if language == "zh" else found.en


def _chart(
    rows: Sequence[Row], what: str, origin: Origin, language: str, *, key: str = "several"
) -> Chart:
    first = rows[0][1]
    axis = Axis(
        key="x",
        label=what,
        unit=unit_text(first.unit, language),
        format="index",
        year="" if first.year is None else str(first.year),
        price_base=price_text(first.price_base or "", language),
    )
    points = tuple(
        {
            "label": label,
            "x": one.value,
            "low": None if one.interval is None else one.interval.low,
            "high": None if one.interval is None else one.interval.high,
            "text": rounded(one.value),
        }
        for label, one in rows
    )
    ends = tuple(
        Axis(key=end, label=text(f"column.{end}", language, of=what), unit=axis.unit,
             format="index", price_base=axis.price_base)
        for end in ("low", "high")
    )  # fmt: skip
    low, high = min(rows, key=_value), max(rows, key=_value)
    numbers = {
        "what": what,
        "low": low[0],
        "high": high[0],
        "least": rounded(low[1].value),
        "most": rounded(high[1].value),
    }
    key = "one" if len(rows) == 1 else key
    return measure_chart(
        origin,
        language,
        kind="intervals",
        key="estimates",
        title=text(f"chart.estimates.title_{key}", language, **numbers),
        subtitle=text("chart.estimates.subtitle", language, **numbers),
        axes={"x": axis},
        series=(Series(key="estimates", label=what, mark="range", role="first", rows=points),),
        twin=twin_of((text_column("label", text("column.part", language)), axis, *ends), points),
        alt=text(f"chart.estimates.title_{key}", language, **numbers),
    )


def _value(row: Row) -> float:
    return row[1].value
