from __future__ import annotations

import json
import warnings

import numpy as np
import polars as pl
import pytest
import typer

from gongfu.cli import app as cli
from gongfu.cli.measure import app as measure
from gongfu.measure.table import inequality


@pytest.fixture
def rows() -> pl.DataFrame:
    rng = np.random.default_rng(31)
    return pl.DataFrame(
        {
            "收入": rng.lognormal(10, 0.6, 120).round(2),
            "weight": rng.uniform(1, 5, 120).round(3),
            "stratum": np.repeat([1, 2, 3], 40),
            "village": np.repeat(np.arange(24), 5),
            "area": rng.choice(["城镇", "[red]rural"], 120),
        }
    )


@pytest.fixture
def file(rows, tmp_path):
    place = tmp_path / "住户 调查.csv"
    rows.write_csv(place)
    return str(place)


@pytest.fixture
def run(monkeypatch):
    app = typer.Typer()
    app.add_typer(measure, name="measure")
    monkeypatch.setattr(cli, "app", app)

    def run(*words: str, width: int = 100) -> int:
        monkeypatch.setenv("COLUMNS", str(width))
        with pytest.raises(SystemExit) as ended:
            cli.run(["measure", "inequality", *words])
        return ended.value.code or 0

    return run


DESIGN = ["--weight", "weight", "--strata", "stratum", "--psu", "village"]


@pytest.mark.parametrize("width", [60, 100, 160])
def test_table_is_readable_at_any_width(file, run, capsys, width):
    code = run(file, "--income", "收入", *DESIGN, "--by", "area", width=width)
    lines = capsys.readouterr().out.splitlines()
    assert code == 0
    cells = [sum(2 if ord(letter) > 0x2E80 else 1 for letter in line) for line in lines]
    assert max(cells) <= width
    assert sum("Mean log deviation" in line for line in lines) == 3
    assert any("[red]rural" in line for line in lines)
    assert "…" not in "".join(lines)


def test_table_names_convention_error_and_interval(file, run, capsys):
    run(file, "--income", "收入", *DESIGN, "--unit", "yuan", "--year", "2024")
    out = capsys.readouterr().out
    assert "gini: covariance form, mid-interval ranks, no n/(n-1)" in out
    assert "error: linearised, 3 strata, 24 PSUs, drawn with replacement, t with 21 df" in out
    assert "95 % interval" in out
    assert "money in yuan; year 2024; evidence: estimated; uncertainty: sampling" in out
    assert "基尼系数" in out


def test_json_holds_the_numbers_of_the_table_in_full(file, rows, run, capsys):
    run(file, "--income", "收入", *DESIGN, "--groups", "area", "--decompose", "dagum", "--json")
    document = json.loads(capsys.readouterr().out)
    table = inequality(
        rows,
        "收入",
        weight="weight",
        strata="stratum",
        psu="village",
        groups="area",
        decompose="dagum",
    )
    assert document["schema"] == "gongfu/inequality/1"
    assert document["ok"] is True
    assert document["data"] == table.to_dict()


def test_decomposition_has_its_own_table(file, run, capsys):
    run(
        file, "--income", "收入", "--groups", "stratum", "--groups", "village", "--decompose", "mld"
    )
    out = capsys.readouterr().out
    assert "mld between stratum 组间" in out
    assert "mld within 组内" in out


def test_chosen_measures_are_the_only_ones(file, run, capsys):
    run(file, "--income", "收入", "--measure", "gini", "--measure", "share(90,100)", "--json")
    estimates = json.loads(capsys.readouterr().out)["data"]["estimates"]
    assert [found["measure"] for found in estimates] == ["gini", "share(90,100)"]


def test_a_population_has_no_error_column(file, run, capsys):
    run(file, "--income", "收入", "--population")
    out = capsys.readouterr().out
    assert "标准误" not in out
    assert "uncertainty: no published error" in out


def test_rows_without_income_are_counted_on_standard_error(rows, tmp_path, run, capsys):
    place = tmp_path / "holes.csv"
    rows.with_columns(
        pl.when(pl.int_range(pl.len()) < 7).then(None).otherwise("收入").alias("收入")
    ).write_csv(place)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert run(str(place), "--income", "收入") == 0
    said = capsys.readouterr()
    assert "7 of 120 rows have no 收入 and are left out" in said.err
    assert "left out" not in said.out


def test_a_faulty_cell_is_named_by_file_line_and_column(rows, tmp_path, run, capsys):
    place = tmp_path / "bad.csv"
    broken = rows.with_columns(
        weight=pl.when(pl.int_range(pl.len()) == 4).then(0.0).otherwise("weight")
    )
    place.write_text(broken.write_csv().replace("\n", "\n\n", 1), encoding="utf-8")
    assert run(str(place), "--income", "收入", "--weight", "weight") == 3
    said = capsys.readouterr().err
    assert "bad.csv, row 7, column weight: 0.0 is no weight" in said
    assert "Traceback" not in said


def test_a_wrong_argument_is_no_fault_of_the_file(file, run, capsys):
    assert run(file, "--income", "收入", "--groups", "area", "--decompose", "thiel") == 3
    assert capsys.readouterr().err.startswith("Error: no decomposition 'thiel'")


def test_a_wrong_column_ends_with_code_3_and_the_nearest_name(file, run, capsys):
    assert run(file, "--income", "收入", "--weight", "wieght", "--json") == 3
    problems = json.loads(capsys.readouterr().out)["data"]["problems"]
    assert problems[0]["fix"] == "Did you mean 'weight'?"
    assert problems[0]["file"].endswith("住户 调查.csv")


@pytest.mark.parametrize("words", [["--lonely", "adjust"], []])
def test_usage_errors_end_with_code_2(file, run, words, capsys):
    given = [] if not words else ["--income", "收入", *words]
    assert run(file, *given) == 2
    assert "Usage" in capsys.readouterr().err
