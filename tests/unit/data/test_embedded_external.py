import polars as pl
import pytest

from gongfu.core import InputError, MissingPartError
from gongfu.data import load_ceads, load_meic, load_pku_dfiic

LOADERS = [load_pku_dfiic, load_ceads, load_meic]


@pytest.mark.parametrize("load", LOADERS)
def test_a_missing_copy_is_answered_with_where_to_get_it(load, tmp_path):
    for path in (None, tmp_path / "没有 这个文件.xlsx"):
        with pytest.raises(MissingPartError, match="Get it from http") as missing:
            load(path)
        assert missing.value.exit_code == 4


def test_index_is_read_from_a_chinese_encoded_copy(tmp_path):
    path = tmp_path / "数字 金融.csv"
    text = "prov_name,year,index_aggregate,coverage_breadth\n四川省,2011,40.1,2\n全国,2011,1,1\n"
    path.write_text(text, encoding="gb18030")
    panel = load_pku_dfiic(path)
    assert panel.at("dfi_index", 2011) == {"51": 40.1}
    assert panel.at("dfi_coverage", 2011) == {"51": 2.0}
    assert set(panel.frame["evidence"]) == {"estimated"}
    assert panel.frame["note"].str.contains("Free for research after registration").all()


def test_emissions_are_read_with_one_column_a_year(tmp_path):
    path = tmp_path / "ceads.csv"
    path.write_text("Province,2018,2019\nSichuan,300.5,310\nTibet,,\n", encoding="utf-8")
    panel = load_ceads(path)
    assert panel.at("co2_ceads", 2019) == {"51": 310.0}
    assert panel.variables["co2_ceads"].unit == "Mt"


def test_emissions_are_read_from_a_workbook(tmp_path):
    path = tmp_path / "meic.xlsx"
    rows = {"省份": ["重庆", "河北省"], "年份": [2020, 2020], "CO2 (Mt)": [150.5, 900.0]}
    pl.DataFrame(rows).write_excel(path)
    assert load_meic(path).at("co2_meic", 2020) == {"50": 150.5, "13": 900.0}


def test_all_problems_of_a_copy_are_reported_with_their_rows(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(
        "province,year,index_aggregate\n四川,2011,x\nNowhere,2012,2\n重庆,abc,3\n"
        "北京,2012,4\n北京市,2012,5\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError) as refused:
        load_pku_dfiic(path)
    assert [problem.row for problem in refused.value.problems] == [2, 3, 4, 6]


@pytest.mark.parametrize(
    ("header", "what"),
    [
        ("place_x,year,co2", "province"),
        ("province,when,co2", "year"),
        ("province,year,methane", "value"),
    ],
)
def test_an_unrecognised_column_is_named(tmp_path, header, what):
    path = tmp_path / "own.csv"
    path.write_text(f"{header}\n四川,2020,1\n", encoding="utf-8")
    with pytest.raises(InputError, match=f"no {what} column is recognised"):
        load_ceads(path)
