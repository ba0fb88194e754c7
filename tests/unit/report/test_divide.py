from dataclasses import replace

import polars as pl
import pytest
from markupsafe import escape

from gongfu.report.charts import build_charts
from gongfu.report.figures import WIDE, draw
from gongfu.report.page import bodies_of, render_page
from gongfu.report.page.divide import divide_of
from gongfu.study.findings.divide import embedded_divide


@pytest.fixture(scope="module")
def divided(document):
    return replace(document, tables={**document.tables, **embedded_divide()})


@pytest.fixture(scope="module", params=["zh", "en"])
def language(request):
    return request.param


def test_use_and_outcome_have_their_own_axes(divided, language):
    charts = build_charts(divided, language)
    levels = {
        key: {row["level"] for series in charts[key].series for row in series.rows}
        for key in ("divide_use", "divide_outcome")
    }
    assert not levels["divide_use"] & levels["divide_outcome"]
    assert charts["divide_use"].references[0].intercept == 1.0
    assert charts["divide_outcome"].references == ()


def test_lines_hold_the_ratios_of_the_table(divided, language):
    rows = divided.table("divide").rows
    for key in ("divide_use", "divide_outcome"):
        for series in build_charts(divided, language)[key].series:
            own = rows.filter(pl.col("indicator") == series.key).sort("year")
            assert [row["y"] for row in series.rows] == own["ratio"].to_list()


def test_dumbbells_are_sorted_and_name_the_ends(divided, language):
    chart = build_charts(divided, language)["divide_provinces"]
    ends = [row["value_end"] for row in chart.series[0].rows]
    assert ends == sorted(ends)
    assert chart.axes["x"].year == "2024"
    assert chart.series[0].rows[0]["label"] in chart.alt


def test_findings_say_for_each_level_whether_the_gap_narrowed(divided):
    page = divide_of(divided, "en")
    findings = dict(page.findings)
    assert list(findings) == ["Access", "Use", "Outcome"]
    assert "fixed broadband narrowed from 1.64 to 1.03 times (2013–2024)" in findings["Use"]
    assert "software revenue narrowed from 4.71 to 4.27 times (2013–2021)" in findings["Outcome"]
    assert "firms in e-commerce widened from 0.96 to 1.10 times" in findings["Use"]
    assert "固定宽带用户由1.64倍缩小到1.03倍" in dict(divide_of(divided, "zh").findings)["使用"]


def test_a_lag_beyond_the_history_is_a_lower_bound(divided, language):
    lags = divide_of(divided, language).lags
    words = {"zh": "不少于7.0", "en": "at least 7.0"}[language]
    assert lags.rows[-1][-1] == words


def test_town_and_country_stand_with_their_month(divided):
    assert divide_of(divided, "en").groups.rows[0] == (
        "rural residents, against urban residents", "2020-06", "52.3", "76.4", "24.1", "1.46",
    )  # fmt: skip


def test_a_document_without_the_divide_has_no_chapter(document, language):
    assert divide_of(document, language) is None
    assert not {"divide_use", "divide_outcome"} & set(build_charts(document, language))


def test_the_page_has_a_chapter_with_its_note_and_both_publishers(divided, language):
    charts = {k: c for k, c in build_charts(divided, language).items() if k == "divide_outcome"}
    bodies = {key: bodies_of(chart, draw(chart, WIDE)) for key, chart in charts.items()}
    html = render_page(divided, charts, bodies, language, {})
    chapter = html[html.index('<section id="divide"') :]
    chapter = chapter[: chapter.index("</section>")]
    assert 'id="chart-divide_outcome"' in chapter
    assert 'href="#divide"' in html
    for table in ("divide", "divide_groups"):
        assert str(escape(divided.table(table).note[language])) in chapter
        assert divided.table(table).source[language] in chapter
