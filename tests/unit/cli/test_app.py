import json
import subprocess
import sys

import pytest

from gongfu import __version__
from gongfu.cli.app import run


def call(*words):
    """Run the command in this process; return its exit code."""
    with pytest.raises(SystemExit) as caught:
        run([str(word) for word in words])
    return caught.value.code or 0


def test_version_is_answered_without_importing_anything_heavy():
    code = (
        "import sys; sys.argv = ['gongfu', '--version']; from gongfu.__main__ import main; main(); "
        "heavy = {'typer', 'polars', 'numpy', 'matplotlib'} & set(sys.modules); assert not heavy"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"gongfu {__version__}"


def test_import_gongfu_loads_nothing_heavy():
    code = "import sys, gongfu; assert not {'polars', 'numpy', 'pydantic'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_every_public_name_can_be_loaded():
    import gongfu

    for name in gongfu.__all__:
        assert getattr(gongfu, name) is not None


def test_unknown_command_is_a_usage_error(capsys):
    assert call("mesure") == 2
    assert capsys.readouterr().out == ""


def test_grow_divide_prints_one_json_object_with_full_precision(capsys):
    assert call("measure", "grow-divide", "--json") == 0
    result = json.loads(capsys.readouterr().out)
    assert list(result) == ["schema", "ok", "data", "warnings", "meta"]
    assert result["schema"] == "gongfu/grow-divide/1"
    row = result["data"]["accounts"][0]
    assert row["prosperity"] == pytest.approx(row["cake"] + row["division"], abs=1e-15)


@pytest.mark.parametrize("width", ["60", "160"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_grow_divide_fits_the_terminal_and_loses_no_text(capsys, monkeypatch, width, language):
    from rich.cells import cell_len

    monkeypatch.setenv("COLUMNS", width)
    assert call("measure", "grow-divide", "--lang", language) == 0
    out = capsys.readouterr().out
    tables = [line for line in out.splitlines() if line.startswith(" ")]
    assert max(cell_len(line.rstrip()) for line in tables) <= int(width)
    assert "…" not in out


def test_a_wrong_study_ends_with_code_3_and_json_problems(tmp_path, capsys):
    study = tmp_path / "study.toml"
    study.write_text('schema = "gongfu/study/1"', encoding="utf-8")
    assert call("measure", "grow-divide", study, "--json") == 3
    result = json.loads(capsys.readouterr().out)
    assert not result["ok"]
    assert len(result["data"]["problems"]) >= 4


def test_doctor_finds_nothing_missing_here(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert call("doctor", "--json") == 0
    findings = json.loads(capsys.readouterr().out)["data"]["findings"]
    assert all(finding["ok"] for finding in findings if finding["name"] != "terminal encoding")


def test_schemas_are_json(capsys):
    for name in ("study", "deprivation", "result"):
        assert call("schema", name) == 0
        assert "properties" in json.loads(capsys.readouterr().out)


def test_init_writes_a_study_that_reads_back_and_never_overwrites(tmp_path, capsys):
    assert call("init", tmp_path / "新 study") == 0
    assert call("init", tmp_path / "新 study") == 3
    assert "--force" in capsys.readouterr().err


def test_levers_are_listed_and_shown_with_their_cost(capsys):
    assert call("levers", "--json") == 0
    assert len(json.loads(capsys.readouterr().out)["data"]["levers"]) == 15
    assert call("levers", "rural_broadband", "--lang", "zh") == 0
    assert "250 - 1000" in capsys.readouterr().out
    assert call("levers", "rural_brodband") == 3
    assert "Did you mean 'rural_broadband'?" in capsys.readouterr().err


def test_cancelling_ends_with_code_130(monkeypatch):
    def interrupt(*_args, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr("gongfu.study.run.run_study", interrupt)
    assert call("measure", "grow-divide") == 130


SMALL = ("--households", "3000", "--enterprises", "2500", "--to", "2025")


def test_simulate_prints_effects_as_json_tagged_simulated(capsys):
    assert call("simulate", "rural-digital", *SMALL, "--draws", "2", "--json") == 0
    result = json.loads(capsys.readouterr().out)
    assert result["meta"]["evidence"] == "simulated"
    assert result["meta"]["uncertainty"] == "range over assumptions"
    assert [row["year"] for row in result["data"]["effects"]] == [2024, 2025]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_simulate_says_that_one_run_has_no_range(capsys, language):
    assert call("simulate", "skills", *SMALL, "--lang", language) == 0
    out = capsys.readouterr().out
    assert ("未给出范围" if language == "zh" else "no range given") in out.replace("\n", "")


@pytest.mark.parametrize(
    ("language", "verdict", "payer"),
    [("zh", "无法判断", "地方"), ("en", "cannot tell", "local")],
)
def test_simulate_shows_who_gains_and_who_pays(capsys, language, verdict, payer):
    assert call("simulate", "skills", *SMALL, "--groups", "--budget", "--lang", language) == 0
    out = capsys.readouterr().out
    assert verdict in out
    assert payer in out


def test_too_few_records_end_with_code_3(capsys):
    assert call("simulate", "skills", "--households", "1000") == 3
    assert "at least 2,000" in capsys.readouterr().err
    assert call("simulate", "skills", "--enterprises", "200") == 3
    assert "too few enterprise records" in capsys.readouterr().err


def test_an_unknown_preset_or_a_wrong_scenario_ends_with_code_3(tmp_path, capsys):
    assert call("simulate", "skils") == 3
    assert "Did you mean 'skills'?" in capsys.readouterr().err
    wrong = tmp_path / "方案.toml"
    wrong.write_text('schema = "gongfu/scenario/1"', encoding="utf-8")
    assert call("simulate", wrong) == 3
    assert "方案.toml" in capsys.readouterr().err


def test_a_solver_that_does_not_settle_ends_with_code_5(monkeypatch, capsys):
    from gongfu.core import ConvergenceError

    def fail(*_args, **_options):
        raise ConvergenceError("residual 1e-3 after 200 iterations. Choose smaller values.")

    monkeypatch.setattr("gongfu.economy.year.clear_markets", fail)
    assert call("simulate", "skills", *SMALL) == 5
    assert "Choose smaller values" in capsys.readouterr().err


def test_base_year_table_says_what_gives_way(capsys):
    assert call("base-year", "--households", "5000", "--json") == 0
    rows = json.loads(capsys.readouterr().out)["data"]["targets"]
    assert len(rows) > 20
    assert {"published", "reproduced", "how", "gives_way"} <= set(rows[0])


def test_backcast_refuses_years_without_figures(capsys):
    assert call("backcast", "--origin", "2011") == 3
    assert "2013" in capsys.readouterr().err


def test_the_same_measure_command_runs_on_the_real_and_the_simulated_yearbook(tmp_path, capsys):
    real, simulated = tmp_path / "真实.csv", tmp_path / "simulated.csv"
    assert call("data", "export", "zones", real) == 0
    assert call("simulate", "skills", *SMALL, "--yearbook", simulated) == 0
    capsys.readouterr()
    ginis = []
    for file in (real, simulated):
        words = ("--income", "income_pc", "--weight", "population", "--by", "year", "--population")
        assert call("measure", "inequality", file, *words, "--measure", "gini", "--json") == 0
        found = json.loads(capsys.readouterr().out)["data"]["estimates"]
        ginis.append({row["group"]: row["value"] for row in found})
        tag = "observed" if file == real else "simulated"
        assert {row["evidence"] for row in found} == {tag}
    assert ginis[1]["2024"] == pytest.approx(ginis[0]["2023"], abs=0.01)
    assert (tmp_path / "simulated.baseline.csv").exists()
    assert call("data", "export", "zones", real) == 3  # never overwritten unasked
