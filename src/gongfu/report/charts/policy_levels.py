"""Where the first package leads: the urban-rural ratio as observed, then as simulated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from gongfu.core import Evidence
from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import decimals, span
from gongfu.report.chart import Chart, Role, Series
from gongfu.report.charts.frame import axis_of, chart_of, text_column, twin_of, year_column
from gongfu.report.document import ResultDocument
from gongfu.report.policies import Package
from gongfu.report.why import located_rows
from gongfu.report.words import evidence_text

__all__ = ["ratio_paths"]

Rows = Sequence[dict[str, Any]]


def ratio_paths(
    document: ResultDocument, packages: Sequence[Package], language: str
) -> Chart | None:
    """Return observed, baseline and package's ratio over the years; None without both sources.

    The level under a package is the baseline's times one plus the effect, as is its range.
    """
    observed, baseline = _observed(document), _baseline(document)
    if not observed or not baseline:
        return None
    reform = [*_reformed(packages[0], baseline)]
    last = baseline[-1]["x"]
    found = {
        "package": packages[0].name, "start": observed[0]["x"], "now": observed[-1]["x"],
        "before": decimals(observed[0]["y"], 2), "after": decimals(observed[-1]["y"], 2),
        "last": last, "without": decimals(baseline[-1]["y"], 2),
        "reformed": decimals(reform[-1]["y"], 2), "years": span(observed[0]["x"], last),
        "first": baseline[0]["x"], "simulated": decimals(baseline[0]["y"], 2),
    }  # fmt: skip
    table = document.table("policy_baseline")
    value = axis_of(
        table.column("urban_rural_ratio"), language, key="y", format="ratio",
        label=text("measure.ratio", language), year=found["years"],
    )  # fmt: skip
    x = year_column(language)
    series = (
        Series(
            key="observed",
            label=text("evidence.observed", language),
            mark="point",
            role="neutral",
            rows=tuple(observed),
        ),
        _series("baseline", text("chart.policy_ratio.baseline", language), "total", baseline),
        _series(packages[0].key, packages[0].name, "first", reform),
    )
    rows = [{"y_low": None, "y_high": None, **row, "name": one.label, "year": row["x"],
             "evidence": evidence_text(row["evidence"], language)}
            for one in series for row in one.rows]  # fmt: skip
    ends = [axis_of(table.column("urban_rural_ratio"), language, key=key, format="ratio", of="",
                    label=text(f"column.{end}", language, of=value.label))
            for key, end in (("y_low", "low"), ("y_high", "high"))]  # fmt: skip
    return chart_of(
        document, table, language,
        kind="curve", key="policy_ratio",
        title=text("chart.policy_ratio.title", language, **found),
        subtitle=text("chart.policy_ratio.subtitle", language, **found),
        note=text("chart.policy_ratio.note", language, **found),
        axes={"x": replace(x, key="x"), "y": value},
        series=series,
        twin=twin_of(
            (text_column("name", text("policies.package", language)), x, value, *ends,
             text_column("evidence", text("evidence.label", language))),
            rows,
        ),
        alt=text("chart.policy_ratio.title", language, **found),
    )  # fmt: skip


def _series(key: str, label: str, role: Role, rows: Rows) -> Series:
    shown = [*rows[:-1], {**rows[-1], "text": decimals(rows[-1]["y"], 2)}]
    return Series(key=key, label=label, mark="line", role=role, rows=tuple(shown))


def _observed(document: ResultDocument) -> Rows:
    if "inequality" not in document:
        return []
    table = document.table("inequality")
    kept = table.rows.filter(pl.col("measure") == "ratio").drop_nulls("value").sort("year")
    return [
        {"x": row["year"], "y": row["value"], "evidence": Evidence(row["evidence"]),
         "paths": {"y": f"{row['row_path']}/value"}}
        for row in located_rows(table, kept)
    ]  # fmt: skip


def _baseline(document: ResultDocument) -> Rows:
    table = document.table("policy_baseline") if "policy_baseline" in document else None
    if table is None or "urban_rural_ratio" not in table.rows.columns:
        return []
    kept = table.rows.drop_nulls("urban_rural_ratio").sort("year")
    return [
        {"x": row["year"], "y": row["urban_rural_ratio"], "evidence": table.evidence,
         "paths": {"y": f"{row['row_path']}/urban_rural_ratio"}}
        for row in located_rows(table, kept)
    ]  # fmt: skip


def _reformed(package: Package, baseline: Rows) -> Iterator[dict[str, Any]]:
    for row in baseline:
        effect = package.effect("urban_rural_ratio", row["x"])
        ends = [None if end is None else row["y"] * (1 + end / 100)
                for end in (effect.low, effect.high)]  # fmt: skip
        yield {
            "x": row["x"], "y": row["y"] * (1 + effect.value / 100), "y_low": ends[0],
            "y_high": ends[1], "evidence": row["evidence"], "paths": {},
        }  # fmt: skip
