import json
import shutil
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from gongfu.core import InputError
from gongfu.report import read_document, write_document
from gongfu.report.cells import csv_bytes
from gongfu.report.charts import build_charts
from gongfu.report.page import Bodies, render_page
from gongfu.study.run import run_study
from gongfu.study.study_file import load_study
from gongfu.study.verify import verify
from gongfu.study.verify_study import study_of
from gongfu.study.verify_tables import compare_documents, tolerance_of

STUDY = """
schema = "gongfu/study/1"
name = "mine"
title = { zh = "甲", en = "A" }
[data.cities]
source = "file"
path = "数据 cities.csv"
[[account]]
name = "cities"
title = { zh = "城市间", en = "Between cities" }
data = "cities"
income = "income"
population = "people"
start = 2020
end = 2022
"""
CITIES = """city,year,income,people
甲,2020,100,5
甲,2022,150,6
乙,2020,300,4
乙,2022,330,4
丙,2020,50,9
丙,2022,95,8
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study of three cities, run: its file, result, tables, numbers of figures and a page."""
    tmp_path = tmp_path_factory.mktemp("made")
    (tmp_path / "mine.toml").write_text(STUDY, encoding="utf-8")
    (tmp_path / "数据 cities.csv").write_text(CITIES, encoding="utf-8")
    settings, where = load_study(tmp_path / "mine.toml")
    document = run_study(settings, where, command="gongfu run mine.toml --lang en")
    out = tmp_path / "结果 out"
    write_document(document, out)
    charts = build_charts(document, "en")
    page = render_page(document, charts, dict.fromkeys(charts, Bodies()), "en", {})
    (out / "report.en.html").write_text(page, encoding="utf-8")
    (out / "figures").mkdir()
    for chart in charts.values():
        (out / "figures" / f"{chart.key}.en.csv").write_bytes(csv_bytes(chart.twin))
    return tmp_path


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "结果 out"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_an_untouched_result_verifies_to_the_last_bit(folder: Path):
    found = verify(folder, exact=True)
    assert found.problems == ()
    assert found.agreement is not None
    assert found.agreement.unequal == 0
    assert found.agreement.tables == len(read_document(folder).tables)
    assert "report.en.html" in found.files
    assert "tables/accounts.parquet" in found.files
    assert [name for name in found.files if name.startswith("figures/")]


def test_one_changed_digit_of_the_result_is_named_with_both_values(folder: Path):
    value = read_document(folder).table("accounts").rows["cake"][0]
    changed = f"{value:.4f}"[:-1] + ("1" if f"{value:.4f}"[-1] != "1" else "2")
    edit(folder / "result.json", json.dumps(value), changed)
    problems = verify(folder / "result.json").problems
    first = problems[0]
    assert "accounts" in first.what
    assert (first.column, first.row) == ("cake", 1)
    assert float(first.expected) == value
    assert first.found == changed


def test_a_digit_below_the_tolerance_is_still_caught_by_the_copies(folder: Path):
    value = read_document(folder).table("accounts").rows["cake"][0]
    edit(folder / "result.json", json.dumps(value), repr(value * (1 + 1e-12)))
    problem = verify(folder, quick=True).problems[0]
    assert problem.file == "tables/accounts.parquet"
    assert problem.column == "cake"


def test_a_changed_table_a_changed_figure_and_a_changed_page_are_found_without_running(
    folder: Path,
):
    table = folder / "tables" / "accounts.parquet"
    frame = pl.read_parquet(table)
    frame.with_columns(pl.col("mean_end") + 1).write_parquet(table)
    numbers = folder / "figures" / "plane.en.csv"
    edit(numbers, "2022,0.32", "2022,0.33")
    edit(folder / "report.en.html", "0.3", "0.4")
    problems = verify(folder, quick=True).problems
    files = {problem.file.partition(",")[0] for problem in problems}
    assert files == {"tables/accounts.parquet", "figures/plane.en.csv", "report.en.html"}


def test_a_page_alone_is_held_against_the_study_run_again(folder: Path):
    page = folder.parent / "sent.html"
    (folder / "report.en.html").rename(page)
    assert verify(page).problems == ()
    edit(page, "0.3", "0.4")
    assert verify(page, quick=True).problems
    problem = verify(page).problems[0]
    assert "0.4" in problem.found
    assert "0.3" in problem.expected


def test_a_page_whose_seal_was_forged_still_fails_when_recomputed(folder: Path):
    document = read_document(folder)
    accounts = document.table("accounts")
    better = replace(accounts, rows=accounts.rows.with_columns(pl.col("cake") + 0.1))
    forged = replace(document, tables={**document.tables, "accounts": better})
    charts = build_charts(forged, "en")
    html = render_page(forged, charts, dict.fromkeys(charts, Bodies()), "en", {})
    page = folder.parent / "forged.html"
    page.write_text(html, encoding="utf-8")
    assert verify(page, quick=True).problems == ()
    assert verify(page).problems


def test_other_figures_than_those_that_were_run_are_found(folder: Path):
    edit(folder.parent / "数据 cities.csv", "95", "96")
    problems = verify(folder / "result.json").problems
    assert problems[0].column == "meta.study_hash"
    assert any(problem.column == "prosperity" for problem in problems)


def test_numbers_within_the_tolerance_are_counted_not_refused(folder: Path):
    document = read_document(folder)
    accounts = document.table("accounts")
    near = replace(accounts, rows=accounts.rows.with_columns(pl.col("cake") * (1 + 1e-9)))
    other = replace(document, tables={**document.tables, "accounts": near})
    found = compare_documents(other, document, "result.json")
    assert found.problems == ()
    assert found.unequal == accounts.rows.height
    assert found.largest == pytest.approx(1e-9, rel=1e-3)  # the change itself, rounded once
    assert found.place == "accounts.cake"
    assert compare_documents(other, document, "result.json", exact=True).problems


def test_a_missing_table_row_or_unit_is_found(folder: Path):
    document = read_document(folder)
    tables = dict(document.tables)
    del tables["quality" if "quality" in tables else "account_paths"]
    accounts = tables["accounts"]
    tables["accounts"] = replace(accounts, rows=accounts.rows.head(1))
    column = replace(tables["account_parts"].columns[0], en="Other")
    columns = (column, *tables["account_parts"].columns[1:])
    tables["account_parts"] = replace(tables["account_parts"], columns=columns)
    text = "\n".join(
        map(str, compare_documents(replace(document, tables=tables), document, "r").problems)
    )
    assert "is missing" in text
    assert "rows are missing or added" in text
    assert "columns are described otherwise" in text


def test_every_tolerance_has_its_reason():
    for table in ("accounts", "policy_effects", "policy_baseline", "explain_estimates"):
        tolerance = tolerance_of(table)
        assert 0 < tolerance.relative <= 1e-4
        assert tolerance.why.zh
        assert tolerance.why.en


def test_the_recorded_command_is_read_for_a_name_and_never_for_a_path(tmp_path: Path):
    for command in ("gongfu run ../../etc/x.toml", "gongfu run x.toml; rm -rf y", "rm x.toml"):
        with pytest.raises(InputError, match="--study FILE"):
            study_of(command, "someone", tmp_path)


@pytest.mark.parametrize("text", ["", "[" * 100_000, '{"schema": "other"}'])
def test_a_broken_result_is_refused_with_a_sentence(tmp_path: Path, text: str):
    (tmp_path / "result.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError):
        verify(tmp_path)


@pytest.mark.parametrize("cell", [r'"\ud800"', "1e999", "1" * 5000, '"x"', "[]"])
def test_a_cell_that_no_table_holds_is_refused_with_a_sentence(folder: Path, cell: str):
    value = read_document(folder).table("accounts").rows["mean_end"][0]
    edit(folder / "result.json", json.dumps(value), cell)
    with pytest.raises(InputError):
        verify(folder, quick=True)


def test_a_missing_file_is_refused_with_its_name(tmp_path: Path):
    with pytest.raises(InputError, match="cannot be read"):
        verify(tmp_path)
