"""Who got the growth: charts and chapter from the tables that a study gives."""

import math
from dataclasses import replace

import polars as pl
import pytest

from gongfu.core import Evidence, Uncertainty
from gongfu.report.book import book_charts, build_book
from gongfu.report.brief import brief
from gongfu.report.charts import build_charts
from gongfu.report.document import ResultDocument, ResultTable
from gongfu.report.figures import NARROW, WIDE, draw
from gongfu.report.page.incidence import incidence_chapter
from gongfu.report.policies import packages_of
from gongfu.report.why import find_place
from gongfu.study.findings.describe import describe

# Invented means with answers that can be computed by hand: after two years the fifths have grown
# by the factors 1.21, 1.1025, 1.0404, 1.0609 and 1.1236, that is 10, 5, 2, 3 and 6 % a year.
START = (100.0, 200.0, 300.0, 400.0, 1000.0)
FACTOR = (1.1, 1.05, 1.02, 1.03, 1.06)
END = tuple(mean * factor**2 for mean, factor in zip(START, FACTOR, strict=True))
SHARES = {"start": (0.05, 0.15, 0.3, 0.5, 1.0), "end": (0.056, 0.155, 0.3, 0.49, 1.0)}
ACCOUNT = "households_quintiles"


def fifths() -> list[ResultTable | None]:
    keys = {"account": ACCOUNT, "start": 2016, "end": 2018, "price": "2020 prices"}
    mean = math.log(sum(END) / sum(START)) / 2
    rows = [
        {**keys, "fifth": k, "mean_start": START[k - 1], "mean_end": END[k - 1],
         "growth": math.log(FACTOR[k - 1]), "mean_growth": mean, "evidence": "observed"}
        for k in range(1, 6)
    ]  # fmt: skip
    totals = {
        **keys, "mean_growth": mean, "published_growth": math.log(1.08), "pattern": "both ends",
        "ratio_start": 10.0, "ratio_end": END[4] / END[0], "lorenz": "crosses",
        "generalised_lorenz": "higher", "evidence": "observed",
    }  # fmt: skip
    points = [
        {"account": ACCOUNT, "start": 2016, "end": 2018, "point": k + 1, "rank": (k + 1) / 5,
         "share_start": SHARES["start"][k], "share_end": SHARES["end"][k],
         "difference": 100 * (SHARES["end"][k] - SHARES["start"][k]), "evidence": "observed"}
        for k in range(5)
    ]  # fmt: skip
    return [
        describe("incidence", rows),
        describe("incidence_totals", [totals]),
        describe("lorenz_points", points),
    ]


def package_curves(document: ResultDocument) -> ResultTable:
    rows = [
        {"scenario": one.key, "year": 2033, "rank": rank, "share_baseline": 0.2,
         "share_reform": 0.2 + 0.01 * (i - 1), "difference": float(i - 1), "low": i - 1.5,
         "high": i - 0.5, "verdict": ("down", "cannot tell", "up")[min(i, 2)]}
        for i, one in enumerate(packages_of(document, "en"))
        for rank in (0.2, 0.4, 0.6)
    ]  # fmt: skip
    found = describe(
        "policy_lorenz", rows, evidence=Evidence.SIMULATED, uncertainty=Uncertainty.ASSUMPTIONS
    )
    assert found is not None
    return found


@pytest.fixture(scope="module")
def told(document: ResultDocument) -> ResultDocument:
    tables = [*filter(None, fifths()), package_curves(document)]
    return replace(document, tables={**document.tables, **{one.name: one for one in tables}})


@pytest.fixture(scope="module", params=["zh", "en"])
def language(request) -> str:
    return request.param


def test_dots_are_the_growth_of_the_fifths_and_the_line_that_of_their_mean(told, language):
    chart = build_charts(told, language)["incidence"]
    *rows, published = chart.series[0].rows
    assert [row["text"] for row in rows] == ["+10%", "+5.0%", "+2.0%", "+3.0%", "+6.0%"]
    assert published["text"] == "+8.0%"
    zero, mean = chart.references
    # 121 + 220.5 + 312.12 + 424.36 + 1123.6 = 2201.58; the root of 2201.58 / 2000 is 1.0492.
    assert mean.label.endswith("+4.9%")
    assert zero.intercept == 0.0
    assert chart.uncertainty is Uncertainty.NOT_PUBLISHED


def test_the_title_says_where_growth_was_fastest(told, language):
    title = build_charts(told, language)["incidence"].title
    words = {
        "zh": "两头快、中间慢：最低20%年均+10%，最高20%年均+6.0%，中等收入20%年均+2.0%",
        "en": "faster at both ends than in between: lowest fifth +10% a year, highest +6.0%",
    }
    assert words[language] in title


@pytest.mark.parametrize("pattern", ["falling", "rising", "middle", "mixed", "even"])
def test_every_pattern_has_a_title_with_numbers(told, language, pattern):
    rows = told.table("incidence_totals").rows.with_columns(pattern=pl.lit(pattern))
    chart = build_charts(with_table(told, "incidence_totals", rows), language)["incidence"]
    assert "+10%" in chart.title or "+2.0%" in chart.title


def with_table(document: ResultDocument, name: str, rows: pl.DataFrame) -> ResultDocument:
    table = replace(document.table(name), rows=rows)
    return replace(document, tables={**document.tables, name: table})


def test_the_lorenz_chart_has_the_cut_points_and_shades_what_goes_to_the_bottom(told, language):
    chart = build_charts(told, language)["lorenz_change"]
    between, points = chart.series
    assert [row["x"] for row in between.rows] == pytest.approx([0, 0.2, 0.4, 0.6, 0.8, 1])
    assert [row["text"] for row in points.rows] == ["+0.60", "+0.50", "0", "−1.0"]
    (shade,) = chart.shades
    assert (shade.y_low, shade.y_high) == (0.0, None)
    assert "0.60" in chart.title
    assert "1.00" in chart.title
    assert "20%" in chart.title


@pytest.mark.parametrize("verdict", ["higher", "lower", "same"])
def test_every_verdict_has_a_title_and_a_sentence(told, language, verdict):
    rows = told.table("incidence_totals").rows.with_columns(
        lorenz=pl.lit(verdict), generalised_lorenz=pl.lit(verdict)
    )
    changed = with_table(told, "incidence_totals", rows)
    titles = {build_charts(one, language)["lorenz_change"].title for one in (told, changed)}
    assert len(titles) == 2
    says = {one.says for one in incidence_chapter(changed, language).answers}
    known = {one.says for one in incidence_chapter(told, language).answers}
    assert len(says - known) == (1 if verdict == "higher" else 2)  # real incomes are higher there


def test_sentences_compare_the_lowest_fifth_with_both_means(told):
    means, shares, real, ratio = incidence_chapter(told, "en").answers
    assert "grew +10% a year: faster than the mean of the five (+4.9%)" in means.says
    assert "faster than the published mean of all residents (+8.0%)" in means.says
    assert "Of the five, 4 grew slower" in means.says
    assert "cross at the cut points" in shares.says
    assert "generalised Lorenz dominance" in real.says
    assert "10.0 times that in the lowest in 2016 and 9.3 times in 2018" in ratio.says


def test_nothing_is_said_of_real_incomes_without_constant_prices(told, language):
    rows = told.table("incidence_totals").rows.with_columns(
        generalised_lorenz=pl.lit(None, pl.String)
    )
    changed = with_table(told, "incidence_totals", rows)
    assert len(incidence_chapter(changed, language).answers) == 3


def test_every_number_of_both_charts_names_its_place_in_the_document(told, language):
    charts = build_charts(told, language)
    for key in ("incidence", "lorenz_change", "incidence_policies", "lorenz_policies"):
        twin = charts[key].twin
        for row, paths in zip(twin.rows, twin.paths, strict=True):
            for value, path in zip(row, paths, strict=True):
                if isinstance(value, float):
                    assert find_place(told, path).value == value, (key, path)


def test_packages_stand_in_blocks_of_five_fifths_below_their_names(told, language):
    chart = build_charts(told, language)["incidence_policies"]
    packages = packages_of(told, language)
    rows = chart.series[0].rows
    assert [i for i, row in enumerate(rows) if row["percent"] is None] == [
        6 * i for i in range(len(packages))
    ]
    groups = told.table("policy_groups").rows.filter(dimension="fifth", scenario=packages[0].key)
    assert [row["percent"] for row in rows[1:6]] == groups.sort("group")["percent"].to_list()
    assert chart.evidence is Evidence.SIMULATED
    assert chart.uncertainty is Uncertainty.ASSUMPTIONS


def test_a_package_counts_as_better_only_where_all_of_its_range_is(told):
    title = build_charts(told, "en")["lorenz_policies"].title
    packages = len(packages_of(told, "en"))
    assert f"In simulation {packages - 2} of {packages} packages" in title


@pytest.mark.parametrize("preset", [WIDE, NARROW])
@pytest.mark.parametrize(
    "key", ["incidence", "lorenz_change", "incidence_policies", "lorenz_policies"]
)
def test_the_charts_are_drawn_at_both_widths(told, language, key, preset):
    sheet = draw(build_charts(told, language)[key], preset)
    assert sheet.save("svg", whole=False).startswith(b"<?xml")


def test_the_chapter_stands_in_the_book_after_the_decomposition(told, language):
    book = build_book(told, book_charts(told, language), language)
    keys = [chapter.key for chapter in book.chapters]
    assert keys[keys.index("decomposition") + 1] == "incidence"
    assert {"incidence", "lorenz_change"} <= set(book.keys(narrow=True))
    assert {"incidence_policies", "lorenz_policies"} <= set(book.keys(narrow=False))


def test_the_end_of_a_run_says_where_growth_was_fastest(told):
    assert "faster at both ends" in next(brief(told, "en"))


def test_a_document_without_fifths_has_no_chapter(document, language):
    assert incidence_chapter(document, language) is None
    assert not {"incidence", "lorenz_change"} & set(build_charts(document, language))
