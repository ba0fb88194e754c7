"""The chapter on simulated packages: words, tables and charts follow the ranges."""

import polars as pl
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from gongfu.core import Evidence
from gongfu.report.chart import Chart
from gongfu.report.charts import build_charts
from gongfu.report.charts.winners import CLASSES
from gongfu.report.document import ResultDocument
from gongfu.report.figures import NARROW, WIDE, draw
from gongfu.report.page.background import glossary, limits
from gongfu.report.page.policies import policies_of
from gongfu.report.policies import focus_year, packages_of, policy_prices


def in_effects(with_rows, **changes: pl.Expr) -> ResultDocument:
    return with_rows("policy_effects", **changes)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_there_is_no_chapter_without_simulated_packages(without, language: str):
    plain = without("policy_effects", "policy_groups", "policy_setup")
    assert policies_of(plain, language) is None
    assert len(limits(plain, language)) == 7
    assert not {"Baseline", "基准"} & {term for term, _ in glossary(plain, language)}


def test_texts_speak_of_the_tenth_year_in_prices_of_the_base_year(document: ResultDocument):
    assert focus_year(document) == 2034
    assert policy_prices(document, "en") == "2024 prices"
    chapter = policies_of(document, "en")
    assert chapter is not None
    assert "2025–2036 in 2024 prices" in chapter.lead


def test_a_short_simulation_is_told_by_its_last_year(with_rows):
    short = with_rows("policy_effects", keep=pl.col("horizon") <= 4)
    assert focus_year(short) == 2028


def test_sentences_are_hedged_and_follow_the_range(document: ResultDocument):
    chapter = policies_of(document, "en")
    assert chapter is not None
    together, training, surtax = (sentence for _, sentence in chapter.sentences)
    assert "Under the model's assumptions, the simulation shows" in together
    assert "5.7 log points above the baseline in 2034 (+5.9%" in together
    assert "range over assumptions +4.9 to +6.7" in together
    assert "whether its division is more or less equal cannot be told (−0.10)" in training
    assert "0.80 log points below the baseline" in surtax


def test_a_range_that_holds_zero_is_never_told_as_a_rise_or_fall(with_rows):
    unclear = in_effects(
        with_rows, low=pl.lit(-1.0), high=pl.lit(1.0), verdict=pl.lit("cannot tell")
    )
    for language, words in (("zh", "无法判断"), ("en", "cannot tell")):
        chapter = policies_of(unclear, language)
        assert chapter is not None
        assert all(words in sentence for _, sentence in chapter.sentences)
        cells = [cell for row in chapter.summary.rows for cell in row[1:-1]]
        assert all(cell.endswith(words) for cell in cells)


def test_effects_without_draws_say_that_there_is_no_range(with_rows):
    nothing = pl.lit(None, dtype=pl.Float64)
    drawless = in_effects(with_rows, low=nothing, high=nothing, verdict=pl.lit("cannot tell"))
    chapter = policies_of(drawless, "en")
    assert chapter is not None
    assert "no draws, no range" in chapter.sentences[0][1]
    assert "no draws, no range" in chapter.summary.rows[0][1]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_effect_names_its_unit_and_shows_its_range(document: ResultDocument, language: str):
    chapter = policies_of(document, language)
    assert chapter is not None
    assert all("(" in head or "（" in head for head in chapter.summary.heads[1:-1])
    assert chapter.summary.rows[0][1].split("\n")[0] == "+2.4"
    assert chapter.summary.rows[1][-2] == "0"  # no cost in any draw: there is no range to show
    assert len(chapter.years.rows) == 3 * 4


def test_how_sure_names_draws_and_households_only_where_they_are_known(
    document: ResultDocument, without
):
    chapter, plain = policies_of(document, "en"), policies_of(without("policy_setup"), "en")
    assert chapter is not None
    assert plain is not None
    assert "5,000 household records and 2,500 enterprises" in chapter.doubts[0]
    assert chapter.doubts[1:] == plain.doubts
    for said in ("do not add up", "assumed", "No published outcome", "ageing", "gongfu simulate"):
        assert any(said in doubt for doubt in plain.doubts)


def test_names_lose_what_follows_a_colon_unless_two_would_be_the_same(
    document: ResultDocument, with_rows
):
    names = [one.name for one in packages_of(document, "en")]
    assert names == ["All together", "Training (invented)", "Surtax (invented)"]
    same = pl.concat_str(pl.lit("Plan: "), pl.col("scenario"))
    names = [one.name for one in packages_of(in_effects(with_rows, label_en=same), "en")]
    assert names[0] == "Plan: all-together"


def test_every_policy_table_is_tagged_as_simulated(document: ResultDocument):
    tables = [table for name, table in document.tables.items() if name.startswith("policy_")]
    assert {table.evidence for table in tables} == {Evidence.SIMULATED}


def test_a_package_stands_where_its_cake_household_share_and_division_put_it(
    en: dict[str, Chart],
):
    chart = en["plane_policies"]
    row = chart.series_of("all-together").rows[0]
    assert row["x"] == pytest.approx(2.6)  # float rounding of a sum
    assert row["x_low"] < row["x"] < row["x_high"]
    assert row["x"] + row["y"] == pytest.approx(row["prosperity"])  # the account adds up
    assert {line.slope for line in chart.references} == {-1.0}


def test_titles_count_only_what_the_whole_range_shows(en: dict[str, Chart], with_rows):
    assert "1 of 3 packages" in en["plane_policies"].title
    wide = in_effects(with_rows, low=pl.lit(-9.0), high=pl.lit(9.0))
    assert "0 of 3 packages" in build_charts(wide, "en")["plane_policies"].title


def test_groups_stand_by_harm_below_all_people_and_their_classes_add_up(en: dict[str, Chart]):
    *classes, verdicts = en["winners"].series
    assert [series.key for series in classes] == list(CLASSES)
    labels = [row["label"] for row in verdicts.rows]
    assert labels[:2] == ["All people", "Highest fifth"]
    assert labels[-1] == "Lowest fifth"
    for i in range(len(labels)):
        whole = sum(series.rows[i]["x"] for series in classes)
        assert whole == pytest.approx(1.0)  # float rounding of five shares
    losers = [sum(series.rows[i]["x"] for series in classes[:2]) for i in range(1, len(labels))]
    assert losers == sorted(losers, reverse=True)


def test_every_verdict_is_said_in_words(zh: dict[str, Chart], en: dict[str, Chart]):
    for charts, known in ((zh, {"受益", "无法判断"}), (en, {"gains", "cannot tell"})):
        assert {row["words"] for row in charts["winners"].series[-1].rows} == known


def test_a_group_unknown_to_the_catalogue_keeps_its_name(with_rows):
    named = with_rows("policy_groups", group=pl.lit("farmers"))
    rows = build_charts(named, "en")["winners"].series[-1].rows
    assert {row["label"] for row in rows} == {"farmers"}


def test_the_band_of_a_package_holds_its_line_in_every_year(en: dict[str, Chart]):
    for series in en["policy_paths"].series:
        assert len(series.rows) == 12
        assert all(row["y_low"] <= row["y"] <= row["y_high"] for row in series.rows)


def test_further_packages_stand_behind_the_first_with_bars_of_full_length(
    document: ResultDocument,
):
    chapter = policies_of(document, "zh")
    assert chapter is not None
    assert [one.key for one in chapter.winners] == ["training", "surtax"]
    for package in chapter.winners:
        for group in package.groups:
            # Five widths rounded to a hundredth of a percent.
            assert sum(width for _, width in group.bar) == pytest.approx(100, abs=0.03)


@pytest.mark.parametrize("preset", [WIDE, NARROW])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_names_of_packages_cover_neither_each_other_nor_the_points(
    zh: dict[str, Chart], en: dict[str, Chart], language: str, preset
):
    sheet = draw((zh if language == "zh" else en)["plane_policies"], preset)
    renderer = FigureCanvasAgg(sheet.figure).get_renderer()
    rows = {one.label: one.rows[0] for one in sheet.chart.series}
    names = {"".join(label.split()): label for label in rows}
    texts = {names.get("".join(text.get_text().split())): text for text in sheet.axes.texts}
    boxes = {label: texts[label].get_window_extent(renderer) for label in rows}
    for label, box in boxes.items():
        others = [other for name, other in boxes.items() if name != label]
        assert not any(box.overlaps(other) for other in others)
        for row in rows.values():
            assert not box.contains(*sheet.axes.transData.transform((row["x"], row["y"])))


def test_packages_without_draws_are_drawn_without_ranges(with_rows):
    nothing = pl.lit(None, dtype=pl.Float64)
    charts = build_charts(in_effects(with_rows, low=nothing, high=nothing), "zh")
    for key in ("plane_policies", "policy_paths"):
        assert b"<svg" in draw(charts[key], NARROW).save("svg", whole=False)
