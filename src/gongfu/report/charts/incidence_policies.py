"""Who would get the growth of each package: fifths with their ranges, and the Lorenz curve."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import signed
from gongfu.report.chart import Axis, Chart, ReferenceLine, Role, Series
from gongfu.report.charts.frame import axis_of, chart_of, text_column, title_key, twin_of
from gongfu.report.charts.incidence import cut_axis, fifth_label, points_axis
from gongfu.report.charts.policies import package_roles
from gongfu.report.document import ResultDocument
from gongfu.report.policies import Package, policy_prices, verdict_key
from gongfu.report.why import located_rows

__all__ = ["incidence_policy_charts"]

_ROLES: Mapping[str, Role] = {"gains": "gain", "loses": "loss"}
_POOREST = 0.4
"""Share of people that the title of the Lorenz chart speaks of."""

Rows = Sequence[Mapping[str, Any]]


def incidence_policy_charts(
    document: ResultDocument, packages: Sequence[Package], language: str
) -> Iterator[Chart]:
    """Yield the charts of what packages give to whom that the document has figures for."""
    if "policy_groups" in document:
        rows = document.table("policy_groups").rows
        if (rows["dimension"] == "fifth").any():
            yield _fifths(document, packages, language)
    if "policy_lorenz" in document:
        yield _lorenz(document, packages, language)


def _fifths(document: ResultDocument, packages: Sequence[Package], language: str) -> Chart:
    """Return a block of rows per package: its name, then its fifths from the lowest."""
    table = document.table("policy_groups")
    blocks = {one.name: _fifths_of(document, one, language) for one in packages}
    found = [row for block in blocks.values() for row in block]
    year, price = str(found[0]["year"]), policy_prices(document, language)
    numbers = {
        "year": year,
        "price": price,
        "all": len(packages),
        "better": sum(_is_steep(block) for block in blocks.values()),
    }
    colon = "：" if language == "zh" else ":"
    change, *ends = (
        axis_of(table.column(name), language, format="effect", year=year, price_base=price)
        for name in ("percent", "low", "high")
    )
    rows = [
        row
        for name, block in blocks.items()
        for row in ({"label": f"{name}{colon}", "percent": None}, *block)
    ]
    title = f"chart.incidence_policies.{title_key(numbers, 'better')}"
    return chart_of(
        document,
        table,
        language,
        kind="ranges",
        key="incidence_policies",
        title=text(title, language, **numbers),
        subtitle=text("chart.incidence_policies.subtitle", language, **numbers),
        note=text("chart.incidence_policies.note", language),
        axes={"x": change},
        series=(
            Series(
                key="fifths", label=change.label, mark="range", role="neutral", rows=tuple(rows)
            ),
        ),
        references=(ReferenceLine(intercept=0.0, vertical=True),),
        twin=twin_of(
            (
                text_column("package", text("policies.package", language)),
                text_column("label", text("chart.winners.group", language)),
                change,
                *ends,
                text_column("words", text("chart.winners.verdict", language)),
            ),
            found,
        ),
        alt=text(title, language, **numbers),
    )


def _fifths_of(document: ResultDocument, package: Package, language: str) -> Rows:
    table = document.table("policy_groups")
    own = table.rows.filter(scenario=package.key, dimension="fifth").sort("group")
    return [
        {
            **{name: row[name] for name in ("percent", "low", "high", "year", "row_path")},
            "package": package.name,
            "label": fifth_label(row["group"], language),
            "words": text(f"verdict.{verdict_key(row['verdict'])}", language),
            "role": _ROLES.get(row["verdict"], "neutral"),
            "text": f"{signed(row['percent'])}%",
        }
        for row in located_rows(table, own)
    ]


def _is_steep(fifths: Rows) -> bool:
    """Whether all of the range of the lowest fifth lies above that of the highest."""
    lowest, highest = fifths[0], fifths[-1]
    low = lowest["percent"] if lowest["low"] is None else lowest["low"]
    high = highest["percent"] if highest["high"] is None else highest["high"]
    return bool(low > high)


def _lorenz(document: ResultDocument, packages: Sequence[Package], language: str) -> Chart:
    """Return by how much each package changes the share of the poorest, with its range."""
    table = document.table("policy_lorenz")
    year = str(table.rows["year"][0])
    poorest = table.rows.filter((pl.col("rank") - _POOREST).abs() < 1e-9)
    numbers = {
        "year": year,
        "all": len(packages),
        "better": poorest.filter(verdict="up").height,
    }
    x = cut_axis(document, "policy_lorenz", text("chart.lorenz_policies.x", language), language)
    y = points_axis(document, "policy_lorenz", year, language)
    series = tuple(
        _line(document, package, role)
        for package, role in zip(packages, package_roles(packages), strict=True)
    )
    title = f"chart.lorenz_policies.{title_key(numbers, 'better')}"
    return chart_of(
        document,
        table,
        language,
        kind="curve",
        key="lorenz_policies",
        title=text(title, language, **numbers),
        subtitle=text("chart.lorenz_policies.subtitle", language, **numbers),
        note=text("chart.lorenz_policies.note", language),
        axes={"y": y, "x": x},
        series=series,
        references=(ReferenceLine(intercept=0.0),),
        twin=twin_of(
            (text_column("package", text("policies.package", language)), x, y, *_ends(y, language)),
            [{**row, "package": one.label} for one in series for row in one.rows],
        ),
        alt=text(title, language, **numbers),
    )


def _line(document: ResultDocument, package: Package, role: Role) -> Series:
    table = document.table("policy_lorenz")
    own = located_rows(table, table.rows.filter(scenario=package.key).sort("rank"))
    return Series(
        key=package.key,
        label=package.name,
        mark="line",
        role=role,
        rows=tuple(
            {"x": row["rank"], "y": row["difference"], "y_low": row["low"], "y_high": row["high"],
             "row_path": row["row_path"]}
            for row in own
        ),
    )  # fmt: skip


def _ends(axis: Axis, language: str) -> Iterator[Axis]:
    for end in ("low", "high"):
        label = text(f"column.{end}", language, of=axis.label)
        yield Axis(
            key=f"y_{end}", label=label, unit=axis.unit, format="effect", year=axis.year, of=end
        )
