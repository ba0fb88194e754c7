from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from gongfu.cli import app as cli
from gongfu.report import write_document
from gongfu.study.run import run_study
from gongfu.study.study_file import load_study

STUDY = """
schema = "gongfu/study/1"
name = "mine"
title = { zh = "甲", en = "A" }
[data.cities]
source = "file"
path = "cities.csv"
[[account]]
name = "cities"
title = { zh = "城市间", en = "Between cities" }
data = "cities"
income = "income_pc_all"
population = "population"
start = 2020
end = 2022
"""
CITIES = """city,year,income_pc_all,population
甲,2020,100,5
甲,2022,150,6
乙,2020,300,4
乙,2022,330,4
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tmp_path = tmp_path_factory.mktemp("made")
    (tmp_path / "mine.toml").write_text(STUDY, encoding="utf-8")
    (tmp_path / "cities.csv").write_text(CITIES, encoding="utf-8")
    settings, folder = load_study(tmp_path / "mine.toml")
    write_document(run_study(settings, folder, command="gongfu run mine.toml"), tmp_path)
    return tmp_path


@pytest.fixture
def result(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture
def run(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "100")

    def run(*words: str, code: int = 0) -> str:
        with pytest.raises(SystemExit) as ended:
            cli.run(list(words))
        assert (ended.value.code or 0) == code
        spoken = capsys.readouterr()
        return spoken.out if code == 0 or "--json" in words else spoken.err

    return run


def test_verify_says_what_it_compared(run, result: Path):
    assert "逐位相等" in run("verify", str(result), "--lang", "zh")
    data = json.loads(run("verify", str(result), "--json"))["data"]
    assert data["recomputed"]
    assert data["unequal_within_tolerance"] == 0
    quick = run("verify", str(result), "--quick")
    assert "No number was recomputed" in quick


def test_a_changed_digit_ends_with_code_6_and_names_the_cell(run, result: Path):
    file = result / "result.json"
    text = file.read_text(encoding="utf-8")
    place = text.index('"gini", 2020, 2022') + len('"gini", 2020, 2022')
    dot = text.index("0.", place)
    digit = str((int(text[dot + 2]) + 1) % 10)
    file.write_text(text[: dot + 2] + digit + text[dot + 3 :], encoding="utf-8")
    said = run("verify", str(result), code=6)
    assert "table account" in said
    assert "column" in said
    answer = json.loads(run("verify", str(result), "--json", code=6))
    assert not answer["ok"]
    problem = answer["data"]["problems"][0]
    assert problem["row"] == 1
    assert problem["expected"] != problem["found"]


def test_why_prints_the_chain_in_both_languages(run, result: Path):
    said = run("why", str(result), "accounts/cities/prosperity")
    for part in ("Equation (E26)", "= cake + division", "Made again by", "gongfu run mine.toml"):
        assert part in said
    assert "方程 (E26)" in run("why", str(result), "accounts/cities", "--lang", "zh")
    data = json.loads(run("why", str(result), "accounts/cities", "--json"))["data"]
    assert data["explanation"]["equation"]["tag"] == "E26"
    assert data["rows"][0]["variable"] == "income_pc_all"


def test_why_alone_lists_the_tables(run, result: Path):
    assert "accounts  (2 rows)" in run("why", str(result))
    tables = json.loads(run("why", str(result), "--json"))["data"]["tables"]
    assert {"accounts", "account_paths"} <= {one["table"] for one in tables}


def test_text_of_a_result_commands_nothing_to_the_terminal(run, result: Path):
    file = result / "result.json"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("EDE = mean", r"\u001b[31m[bold]EDE"), encoding="utf-8")
    said = run("why", str(result), "accounts/cities/cake")
    assert "[bold]EDE" in said
    assert "\x1b" not in said


def test_a_wrong_path_ends_with_code_3_and_what_was_meant(run, result: Path):
    assert "Did you mean 'cities'?" in run("why", str(result), "accounts/citis", code=3)
