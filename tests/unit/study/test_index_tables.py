"""The indices of a study: its tables, its own trees and figures, its hash."""

import shutil
from importlib.resources import files
from pathlib import Path

import polars as pl
import pytest

from gongfu.core import InputError
from gongfu.data.index_trees import index_tree
from gongfu.data.index_values import indicator_panel
from gongfu.measure.index.build import build_index
from gongfu.study.findings import index_tables
from gongfu.study.fingerprint import study_hash
from gongfu.study.indices import study_indices
from gongfu.study.settings import IndexSettings, StudySettings
from gongfu.study.study_file import embedded_study
from gongfu.study.tables import load_tables

READY = Path(str(files("gongfu.data"))) / "indices" / "digital-economy.toml"
OWN = """schema = "gongfu/index/1"
name = "cities"
title = { zh = "城市", en = "Cities" }
[indicators.speed]
title = { zh = "网速", en = "Speed" }
unit = "Mbit/s"
direction = "+"
bounds = [0, 100]
reason = { zh = "试", en = "A test." }
source = "nobody"
[indicators.price]
title = { zh = "价格", en = "Price" }
unit = "yuan"
direction = "-"
bounds = [0, 50]
reason = { zh = "试", en = "A test." }
source = "nobody"
"""


def of_index(*, tables=None, **index):
    declared = embedded_study().model_dump(mode="json", by_alias=True)
    declared["data"] |= tables or {}
    return StudySettings.model_validate({**declared, "index": index})


def tables_of(study, folder):
    found = study_indices(study.index, load_tables(study, folder), folder)
    made = index_tables(found, study.index, study.seed)
    return {one.name: one for one in made if one is not None}


@pytest.fixture(scope="module")
def china():
    study = of_index(
        trees=["common-prosperity", "digital-economy"],
        weight_draws=3,
        normalisations=["bounds", "rank"],
        weightings=["equal"],
        aggregations=["mazziotta-pareto-", "geometric"],
    )
    return tables_of(study, Path.cwd())


def test_values_and_ranks_are_those_of_the_index_as_stated(china):
    tree = index_tree("digital-economy")
    built = build_index(indicator_panel(tree), tree)
    rows = china["index_values"].rows.filter(index="digital-economy", node="digital-economy")
    assert rows.height == 30 * 10
    for row in rows.filter(year=2023).iter_rows(named=True):
        place = (built.units.index(row["code"]), built.at(2023))
        assert row["value"] == built.index[place]
        assert row["rank"] == built.ranks[place]


def test_ranges_hold_the_stated_rank_among_all_ways(china):
    rows = china["index_ranks"].rows
    assert rows.filter(index="common-prosperity").height == 31
    for row in rows.iter_rows(named=True):
        assert row["best"] <= row["low"] <= row["high"] <= row["worst"]
        assert row["best"] <= row["stated"] <= row["worst"]


def test_money_at_regional_prices_is_one_more_choice_where_an_index_counts_money(china):
    setup = {row["index"]: row for row in china["index_setup"].rows.iter_rows(named=True)}
    assert setup["common-prosperity"]["combinations"] == 2 * (1 + 3) * 2 * 2
    assert setup["digital-economy"]["combinations"] == 2 * (1 + 3) * 2
    moves = china["index_moves"].rows.filter(choice="vintage")
    assert moves.select("index", "level").rows() == [("common-prosperity", "regional prices")]


def test_each_table_says_what_its_numbers_are(china):
    assert set(china) == {
        "index_setup", "index_values", "index_ranks", "index_moves", "index_shares",
        "index_indicators", "index_audit", "index_areas", "index_coupling",
    }  # fmt: skip
    for table in china.values():
        assert table.evidence.value == "estimated"
        assert table.uncertainty.value == "range over assumptions"
        assert "cannot be told apart" in table.note.en


def test_means_of_regions_use_the_same_provinces_in_every_year(china):
    areas = china["index_areas"].rows.filter(index="digital-economy")
    assert areas.group_by("area").agg(pl.col("units").n_unique())["units"].to_list() == [1] * 4
    assert areas.filter(year=2023)["units"].sum() == 30


def test_coupling_stands_beside_its_check(china):
    assert china["index_coupling"].rows["year"].unique().to_list() == [2022]
    check = china["index_audit"].rows.filter(check="coupling-near-one").row(0, named=True)
    assert (check["index"], check["other"]) == ("common-prosperity", "digital-economy")
    assert check["outcome"] == "found"


@pytest.fixture
def own(tmp_path):
    (tmp_path / "城市 index.toml").write_text(OWN, encoding="utf-8")
    lines = ["city,year,speed,price,extra"]
    lines += [
        f"C{i},{year},{10 * i + year - 2010},{40 - 3 * i},1"
        for i in range(5)
        for year in (2019, 2020, 2021)
    ]
    (tmp_path / "cities.csv").write_text("\n".join(lines), encoding="utf-8")
    cities = {"source": "file", "path": "cities.csv", "unit": "city", "year": "year"}
    study = of_index(tables={"cities": cities}, trees=["城市 index.toml"], data="cities")
    return study, tmp_path


def test_an_own_tree_on_own_figures(own):
    study, folder = own
    tables = tables_of(study, folder)
    ranks = tables["index_ranks"].rows
    assert ranks["code"].to_list() == ["C4", "C3", "C2", "C1", "C0"]
    assert "index_areas" not in tables
    assert "index_coupling" not in tables
    assert tables["index_setup"].source.en == "Figures of the user"


def test_every_wrong_tree_is_told_at_once(tmp_path):
    study = of_index(trees=["digital-econmy", "no.toml"])
    with pytest.raises(InputError) as caught:
        load_tables(study, tmp_path)
    told = str(caught.value)
    assert "digital-economy" in told
    assert "no.toml" in told


def test_two_indices_of_one_name_are_refused(tmp_path):
    shutil.copy(READY, tmp_path / "mine.toml")
    study = of_index(trees=["digital-economy", "mine.toml"])
    with pytest.raises(InputError, match="two indices of the study are called"):
        load_tables(study, tmp_path)


def test_a_table_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match=r"data\.figures"):
        of_index(trees=["digital-economy"], data="figures")


def test_settings_and_trees_count_in_the_hash(own):
    study, folder = own
    before = study_hash(study, folder)
    path = folder / "城市 index.toml"
    path.write_text(OWN.replace("[0, 100]", "[0, 120]"), encoding="utf-8")
    assert study_hash(study, folder) != before
    assert study.index is not None
    fewer = study.model_copy(update={"index": IndexSettings(trees=study.index.trees)})
    assert study_hash(fewer, folder) != study_hash(study, folder)
