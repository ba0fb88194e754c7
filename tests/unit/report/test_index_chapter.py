"""Charts and chapter of composite indices, from a small document of invented numbers."""

from dataclasses import replace
from xml.etree import ElementTree as ET

import polars as pl
import pytest

from gongfu.core import Evidence, Uncertainty
from gongfu.report.charts.index import index_charts
from gongfu.report.charts.index_coupling import index_coupling
from gongfu.report.document import Column, ResultDocument, ResultTable, Words
from gongfu.report.figures import NARROW, WIDE, draw
from gongfu.report.indices import RankRange, indices_of, listed_names, overlapping_pairs
from gongfu.report.page.index import index_chapter

CODES = ["11", "31", "33", "44", "51", "62"]
UNITS = {
    "year": "year", "start": "year", "end": "year", "value": "index 0-1", "rank": "rank",
    "mean": "places", "largest": "places", "alone": "share 0-1", "together": "share 0-1",
    "weight": "share 0-1", "effective": "share 0-1", "correlation": "correlation",
    "level": "share 0-1", "coordination": "index 0-1",
}  # fmt: skip
LABELS = {"prosperity": ("富裕", "Prosperity"), "digital": ("数字", "Digital")}


def table(name, rows):
    frame = pl.DataFrame(rows)
    columns = tuple(
        Column(c, f"列{c}", f"column {c}",
               UNITS.get(c, "count") if frame.schema[c].is_numeric() else "", "")
        for c in frame.columns
    )  # fmt: skip
    told = (Evidence.ESTIMATED, Uncertainty.ASSUMPTIONS, Words("虚构", "Invented"))
    return ResultTable(name, columns, frame, *told, Words("注", "A note."))


def ranks(name, ranges):
    return [
        {"index": name, "code": code, "year": 2022, "value": 0.9 - 0.1 * i, "stated": i + 1,
         "median": i + 1, "low": low, "high": high, "best": 1, "worst": 6}
        for i, (code, (low, high)) in enumerate(zip(CODES, ranges, strict=True))
    ]  # fmt: skip


def setup(name):
    zh, en = LABELS[name]
    return {
        "index": name, "label_zh": zh, "label_en": en, "start": 2014, "end": 2022, "year": 2022,
        "normalisation": "bounds", "weighting": "equal", "aggregation": "mazziotta-pareto-",
        "combinations": 1664, "weight_draws": 100, "level": 0.9,
        "missing_zh": "缺消费。", "missing_en": "Consumption.",
    }  # fmt: skip


def values(name):
    for node in (name, "cake", "share"):
        for i, code in enumerate(CODES):
            value = 0.9 - 0.1 * i if node != "share" else 0.5 + 0.01 * i
            yield {"index": name, "node": node, "label_zh": f"维度{node}", "label_en": node.title(),
                   "code": code, "year": 2022, "value": value, "rank": i + 1}  # fmt: skip


def check(name, outcome, *, other="", index="prosperity"):
    return {
        "index": index, "other": other, "check": name, "outcome": outcome,
        "says_zh": f"{name}说明。", "says_en": f"{name} says.",
        "evidence": "share 0.6; totals 3", "limits": "share 0.5", "fix_zh": "改。",
        "fix_en": "Mend it.", "citation": "Somebody 2000",
    }  # fmt: skip


@pytest.fixture(scope="module")
def built(document):
    firm = [(1, 1), (2, 2), (3, 4), (3, 4), (5, 5), (6, 6)]
    loose = [(1, 2), (1, 5), (2, 6), (2, 6), (3, 6), (5, 6)]
    made = [
        table("index_setup", [setup("prosperity"), setup("digital")]),
        table("index_values", [*values("prosperity"), *values("digital")]),
        table("index_ranks", ranks("prosperity", loose) + ranks("digital", firm)),
        table("index_moves", [
            {"index": "prosperity", "choice": "weighting", "level": "drawn", "mean": 2.5,
             "largest": 4.0, "code": "31"},
            {"index": "prosperity", "choice": "vintage", "level": "1<2", "mean": 1.0,
             "largest": 2.0, "code": "33"},
            {"index": "digital", "choice": "weighting", "level": "drawn", "mean": 0.5,
             "largest": 1.0, "code": "44"},
        ]),
        table("index_shares", [
            {"index": name, "choice": "weighting", "alone": 0.5, "together": 0.75}
            for name in LABELS
        ]),
        table("index_indicators", [
            {"index": "prosperity", "indicator": "x", "label_zh": "甲", "label_en": "First",
             "node": "cake", "direction": "-", "unit": "days", "low": 1.0, "high": 40.0,
             "weight": 0.5, "effective": 0.25, "correlation": 0.5, "reason_zh": "因为。",
             "reason_en": "Because.", "source": "nbs"},
        ]),
        table("index_audit", [
            check("size-driven", "found"), check("overlap", "clean", other="digital"),
            check("coupling-near-one", "found", other="digital"),
        ]),
        table("index_areas", [
            {"index": name, "area": area, "year": year, "value": start + 0.02 * (year - 2020),
             "units": 3}
            for name in LABELS for area, start in (("east", 0.5), ("west", 0.3))
            for year in (2020, 2021, 2022)
        ]),
        table("index_coupling", [
            {"index": "prosperity", "other": "digital", "code": code, "year": 2022,
             "coordination": 0.8 - 0.05 * i, "median": 0.8 - 0.05 * i, "low": 0.4, "high": 0.9}
            for i, code in enumerate(CODES)
        ]),
    ]  # fmt: skip
    return ResultDocument(document.meta, {one.name: one for one in made})


@pytest.fixture(scope="module")
def charts(built):
    return {one.key: one for one in index_charts(built, "en") if one is not None}


def rank_range(low, high):
    return RankRange("x", 0.5, 1, 1, low, high, low, high)


def test_ranges_that_touch_overlap():
    ranges = [rank_range(1, 2), rank_range(2, 4), rank_range(5, 6)]
    assert overlapping_pairs(ranges) == (1, 3)


def test_up_to_three_names_are_named_and_more_counted():
    assert listed_names([], "en") == "no place"
    assert listed_names(["A", "B", "C"], "en") == "A, B, C"
    assert listed_names(list("ABCD"), "zh") == "4个地区"


def test_only_places_whose_whole_range_stays_in_a_third_are_placed(built):
    prosperity, digital = indices_of(built, "en")
    assert prosperity.third == 2
    assert prosperity.top == ["11"]
    assert prosperity.bottom == ["62"]
    assert digital.top == ["11", "31"]
    assert digital.bottom == ["51", "62"]


def test_charts_stand_in_reading_order(charts):
    kinds = ["index_map", "index_ranks", "index_dimensions"]
    of_each = [f"{kind}-{name}" for name in ("prosperity", "digital") for kind in kinds]
    assert list(charts) == [*of_each, "index_moves", "index_together"]


def test_ranks_are_coloured_by_what_can_be_told(charts):
    rows = charts["index_ranks-prosperity"].series[0].rows
    assert [row["role"] for row in rows] == ["gain", *["neutral"] * 4, "loss"]
    assert [row["text"] for row in rows][:2] == ["1–2", "1–5"]
    assert "the other 4 cannot be placed" in charts["index_ranks-prosperity"].title


def test_the_map_hatches_places_without_an_index(charts):
    cells = charts["index_map-digital"].series[0].rows
    assert {cell["code"] for cell in cells if not cell["hatched"]} == set(CODES)


def test_dimensions_name_the_widest_and_join_their_ends(charts):
    chart = charts["index_dimensions-digital"]
    assert "most in Cake, least in Share" in chart.title
    first, second = chart.series
    assert (first.rows[0]["low"], first.rows[0]["high"]) == pytest.approx((0.5, 0.9))
    assert second.rows[0]["low"] is None
    assert chart.twin.rows[0][1:] == pytest.approx((0.9, 0.5))


def test_moves_have_the_same_rows_for_every_index_and_name_the_widest(charts):
    chart = charts["index_moves"]
    labels = [[row["label"] for row in one.rows] for one in chart.series]
    assert labels == [["random weights", "1<2"]] * 2
    assert chart.series[1].rows[1]["mean"] is None
    assert "random weights" in chart.title
    assert "2.5 places" in chart.title
    assert len(chart.twin.rows) == 3


def test_paths_hold_common_years_and_no_causal_word(charts):
    chart = charts["index_together"]
    assert [one.key for one in chart.series] == ["east", "west"]
    assert chart.title == "Both indices rose in all 2 regions (2020–2022); highest on Digital: East"
    assert "correlation" in chart.note


@pytest.mark.parametrize("preset", [WIDE, NARROW])
def test_every_chart_is_drawn_with_its_words(charts, built, preset):
    one, other = indices_of(built, "en")
    shown = {
        "index_ranks-digital": ["Beijing", "3–4", "top 2"],
        "index_dimensions-digital": ["Cake", "Share"],
        "index_together": ["East (0.54, 0.54)"],
        "index_coupling": ["0.40–0.90"],
    }
    for chart in (*charts.values(), index_coupling(built, one, other, "en")):
        svg = draw(chart, preset).save("svg", whole=False)
        words = " ".join("".join(ET.fromstring(svg).itertext()).split())
        for word in shown.get(chart.key, []):
            assert word in words, (chart.key, word)


def test_the_chapter_says_what_cannot_be_told(built, charts):
    chapter = index_chapter(built, charts, "en")
    assert chapter.stories[0].startswith("Prosperity in 2022: as stated, Beijing comes first")
    assert "87% of all 15 pairs" in chapter.stories[0]
    assert chapter.pairs == [
        ["index_map-prosperity", "index_ranks-prosperity"],
        ["index_map-digital", "index_ranks-digital"],
        ["index_dimensions-prosperity", "index_dimensions-digital"],
    ]
    assert chapter.missing == [("Prosperity", "Consumption."), ("Digital", "Consumption.")]


def test_findings_carry_number_threshold_fix_and_source(built, charts):
    chapter = index_chapter(built, charts, "en")
    assert chapter.audit == "2 checks; 1 found something."
    (found,) = chapter.found
    assert found.evidence == "Evidence: weight on totals 0.6 (threshold 0.5)."
    assert found.fix == "Fix: Mend it."
    assert found.citation == "See Somebody 2000."
    assert [row[2] for row in chapter.all.rows] == ["found", "nothing found"]


def test_coupling_comes_with_its_warning_not_among_the_findings(built, charts):
    says, _, grid = index_chapter(built, charts, "zh").coupling
    assert says.startswith("coupling-near-one说明。改。")
    assert grid.rows[0][1:] == ("0.80", "0.40–0.90")


def test_a_document_without_indices_has_no_chapter(document):
    assert index_chapter(document, {}, "en") is None


def test_one_index_of_other_places_has_neither_map_nor_paths(built):
    tables = {}
    for name, one in built.tables.items():
        rows = one.rows.filter(index="prosperity")
        if "other" in rows.columns:
            rows = rows.filter(other="")
        if "code" in rows.columns:
            rows = rows.with_columns(code="city-" + pl.col("code"))
        tables[name] = replace(one, rows=rows)
    del tables["index_coupling"]
    alone = replace(built, tables=tables)
    charts = {one.key: one for one in index_charts(alone, "en") if one is not None}
    assert list(charts) == [
        "index_ranks-prosperity",
        "index_dimensions-prosperity",
        "index_moves",
    ]
    chapter = index_chapter(alone, charts, "en")
    assert chapter.coupling is None
    assert "city-11 comes first" in chapter.stories[0]
