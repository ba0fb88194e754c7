from __future__ import annotations

import json

import numpy as np
import polars as pl
import pytest
import typer

from gongfu.cli import app as cli
from gongfu.cli.measure import app as measure

SPEC = """
schema = "gongfu/deprivations/1"
name = "needs"
title = { zh = "基本需要", en = "Needs" }
k = 0.5
[indicators.room]
title = { zh = "住房", en = "Room" }
below = 12
[indicators.net]
title = { zh = "上网", en = "Internet" }
one_of = ["no"]
"""


@pytest.fixture
def file(tmp_path):
    rng = np.random.default_rng(31)
    place = tmp_path / "住户 调查.csv"
    pl.DataFrame(
        {
            "收入": rng.lognormal(10, 0.8, 300).round(2),
            "room": rng.uniform(5, 40, 300).round(1),
            "net": rng.choice(["yes", "no"], 300),
            "weight": rng.uniform(1, 5, 300).round(3),
            "stratum": np.repeat([1, 2, 3], 100),
            "village": np.repeat(np.arange(30), 10),
            "area": rng.choice(["城镇", "[red]rural"], 300),
        }
    ).write_csv(place)
    return str(place)


@pytest.fixture
def spec(tmp_path):
    place = tmp_path / "needs.toml"
    place.write_text(SPEC, encoding="utf-8")
    return str(place)


@pytest.fixture
def files(file, spec):
    return file, spec


@pytest.fixture
def run(monkeypatch):
    app = typer.Typer()
    app.add_typer(measure, name="measure")
    monkeypatch.setattr(cli, "app", app)

    def run(*words: str, width: int = 100) -> int:
        monkeypatch.setenv("COLUMNS", str(width))
        with pytest.raises(SystemExit) as ended:
            cli.run(["measure", *words])
        return ended.value.code or 0

    return run


DESIGN = ["--weight", "weight", "--strata", "stratum", "--psu", "village"]


def commands(file, spec):
    return {
        "poverty": ["poverty", file, "--income", "收入", "--line", "60%median"],
        "polarisation": ["polarisation", file, "--income", "收入", "--groups", "net"],
        "top-tail": ["top-tail", file, "--income", "收入", "--top", "10"],
        "deprivation": ["deprivation", file, "--spec", spec],
    }


@pytest.mark.parametrize("width", [60, 160])
@pytest.mark.parametrize("name", ["poverty", "polarisation", "top-tail", "deprivation"])
def test_tables_are_readable_at_any_width(name, width, files, run, capsys):
    code = run(*commands(*files)[name], *DESIGN, "--by", "area", width=width)
    lines = capsys.readouterr().out.splitlines()
    assert code == 0
    cells = [sum(2 if ord(letter) > 0x2E80 else 1 for letter in line) for line in lines]
    assert max(cells) <= width
    assert any("[red]rural" in line for line in lines)
    assert "…" not in "".join(lines)


@pytest.mark.parametrize("name", ["poverty", "polarisation", "top-tail", "deprivation"])
def test_json_has_every_estimate_with_error_and_evidence(name, file, spec, run, capsys):
    assert run(*commands(file, spec)[name], *DESIGN, "--year", "2024", "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == f"gongfu/{name}/1"
    for found in document["data"]["estimates"]:
        assert found["standard_error"] >= 0
        assert found["evidence"] == "estimated"
        assert found["year"] == 2024
        assert "30 PSUs" in found["convention"]


def test_poverty_says_line_error_and_convention(file, spec, run, capsys):
    run(*commands(file, spec)["poverty"], *DESIGN, "--line", "15000", "--by", "area")
    out = " ".join(capsys.readouterr().out.split())
    assert "Poverty line (60%median) 贫困线" in out
    assert "Headcount (15000) 贫困发生率" in out
    assert "line at 60 % of the median of all rows, estimated with its error" in out
    assert "Shares of groups in poverty 各组占贫困的份额" in out


def test_deprivation_says_its_rules_and_the_other_cutoffs(file, spec, run, capsys):
    run(*commands(file, spec)["deprivation"], *DESIGN, "--by", "area")
    out = " ".join(capsys.readouterr().out.split())
    assert "room: weight 0.5, deprived when room below 12" in out
    assert "net: weight 0.5, deprived when net is no" in out
    assert "Other cut-offs 其他临界值" in out
    assert "of 1 pairs of groups" in out


def test_tail_plot_has_a_line_per_top_share(file, run, capsys):
    run("top-tail", file, "--income", "收入", "--top", "10")
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    tops = [words[0] for words in lines if len(words) == 7 and words[2].startswith("(")]
    assert tops[:3] == ["30", "25", "20"]


def test_a_threshold_that_was_looked_for_is_said(file, run, capsys):
    run("top-tail", file, "--income", "收入")
    assert "was looked for" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["poverty", "FILE", "--income", "收入", "--line", "60%medan"], "no poverty line"),
        (["poverty", "FILE", "--income", "收人", "--line", "1"], "no column '收人'"),
        (["deprivation", "FILE", "--spec", "none.toml"], "no such deprivation file"),
        (["top-tail", "FILE", "--income", "收入", "--top", "0"], "between 0 and 100"),
        (["polarisation", "FILE", "--income", "收入", "--alpha", "2"], "alpha lies between"),
    ],
)
def test_mistakes_are_told_without_a_traceback(words, message, file, run, capsys):
    code = run(*(file if word == "FILE" else word for word in words))
    assert code == 3
    assert message in capsys.readouterr().err


def test_inequality_takes_the_names_of_the_new_measures(file, run, capsys):
    names = [
        "headcount(60%median)",
        "fgt(3,15000)",
        "wolfson",
        "der(0.5)",
        "hill(10)",
        "hill(>9e4)",
    ]
    words = [word for name in names[:5] for word in ("--measure", name)]
    assert run("inequality", file, "--income", "收入", *words) == 0
    assert "of the rows measured" in " ".join(capsys.readouterr().out.split())
    assert run("inequality", file, "--income", "收入", "--measure", names[5]) == 3


@pytest.mark.parametrize(
    ("name", "lang"), [("poverty", "zh"), ("deprivation", "en"), ("top-tail", "zh")]
)
def test_figure_comes_with_its_numbers_in_its_language(name, lang, files, tmp_path, run):
    place = tmp_path / f"图 {name}.svg"
    words = [*commands(*files)[name], *DESIGN, "--figure", str(place), "--lang", lang]
    assert run(*words, "--json") == 0
    assert place.read_text("utf-8").lstrip().startswith("<")
    assert (tmp_path / f"图 {name}.svg.csv").stat().st_size > 100
    chart = json.loads((tmp_path / f"图 {name}.svg.json").read_text("utf-8"))
    assert chart["language"] == lang
    assert chart["title"]
    assert run(*words) == 3  # it exists


def test_figure_of_poverty_by_group_has_a_curve_each(files, tmp_path, run, capsys):
    place = tmp_path / "tip.svg"
    run(*commands(*files)["poverty"], *DESIGN, "--by", "area", "--figure", str(place), "--json")
    document = json.loads(capsys.readouterr().out)
    assert sorted(document["data"]["tip"]) == ["[red]rural", "城镇"]


def test_more_groups_than_colours_are_refused(files, tmp_path, run, capsys):
    place = tmp_path / "tip.svg"
    words = [*commands(*files)["poverty"], "--measure", "headcount", "--by", "village"]
    code = run(*words, "--figure", str(place))
    assert code == 3
    assert "too many groups" in capsys.readouterr().err
    assert not place.exists()


def test_a_figure_of_nothing_is_refused(tmp_path, run, capsys):
    rows, spec, place = tmp_path / "few.csv", tmp_path / "a.toml", str(tmp_path / "a.svg")
    pl.DataFrame(
        {"income": [5.0, 5.0, 5.0, 9.0], "room": [20, 30, 40, 50], "net": ["no"] * 4}
    ).write_csv(rows)
    spec.write_text(SPEC.replace("k = 0.5", "k = 1"), encoding="utf-8")
    assert run("deprivation", str(rows), "--spec", str(spec), "--figure", place) == 3
    assert "nobody is poor" in capsys.readouterr().err
    tail = ["top-tail", str(rows), "--income", "income", "--threshold", "4", "--figure", place]
    assert run(*tail) == 3
    assert "too few different incomes" in capsys.readouterr().err
