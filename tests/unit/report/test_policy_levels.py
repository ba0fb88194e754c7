from dataclasses import replace

import polars as pl
import pytest

from gongfu.core import Evidence, Uncertainty
from gongfu.report.charts.policy_levels import ratio_paths
from gongfu.report.document import Column, ResultDocument, ResultTable, Words
from gongfu.report.policies import packages_of


@pytest.fixture(scope="module")
def simulated(document: ResultDocument) -> ResultDocument:
    """The document with a baseline of the ratio in the years of its packages' effects."""
    years = sorted({year for year, _ in packages_of(document, "en")[0].effects})
    rows = pl.DataFrame(
        {"year": years, "urban_rural_ratio": [2.4 - 0.01 * i for i in range(len(years))]}
    )
    table = ResultTable(
        name="policy_baseline",
        columns=(
            Column("year", "年份", "Year", "year"),
            Column("urban_rural_ratio", "城乡收入比", "Urban-rural ratio", "ratio"),
        ),
        rows=rows,
        evidence=Evidence.SIMULATED,
        uncertainty=Uncertainty.ASSUMPTIONS,
        source=Words("模拟经济", "The simulated economy"),
    )
    return replace(document, tables={**document.tables, table.name: table})


def test_observed_figures_stand_before_simulated_ones_and_keep_their_tag(simulated):
    chart = ratio_paths(simulated, packages_of(simulated, "en"), "en")
    observed, baseline, reform = chart.series
    ratios = simulated.table("inequality").rows.filter(measure="ratio").sort("year")
    assert [row["y"] for row in observed.rows] == ratios["value"].to_list()
    assert [row["evidence"].value for row in observed.rows] == ratios["evidence"].to_list()
    assert {row["evidence"] for row in (*baseline.rows, *reform.rows)} == {Evidence.SIMULATED}


def test_the_level_under_a_package_is_the_baseline_and_its_effect(simulated):
    package = packages_of(simulated, "en")[0]
    _, baseline, reform = ratio_paths(simulated, [package], "en").series
    for without, row in zip(baseline.rows, reform.rows, strict=True):
        effect = package.effect("urban_rural_ratio", row["x"])
        assert row["y"] == pytest.approx(without["y"] * (1 + effect.value / 100), rel=1e-12)
        assert row["y_low"] <= row["y"] <= row["y_high"]


def test_without_a_baseline_there_is_no_such_chart(document: ResultDocument):
    assert ratio_paths(document, packages_of(document, "en"), "en") is None
