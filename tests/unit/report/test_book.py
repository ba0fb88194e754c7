from dataclasses import replace

import pytest

from gongfu.report.book import Book, book_charts, build_book
from gongfu.report.book.blocks import Pair, Paragraph, Picture, Table
from gongfu.report.book.fit import TURNED, UPRIGHT, fit
from gongfu.report.book.numbering import chapter_number, section_number
from gongfu.report.book.parts import regression_of
from gongfu.report.charts import build_charts
from gongfu.report.document import ResultDocument
from gongfu.report.printable import printable
from gongfu.report.regression import RegressionTable


@pytest.fixture(scope="module", params=["zh", "en"])
def book(request, document: ResultDocument) -> Book:
    return build_book(document, book_charts(document, request.param), request.param)


def blocks_of(book: Book, kind: type) -> list:
    return [one for chapter in book.chapters for one in chapter.blocks if isinstance(one, kind)]


def pictures_of(book: Book) -> list[Picture]:
    pairs = blocks_of(book, Pair)
    return [*blocks_of(book, Picture), *(one for pair in pairs for one in (pair.left, pair.right))]


def test_every_chart_of_the_page_stands_once_in_the_book(document: ResultDocument, book: Book):
    keys = [picture.key for picture in pictures_of(book)]
    assert len(keys) == len(set(keys))
    assert set(keys) >= set(build_charts(document, book.language))


def test_figures_and_tables_are_numbered_in_reading_order(book: Book):
    labels = [table.label for table in blocks_of(book, Table)]
    assert len(labels) == len(set(labels))
    own = [label for label in labels if "A" not in label and "附" not in label]
    assert [int("".join(filter(str.isdigit, label))) for label in own] == [*range(1, len(own) + 1)]
    numbers = {int("".join(filter(str.isdigit, one.label))) for one in pictures_of(book)}
    assert numbers == {*range(1, len(numbers) + 1)}


def test_every_figure_says_unit_evidence_error_source_and_what_it_shows(book: Book):
    words = {"zh": ("证据", "不确定性"), "en": ("Evidence", "Uncertainty")}[book.language]
    for picture in pictures_of(book):
        assert all(word in picture.facts for word in words), picture.key
        assert {"zh": "资料来源", "en": "Source"}[book.language] in picture.facts
        assert picture.alt


def test_no_chapter_is_empty_and_rows_are_as_wide_as_their_heads(book: Book):
    assert all(chapter.blocks for chapter in book.chapters)
    for table in blocks_of(book, Table):
        widths = {len(row) for row in (*table.heads, *table.rows)}
        assert widths == {len(table.numeric)}, table.caption


@pytest.mark.parametrize(("width", "turned"), [(453.0, 690.0), (300.0, 450.0)])
def test_a_table_fills_its_page_and_no_more(book: Book, width: float, turned: float):
    for table in blocks_of(book, Table):
        found = fit(table, width, turned)
        room = turned if found.is_turned else width
        # widths are sums of floats
        assert sum(found.widths) == pytest.approx(room, abs=1e-6)
        assert min(found.widths) > 0


def test_a_table_too_wide_for_an_upright_page_turns_it():
    words = tuple("incomprehensibilities" for _ in range(10))
    table = Table("wide", (words,), (False,) * 10, (words,))
    assert fit(table, 453.0, 690.0).is_turned
    narrow = replace(table, heads=(words[:2],), numeric=(False,) * 2, rows=(words[:2],))
    assert not fit(narrow, 453.0, 690.0).is_turned


@pytest.mark.parametrize(
    ("number", "shown"),
    [(1, "一、"), (10, "十、"), (11, "十一、"), (20, "二十、"), (34, "三十四、")],
)
def test_official_chapters_have_chinese_numbers(number: int, shown: str):
    assert chapter_number(number, "gov", "zh") == shown


def test_other_chapters_have_arabic_numbers():
    assert chapter_number(3, "gov", "en") == chapter_number(3, "paper", "zh") == "3 "
    assert section_number(3, 2, "paper", "zh") == "3.2 "
    assert section_number(3, 2, "gov", "zh") == "（二）"


def test_signs_that_hide_or_turn_words_are_shown():
    assert printable("a\u202eb\x00c\u200bd\ud800") == "a□b□c□d□"
    assert printable("two\r\nlines\tand a tab") == "two\nlines\tand a tab"


def test_wide_tables_come_last_in_the_annex_and_text_refers_to_their_labels(book: Book):
    annex = book.chapters[-1]
    turned = [fit(table, UPRIGHT, TURNED).is_turned for table in annex.blocks]
    assert turned == sorted(turned)
    labels = [table.label for table in annex.blocks]
    numbers = [int("".join(filter(str.isdigit, label))) for label in labels]
    assert numbers == [*range(1, len(labels) + 1)]
    pointers = [one for one in blocks_of(book, Paragraph) if one.refers]
    assert {one.refers for one in pointers} == set(labels)
    captions = {table.label: table.caption for table in annex.blocks}
    assert all(one.refers in one.text and captions[one.refers] in one.text for one in pointers)


def test_names_of_regressors_get_the_room_that_heads_can_spare():
    names = ("A regressor whose name is rather long, in the year before",) * 3
    heads = ("", *(f"Growth of something important, model {i}" for i in range(6)))
    rows = tuple((name, *(["0.0123***"] * 6)) for name in names)
    table = Table("t", (heads,), (False, *([True] * 6)), rows, is_regression=True)
    found = fit(table, UPRIGHT, TURNED)
    plain = fit(replace(table, is_regression=False), UPRIGHT, TURNED)
    assert found.widths[0] / found.size > plain.widths[0] / plain.size


def test_an_interval_stands_on_two_lines_of_a_regression_table():
    table = RegressionTable(
        title="t", heads=("a",), dependents=("y",), rows=(), foot=(("95 %", ("[−1, 2]",)),),
        notes=(), language="en", foot_paths=(("",),),
    )  # fmt: skip
    assert regression_of(table).rows[-1] == ("95 %", "[−1,\n2]")
