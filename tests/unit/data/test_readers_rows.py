import polars as pl
import pytest

from gongfu.core import InputError, Microdata
from gongfu.data.readers import Limits, ReadingNote, read_microdata


def written(folder, text, name="rows.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def problems_of(path, income="income", weight=None, **options):
    with pytest.raises(InputError) as refused:
        read_microdata(path, income, weight, **options)
    return refused.value.problems


def test_rows_with_their_design_become_microdata(tmp_path):
    path = written(tmp_path, "income,w,s,p,area\n1.5,2,a,1,城镇\n0,1,b,2,农村\n")
    rows = read_microdata(path, "income", "w", strata="s", psu="p", by="area", groups=["area", "s"])
    assert isinstance(rows, Microdata)
    assert (rows.weight, rows.strata, rows.psu) == ("w", "s", "p")
    assert rows.columns("income", "w").rows() == [(1.5, 2), (0.0, 1)]


def test_thousands_separators_count_as_numbers_with_a_note(tmp_path):
    path = written(tmp_path, 'income\n"1,234"\n２０\n')
    with pytest.warns(ReadingNote):
        rows = read_microdata(path, "income")
    assert rows.columns("income").to_series().to_list() == [1234, 20]


def test_every_bad_row_is_named(tmp_path):
    text = "income,w\n-1,1\ninf,1\n,1\nabc,1\n5%,1\n1,0\n1,-2\n1,\n1,x\n2,3\n"
    problems = problems_of(written(tmp_path, text), weight="w")
    assert [(problem.row, problem.column) for problem in problems] == [
        *((row, "income") for row in (2, 3, 4, 5, 6)),
        *((row, "w") for row in (7, 8, 9, 10)),
    ]
    assert "percent" in problems[4].fix


def test_infinite_and_missing_values_of_typed_files_are_named(tmp_path):
    path = tmp_path / "rows.parquet"
    frame = pl.DataFrame(
        {"income": [1.0, float("inf"), float("nan"), None], "w": [1.0, 1, 1, float("inf")]}
    )
    frame.write_parquet(path)
    problems = problems_of(path, weight="w")
    assert [(problem.row, problem.column) for problem in problems] == [
        (2, "income"),
        (3, "income"),
        (4, "income"),
        (4, "w"),
    ]


def test_weights_that_are_all_zero_are_one_problem(tmp_path):
    (problem,) = problems_of(written(tmp_path, "income,w\n1,0\n2,0\n"), weight="w")
    assert "all weights are zero" in problem.what


def test_missing_columns_are_all_named_with_the_nearest_name(tmp_path):
    problems = problems_of(
        written(tmp_path, "income,weight\n1,1\n"), "incme", "wieght", strata="s", by="area"
    )
    assert [problem.what for problem in problems] == [
        f"no column {name!r}" for name in ("incme", "wieght", "s", "area")
    ]
    assert "income" in problems[0].fix
    assert "weight" in problems[1].fix


def test_gaps_in_the_design_are_named(tmp_path):
    problems = problems_of(written(tmp_path, "income,s\n1,a\n2,\n"), strata="s")
    assert [(problem.row, problem.column) for problem in problems] == [(3, "s")]


def test_dates_and_truth_values_are_no_incomes(tmp_path):
    path = tmp_path / "rows.parquet"
    pl.DataFrame({"income": [True, False]}).write_parquet(path)
    assert "boolean" in problems_of(path)[0].what


def test_parquet_rows_stay_on_disk_and_only_used_columns_count(tmp_path):
    path = tmp_path / "rows.parquet"
    wide = {f"x{i}": [1, 2] for i in range(50)}
    pl.DataFrame({"income": [1.0, 2.0], **wide}).write_parquet(path)
    rows = read_microdata(path, "income", limits=Limits(cells=2))
    assert isinstance(rows.frame, pl.LazyFrame)
    assert "x49" in rows.frame.collect_schema().names()
    assert "too large" in problems_of(path, limits=Limits(cells=1))[0].what


def test_hidden_characters_in_used_columns_are_refused(tmp_path):
    path = tmp_path / "rows.parquet"
    pl.DataFrame({"income": [1.0], "area": ["x\u202e"]}).write_parquet(path)
    assert read_microdata(path, "income").columns("income").height == 1
    (problem,) = problems_of(path, by="area")
    assert problem.column == "area"
