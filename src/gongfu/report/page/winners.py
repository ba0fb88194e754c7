"""Who gains and who loses by each further package: bars drawn by the page itself."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongfu.report.catalogue.numbers import percent
from gongfu.report.chart import Chart
from gongfu.report.charts.winners import winners
from gongfu.report.document import ResultDocument
from gongfu.report.palette import LOSS_TO_GAIN, TEXT
from gongfu.report.policies import Package

__all__ = ["Group", "Winners", "winners_of"]


@dataclass(frozen=True, slots=True)
class Group:
    """A group: its bar as colours with widths in percent, and what is said of its mean income.

    Parameters
    ----------
    path : of the change of its mean income in the result document.
    """

    label: str
    bar: tuple[tuple[str, float], ...]
    losers: str
    gainers: str
    change: str
    range: str
    verdict: str
    ink: str
    path: str


@dataclass(frozen=True, slots=True)
class Winners:
    """The groups of one package, most harmed first."""

    key: str
    title: str
    subtitle: str
    legend: tuple[tuple[str, str], ...]
    groups: tuple[Group, ...]


def winners_of(document: ResultDocument, package: Package, language: str) -> Winners:
    """Return what the page shows of a package that has no picture of its own."""
    chart = winners(document, package, language)
    *classes, verdicts = chart.series
    return Winners(
        key=package.key,
        title=chart.title,
        subtitle=chart.subtitle,
        legend=tuple(zip((one.label for one in classes), LOSS_TO_GAIN, strict=True)),
        groups=tuple(_group(chart, i, row) for i, row in enumerate(verdicts.rows)),
    )


def _group(chart: Chart, place: int, row: Mapping[str, Any]) -> Group:
    *classes, _ = chart.series
    shares = [float(series.rows[place]["x"]) for series in classes]
    return Group(
        label=row["label"],
        bar=tuple(
            (colour, round(100 * share, 2))
            for colour, share in zip(LOSS_TO_GAIN, shares, strict=True)
            if share > 0
        ),
        losers=percent(math.fsum(shares[:2]), 2),
        gainers=percent(math.fsum(shares[3:]), 2),
        change=row["text"],
        range=row["range"],
        verdict=row["words"],
        ink=TEXT[row["role"]],
        path=f"{row['row_path']}/percent",
    )
