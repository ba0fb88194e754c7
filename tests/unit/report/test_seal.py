import re

import pytest

from gongfu.report.charts import build_charts
from gongfu.report.document import ResultDocument
from gongfu.report.figures import WIDE, draw
from gongfu.report.front import packed, unpacked
from gongfu.report.page import Bodies, bodies_of, render_page
from gongfu.report.page.agreement import page_problems
from gongfu.report.page.nearness import near_text
from gongfu.report.page.reading import read_page
from gongfu.report.page.seal import maker_of, seal_problems

DRAWN = "plane"


@pytest.fixture(scope="module")
def page(document: ResultDocument) -> str:
    charts = build_charts(document, "en")
    bodies = dict.fromkeys(charts, Bodies())
    bodies[DRAWN] = bodies_of(charts[DRAWN], draw(charts[DRAWN], WIDE))
    return render_page(document, charts, bodies, "en", {"zh": "report.zh.html"})


def one_digit_more(page: str, found: re.Match[str]) -> str:
    last = page[found.end() - 1]
    return f"{page[: found.end() - 1]}{(int(last) + 1) % 10}{page[found.end() :]}"


def numbers_in_cells(page: str) -> list[re.Match[str]]:
    return [*re.finditer(r"(?<=<td>)[+\-−]?[\d,.]*\d(?=</td>)", page)]


def carried(page: str) -> str:
    return re.search(r'id="gongfu-data">([^<]*)', page)[1]


def one_number_more(text: str) -> str:
    content = unpacked(text)
    line = content["downloads"]["plane"][2]
    line["zh"] = re.sub(r"\d(?=\n)", lambda digit: str((int(digit[0]) + 1) % 10), line["zh"])
    return packed(content)


def test_a_changed_number_of_the_other_language_is_named(page: str, document: ResultDocument):
    content = unpacked(carried(page))
    body = content["leaves"]["zh"]["body"]
    content["leaves"]["zh"]["body"] = one_digit_more(body, numbers_in_cells(body)[40])
    changed = page.replace(carried(page), packed(content))
    assert "leaves.zh" in str(seal_problems(changed, "r.html")[0])
    (problem,) = page_problems(document, read_page(changed), "r.html")
    assert problem.file == "r.html (zh)"
    assert "a cell differs" in problem.what


def test_a_changed_download_is_named_by_seal_and_document(page: str, document: ResultDocument):
    changed = page.replace(carried(page), one_number_more(carried(page)))
    assert "downloads.plane" in "".join(map(str, seal_problems(changed, "r.html")))
    (problem,) = page_problems(document, read_page(changed), "r.html")
    assert "the download 'plane'" in problem.what


def test_a_page_as_it_was_written_keeps_its_seal(page: str):
    assert seal_problems(page, "r.html") == []
    assert seal_problems(page.replace("\n", "\r\n"), "r.html") == []


def test_one_changed_digit_in_any_table_is_named(page: str):
    found = numbers_in_cells(page)
    assert len(found) > 100
    for cell in found[:: len(found) // 12]:
        problems = seal_problems(one_digit_more(page, cell), "r.html")
        assert len(problems) == 1
        assert problems[0].row is not None
        assert problems[0].column


def test_a_changed_headline_picture_download_or_link_is_found(page: str):
    changes = {
        "a text differs": ("<h1>", "<h1>9"),
        "picture 1": ('viewBox="0 0', 'viewBox="1 0'),
        "the page carries": (carried(page), one_number_more(carried(page))),
        "no text was changed": ('href="#accounts"', 'href="#parts"'),
        "tables are missing": ("</main>", "<table><tr><td>1</td></tr></table></main>"),
    }
    for said, (old, new) in changes.items():
        assert old in page
        problems = seal_problems(page.replace(old, new, 1), "r.html")
        assert said in str(problems[0])


@pytest.mark.parametrize("seal", ["", "{", "[]", '{"page": 1}', "[" * 100_000])
def test_a_page_without_a_readable_seal_is_refused(page: str, seal: str):
    other = re.sub(r"(<meta name=\"gongfu-seal\" content=')[^']*", rf"\g<1>{seal}", page)
    assert "no seal that can be read" in str(seal_problems(other, "r.html")[0])
    assert maker_of(read_page(other)) is None


def test_a_changed_seal_is_found(page: str):
    start = page.index('"rows":["') + len('"rows":["')
    other = "0" if page[start] != "0" else "1"
    changed = page[:start] + other + page[start + 1 :]
    assert "the seal itself was changed" in str(seal_problems(changed, "r.html")[0])


def test_a_page_says_how_it_was_made(page: str, document: ResultDocument):
    maker = maker_of(read_page(page))
    assert maker is not None
    assert maker.command == document.meta.command
    assert maker.versions == document.meta.versions
    assert maker.languages == document.meta.languages


def test_a_page_agrees_with_its_own_document(page: str, document: ResultDocument):
    assert page_problems(document, read_page(page), "r.html") == []


def test_a_changed_cell_is_named_with_the_right_value(page: str, document: ResultDocument):
    cell = numbers_in_cells(page)[40]
    changed = one_digit_more(page, cell)
    (problem,) = page_problems(document, read_page(changed), "r.html")
    assert "a cell differs" in problem.what
    assert cell[0] in problem.expected
    assert problem.found != problem.expected


def test_a_number_rounded_on_another_machine_is_near_and_another_number_is_not():
    assert near_text("grew by 56.4 % in 2022", "grew by 56.5 % in 2022")
    assert not near_text("grew by 56.4 % in 2022", "grew by 56.6 % in 2022")
    assert not near_text("grew by 56.4 % in 2022", "grew by 56.4 % in 2023")
    assert not near_text("grew by 56.4 % in 2022", "fell by 56.4 % in 2022")


def test_the_seal_needs_no_letter_that_the_page_lacks(page: str):
    assert read_page(page).seal.isascii()
