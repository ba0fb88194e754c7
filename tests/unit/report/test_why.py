from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from gongfu.core import Evidence, InputError, Uncertainty
from gongfu.report.document import Column, ResultDocument, ResultTable, Words
from gongfu.report.page.accounts import key_numbers
from gongfu.report.page.why import key_number_boxes, why_grid
from gongfu.report.why import entry_of, example_paths, find_place, table_entries, why
from gongfu.study.findings.describe import read_packaged_csv

ROOT = Path(__file__).parents[3]


def test_every_number_of_every_result_table_has_an_equation_in_both_languages():
    columns = read_packaged_csv("columns.csv")
    not_measured = {"year", "month", "start", "end", "income_year", "draws", "seed"}
    is_number = (pl.col("unit") != "") & ~pl.col("name").is_in(not_measured)
    numbers = columns.filter(is_number)
    missing = []
    for table, name in numbers.select("table", "name").iter_rows():
        entry = table_entries().get(table)
        if entry is None:
            missing.append(table)
        elif name not in entry.keys and not entry.by:
            equation = entry.equation(name, {})
            if equation is None or not (equation.words.zh and equation.words.en):
                missing.append(f"{table}.{name}")
    assert missing == []


def test_every_input_of_an_equation_is_a_column_of_a_result_table():
    rows = read_packaged_csv("columns.csv").select("table", "name").rows()
    for table, entry in table_entries().items():
        for equation in [*entry.of.values(), *filter(None, [entry.at])]:
            for one in equation.inputs:
                assert (one.table or table, one.column) in rows


def test_every_page_that_explains_a_number_exists():
    for entry in table_entries().values():
        assert (ROOT / entry.page).is_file(), entry.page


def test_every_first_row_has_a_path_that_leads_back_to_it(document: ResultDocument):
    for table, path in example_paths(document):
        place = find_place(document, path)
        assert place.path == path
        assert place.row == 0
        assert place.table.name == table.name


def test_a_short_path_takes_the_first_row_and_names_the_others(document: ResultDocument):
    accounts = document.table("accounts").rows
    name = accounts["account"][0]
    found = why(document, f"accounts/{name}/cake")
    assert found.number.value == accounts["cake"][0]
    same = accounts.filter(pl.col("account") == name).height
    assert len(found.others) == same - 1
    assert all(why(document, path).others == () for path in found.others)


def test_prosperity_is_made_of_cake_and_division_that_add_up(document: ResultDocument):
    name = document.table("accounts").rows["account"][0]
    found = why(document, f"accounts/{name}")
    assert found.equation is not None
    assert found.equation.tag == "E26"
    cake, division = (one.value for one in found.inputs)
    # one addition in double precision
    assert cake + division == pytest.approx(found.number.value, rel=1e-12)


def test_a_number_carries_unit_years_prices_evidence_and_uncertainty(document: ResultDocument):
    row = document.table("accounts").rows.row(0, named=True)
    number = why(document, f"accounts/{row['account']}/mean_end").number
    assert number.unit == "yuan per person"
    assert number.years == str(row["end"])
    assert number.price_base == row["price"]
    table = document.table("accounts")
    assert number.evidence == table.evidence
    assert number.uncertainty == table.uncertainty


def test_a_row_that_states_its_own_evidence_overrules_the_table(with_rows):
    tagged = with_rows("inequality", evidence=pl.lit("observed"))
    assert tagged.table("inequality").evidence is Evidence.ESTIMATED
    assert why(tagged, "inequality/zones/gini").number.evidence is Evidence.OBSERVED


def test_inputs_of_a_package_come_from_the_same_package_and_year(document: ResultDocument):
    row = document.table("policy_effects").rows.filter(effect="prosperity").row(0, named=True)
    found = why(document, f"policy_effects/{row['scenario']}/{row['year']}/prosperity")
    assert found.number.spread == {"low": row["low"], "high": row["high"]}
    ways = {path.path.rpartition("/")[0].rpartition("/")[0] for path in found.inputs}
    assert ways == {f"policy_effects/{row['scenario']}/{row['year']}"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_province_may_be_named(document: ResultDocument, language: str):
    name = {"zh": "四川", "en": "sichuan"}[language]
    assert why(document, f"provinces/{name}/growth").number.path == "provinces/51/growth"


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("acounts", "'accounts'"),
        ("accounts/zone/cake", "'zones'"),
        ("accounts/zones/cak", "'cake'"),
        ("provinces/5100", "code: 11"),
        ("", "no table"),
    ],
)
def test_a_wrong_path_is_answered_with_what_was_meant(document, path: str, meant: str):
    with pytest.raises(InputError) as error:
        why(document, path)
    assert meant in str(error.value)


def test_a_year_a_name_and_a_tag_have_no_equation(document: ResultDocument):
    for column in ("start", "label_en", "price"):
        assert why(document, f"accounts/zones/{column}").equation is None


def test_a_name_with_a_slash_or_a_percent_sign_has_a_path(document: ResultDocument):
    table = ResultTable(
        "own",
        (Column("name", "名", "Name"), Column("value", "值", "Value", "index")),
        pl.DataFrame({"name": ["a/b 5%", "a"], "value": [1.0, 2.0]}),
        Evidence.OBSERVED,
        Uncertainty.UNKNOWN,
        Words("我", "me"),
    )
    own = replace(document, tables={**document.tables, "own": table})
    assert entry_of(table).keys == ("name",)
    path = "own/a%2Fb 5%25/value"
    assert why(own, path).number.value == 1.0
    assert why(own, path).number.path == path


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_key_number_of_the_page_says_why(document: ResultDocument, language: str):
    boxes = key_number_boxes(document, language)
    assert len(boxes) == len(key_numbers(document, language))
    for box in boxes:
        assert "=" in box.formula
        path = box.ask.split('"')[1]
        assert why(document, path).number.path == path


def test_every_account_of_the_page_says_why_three_times(document: ResultDocument):
    grid = why_grid(document, "en")
    assert len(grid.rows) == 3 * document.table("accounts").rows["account"].n_unique()
    assert all(why(document, row[-1]).equation is not None for row in grid.rows)
