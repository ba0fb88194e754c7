"""TIP curves: how many are poor, how far below the line, and how unequally."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gongfu.measure.poverty.tip_curves import TipCurve
from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import percent
from gongfu.report.chart import Axis, Chart, Series
from gongfu.report.charts.frame import text_column, twin_of
from gongfu.report.charts.measures.bands import band_columns, band_rows
from gongfu.report.charts.measures.density import ROLES
from gongfu.report.charts.measures.origin import Origin, measure_chart

__all__ = ["tip_chart"]


def tip_chart(found: Mapping[str, TipCurve], origin: Origin, line: str, language: str) -> Chart:
    """Return a curve per group over the rank of people from poor to rich.

    Parameters
    ----------
    found : by name of the group, at most as many as there are colours; a single one needs no name.
    line : the poverty line as people type it.
    """
    first = next(iter(found.values()))
    numbers: dict[str, Any] = {
        "line": line,
        "poor": percent(first.headcount),
        "gap": percent(first.gap),
        "listed": text("list.separator", language).join(
            f"{name} {percent(curve.headcount)}" for name, curve in found.items()
        ),
        "level": f"{100 * first.errors.level:g}",
    }
    across = Axis(
        key="x", label=text("chart.rank.label", language), unit=text("chart.rank.unit", language),
        format="share", low=0.0, high=float(first.rank[-1]),
    )  # fmt: skip
    up = Axis(
        key="y",
        label=text("chart.tip.y", language),
        unit=text("chart.tip.unit", language),
        format="share",
        low=0.0,
    )
    series = tuple(_series(found))
    one_or_many = "title" if len(found) == 1 else "title_groups"
    columns = (
        text_column("group", text("chart.winners.group", language)),
        across,
        *band_columns(up, language),
    )
    return measure_chart(
        origin,
        language,
        kind="curve",
        key="tip",
        title=text(f"chart.tip.{one_or_many}", language, **numbers),
        subtitle=text("chart.tip.subtitle", language, **numbers),
        note=text("chart.bands.note", language, **numbers),
        axes={"x": across, "y": up},
        series=series,
        twin=twin_of(columns, [{**row, "group": one.label} for one in series for row in one.rows]),
        alt=text(f"chart.tip.{one_or_many}", language, **numbers),
    )


def _series(found: Mapping[str, TipCurve]) -> Iterator[Series]:
    for (name, curve), role in zip(found.items(), ROLES, strict=False):
        rows = band_rows(curve.rank, curve.errors)
        yield Series(key=f"tip_{role}", label=name, mark="line", role=role, rows=rows)
