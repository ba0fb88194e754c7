from pathlib import Path

import numpy as np
import polars as pl
import pytest
from pydantic import ValidationError

from gongfu.core import InputError
from gongfu.explain import PanelData, fixed_effects
from gongfu.study.explain import ask_questions
from gongfu.study.explain_settings import ExplainSettings
from gongfu.study.findings import explain_tables
from gongfu.study.study_file import load_study
from gongfu.study.tables import StudyTables, load_tables

TITLE = {"zh": "甲", "en": "A"}
QUESTION = {"name": "q", "title": TITLE, "outcome": "log(urban_rural_income_ratio)",
            "treatment": "log(gdp_per_capita)"}  # fmt: skip


@pytest.fixture(scope="module")
def tables() -> StudyTables:
    settings, folder = load_study(None)
    return load_tables(settings, folder)


def ask(tables: StudyTables, *questions: dict[str, object], **shared: object):
    settings = ExplainSettings(data="provinces", question=questions or (QUESTION,), **shared)
    return ask_questions(settings, tables, Path(), seed=1)


def test_an_index_is_a_column_like_any_other(tables):
    (asked,) = ask(tables, {**QUESTION, "treatment": "index:digital-economy"})
    sample = asked.study.sample
    assert len(np.unique(sample.entity)) == 30  # Xizang lacks an indicator
    labels = [asked.study.sample.question.label("index:digital-economy", n) for n in ("zh", "en")]
    assert labels == ["数字经济", "Digital economy"]


def test_years_bound_the_rows_but_lags_reach_before_them(tables):
    (asked,) = ask(tables, {**QUESTION, "treatment": "lag(log(gdp_per_capita))", "start": 2016})
    assert asked.study.sample.time.min() == 2016
    assert len(np.unique(asked.study.sample.entity)) == 31


def test_the_answer_is_the_estimator_on_the_published_figures(tables):
    (asked,) = ask(tables)
    panel = tables.units["provinces"].panel.wide("urban_rural_income_ratio", "gdp_per_capita")
    frame = panel.drop_nulls().select("unit", "year", y=pl.col("urban_rural_income_ratio").log(),
                                      x=pl.col("gdp_per_capita").log())  # fmt: skip
    alone = fixed_effects(PanelData.from_frame(frame, "y", ["x"], entity="unit", time="year"))
    main = asked.study.step("baseline").model("two-way-controls").result
    np.testing.assert_allclose(main.coefficients, alone.coefficients, rtol=1e-12)


def test_unknown_columns_of_all_questions_come_at_once(tables):
    with pytest.raises(InputError) as caught:
        ask(tables, {**QUESTION, "outcome": "incme"}, {**QUESTION, "name": "r", "treatment": "gpd"})
    assert "'incme'" in str(caught.value)
    assert "'gpd'" in str(caught.value)


def test_an_unreadable_formula_is_refused_when_the_file_is_read():
    with pytest.raises(ValidationError, match="no function 'lgo'"):
        ExplainSettings(data="provinces", question=({**QUESTION, "outcome": "lgo(x)"},))


def test_an_unknown_grouping_is_named(tables):
    with pytest.raises(InputError, match="no grouping 'regio'"):
        ask(tables, region="regio")


def test_spatial_weights_fit_the_units_that_are_left(tables):
    (asked,) = ask(tables, {**QUESTION, "treatment": "index:digital-economy"}, weights=("border",))
    step = asked.study.step("space")
    assert step.needs is None
    assert {model.key for model in step.models} == {"sdm border", "effects border"}


def test_the_tables_say_associational_and_carry_every_step(tables):
    made = {one.name: one for one in explain_tables(ask(tables)) if one is not None}
    assert made["explain_estimates"].evidence.value == "associational"
    steps = set(made["explain_says"].rows["step"])
    assert steps >= {"baseline", "channel", "threshold", "space", "robustness", "audit"}


def test_an_indicator_of_the_index_among_the_controls_is_a_double_role(tables):
    question = {
        **QUESTION,
        "treatment": "index:digital-economy",
        "controls": ("log(mobile_internet_users)",),
    }
    (asked,) = ask(tables, question)
    checks = {one.check: one for one in asked.study.step("audit").findings}
    assert checks["shared-variables"].outcome == "found"
    assert "mobile_internet_users" in checks["shared-variables"].says.en
