"""The commands about regions: what they say, what they refuse, and that figures match."""

from __future__ import annotations

import json

import numpy as np
import polars as pl
import pytest

from gongfu.cli import app as cli
from gongfu.measure.dynamics import beta_convergence
from gongfu.measure.dynamics.trend_warning import TREND_TOLERANCE

CHINA = ("--data", "china", "--variable", "income_pc_all")
YEARS = range(2012, 2022)


@pytest.fixture
def run(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "60")

    def run(*words: str, code: int = 0) -> tuple[str, str]:
        with pytest.raises(SystemExit) as ended:
            cli.run(["measure", *map(str, words)])
        assert (ended.value.code or 0) == code
        spoken = capsys.readouterr()
        return spoken.out, spoken.err

    return run


@pytest.fixture
def panel(tmp_path):
    """Twelve towns in a ring whose gaps close by 3 % a year."""
    gap = np.linspace(-0.8, 0.8, 12)
    rows = [
        {"town": f"town {i}", "year": year, "income": np.exp(9 + gap[i] * 0.97 ** (year - 2012))}
        for i in range(12)
        for year in YEARS
    ]
    path = tmp_path / "各镇 收入.csv"
    pl.DataFrame(rows).write_csv(path)
    return path


@pytest.fixture
def ring(tmp_path):
    pairs = [{"one": f"town {i}", "other": f"town {(i + 1) % 12}"} for i in range(12)]
    path = tmp_path / "pairs.csv"
    pl.DataFrame(pairs).write_csv(path)
    return path


def columns(panel):
    return ("--unit", "town", "--year", "year", "--variable", "income")


def test_convergence_of_a_users_panel_finds_the_planted_speed(run, panel):
    out, _ = run("convergence", panel, *columns(panel), "--json")
    data = json.loads(out)["data"]
    assert data["beta"]["unconditional"]["speed"] == pytest.approx(-np.log(0.97), rel=1e-6)
    assert data["sigma"]["measures"][0]["trend"] == pytest.approx(np.log(0.97), rel=1e-6)
    assert data["panel"]["evidence"] == "observed"
    assert "no error is published" in data["uncertainty"]


def test_spatial_convergence_takes_a_file_of_pairs(run, panel, ring):
    out, _ = run("convergence", panel, *columns(panel), "--neighbours", ring, "--json")
    found = json.loads(out)["data"]["beta"]["spatial"]
    assert set(found["controls"]) == {"constant", "neighbours' initial level"}
    assert found["residual_moran"]["p"] <= 1


def test_convergence_reads_at_sixty_columns_and_in_chinese(run):
    out, _ = run("convergence", *CHINA, "--neighbours", "border", "--from", 2013)
    assert max(len(line) for line in out.splitlines()) <= 60
    assert "half-life, years" in out
    assert "Relative gaps shrink while absolute gaps grow" in out
    chinese, _ = run("convergence", *CHINA, "--lang", "zh")
    assert "每年缩小差距 %" in chinese
    assert "相对差距在缩小" in chinese


def test_clubs_that_a_short_panel_does_not_allow_are_said_to_be_missing(run):
    out, err = run("convergence", *CHINA, "--from", 2021)
    assert "no clubs: " in err
    assert "Convergence clubs" not in out


def test_raw_classes_bring_the_warning_in_the_language_asked_for(run):
    _, err = run("markov", *CHINA, "--classes", "raw")
    assert "Classes of raw values measure the common trend" in err
    _, err = run("markov", *CHINA, "--classes", "raw", "--lang", "zh")
    assert "按原始数值划分的等级测到的是共同趋势" in err
    out, err = run("markov", *CHINA, "--json")
    data = json.loads(out)["data"]
    assert data["classes"]["warning"] is None
    assert 0 < TREND_TOLERANCE < 1


def test_markov_gives_intervals_by_redrawing_regions_with_a_seed(run):
    data = json.loads(run("markov", *CHINA, "--seed", "3", "--draws", "99", "--json")[0])["data"]
    chain = data["chain"]
    assert "draws of whole units, seed 3" in chain["interval"]
    p, low, high = (np.array(chain[key]) for key in ("probabilities", "low", "high"))
    assert (low <= p + 1e-12).all()
    assert (p <= high + 1e-12).all()
    assert p.sum(axis=1) == pytest.approx(np.ones(4), abs=1e-12)


def test_spatial_and_lisa_chains_stand_beside_the_plain_one(run):
    words = ("markov", *CHINA, "-k", "3", "--neighbours", "border", "--lisa", "--seed", "1")
    data = json.loads(run(*words, "--draws", "99", "--json")[0])["data"]
    assert np.array(data["spatial"]["counts"]).sum(axis=0).tolist() == data["chain"]["counts"]
    assert 0 < data["spatial"]["permutation"]["p"] <= 1
    assert data["lisa"]["quadrants"][0] == "high-high"
    out, _ = run(*words, "--draws", "99")
    assert max(len(line) for line in out.splitlines()) <= 60
    assert "dealing the histories of regions" in " ".join(out.split())


def test_a_class_that_was_never_left_has_no_long_run(run):
    out, _ = run("markov", *CHINA, "--weight", "population", "--from", 2013)
    assert "no long run worth a number" in " ".join(out.split())
    assert "Long-run distribution" not in out


def test_mobility_of_regions_has_no_sampling_error_and_that_of_persons_has(run, tmp_path):
    data = json.loads(run("mobility", *CHINA, "--json")[0])["data"]
    assert data["rank_slope"]["interval"] is None
    rng = np.random.default_rng(1)
    parent = rng.lognormal(size=400)
    child = parent**0.4 * rng.lognormal(size=400, sigma=0.3)
    path = tmp_path / "people.csv"
    pl.DataFrame({"parent": parent, "child": child}).write_csv(path)
    words = ("mobility", path, "--origin", "parent", "--destination", "child")
    data = json.loads(run(*words, "--json")[0])["data"]
    low, high = data["elasticity"]["interval"]
    assert low < 0.4 < high
    assert np.sum(data["matrix"]["counts"]) == 400
    assert "Rank slope: 1 nobody moves" in run(*words)[0]


def test_space_tests_every_year_and_counts_regions_before_and_after_correction(run):
    out, _ = run("space", *CHINA, "--from", 2022, "--local", "--draws", "99")
    assert max(len(line) for line in out.splitlines()) <= 60
    assert "after the correction for 31 tests" in " ".join(out.split())
    data = json.loads(run("space", *CHINA, "--from", 2022, "--local", "--json")[0])["data"]
    assert [row["year"] for row in data["global"]["moran"]] == [2022, 2023, 2024]
    assert len(data["local"]["units"]) == 31
    assert {"moran", "geary", "getis_ord"} <= set(data["local"]["units"][0])


@pytest.mark.parametrize("kind", ["border", "distance", "nearest", "economic"])
def test_every_kind_of_neighbours_gives_a_moran(run, kind):
    out, _ = run("space", *CHINA, "--from", 2024, "--neighbours", kind, "--draws", "99", "--json")
    assert json.loads(out)["data"]["global"]["moran"][0]["value"] > -1


def test_kernel_shows_where_levels_lead(run):
    out, _ = run("kernel", *CHINA, "--from", 2020)
    assert "mean later" in out
    data = json.loads(run("kernel", *CHINA, "--from", 2020, "--json")[0])["data"]
    at, height = (np.array(part) for part in (data["at"], data["densities"][0]["height"]))
    assert np.trapezoid(height, at) == pytest.approx(1, abs=0.01)  # the grid cuts thin tails


def test_figures_are_drawn_from_the_same_numbers(run, tmp_path):
    file = tmp_path / "图 beta.svg"
    run("convergence", *CHINA, "--from", 2013, "--figure", file, "--lang", "zh")
    chart = json.loads(file.with_name(f"{file.name}.json").read_text("utf-8"))
    found = json.loads(run("convergence", *CHINA, "--from", 2013, "--json")[0])["data"]["beta"]
    beta = found["unconditional"]["beta"]["value"]
    assert f"{100 * beta:.2f}".replace("-", "−") in chart["subtitle"]
    assert chart["kind"] == "log_scatter"
    run("convergence", *CHINA, "--figure", file, code=3)
    _, err = run("markov", *CHINA, "--step", "2", "--figure", tmp_path / "m.svg", code=3)
    assert "--step" in err
    file = tmp_path / "chain.svg"
    chain = json.loads(run("markov", *CHINA, "--figure", file, "--json")[0])["data"]["chain"]
    drawn = json.loads(file.with_name("chain.svg.json").read_text("utf-8"))
    cell = next(one for one in drawn["series"] if one["key"] == "cells")["rows"][0]
    assert cell["share"] == pytest.approx(chain["probabilities"][0][0], abs=1e-12)
    assert "seed 1" in chain["interval"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "name a file of regions by years, or --data china"),
        (("--data", "china"), "say which variable with --variable"),
        (("--data", "china", "--variable", "income_pc_al"), "Did you mean 'income_pc_all'?"),
        ((*CHINA, "--from", "1990"), "years in 2011-2024; found 1990"),
        ((*CHINA, "--neighbours", "borders"), "Did you mean 'border'?"),
    ],
)
def test_bad_input_is_one_message(run, words, says):
    out, err = run("convergence", *words, code=3)
    assert out == ""
    assert says in err
    assert "Traceback" not in err


def test_regions_that_are_no_provinces_need_their_own_neighbours(run, panel):
    _, err = run("space", panel, *columns(panel), code=3)
    assert "knows Chinese provinces only" in err
    bad = panel.with_name("bad pairs.csv")
    bad.write_text("a,b\ntown 1,town 2\ntown 1,town 99\n", encoding="utf-8")
    _, err = run("space", panel, *columns(panel), "--neighbours", bad, code=3)
    assert "row 3" in err


def test_gaps_are_named_and_can_be_left_out(run, panel):
    table = pl.read_csv(panel).filter((pl.col("town") != "town 3") | (pl.col("year") != 2015))
    table.write_csv(panel)
    _, err = run("convergence", panel, *columns(panel), code=3)
    assert "town 3" in err
    assert "2015" in err
    out, err = run("convergence", panel, *columns(panel), "--drop-incomplete", "--json")
    assert len(json.loads(out)["data"]["panel"]["units"]) == 11
    assert "town 3" in json.loads(out)["warnings"][-1]


def test_controls_enter_with_their_first_year(run):
    words = ("convergence", *CHINA, "--from", "2013", "--control", "urbanization_rate", "--json")
    found = json.loads(run(*words)[0])["data"]["beta"]["conditional"]
    from gongfu.data import load_china

    china = load_china()
    income = china.array("income_pc_all", china.units, [2013, 2024])
    share = china.array("urbanization_rate", china.units, [2013])[:, 0]
    direct = beta_convergence(income[:, 0], income[:, 1], 11, controls={"u": share})
    assert found["beta"]["value"] == pytest.approx(direct.beta.value, rel=1e-12)
