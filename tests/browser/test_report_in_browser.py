import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gongfu.report.page.reading import read_page

pytestmark = pytest.mark.browser

LANGUAGES = ("zh", "en")
WIDTHS = (390, 1440)
CHINESE = re.compile(r"[\u3400-\u9fff]")


def open_details(page: Page) -> None:
    expect(page.locator(".corner")).to_be_attached()
    for summary in page.locator("summary").all():
        summary.click()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_asked_of_the_network_and_nothing_is_complained_about(
    visit, report: Path, language: str, width: int
):
    opened = visit(report / f"report.{language}.html", width)
    open_details(opened.page)
    outside = [url for url in opened.requests if not url.startswith(("file:", "data:"))]
    assert outside == []
    assert len([url for url in opened.requests if url.startswith("file:")]) == 1
    assert opened.errors == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_never_scrolls_sideways(visit, report: Path, language: str, width: int):
    page = visit(report / f"report.{language}.html", width).page
    open_details(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_without_scripts_each_chart_shows_its_picture_in_readable_type(
    visit, report: Path, language: str, width: int
):
    page = visit(report / f"report.{language}.html", width, scripts=False).page
    shown = page.locator("#chart-plane .picture svg:visible")
    expect(shown).to_have_count(1)
    pixels = shown.locator("text").first.evaluate("e => e.getBoundingClientRect().height")
    assert pixels >= 9  # small type of 6.5 points, not shrunk below what a phone shows


def test_without_scripts_the_report_says_the_same(visit, report: Path):
    live = visit(report / "report.zh.html").page
    expect(live.locator("#chart-plane.live")).to_have_count(1)
    added = ".tools, .tool, .asks, .drawn, .picture"
    live.evaluate(f"document.querySelectorAll('{added}').forEach(e => e.remove())")
    with_scripts = live.locator("main").evaluate("e => e.textContent.replace(/\\s+/g, '')")
    page = visit(report / "report.zh.html", scripts=False).page
    expect(page.get_by_role("heading", level=1)).to_contain_text("共同富裕程度")
    expect(page.locator("svg:visible")).to_have_count(12)
    page.evaluate("document.querySelectorAll('.tools, .picture, .why').forEach(e => e.remove())")
    said = "".join(page.locator("main").evaluate_all("e => e[0].textContent").split())
    assert said == with_scripts


def test_a_cell_of_the_map_leads_to_its_province_in_the_ranking(visit, report: Path):
    page = visit(report / "report.en.html", scripts=False).page
    page.get_by_role("link", name=re.compile("^Sichuan: income per person .* rank")).click()
    row = page.locator("tr:target")
    expect(row.get_by_role("rowheader")).to_have_text("Sichuan")
    expect(row).to_be_in_viewport()
    expect(page.get_by_role("img", name="Taiwan, China: no comparable data")).to_be_visible()


def test_the_keyboard_reaches_contents_map_and_tables(visit, report: Path):
    page = visit(report / "report.en.html").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    focusable = page.evaluate(
        "[...document.querySelectorAll('a[href], summary, [tabindex]')].length"
    )
    assert focusable > 31 + 12


def test_a_chart_opens_as_a_table_and_downloads_as_csv(visit, report: Path):
    page = visit(report / "report.en.html").page
    chart = page.locator("#chart-waterfall")
    chart.get_by_text("Show the data as a table").click()
    expect(chart.get_by_role("cell", name="Growth of urban incomes")).to_be_visible()
    with page.expect_download() as download:
        chart.get_by_role("button", name="Download data (CSV)").click()
    assert download.value.suggested_filename == "waterfall.en.csv"
    text = Path(download.value.path()).read_text("utf-8-sig")
    assert (
        text.splitlines()[0]
        == "Part,Contribution to prosperity [log points; 2013–2024; 2020 prices]"
    )


@pytest.mark.parametrize("width", WIDTHS)
def test_the_chapter_on_packages_says_that_it_is_simulated_and_opens_all_groups(
    visit, report: Path, width: int
):
    page = visit(report / "report.en.html", width).page
    chapter = page.locator("#policies")
    expect(chapter.locator(".simulated")).to_contain_text("simulation under a model's assumptions")
    expect(chapter.locator(".packages > div")).to_have_count(3)
    chapter.get_by_text("Show who gains and loses by the other packages").click()
    bars = chapter.locator("table.winners td.cut > span:visible")
    expect(bars).to_have_count(2 * 12)
    assert bars.first.evaluate("e => e.getBoundingClientRect().width") >= 90  # can be compared


def test_the_two_languages_lead_to_each_other(visit, report: Path):
    page = visit(report / "report.zh.html", scripts=False).page
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"
    page.get_by_role("link", name="English").click()
    assert page.evaluate("document.documentElement.lang") == "en"
    expect(page.get_by_role("heading", name="Limits and misuse")).to_be_attached()
    words = page.locator("body").inner_text().replace("中文", "")
    assert not CHINESE.search(words)


@pytest.mark.parametrize(("opened", "other"), [("zh", "en"), ("en", "zh")])
def test_one_file_alone_shows_both_languages(
    visit, report: Path, tmp_path: Path, opened: str, other: str
):
    alone = tmp_path / "alone.html"
    alone.write_bytes((report / f"report.{opened}.html").read_bytes())
    seen = visit(alone)
    page, names = seen.page, {"zh": "中文", "en": "English"}
    page.get_by_role("button", name=names[other]).first.click()
    shown = page.locator("body").inner_text().replace("中文", "").replace("English", "")
    assert bool(CHINESE.search(shown)) == (other == "zh")
    assert page.title() == unpacked_title(alone, other)
    page.locator("#chart-plane").scroll_into_view_if_needed()
    expect(page.locator("#chart-plane .drawn svg")).to_have_count(1)
    page.get_by_role("button", name=names[opened]).first.click()
    expect(page.locator("html")).to_have_attribute("lang", re.compile(f"^{opened}"))
    assert seen.errors == []
    assert len(seen.requests) == 1


def unpacked_title(file: Path, language: str) -> str:
    return str(read_page(file.read_text("utf-8")).carried["leaves"][language]["title"])


def test_the_reader_stays_in_the_section_when_the_language_changes(visit, report: Path):
    page = visit(report / "report.zh.html").page
    page.locator("#data summary").click()
    page.locator("#data").evaluate("e => e.scrollIntoView({behavior: 'instant'})")
    page.locator(".corner").get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert abs(page.locator("#data").evaluate("e => e.getBoundingClientRect().top")) < 200
    expect(page.locator("#data details")).to_have_attribute("open", "")


def test_every_letter_comes_from_the_fonts_of_the_page(visit, report: Path):
    page = visit(report / "report.zh.html").page
    faces = page.evaluate(
        """async () => {
            await document.fonts.ready;
            return [...document.fonts].map(f => [f.family.replaceAll('"', ''), f.weight, f.status]);
        }"""
    )
    assert sorted(faces) == [
        ["Gongfu Sans SC", "400", "loaded"],
        ["Gongfu Sans SC", "700", "loaded"],
    ]


def test_hostile_text_is_read_not_run(visit, hostile_report: Path):
    opened = visit(hostile_report / "report.en.html")
    assert opened.page.title().startswith("<script>")
    expect(opened.page.locator(".study")).to_contain_text("<script>document.title='hit'")
    expect(opened.page.locator(".tools").first).to_be_attached()
    assert opened.page.locator("body script").count() == 3  # data, bundle, loader
    assert opened.page.locator("head script").count() == 1  # the bundle, unpacked
    assert opened.page.locator("img").count() == 0
    assert opened.errors == []
    assert len(opened.requests) == 1


def test_on_paper_the_whole_report_fits_the_width_of_a_page(visit, report: Path):
    page = visit(report / "report.zh.html", 794).page
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 794
    expect(page.locator("nav")).to_be_hidden()
    assert page.pdf(format="A4").startswith(b"%PDF")
