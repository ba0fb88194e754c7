"""``gongfu measure inequality`` on files that are read piece by piece."""

from __future__ import annotations

import json

import numpy as np
import polars as pl
import pytest
import typer

from gongfu.cli import app as cli
from gongfu.cli.measure import app as measure
from gongfu.measure.large.blocks import Source

DESIGN = ["--income", "收入", "--weight", "weight", "--strata", "stratum", "--psu", "village"]


@pytest.fixture
def rows() -> pl.DataFrame:
    rng = np.random.default_rng(31)
    return pl.DataFrame(
        {
            "收入": rng.lognormal(10, 0.6, 120).round(2),
            "weight": rng.uniform(1, 5, 120).round(3),
            "stratum": np.repeat([2, 10, 3], 40),
            "village": np.repeat(np.arange(24), 5),
            "area": rng.choice(["城镇", "rural"], 120),
        }
    )


@pytest.fixture
def run(monkeypatch, capsys):
    app = typer.Typer()
    app.add_typer(measure, name="measure")
    monkeypatch.setattr(cli, "app", app)

    def run(file, *words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            cli.run(["measure", "inequality", str(file), *words])
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, said.err

    return run


@pytest.mark.parametrize("ending", ["parquet", "csv", "tsv"])
def test_streaming_prints_the_same_numbers_and_says_so(rows, run, tmp_path, ending):
    file = tmp_path / f"住户 调查.{ending}"
    if ending == "parquet":
        rows.write_parquet(file)
    else:
        rows.write_csv(file, separator="," if ending == "csv" else "\t")
    words = [*DESIGN, "--by", "stratum", "--groups", "area", "--decompose", "theil", "--json"]
    code, out, progress = run(file, *words, "--stream")
    assert code == 0
    assert progress.splitlines() == [
        *("totals ...", "distribution ...", "borders ...", "errors ..."),
    ]
    ours, expected = (json.loads(text)["data"] for text in (out, run(file, *words)[1]))
    assert ours["design"] == expected["design"]
    for kind in ("estimates", "decomposition"):
        for one, known in zip(ours[kind], expected[kind], strict=True):
            assert (one["measure"], one["group"]) == (known["measure"], known["group"])
            # The same sums in another order; little is left between two areas.
            assert one["value"] == pytest.approx(known["value"], rel=1e-9)
            assert one["standard_error"] == pytest.approx(known["standard_error"], rel=1e-9)
            assert "streamed in blocks" in one["convention"]
            assert "streamed" not in known["convention"]


@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_large_files_are_streamed_unasked_and_can_be_held(rows, run, tmp_path, monkeypatch, ending):
    file = tmp_path / f"rows.{ending}"
    rows.write_parquet(file) if ending == "parquet" else rows.write_csv(file)
    monkeypatch.setattr("gongfu.data.readers.lazy.LARGE_ROWS", 100)
    monkeypatch.setattr("gongfu.data.readers.lazy.LARGE_BYTES", 100)
    assert "streamed in blocks" in run(file, "--income", "收入", "--json")[1]
    assert "streamed" not in run(file, "--income", "收入", "--in-memory", "--json")[1]


@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_faulty_rows_are_named_by_the_lines_of_the_file(rows, run, tmp_path, ending):
    here = pl.int_range(pl.len())
    bad = rows.with_columns(
        pl.when(here == 7).then(-5.0).otherwise("收入").alias("收入"),
    )
    file = tmp_path / f"rows.{ending}"
    bad.write_parquet(file) if ending == "parquet" else bad.write_csv(file)
    streamed, held = (run(file, *DESIGN, *more) for more in (["--stream"], []))
    assert streamed[0] == held[0] == 3
    assert "-5.0 is negative" in streamed[2]
    assert streamed[2] == held[2]


def test_text_among_the_numbers_of_a_csv_is_named(rows, run, tmp_path):
    file = tmp_path / "rows.csv"
    text = rows.with_columns(pl.col("收入").cast(pl.String)).with_columns(
        pl.when(pl.int_range(pl.len()) == 7).then(pl.lit("n.a.")).otherwise("收入").alias("收入")
    )
    text.write_csv(file)
    code, _, said = run(file, *DESIGN, "--stream")
    assert code == 3
    assert "row 9, column 收入: text where a number should stand" in said
    assert "n.a." in said


def test_empty_cells_of_a_csv_are_missing_incomes(rows, run, tmp_path):
    file = tmp_path / "rows.csv"
    file.write_text("income,area\n10,1\n20,2\n,1\n40,10\n", encoding="utf-8")
    words = ["--income", "income", "--by", "area", "--measure", "mean", "--json", "--population"]
    document = json.loads(run(file, *words, "--stream")[1])
    assert [one["group"] for one in document["data"]["estimates"]] == [None, "1", "2", "10"]
    assert document["warnings"][0].startswith("1 of 4 rows have no income")


def test_other_formats_and_columns_are_refused(rows, run, tmp_path):
    file = tmp_path / "rows.xlsx"
    rows.write_excel(file)
    code, _, said = run(file, *DESIGN, "--stream")
    assert code == 3
    assert "this format is only read as a whole" in said
    file = tmp_path / "rows.parquet"
    rows.write_parquet(file)
    code, _, said = run(file, "--income", "收入", "--weight", "weigth", "--stream")
    assert code == 3
    assert "Did you mean 'weight'?" in said


def test_cancelling_ends_with_code_130(rows, run, tmp_path, monkeypatch):
    def interrupted(*_args, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(Source, "_by_domain", interrupted)
    file = tmp_path / "rows.parquet"
    rows.write_parquet(file)
    code, out, said = run(file, *DESIGN, "--stream")
    assert code == 130
    assert out == ""
    assert "Traceback" not in said
