"""Growth incidence: growth of income by rank with bands, and growth of published fifths."""

from __future__ import annotations

from typing import Any

from gongfu.core import Evidence, Uncertainty
from gongfu.measure.curves import GroupGrowth, GrowthIncidence
from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import change_percent, span
from gongfu.report.chart import Axis, Chart, ReferenceLine, Series
from gongfu.report.charts.frame import text_column, twin_of
from gongfu.report.charts.measures.bands import band_columns, band_rows
from gongfu.report.charts.measures.origin import Origin, measure_chart
from gongfu.report.words import price_text

__all__ = ["fifths_chart", "incidence_chart"]


def incidence_chart(
    found: GrowthIncidence, origin: Origin, names: tuple[str, str], price_base: str, language: str
) -> Chart:
    """Return growth by rank as a line with its bands, beside the growth of the mean.

    Parameters
    ----------
    names : of the first and the last date.
    price_base : what the incomes are counted in.
    """
    mean = found.totals[0].value
    price = price_text(price_base, language)
    numbers: dict[str, Any] = {
        "first": names[0],
        "last": names[1],
        "poor": change_percent(float(found.growth[0])),
        "rich": change_percent(float(found.growth[-1])),
        "mean": change_percent(mean),
        "level": f"{100 * found.errors.level:g}",
        "price": price,
    }
    across = Axis(
        key="x", label=text("chart.rank.label", language), unit=text("chart.rank.unit", language),
        format="share", low=0.0, high=1.0,
    )  # fmt: skip
    up = _growth_axis(language, price)
    rows = band_rows(found.rank, found.errors)
    key = found.verdict.replace(", ", "_").replace(" ", "_")
    return measure_chart(
        origin,
        language,
        kind="curve",
        key="incidence",
        title=text(f"chart.incidence.title_{key}", language, **numbers),
        subtitle=text("chart.incidence.subtitle", language, **numbers),
        note=text("chart.bands.note", language, **numbers),
        axes={"x": across, "y": up},
        series=(Series(key="growth", label="", mark="line", role="first", rows=rows),),
        references=(
            ReferenceLine(intercept=mean, label=text("chart.incidence.mean", language, **numbers)),
            ReferenceLine(intercept=0.0),
        ),
        twin=twin_of((across, *band_columns(up, language)), rows),
        alt=text("chart.incidence.alt", language, **numbers),
    )


def fifths_chart(
    found: GroupGrowth, years: tuple[int, int], price_base: str, language: str
) -> Chart:
    """Return the growth of each published group as a dot; the office publishes no error.

    Parameters
    ----------
    years : the first and the last.
    price_base : what the incomes are counted in.
    """
    price = price_text(price_base, language)
    numbers = {
        "years": span(*years),
        "poor": change_percent(float(found.growth[0])),
        "rich": change_percent(float(found.growth[-1])),
        "price": price,
    }
    rows: tuple[dict[str, Any], ...] = tuple(
        {"label": name, "x": float(growth), "start": float(before), "end": float(after)}
        for name, growth, before, after in zip(
            found.names, found.growth, found.start, found.end, strict=True
        )
    )
    across = _growth_axis(language, price, key="x")
    money = [
        Axis(
            key=key, label=text("chart.incidence.income", language),
            unit=text("unit.yuan per person", language), format="yuan", year=str(year),
            price_base=price,
        )
        for key, year in zip(("start", "end"), years, strict=True)
    ]  # fmt: skip
    group = text_column("label", text("chart.winners.group", language))
    faster = "poor" if found.growth[0] > found.growth[-1] else "rich"
    return measure_chart(
        Origin(
            file=text("chart.incidence.fifths_source", language),
            evidence=Evidence.OBSERVED,
            uncertainty=Uncertainty.NOT_PUBLISHED,
        ),
        language,
        kind="intervals",
        key="incidence_fifths",
        title=text(f"chart.incidence.fifths_{faster}", language, **numbers),
        subtitle=text("chart.incidence.fifths_subtitle", language, **numbers),
        note=text("chart.incidence.fifths_note", language),
        axes={"x": across},
        series=(Series(key="fifths", label=across.label, mark="point", role="first", rows=rows),),
        references=(
            ReferenceLine(intercept=0.0, vertical=True),
            ReferenceLine(
                intercept=found.mean, vertical=True,
                label=text("chart.incidence.mean_short", language),
            ),
        ),
        twin=twin_of((group, *money, across), rows),
        alt=text(f"chart.incidence.fifths_{faster}", language, **numbers),
    )  # fmt: skip


def _growth_axis(language: str, price: str, key: str = "y") -> Axis:
    return Axis(
        key=key,
        label=text("chart.incidence.growth", language),
        unit=text("chart.incidence.unit", language),
        format="log_percent",
        price_base=price,
    )
