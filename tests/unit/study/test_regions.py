"""Regions over time and space: tables, charts and answers follow the numbers of planted worlds."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from gongfu.core import Evidence, InputError
from gongfu.data import neighbours, provinces
from gongfu.measure.dynamics import markov, relative_classes
from gongfu.measure.space import border_weights, moran
from gongfu.report.chart import Chart
from gongfu.report.charts.convergence import convergence_charts
from gongfu.report.charts.region_words import p_value, p_words, sign_of
from gongfu.report.charts.space import space_charts
from gongfu.report.document import Meta, ResultDocument, Words
from gongfu.report.figures import NARROW, WIDE, draw
from gongfu.report.page.convergence import convergence_chapter
from gongfu.report.page.space import space_chapter
from gongfu.study.findings import convergence_tables, space_tables
from gongfu.study.regions import Regions, study_regions
from gongfu.study.settings import RegionSettings
from gongfu.study.study_file import embedded_study
from gongfu.study.tables import load_tables

CODES = tuple(sorted(place.code for place in provinces()))
TOUCH = neighbours(CODES)
YEARS = tuple(range(2011, 2023))


def regions_of(values: np.ndarray, **changes) -> Regions:
    made_up = Regions(
        codes=CODES,
        years=YEARS,
        values=values,
        people=None,
        weights={"border": border_weights(TOUCH)},
        classes=3,
        draws=99,
        seed=5,
        label=Words("收入", "Income"),
        unit="yuan per person",
        price_base="current prices",
        is_embedded=True,
        evidence=Evidence.OBSERVED,
    )
    return replace(made_up, **changes)


def closing(rate: float, noise: float = 0.0) -> np.ndarray:
    """Gaps that shrink at a rate, growth of 7 % for all."""
    rng = np.random.default_rng(3)
    gap = rng.permutation(np.linspace(-0.8, 0.8, len(CODES)))[:, None]
    t = np.arange(len(YEARS))
    return np.exp(9 + 0.07 * t + gap * np.exp(-rate * t) + noise * rng.normal(size=(31, len(t))))


def document_of(regions: Regions) -> ResultDocument:
    found = [*convergence_tables(regions), *space_tables(regions)]
    meta = Meta(
        title=Words("甲", "A"), study="a", study_hash="0" * 64, version="0", data_vintage="v",
        command="gongfu run", versions={}, first_year=YEARS[0], last_year=YEARS[-1],
        last_real_year=0, base_year=YEARS[-1],
    )  # fmt: skip
    return ResultDocument(meta, {table.name: table for table in found if table is not None})


def charts_of(document: ResultDocument, language: str = "en") -> dict[str, Chart]:
    both = [*convergence_charts(document, language), *space_charts(document, language)]
    return {chart.key: chart for chart in both}


@pytest.fixture(scope="module")
def together() -> ResultDocument:
    return document_of(regions_of(closing(0.04, noise=0.002)))


@pytest.fixture(scope="module")
def apart() -> ResultDocument:
    return document_of(regions_of(closing(-0.04, noise=0.002)))


def test_words_follow_the_sign_of_the_trend(together, apart):
    assert "Relative gaps between regions shrank" in charts_of(together)["sigma"].title
    assert "Relative gaps between regions grew" in charts_of(apart)["sigma"].title
    assert "相对差距在扩大" in charts_of(apart, "zh")["sigma"].title
    first = convergence_chapter(apart, "en").answers[0]
    assert first.says.startswith("No, in relative terms gaps grow")
    assert "Regions that started higher grew faster" in first.says


def test_measures_that_disagree_are_both_told():
    # The poorest catches up while the richest runs away.
    t = np.arange(len(YEARS))
    middle = np.tile(np.linspace(9, 11, 29)[:, None], (1, len(t)))
    values = np.vstack([np.exp(0.15 * t), middle, 14 * np.exp(0.05 * t)])
    document = document_of(regions_of(values, weights={}))
    assert "tell different stories" in charts_of(document)["sigma"].title
    says = convergence_chapter(document, "en").answers[0].says
    assert says.startswith("It depends on the measure")


def test_words_stay_careful_where_noise_hides_the_trend():
    rng = np.random.default_rng(12)
    values = np.exp(9 + 0.3 * rng.normal(size=(31, len(YEARS))))
    document = document_of(regions_of(values))
    assert charts_of(document)["sigma"].title.startswith("No trend of the relative gaps")
    assert convergence_chapter(document, "en").answers[0].says.startswith("It cannot be told")
    assert "whether neighbours are alike" in charts_of(document)["moran"].title.lower()
    assert space_chapter(document, "en").answers[0].says.startswith("It cannot be told")


def test_planted_speed_stands_in_the_title_of_the_scatter():
    chart = charts_of(document_of(regions_of(closing(0.03))))["beta"]
    assert chart.kind == "log_scatter"
    assert "3.0 % of the gap closed a year" in chart.title
    assert len(chart.twin.rows) == 31


def test_relative_and_absolute_gaps_that_part_are_both_named(together):
    chart = charts_of(together)["sigma"]
    trends = dict(together.table("sigma_trends").rows.select("measure", "trend").iter_rows())
    assert trends["variation"] < 0 < trends["deviation"]
    assert "Yet the absolute gap" in chart.note
    assert "7" in convergence_chapter(together, "en").answers[1].says


def test_matrix_holds_the_chain_with_intervals_in_its_twin(together):
    chart, table = charts_of(together)["markov"], together.table("markov_moves").rows
    assert table["moves"].sum() == 31 * (len(YEARS) - 1)
    sums = table.group_by("origin").agg(pl.col("probability").sum())
    assert sums["probability"].to_list() == pytest.approx([1.0] * 3, abs=1e-12)
    assert [column.key for column in chart.twin.columns][-2:] == ["low", "high"]
    unseen = table.filter(pl.col("moves") == 0)
    assert unseen.height
    assert (unseen["high"] > 0).all()  # nobody moved, yet it is not impossible


def test_no_long_run_is_shown_where_a_class_was_never_left():
    level = np.repeat([1.0, 2.0, 4.0], 10)[:, None]  # three worlds apart
    values = level * np.random.default_rng(1).uniform(9, 10, size=(30, len(YEARS)))
    document = document_of(regions_of(values, codes=CODES[:30], weights={}))
    assert document.table("markov_classes").rows["long_run"].null_count() == 3
    chart = charts_of(document)["markov"]
    assert "no long run is worth a number" in chart.note
    assert {row["label"] for row in chart.series_of("below").rows} == {"2011", "2022"}


def test_long_run_is_that_of_the_chain():
    regions = regions_of(closing(0.0, noise=0.2))
    chain = markov(relative_classes(regions.values, 3))
    found = document_of(regions).table("markov_classes").rows
    assert found["long_run"].to_list() == pytest.approx(chain.ergodic.tolist(), abs=1e-12)
    assert (found["low"] <= found["long_run"]).all()
    assert (found["long_run"] <= found["high"]).all()


def test_slope_of_the_scatter_is_morans_i(together):
    chart = charts_of(together)["moran_scatter"]
    line = chart.series_of("slope").rows
    slope = (line[1]["y"] - line[0]["y"]) / (line[1]["x"] - line[0]["x"])
    values = closing(0.04, noise=0.002)[:, -1]
    assert slope == pytest.approx(moran(values, border_weights(TOUCH)).value, abs=1e-12)


def test_clusters_that_survive_are_solid_and_named():
    # Two blocks far apart: five provinces of the south-west low, the Yangtze delta high.
    level = np.full((31, 1), 10.0)
    for code in ("51", "53", "54", "63", "65", "62"):
        level[CODES.index(code)] = 1.0
    rng = np.random.default_rng(2)
    values = level * (1 + 0.01 * rng.random((31, len(YEARS)))) + 0.01 * np.arange(len(YEARS))
    document = document_of(regions_of(values))
    kept = document.table("lisa").rows.filter(pl.col("cluster") == "low-low")["code"].to_list()
    assert kept
    chart = charts_of(document)["lisa"]
    assert {row["code"] for row in chart.series_of("low-low-kept").rows} == set(kept)
    assert "survives the correction" in chart.title
    assert "stand out: " in space_chapter(document, "en").answers[1].says


def test_every_province_has_one_cell_and_no_cell_stands_twice(together):
    chart = charts_of(together)["lisa"]
    codes = [row["code"] for series in chart.series for row in series.rows]
    assert len(codes) == len(set(codes)) == 34


def test_space_is_left_out_without_weights():
    regions = regions_of(closing(0.02), weights={})
    assert list(space_tables(regions)) == []
    document = document_of(regions)
    assert space_chapter(document, "zh") is None
    assert "moran" not in charts_of(document)


def test_no_chart_claims_a_sampling_error(together):
    for language in ("zh", "en"):
        for chart in charts_of(together, language).values():
            assert chart.uncertainty.value == "no published error"
            assert "so no interval is given" not in chart.evidence_line or chart.key == "densities"


@pytest.mark.parametrize(("preset", "language"), [(WIDE, "en"), (NARROW, "zh")])
def test_every_picture_can_be_drawn(together, preset, language):
    for chart in charts_of(together, language).values():
        assert draw(chart, preset).save("svg", whole=False)


def test_a_users_variable_brings_its_own_name_and_unit():
    regions = regions_of(
        closing(0.02) / 1e5, label=Words("指数", "Score"), unit="index 0-1", price_base="",
        is_embedded=False,
    )  # fmt: skip
    document = document_of(regions)
    chart = charts_of(document)["beta"]
    assert "score" in chart.subtitle
    assert chart.source == "Source: The user's own figures"
    assert chart.axes["x"].unit == "index, 0–1"
    assert draw(chart, WIDE).save("svg")


def test_signs_and_p_values_in_words():
    assert [sign_of(*ends) for ends in ((-2, -1), (1, 2), (-1, 1))] == [
        "falling", "rising", "unclear",
    ]  # fmt: skip
    assert (p_value(0.0004), p_value(0.034), p_words(0.034)) == ("<0.001", "0.034", "=0.034")


def test_the_embedded_study_declares_its_regions():
    settings = embedded_study()
    tables = load_tables(settings, Path.cwd())
    regions = study_regions(settings.regions, tables, settings.seed)
    assert len(regions.codes) == 31
    assert regions.years == tuple(range(2013, 2025))
    assert set(regions.weights) == {"border", "distance"}
    bad = RegionSettings(data="provinces", variable="incme_pc_all", start=2013, end=2024)
    with pytest.raises(InputError, match="Did you mean"):
        study_regions(bad, tables, 1)
    few = RegionSettings(data="provinces", variable="income_pc_all", start=2022, end=2024)
    with pytest.raises(InputError, match="10 years"):
        study_regions(few, tables, 1)
