"""The commands and programs of the how-to page run as they stand."""

import re
import shlex
from pathlib import Path

import polars as pl
import pyreadstat
import pytest

from gongfu.cli.app import run

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "own-data.md").read_text("utf-8")
COMMANDS = [
    line
    for block in re.findall(r"```\n(gongfu .*?)```", PAGE, re.DOTALL)
    for line in block.splitlines()
]
PROGRAMS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("provinces.csv").write_text("省份,年份,gdp\n四川,2020,48598.8\n", encoding="utf-8")
    Path("cities.csv").write_text("city,year,income\n甲市,2020,1\n乙市,2020,2\n", encoding="utf-8")
    rows = pl.DataFrame(
        {"income": [100.0, 200, 300, 500], "weight": [1.0, 2, 1, 1], "area": [1.0, 1, 2, 2]}
    )
    rows.write_csv("survey.csv")
    pyreadstat.write_dta(rows.to_pandas(), "survey.dta")


def test_the_page_has_commands_and_programs():
    assert (len(COMMANDS), len(PROGRAMS)) == (4, 2)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_page_ends_well(folder, command):
    with pytest.raises(SystemExit) as done:
        run(shlex.split(command)[1:])
    assert done.value.code == 0


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.filterwarnings("ignore::gongfu.data.readers.ReadingNote")
def test_every_program_of_the_page_runs(folder, capsys, program):
    exec(compile(program, "own-data.md", "exec"), {})
    assert capsys.readouterr().out
