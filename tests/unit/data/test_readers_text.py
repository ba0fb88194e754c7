import numpy as np
import polars as pl
import pytest

from gongfu.core import InputError
from gongfu.data.readers import Limits, ReadingNote, open_table, read_table

TABLE = "省份,收入\n北京,1\n天津,2\n"


def written(folder, content, name="数据 表.csv"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def problems_of(path, **options):
    with pytest.raises(InputError) as refused:
        read_table(path, **options)
    return refused.value.problems


@pytest.mark.parametrize(
    ("encoding", "recognised"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8 with mark"),
        ("gbk", "GB18030"),
        ("gb18030", "GB18030"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
    ],
)
def test_encodings_in_use_in_china_are_recognised(tmp_path, encoding, recognised):
    table = open_table(written(tmp_path, TABLE.encode(encoding)))
    assert table.encoding == recognised
    assert table.frame.to_dict(as_series=False) == {"省份": ["北京", "天津"], "收入": [1, 2]}


@pytest.mark.parametrize(
    "text",
    ["臺灣經濟發展,1\n".encode("big5"), "Québec,1\n".encode("latin1")],
    ids=["big5", "latin1"],
)
def test_other_encodings_are_refused_rather_than_garbled(tmp_path, text):
    (problem,) = problems_of(written(tmp_path, b"name,income\n" + text))
    assert "UTF-8" in problem.fix
    assert "encoding" in problem.what


def test_utf8_with_one_broken_byte_is_not_taken_for_gb18030(tmp_path):
    content = bytearray((TABLE * 3).encode())
    content[TABLE.encode().index("天".encode())] = 0xFF
    (problem,) = problems_of(written(tmp_path, bytes(content)))
    assert problem.row == 3
    assert "UTF-8" in problem.expected


def test_utf8_cut_within_a_character_says_so(tmp_path):
    (problem,) = problems_of(written(tmp_path, "省份,收入\n北京,1\n天".encode()[:-1]))
    assert "cut off" in problem.what
    assert problem.row == 3


@pytest.mark.parametrize(("mark", "word"), [(",", "comma"), (";", "semicolon"), ("\t", "tab")])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends_are_recognised(tmp_path, mark, word, end):
    text = f"a{mark}b{end}1{mark}x{end}2{mark}y"
    table = open_table(written(tmp_path, text))
    assert table.delimiter == word
    assert table.frame.rows() == [(1, "x"), (2, "y")]


def test_quoted_delimiters_quotes_and_line_ends_stay_in_their_cell(tmp_path):
    table = open_table(written(tmp_path, 'a,b\n"1,5","say ""x""\nagain"\n2,y\n'))
    assert table.frame.rows() == [("1,5", 'say "x"\nagain'), ("2", "y")]
    assert table.lines.tolist() == [2, 4]


def test_a_single_column_needs_no_delimiter(tmp_path):
    assert read_table(written(tmp_path, "income\n1\n2\n")).rows() == [(1,), (2,)]


def test_blank_lines_are_left_out_and_rows_keep_their_line(tmp_path):
    table = open_table(written(tmp_path, "\na,b\n\n1,2\n , \n3,4\n\n"))
    assert table.frame.rows() == [(1, 2), (3, 4)]
    assert table.lines.tolist() == [4, 6]


def test_a_quoted_and_an_unquoted_copy_read_alike(tmp_path):
    rng = np.random.default_rng(7)
    rows = [
        f"{name},{value}" for name, value in zip("甲乙丙丁", rng.integers(0, 99, 4), strict=True)
    ]
    bare = read_table(written(tmp_path, "\n".join(["名,值", *rows]), "bare.csv"))
    quoted = "\n".join(["名,值", *(f'"{row.split(",")[0]}","{row.split(",")[1]}"' for row in rows)])
    assert read_table(written(tmp_path, quoted, "quoted.csv")).equals(bare)


def test_every_ragged_row_is_named(tmp_path):
    problems = problems_of(written(tmp_path, "a,b\n1\n1,2\n1,2,3\n"))
    assert [(p.row, p.expected, p.found) for p in problems] == [
        (2, "2 cells", "1"),
        (4, "2 cells", "3"),
    ]


def test_an_unclosed_quote_is_named_where_it_opens(tmp_path):
    (problem,) = problems_of(written(tmp_path, 'a,b\n1,2\n"3,4\n5,6\n'))
    assert problem.row == 3


def test_long_lists_of_problems_are_cut_and_counted(tmp_path):
    problems = problems_of(written(tmp_path, "a,b\n" + "1\n" * 70))
    assert len(problems) == 51
    assert "20 more" in problems[-1].what


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("\n\n", "empty"),
        ("a,b\n", "only a header"),
        ("a,a\n1,2\n", "same name"),
        ("a,\n1,2\n", "no name"),
        ("人均收入表,,\n省份,a,b\n北京,1,2\n", "title"),
        ("a,b\n1,\0\n", "NUL"),
        ("a,b\n1,\u202ex\n", "cannot be seen"),
        ("a\u200b,b\n1,2\n", "cannot be seen"),
        ("a,b\n1,\x1b[31mx\n", "cannot be seen"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path, text, words):
    path = written(tmp_path, text)
    for problem in problems_of(path):
        assert words in problem.what
        assert problem.fix
        assert problem.file == str(path)


def test_hidden_characters_are_shown_by_their_number(tmp_path):
    (problem,) = problems_of(written(tmp_path, "a,b\n1,x\u202ey\n"))
    assert (problem.row, problem.column, problem.found) == (2, "b", "x\\u202ey")


def test_thousands_separators_and_full_width_digits_are_read_with_a_note(tmp_path):
    path = written(tmp_path, 'a,b\n"1,234.5",１２３\n2,−4\n')
    with pytest.warns(ReadingNote) as notes:
        table = read_table(path)
    assert table.rows() == [(1234.5, 123), (2, -4)]
    assert ["thousands" in str(notes[0].message), "full-width" in str(notes[1].message)] == [
        True
    ] * 2


def test_missing_values_of_r_are_read_as_missing_with_a_note(tmp_path):
    with pytest.warns(ReadingNote, match="NA"):
        table = read_table(written(tmp_path, "a\n1\nNA\n"))
    assert table["a"].to_list() == [1, None]


@pytest.mark.parametrize("mark", ["—", "…", "N/A", "nan", "12.3%", "inf", "1e999", "1 234", "1,23"])
def test_a_column_with_other_marks_stays_text(tmp_path, mark):
    table = read_table(written(tmp_path, f'a\n1\n"{mark}"\n'))
    assert table["a"].to_list() == ["1", mark]


def test_codes_with_leading_zeros_and_identity_numbers_stay_text(tmp_path):
    table = read_table(written(tmp_path, "code,id\n011,110101199003071234567\n12,2\n"))
    assert table.schema == {"code": pl.String, "id": pl.String}


def test_whole_numbers_are_exact_and_fractions_keep_full_precision(tmp_path):
    table = read_table(written(tmp_path, "a,b\n9007199254740993,0.1234567890123456\n"))
    assert table.row(0) == (9007199254740993, 0.1234567890123456)


def test_an_empty_last_column_is_dropped(tmp_path):
    assert read_table(written(tmp_path, "a,b,\n1,2,\n")).columns == ["a", "b"]


@pytest.mark.parametrize(
    ("limits", "name"),
    [
        (Limits(rows=2), "rows"),
        (Limits(columns=1), "columns"),
        (Limits(cells=5), "cells"),
    ],
)
def test_limits_are_named_with_the_way_to_lift_them(tmp_path, limits, name):
    (problem,) = problems_of(written(tmp_path, "a,b\n1,2\n3,4\n5,6\n"), limits=limits)
    assert f"GONGFU_MAX_{name.upper()}=" in problem.fix
    assert f"limits=Limits({name}=" in problem.fix


def test_a_huge_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(2_000_000_000)
    (problem,) = problems_of(path)
    assert "2,000 megabytes" in problem.found


def test_the_environment_lifts_a_limit_and_refuses_nonsense(tmp_path, monkeypatch):
    path = written(tmp_path, "a\n1\n2\n3\n")
    monkeypatch.setenv("GONGFU_MAX_ROWS", "2")
    assert "too large" in problems_of(path)[0].what
    monkeypatch.setenv("GONGFU_MAX_ROWS", "many")
    assert "GONGFU_MAX_ROWS" in problems_of(path)[0].what
    monkeypatch.setenv("GONGFU_MAX_ROWS", "4")
    assert read_table(path).height == 3


def test_a_missing_file_is_answered_with_the_nearest_name(tmp_path):
    written(tmp_path, TABLE, "income.csv")
    (problem,) = problems_of(tmp_path / "incme.csv")
    assert "income.csv" in problem.fix


def test_folders_and_unknown_formats_are_refused(tmp_path):
    written(tmp_path, TABLE, "income.csv")
    assert "income.csv" in problems_of(tmp_path)[0].fix
    assert ".xlsx" in problems_of(written(tmp_path, TABLE, "income.doc"))[0].expected
    assert "extension" in problems_of(written(tmp_path, TABLE, "income"))[0].found


def test_names_no_system_can_hold_are_refused(tmp_path):
    assert problems_of(tmp_path / ("x" * 5000 + ".csv"))
    assert problems_of(tmp_path / "a\0b.csv")


def test_a_file_that_may_not_be_opened_is_refused(tmp_path, monkeypatch):
    path = written(tmp_path, TABLE)

    def denied(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", denied)
    (problem,) = problems_of(path)
    assert (problem.found, "permissions" in problem.fix) == ("Permission denied", True)
