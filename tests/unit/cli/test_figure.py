from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from gongfu.cli.figure import ENDINGS, check_figure, write_figure
from gongfu.core import Evidence, InputError, Uncertainty
from gongfu.report.chart import Axis, Chart, Series, Twin
from gongfu.report.charts.measures.origin import Origin, measure_chart

HEADS = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}


@pytest.fixture
def chart() -> Chart:
    rank = Axis(key="x", label="位次", unit="人口比例", format="share")
    growth = Axis(key="y", label="增长", unit="%", format="log_percent")
    rows = ({"x": 0.1, "y": 0.3}, {"x": 0.9, "y": 0.1})
    return measure_chart(
        Origin(file="住户.csv", evidence=Evidence.SIMULATED, uncertainty=Uncertainty.SAMPLING),
        "zh",
        kind="curve",
        key="incidence",
        title="低收入者增长更快",
        subtitle="增长发生曲线",
        axes={"x": rank, "y": growth},
        series=(Series(key="one", label="增长", mark="line", role="first", rows=rows),),
        twin=Twin(columns=(rank, growth), rows=((0.1, 0.3), (0.9, 0.1))),
        alt="下降的线",
    )


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_figure_comes_with_its_numbers_and_its_specification(chart, tmp_path, ending: str):
    place = tmp_path / "图 1" / f"曲线.{ending.upper()}"
    place.parent.mkdir()
    written = write_figure(chart, place)
    assert [path.name for path in written] == [
        place.name, f"{place.name}.csv", f"{place.name}.json"
    ]  # fmt: skip
    assert place.read_bytes().startswith(HEADS[ending])
    rows = list(csv.reader(written[1].read_text("utf-8-sig").splitlines()))
    assert rows[1] == ["0.1", "0.3"]
    assert json.loads(written[2].read_text("utf-8"))["kind"] == "curve"
    assert len(list(place.parent.iterdir())) == 3  # no temporary file is left


@pytest.mark.parametrize("name", ["figure.jpg", "figure", "figure.svgz"])
def test_an_unknown_ending_is_refused_with_the_known_ones(tmp_path, name: str):
    with pytest.raises(InputError, match=r"\.svg, \.png, \.pdf") as caught:
        check_figure(tmp_path / name)
    assert len(caught.value.problems) == 1


def test_a_file_that_exists_is_replaced_only_by_force(chart, tmp_path):
    place = tmp_path / "figure.svg"
    write_figure(chart, place)
    with pytest.raises(InputError, match="--force"):
        check_figure(place)
    write_figure(chart, place, force=True)


def test_the_measured_file_is_never_written_over(chart, tmp_path):
    data = tmp_path / "survey.csv"
    data.write_text("income\n1\n", encoding="utf-8")
    write_figure(chart, tmp_path / "survey.svg", force=True)
    assert data.read_text("utf-8") == "income\n1\n"


def test_a_missing_folder_is_named_before_anything_is_computed():
    with pytest.raises(InputError, match="folder does not exist"):
        check_figure(Path("nowhere") / "figure.pdf")
