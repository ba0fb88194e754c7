import datetime
import io
import struct
import zipfile

import pytest
import xlsxwriter

from gongfu.core import InputError
from gongfu.data.readers import Limits, ReadingNote, open_table, read_table

NAMESPACE = "http://schemas.openxmlformats.org"


def workbook(path, sheets):
    with xlsxwriter.Workbook(path) as book:
        for name, cells in sheets.items():
            sheet = book.add_worksheet(name)
            for (row, column), value in cells.items():
                sheet.write(row, column, value)
    return path


def grid(*rows, top=0, left=0):
    return {
        (top + i, left + j): cell
        for i, row in enumerate(rows)
        for j, cell in enumerate(row)
        if cell is not None
    }


def problems_of(path, **options):
    with pytest.raises(InputError) as refused:
        read_table(path, **options)
    return refused.value.problems


def with_part(source, target, name, content):
    """Copy a workbook with one part replaced."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return target


def test_numbers_are_read_in_full_precision(tmp_path):
    values = [1 / 3, 1.5e-9, 123456789.123456, 1e15, 3.0000000000001]
    path = workbook(tmp_path / "a.xlsx", {"s": grid(["x"], *([v] for v in values))})
    # xlsxwriter itself writes 16 significant digits.
    assert read_table(path)["x"].to_list() == pytest.approx(values, rel=1e-15)


def test_whole_numbers_are_integers_and_codes_keep_their_zeros(tmp_path):
    path = workbook(
        tmp_path / "a.xlsx", {"s": grid(["年份", "code"], [2020, "011"], [2021, "012"])}
    )
    assert read_table(path).rows() == [(2020, "011"), (2021, "012")]


def test_rows_are_numbered_as_in_the_sheet_wherever_the_table_stands(tmp_path):
    cells = grid(["省份", "值"], ["北京", 1], [None, None], ["天津", 2], top=3, left=2)
    table = open_table(workbook(tmp_path / "表 一.xlsx", {"s": cells}))
    assert table.frame.rows() == [("北京", 1), ("天津", 2)]
    assert table.lines.tolist() == [5, 7]


def test_the_first_sheet_is_read_with_a_note_and_others_by_name(tmp_path):
    path = workbook(tmp_path / "a.xlsx", {"数据": grid(["a"], [1]), "notes": grid(["b"], [2])})
    with pytest.warns(ReadingNote, match="数据, not notes"):
        assert read_table(path).columns == ["a"]
    assert read_table(path, sheet="notes").columns == ["b"]
    (problem,) = problems_of(path, sheet="note")
    assert "notes" in problem.fix


def test_an_empty_sheet_is_refused(tmp_path):
    assert "empty" in problems_of(workbook(tmp_path / "a.xlsx", {"s": {}}))[0].what


def test_spreadsheet_errors_are_not_read_as_missing(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write_row(1, 0, [1, 2])
        sheet.write_formula(2, 1, "=1/0", None, "#DIV/0!")
    (problem,) = problems_of(path)
    assert (problem.row, problem.column) == (3, "B")


def test_errors_on_another_sheet_do_not_matter(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("good").write_column(0, 0, ["a", 1])
        book.add_worksheet("bad").write_formula(0, 0, "=1/0", None, "#DIV/0!")
    assert open_table(path).frame.rows() == [(1,)]


def test_formulas_are_not_computed_only_their_stored_value_is_read(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "a")
        sheet.write_formula(1, 0, '=HYPERLINK("http://example.org")', None, 5)
    assert read_table(path).rows() == [(5,)]


def test_dates_stay_text_and_are_never_numbers(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "day")
        form = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_datetime(1, 0, datetime.datetime(2020, 1, 2), form)
    assert read_table(path)["day"].to_list() == ["2020-01-02 00:00:00"]


def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path):
    good = workbook(tmp_path / "good.xlsx", {"s": grid(["a"], [1])})
    zeros = b"<worksheet>" + b" " * 5_000_000
    bomb = with_part(good, tmp_path / "bomb.xlsx", "xl/worksheets/sheet1.xml", zeros)
    assert bomb.stat().st_size < 20_000
    (problem,) = problems_of(bomb, limits=Limits(megabytes=1))
    assert "once unpacked" in problem.what
    assert "GONGFU_MAX_MEGABYTES" in problem.fix


def test_a_zip_bomb_that_lies_about_its_size_is_refused_too(tmp_path):
    good = workbook(tmp_path / "good.xlsx", {"s": grid(["a"], [1])})
    name = "xl/worksheets/sheet1.xml"
    bomb = with_part(good, tmp_path / "bomb.xlsx", name, b" " * 5_000_000)
    content = bomb.read_bytes().replace(struct.pack("<I", 5_000_000), struct.pack("<I", 10))
    bomb.write_bytes(content)
    with zipfile.ZipFile(bomb) as archive:
        assert archive.getinfo(name).file_size == 10
    (problem,) = problems_of(bomb, limits=Limits(megabytes=1))
    assert "once unpacked" in problem.what


def test_two_cells_at_far_ends_do_not_fill_the_memory(tmp_path):
    path = workbook(tmp_path / "a.xlsx", {"s": {(0, 0): "a", (1, 0): 1, (1_000_000, 150): 2}})
    (problem,) = problems_of(path)
    assert "far apart" in problem.what


def test_too_many_sheets_rows_and_columns_are_refused(tmp_path):
    path = workbook(tmp_path / "a.xlsx", {f"s{i}": grid(["a", "b"], [1, 2]) for i in range(3)})
    for name in ("sheets", "rows", "columns"):
        (problem,) = problems_of(path, limits=Limits(**{name: 1}))
        assert name in problem.expected


def test_a_workbook_without_sheets_is_refused(tmp_path):
    good = workbook(tmp_path / "good.xlsx", {"s": grid(["a"], [1])})
    empty = f'<workbook xmlns="{NAMESPACE}/spreadsheetml/2006/main"><sheets></sheets></workbook>'
    bare = with_part(good, tmp_path / "bare.xlsx", "xl/workbook.xml", empty.encode())
    assert "no sheets" in problems_of(bare)[0].what


@pytest.mark.parametrize(
    "content",
    [
        b"noise",
        b"PK\x03\x04" + bytes(range(256)),
        b"\xd0\xcf\x11\xe0" + bytes(600),
    ],
    ids=["text", "broken archive", "old xls or password"],
)
def test_what_is_no_workbook_is_refused(tmp_path, content):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    (problem,) = problems_of(path)
    assert "not an XLSX workbook" in problem.what
    assert "save" in problem.fix.lower()


def test_an_archive_of_other_things_is_refused(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("hello.txt", "hello")
    path = tmp_path / "a.xlsx"
    path.write_bytes(buffer.getvalue())
    assert "not an XLSX workbook" in problems_of(path)[0].what


def test_a_reference_to_other_files_is_not_followed(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("12345", encoding="utf-8")
    good = workbook(tmp_path / "good.xlsx", {"s": grid(["a"], ["x"])})
    shared = (
        f'<!DOCTYPE sst [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
        f'<sst xmlns="{NAMESPACE}/spreadsheetml/2006/main">'
        "<si><t>a</t></si><si><t>&e;</t></si></sst>"
    )
    path = with_part(good, tmp_path / "a.xlsx", "xl/sharedStrings.xml", shared.encode())
    try:
        seen = str(read_table(path).rows())
    except InputError as error:
        seen = str(error)
    assert "12345" not in seen
