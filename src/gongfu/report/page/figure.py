"""A chart as a page shows it: picture, facts beneath, table twin."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from gongfu.report.catalogue import text
from gongfu.report.chart import Axis, Chart
from gongfu.report.page.grid import Grid, twin_grid
from gongfu.report.words import evidence_text, uncertainty_key

__all__ = ["Figure", "facts_of", "figure_of"]


@dataclass(frozen=True, slots=True)
class Figure:
    """What the template needs of a chart."""

    chart: Chart
    picture: Markup
    facts: tuple[tuple[str, str], ...]
    twin: Grid


def figure_of(chart: Chart, picture: Markup) -> Figure:
    """Return a chart with its printed picture (or nothing), facts and table twin."""
    return Figure(
        chart=chart,
        picture=picture,
        facts=facts_of(chart),
        twin=twin_grid(chart.title, chart.twin, chart.language),
    )


def facts_of(chart: Chart) -> tuple[tuple[str, str], ...]:
    """Return unit, years, prices, evidence and error of a chart, each with its label."""
    axis, language = _measured(chart), chart.language
    years = sorted({one.year for one in chart.axes.values() if one.year})
    facts = (
        (text("page.unit", language), axis.unit),
        (text("page.years", language), ", ".join(years)),
        (text("page.prices", language), axis.price_base),
        (text("evidence.label", language), evidence_text(chart.evidence, language)),
        (
            text("uncertainty.label", language),
            text(f"uncertainty_short.{uncertainty_key(chart.uncertainty)}", language),
        ),
    )
    return tuple((label, value) for label, value in facts if value)


def _measured(chart: Chart) -> Axis:
    """Return the axis that carries the measured quantity, not the years."""
    return next(axis for axis in chart.axes.values() if axis.format != "year")
