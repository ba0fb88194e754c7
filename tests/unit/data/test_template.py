import itertools

import pytest

from gongfu.core import InputError
from gongfu.data import load_dictionary, provinces
from gongfu.data.check import check_file
from gongfu.data.headers import recognise_variable
from gongfu.data.readers import open_table, read_panel
from gongfu.data.template import TEMPLATE_VARIABLES, template_table, write_template
from gongfu.data.writing import write_csv

KINDS = list(itertools.product(["wide", "long"], ["zh", "en"]))


@pytest.mark.parametrize(("content", "language"), KINDS)
def test_a_filled_template_is_read_back_without_a_question(tmp_path, content, language):
    years = [2020, 2021]
    table = template_table(content, years=years, language=language)
    filled = table.with_columns(table[table.columns[-1]].fill_null(50.0))
    if content == "wide":
        names = table.columns[2:]
        filled = table.with_columns(table[name].fill_null(50.0) for name in names)
    panel = read_panel(write_csv(tmp_path / "a.csv", filled))
    assert panel.names == sorted(TEMPLATE_VARIABLES)
    assert panel.years() == years
    assert len(panel.units) == len(provinces())
    assert set(panel.variables) == set(TEMPLATE_VARIABLES)


@pytest.mark.parametrize(("content", "language"), [*KINDS, ("rows", "zh"), ("rows", "en")])
@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_an_empty_template_has_nothing_wrong_but_its_emptiness(
    tmp_path, content, language, extension
):
    path = write_template(tmp_path / f"模板 1.{extension}", content, language=language)
    (problem,) = check_file(path).problems
    assert problem.what in ("no cell holds a value", "only a header, no rows below it")


def test_every_header_a_template_can_have_is_recognised():
    for language in ("zh", "en"):
        names = [name for name, entry in load_dictionary().items() if entry.kind != "rule"]
        headers = template_table(variables=names, language=language).columns[2:]
        read = [recognise_variable(header) for header in headers]
        assert [head.name for head in read] == names
        assert not any(head.other_unit for head in read)


def test_a_workbook_explains_each_column_with_a_published_example(tmp_path):
    path = write_template(tmp_path / "a.xlsx", variables=["income_pc_all"], language="en")
    notes = open_table(path, sheet="notes").frame
    row = notes.row(0, named=True)
    assert row["name"] == "income_pc_all"
    assert row["unit"] == "yuan per person"
    assert row["meaning"] == load_dictionary()["income_pc_all"].definition
    assert row["example"].startswith("Beijing 20")


def test_a_template_has_the_same_bytes_each_time(tmp_path):
    first = write_template(tmp_path / "a.xlsx").read_bytes()
    assert write_template(tmp_path / "b.xlsx").read_bytes() == first


def test_unknown_variables_formats_and_existing_files_are_refused(tmp_path):
    with pytest.raises(InputError, match="income_pc_all"):
        write_template(tmp_path / "a.csv", variables=["income_pc_al"])
    with pytest.raises(InputError, match=r"template\.xlsx"):
        write_template(tmp_path / "a.doc")
    write_template(tmp_path / "a.csv")
    with pytest.raises(InputError, match="exists"):
        write_template(tmp_path / "a.csv")
