import re
from importlib.resources import files

import polars as pl
import pytest

from gongfu.core import InputError
from gongfu.data import (
    excluded_cells,
    exclusion_line,
    find_variable,
    load_china,
    load_china_national,
    load_dictionary,
    load_secondary,
    load_sources,
    quality_table,
    require_one_vintage,
    second_copy_share,
    translate_term,
)
from gongfu.data.embedded import read_embedded, read_embedded_folder
from gongfu.data.flags import DOUBT_WORDS, explain_notes, is_doubtful, load_notes
from gongfu.data.yearbook import load_cells

TABLES = ["provinces", "national", "secondary"]
LOADERS = {
    "provinces": load_china,
    "national": load_china_national,
    "secondary": load_secondary,
}
SIX_MEGABYTES = 6 * 1024 * 1024


def test_provincial_panel_has_31_provinces_and_14_years():
    panel = load_china()
    assert len(panel.units) == 31
    assert (panel.units[0], panel.units[-1]) == ("11", "65")
    assert sorted(panel.frame["year"].unique()) == list(range(2011, 2025))


def test_units_carry_names_in_both_languages():
    panel = load_china()
    assert (panel.label("54", "zh"), panel.label("54", "en")) == ("西藏", "Xizang")
    assert load_china_national().label("CN", "zh") == "全国"


def test_published_figures_come_back_as_printed():
    panel = load_china()
    # Statistical Communiques: Sichuan 2023 income of all residents; Guangdong 2023 GDP is the
    # revised level after the fifth census
    assert panel.at("income_pc_all", 2023)["51"] == 32514
    assert panel.at("gdp", 2023)["44"] == 137905.4
    assert load_china_national().at("income_pc_all", 2023) == {"CN": 39218.0}


@pytest.mark.parametrize("table", TABLES)
def test_every_figure_has_a_dictionary_entry(table):
    assert set(load_cells(table)["variable"]) <= set(load_dictionary())


def test_every_dictionary_entry_is_used():
    stored = {name for table in TABLES for name in load_cells(table)["variable"].unique()}
    of_zones = {"income_pc"}
    assert set(load_dictionary()) - stored == of_zones


def test_every_entry_is_complete_and_translated():
    for entry in load_dictionary().values():
        assert entry.zh, entry.name
        assert entry.en, entry.name
        assert entry.definition.endswith("."), entry.name
        assert entry.definition_zh.endswith("。"), entry.name
        assert re.search(r"[\u4e00-\u9fff]", entry.zh), entry.name
        assert not re.search(r"[\u4e00-\u9fff]", entry.en + entry.definition), entry.name
        assert entry.source in load_sources(), entry.name
        for term in (entry.unit, entry.theme, entry.price_base, entry.vintage):
            assert translate_term(term, "zh") or not term


def test_kinds_and_aggregations_are_known_and_agree():
    for entry in load_dictionary().values():
        assert entry.kind in {"flow", "stock", "rate", "mean", "index", "count", "rule"}
        assert entry.aggregation in {"sum", "population_mean", "none"}
        if entry.aggregation == "sum":
            assert entry.kind in {"flow", "stock", "count"}, entry.name


def test_money_says_its_prices():
    for entry in load_dictionary().values():
        if "yuan" in entry.unit:
            assert entry.price_base, entry.name


def test_labels_are_unique():
    entries = load_dictionary().values()
    assert len({entry.zh for entry in entries}) == len(entries)
    assert len({entry.en for entry in entries}) == len(entries)


def test_a_typo_is_answered_with_the_nearest_variable():
    with pytest.raises(InputError, match="Did you mean 'income_pc_rural'"):
        find_variable("income_pc_rurall")


@pytest.mark.parametrize("table", TABLES)
def test_doubtful_cells_are_left_out_and_listed(table):
    kept, everything = LOADERS[table](), LOADERS[table](include_doubtful=True)
    left_out = excluded_cells(table)
    assert left_out.height > 0
    assert kept.frame.height + left_out.height == everything.frame.height
    assert left_out.filter(pl.col("reason") == "").is_empty()
    in_kept = left_out.join(kept.frame, on=["variable", "unit", "year"])
    assert in_kept.is_empty()


@pytest.mark.parametrize("table", TABLES)
def test_exclusion_line_states_the_counts_in_both_languages(table):
    left_out, total = excluded_cells(table).height, load_cells(table).height
    for language in ("zh", "en"):
        line = exclusion_line(table, language=language)
        assert str(left_out) in line
        assert str(total) in line


@pytest.mark.parametrize("word", DOUBT_WORDS)
def test_doubt_is_read_from_the_words_in_any_case(word):
    assert is_doubtful(f"a {word.upper()} cell")
    assert is_doubtful(f"{word.capitalize()}: cell")
    assert not is_doubtful("a published figure")


def test_every_doubtful_note_carries_its_word_as_a_flag():
    for note in load_notes().iter_rows(named=True):
        assert note["doubtful"] == is_doubtful(note["flag"]), note["id"]


def test_a_cell_is_doubtful_if_one_of_its_notes_is():
    cells = pl.DataFrame({"note": ["", "on-post", "on-post spike"]})
    explained = explain_notes(cells, "en")
    assert explained["doubtful"].to_list() == [False, False, True]
    assert explained["note"][2].startswith("Isolated jump")


def test_every_note_is_used_and_known():
    used = {
        name
        for table in (
            read_embedded_folder("provinces"),
            read_embedded_folder("provinces_secondary"),
            read_embedded("national.csv"),
        )
        for ids in table["note"].unique()
        for name in ids.split()
    }
    of_zones = {"zone-difference"}
    assert used | of_zones == set(load_notes()["id"])


def test_mixed_definitions_of_2011_and_2012_are_out():
    assert load_china().years("income_pc_rural") == list(range(2013, 2025))


def test_unverified_pension_amounts_are_out():
    name = "statutory_rural_basic_pension_minimum_unverified"
    assert name not in load_china_national().names
    kept = load_china_national(include_doubtful=True).select(name)
    assert set(kept.frame["evidence"]) == {"assumed"}


def test_recovered_rural_income_is_observed_and_says_how():
    rural = load_china().select("income_pc_rural").frame.filter(pl.col("year") > 2020)
    assert set(rural["evidence"]) == {"observed"}
    assert rural["note"].str.starts_with("Recovered from published urban income").all()


@pytest.mark.parametrize("name", ["years_schooling_6plus", "tertiary_share_6plus"])
def test_figures_computed_from_samples_are_tagged_estimated(name):
    cells = load_china().select(name).frame
    assert set(cells["evidence"]) == {"estimated"}


def test_notes_come_in_chinese_on_request():
    note = load_china(language="zh").select("mobile_base_stations").frame["note"][0]
    assert note.startswith("各代基站之和")


def test_main_and_secondary_figures_never_share_a_cell():
    joined = load_china(include_doubtful=True).join(load_secondary(include_doubtful=True))
    assert joined.frame.height == 39498 + 3730


def test_vintages_are_not_mixed():
    both = load_china().join(load_secondary())
    assert require_one_vintage(both, "gdp", "gdp_secondary", "gdp_index") == "5th economic census"
    with pytest.raises(InputError, match="another vintage") as refused:
        require_one_vintage(both, "gdp", "gdp_secondary_yearbook", "population")
    assert len(refused.value.problems) == 2


def test_what_may_not_be_redistributed_is_absent():
    for table in TABLES:
        names = "\n".join(load_cells(table)["variable"].unique())
        assert not re.search("pku|dfi|ceads|meic", names)


def test_embedded_files_stay_small_and_are_utf8_text():
    root = files("gongfu.data").joinpath("china")
    size = 0
    for folder in (root, root.joinpath("provinces"), root.joinpath("provinces_secondary")):
        for file in folder.iterdir():
            if file.is_file():
                data = file.read_bytes()
                size += len(data)
                data.decode("utf-8")
                assert b"\r" not in data
    assert size < SIX_MEGABYTES


def test_embedded_files_name_no_place_where_a_copy_was_read():
    root = files("gongfu.data").joinpath("china")
    for name in ("notes.csv", "variables.csv", "sources.csv", "national.csv"):
        assert "github" not in root.joinpath(name).read_text("utf-8").lower()


def test_quality_counts_add_up():
    quality = quality_table()
    possible = 31 * (quality["last_year"] - quality["first_year"] + 1)
    assert (quality["cells"] + quality["missing"] + quality["excluded"] == possible).all()
    assert quality["coverage"].is_between(0, 1).all()


def test_quality_of_rural_income_is_as_stored():
    (row,) = quality_table("provinces", "income_pc_rural").iter_rows(named=True)
    assert (row["cells"], row["excluded"], row["missing"]) == (372, 62, 0)


def test_share_of_figures_with_a_second_copy_is_stated_truthfully():
    # 7,147 of 39,498 cells
    assert second_copy_share() == pytest.approx(7147 / 39498, abs=1e-12)


def test_spread_between_copies_is_given_only_where_copies_were_compared():
    cells = load_cells("provinces")
    assert cells.filter(pl.col("copies") < 2)["spread"].null_count() == (cells["copies"] < 2).sum()
    assert cells.filter(pl.col("copies") >= 2)["spread"].null_count() == 0
