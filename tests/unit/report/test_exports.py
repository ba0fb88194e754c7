import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from zlib import decompress, error

import fastexcel
import pytest
import typst
from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from PIL import Image

from gongfu.core import InputError
from gongfu.report.book import Book, book_charts, build_book
from gongfu.report.book.blocks import Heading, Pair, Picture, Table
from gongfu.report.book.fit import TURNED, UPRIGHT, fit
from gongfu.report.document import ResultDocument, Words
from gongfu.report.exports import write_files
from gongfu.report.figures import NARROW, draw
from gongfu.report.journal import write_figures
from gongfu.report.pdf import to_pdf, typeset
from gongfu.report.sheets import to_xlsx
from gongfu.report.word import to_docx

HOSTILE = (
    '=1+1 #eval("1") $x$ @ref [a] \\ `code` <label> *b* _i_ // c /* d */ {{ 7*7 }} &lt; \u202e'
)
DROPPED = ("provinces", "inequality", "dagum", "nested", "policy_effects")
SHOWN = HOSTILE.replace("\u202e", "□")
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10">'
    b'<rect width="20" height="10"/></svg>'
)


@pytest.fixture(scope="module")
def small(without) -> ResultDocument:
    """A few charts and tables are enough to see what is set."""
    return without(*DROPPED)


@pytest.fixture(scope="module")
def hostile(small: ResultDocument) -> ResultDocument:
    words = Words(HOSTILE, HOSTILE)
    meta = replace(small.meta, title=words, command=HOSTILE, warnings=(words,))
    tables = {name: replace(one, note=words, source=words) for name, one in small.tables.items()}
    return replace(small, meta=meta, tables=tables)


def book_of(document: ResultDocument, language: str = "en") -> Book:
    return build_book(document, book_charts(document, language), language)


def keys_of(book: Book) -> list[str]:
    return [*book.keys(narrow=False), *book.keys(narrow=True)]


@pytest.fixture(scope="module")
def png(small: ResultDocument) -> bytes:
    chart = next(iter(book_charts(small, "en").values()))
    return draw(chart, NARROW).save("png", whole=False, dpi=30)


def pdf_of(book: Book, style: str) -> bytes:
    return to_pdf(book, dict.fromkeys(keys_of(book), SVG), style)


def laid_out(book: Book, folder: Path, style: str = "gov") -> Path:
    """Writes what typst reads, for questions to the layout."""
    typeset._lay_out(folder, book, dict.fromkeys(keys_of(book), SVG), style, ())
    return folder / "main.typ"


def count_of(book: Book, *kinds: type) -> int:
    blocks = [block for chapter in book.chapters for block in chapter.blocks]
    pairs = sum(isinstance(block, Pair) for block in blocks) if Picture in kinds else 0
    return sum(isinstance(block, kinds) for block in blocks) + 2 * pairs


@pytest.mark.parametrize("style", ["gov", "paper"])
def test_the_same_book_gives_the_same_pdf(small: ResultDocument, style: str):
    book = book_of(small, "zh")
    content = pdf_of(book, style)
    assert content.startswith(b"%PDF-")
    assert content == pdf_of(book, style)


def asked(file: Path, selector: str, **options: str) -> list:
    folder = file.parent
    return json.loads(
        typst.query(
            file, selector, root=folder, font_paths=[folder], ignore_system_fonts=True, **options
        )
    )


def test_a_pdf_has_all_headings_figures_and_tables_of_the_book(
    small: ResultDocument, tmp_path: Path
):
    book = book_of(small)
    file = laid_out(book, tmp_path)
    assert len(asked(file, "heading")) == len(book.chapters) + count_of(book, Heading)
    assert len(asked(file, "figure")) == count_of(book, Picture)
    assert len(asked(file, "table")) == count_of(book, Table)


def test_hostile_words_reach_typst_as_text_only(hostile: ResultDocument, tmp_path: Path):
    book = book_of(hostile)
    assert book.title == SHOWN
    first = replace(book.chapters[0], title=SHOWN)
    file = laid_out(replace(book, chapters=(first, *book.chapters[1:])), tmp_path)
    bodies = asked(file, "heading.where(level: 1)", field="body")
    assert bodies[0] == {"func": "text", "text": f"1 {SHOWN}"}
    assert pdf_of(book, "paper").startswith(b"%PDF-")


def test_a_word_longer_than_a_line_may_break_and_a_hash_stays_whole():
    word, digest = "x" * 200, "0" * 64
    shown = typeset._breakable({"words": [f"{word} {digest}"]})["words"][0]
    assert shown.replace("\u200b", "") == f"{word} {digest}"
    assert max(map(len, re.split(r"[\u200b ]", shown))) == 64


def test_the_template_fetches_nothing_and_reads_no_words_as_markup(
    small: ResultDocument, tmp_path: Path
):
    template = laid_out(book_of(small), tmp_path).read_text("utf-8")
    assert not re.search(r"import|include|eval|plugin|@preview|https?:", template)


def test_a_pdf_carries_its_fonts(small: ResultDocument):
    content = pdf_of(book_of(small, "zh"), "gov")
    inflated = content + b"".join(_streams(content))
    names = set(re.findall(rb"/FontName\s*/([A-Z]{6}\+)?([\w-]+)", inflated))
    assert {name for _, name in names} >= {b"GongfuSansSC-Regular", b"GongfuSansSC-Bold"}
    assert inflated.count(b"/FontFile") >= 2


def _streams(content: bytes):
    for found in re.finditer(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
        try:
            yield decompress(found[1])
        except error:
            continue


@pytest.mark.parametrize("style", ["gov", "paper"])
def test_word_tables_are_tables_with_captions_and_heads_that_repeat(
    small: ResultDocument, png: bytes, style: str
):
    book = book_of(small, "zh")
    content = to_docx(book, dict.fromkeys(keys_of(book), png), style)
    document = Document(io.BytesIO(content))
    grids = [one for one in document.tables if one._tbl.findall(f".//{qn('w:tblHeader')}")]
    assert len(grids) == count_of(book, Table)
    captions = [one.text for one in document.paragraphs if one.style.name == "Caption"]
    tables = [b for chapter in book.chapters for b in chapter.blocks if isinstance(b, Table)]
    assert [c for c in captions if "表" in c.split("　")[0]] == [
        f"{table.label}　{table.caption}" for table in tables
    ]
    first = tables[0]
    assert [[cell.text for cell in row.cells] for row in grids[0].rows] == [
        list(row) for row in (*first.heads, *first.rows)
    ]


def test_word_headings_pictures_and_contents_are_real(small: ResultDocument, png: bytes):
    book = book_of(small)
    content = to_docx(book, dict.fromkeys(keys_of(book), png), "gov")
    document = Document(io.BytesIO(content))
    heads = [one for one in document.paragraphs if one.style.name == "Heading 1"]
    assert len(heads) == len(book.chapters)
    described = [one.get("descr") for one in document.element.body.iter(qn("wp:docPr"))]
    assert len(described) == count_of(book, Picture)
    assert all(described)
    orders = [one.text for one in document.element.body.iter(qn("w:instrText"))]
    assert any(order.strip().startswith("TOC") for order in orders)
    assert content == to_docx(book, dict.fromkeys(keys_of(book), png), "gov")


def fields_of(paragraph) -> list[tuple[str, str]]:
    """The fields of a paragraph: what Word is told, and what it shows until it counts."""
    found, order, shown, is_shown = [], "", "", False
    for run in paragraph.runs:
        for child in run._r:
            if child.tag == qn("w:fldChar"):
                kind = child.get(qn("w:fldCharType"))
                is_shown = kind == "separate"
                if kind == "begin":
                    order, shown = "", ""
                if kind == "end":
                    found.append((order.strip(), shown))
            elif child.tag == qn("w:instrText"):
                order += child.text
            elif child.tag == qn("w:t") and is_shown:
                shown += child.text
    return found


def all_captions(document) -> list:
    """Captions in reading order, also those in the cells that hold pairs of figures."""
    own = [Paragraph(one, document) for one in document.element.body.iter(qn("w:p"))]
    return [one for one in own if one.style is not None and one.style.name == "Caption"]


@pytest.mark.parametrize(
    ("language", "kinds"),
    [("en", {"Figure", "Table", "Table_A"}), ("zh", {"图", "表", "附表"})],
)
def test_captions_are_counted_by_word_itself_and_read_right_before_it_does(
    small: ResultDocument, png: bytes, language: str, kinds: set[str]
):
    book = book_of(small, language)
    content = to_docx(book, dict.fromkeys(keys_of(book), png), "paper")
    document = Document(io.BytesIO(content))
    counted = dict.fromkeys(kinds, 0)
    for caption in all_captions(document):
        ((order, shown),) = fields_of(caption)
        word, kind, switch, form = order.split()
        counted[kind] += 1
        assert (word, switch, form) == ("SEQ", r"\*", "ARABIC")
        assert int(shown) == counted[kind]  # what Word will count
        label = f"{kind.replace('_', ' ')}{'' if language == 'zh' or kind == 'Table_A' else ' '}"
        assert caption.text.startswith(f"{label}{shown}　"), caption.text
        assert caption.paragraph_format.keep_with_next
    assert all(counted.values())
    assert sum(counted.values()) == count_of(book, Picture, Table)


def test_pictures_stand_above_their_captions_and_tables_below_theirs(
    small: ResultDocument, png: bytes
):
    book = book_of(small)
    content = to_docx(book, dict.fromkeys(keys_of(book), png), "gov")
    body = Document(io.BytesIO(content)).element.body
    for caption in body.iter(qn("w:p")):
        style = caption.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        if style is not None and style.get(qn("w:val")) == "Caption":
            is_figure = "".join(one.text or "" for one in caption.iter(qn("w:t"))).startswith("Fig")
            beside = caption.getprevious() if is_figure else caption.getnext()
            tag = "wp:inline" if is_figure else "w:tr"
            assert beside.find(f".//{qn(tag)}") is not None


def test_what_a_text_refers_to_is_a_bookmark_of_that_label(small: ResultDocument, png: bytes):
    book = book_of(small, "zh")
    content = to_docx(book, dict.fromkeys(keys_of(book), png), "gov")
    document = Document(io.BytesIO(content))
    marks = [one.get(qn("w:name")) for one in document.element.body.iter(qn("w:bookmarkStart"))]
    assert len(marks) == len(set(marks)) == count_of(book, Picture, Table)
    ids = [one.get(qn("w:id")) for one in document.element.body.iter(qn("w:bookmarkStart"))]
    ends = [one.get(qn("w:id")) for one in document.element.body.iter(qn("w:bookmarkEnd"))]
    assert ids == ends
    references = [
        (order, shown, one.text)
        for one in document.paragraphs
        for order, shown in fields_of(one)
        if order.startswith("REF")
    ]
    assert len(references) == len(book.chapters[-1].blocks)  # the annex
    for order, shown, words in references:
        assert order.split()[1] in marks
        assert order.endswith(r"\h")
        assert shown in words


def test_parts_of_a_word_table_stand_in_the_order_that_its_schema_asks_for(
    small: ResultDocument, png: bytes
):
    book = book_of(small)
    content = to_docx(book, dict.fromkeys(keys_of(book), png), "gov")
    order = ("tblStyle", "tblW", "jc", "tblLayout", "tblCellMar", "tblLook", "tblCaption")
    for grid in Document(io.BytesIO(content)).tables:
        parts = [one.tag.rpartition("}")[2] for one in grid._tbl.tblPr]
        assert parts == sorted(parts, key=order.index)
        if grid._tbl.findall(f".//{qn('w:tblHeader')}"):
            assert grid._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")).startswith("Table")


def test_wide_tables_share_their_turned_pages(small: ResultDocument, png: bytes):
    book = book_of(small)
    wide = [fit(one, UPRIGHT, TURNED).is_turned for one in book.chapters[-1].blocks]
    content = to_docx(book, dict.fromkeys(keys_of(book), png), "gov")
    sections = Document(io.BytesIO(content)).sections
    assert len(sections) == 1 + any(wide)
    assert sections[0].page_width < sections[0].page_height


def test_hostile_words_are_words_in_a_word_file(hostile: ResultDocument, png: bytes):
    book = book_of(hostile)
    content = to_docx(book, dict.fromkeys(keys_of(book), png), "paper")
    document = Document(io.BytesIO(content))
    shown = [one.text for one in document.paragraphs]
    assert SHOWN in shown
    orders = {one.text.split()[0] for one in document.element.body.iter(qn("w:instrText"))}
    assert orders == {"TOC", "SEQ", "REF"}


def test_every_table_of_the_document_has_a_sheet_with_its_numbers(document: ResultDocument):
    book = fastexcel.read_excel(to_xlsx(document, "en"))
    assert book.sheet_names == ["About", *document.tables]
    for name, table in document.tables.items():
        rows = book.load_sheet(name).to_polars()
        assert rows.height == table.rows.height, name
        for column, own in zip(rows.columns, table.columns, strict=True):
            values = table.rows[own.name]
            if values.dtype.is_numeric() and not values.is_null().all():
                assert rows[column].dtype.is_numeric(), (name, own.name)
                assert rows[column].is_null().to_list() == values.is_null().to_list()
                numbers = rows[column].drop_nulls().to_list()
                # a workbook holds 16 digits
                assert numbers == pytest.approx(values.drop_nulls().to_list(), rel=1e-15)


def test_a_workbook_names_units_sources_and_evidence(document: ResultDocument):
    book = fastexcel.read_excel(to_xlsx(document, "en"))
    heads = book.load_sheet("gap").to_polars().columns
    assert "Published [yuan per person; current prices]" in heads
    about = "\n".join(map(str, book.load_sheet("About", header_row=None).to_polars().rows()))
    for said in (document.meta.study_hash, document.meta.version, document.meta.data_vintage):
        assert said in about
    assert document.table("gap").source["en"] in about


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(hostile: ResultDocument):
    content = to_xlsx(hostile, "zh")
    assert content == to_xlsx(hostile, "zh")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/")]
        written = b"".join(parts.read(name) for name in sheets)
        assert b"<f>" not in written
        assert b"<hyperlink" not in written
        assert written.count(b'state="frozen"') == len(hostile.tables)
    about = fastexcel.read_excel(content).load_sheet(0, header_row=None).to_polars()
    assert about.row(0)[0] == SHOWN


def test_sheet_names_stay_apart_when_they_are_cut(small: ResultDocument):
    gap = small.table("gap")
    names = ["a" * 40 + end for end in "xyz"]
    tables = {**small.tables, **{name: replace(gap, name=name) for name in names}}
    book = fastexcel.read_excel(to_xlsx(replace(small, tables=tables), "en"))
    assert len({name.lower() for name in book.sheet_names}) == len(tables) + 1
    assert max(map(len, book.sheet_names)) == 31


def test_files_are_written_once_each_and_kept_unless_forced(small: ResultDocument, tmp_path: Path):
    folder, said = tmp_path / "报告 一", []
    written = write_files(
        small, folder, ["xlsx", "pdf", "xlsx"], language="en", progress=said.append
    )
    assert [path.name for path in written] == ["report.en.xlsx", "report.en.pdf"] == said
    first = written[1].read_bytes()
    with pytest.raises(InputError, match="exists"):
        write_files(small, folder, ["pdf"], language="en")
    again = write_files(small, folder, ["pdf"], language="en", force=True)
    assert again[0].read_bytes() == first
    assert sorted(path.name for path in folder.iterdir()) == ["report.en.pdf", "report.en.xlsx"]


def test_journal_figures_are_as_wide_as_a_column_and_grey_when_asked(
    without, small: ResultDocument, tmp_path: Path
):
    one = without(*(name for name in small.tables if name not in ("accounts", "gap")), *DROPPED)
    written = write_figures(one, tmp_path, language="en", width="single", grey=True)
    assert [path.suffix for path in written] == [".pdf", ".png"]
    pdf, png = (path.read_bytes() for path in written)
    box = re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ", pdf + b"".join(_streams(pdf)))
    # a PDF rounds its sizes to hundredths of a point
    assert float(box[1]) == pytest.approx(89 * 72 / 25.4, abs=0.01)
    with Image.open(io.BytesIO(png)) as image:
        assert image.mode == "L"
        # 600 dots an inch, to a whole dot
        assert image.width == pytest.approx(89 / 25.4 * 600, abs=1)
    again = write_figures(one, tmp_path, language="en", width="single", grey=True, force=True)
    assert again[0].read_bytes() == pdf
    with pytest.raises(InputError, match="exists"):
        write_figures(one, tmp_path, language="en", width="single")


@pytest.mark.slow
def test_all_formats_of_the_whole_document_are_written(document: ResultDocument, tmp_path: Path):
    written = write_files(document, tmp_path, language="zh", style="paper")
    assert [path.suffix for path in written] == [".html", ".pdf", ".docx", ".xlsx"]
    assert all(path.stat().st_size > 10_000 for path in written)


def test_an_unknown_language_is_refused(small: ResultDocument, tmp_path: Path):
    with pytest.raises(InputError, match="language"):
        write_files(small, tmp_path, language="fr")
