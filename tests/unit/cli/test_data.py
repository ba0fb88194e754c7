import json

import pytest

from gongfu.cli.app import run
from gongfu.data.readers import open_table


def gongfu(capsys, *words):
    """Run one command in this process; return its exit code, output and error output."""
    code = 0
    try:
        run(list(map(str, words)))
    except SystemExit as done:
        code = done.code or 0
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture
def panel(tmp_path):
    path = tmp_path / "各省 收入.csv"
    text = "省份,年份,居民人均可支配收入（元）,数字指数\n四川,2020,26522,0.4\n北京,2020,69434,0.6\n"
    path.write_text(text, encoding="utf-8-sig")
    return path


@pytest.mark.parametrize("width", [60, 160])
def test_check_says_what_was_recognised_at_any_width(capsys, monkeypatch, panel, width):
    monkeypatch.setenv("COLUMNS", str(width))
    code, out, err = gongfu(capsys, "data", "check", panel)
    assert code == 0
    assert max(map(len, out.splitlines())) <= width
    for words in ("CSV, UTF-8 with mark, comma", "2 provinces", "2020", "income_pc_all", "69,434"):
        assert words in out
    assert "数字指数 is not in the dictionary" in err


def test_check_as_json_is_one_document(capsys, panel):
    code, out, err = gongfu(capsys, "data", "check", panel, "--json")
    document = json.loads(out)
    assert (code, err) == (0, "")
    assert document["schema"] == "gongfu/data-check/1"
    assert document["data"]["variables"][0]["highest"] == 69434
    assert document["warnings"]


def test_check_of_a_bad_file_prints_what_it_could_read_and_exits_with_3(capsys, panel):
    panel.write_text("省份,年份,gdp\n四川,2020,x\n北京,2020,5\n", encoding="utf-8")
    code, out, err = gongfu(capsys, "data", "check", panel)
    assert code == 3
    assert "problems 问题: 1" in out
    assert f"{panel}, row 2, column gdp" in err


def test_check_of_a_bad_file_as_json_is_one_error_document(capsys, panel):
    panel.write_text("省份,年份,gdp\n四川,2020,x\n北京,2020,5\n", encoding="utf-8")
    code, out, _ = gongfu(capsys, "data", "check", panel, "--json")
    document = json.loads(out)
    assert (code, document["ok"], document["schema"]) == (3, False, "gongfu/error/1")
    assert document["data"]["problems"][0]["row"] == 2


def test_check_takes_the_columns_it_is_given(capsys, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a,b,c,d\n四川,2020,1,2\n", encoding="utf-8")
    named = ("--unit", "a", "--year", "b", "--variable", "c")
    code, out, _ = gongfu(capsys, "data", "check", path, *named, "--json")
    assert code == 0
    assert [entry["name"] for entry in json.loads(out)["data"]["variables"]] == ["c"]
    code, out, _ = gongfu(capsys, "data", "check", path, "--income", "c", "--weight", "d")
    assert code == 0
    assert "rows of persons" in out


def test_template_writes_once_and_again_only_when_forced(capsys, tmp_path):
    path = tmp_path / "模板.xlsx"
    code, out, err = gongfu(capsys, "data", "template", path, "--year", 2020, "--variable", "gdp")
    assert (code, out.strip()) == (0, str(path))
    assert "gongfu data check" in err
    table = open_table(path, sheet="数据").frame
    assert table.columns == ["省份", "年份", "地区生产总值（亿元）"]
    assert gongfu(capsys, "data", "template", path)[0] == 3
    code, out, _ = gongfu(capsys, "data", "template", path, "--force", "--lang", "en", "--json")
    assert code == 0
    assert json.loads(out)["schema"] == "gongfu/data-template/1"
    assert open_table(path, sheet="data").frame.columns[0] == "province"


def test_a_wrong_option_is_a_mistake_of_usage(capsys, panel):
    assert gongfu(capsys, "data", "check", panel, "--shape", "round")[0] == 2
    assert gongfu(capsys, "data", "template")[0] == 2


@pytest.mark.parametrize(
    ("words", "schema"),
    [
        (("list",), "gongfu/variables/1"),
        (("show", "income_pc_all", "--year", "2020"), "gongfu/variable/1"),
        (("cite",), "gongfu/citation/1"),
    ],
)
def test_embedded_figures_are_listed_shown_and_cited(capsys, words, schema):
    code, out, _ = gongfu(capsys, "data", *words, "--json")
    assert (code, json.loads(out)["schema"]) == (0, schema)
    assert gongfu(capsys, "data", *words)[0] == 0
