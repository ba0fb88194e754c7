import json
from importlib.resources import files
from pathlib import Path

import polars as pl
import pytest

from gongfu.core import InputError
from gongfu.report.document import ResultDocument
from gongfu.report.shape import json_schema
from gongfu.report.storage import from_json, read_document, to_json, write_document


def changed(document: ResultDocument, *path: str | int, value: object) -> str:
    raw = json.loads(to_json(document))
    place = raw
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return json.dumps(raw)


def test_a_document_reads_back_to_the_last_bit(document: ResultDocument):
    again = from_json(to_json(document))
    assert to_json(again) == to_json(document)
    assert again.meta == document.meta
    for name, table in document.tables.items():
        assert again.tables[name].rows.equals(table.rows)


def test_json_is_plain_json_with_null_for_missing(document: ResultDocument):
    raw = json.loads(to_json(document), parse_constant=pytest.fail)
    assert raw["schema"] == "gongfu/result/1"
    assert list(raw["tables"]) == sorted(raw["tables"])


def test_a_folder_with_chinese_and_spaces_holds_json_and_parquet(
    document: ResultDocument, tmp_path: Path
):
    folder = tmp_path / "结果 文件"
    paths = write_document(document, folder)
    assert len(paths) == 1 + len(document.tables)
    gap = pl.read_parquet(folder / "tables" / "gap.parquet")
    assert gap.equals(document.table("gap").rows)
    assert to_json(read_document(folder)) == to_json(document)


def test_existing_files_are_kept_unless_forced(document: ResultDocument, tmp_path: Path):
    write_document(document, tmp_path)
    with pytest.raises(InputError, match="exists"):
        write_document(document, tmp_path)
    write_document(document, tmp_path, force=True)


def test_another_schema_version_is_refused_with_the_next_step(document: ResultDocument):
    with pytest.raises(InputError, match="Run the study again"):
        from_json(changed(document, "schema", value="gongfu/result/2"))


@pytest.mark.parametrize("text", ["", "[]", "{", '"gongfu/result/1"'])
def test_what_is_not_a_document_is_refused(text: str):
    with pytest.raises(InputError):
        from_json(text, file="result.json")


def test_all_breaks_of_the_shape_are_named_with_their_place(document: ResultDocument):
    raw = json.loads(changed(document, "meta", "seed", value="many"))
    raw["tables"]["gap"]["evidence"] = "believed"
    with pytest.raises(InputError) as caught:
        from_json(json.dumps(raw), file="result.json")
    text = str(caught.value)
    assert "meta.seed" in text
    assert "tables.gap.evidence" in text
    assert "result.json" in text


def test_a_short_row_and_a_wrong_cell_are_refused(document: ResultDocument):
    with pytest.raises(InputError, match="row 3"):
        from_json(changed(document, "tables", "gap", "rows", 2, value=[2015]))
    with pytest.raises(InputError, match="not of type"):
        from_json(
            changed(document, "tables", "gap", "rows", 2, value=["zones", "x", 1.0, 1.0, 1.0])
        )


def test_a_missing_file_is_an_input_error(tmp_path: Path):
    with pytest.raises(InputError, match="cannot be read"):
        read_document(tmp_path / "none.json")


def test_the_published_schema_is_the_one_that_is_checked():
    published = json.loads((files("gongfu.report") / "result.schema.json").read_text("utf-8"))
    assert published == json_schema(), "write json_schema() to src/gongfu/report/result.schema.json"
