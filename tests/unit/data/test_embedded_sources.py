import json

import pytest
import typer
from typer.testing import CliRunner

from gongfu.cli.data_embedded import cite as cite_command
from gongfu.cli.data_embedded import list_variables, show_variable
from gongfu.core import InputError
from gongfu.data import cite, find_source, load_dictionary, load_sources


@pytest.fixture
def commands():
    app = typer.Typer()
    app.command("list")(list_variables)
    app.command("show")(show_variable)
    app.command("cite")(cite_command)
    return lambda *words: CliRunner().invoke(app, list(words), catch_exceptions=False)


def test_a_variable_is_cited_by_its_source():
    assert cite("income_pc_all", language="zh") == cite("nbs", language="zh")
    assert cite("nbs", language="zh").startswith("国家统计局. ")
    assert cite("digital_economy_size_caict").startswith("China Academy")


def test_bibtex_has_author_title_and_address():
    text = cite("nbs", style="bibtex")
    assert text.startswith("@misc{nbs,")
    assert text.count("{") == text.count("}")
    for field in ("author", "title", "howpublished", "note"):
        assert f"  {field} = " in text


@pytest.mark.parametrize("name", ["pku_dfiic", "ceads", "meic"])
def test_papers_to_cite_stand_in_the_citation(name):
    assert find_source(name).citation in cite(name)


def test_every_source_states_terms_in_both_languages():
    for source in load_sources().values():
        assert source.terms("zh").endswith("。")
        assert source.terms("en").endswith(".")
        assert source.url.startswith("http")


def test_an_unknown_source_is_answered_with_the_nearest():
    with pytest.raises(InputError, match="Did you mean 'nbs'"):
        find_source("nbss")


def test_list_finds_variables_by_part_of_a_label(commands):
    result = commands("list", "可支配收入", "--lang", "zh", "--json")
    names = [row["name"] for row in json.loads(result.stdout)["data"]["variables"]]
    assert names == ["income_pc_all", "income_pc_rural", "income_pc_urban"]


def test_list_says_how_many_figures_are_left_out(commands):
    assert "doubtful and left out" in commands("list", "income").stderr


def test_show_gives_meaning_source_and_values_of_a_province(commands):
    shown = json.loads(commands("show", "gdp", "--place", "四川", "--json").stdout)["data"]
    assert shown["definition"] == load_dictionary()["gdp"].definition
    assert shown["source"] == "National Bureau of Statistics of China"
    assert [cell["year"] for cell in shown["values"]] == list(range(2011, 2025))
    assert {cell["place"] for cell in shown["values"]} == {"Sichuan"}


def test_show_marks_doubtful_values(commands):
    result = commands("show", "income_pc_rural", "--place", "51", "--year", "2011")
    assert "6,505 ?" in result.stdout
    assert "doubtful" in result.stderr


def test_show_prints_values_of_a_year_as_text(commands):
    result = commands("show", "population", "--year", "2024", "--lang", "zh")
    assert "年末常住人口" in result.stdout
    assert "12,780" in result.stdout
    assert "万人" in result.stdout


def test_show_takes_the_nation_when_only_it_has_the_variable(commands):
    shown = json.loads(commands("show", "gini_income", "--json").stdout)["data"]
    assert shown["table"] == "national"
    assert shown["values"][-1]["value"] == 0.465


def test_cite_prints_the_citation_and_the_terms(commands):
    result = commands("cite", "gdp")
    assert result.stdout.strip() == cite("nbs")
    assert "name it as the source" in result.stderr
