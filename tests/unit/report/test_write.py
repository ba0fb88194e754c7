from pathlib import Path

import polars as pl
import pytest

from gongfu.core import InputError
from gongfu.report.document import ResultDocument
from gongfu.report.write import write_report


@pytest.fixture(scope="module")
def small(without) -> ResultDocument:
    """Three charts are enough to see what is written."""
    return without("provinces", "inequality", "dagum", "nested", "policy_effects")


@pytest.fixture(scope="module")
def written(small: ResultDocument, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("reports") / "报告 一"
    return write_report(small, folder, ["en"])


def test_a_report_is_a_page_and_four_files_per_figure(written: list[Path]):
    page, *figures = written
    assert page.name == "report.en.html"
    assert len(figures) == 3 * 4
    assert {path.suffix for path in figures} == {".svg", ".png", ".csv", ".json"}
    assert all(path.is_file() for path in written)


def test_the_csv_of_a_figure_has_units_in_its_head_and_every_digit(
    written: list[Path], document: ResultDocument
):
    path = next(path for path in written if path.name == "gap.en.csv")
    frame = pl.read_csv(path)
    assert frame.columns[1] == "Published [yuan per person; current prices]"
    expected = document.table("gap").rows["published"].to_list()
    assert frame[frame.columns[1]].to_list() == expected
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_same_document_gives_the_same_bytes(
    written: list[Path], small: ResultDocument, tmp_path: Path
):
    again = write_report(small, tmp_path, ["en"])
    assert [path.name for path in again] == [path.name for path in written]
    for first, second in zip(written, again, strict=True):
        assert first.read_bytes() == second.read_bytes(), first.name


def test_existing_files_are_kept_unless_forced(written: list[Path], small: ResultDocument):
    with pytest.raises(InputError, match="exists"):
        write_report(small, written[0].parent, ["en"])


@pytest.mark.parametrize("languages", [[], ["fr"]])
def test_only_the_languages_of_the_catalogue_are_written(
    document: ResultDocument, tmp_path: Path, languages: list[str]
):
    with pytest.raises(InputError, match="language"):
        write_report(document, tmp_path, languages)
