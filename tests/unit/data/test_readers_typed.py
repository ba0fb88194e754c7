import pandas as pd
import polars as pl
import pyreadstat
import pytest

from gongfu.core import InputError
from gongfu.data.readers import Limits, open_table, read_table

FRAME = pd.DataFrame({"省份": ["北京", "天津"], "area": [1, 2], "income": [1.5, None]})
LABELS = {"area": {1: "城镇", 2: "农村"}}


def stata(path, frame=FRAME):
    pyreadstat.write_dta(frame, str(path), variable_value_labels=LABELS)
    return path


def spss(path, frame=FRAME):
    pyreadstat.write_sav(frame, str(path), variable_value_labels=LABELS)
    return path


def problems_of(path, **options):
    with pytest.raises(InputError) as refused:
        read_table(path, **options)
    return refused.value.problems


@pytest.mark.parametrize(("write", "name"), [(stata, "调查 1.dta"), (spss, "调查 1.sav")])
def test_survey_files_keep_codes_and_offer_labels(tmp_path, write, name):
    table = open_table(write(tmp_path / name))
    assert table.frame.rows() == [("北京", 1.0, 1.5), ("天津", 2.0, None)]
    assert table.value_labels == LABELS
    assert table.lines.tolist() == [1, 2]


def old_stata(path, text):
    """Write a Stata 10 file whose text is in the given bytes; it names no encoding."""
    pd.DataFrame({"place": ["A" * len(text)], "x": [1.0]}).to_stata(
        path, version=114, write_index=False
    )
    path.write_bytes(path.read_bytes().replace(b"A" * len(text), text))
    return path


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_old_stata_text_is_chinese_not_western(tmp_path, encoding):
    path = old_stata(tmp_path / "a.dta", "北京天津".encode(encoding))
    assert read_table(path)["place"].to_list() == ["北京天津"]


def test_old_stata_text_that_cannot_be_told_is_refused(tmp_path):
    (problem,) = problems_of(old_stata(tmp_path / "a.dta", "Québé1".encode("latin1")))
    assert "encoding" in problem.what


def test_parquet_is_read_with_its_types(tmp_path):
    path = tmp_path / "数据.parquet"
    frame = pl.DataFrame({"省份": ["北京"], "年份": [2020], "x": [0.1]})
    frame.write_parquet(path)
    assert read_table(path).equals(frame)


def test_parquet_columns_of_lists_or_bytes_are_refused(tmp_path):
    path = tmp_path / "a.parquet"
    pl.DataFrame({"a": [[1, 2]], "b": [b"\x80\x04."], "c": [1]}).write_parquet(path)
    assert {problem.column for problem in problems_of(path)} == {"a", "b"}


def test_sizes_of_typed_files_are_asked_before_the_rows_are_read(tmp_path):
    pl.DataFrame({"a": [1, 2, 3], "b": [1, 2, 3]}).write_parquet(tmp_path / "a.parquet")
    for path in (tmp_path / "a.parquet", stata(tmp_path / "a.dta"), spss(tmp_path / "a.sav")):
        for name in ("rows", "columns", "cells"):
            (problem,) = problems_of(path, limits=Limits(**{name: 1}))
            assert name in problem.expected


@pytest.mark.parametrize("extension", ["parquet", "dta", "sav"])
def test_other_content_behind_the_name_is_refused(tmp_path, extension):
    path = tmp_path / f"a.{extension}"
    path.write_bytes(b"this is not what the name says" * 20)
    (problem,) = problems_of(path)
    assert problem.fix


@pytest.mark.parametrize("part", [0.3, 0.9])
@pytest.mark.parametrize("extension", ["parquet", "dta", "sav"])
def test_a_file_cut_off_is_refused(tmp_path, extension, part):
    whole = tmp_path / f"whole.{extension}"
    if extension == "parquet":
        pl.from_pandas(FRAME).write_parquet(whole)
    else:
        {"dta": stata, "sav": spss}[extension](whole)
    cut = tmp_path / f"cut.{extension}"
    cut.write_bytes(whole.read_bytes()[: int(whole.stat().st_size * part)])
    assert problems_of(cut)[0].file == str(cut)


def test_a_table_without_rows_is_refused(tmp_path):
    path = tmp_path / "a.parquet"
    pl.DataFrame(schema={"a": pl.Int64}).write_parquet(path)
    assert "no rows" in problems_of(path)[0].what


def test_hidden_characters_in_typed_files_are_refused(tmp_path):
    path = tmp_path / "a.parquet"
    pl.DataFrame({"name": ["x", "y\u202ez"]}).write_parquet(path)
    (problem,) = problems_of(path)
    assert (problem.row, problem.column) == (2, "name")
