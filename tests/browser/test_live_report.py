import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
LANGUAGES = ("zh", "en")
WIDTHS = (390, 1024, 1440)


@pytest.fixture
def live(visit, report: Path) -> Page:
    page = visit(report / "report.en.html").page
    expect(page.locator(".tools").first).to_be_attached()
    return page


def see_all(page: Page) -> None:
    for figure in page.locator("figure.chart").all():
        figure.scroll_into_view_if_needed()
        key = (figure.get_attribute("id") or "").removeprefix("chart-")
        if key != "ranking":
            expect(figure.locator(".drawn svg")).to_have_count(1)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_live_chart_draws_within_the_page_and_without_complaint(
    visit, report: Path, language: str, width: int
):
    opened = visit(report / f"report.{language}.html", width)
    see_all(opened.page)
    assert opened.page.locator("figure.live").count() >= 5
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.errors == []
    outside = [url for url in opened.requests if not url.startswith(("file:", "data:", "blob:"))]
    assert outside == []


def test_the_heads_of_a_table_sort_it_up_down_and_back(live: Page):
    table = live.locator("table.ranking")
    names = table.locator("tbody th")
    printed = names.all_inner_texts()
    head = table.get_by_role("columnheader", name="Province")
    head.get_by_role("button").press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert names.all_inner_texts() == sorted(printed)
    head.get_by_role("button").click()
    assert names.all_inner_texts() == sorted(printed, reverse=True)
    head.get_by_role("button").click()
    assert names.all_inner_texts() == printed


def test_numbers_sort_as_numbers(live: Page):
    table = live.locator("table.ranking")
    table.get_by_role("button", name=re.compile("^Income")).click()
    cells = table.locator("tbody tr td:nth-child(5)").all_inner_texts()
    values = [float(cell.replace(",", "")) for cell in cells]
    assert values == sorted(values)


def test_a_table_is_copied_as_cells_a_spreadsheet_reads(live: Page):
    live.evaluate(
        """() => {
            const set = DataTransfer.prototype.setData;
            window.kept = {};
            DataTransfer.prototype.setData = function (type, text) {
                window.kept[type] = text;
                set.call(this, type, text);
            };
        }"""
    )
    tools = live.locator("table.ranking + .tools")
    tools.get_by_role("button", name="Copy table").click()
    expect(tools.get_by_role("button")).to_have_text("Copied")
    kept = live.evaluate("window.kept")
    lines = kept["text/plain"].split("\r\n")
    assert lines[0].split("\t")[:2] == ["Rank", "Province"]
    assert len(lines) == 32
    assert {len(line.split("\t")) for line in lines} == {6}
    assert kept["text/html"].startswith("<table><thead><tr><th>Rank</th><th>Province</th>")


def test_a_place_lights_up_in_map_and_ranking_at_once(live: Page):
    live.locator(".tiles a[data-place='51']").hover()
    expect(live.locator("#p-51")).to_have_class(re.compile("lit"))
    live.locator("#p-44 td").first.hover()
    expect(live.locator(".tiles a[data-place='44']")).to_have_class(re.compile("lit"))
    expect(live.locator("#p-51")).not_to_have_class(re.compile("lit"))


def test_a_tile_opens_all_numbers_of_its_province_and_escape_closes_them(live: Page):
    live.get_by_role("link", name=re.compile("^Sichuan: income")).press("Enter")
    drawer = live.get_by_role("dialog", name="Sichuan")
    expect(drawer).to_be_visible()
    assert drawer.locator(".finding").count() >= 3
    expect(drawer.locator(".finding").first).to_contain_text("Growth of income")
    expect(drawer.locator(".finding").first).to_contain_text("Evidence")
    live.keyboard.press("Escape")
    expect(drawer).to_be_hidden()


def test_a_tip_says_value_unit_and_years(live: Page):
    figure = live.locator("#chart-inequality")
    figure.scroll_into_view_if_needed()
    box = figure.locator(".drawn")
    expect(box.locator("svg")).to_be_visible()
    box.hover(position={"x": 300, "y": 200})
    tip = live.locator(".tip")
    expect(tip).to_be_visible()
    expect(tip).to_contain_text(re.compile(r"\[index; 20\d\d–20\d\d\]"))


def test_each_figure_is_saved_as_a_picture_that_needs_nothing_else(live: Page):
    figures = live.locator("figure.chart").all()
    for figure in figures:
        button = figure.get_by_role("button", name=re.compile(r"\(SVG\)")).first
        with live.expect_download() as download:
            button.click()
        text = Path(download.value.path()).read_text("utf-8")
        key = (figure.get_attribute("id") or "").removeprefix("chart-")
        assert download.value.suggested_filename in {f"{key}.en.svg", "tiles.en.svg"}
        assert "@font-face" in text
        assert not re.search(r'(?:href|src)="(?!#)', text)
        assert figure.locator("h3").first.inner_text()[:12] in text


def test_a_figure_is_saved_as_png_at_print_size(live: Page):
    with live.expect_download() as download:
        live.locator("#chart-waterfall").get_by_role("button", name="(PNG)").click()
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(b"\x89PNG")
    assert int.from_bytes(content[16:20], "big") >= 1900  # pixels: 174 mm at 288 dots an inch


def test_paper_shows_every_figure_and_no_buttons(live: Page):
    live.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    live.emulate_media(media="print")
    figures = live.locator("figure.chart:has(.picture)")
    expect(live.locator("figure.chart .drawn svg:visible")).to_have_count(figures.count())
    heights = live.locator("figure.chart .drawn").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert min(heights) > 100, heights
    expect(live.locator(".tools:visible, .tool:visible")).to_have_count(0)


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: npm ci in web/")
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_serious(visit, report: Path, language: str):
    page = visit(report / f"report.{language}.html").page
    see_all(page)
    for summary in page.locator("summary").all():
        summary.click()
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": AXE.read_text("utf-8")})
    found = page.evaluate(
        "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"
    )
    serious = [one for one in found if one["impact"] in ("serious", "critical")]
    assert serious == [], json.dumps(serious, ensure_ascii=False)[:2000]
