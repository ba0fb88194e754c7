import re

import pytest

from gongfu.report.brief import brief
from gongfu.report.charts import build_charts
from gongfu.report.document import ResultDocument
from gongfu.report.figures import NARROW, WIDE, draw
from gongfu.report.page import bodies_of, render_page
from gongfu.report.page.explain import explain_chapter
from gongfu.study.run import run_study
from gongfu.study.settings import StudySettings
from gongfu.study.study_file import load_study

HOSTILE = "<script>alert(1)</script> {{7*7}} =1+1"


@pytest.fixture(scope="module")
def asked() -> ResultDocument:
    settings, folder = load_study(None)
    declared = settings.model_dump(by_alias=True, exclude_none=True)
    declared |= {"index": None, "regions": None, "policy": None}
    declared["explain"] = {
        "data": "provinces",
        "region": "region",
        "weights": ["border"],
        "replications": 100,
        "labels": {"log(gdp_per_capita)": {"zh": HOSTILE, "en": HOSTILE}},
        "question": [
            {
                "name": "ratio",
                "title": {"zh": "收入比", "en": "Ratio"},
                "outcome": "log(urban_rural_income_ratio)",
                "treatment": "log(gdp_per_capita)",
                "threshold": "log(gdp_per_capita)",
            }
        ],
    }
    return run_study(StudySettings.model_validate(declared), folder)


def page(document: ResultDocument, language: str) -> str:
    charts = build_charts(document, language)
    bodies = {key: bodies_of(chart, draw(chart, WIDE)) for key, chart in charts.items()}
    return render_page(document, charts, bodies, language, {})


@pytest.fixture(scope="module")
def chapters(asked) -> dict[str, str]:
    return {language: chapter(page(asked, language)) for language in ("zh", "en")}


def chapter(html: str) -> str:
    found = re.search(r'<section id="explain".*?</section>', html, re.DOTALL)
    assert found is not None
    return found[0]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_chapter_answers_shows_and_audits(asked, language):
    (answered,) = explain_chapter(asked, language) or []
    names = [step.name for step in answered.steps]
    assert names[0] in ("数据描述", "What the figures look like")
    assert all(step.sentences for step in answered.steps)
    assert {check.name for check in answered.checks} >= {"few-clusters", "common-trend"}
    assert any("声明" in step.sentences[0] or "declared" in step.sentences[0]
               for step in answered.left_out)  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
def test_hostile_labels_are_text_in_sentences_tables_and_pictures(chapters, language):
    shown = chapters[language]
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert "{{7*7}}" in shown


def test_every_chart_of_the_questions_can_be_drawn_wide_and_narrow(asked):
    charts = build_charts(asked, "en")
    kinds = {key for key in charts if key.endswith("_ratio")}
    assert kinds == {"coefficients_ratio", "curve_ratio", "threshold_ratio", "quantiles_ratio"}
    for key in kinds:
        for preset in (WIDE, NARROW):
            assert draw(charts[key], preset).save("svg").startswith(b"<?xml")


def test_the_english_chapter_holds_no_chinese(chapters):
    words = re.sub(r"<[^>]+>", " ", chapters["en"])
    assert not re.search(r"[\u4e00-\u9fff]", words)


def test_a_document_without_questions_has_no_chapter(document):
    assert explain_chapter(document, "en") is None
    assert not [key for key in build_charts(document, "en") if key.startswith("coefficients")]


def test_the_brief_joins_the_main_model_and_how_many_choices_agree(asked):
    *_, said = brief(asked, "en")
    assert "within units and years" in said
    assert re.search(r"Of \d+ specifications", said)
    *_, chinese = brief(asked, "zh")
    assert "种设定中" in chinese


def test_intervals_on_published_totals_are_said_to_be_of_the_model(asked):
    for key, chart in build_charts(asked, "en").items():
        if key.endswith("_ratio"):
            assert chart.uncertainty.value == "no published error"
            assert "intervals are of the model" in chart.uncertainty_text
