from __future__ import annotations

import json

import numpy as np
import polars as pl
import pytest
import typer

from gongfu.cli import app as cli
from gongfu.cli.measure import app as measure
from gongfu.measure.divide import divide

RNG = np.random.default_rng(11)
PEOPLE = pl.DataFrame(
    {
        "上网": (RNG.random(120) < 0.6).astype(int),
        "收入": RNG.lognormal(10, 0.6, 120).round(0),
        "w": RNG.uniform(1, 4, 120).round(2),
        "area": RNG.choice(["城镇", "[red]乡村"], 120),
        "year": np.repeat([2020, 2022], 60),
    }
)
FIRMS = pl.DataFrame(
    {
        "firm": ["甲", "乙", "丙", "甲", "乙", "丁"],
        "sales": [50.0, 30, 20, 60, 30, 10],
        "cost": [40.0, 20, 15, 45, 22, 8],
        "market": ["云"] * 6,
        "year": [2022] * 3 + [2023] * 3,
    }
)
DEMAND = pl.DataFrame(
    {"id": ["a", "b"], "people": [100, 200], "longitude": [100.0, 100.2], "latitude": [30.0, 30.0]}
)
SUPPLY = pl.DataFrame(
    {"id": ["x", "y"], "capacity": [10, 20], "longitude": [100.1, 100.3], "latitude": [30.0, 30.0]}
)


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "数据 1"
    place.mkdir()
    for name, frame in (
        ("people", PEOPLE), ("firms", FIRMS), ("demand", DEMAND), ("supply", SUPPLY),
    ):  # fmt: skip
        frame.write_csv(place / f"{name}.csv")
    return place


@pytest.fixture
def run(monkeypatch):
    app = typer.Typer()
    app.add_typer(measure, name="measure")
    monkeypatch.setattr(cli, "app", app)

    def run(*words: object, width: int = 100) -> int:
        monkeypatch.setenv("COLUMNS", str(width))
        with pytest.raises(SystemExit) as ended:
            cli.run(["measure", *map(str, words)])
        return ended.value.code or 0

    return run


def widest(text):
    return max(sum(2 if ord(c) > 0x2E80 else 1 for c in line) for line in text.splitlines())


@pytest.mark.parametrize("width", [60, 160])
def test_tables_are_readable_at_any_width(folder, run, capsys, width):
    people, firms = folder / "people.csv", folder / "firms.csv"
    demand, supply = folder / "demand.csv", folder / "supply.csv"
    commands = [
        ["divide", people, "--outcome", "上网", "--by", "area", "--rank", "收入", "--year", "year"],
        ["market", firms, "--sales", "sales", "--firm", "firm", "--year", "year", "--rules", "all"],
        ["access", "--demand", demand, "--supply", supply, "--catchment", 30],
    ]
    for words in commands:
        assert run(*words, width=width) == 0
        assert widest(capsys.readouterr().out) <= width


def test_divide_prints_the_numbers_of_the_function_in_full(folder, run, capsys):
    run("divide", folder / "people.csv", "--outcome", "上网", "--by", "area", "--weight", "w",
        "--bounds", 0, 1, "--json")  # fmt: skip
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "gongfu/divide/1"
    assert (
        document["data"] == divide(PEOPLE, "上网", by="area", weight="w", bounds=(0, 1)).to_dict()
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_divide_without_a_file_speaks_of_the_embedded_figures(run, capsys, language):
    assert run("divide", "--lang", language, width=60) == 0
    out = capsys.readouterr().out
    assert {"zh": "固定宽带用户", "en": "Fixed broadband"}[language] in out
    assert "no published error" in " ".join(out.split())
    assert widest(out) <= 60


def test_embedded_divide_of_one_indicator(run, capsys):
    run("divide", "--outcome", "software_revenue", "--json")
    data = json.loads(capsys.readouterr().out)["data"]
    assert {row["indicator"] for row in data["divide"]["rows"]} == {"software_revenue"}
    assert run("divide", "--outcome", "software_revenu") == 3
    assert "Did you mean 'software_revenue'" in capsys.readouterr().err


def test_a_file_needs_the_column_to_measure(folder, run, capsys):
    assert run("divide", folder / "people.csv", "--by", "area") == 3
    assert "--outcome" in capsys.readouterr().err


def test_a_bad_cell_is_named_by_file_and_row(folder, run, capsys):
    PEOPLE.with_columns(pl.col("上网") - 1).write_csv(folder / "bad.csv")
    assert run("divide", folder / "bad.csv", "--outcome", "上网", "--by", "area") == 3
    assert "bad.csv, row" in capsys.readouterr().err


def test_market_holds_the_rules_of_the_day_against_the_measures(folder, run, capsys):
    run("market", folder / "firms.csv", "--sales", "sales", "--market", "market", "--year", "year",
        "--rules", "us", "--on", "2015-06-01", "--json")  # fmt: skip
    rules = json.loads(capsys.readouterr().out)["data"]["rules"]
    high = {r["year"]: r for r in rules if r["rule"] == "us-2010-high"}
    # 50, 30, 20 percent: 3,800 points
    assert high[2022]["value"] == pytest.approx(3800)
    assert high[2022]["is_crossed"] is True
    assert {r["threshold"] for r in rules} == {1500, 2500}


def test_market_counts_entry_and_exit_and_carries_the_error_of_the_elasticity(folder, run, capsys):
    run("market", folder / "firms.csv", "--sales", "sales", "--firm", "firm", "--year", "year",
        "--cost", "cost", "--elasticity", 0.8, "--elasticity-error", 0.08, "--json")  # fmt: skip
    data = json.loads(capsys.readouterr().out)["data"]
    assert data["turnover"][0]["entered"] == data["turnover"][0]["left"] == 1
    markups = [e for e in data["estimates"] if e["measure"] == "markup cost-weighted"]
    for one in markups:
        assert one["standard_error"] == pytest.approx(0.1 * one["value"])


def test_a_day_that_is_none_is_refused(folder, run, capsys):
    words = ("market", folder / "firms.csv", "--sales", "sales", "--rules", "us", "--on", "2015-6")
    assert run(*words) == 3
    assert "--on is no day" in capsys.readouterr().err


def test_access_writes_every_place_once(folder, run, capsys):
    out = folder / "结果.csv"
    words = ("access", "--demand", folder / "demand.csv", "--supply", folder / "supply.csv",
             "--catchment", 30, "--decay", "steps", "--steps", "15:1,30:0.5",
             "--out", out)  # fmt: skip
    assert run(*words, "--json") == 0
    places = json.loads(capsys.readouterr().out)["data"]["places"]
    written = pl.read_csv(out)
    assert written["access"].to_list() == pytest.approx([one["access"] for one in places])
    assert run(*words) == 3
    assert run(*words, "--force") == 0


def test_zones_that_cannot_be_read_are_refused(folder, run, capsys):
    words = ("access", "--demand", folder / "demand.csv", "--supply", folder / "supply.csv",
             "--catchment", 30, "--decay", "steps", "--steps", "15;1")  # fmt: skip
    assert run(*words) == 3
    assert "such as 10:1" in capsys.readouterr().err
