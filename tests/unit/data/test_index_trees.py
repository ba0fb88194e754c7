from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from gongfu.core import InputError, Panel
from gongfu.data.index_trees import (
    index_tree,
    index_tree_schema,
    load_index_trees,
    read_index_tree,
)
from gongfu.data.index_values import indicator_panel
from gongfu.data.prices import national_deflator
from gongfu.data.sources import load_sources
from gongfu.data.yearbook import load_china, load_secondary

GOOD = """
schema = "gongfu/index/1"
name = "own"
title = { zh = "自有", en = "Own" }
[nodes.wealth]
title = { zh = "富裕", en = "Wealth" }
[indicators.income]
title = { zh = "收入", en = "Income" }
parent = "wealth"
unit = "yuan per person"
direction = "+"
bounds = [0, 90000]
reason = { zh = "因为", en = "because" }
source = "survey"
[indicators.ratio]
title = { zh = "比", en = "Ratio" }
unit = "ratio"
direction = "-"
bounds = [1, 4]
inequality = true
reason = { zh = "因为", en = "because" }
source = "survey"
"""


@pytest.fixture
def write(tmp_path):
    def write(text: str) -> str:
        place = tmp_path / "自有 指数.toml"
        place.write_text(text, encoding="utf-8")
        return str(place)

    return write


def problems(write, text) -> list:
    with pytest.raises(InputError) as caught:
        read_index_tree(write(text))
    return list(caught.value.problems)


def test_a_file_is_read(write):
    tree = read_index_tree(write(GOOD))
    assert tree.children("own")[0].name == "wealth"
    ratio = tree.indicators[1]
    assert (ratio.parent, ratio.variable, ratio.is_inequality) == ("own", "ratio", True)
    assert (tree.normalisation, tree.weighting, tree.aggregation) == (
        "bounds",
        "equal",
        "mazziotta-pareto-",
    )


def test_a_byte_order_mark_is_no_problem(tmp_path):
    place = tmp_path / "own.toml"
    place.write_bytes("\ufeff".encode() + GOOD.encode())
    assert read_index_tree(place).name == "own"


def test_every_problem_is_reported_at_once_with_the_nearest_name(write):
    text = (
        GOOD.replace('parent = "wealth"', 'parent = "welth"')
        .replace('direction = "-"', 'direction = "down"')
        .replace("bounds = [1, 4]", "bounds = [4, 1]")
        .replace("inequality = true", "inequalty = true")
        .replace('source = "survey"\n[ind', 'weight = -1\nsource = "survey"\n[ind')
        .replace('title = { zh = "自有"', 'normalisation = "min-mx"\ntitle = { zh = "自有"')
    )
    found = problems(write, text)
    said = "\n".join(str(one) for one in found)
    assert "no such parent" in said
    assert "Did you mean 'wealth'?" in said
    assert "Did you mean 'inequality'?" in said
    assert "Did you mean 'min-max'?" in said
    assert "indicators.ratio.direction" in said
    assert "indicators.income.weight" in said
    assert "a node without children" in said
    assert len(found) >= 6
    assert all(one.file.endswith("自有 指数.toml") for one in found)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("bounds = [1, 4]", "bounds = [4, 1]", "low < high"),
        ("bounds = [1, 4]\n", "", "no bounds"),
        ('name = "own"', 'name = "wealth"', "name stands twice"),
        ("[nodes.wealth]", '[nodes.wealth]\nparent = "wealth"', "under itself"),
        ('name = "own"', 'name = "own"\nyears = [2020, 2010]', "first year before"),
        ('name = "own"', 'name = "own"\nscore_range = [1, 0]', "low < high"),
        ('name = "own"', 'name = "own"\npenalty_scale = [-1, 0]', "0 <= low < high"),
        ('name = "own"', 'name = "own"\ndata = "china"', "no such variable"),
        ('unit = "ratio"', "unit = 1", "valid string"),
        ('source = "survey"\n[ind', "[ind", "missing"),
        ("bounds = [1, 4]", "bounds = [1, inf]", "finite"),
        ("[indicators.ratio]", "[indicators.wealth]", "name stands twice"),
        ("title", "title title", "not valid TOML"),
    ],
)
def test_each_fault_is_named(write, old, new, says):
    found = problems(write, GOOD.replace(old, new))
    assert any(says in str(one) for one in found), found


def test_children_that_weigh_nothing_together_are_a_fault(write):
    text = GOOD.replace('name = "own"', 'name = "own"\nweighting = "expert"')
    text = text.replace('parent = "wealth"', 'parent = "wealth"\nweight = 0')
    assert any("weigh nothing" in str(one) for one in problems(write, text))


def test_only_current_money_can_be_counted_at_prices_of_a_year(write):
    text = GOOD.replace('name = "own"', 'name = "own"\ndata = "china"')
    text = text.replace('parent = "wealth"', 'variable = "income_pc_all"\nparent = "wealth"')
    text = text.replace('unit = "ratio"', 'variable = "urban_rural_income_ratio"\nunit = "ratio"')
    assert read_index_tree(write(text)).data == "china"
    wrong = text.replace('unit = "ratio"', 'prices = 2020\nunit = "ratio"')
    assert any("only money" in str(one) for one in problems(write, wrong))


def test_bounds_may_be_missing_where_they_are_not_used(write):
    text = GOOD.replace('name = "own"', 'name = "own"\nnormalisation = "rank"')
    tree = read_index_tree(write(text.replace("bounds = [1, 4]\n", "")))
    assert tree.indicators[1].bounds is None


def test_a_missing_file_and_a_wrong_name_are_said(tmp_path):
    with pytest.raises(InputError, match="digital-economy"):
        read_index_tree(tmp_path / "digital-economi.toml")
    with pytest.raises(InputError, match="Did you mean 'common-prosperity'"):
        index_tree("common-prosperty")


def test_what_is_no_text_is_refused(tmp_path):
    place = tmp_path / "own.toml"
    place.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="UTF-8"):
        read_index_tree(place)


def test_the_schema_names_every_key():
    schema = index_tree_schema()
    assert {"schema", "nodes", "indicators", "penalty_scale"} <= set(schema["properties"])


class TestReadyTrees:
    @pytest.fixture(params=["digital-economy", "common-prosperity"])
    def tree(self, request):
        return index_tree(request.param)

    def test_there_are_two(self):
        assert set(load_index_trees()) == {"digital-economy", "common-prosperity"}

    def test_each_indicator_has_reason_source_and_bounds(self, tree):
        for one in tree.indicators:
            assert len(one.reason_zh) > 10
            assert len(one.reason_en) > 20
            assert one.source in load_sources()
            assert one.bounds is not None

    def test_no_indicator_is_a_total_of_the_region(self, tree):
        panel = indicator_panel(tree)
        assert all(panel.variables[name].aggregation != "sum" for name in panel.names)

    def test_every_stated_year_has_every_indicator_for_thirty_provinces(self, tree):
        panel = indicator_panel(tree)
        first, last = tree.years
        years = list(range(first, last + 1))
        for one in tree.indicators:
            values = panel.array(one.name, panel.units, years)
            assert (~np.isnan(values)).all(axis=1).sum() >= 30

    def test_what_is_not_in_it_is_said(self, tree):
        assert len(tree.missing_zh) > 50
        assert len(tree.missing_en) > 100

    def test_bounds_hold_all_but_a_few_figures(self, tree):
        panel = indicator_panel(tree)
        for one in tree.indicators:
            values = panel.select(one.name).frame["value"].to_numpy()
            low, high = one.bounds
            assert np.mean((values < low) | (values > high)) < 0.03


def test_an_intensity_is_the_ratio_of_its_figures():
    panel, china = indicator_panel(index_tree("digital-economy")), load_china()
    ports, people = china.at("broadband_ports", 2020), china.at("population", 2020)
    found = panel.at("broadband_ports_per_100", 2020)
    assert found["33"] == pytest.approx(100 * ports["33"] / people["33"])


def test_money_is_counted_at_constant_prices():
    panel, china = indicator_panel(index_tree("common-prosperity")), load_china()
    level = national_deflator(china, base_year=2020).at("51", 2015)
    assert panel.at("real_income", 2015)["51"] == pytest.approx(
        china.at("income_pc_all", 2015)["51"] / level
    )
    entry = panel.variables["real_income"]
    assert (entry.price_base, entry.unit) == ("prices of 2020", "yuan per person")
    assert panel.variables["household_share"].price_base == ""


def test_a_ratio_is_as_weak_as_its_weaker_figure():
    tree = index_tree("common-prosperity")
    cells = indicator_panel(tree).frame.group_by("variable").agg("evidence")
    kinds = {name: set(found) for name, found in cells.iter_rows()}
    assert kinds["years_of_schooling"] == {"estimated"}
    assert kinds["household_share"] == {"observed"}


def test_xizang_has_no_figure_where_none_was_published():
    panel = indicator_panel(index_tree("digital-economy"))
    assert "54" not in panel.at("ict_employment_share", 2023)
    assert "54" in panel.at("ecommerce_firm_share", 2023)


def test_a_tree_without_figures_asks_for_them(write):
    with pytest.raises(InputError, match="brings no figures"):
        indicator_panel(read_index_tree(write(GOOD)))
    frame = pl.DataFrame(
        {"unit": ["a"], "year": [2020], "incom": [1.0], "ratio": [2.0]},
    )
    panel = Panel.from_wide(frame, unit="unit", year="year")
    with pytest.raises(InputError, match="Did you mean 'incom'"):
        indicator_panel(read_index_tree(write(GOOD)), panel)


def test_a_users_own_figures_need_no_dictionary(write):
    frame = pl.DataFrame({"unit": ["a"], "year": [2020], "income": [1.0], "ratio": [2.0]})
    panel = Panel.from_wide(frame, unit="unit", year="year")
    found = indicator_panel(read_index_tree(write(GOOD)), panel)
    assert found.at("income", 2020) == {"a": 1.0}


def test_two_vintages_do_not_meet_in_one_indicator(write):
    text = GOOD.replace(
        'parent = "wealth"', 'variable = "gdp_yearbook"\nper = "gdp"\nparent = "wealth"'
    ).replace('unit = "ratio"', 'variable = "urban_rural_income_ratio"\nunit = "ratio"')
    with pytest.raises(InputError, match="vintage"):
        indicator_panel(read_index_tree(write(text)), load_china().join(load_secondary()))
