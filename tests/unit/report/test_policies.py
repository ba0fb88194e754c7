"""The chapter on simulated packages: words, tables and charts follow the ranges."""

import polars as pl
import pytest

from gongfu.core import Evidence
from gongfu.report.document import ResultDocument
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
