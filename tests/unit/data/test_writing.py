import math
import os

import polars as pl
import pytest

from gongfu.core import InputError
from gongfu.data.readers import read_table
from gongfu.data.writing import (
    open_replacing,
    write_bytes,
    write_csv,
    write_json,
    write_parquet,
    write_text,
)

FRAME = pl.DataFrame({"省份": ["北京", "天津"], "x": [0.1 + 0.2, -1.5]})
WRITERS = {
    "bytes": lambda path, **options: write_bytes(path, b"new", **options),
    "text": lambda path, **options: write_text(path, "新", **options),
    "json": lambda path, **options: write_json(path, {"新": 1}, **options),
    "csv": lambda path, **options: write_csv(path, FRAME, **options),
    "parquet": lambda path, **options: write_parquet(path, FRAME, **options),
}


def refusal(write, *arguments, **options):
    with pytest.raises(InputError) as refused:
        write(*arguments, **options)
    (problem,) = refused.value.problems
    return problem


@pytest.mark.parametrize("kind", WRITERS)
def test_a_file_that_exists_is_replaced_only_when_forced(tmp_path, kind):
    path = tmp_path / "结果 1.out"
    path.write_bytes(b"old")
    problem = refusal(WRITERS[kind], path)
    assert "--force" in problem.fix
    assert path.read_bytes() == b"old"
    assert WRITERS[kind](path, force=True) == path
    assert path.read_bytes() != b"old"


@pytest.mark.parametrize("kind", WRITERS)
def test_the_same_content_has_the_same_bytes(tmp_path, kind):
    first = WRITERS[kind](tmp_path / "a").read_bytes()
    assert WRITERS[kind](tmp_path / "b").read_bytes() == first


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError, MemoryError])
def test_an_interrupted_file_leaves_the_old_one_and_nothing_else(tmp_path, error):
    path = write_text(tmp_path / "a.txt", "old")

    def write_half():
        with open_replacing(path, force=True) as file:
            file.write(b"half")
            raise error

    with pytest.raises(error):
        write_half()
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]
    assert path.read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_is_reported_and_leaves_nothing(tmp_path, monkeypatch, step):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, full)
    problem = refusal(write_text, tmp_path / "a.txt", "new")
    assert problem.found == "No space left on device"
    assert not list(tmp_path.iterdir())


def test_missing_folders_and_folders_are_refused(tmp_path):
    assert "Create the folder" in refusal(write_text, tmp_path / "no" / "a.txt", "x").fix
    assert "folder" in refusal(write_text, tmp_path, "x", force=True).what


def test_a_link_keeps_pointing_to_the_replaced_file(tmp_path):
    target = write_text(tmp_path / "target.txt", "old")
    link = tmp_path / "link.txt"
    try:
        link.symlink_to(target)
    except OSError:
        pytest.skip("this system does not let us make links")
    write_text(link, "new", force=True)
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"


def test_csv_opens_in_spreadsheets_and_comes_back_exactly(tmp_path):
    path = write_csv(tmp_path / "a.csv", FRAME)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert read_table(path).equals(FRAME)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_text_that_a_spreadsheet_would_run_is_escaped_in_every_column(tmp_path, start):
    evil = f"{start}cmd|'/C calc'!A0"
    frame = pl.DataFrame({"a": [evil, "x"], "b": ["y", evil], evil: [-1, 2], "c": [-0.5, 0.5]})
    path = write_csv(tmp_path / "a.csv", frame.with_columns(pl.col("b").cast(pl.Categorical)))
    back = pl.read_csv(path)
    assert back["a"].to_list() == [f"'{evil}", "x"]
    assert back["b"].to_list() == ["y", f"'{evil}"]
    assert back.columns[2] == f"'{evil}"
    assert back["c"].to_list() == [-0.5, 0.5]


def test_text_numbers_that_begin_with_a_sign_are_escaped_but_numbers_are_not(tmp_path):
    path = write_csv(tmp_path / "a.csv", pl.DataFrame({"text": ["-5"], "number": [-5]}))
    assert path.read_text(encoding="utf-8-sig") == "text,number\n'-5,-5\n"


def test_missing_values_are_empty_cells(tmp_path):
    path = write_csv(tmp_path / "a.csv", pl.DataFrame({"a": [1.0, math.nan, None], "b": [1, 2, 3]}))
    assert path.read_text(encoding="utf-8-sig") == "a,b\n1.0,1\n,2\n,3\n"


def test_json_is_sorted_readable_and_never_holds_what_is_no_number(tmp_path):
    path = write_json(tmp_path / "a.json", {"乙": 1, "a": 0.1})
    assert path.read_text(encoding="utf-8") == '{\n  "a": 0.1,\n  "乙": 1\n}\n'
    with pytest.raises(ValueError, match="JSON"):
        write_json(tmp_path / "b.json", {"a": math.nan})
    assert not (tmp_path / "b.json").exists()


def test_pandas_frames_are_written_too(tmp_path):
    write_parquet(tmp_path / "a.parquet", FRAME.to_pandas())
    assert pl.read_parquet(tmp_path / "a.parquet").equals(FRAME)
