from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from docx import Document

from gongfu.cli import app as cli
from gongfu.data.calibration_files import read_calibration


@pytest.fixture
def run(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "100")

    def run(*words: object, code: int = 0) -> str:
        with pytest.raises(SystemExit) as ended:
            cli.run(["explain", *map(str, words)])
        assert (ended.value.code or 0) == code
        spoken = capsys.readouterr()
        return spoken.out if code == 0 or "--json" in words else spoken.err

    return run


def panel_file(folder: Path) -> Path:
    """Twelve cities, eight years, in a file with Chinese heads and a space in its name."""
    rng = np.random.default_rng(4)
    unit, year = (a.ravel() for a in np.meshgrid(range(12), range(8), indexing="ij"))
    x = rng.normal(size=96) + unit / 4
    frame = pl.DataFrame(
        {
            "城市": [f"市{i:02d}" for i in unit],
            "年份": 2011 + year,
            "数字": x,
            "收入": np.exp(0.5 * x + rng.normal(size=12)[unit] + 0.1 * rng.normal(size=96)),
        }
    )
    path = folder / "我的 数据.csv"
    frame.write_csv(path)
    return path


ASK = ("--outcome", "log(收入)", "--treatment", "数字", "--entity", "城市", "--time", "年份")


def test_a_newcomers_file_gives_sentences_tables_and_a_word_file(run, tmp_path):
    out = tmp_path / "表"
    shown = run(panel_file(tmp_path), *ASK, "--lang", "zh", "--tables", out, "--format", "docx")
    assert "数字高一个单位的地方，收入（对数）平均高 0.5" in shown
    assert "双向效应与控制变量" in shown
    word = Document(out / "tables.zh.docx")
    assert word.tables[0].cell(2, 0).text == "被解释变量"
    assert word.tables[0].cell(2, 1).text == "收入（对数）"


def test_json_holds_every_table_with_full_precision(run, tmp_path):
    data = json.loads(run(panel_file(tmp_path), *ASK, "--json"))["data"]
    rows = [r for r in data["estimates"] if r["model"] == "two-way-controls"]
    assert rows[0]["estimate"] == pytest.approx(0.5, abs=0.05)  # the planted slope, noise 0.1
    steps = {row["step"] for row in data["says"] if not row["is_possible"]}
    assert steps >= {"channel", "threshold", "space"}


def test_the_bootstrap_seed_is_the_users_to_choose(run, tmp_path):
    path = panel_file(tmp_path)
    found = [run(path, *ASK, "--json", "--seed", seed) for seed in (1, 1, 2)]
    assert found[0] == found[1]
    assert found[0] != found[2]


def test_bad_questions_end_in_one_message_with_the_file_and_code_3(run, tmp_path):
    words = ("--outcome", "lgo(收入)", "--treatment", "数宇", "--entity", "城", "--time", "年份")
    said = run(panel_file(tmp_path), *words, code=3)
    for piece in ("我的 数据.csv", "'lgo'", "'数宇'", "'城'"):
        assert piece in said


def test_a_file_without_a_question_says_which_options_are_missing(run, tmp_path):
    said = run(panel_file(tmp_path), code=3)
    assert "--outcome" in said
    assert "--treatment" in said


def test_duplicated_rows_text_cells_and_one_unit_are_clear_problems(run, tmp_path):
    frame = pl.read_csv(panel_file(tmp_path))
    path = tmp_path / "bad.csv"
    pl.concat([frame, frame.head(1)]).write_csv(path)
    assert "stand more than once" in run(path, *ASK, code=3)
    frame.with_columns(pl.when(pl.col("数字") < 0).then(pl.lit("无")).otherwise(
        pl.col("数字").cast(pl.String)).alias("数字")).write_csv(path)  # fmt: skip
    assert "are no numbers" in run(path, *ASK, code=3)
    frame.filter(pl.col("城市") == "市00").write_csv(path)
    assert "a single unit" in run(path, *ASK, code=3)


def test_weights_of_other_units_are_refused_by_name(run, tmp_path):
    square = tmp_path / "w.csv"
    square.write_text("unit,市00,市01\n市00,0,1\n市01,1,0\n", encoding="utf-8")
    said = run(panel_file(tmp_path), *ASK, "--weights", square, code=3)
    assert "no row for unit '市02'" in said
    assert "no column for unit '市02'" in said


def test_a_study_without_questions_says_how_to_add_one(run, tmp_path):
    study = tmp_path / "study.toml"
    text = (Path(__file__).parents[3] / "src/gongfu/study/studies/china.toml").read_text("utf-8")
    before, after = text.split("[explain]")[0], text[text.index("[policy]") :]
    study.write_text(before + after, encoding="utf-8")
    assert "the study asks no question" in run(study, code=3)


def test_the_embedded_study_answers_both_questions_in_the_asked_language(run):
    shown = run("--step", "baseline", "--lang", "zh")
    assert "数字发展与居民收入增长" in shown
    assert "数字发展与城乡收入比" in shown
    assert "Pooled" not in shown


def test_scripts_and_rows_for_r_and_stata_stand_beside_each_other(run, tmp_path):
    run(panel_file(tmp_path), *ASK, "--scripts", tmp_path / "s")
    folder = tmp_path / "s" / "我的 数据"
    assert pl.read_csv(folder / "panel.csv").columns == ["unit", "year", "y", "x"]
    assert "library(plm)" in (folder / "study.R").read_text("utf-8")
    assert "NOT executed" in (folder / "study.do").read_text("utf-8")


def test_an_estimate_crosses_to_the_economy_as_a_calibration_file(run, tmp_path):
    path = tmp_path / "cal.toml"
    data = json.loads(
        run(panel_file(tmp_path), *ASK, "--calibrate", "data_elasticity", "--calibration", path,
            "--json")
    )["data"]  # fmt: skip
    (found,) = read_calibration(path)
    row = next(r for r in data["estimates"] if r["model"] == "two-way-controls")
    assert (found.value, found.error) == (row["estimate"], row["standard_error"])
    assert "log(收入) on 数字" in found.source
    said = run(panel_file(tmp_path), *ASK, "--calibrate", "data_elastcity", code=3)
    assert "no assumption is called 'data_elastcity'" in said
