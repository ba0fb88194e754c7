import math
from dataclasses import replace
from itertools import pairwise

import polars as pl
import pytest

from gongfu.core import InputError
from gongfu.report.accounts import account_name, main_account
from gongfu.report.chart import Chart
from gongfu.report.charts import build_charts
from gongfu.report.document import Column, ResultDocument
from gongfu.report.findings import headline
from gongfu.report.page.accounts import accounts_grid
from gongfu.report.regions import regions
from gongfu.report.words import part_label

ALL = {
    "plane",
    "waterfall",
    "tiles",
    "ranking",
    "plane_provinces",
    "ratios",
    "inequality",
    "dagum",
    "nested",
    "gap",
    "plane_policies",
    "winners",
    "incidence_policies",
    "policy_paths",
}
POLICIES = {"plane_policies", "winners", "incidence_policies", "policy_paths"}


def test_a_full_document_gives_every_chart_in_both_languages(
    zh: dict[str, Chart], en: dict[str, Chart]
):
    assert set(zh) == set(en) == ALL
    assert zh["plane"].language == "zh"


@pytest.mark.parametrize(
    ("table", "lost"),
    [
        ("account_paths", {"plane"}),
        ("account_parts", {"waterfall"}),
        ("provinces", {"tiles", "ranking", "plane_provinces", "ratios"}),
        ("inequality", {"inequality"}),
        ("dagum", {"dagum"}),
        ("nested", {"nested"}),
        ("gap", {"gap"}),
        ("policy_effects", POLICIES),
        ("policy_groups", {"winners", "incidence_policies"}),
    ],
)
def test_a_missing_table_costs_only_its_own_charts(without, table: str, lost: set[str]):
    assert set(build_charts(without(table), "en")) == ALL - lost


def test_lines_of_equal_prosperity_have_slope_minus_one_and_round_levels(zh: dict[str, Chart]):
    lines = zh["plane"].references
    assert {line.slope for line in lines} == {-1.0}
    levels = [100 * math.expm1(line.intercept) for line in lines]
    assert [round(level, 6) for level in levels] == [0, 20, 40, 60, 80, 100, 120]
    assert lines[1].short == "+20%"


def test_the_plane_shows_accounts_in_the_prices_of_the_main_one_only(with_rows):
    other = pl.when(pl.col("account") == "provinces").then(pl.lit("current prices"))
    price = other.otherwise(pl.col("price")).alias("price")
    chart = build_charts(with_rows("accounts", price), "en")["plane"]
    assert [series.key for series in chart.series] == ["zones", "households_gini"]


def test_an_account_over_other_years_says_so(with_rows):
    later = pl.when(pl.col("account") == "provinces").then(2015).otherwise(pl.col("start"))
    chart = build_charts(with_rows("accounts", later.alias("start")), "en")["plane"]
    assert chart.series_of("provinces").label.endswith("2015–2024")
    assert chart.series_of("zones").label.endswith("Gini")


def test_waterfall_steps_join_up_and_end_at_prosperity(zh: dict[str, Chart]):
    rows = zh["waterfall"].series[0].rows
    cake, division, whole = (row for row in rows if row["role"] == "total")
    parts = [row for row in rows if row["role"] != "total"]
    for before, after in pairwise(parts):
        assert after["start"] == pytest.approx(before["end"])  # float rounding of sums
    assert cake["value"] + division["value"] == pytest.approx(whole["value"])  # same
    assert sum(part["value"] for part in parts) == pytest.approx(whole["value"])  # same


def test_the_waterfall_explains_the_first_index_whose_two_terms_have_parts(zh: dict[str, Chart]):
    # The made-up document splits the Gini's division only, the Atkinson index' both terms.
    assert "阿特金森" in zh["waterfall"].subtitle


def test_tile_map_has_all_regions_and_hatches_those_without_figures(zh: dict[str, Chart]):
    cells = zh["tiles"].series[0].rows
    assert {cell["code"] for cell in cells} == set(regions())
    hatched = {cell["code"] for cell in cells if cell["hatched"]}
    assert hatched == {"71", "81", "82"}
    places = [(cell["row"], cell["column"]) for cell in cells]
    assert len(set(places)) == len(places)


def test_regions_that_are_no_provinces_are_ranked_but_not_mapped(with_rows):
    code = pl.concat_str(pl.lit("county-"), pl.col("code")).alias("code")
    charts = build_charts(with_rows("provinces", code), "en")
    assert "tiles" not in charts
    assert charts["ranking"].series[0].rows[0]["label"].startswith("county-")
    assert {series.key for series in charts["plane_provinces"].series} == {"other"}


def test_ranking_runs_from_highest_to_lowest_and_leaves_out_missing_figures(with_rows):
    growth = pl.when(pl.col("code") != "11").then(pl.col("growth")).alias("growth")
    rows = build_charts(with_rows("provinces", growth), "en")["ranking"].series[0].rows
    values = [row["growth"] for row in rows]
    assert values == sorted(values, reverse=True)
    assert len(rows) == 30
    assert "11" not in {row["code"] for row in rows}


def test_parts_of_a_decomposition_add_up_to_its_total_in_every_year(en: dict[str, Chart]):
    for key in ("dagum", "nested"):
        *_, total = en[key].twin.columns
        for row in en[key].twin.rows:
            assert sum(row[1:-1]) == pytest.approx(row[-1]), total.key  # float rounding


def test_every_number_drawn_stands_in_the_table_twin(en: dict[str, Chart]):
    drawn = {row["y"] for series in en["inequality"].series for row in series.rows}
    assert drawn == {row[2] for row in en["inequality"].twin.rows}


def test_titles_follow_the_numbers(with_rows, en: dict[str, Chart]):
    assert en["plane_provinces"].title.startswith("30 of 31")
    all_up = build_charts(with_rows("provinces", pl.lit(0.02).alias("division")), "en")
    assert all_up["plane_provinces"].title.startswith("All 31")
    none_up = build_charts(with_rows("provinces", pl.lit(-0.02).alias("division")), "en")
    assert none_up["plane_provinces"].title.startswith("0 of 31")


def test_the_headline_says_years_prices_inequality_and_error(document: ResultDocument):
    words = headline(document, "en")
    for expected in ("2013–2024", "2020 prices", "Gini 0.338 to 0.289", "91%", "no error"):
        assert expected in words
    for expected in ("2013–2024年", "2020年价格", "基尼系数由0.338变为0.289", "未附误差"):
        assert expected in headline(document, "zh")


@pytest.mark.parametrize(
    ("value", "words"),
    [(-0.05, "less equal"), (0.0, "hardly changed"), (0.05, "more equal")],
)
def test_the_headline_follows_the_sign_of_the_division(with_rows, value: float, words: str):
    assert words in headline(with_rows("accounts", pl.lit(value).alias("division")), "en")


def test_a_falling_cake_is_said_to_fall(with_rows):
    words = headline(with_rows("accounts", pl.lit(-0.1).alias("cake")), "zh")
    assert "人均收入减少9.5%" in words


def test_sampled_accounts_speak_of_sampling_error(document: ResultDocument):
    table = document.table("accounts")
    rows = table.rows.with_columns(
        evidence=pl.lit("estimated"), uncertainty=pl.lit("sampling"), cake_error=pl.lit(0.012)
    )
    described = (
        *table.columns,
        Column("evidence", "证据", "Evidence"),
        Column("uncertainty", "不确定性", "Uncertainty"),
        Column("cake_error", "标准误", "Standard error", "log change"),
    )
    sampled = replace(
        document,
        tables={**document.tables, "accounts": replace(table, columns=described, rows=rows)},
    )
    assert "carry sampling error" in headline(sampled, "en")
    assert accounts_grid(sampled, "en").rows[0][3] == "+64.7 ± 1.2 (+91%)"


def test_the_gap_is_that_of_the_account_explained_where_the_main_one_has_none(
    document: ResultDocument,
):
    meta = replace(document.meta, main_account="households_gini")
    spoken = build_charts(replace(document, meta=meta), "en")
    assert spoken["gap"].subtitle.startswith("Between urban and rural zones")
    assert "equal (Atkinson, ε = 1 0.180 to 0.131)" in headline(replace(document, meta=meta), "en")


@pytest.mark.parametrize(("division", "better"), [(0.03, "all 3"), (0.01, "0 of 3")])
def test_only_clear_changes_count_as_fairer_where_no_error_is_published(
    with_rows, division: float, better: str
):
    changed = with_rows("accounts", pl.lit(division).alias("division"))
    assert better in build_charts(changed, "en")["plane"].title


def test_a_short_name_is_used_unless_two_accounts_share_it(document: ResultDocument):
    assert account_name(document, "zones", "en") == "Between urban and rural zones"
    assert account_name(document, "households_gini", "en") == "Between households (published Gini)"
    assert account_name(document, "unknown", "en") == "unknown"


def test_a_main_account_that_does_not_exist_is_named_with_the_nearest(document: ResultDocument):
    wrong = replace(document, meta=replace(document.meta, main_account="zone"))
    with pytest.raises(InputError, match="'zones'"):
        main_account(wrong)


def test_an_index_without_words_is_refused_with_the_known_ones(with_rows):
    with pytest.raises(InputError, match="atkinson_1"):
        accounts_grid(with_rows("accounts", pl.lit("atkinson1").alias("index")), "en")


def test_a_part_is_named_by_its_row_before_the_catalogue(document: ResultDocument):
    assert part_label({"part": "urban_rural"}, "en") == "Urban–rural within provinces"
    assert part_label({"part": "growth_x", "part_en": "Growth of X"}, "en") == "Growth of X"
    with pytest.raises(InputError, match="no words for the part"):
        part_label({"part": "growth_x"}, "en")
