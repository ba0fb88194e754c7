"""What the how-to page on questions shows runs as it stands."""

import re
import shlex
import tomllib
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from docx import Document

from gongfu.cli.app import run
from gongfu.explain.chain.expressions import FUNCTIONS, parse_formula
from gongfu.study.explain_settings import ExplainSettings

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "ask-a-question.md").read_text("utf-8")


def block(kind: str) -> str:
    (found,) = re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)
    return found


def test_the_python_example_runs(capsys):
    exec(compile(block("python"), "ask-a-question.md", "exec"), {})
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_the_study_block_is_what_a_study_file_may_say():
    settings = ExplainSettings.model_validate(tomllib.loads(block("toml"))["explain"])
    assert settings.question[0].threshold == "log(gdp_per_capita)"


def test_the_page_names_every_function_of_a_formula():
    for name in FUNCTIONS:
        assert f"`{name}(" in PAGE or f"{name}(" in PAGE
    assert parse_formula("lag(log(ratio(gdp, population)))").names == ("gdp", "population")


def test_the_first_command_turns_a_csv_into_a_word_table(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rng = np.random.default_rng(1)
    unit, year = (a.ravel() for a in np.meshgrid(range(12), range(2011, 2019), indexing="ij"))
    x = rng.random(96) + unit / 20
    pl.DataFrame(
        {"城市": [f"市{i}" for i in unit], "年份": year, "数字": x, "收入": np.exp(9 + x)}
    ).with_columns(pl.col("收入") * np.exp(rng.normal(size=96) / 10)).write_csv("panel.csv")
    line = next(one for one in PAGE.splitlines() if one.startswith("gongfu explain panel.csv"))
    with pytest.raises(SystemExit) as ended:
        run(shlex.split(line)[1:])
    assert not ended.value.code
    written = sorted(path.name for path in Path("out").iterdir())
    assert written == [f"tables.zh.{kind}" for kind in ("docx", "html", "md", "tex", "xlsx")]
    assert len(Document("out/tables.zh.docx").tables) >= 1
