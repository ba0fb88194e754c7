"""Figures of estimate tables: one measure over groups, indices of all rows, coefficients."""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from gongfu.cli.app import run


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    rng = np.random.default_rng(3)
    frame = pl.DataFrame(
        {
            "income": rng.lognormal(size=300),
            "area": np.repeat(["城镇", "<b>农村</b>"], 150),
            "age": rng.uniform(20, 70, 300),
        }
    )
    path = tmp_path / "住户.csv"
    frame.write_csv(path)
    return path


def draw(tmp_path: Path, *words: object) -> dict[str, object]:
    with pytest.raises(SystemExit) as ended:
        run(["measure", *map(str, words), "--figure", str(tmp_path / "f.svg")])
    assert not ended.value.code
    assert "<b>" not in (tmp_path / "f.svg").read_text("utf-8").replace("&lt;b&gt;", "")
    return json.loads((tmp_path / "f.svg.json").read_text("utf-8"))


def test_one_measure_stands_over_its_groups(rows, tmp_path, capsys):
    chart = draw(tmp_path, "inequality", rows, "--income", "income", "--by", "area",
                 "--measure", "gini", "--lang", "zh", "--json")  # fmt: skip
    printed = json.loads(capsys.readouterr().out)["data"]["estimates"]
    by_group = {one["group"]: one["value"] for one in printed if one["group"]}
    drawn = {row["label"]: row["x"] for row in chart["series"][0]["rows"]}
    assert drawn == by_group
    assert chart["axes"]["x"]["label"] == "基尼系数"


def test_without_groups_the_indices_of_all_rows_stand(rows, tmp_path):
    chart = draw(tmp_path, "polarisation", rows, "--income", "income")
    labels = [row["label"] for row in chart["series"][0]["rows"]]
    assert labels[0] == "Wolfson"
    assert chart["title"] == "Indices of all rows, each with its own scale"


def test_coefficients_stand_without_the_intercept(rows, tmp_path):
    chart = draw(tmp_path, "rif", rows, "--income", "income", "--measure", "gini",
                 "--regressor", "age", "--factor", "area", "--replications", 100)  # fmt: skip
    labels = [row["label"] for row in chart["series"][0]["rows"]]
    assert labels[0] == "age"
    assert len(labels) == 2


def test_money_alone_cannot_be_drawn_without_groups(rows, tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        run(["measure", "inequality", str(rows), "--income", "income", "--measure", "mean",
             "--figure", str(tmp_path / "f.svg")])  # fmt: skip
    assert ended.value.code == 3
    assert "--by groups" in capsys.readouterr().err
