import json

import pandas as pd
import pyreadstat
import pytest

from gongfu.data.check import check_file


def written(folder, text, name="a.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_panel_is_described(tmp_path):
    header = "省份,年份,居民人均可支配收入（元）,备注\n"
    text = header + '四川,2020,"26,522",x\n北京,2021,75002,\n北京,2020,,\n'
    report = check_file(written(tmp_path, text))
    assert report.ok
    assert (report.format, report.encoding, report.delimiter) == ("CSV", "UTF-8", "comma")
    assert (report.shape, report.rows, report.columns) == ("wide", 3, 4)
    assert (report.regions, report.are_provinces, report.years) == (2, True, (2020, 2021))
    (income,) = report.variables
    assert (income.name, income.unit) == ("income_pc_all", "yuan per person")
    assert (income.values, income.missing, income.lowest, income.highest) == (2, 1, 26522, 75002)
    assert any("thousands" in note for note in report.warnings)
    assert any("备注" in note for note in report.warnings)


def test_rows_are_recognised_by_income_and_weight(tmp_path):
    report = check_file(written(tmp_path, "收入,权重,省份,年份\n1,2,四川,2020\n3,4,四川,2020\n"))
    assert report.ok
    assert report.shape == "rows of persons or households"
    assert [entry.name for entry in report.variables] == ["收入", "权重"]


def test_regions_by_years_with_an_income_column_are_a_panel(tmp_path):
    assert check_file(written(tmp_path, "省份,年份,income\n四川,2020,1\n")).shape == "wide"


def test_income_and_weight_can_be_named(tmp_path):
    path = written(tmp_path, "y,w\n1,2\n-3,0\n")
    report = check_file(path, income="y", weight="w")
    assert [(problem.row, problem.column) for problem in report.problems] == [(3, "y"), (3, "w")]
    assert "no column 'z'" in check_file(path, income="z").problems[0].what
    assert "no column of incomes" in check_file(path, weight="w").problems[0].what


def test_a_file_of_neither_kind_says_how_to_name_its_columns(tmp_path):
    report = check_file(written(tmp_path, "a,b\n1,2\n"))
    assert not report.ok
    assert "--unit" in report.problems[0].fix
    assert any("--income" in note for note in report.warnings)


def test_a_file_that_cannot_be_read_is_a_report_not_an_exception(tmp_path):
    report = check_file(tmp_path / "no.csv")
    assert (report.ok, report.rows, report.file) == (False, 0, str(tmp_path / "no.csv"))


def test_the_report_is_plain_json(tmp_path):
    report = check_file(written(tmp_path, "省份,年份,x\n四川,2020,inf\n四川,2021,1\n"))
    document = json.loads(json.dumps(report.to_dict(), allow_nan=False))
    assert document["ok"] is False
    assert document["problems"][0]["row"] == 2
    assert document["variables"][0]["name"] == "x"


def test_value_labels_of_survey_files_are_offered(tmp_path):
    frame = pd.DataFrame({"income": [1.0, 2.0], "area": [1, 2]})
    path = tmp_path / "a.sav"
    pyreadstat.write_sav(frame, str(path), variable_value_labels={"area": {1: "城镇", 2: "农村"}})
    assert any("城镇" in note and "area" in note for note in check_file(path).warnings)


@pytest.mark.parametrize("name", ["a.csv", "中文 目录.csv"])
def test_paths_are_shown_as_given(tmp_path, name):
    path = written(tmp_path, "省份,年份,gdp\n四川,2020,1\n", name)
    assert check_file(path).file == str(path)
