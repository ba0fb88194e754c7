import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gongfu.data import load_china_national
from gongfu.report.charts import build_charts
from gongfu.report.page import Bodies, render_page
from gongfu.study.run import run_study
from gongfu.study.study_file import load_study
from gongfu.study.why_basis import basis_of

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def embedded_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings, folder = load_study()
    document = run_study(settings, folder, only_accounts=True)
    charts = build_charts(document, "en")
    bodies = dict.fromkeys(charts, Bodies())
    html = render_page(document, charts, bodies, "en", {}, basis=basis_of(settings, folder))
    file = tmp_path_factory.mktemp("embedded") / "report.en.html"
    file.write_text(html, "utf-8")
    return file


@pytest.fixture
def live(visit, embedded_page: Path) -> Page:
    page = visit(embedded_page).page
    expect(page.locator("[data-node]").first).to_be_attached()
    return page


def test_a_key_number_is_followed_to_the_row_of_data(live: Page):
    live.get_by_role("button", name="Follow the chain Gini").click()
    drawer = live.locator("dialog.why-drawer")
    expect(drawer.get_by_role("heading", level=2)).to_contain_text("Division")
    expect(drawer).to_contain_text("division = ln((1 - I_end) / (1 - I_start))")
    drawer.locator(".step", has_text="2022").first.click()
    published = load_china_national().frame.filter(variable="gini_income", year=2022)["value"][0]
    row = drawer.locator("table.figures tr", has_text="2022")
    expect(row.first).to_contain_text(f"{published}")
    expect(drawer).to_contain_text("National Bureau of Statistics of China")
    expect(drawer).to_contain_text('gongfu why result.json "accounts/households_gini')
    drawer.get_by_role("button", name="Back").click()
    expect(drawer.get_by_role("heading", level=2)).to_contain_text("Division")
    live.keyboard.press("Escape")
    expect(drawer).to_be_hidden()


def test_almost_every_number_of_a_table_can_be_asked(live: Page):
    for summary in live.locator("summary").all():
        summary.click()
    numbers, asked = live.evaluate(
        """() => {
            const cells = [...document.querySelectorAll("main table td:not(.rank)")];
            const has = (one, pattern) => pattern.test(one.textContent.trim());
            const numbers = cells.filter(
                (one) => has(one, /^[+−-]?[\\d,.]+%?( .*)?$/) && !has(one, /^(19|20)\\d\\d$/));
            return [numbers.length, numbers.filter((one) => one.dataset.node !== undefined).length];
        }"""
    )
    assert numbers > 1000
    assert asked / numbers > 0.9, (asked, numbers)


def test_the_keyboard_walks_between_numbers_and_asks(live: Page):
    table = live.locator("#accounts table").first
    table.locator("td[tabindex='0']").focus()
    first = live.evaluate("document.activeElement.dataset.node")
    live.keyboard.press("ArrowDown")
    second = live.evaluate("document.activeElement.dataset.node")
    assert second not in {None, first}
    live.keyboard.press("Enter")
    drawer = live.locator("dialog.why-drawer")
    expect(drawer).to_be_visible()
    expect(drawer.locator(".answer")).not_to_be_empty()


def test_a_sorted_table_still_answers_for_the_right_row(live: Page):
    row = live.locator("tr#p-51")
    path = row.locator("td[data-why]").first.get_attribute("data-why")
    live.locator("table.ranking").get_by_role("button", name=re.compile("^Province")).click()
    row.locator("td[data-why]").first.click()
    drawer = live.locator("dialog.why-drawer")
    expect(drawer).to_contain_text("Sichuan")
    expect(drawer).to_contain_text(f'gongfu why result.json "{path}"')


def test_the_chain_speaks_the_language_of_the_page(live: Page):
    live.locator(".corner").get_by_role("button", name="中文").click()
    live.get_by_role("button", name=re.compile("^追问来由")).first.click()
    drawer = live.locator("dialog.why-drawer")
    expect(drawer).to_contain_text("共同富裕：等分等价收入")
    assert not re.search(r"yuan|persons|previous year", drawer.inner_text())
    expect(drawer).to_contain_text("国家统计局")
    expect(drawer.locator("table.figures").first).to_contain_text("全国")


def test_after_changes_of_language_a_number_answers_once_and_without_complaint(
    visit, embedded_page: Path
):
    opened = visit(embedded_page)
    page = opened.page
    for name in ("中文", "English", "中文"):
        page.locator(".corner").get_by_role("button", name=name).click()
    page.locator("#accounts td[data-node]").first.click()
    drawer = page.locator("dialog.why-drawer")
    expect(drawer).to_have_count(1)
    expect(drawer).to_contain_text("gongfu why result.json")
    expect(drawer.get_by_role("button", name="返回")).to_have_count(0)
    page.keyboard.press("Escape")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert opened.errors == []
