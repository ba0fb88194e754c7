"""Dominance: the difference of two curves by rank, with bands."""

from __future__ import annotations

from typing import Any

from gongfu.measure.curves import Dominance
from gongfu.report.catalogue import text
from gongfu.report.chart import Axis, Chart, ReferenceLine, Series
from gongfu.report.charts.frame import twin_of
from gongfu.report.charts.measures.bands import band_columns, band_rows
from gongfu.report.charts.measures.origin import Origin, measure_chart
from gongfu.report.words import price_text

__all__ = ["dominance_chart"]


def dominance_chart(
    found: Dominance, origin: Origin, names: tuple[str, str], price_base: str, language: str
) -> Chart:
    """Return first less second by rank; what lies above zero all along dominates.

    Parameters
    ----------
    names : of the first and the second sample.
    price_base : what the incomes are counted in.
    """
    curve = found.curve.replace("-", "_")
    numbers: dict[str, Any] = {
        "first": names[0],
        "second": names[1],
        "curve": text(f"chart.dominance.{curve}", language),
        "level": f"{100 * found.errors.level:g}",
    }
    across = Axis(
        key="x", label=text("chart.rank.label", language), unit=text("chart.rank.unit", language),
        format="share", low=0.0, high=1.0,
    )  # fmt: skip
    is_share = found.curve == "lorenz"
    price = price_text(price_base, language)
    up = Axis(
        key="y",
        label=text("chart.dominance.y", language, **numbers),
        unit=text("chart.dominance.points" if is_share else "chart.dominance.money", language),
        format="effect",
        price_base="" if is_share else price,
    )
    rows = band_rows(found.rank, found.errors, 100.0 if is_share else 1.0)
    verdict = found.verdict.replace(" ", "_")
    return measure_chart(
        origin,
        language,
        kind="curve",
        key="dominance",
        title=text(f"chart.dominance.title_{verdict}", language, **numbers),
        subtitle=text("chart.dominance.subtitle", language, **numbers),
        note=text("chart.bands.note", language, **numbers),
        axes={"x": across, "y": up},
        series=(Series(key="difference", label="", mark="line", role="first", rows=rows),),
        references=(ReferenceLine(intercept=0.0),),
        twin=twin_of((across, *band_columns(up, language)), rows),
        alt=text(f"chart.dominance.title_{verdict}", language, **numbers),
    )
