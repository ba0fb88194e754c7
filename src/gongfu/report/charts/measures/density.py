"""Densities of one or several groups, with bands."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from gongfu.measure.curves import DensityCurve
from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import count, rounded
from gongfu.report.chart import Axis, Chart, Role, Series
from gongfu.report.charts.frame import text_column, twin_of
from gongfu.report.charts.measures.bands import band_columns, band_rows
from gongfu.report.charts.measures.origin import Origin, measure_chart

__all__ = ["MOST_GROUPS", "density_chart"]

ROLES: tuple[Role, ...] = ("first", "second", "third", "fourth", "fifth")
MOST_GROUPS = len(ROLES)
"""Curves that colours of meaning can still tell apart."""


def density_chart(
    found: Mapping[str, DensityCurve], origin: Origin, column: str, unit: str, language: str
) -> Chart:
    """Return a density per group over the values of a column.

    Parameters
    ----------
    found : by name of the group, at most ``MOST_GROUPS``; a single one needs no name.
    column, unit : what the values are and what they are counted in.
    """
    first = next(iter(found.values()))
    width = _width([float(curve.at[-1] - curve.at[0]) for curve in found.values()])
    numbers: dict[str, Any] = {
        "column": column,
        "mode": _number(first.mode),
        "listed": text("list.separator", language).join(
            f"{name} {_number(curve.mode)}" for name, curve in found.items()
        ),
        "level": f"{100 * first.errors.level:g}",
        "width": count(width) if width >= 1 else f"{width:g}",
        "unit": unit,
    }
    across = Axis(key="x", label=column, unit=unit, format="count")
    up = Axis(
        key="y",
        label=text("chart.density.y", language),
        unit=text("chart.density.unit", language, **numbers),
        format="index",
    )
    series = tuple(_series(found, 100.0 * width))
    one_or_many = "title" if len(found) == 1 else "title_groups"
    columns = (
        text_column("group", text("chart.winners.group", language)),
        replace(across, format="index"),
        *band_columns(up, language),
    )
    return measure_chart(
        origin,
        language,
        kind="curve",
        key="density",
        title=text(f"chart.density.{one_or_many}", language, **numbers),
        subtitle=text("chart.density.subtitle", language, **numbers),
        note=text("chart.bands.note", language, **numbers),
        axes={"x": across, "y": replace(up, low=0.0)},
        series=series,
        twin=twin_of(columns, [{**row, "group": one.label} for one in series for row in one.rows]),
        alt=text(f"chart.density.{one_or_many}", language, **numbers),
    )


def _series(found: Mapping[str, DensityCurve], scale: float) -> Iterator[Series]:
    for (name, curve), role in zip(found.items(), ROLES, strict=False):
        rows = band_rows(curve.at, curve.errors, scale)
        label = "" if len(found) == 1 else name
        yield Series(key=f"density_{role}", label=label, mark="line", role=role, rows=rows)


def _width(spans: list[float]) -> float:
    """Return the round tenth of the range that heights count the people of."""
    return float(10.0 ** math.floor(math.log10(max(spans) / 10)))


def _number(value: float) -> str:
    return count(value) if abs(value) >= 100 else rounded(value)
