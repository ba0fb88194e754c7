"""Whatever bytes stand in a file, reading ends in a table or in an error a user can act on."""

import csv
import io
import warnings

import pandas as pd
import polars as pl
import pyreadstat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongfu.core import InputError, MissingPartError
from gongfu.data.check import check_file
from gongfu.data.plain_text import plain
from gongfu.data.readers import FORMATS, Limits, ReadingNote, read_table

FRAME = pd.DataFrame(
    {"省份": ["北京", "天津"] * 9, "年份": [2020, 2021] * 9, "income": [1.5, None] * 9}
)
SMALL = Limits(megabytes=20, rows=100_000, cells=1_000_000)
BEGINNINGS = [b"", b"PAR1", b"PK\x03\x04", b"<stata_dta><header><release>118", b"\x72\x02", b"$FL2"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("fuzz")


@pytest.fixture(scope="module")
def good(folder):
    """One readable file of each format."""
    table = pl.from_pandas(FRAME)
    table.write_csv(folder / "g.csv")
    table.write_csv(folder / "g.tsv", separator="\t", quote_style="always")
    table.write_csv(folder / "g.txt", separator=";")
    table.write_excel(folder / "g.xlsx")
    table.write_parquet(folder / "g.parquet")
    pyreadstat.write_dta(FRAME, str(folder / "g.dta"))
    pyreadstat.write_sav(FRAME, str(folder / "g.sav"))
    for extension in FORMATS:
        assert read_table(folder / f"g{extension}").height == len(FRAME)
    return folder


def rows_or_problems(path):
    try:
        return read_table(path, limits=SMALL).height, ()
    except MissingPartError as error:
        return 0, (str(error),)
    except InputError as error:
        return 0, error.problems


def ends_well(folder, content, extension):
    path = folder / f"fuzz{extension}"
    path.write_bytes(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ReadingNote)
        rows, problems = rows_or_problems(path)
        report = check_file(path, limits=SMALL)
    assert rows > 0 or problems
    lines = [str(problem) for problem in (*problems, *report.problems)]
    assert lines == [plain(line, 10_000) for line in lines]


@settings(deadline=None)
@given(
    noise=st.binary(max_size=400),
    start=st.sampled_from(BEGINNINGS),
    end=st.sampled_from([b"", b"PAR1"]),
    extension=st.sampled_from(list(FORMATS)),
)
def test_noise_under_any_name_never_crashes(folder, noise, start, end, extension):
    ends_well(folder, start + noise + end, extension)


@settings(deadline=None)
@given(text=st.text(alphabet="省a1,;\t\n\"' .-=+%—１\u202e\0\ufeff京", max_size=60))
def test_text_of_troublesome_characters_never_crashes(folder, text):
    ends_well(folder, text.encode(), ".csv")


@settings(deadline=None)
@given(
    extension=st.sampled_from(list(FORMATS)),
    damage=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=5),
    kept=st.floats(0.1, 1) | st.just(1.0),
)
def test_a_damaged_file_never_crashes(folder, good, extension, damage, kept):
    content = bytearray((good / f"g{extension}").read_bytes())
    for place, byte in damage:
        content[int(place * (len(content) - 1))] = byte
    ends_well(folder, bytes(content[: int(kept * len(content))]), extension)


CELL = st.text(alphabet='甲ab"“,; \n', min_size=1, max_size=5).filter(str.strip)


@settings(deadline=None)
@given(
    rows=st.lists(st.tuples(CELL, CELL), min_size=1, max_size=6),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    blank=st.booleans(),
)
def test_quoted_text_is_read_as_the_standard_library_writes_it(folder, rows, quoting, blank):
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=quoting, lineterminator="\n")
    writer.writerow(["x1", "x2"])
    buffer.write("\n" if blank else "")
    writer.writerows(rows)
    path = folder / "quoted.csv"
    path.write_text(buffer.getvalue(), encoding="utf-8")
    assert read_table(path).rows() == [tuple(cell.strip() for cell in row) for row in rows]


@settings(deadline=None)
@given(
    values=st.lists(
        st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**53), 2**53),
        min_size=1,
        max_size=8,
    )
)
def test_numbers_come_back_exactly(folder, values):
    path = folder / "numbers.csv"
    path.write_text("\n".join(["x", *map(repr, values)]), encoding="utf-8")
    assert read_table(path)["x"].to_list() == pytest.approx(values, rel=0, abs=0)
