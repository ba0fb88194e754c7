from pathlib import Path

import pytest

from gongfu.core import InputError
from gongfu.data import load_china
from gongfu.data.assumption_files import find_assumption
from gongfu.report.document import ResultDocument
from gongfu.study.run import run_study
from gongfu.study.study_file import embedded_study, load_study
from gongfu.study.why import trace

STUDY = """
schema = "gongfu/study/1"
name = "mine"
title = { zh = "甲", en = "A" }
[data.survey]
source = "rows"
path = "rows.csv"
year = "year"
[[account]]
name = "people"
title = { zh = "人", en = "People" }
data = "survey"
inequality_from = "rows"
income = "income"
start = 2020
end = 2022
"""


@pytest.fixture(scope="module")
def china() -> ResultDocument:
    return run_study(embedded_study(), Path.cwd(), only_accounts=True)


def test_an_account_is_followed_to_the_published_figures(china: ResultDocument):
    found = trace(china, "accounts/households_gini/prosperity")
    rows = {(row.variable, row.year): row.value for row in found.rows if row.unit == "CN"}
    assert rows["gini_income", 2013] == 0.473
    assert rows["income_pc_all", 2022] == 36883
    assert {used.variable.name for used in found.variables} >= {"gdp", "gdp_index"}  # real money
    assert all(used.source is not None for used in found.variables)


def test_current_prices_need_no_deflator(china: ResultDocument):
    found = trace(china, "accounts/households_gini/current prices/prosperity")
    assert {used.variable.name for used in found.variables} == {"income_pc_all", "gini_income"}


@pytest.mark.parametrize(
    ("column", "variable"),
    [("cake", "income_pc_all"), ("mean_end", "income_pc_all"), ("division", "gini_income")],
)
def test_a_mean_rests_on_incomes_and_a_division_on_the_index(
    china: ResultDocument, column: str, variable: str
):
    found = trace(china, f"accounts/households_gini/current prices/{column}")
    assert {used.variable.name for used in found.variables} == {variable}


def test_a_province_is_followed_to_its_own_figure_and_from_there_to_its_source(
    china: ResultDocument,
):
    found = trace(china, "provinces/四川/income_end")
    (row,) = found.rows
    assert row.path == "data/income_pc_all/51/2022"
    assert row.value == found.explanation.number.value
    figure = trace(china, row.path, language="zh")
    assert [one.value for one in figure.rows] == [row.value]
    assert figure.variables[0].source.publisher("zh") == "国家统计局"
    assert trace(china, "data/income_pc_all/四川/2022").rows[0].value == row.value


def test_the_division_of_a_province_rests_on_its_town_and_country(china: ResultDocument):
    found = trace(china, "provinces/51/division")
    assert {row.unit for row in found.rows} == {"51-urban", "51-rural"}
    assert {row.year for row in found.rows} == {2013, 2022}


def test_growth_of_a_fifth_rests_on_its_own_means_and_the_price_index(china: ResultDocument):
    found = trace(china, "incidence/households_quintiles/2020 prices/1")
    rows = {(row.variable, row.year): row.value for row in found.rows if row.unit == "CN"}
    lowest = "income_quintile_q1_all"
    assert rows == {(lowest, 2016): 5529.0, (lowest, 2022): 8601.0}
    used = {one.variable.name for one in found.variables}
    assert used == {lowest, "gdp", "gdp_index"}


def test_shares_and_means_of_the_fifths_rest_on_all_five(china: ResultDocument):
    for path in ("lorenz_points/households_quintiles/2/share_end", "incidence_totals"):
        found = trace(china, path)
        fifths = {one.variable.name for one in found.variables if "quintile" in one.variable.name}
        assert len(fifths) == 5, path
    published = trace(
        china, "incidence_totals/households_quintiles/current prices/published_growth"
    )
    assert {one.variable.name for one in published.variables} == {"income_pc_all"}
    assert [one.value for one in published.explanation.inputs] == [39218.0, 23820.9754]


def test_every_next_path_can_be_asked(china: ResultDocument):
    for path in ("accounts/zones/division", "divide/broadband_ports/2013/theil", "quality"):
        found = trace(china, path)
        assert found.next
        for one in found.next:
            assert trace(china, one).path


def test_notes_on_figures_are_in_the_language_asked_for(china: ResultDocument):
    path = "data/ammonia_n_emissions/11/2012"
    (en,), (zh,) = (trace(china, path, language=code).rows for code in ("en", "zh"))
    assert en.note.isascii()
    assert not zh.note.isascii()
    assert zh.value == en.value


def test_a_package_is_followed_to_its_levers_and_their_parameters(document_of_packages):
    found = trace(document_of_packages, "policy_effects/combined/prosperity")
    levers = {one.lever.name: one for one in found.levers}
    assert levers["rural_pension"].values
    names = [one.name for one in found.parameters]
    assert names[0].startswith("cost_")  # what the levers cost comes first
    assert set(names) >= {"training_effect", "data_elasticity"}
    assert f"assumption/{names[0]}" in found.next


@pytest.fixture
def document_of_packages(china: ResultDocument) -> ResultDocument:
    from dataclasses import replace

    import polars as pl

    from gongfu.core import Evidence, Uncertainty
    from gongfu.report.document import Column, ResultTable, Words

    rows = pl.DataFrame(
        {"scenario": ["combined"], "year": [2030], "effect": ["prosperity"], "value": [1.0]}
    )
    units = {"year": "year", "value": "100 x log change"}
    table = ResultTable(
        "policy_effects",
        tuple(Column(name, name, name, units.get(name, "")) for name in rows.columns),
        rows,
        Evidence.SIMULATED,
        Uncertainty.ASSUMPTIONS,
        Words("", ""),
    )
    return replace(china, tables={**china.tables, "policy_effects": table})


def test_a_parameter_says_value_range_and_source(china: ResultDocument):
    (one,) = trace(china, "assumption/adoption_speed").parameters
    assert one == find_assumption("adoption_speed")


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("assumption/adoption_sped", "adoption_speed"),
        ("data/gini_incom", "gini_income"),
        ("data/gini_income/CN/1900", "years"),
        ("data/income_pc_all/Sichuang/2022", "units such as"),
    ],
)
def test_a_wrong_path_to_a_figure_or_parameter_is_answered(china, path: str, meant: str):
    with pytest.raises(InputError, match=meant):
        trace(china, path)


def test_a_variable_lists_its_figures(china: ResultDocument):
    found = trace(china, "data/income_pc_all/51")
    assert found.all_rows == len(load_china().frame.filter(variable="income_pc_all", unit="51"))


def test_single_households_are_never_listed_and_a_lost_study_is_said(tmp_path: Path):
    (tmp_path / "mine.toml").write_text(STUDY, encoding="utf-8")
    lines = [f"{year},{income}" for year in (2020, 2022) for income in (10, 20 + year % 7, 40)]
    (tmp_path / "rows.csv").write_text("\n".join(["year,income", *lines, ""]), encoding="utf-8")
    settings, folder = load_study(tmp_path / "mine.toml")
    document = run_study(settings, folder, command="gongfu run mine.toml")
    found = trace(document, "accounts/people/cake", beside=tmp_path)
    assert found.rows == ()
    assert "single households are not listed" in found.missing.en
    lost = trace(document, "accounts/people/cake", beside=tmp_path / "elsewhere" / "far")
    assert "--study" in lost.missing.en
    assert lost.explanation == found.explanation or lost.explanation.number == (
        found.explanation.number
    )
