"""Bad files a user may bring: each ends with exit code 3, its name, and a next step."""

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import polars as pl
import pytest
import xlsxwriter

from gongfu.cli.app import run
from gongfu.data.check import check_file

ROWS = "income,weight\n100,1\n200,2\n300,1\n"
WIDE = "省份,年份,居民人均可支配收入\n四川,2020,26522\n北京,2020,69434\n"


@dataclass(frozen=True)
class Case:
    """One bad file: its name, its bytes, words its error must have, commands that must refuse it.

    `limits` are environment variables that lower a limit.
    """

    name: str
    file: str
    content: bytes | str | Callable[..., bytes]
    words: str
    commands: str = "check measure"
    limits: tuple[tuple[str, str], ...] = ()

    def write(self, folder):
        path = folder / self.file
        content = self.content() if callable(self.content) else self.content
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path


def workbook(rows=(("income",), (1,)), far=None):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if far:
            sheet.write(*far, 1)
    return buffer.getvalue()


def workbook_with(part, content):
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return buffer.getvalue()


def bomb():
    return workbook_with("xl/worksheets/sheet1.xml", b" " * 3_000_000)


def sheetless():
    return workbook_with("xl/workbook.xml", b"<workbook><sheets></sheets></workbook>")


def formula_error():
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        sheet.write_column(0, 0, ["income", 1, 2])
        sheet.write_formula(3, 0, "=1/0", None, "#DIV/0!")
    return buffer.getvalue()


def parquet(frame):
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    return buffer.getvalue()


def nested():
    return parquet(pl.DataFrame({"income": [[1.0], [2.0]]}))


def infinite():
    return parquet(pl.DataFrame({"income": [1.0, float("inf"), 2.0], "weight": [1.0, 1.0, 1.0]}))


NOISE = bytes(range(7, 256)) * 4
MEGABYTE = (("GONGFU_MAX_MEGABYTES", "1"),)

CASES = [
    # the bytes
    Case("wrong encoding", "a.csv", "income,name\n1,Québec\n".encode("latin1"), "encoding"),
    Case("traditional Chinese in Big5", "a.csv", "income,統計\n1,臺灣經濟\n".encode("big5"), "enc"),
    Case("truncated UTF-8", "a.csv", "省份,income\n北京,1\n天".encode()[:-1], "row 3"),
    Case("damaged UTF-8", "a.csv", "省份,income\n北京,1\n天津,".encode() + b"\xff\n", "row 3"),
    Case("NUL bytes", "a.csv", "income\n1\n\0\0\n", "NUL"),
    Case("empty file", "a.csv", "", "empty"),
    Case("blank lines only", "a.csv", "\n \n\n", "empty"),
    Case("header only", "a.csv", "income,weight\n", "only a header"),
    # the form
    Case("ragged rows", "a.csv", "income,weight\n1,2\n3\n4,5,6\n", "row 4"),
    Case("unclosed quote", "a.csv", 'income,weight\n1,"2\n3,4\n', "row 2"),
    Case("duplicate headers", "a.csv", "income,income\n1,2\n", "same name"),
    Case("unnamed column", "a.csv", "income,\n1,2\n", "no name"),
    Case("title above the header", "a.csv", "表1 收入,,\nincome,a,b\n1,2,3\n", "title"),
    Case("control characters", "a.csv", "income,name\n1,\x1b[31mred\n", "cannot be seen"),
    Case("right-to-left mark", "a.csv", "income,name\n1,\u202egpj.exe\n", "cannot be seen"),
    Case("hidden space in a header", "a.csv", "inc\u200bome\n1\n", "cannot be seen"),
    # the size
    Case("file too large", "a.csv", "income\n" + "1\n" * 600_000, "megabytes", limits=MEGABYTE),
    Case("too many rows", "a.csv", ROWS, "rows", limits=(("GONGFU_MAX_ROWS", "2"),)),
    Case("too many columns", "a.csv", ",".join(f"c{i}" for i in range(6000)) + "\n1\n", "columns"),
    Case("zip bomb", "a.xlsx", bomb, "once unpacked", limits=MEGABYTE),
    Case("cells far apart", "a.xlsx", lambda: workbook(far=(900_000, 90)), "far apart"),
    # the format
    Case("noise as Parquet", "a.parquet", NOISE, "not a Parquet file"),
    Case("noise between Parquet marks", "a.parquet", b"PAR1" + NOISE + b"PAR1", "damaged"),
    Case("lists in Parquet", "a.parquet", nested, "lists"),
    Case("noise as XLSX", "a.xlsx", NOISE, "not an XLSX workbook"),
    Case("CSV named XLSX", "a.xlsx", ROWS, "not an XLSX workbook"),
    Case("old XLS named XLSX", "a.xlsx", b"\xd0\xcf\x11\xe0" + NOISE, "password"),
    Case("workbook without sheets", "a.xlsx", sheetless, "no sheets"),
    Case("empty sheet", "a.xlsx", lambda: workbook(()), "empty"),
    Case("formula error", "a.xlsx", formula_error, "row 4"),
    Case("noise as Stata", "a.dta", NOISE, "not a Stata file"),
    Case("noise behind a Stata mark", "a.dta", b"<stata_dta><header>" + NOISE, "Stata"),
    Case("noise as SPSS", "a.sav", NOISE, "not an SPSS file"),
    Case("noise behind an SPSS mark", "a.sav", b"$FL2" + NOISE, "SPSS"),
    Case("unknown extension", "a.doc", ROWS, "does not read this format"),
    Case("no extension", "income", ROWS, "without an extension"),
    # the rows
    Case("missing column", "a.csv", "incme,weight\n1,2\n", "Did you mean"),
    Case("text in a number", "a.csv", "income,weight\n1,1\nabc,1\n", "row 3"),
    Case("percent text", "a.csv", "income,weight\n1,1\n12.3%,1\n", "row 3"),
    Case("dash for missing", "a.csv", "income,weight\n1,1\n—,1\n", "row 3"),
    Case("infinite income as text", "a.csv", "income,weight\n1,1\ninf,1\n", "row 3"),
    Case("infinite income", "a.parquet", infinite, "row 2"),
    Case("negative income", "a.csv", "income,weight\n1,1\n-5,1\n", "negative"),
    Case("all weights zero", "a.csv", "income,weight\n1,0\n2,0\n", "weight", "check weighted"),
    Case("negative weight", "a.csv", "income,weight\n1,1\n2,-1\n", "row 3", "check weighted"),
    Case("missing weight", "a.csv", "income,weight\n1,1\n2,\n", "row 3", "check weighted"),
    Case("text as weight", "a.csv", "income,weight\n1,1\n2,x\n", "row 3", "check weighted"),
    # regions by years
    Case("duplicate keys", "a.csv", WIDE + "四川省,2020,1\n", "stands twice", "check"),
    Case("negative mean income", "a.csv", WIDE + "上海,2020,-1\n", "0 or more", "check"),
    Case("year 1800", "a.csv", WIDE + "上海,1800,1\n", "year cannot be right", "check"),
    Case("year 20200", "a.csv", WIDE + "上海,20200,1\n", "year cannot be right", "check"),
    Case("text year", "a.csv", WIDE + "上海,去年,1\n", "no year", "check"),
    Case("missing year", "a.csv", WIDE + "上海,,1\n", "year is missing", "check"),
    Case("missing region", "a.csv", WIDE + ",2020,1\n", "region is missing", "check"),
    Case("unknown province", "a.csv", WIDE + "四穿,2021,1\n", "Did you mean '四川'", "check"),
    Case("nation among provinces", "a.csv", WIDE + "全国,2020,1\n", "nation", "check"),
    Case("formula as a name", "a.csv", WIDE + "=HYPERLINK(1),2020,1\n", "formula", "check"),
    Case(
        "two region columns", "a.csv", "省份,地区,年份,gdp\n四川,a,2020,1\n", "could hold", "check"
    ),
    Case(
        "no value column", "a.csv", "省份,年份,指标\n四川,2020,gdp\n", "no column of val", "check"
    ),
    Case("no year column", "a.csv", "省份,gdp\n四川,1\n", "no column of years", "check"),
    Case(
        "share above 100", "a.csv", "省份,年份,城镇居民恩格尔系数\n四川,2020,101\n", "100", "check"
    ),
    Case("misspelt variable", "a.csv", "省份,年份,incme_pc_all\n四川,2020,1\n", "Did you", "check"),
    Case("other unit", "a.csv", "省份,年份,GDP（万元）\n四川,2020,1\n", "万元", "check"),
]

COMMANDS = {
    "check": ("data", "check", "{}"),
    "measure": ("measure", "inequality", "{}", "--income", "income"),
    "weighted": ("measure", "inequality", "{}", "--income", "income", "--weight", "weight"),
}
RUNS = [
    pytest.param(case, command, id=f"{case.name} - {command}")
    for case in CASES
    for command in case.commands.split()
]


def arguments(command, path):
    return [word.format(path) for word in COMMANDS[command]]


@pytest.mark.parametrize(("case", "command"), RUNS)
def test_a_bad_file_is_refused_with_its_name_and_a_next_step(
    tmp_path, monkeypatch, capsys, case, command
):
    for name, value in case.limits:
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    path = case.write(tmp_path)
    before = path.read_bytes()
    with pytest.raises(SystemExit) as done:
        run(arguments(command, path))
    out, err = capsys.readouterr()
    assert done.value.code == 3
    assert path.name in err
    assert case.words in err
    assert "Traceback" not in out + err
    assert "\x1b" not in err
    assert "\u202e" not in err
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
    assert path.read_bytes() == before


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_every_problem_of_a_check_says_where_it_is_and_what_to_do(tmp_path, monkeypatch, case):
    for name, value in case.limits:
        monkeypatch.setenv(name, value)
    path = case.write(tmp_path)
    problems = check_file(path).problems
    assert problems
    assert all(problem.fix and problem.file == str(path) for problem in problems)


@pytest.mark.parametrize("command", ["check", "measure"])
def test_a_missing_file_and_a_folder_are_refused(tmp_path, capsys, command):
    (tmp_path / "income.csv").write_text(ROWS, encoding="utf-8")
    for path in (tmp_path / "incom.csv", tmp_path):
        with pytest.raises(SystemExit) as done:
            run(arguments(command, path))
        assert done.value.code == 3
        assert "income.csv" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["check", "measure"])
def test_a_path_with_chinese_and_spaces_works(tmp_path, capsys, command):
    path = tmp_path / "我的 数据" / "收入 2020.csv"
    path.parent.mkdir()
    path.write_text(ROWS, encoding="gb18030")
    with pytest.raises(SystemExit) as done:
        run(arguments(command, path))
    assert done.value.code == 0
    assert "3 rows" in capsys.readouterr().out


@pytest.mark.parametrize(
    "name", ["wrong encoding", "zip bomb", "noise as Stata", "negative income", "unknown province"]
)
def test_the_installed_command_refuses_it_too(tmp_path, name):
    case = next(case for case in CASES if case.name == name)
    path = case.write(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "gongfu", "data", "check", str(path)],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, **dict(case.limits), "PYTHONIOENCODING": "utf-8"},
    )
    err = done.stderr.decode()
    assert done.returncode == 3
    assert path.name in err
    assert case.words in err
    assert "Traceback" not in err
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_there_are_more_than_thirty_of_them():
    assert len({case.name for case in CASES}) == len(CASES) > 30
