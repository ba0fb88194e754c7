"""A user's own study whose every name wants to be more than a name: all formats show it as text."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import expect

from gongfu.report.document import ResultDocument
from gongfu.report.exports import write_files
from gongfu.study.api import run

pytestmark = pytest.mark.browser

TITLE = "<script>alert(1)</script> \u202etitle {{ 7*7 }} $x$ #panic()"
FORMULA = '=HYPERLINK("http://example.org") <b>x'
NAMES = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    'x=HYPERLINK("http://example.org","x")',
    "{{ 7*7 }}{% raw %}",
    "&lt;b&gt; &amp; <b>bold",
    "long " + "name " * 60 + "end",
    "W" * 300,
    "]]>--><svg onload=alert(3)>",
)
COLUMN = "<i>income"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile study")
    lines = [f"unit,year,{COLUMN},people,belt"]
    for i, name in enumerate(NAMES):
        quoted = '"' + name.replace('"', '""') + '"'
        lines += [
            f"{quoted},{year},{1000 + 100 * i + 50 * (year - 2019) * (i + 1)},{10 + i},"
            f"{'<u>north' if i % 2 else '<u>south'}"
            for year in (2019, 2020)
        ]
    (folder / "cities.csv").write_text("\n".join(lines), "utf-8")
    study = f"""
schema = "gongfu/study/1"
name = "mine"
title = {{ zh = {json.dumps(TITLE)}, en = {json.dumps(TITLE)} }}
[data.cities]
source = "file"
path = "cities.csv"
groups = ["belt"]
[[account]]
name = "cities"
title = {{ zh = {json.dumps(FORMULA)}, en = {json.dumps(FORMULA)} }}
data = "cities"
inequality_from = "units"
income = "{COLUMN}"
population = "people"
levels = ["belt"]
start = 2019
end = 2020
"""
    (folder / "study.toml").write_text(study, "utf-8")
    return folder


@pytest.fixture(scope="module")
def document(folder: Path) -> ResultDocument:
    return run(folder / "study.toml", out=folder / "out", command="gongfu run study.toml")


def test_the_page_shows_it_as_text_and_its_chains_do_too(
    visit, document: ResultDocument, folder: Path
):
    opened = visit(folder / "out" / "report.en.html")
    page = opened.page
    expect(page.locator(".corner")).to_be_attached()
    page.on("dialog", lambda dialog: opened.errors.append(dialog.message))
    for summary in page.locator("summary").all():
        summary.click()
    for figure in page.locator("figure.chart").all():
        figure.scroll_into_view_if_needed()
        box = figure.locator(".drawn")
        if box.count():
            box.hover()
    expect(page.locator(".study")).to_have_text(TITLE.replace("\u202e", "□"))
    page.locator("td[data-node]").first.click()
    drawer = page.locator("dialog.why-drawer")
    expect(drawer.locator("table.figures")).to_contain_text(
        [NAMES[0]] if drawer.locator("table.figures").count() == 1 else [NAMES[0], NAMES[0]]
    )
    assert page.locator("img, svg[onload], main script").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440
    assert "\u202e" not in page.content()
    assert opened.errors == []
    assert len(opened.requests) == 1


@pytest.mark.parametrize("style", ["gov", "paper"])
def test_files_to_hand_in_hold_no_formula_no_field_and_no_markup(
    document: ResultDocument, tmp_path: Path, style: str
):
    formats = ["docx", "xlsx", "pdf"] if style == "gov" else ["docx", "pdf"]
    written = write_files(document, tmp_path, formats, language="en", style=style)
    docx = Document(io.BytesIO(written[0].read_bytes()))
    said = "\n".join(paragraph.text for paragraph in docx.paragraphs)
    assert "<script>alert(1)</script> □title" in said
    fields = {
        node.text.split()[0]
        for node in docx.element.body.iter()
        if node.tag.endswith("}instrText") and node.text
    }
    assert fields <= {"TOC", "PAGE", "SEQ", "REF"}
    assert written[-1].read_bytes().startswith(b"%PDF-")
    if style == "gov":
        with zipfile.ZipFile(written[1]) as parts:
            names = parts.namelist()
            sheets = [parts.read(name) for name in names if name.startswith("xl/worksheets/")]
        assert len(sheets) > 3
        assert not [sheet for sheet in sheets if b"<f>" in sheet or b"<f " in sheet]
        assert not [name for name in names if "externalLink" in name]


def test_no_csv_of_a_figure_begins_a_cell_with_a_formula(document: ResultDocument, folder: Path):
    files = [*(folder / "out" / "figures").glob("*.csv")]
    assert files
    for file in files:
        rows = csv.reader(io.StringIO(file.read_text("utf-8-sig"), newline=""))
        assert not [cell for row in rows for cell in row if cell[:1] in {"=", "@"}], file.name
