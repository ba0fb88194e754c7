from __future__ import annotations

import json

import polars as pl
import pytest
import typer

from gongfu.cli import app as cli
from gongfu.cli.index import app as index


@pytest.fixture
def run(monkeypatch, capsys):
    app = typer.Typer()
    app.add_typer(index, name="index")
    monkeypatch.setattr(cli, "app", app)
    monkeypatch.setenv("COLUMNS", "100")

    def run(*words: str, code: int = 0) -> str:
        with pytest.raises(SystemExit) as ended:
            cli.run(["index", *words])
        assert (ended.value.code or 0) == code
        spoken = capsys.readouterr()
        return spoken.out if code == 0 or "--json" in words else spoken.err

    return run


def test_ready_trees_are_listed_and_explained(run):
    assert "digital-economy  数字经济  2014-2023" in run("list", "--lang", "zh")
    shown = run("show", "common-prosperity")
    assert "Not in it:" in shown
    assert "Urban-rural income ratio [Sharing]" in shown
    data = json.loads(run("show", "common-prosperity", "--json"))["data"]
    assert data["penalty_scale"] == [70, 130]


def test_build_ranks_the_provinces_and_says_who_has_none(run):
    lines = run("build", "digital-economy", "--year", "2023").splitlines()
    first = next(line for line in lines if line.strip().startswith("1 "))
    assert "Beijing" in first
    assert any(line.startswith("No index: Xizang (lacks ") for line in lines)
    assert "made with: bounds, equal, mazziotta-pareto-" in lines
    assert "做法: 固定上下界, 等权, mazziotta-pareto-" in run(
        "build", "digital-economy", "--lang", "zh"
    )


def test_build_as_json_carries_choices_evidence_and_gaps(run):
    data = json.loads(run("build", "digital-economy", "--json"))["data"]
    assert data["keeps_history"] is True
    assert (data["evidence"], data["uncertainty"]) == ("estimated", "range over assumptions")
    assert data["years"] == list(range(2014, 2024))
    tibet = next(unit for unit in data["units"] if unit["unit"] == "54")
    last = tibet["values"][-1]
    assert last["index"] is None
    assert last["lacks"] == ["broadband_subscribers_per_100", "ict_employment_share"]
    assert 0 < last["nodes"]["infrastructure"] < 1


def test_audit_prints_checks_with_limit_fix_and_source(run):
    shown = run("audit", "common-prosperity", "--against", "digital-economy")
    assert "[clean] overlap" in shown
    assert "[clean] ex-post-revision" in shown
    assert "[FOUND] effective-weights" in shown
    assert "see: Paruolo" in shown
    checks = json.loads(run("audit", "common-prosperity", "--json"))["data"]["checks"]
    assert {"check", "outcome", "says", "evidence", "limits", "fix", "citation"} == set(checks[0])


def test_choices_show_how_ranks_move(run):
    shown = run("choices", "digital-economy", "--year", "2023")
    assert "1664 ways of building it: a range over choices, not a confidence interval" in shown
    data = json.loads(run("choices", "digital-economy", "--json"))["data"]
    assert data["without_index"] == ["54"]
    assert set(data["shares"]) == {"normalisation", "weighting", "aggregation"}
    assert len(data["ranks"]) == 30


def test_coupling_comes_with_its_warning(run):
    shown = run("coupling", "digital-economy", "common-prosperity", "--lang", "zh")
    assert "[发现] coupling-near-one" in shown
    data = json.loads(run("coupling", "digital-economy", "common-prosperity", "--json"))["data"]
    assert data["year"] == 2022
    assert all(row["low"] <= row["median"] <= row["high"] for row in data["coordination"])


def test_a_users_tree_and_table(run, tmp_path):
    tree, table = tmp_path / "自有 指数.toml", tmp_path / "数据 表.csv"
    tree.write_text(
        """
        schema = "gongfu/index/1"
        name = "own"
        title = { zh = "自有", en = "Own" }
        aggregation = "arithmetic"
        [indicators.alpha]
        title = { zh = "甲", en = "[red]Alpha" }
        unit = "1"
        direction = "+"
        bounds = [0, 10]
        reason = { zh = "因为", en = "because" }
        source = "nobody"
        """,
        encoding="utf-8",
    )
    pl.DataFrame({"unit": ["x", "y"], "year": [2020, 2020], "alpha": [2.0, 7.5]}).write_csv(table)
    data = json.loads(run("build", str(tree), "--data", str(table), "--json"))["data"]
    values = {unit["unit"]: unit["values"][0]["index"] for unit in data["units"]}
    assert values == {"x": 0.2, "y": 0.75}
    assert "[red]Alpha" in run("show", str(tree))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("build", "digital-ecnomy"), "Did you mean 'digital-economy'?"),
        (("build", "nowhere.toml"), "no such index file"),
        (("build", "digital-economy", "--year", "2030"), "2014 to 2023"),
        (("coupling", "digital-economy", "common-prosperity", "--year", "2023"), "2014 to 2022"),
    ],
)
def test_mistakes_are_explained(run, words, says):
    assert says in run(*words, code=3)


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (["build", "common-prosperity", "--year", "2020"], "Shanghai stands highest"),
        (["choices", "digital-economy", "--weight-draws", "2"], "staying in the top 10"),
        (["coupling", "common-prosperity", "digital-economy"], "Coordination of"),
    ],
)
def test_a_figure_stands_beside_its_numbers_and_specification(run, tmp_path, words, title):
    path = tmp_path / "图 1.svg"
    run(*words, "--figure", str(path))
    chart = json.loads((tmp_path / "图 1.svg.json").read_text("utf-8"))
    assert title in chart["title"]
    assert path.read_bytes().startswith(b"<?xml")
    assert len((tmp_path / "图 1.svg.csv").read_text("utf-8-sig").splitlines()) >= 31
    assert "--force" in run(*words, "--figure", str(path), code=3)


def test_choices_as_json_count_the_drawn_weights_as_one_level(run):
    data = json.loads(run("choices", "digital-economy", "--weight-draws", "3", "--json"))["data"]
    assert data["weight_draws"] == 3
    assert data["choices"]["weighting"][-1] == "drawn"
    assert data["combinations"] == 4 * (4 + 3) * 4
