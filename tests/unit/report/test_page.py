import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import polars as pl
import pytest

from gongfu.report.cells import csv_bytes
from gongfu.report.charts import build_charts
from gongfu.report.document import ResultDocument, Words
from gongfu.report.figures import WIDE, draw
from gongfu.report.page import bodies_of, render_page
from gongfu.report.page.letters import letters_of
from gongfu.report.page.reading import read_page

CHINESE = re.compile(r"[\u3400-\u9fff]")
OWN_SCRIPTS = 3  # data, bundle, loader
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*7 }}"


def page_of(document: ResultDocument, language: str, *keys: str) -> str:
    charts = {key: c for key, c in build_charts(document, language).items() if key in keys}
    bodies = {key: bodies_of(chart, draw(chart, WIDE)) for key, chart in charts.items()}
    other = "en" if language == "zh" else "zh"
    return render_page(document, charts, bodies, language, {other: f"report.{other}.html"})


@pytest.fixture(scope="module")
def pages(document: ResultDocument) -> dict[str, str]:
    keys = build_charts(document, "zh")
    return {language: page_of(document, language, *keys) for language in ("zh", "en")}


class Outline(HTMLParser):
    """Collects what a page is made of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.append((name, value or ""))
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src", "xlink:href", "action", "poster"):
                self.addresses.append(value or "")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_asks_for_nothing_from_outside(pages: dict[str, str], language: str):
    outline = Outline(pages[language])
    allowed = ("#", "report.")
    assert all(address.startswith(allowed) for address in outline.addresses)
    urls = re.findall(r"url\(([^)]{0,16})", pages[language])
    assert all(url.startswith(("#", '"data:font/')) for url in urls)
    assert outline.tags.count("script") == OWN_SCRIPTS
    assert not [name for name, _ in outline.attributes if name.startswith("on")]
    assert "default-src 'none'" in pages[language]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_headings_landmarks_and_ids_are_in_order(pages: dict[str, str], language: str):
    outline = Outline(pages[language])
    levels = [int(tag[1]) for tag in outline.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert [outline.tags.count(tag) for tag in ("header", "main", "footer", "nav")] == [1, 1, 1, 1]
    assert len(set(outline.ids)) == len(outline.ids)
    targets = {address[1:] for address in outline.addresses if address.startswith("#")}
    assert targets <= set(outline.ids)


def test_each_page_is_in_its_language(pages: dict[str, str]):
    assert '<html lang="zh-Hans">' in pages["zh"]
    assert '<html lang="en">' in pages["en"]
    regular, bold = letters_of([pages["en"].replace(">中文</a>", "></a>")])
    assert not CHINESE.search(regular + bold)
    assert "贫" in letters_of([pages["en"]], ["贫"])[0]
    assert 'href="report.zh.html" hreflang="zh"' in pages["en"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_figure_states_unit_years_evidence_and_error_and_has_a_table(
    pages: dict[str, str], language: str
):
    figures = re.findall(r"<figure.*?</figure>", pages[language], re.DOTALL)
    assert len(figures) == 13  # the tile map and the ranking are one figure
    for figure in figures:
        facts = re.search(r'<p class="facts">.*?</p>', figure, re.DOTALL)
        assert facts is not None
        assert facts[0].count("<b>") >= 4
        assert "<table" in figure


def test_a_page_carries_the_numbers_of_every_figure_in_each_language(
    pages: dict[str, str], document: ResultDocument
):
    page = read_page(pages["en"])
    for language in ("zh", "en"):
        charts = build_charts(document, language)
        files = page.files(language)
        assert charts.keys() <= files.keys()
        for key, chart in charts.items():
            assert files[key].encode("utf-8-sig") == csv_bytes(chart.twin)


def test_a_page_says_in_its_other_language_what_that_page_says(pages: dict[str, str]):
    inside = dict(read_page(pages["en"]).inside())
    assert [*inside] == ["zh"]
    own = read_page(pages["zh"])
    assert inside["zh"].tables == own.tables
    assert [said.text for said in inside["zh"].texts if said.text != "English"] == [
        said.text for said in own.texts if said.text != "English"
    ]


def test_a_page_stays_small_enough_to_send(pages: dict[str, str]):
    assert len(pages["zh"].encode()) < 1_500_000  # the budget of one report


def test_every_picture_has_a_description(pages: dict[str, str]):
    pictures = re.findall(r"<svg [^>]*>", pages["en"])
    assert len(pictures) == 12
    assert all('role="img" aria-label="' in picture for picture in pictures)


def test_hostile_text_is_shown_as_text(document: ResultDocument):
    meta = replace(
        document.meta,
        title=Words(HOSTILE, HOSTILE),
        command=HOSTILE,
        data_vintage=HOSTILE,
        warnings=(Words(HOSTILE, HOSTILE),),
    )
    page = page_of(replace(document, meta=meta), "en")
    outline = Outline(page)
    assert outline.tags.count("script") == OWN_SCRIPTS
    assert "img" not in outline.tags
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{ 7*7 }}" in page


def test_hostile_text_of_a_table_is_shown_as_text(with_rows):
    page = page_of(with_rows("accounts", pl.lit(HOSTILE).alias("label_en")), "en", "plane")
    assert "alert(1)" in page
    assert Outline(page).tags.count("script") == OWN_SCRIPTS
    assert "img" not in Outline(page).tags


def test_hostile_names_of_packages_are_shown_as_text(with_rows):
    page = page_of(with_rows("policy_effects", pl.lit(HOSTILE).alias("label_en")), "en")
    assert "alert(1)" in page
    assert Outline(page).tags.count("script") == OWN_SCRIPTS
    assert "img" not in Outline(page).tags


def test_without_packages_the_chapter_is_left_out_in_silence(without):
    page = page_of(without("policy_effects", "policy_groups", "policy_setup"), "en")
    assert 'id="policies"' not in page
    assert "policy" not in page.split("</style>")[1]


def test_sections_without_tables_are_left_out_and_named(without):
    page = page_of(without("provinces", "gap", "nested", "quality", "excluded"), "en")
    assert 'id="provinces"' not in page
    assert "provinces, nested, gap, quality, excluded" in page


def test_figures_beyond_the_last_real_year_are_announced(document: ResultDocument):
    shortened = replace(document, meta=replace(document.meta, last_real_year=2022))
    assert "Constant prices end in 2022" in page_of(shortened, "en")
    assert "Constant prices end" not in page_of(document, "en")


def test_letters_are_told_apart_by_weight():
    regular, bold = letters_of(["<style>x</style><p>共<b>富</b>a</p><h1>头<span>里</span></h1>"])
    assert (regular, bold) == ("a共", "头富里")
