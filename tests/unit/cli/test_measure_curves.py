"""The commands of curves and decompositions, from a file to table, JSON and figure."""

from __future__ import annotations

import json

import numpy as np
import polars as pl
import pytest
import typer

from gongfu.cli import app as cli
from gongfu.cli.measure import app as measure

RNG = np.random.default_rng(77)
N = 160


@pytest.fixture(scope="module")
def file(tmp_path_factory) -> str:
    wage, rent = RNG.lognormal(9, 0.5, N), RNG.exponential(900, N)
    year = np.repeat([2018, 2023], N // 2)
    frame = pl.DataFrame(
        {
            "wage": wage.round(1),
            "rent": rent.round(1),
            "income": ((wage + rent) * np.where(year == 2023, 1.2, 1.0)).round(2),
            "skill": np.log(wage).round(3) + RNG.normal(0, 0.5, N).round(3),
            "year": year,
            "area": np.tile(["城镇", "rural"], N // 2),
            "w": RNG.uniform(1, 3, N).round(3),
            "stratum": np.tile(np.repeat([1, 2], N // 4), 2),
            "psu": np.tile(np.repeat(np.arange(16), N // 32), 2),
            "evidence": "simulated",
        }
    )
    place = tmp_path_factory.mktemp("住户") / "住户 调查.csv"
    frame.write_csv(place)
    return str(place)


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


DESIGN = ["--weight", "w", "--strata", "stratum", "--psu", "psu"]
YEARS = ["--year", "year", "--start", "2018", "--end", "2023"]
FEW = ["--replications", "5"]
COMMANDS = {
    "incidence": ["--income", "income", *YEARS, *DESIGN, "--panel", "--line", "8000"],
    "dominance": ["--income", "income", "--by", "year", "--first", "2023", "--second", "2018",
                  *DESIGN, "--panel", "--curve", "quantile"],
    "density": ["--income", "income", "--by", "area", "--logs", "--points", "9", *DESIGN],
    "sources": ["--income", "wage", "--income", "rent", *DESIGN],
    "fields": ["--income", "income", "--regressor", "skill", "--factor", "area", *DESIGN],
    "change": ["--income", "income", "--by", "area", *YEARS, *DESIGN, "--panel", *FEW],
    "rif": ["--income", "income", "--regressor", "skill", "--factor", "area", *DESIGN, *FEW],
}  # fmt: skip
DRAWN = [name for name in COMMANDS if name != "rif"]


@pytest.mark.parametrize("width", [60, 160])
@pytest.mark.parametrize("name", COMMANDS)
def test_tables_fit_the_terminal(name, file, run, capsys, width: int):
    code = run(name, file, *COMMANDS[name], width=width)
    out, err = capsys.readouterr()
    assert code == 0, err
    cells = [sum(2 if ord(letter) > 0x2E80 else 1 for letter in line) for line in out.splitlines()]
    assert max(cells) <= width
    assert "…" not in out


@pytest.mark.parametrize("name", COMMANDS)
def test_json_says_that_the_rows_are_simulated(name, file, run, capsys):
    assert run(name, file, *COMMANDS[name], "--json") == 0
    found = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    assert found["ok"]
    assert found["schema"].startswith("gongfu/")
    assert '"simulated"' in json.dumps(found["data"])


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", DRAWN)
def test_figures_carry_their_numbers_evidence_and_file(name, file, run, tmp_path, lang: str):
    place = tmp_path / f"{name}.svg"
    assert run(name, file, *COMMANDS[name], "--figure", str(place), "--lang", lang) == 0
    chart = json.loads((tmp_path / f"{name}.svg.json").read_text("utf-8"))
    assert chart["language"] == lang
    assert chart["evidence"] == "simulated"
    assert "住户 调查.csv" in chart["source"]
    table = (tmp_path / f"{name}.svg.csv").read_text("utf-8-sig").splitlines()
    assert len(table) == 1 + sum(len(series["rows"]) for series in chart["series"])


def test_two_files_are_compared_like_two_years(file, run, capsys, tmp_path):
    frame = pl.read_csv(file)
    paths = []
    for year in (2018, 2023):
        paths.append(str(tmp_path / f"{year}.csv"))
        frame.filter(pl.col("year") == year).write_csv(paths[-1])
    assert run("dominance", paths[1], "--income", "income", "--against", paths[0], "--json") == 0
    apart = json.loads(capsys.readouterr().out)["data"]
    words = ["--by", "year", "--first", "2023", "--second", "2018"]
    assert run("dominance", file, "--income", "income", *words, "--json") == 0
    together = json.loads(capsys.readouterr().out)["data"]
    assert apart["points"] == together["points"]
    assert apart["verdict"] == together["verdict"]


def test_units_that_stand_in_both_samples_are_pointed_out(file, run, capsys):
    words = ["incidence", file, "--income", "income", *YEARS, *DESIGN]
    assert run(*words) == 0
    assert "16 labels of sampling units" in capsys.readouterr().err
    assert run(*words, "--panel") == 0
    assert capsys.readouterr().err == ""


def test_published_fifths_grow_without_an_error(run, capsys, tmp_path):
    place = tmp_path / "fifths.svg"
    assert run("incidence", "--figure", str(place), "--lang", "zh", "--json") == 0
    found = json.loads(capsys.readouterr().out)["data"]
    assert found["uncertainty"] == "no published error"
    assert found["price_base"] == "2020 prices"
    assert len(found["groups"]) == 5
    chart = json.loads((tmp_path / "fifths.svg.json").read_text("utf-8"))
    assert "low" not in chart["series"][0]["rows"][0]
    assert run("incidence", "--start", "2016", "--end", "2025", "--json") == 0
    # Beyond the last deflator the figures stay as published, and say so.
    assert json.loads(capsys.readouterr().out)["data"]["price_base"] == "current prices"


def test_parts_by_source_add_up_in_the_change(file, run, capsys):
    words = ["--income", "wage", "--income", "rent", *YEARS, *FEW, "--json"]
    assert run("change", file, *words) == 0
    found = json.loads(capsys.readouterr().out)["data"]
    total = sum(cause["value"] for cause in found["causes"].values())
    assert total == pytest.approx(found["change"]["value"], rel=1e-9)  # rounding


def test_rif_with_groups_splits_their_difference(file, run, capsys):
    words = ["--income", "income", "--regressor", "skill", "--measure", "p50", *FEW]
    groups = ["--by", "area", "--first", "rural", "--second", "城镇"]
    assert run("rif", file, *words, *groups, width=60) == 0
    assert "composition" in capsys.readouterr().out
    assert run("rif", file, *words, *groups, "--json") == 0
    found = json.loads(capsys.readouterr().out)["data"]
    total = found["composition"]["value"] + found["structure"]["value"]
    assert total == pytest.approx(found["difference"]["value"], rel=1e-9)  # rounding


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["incidence", "FILE", "--income", "income"], "--year"),
        (["incidence", "FILE", *YEARS], "--income"),
        (["incidence", "FILE", "--income", "income", "--year", "year"], "--start and --end"),
        (["incidence", "--start", "1999"], "2016, 2021"),
        (["incidence", "FILE", "--income", "income", "--against", "FILE"], "--start and --end"),
        (["incidence", "FILE", "--income", "income", "--against", "FILE", "--start", "2020",
          "--end", "2020"], "longer than zero"),
        (["incidence", "FILE", "--income", "income", *YEARS, "--figure", "a.gif"], ".svg"),
        (["dominance", "FILE", "--income", "incme", "--by", "year", "--first", "1",
          "--second", "2"], "income"),
        (["dominance", "FILE", "--income", "income", "--by", "year", "--first", "2018",
          "--second", "1999"], "2018, 2023"),
        (["density", "FILE", "--income", "income", "--by", "psu"], "too many groups"),
        (["sources", "FILE", "--income", "area"], "number"),
        (["fields", "FILE", "--income", "income"], "at least one regressor"),
        (["rif", "FILE", "--income", "income", "--regressor", "skill", "--by", "area"],
         "belong together"),
        (["rif", "FILE", "--income", "income", "--regressor", "skill", "--measure", "gin"],
         "gini"),
        (["change", "FILE", "--income", "income", *YEARS], "--by"),
        (["change", "FILE", "--income", "income", "--by", "area", "--year", "year", "--start",
          "1990", "--end", "2023"], "2018, 2023"),
    ],
)  # fmt: skip
def test_mistakes_are_told_with_the_next_step(words, said: str, file, run, capsys):
    assert run(*(file if word == "FILE" else word for word in words)) == 3
    err = capsys.readouterr().err
    assert said in err
    assert "Traceback" not in err
