import pytest

from gongfu.core import Evidence, InputError
from gongfu.data import load_china, load_dictionary, load_zones
from gongfu.data.readers import ReadingNote, read_panel
from gongfu.data.writing import write_csv, write_parquet


def written(folder, text, name="panel.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def cells(panel):
    return {(unit, year, name): value for unit, year, name, value, *_ in panel.frame.iter_rows()}


def problems_of(path, **options):
    with pytest.raises(InputError) as refused:
        read_panel(path, **options)
    return refused.value.problems


EXPECTED = {
    ("51", 2020, "gdp"): 48599.0,
    ("51", 2021, "gdp"): 53851.0,
    ("11", 2020, "gdp"): 36103.0,
    ("11", 2021, "gdp"): 40270.0,
}


@pytest.mark.parametrize(
    ("text", "options"),
    [
        (
            "省份,年份,gdp\n四川,2020,48599\n四川省,2021年,53851\n北京,2020,36103\nBeijing,2021,40270\n",
            {},
        ),
        (
            "region,year,地区生产总值（亿元）\nSichuan,2020,48599\n51,2021,53851\n"
            "北京市,2020,36103\nCN-BJ,2021,40270\n",
            {},
        ),
        ("省份,2020年,2021年\n四川,48599,53851\n北京,36103,40270\n", {"variables": ["gdp"]}),
        (
            "指标,地区,2020,2021\n地区生产总值,四川,48599,53851\n地区生产总值,北京,36103,40270\n",
            {},
        ),
        (
            "地区,年度,指标,数值\n四川,2020,GDP,48599\n四川,2021,gdp,53851\n"
            "北京,2020,地区生产总值,36103\n北京,2021,地区生产总值(亿元),40270\n",
            {},
        ),
        (
            "a,b,gdp\n四川,2020,48599\n四川,2021,53851\n北京,2020,36103\n北京,2021,40270\n",
            {"unit": "a", "year": "b"},
        ),
    ],
    ids=["wide", "wide en", "years as columns", "years and variables", "long", "named columns"],
)
def test_every_usual_arrangement_gives_the_same_panel(tmp_path, text, options):
    panel = read_panel(written(tmp_path, text), **options)
    assert cells(panel) == EXPECTED
    assert panel.variables["gdp"] == load_dictionary()["gdp"]
    assert panel.label("51", "zh") == "四川"
    assert set(panel.frame["evidence"]) == {Evidence.OBSERVED.value}


def test_the_name_of_the_file_can_say_the_variable(tmp_path):
    path = written(tmp_path, "省份,2020,2021\n四川,48599,53851\n北京,36103,40270\n", "gdp.csv")
    assert cells(read_panel(path)) == EXPECTED


def test_years_as_columns_need_a_variable(tmp_path):
    (problem,) = problems_of(written(tmp_path, "省份,2020,2021\n四川,1,2\n"))
    assert "--variable" in problem.fix


def test_our_own_panels_come_back_as_they_were(tmp_path):
    china = load_china().select("income_pc_all", "population")
    write_csv(tmp_path / "wide.csv", china.wide())
    write_parquet(
        tmp_path / "long.parquet", china.frame.select("unit", "year", "variable", "value")
    )
    for name in ("wide.csv", "long.parquet"):
        assert cells(read_panel(tmp_path / name)) == cells(china)


def test_zones_keep_their_names(tmp_path):
    zones = load_zones().select("income_pc")
    write_csv(tmp_path / "zones.csv", zones.wide())
    assert cells(read_panel(tmp_path / "zones.csv")) == cells(zones)


def test_all_published_figures_pass_the_checks(tmp_path):
    china = load_china()
    write_parquet(tmp_path / "all.parquet", china.frame.select("unit", "year", "variable", "value"))
    assert cells(read_panel(tmp_path / "all.parquet")) == cells(china)


def test_cities_and_counties_are_allowed_as_they_are(tmp_path):
    path = written(tmp_path, "城市,年份,gdp\n杭州市,2020,1\n 宁波市 ,2020,2\n吉林,2020,3\n")
    panel = read_panel(path)
    assert panel.units == ["吉林", "宁波市", "杭州市"]
    assert panel.label("吉林", "en") == "吉林"


def test_empty_cells_have_no_row(tmp_path):
    panel = read_panel(written(tmp_path, "省份,年份,gdp\n四川,2020,\n北京,2020,1\n"))
    assert cells(panel) == {("11", 2020, "gdp"): 1.0}


def test_own_variables_are_kept_with_a_note(tmp_path):
    path = written(tmp_path, "省份,年份,数字乡村指数\n四川,2020,0.5\n")
    with pytest.warns(ReadingNote, match="数字乡村指数 is not in the dictionary"):
        panel = read_panel(path)
    assert cells(panel) == {("51", 2020, "数字乡村指数"): 0.5}
    assert not panel.variables


def test_columns_of_remarks_are_left_out_with_a_note(tmp_path):
    path = written(tmp_path, "省份,年份,gdp,备注\n四川,2020,1,初步数\n")
    with pytest.warns(ReadingNote, match="备注"):
        assert read_panel(path).names == ["gdp"]


def test_wanted_variables_are_kept_and_missing_ones_named(tmp_path):
    path = written(tmp_path, "省份,年份,gdp,population\n四川,2020,1,2\n")
    assert read_panel(path, variables=["population"]).names == ["population"]
    (problem,) = problems_of(path, variables=["populaton"])
    assert "population" in problem.fix


def test_what_is_wrong_in_a_column_that_is_not_wanted_does_not_matter(tmp_path):
    path = written(tmp_path, "省份,年份,gdp,城镇居民恩格尔系数,popu\n四川,2020,1,150%,x2\n")
    assert cells(read_panel(path, variables=["gdp"])) == {("51", 2020, "gdp"): 1.0}
    assert "gdp" in problems_of(path, variables=["gpd"])[0].expected


def test_all_problems_are_listed_with_row_and_column(tmp_path):
    path = written(
        tmp_path,
        "省份,年份,居民人均可支配收入,常住人口城镇化率\n"
        "四川,1800,1,50\n"
        "四川,20200,1,50\n"
        ",2020,1,50\n"
        "四川,,1,50\n"
        "四川,二零,1,50\n"
        "四穿,2020,1,50\n"
        "全国,2020,1,50\n"
        "四川,2020,-1,50\n"
        "Sichuan,2020,1,50\n"
        "四川,2021,inf,50\n"
        "四川,2022,1,150\n"
        "四川,2023,1,62%\n"
        '"=1+1",2023,1,50\n',
    )
    problems = problems_of(path)
    assert {(p.row, p.column) for p in problems} >= {
        (2, "年份"),
        (3, "年份"),
        (4, "省份"),
        (5, "年份"),
        (6, "年份"),
        (7, "省份"),
        (8, "省份"),
        (9, "居民人均可支配收入"),
        (11, "居民人均可支配收入"),
        (12, "常住人口城镇化率"),
        (13, "常住人口城镇化率"),
        (14, "省份"),
    }
    by_row = {problem.row: problem for problem in problems}
    assert "四川" in by_row[7].fix
    assert "nation" in by_row[8].what
    assert "row 9" in by_row[10].found
    assert all(problem.fix and problem.file for problem in problems)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("省份,地区,年份,gdp\n四川,成都,2020,1\n", "2 columns could hold the region"),
        ("省份,年份,年度,gdp\n四川,2020,2020,1\n", "2 columns could hold the year"),
        ("省份,年份,指标\n四川,2020,gdp\n", "no column of values"),
        ("省份,指标,数值\n四川,gdp,1\n", "no column of years"),
        ("provnce,年份,gdp\n四川,2020,1\n", "no column of regions"),
        ("省份,年份,2020,2021\n四川,2020,1,2\n", "years stand both"),
        ("省份,年份,备注\n四川,2020,好\n", "no cell holds a value"),
        ("省份,年份,gdp,地区生产总值\n四川,2020,1,2\n", "stands twice"),
        ("省份,年份,指标,数值\n四川,2020,gdp,1\n四川,2020,,2\n", "name of the variable is missing"),
        ("省份,年份,incme_pc_all\n四川,2020,1\n", "no variable has this name"),
        ("省份,年份,地区生产总值（万元）\n四川,2020,1\n", "the header says 万元"),
        ("省份,1800年\n四川,1\n", "the year cannot be right"),
    ],
)
def test_columns_that_cannot_be_told_apart_are_refused(tmp_path, text, words):
    problems = problems_of(written(tmp_path, text, "gdp.csv"))
    assert words in problems[0].what
    assert problems[0].fix


def test_the_nearest_header_is_offered(tmp_path):
    (problem,) = problems_of(written(tmp_path, "provnce,year,gdp\n四川,2020,1\n"))
    assert "'provnce'" in problem.fix
    assert "'province'" in problem.fix


def test_shape_can_be_forced(tmp_path):
    path = written(tmp_path, "省份,年份,数值\n四川,2020,1\n")
    assert "no column of variables" in problems_of(path, shape="long")[0].what
    with pytest.warns(ReadingNote, match="数值"):
        assert read_panel(path, shape="wide").names == ["数值"]


def test_net_incomes_and_balances_may_be_negative_but_gross_incomes_not(tmp_path):
    text = "省份,年份,income_pc_property_all,urban_employee_pension_fund_balance\n四川,2020,-1,-2\n"
    assert len(cells(read_panel(written(tmp_path, text)))) == 2
    (problem,) = problems_of(written(tmp_path, "省份,年份,income\n四川,2020,-1\n"))
    assert "0 or more" in problem.expected
