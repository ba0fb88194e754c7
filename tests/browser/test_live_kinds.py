"""Every kind of chart in a browser: its marks, what their tips say, places that light up."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from gongfu.core import Evidence
from gongfu.data import neighbours, provinces
from gongfu.measure.space import border_weights
from gongfu.report.chart import Chart
from gongfu.report.charts import build_charts
from gongfu.report.document import ResultDocument, ResultTable, Words
from gongfu.report.page import Bodies, render_page
from gongfu.report.palette import FILL, GRID, INK, LOSS_TO_GAIN
from gongfu.study.findings import convergence_tables, space_tables
from gongfu.study.regions import Regions

pytestmark = pytest.mark.browser

WIDTHS = (390, 1024, 1440)
ROLES = ("first", "second", "third", "fourth", "fifth", "total")


def regions() -> Regions:
    """Return made-up incomes of provinces: gaps shrink, neighbours are alike."""
    codes = tuple(sorted(place.code for place in provinces()))
    rng = np.random.default_rng(3)
    years = np.arange(2011, 2023)
    gap = np.linspace(-0.8, 0.8, len(codes))[:, None]
    noise = 0.05 * rng.normal(size=(len(codes), len(years)))
    return Regions(
        codes=codes,
        years=tuple(years.tolist()),
        values=np.exp(9 + (0.07 - 0.04 * gap) * (years - years[0]) + gap + noise),
        people=None,
        weights={"border": border_weights(neighbours(codes))},
        classes=3,
        draws=99,
        seed=5,
        label=Words("收入", "Income"),
        unit="yuan per person",
        price_base="current prices",
        is_embedded=True,
        evidence=Evidence.OBSERVED,
    )


def tables_of(regions: Regions) -> Iterator[ResultTable]:
    yield from (one for one in (*convergence_tables(regions), *space_tables(regions)) if one)


@pytest.fixture(scope="module")
def all_kinds(document: ResultDocument) -> ResultDocument:
    made = {table.name: table for table in tables_of(regions())}
    return replace(document, tables={**document.tables, **made})


@pytest.fixture(scope="module")
def charts(all_kinds: ResultDocument) -> dict[str, Chart]:
    return dict(build_charts(all_kinds, "en"))


@pytest.fixture(scope="module")
def page_file(
    all_kinds: ResultDocument, charts: dict[str, Chart], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    file = tmp_path_factory.mktemp("kinds") / "report.en.html"
    bodies = dict.fromkeys(charts, Bodies())
    file.write_text(render_page(all_kinds, charts, bodies, "en", {}), "utf-8")
    return file


@pytest.fixture
def live(visit, page_file: Path) -> Page:
    return visit(page_file).page


def draw_all(page: Page) -> None:
    expect(page.locator(".drawn").first).to_be_attached()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    pictures = page.locator("figure.chart:has(.picture)")
    expect(page.locator("figure.chart .drawn svg")).to_have_count(pictures.count())


def figure(page: Page, key: str) -> Locator:
    one = page.locator(f"#chart-{key}")
    one.scroll_into_view_if_needed()
    expect(one.locator(".drawn svg")).to_have_count(1)
    return one


def marks(page: Page, key: str, fill: str, stroke: str = "#ffffff") -> int:
    """Return how many shapes of a figure have these colours."""
    return figure(page, key).locator(f"path[fill='{fill}'][stroke='{stroke}']").count()


def tip_over(page: Page, shape: Locator) -> Locator:
    """Point at the middle of a shape; return the tip that opens."""
    shape.hover(force=True)
    tip = page.locator(".tip:visible")
    expect(tip).to_have_count(1)
    return tip


def test_no_kind_of_chart_stays_as_printed(live: Page, charts: dict[str, Chart]):
    draw_all(live)
    kinds = {chart.kind for chart in charts.values()}
    assert kinds >= {
        "stack", "matrix", "panels", "shares", "effects_plane", "log_scatter", "tile_classes",
    }  # fmt: skip


@pytest.mark.parametrize("width", WIDTHS)
def test_no_words_of_a_figure_leave_it(visit, page_file: Path, width: int):
    opened = visit(page_file, width)
    draw_all(opened.page)
    outside = opened.page.evaluate(
        """() => [...document.querySelectorAll('.drawn')].flatMap((box) => {
            const edge = box.getBoundingClientRect();
            return [...box.querySelectorAll('svg text')]
                .filter((one) => one.textContent.trim())
                .map((one) => [one.textContent, one.getBoundingClientRect()])
                .filter(([, at]) => at.left < edge.left - 2 || at.right > edge.right + 2)
                .map(([words]) => words);
        })"""
    )
    assert outside == []
    assert opened.errors == []


@pytest.mark.parametrize("key", ["dagum", "nested"])
def test_a_stack_has_a_bar_for_every_part_of_every_year(
    live: Page, charts: dict[str, Chart], key: str
):
    for series in charts[key].series:
        assert marks(live, key, FILL[series.role]) == len(series.rows)
    expect(figure(live, key)).to_contain_text(re.compile(r"0\.\d{3} → 0\.\d{3}"))


def test_the_tip_of_a_stack_names_all_parts_of_the_year_and_their_total(live: Page):
    bars = figure(live, "dagum").locator(f"path[fill='{FILL['first']}'][stroke='#ffffff']")
    tip = tip_over(live, bars.nth(3))
    expect(tip.locator("b")).to_have_text(re.compile(r"^20\d\d$"))
    for name in ("Total", "Net between regions", "Within regions", "Overlap of regions"):
        expect(tip).to_contain_text(re.compile(rf"{name}: 0\.\d+"))
    expect(tip).to_contain_text(re.compile(r"Gini coefficient \[index, 0–1; 20\d\d–20\d\d\]"))


def test_a_matrix_has_a_cell_for_every_move_and_every_share(live: Page, charts: dict[str, Chart]):
    rows = [row for one in charts["markov"].series if one.key != "names" for row in one.rows]
    cells = figure(live, "markov").locator("path[stroke='#b8c0c8']")
    assert cells.count() == len(rows)
    tip = tip_over(live, cells.first)
    expect(tip.locator("b")).to_contain_text("→")
    expect(tip).to_contain_text(re.compile(r"Probability: \d+(\.\d+)?%"))
    expect(tip).to_contain_text(re.compile(r"Moves: \d+"))


def test_panels_have_a_line_each_and_tips_with_value_unit_and_range(
    live: Page, charts: dict[str, Chart]
):
    series = charts["policy_paths"].series
    for one in series:
        assert marks(live, "policy_paths", "none", FILL[one.role]) == 1
        assert marks(live, "policy_paths", FILL[one.role]) == len(one.rows)
    ends = figure(live, "policy_paths").locator(f"path[fill='{FILL[series[0].role]}']")
    tip = tip_over(live, ends.last)
    expect(tip.locator("b")).to_have_text(series[0].label)
    expect(tip).to_contain_text(re.compile(r"Year: 20\d\d"))
    expect(tip).to_contain_text(re.compile(r"[+−][\d.]+ \[log points; 20\d\d–20\d\d; .*prices\]"))
    expect(tip).to_contain_text("…")


def test_shares_have_a_segment_for_every_class_of_every_group(live: Page, charts: dict[str, Chart]):
    *classes, verdicts = charts["winners"].series
    for series, colour in zip(classes, LOSS_TO_GAIN, strict=True):
        assert marks(live, "winners", colour) == len(series.rows)
    widest = figure(live, "winners").locator(f"path[fill='{LOSS_TO_GAIN[-1]}'][stroke='#ffffff']")
    tip = tip_over(live, widest.first)
    expect(tip.locator("b")).to_have_text(str(verdicts.rows[0]["label"]))
    for series in classes:
        expect(tip).to_contain_text(f"{series.label}: ")
    expect(tip).to_contain_text(re.compile(r"Change of income per person: [+−][\d.]+% \(.* … .*\)"))
    expect(tip).to_contain_text(re.compile(r"\[20\d\d; .*prices\]"))


def test_packages_have_two_points_each_and_tips_with_both_ranges(
    live: Page, charts: dict[str, Chart]
):
    for one in charts["plane_policies"].series:
        assert marks(live, "plane_policies", FILL[one.role]) == 1
        assert marks(live, "plane_policies", "#ffffff", FILL[one.role]) == 1
    point = figure(live, "plane_policies").locator(f"path[fill='{FILL['first']}']")
    tip = tip_over(live, point.last)
    shown = r"[+−]?[\d.]+ \([+−]?[\d.]+ … [+−]?[\d.]+\) \[log points; 20\d\d"
    expect(tip).to_contain_text(re.compile(rf"Income per person.*: {shown}"))
    expect(tip).to_contain_text(re.compile(rf"Fairer division.*: {shown}"))
    expect(tip).to_contain_text(re.compile(r"Household share: "))


def test_a_log_scatter_names_every_point_and_says_its_money_in_full(
    live: Page, charts: dict[str, Chart]
):
    points = [one for one in charts["beta"].series if one.mark == "point"]
    for one in points:
        assert marks(live, "beta", FILL[one.role]) == len(one.rows)
    words = set(figure(live, "beta").locator("svg text").all_text_contents())
    rows = [row for one in points for row in one.rows]
    named = [{str(row[name]) for row in rows} <= words for name in ("label", "short")]
    assert any(named)
    dot = figure(live, "beta").locator(f"path[fill='{FILL[points[0].role]}'][stroke='#ffffff']")
    tip = tip_over(live, dot.last)
    expect(tip).to_contain_text(re.compile(r": [\d,]+ \[yuan per person; 2011; current prices\]"))
    expect(tip).to_contain_text(re.compile(r"[+−][\d.]+%"))


def tiles_of_classes(page: Page) -> Locator:
    """Return the squares of the map of classes, without those of its legend."""
    colours = [GRID, *(FILL[role] for role in ROLES)]
    wanted = [f"path[fill='{colour}']:not([stroke])" for colour in colours]
    striped = [f"path[fill='#ffffff'][stroke='{colour}']" for colour in (*FILL.values(), "#b8c0c8")]
    return figure(page, "lisa").locator(", ".join([*wanted, *striped]))


def test_the_map_of_classes_has_a_tile_for_every_place(live: Page, charts: dict[str, Chart]):
    series = charts["lisa"].series
    assert tiles_of_classes(live).count() == sum(len(one.rows) for one in series) + len(series)
    tip = tip_over(live, tiles_of_classes(live).first)
    expect(tip).to_contain_text(re.compile(r"Cluster after correction: .* \[2022\]"))
    expect(tip).to_contain_text(re.compile(r"Local Moran: [−\d.]+ \[index"))


@pytest.mark.parametrize("key", ["beta", "lisa"])
def test_a_place_of_the_ranking_lights_up_in_scatter_and_map(live: Page, key: str):
    lit = figure(live, key).locator(f"path[stroke='{INK}']:not([fill='none'])")
    expect(lit).to_have_count(0)
    live.evaluate(
        """document.querySelector("tr[data-place='51'] td")
            .dispatchEvent(new MouseEvent("mouseover", {bubbles: true}))"""
    )
    expect(lit).to_have_count(1)


def test_a_tile_of_the_map_of_classes_lights_its_row_of_the_ranking(live: Page):
    tiles_of_classes(live).nth(2).hover(force=True)
    expect(live.locator("table.ranking tr.lit")).to_have_count(1)
