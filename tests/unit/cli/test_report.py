import json
from pathlib import Path

import pytest

from gongfu.cli.app import run

RESULT = Path(__file__).parents[1] / "report" / "made_up.json"


def ended(arguments: list[str]) -> int:
    with pytest.raises(SystemExit) as done:
        run(arguments)
    return int(done.value.code or 0)


def test_the_files_are_listed_as_json_and_progress_goes_to_standard_error(tmp_path, capsys):
    words = ["report", str(RESULT), "--format", "xlsx", "--lang", "en", "--out", str(tmp_path)]
    assert ended([*words, "--json"]) == 0
    said = capsys.readouterr()
    answer = json.loads(said.out)
    assert answer["schema"] == "gongfu/report/1"
    (file,) = answer["data"]["files"]
    assert Path(file["path"]) == tmp_path / "report.en.xlsx"
    assert file["bytes"] == (tmp_path / "report.en.xlsx").stat().st_size
    assert "report.en.xlsx" in said.err


def test_a_file_that_stands_there_is_kept_unless_forced(tmp_path, capsys):
    words = ["report", str(RESULT), "--format", "xlsx", "--out", str(tmp_path)]
    assert ended(words) == 0
    assert ended(words) == 3
    assert "exists" in capsys.readouterr().err
    assert ended([*words, "--force"]) == 0


def test_a_missing_result_is_one_line_and_no_traceback(tmp_path, capsys):
    assert ended(["report", str(tmp_path / "nothing"), "--format", "xlsx"]) == 3
    said = capsys.readouterr().err
    assert "nothing" in said
    assert "Traceback" not in said
