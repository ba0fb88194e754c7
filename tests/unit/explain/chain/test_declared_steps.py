"""Steps that only run on what a study declares: instruments, a policy, dynamics; and quantiles."""

import numpy as np
import polars as pl
import pytest

from gongfu.explain import PanelData, instrumental_variables
from gongfu.explain.chain import Study


@pytest.fixture(scope="module")
def frame() -> pl.DataFrame:
    """31 units, 12 years: x is driven by an instrument and by what y hides; a policy adds one."""
    rng = np.random.default_rng(5)
    unit, year = (a.ravel() for a in np.meshgrid(range(31), range(2010, 2022), indexing="ij"))
    hidden, instrument = rng.normal(size=(2, len(unit)))
    x = instrument + hidden + 0.3 * rng.normal(size=len(unit))
    start = np.where(unit % 3 == 0, np.nan, 2014.0 + unit % 4)
    policy = (year >= np.where(np.isnan(start), 9999, start)).astype(float)
    y = 0.5 * x + hidden + policy + rng.normal(size=31)[unit] + 0.3 * rng.normal(size=len(unit))
    return pl.DataFrame(
        {
            "unit": [f"u{i:02d}" for i in unit],
            "year": year,
            "y": y,
            "x": x,
            "iv": instrument,
            "start": start,
        }
    ).with_columns(pl.col("start").fill_nan(None))


def test_instruments_take_out_what_the_outcome_hides(frame):
    study = Study.of(frame, outcome="y", treatment="x", instruments=("iv",))
    step = study.baseline().endogeneity().step("endogeneity")
    naive = study.baseline().step("baseline").model("two-way-controls").result.coefficient("x")
    found = step.model("2sls").result
    panel = PanelData.from_frame(frame, "y", ["x"], entity="unit", time="year")
    alone = instrumental_variables(
        panel, endogenous=["x"], instruments={"iv": frame["iv"].to_numpy()}
    )
    assert found.coefficient("x") == pytest.approx(alone.estimates.coefficient("x"), rel=1e-12)
    assert abs(found.coefficient("x") - 0.5) < 3 * found.standard_error("x")
    assert naive > 0.8  # the hidden cause doubles the naive slope
    assert step.model("2sls").numbers["effective_F"] > 100
    assert step.findings[0].outcome == "clean"


def test_a_weak_instrument_is_said_and_the_robust_set_speaks(frame):
    rng = np.random.default_rng(0)
    weak = frame.with_columns(iv=pl.Series(rng.normal(size=frame.height)))
    study = Study.of(weak, outcome="y", treatment="x", instruments=("iv",))
    step = study.endogeneity().step("endogeneity")
    assert step.findings[0].outcome == "found"
    assert "Anderson-Rubin" in step.says[0].en


def test_the_lagged_outcome_brings_difference_gmm_beside_it(frame):
    study = Study.of(frame, outcome="y", treatment="x", controls=("lag(y)",))
    model = study.endogeneity().step("endogeneity").model("gmm")
    assert set(model.numbers) >= {"ar1_p", "ar2_p", "hansen_p", "instruments"}
    assert model.numbers["instruments"] < 31  # collapsed: fewer than units


def test_a_policy_is_evaluated_from_declared_dates_only(frame):
    study = Study.of(frame, outcome="y", treatment="x", policy="start")
    step = study.policy().step("policy")
    assert step.model("imputation").result.evidence.value == "associational"
    found = step.model("imputation").result
    assert abs(found.coefficients[0] - 1.0) < 4 * found.standard_errors[0]
    assert set(step.curves["events"]["method"]) == {
        "two-way did", "interaction-weighted", "group-time", "imputation"
    }  # fmt: skip


def test_a_source_of_the_dates_makes_the_estimate_causal_and_the_words_say_on_what(frame):
    study = Study.of(
        frame, outcome="y", treatment="x", policy="start", policy_source="a decree of 2013"
    )
    step = study.policy().step("policy")
    assert step.model("imputation").result.evidence.value == "causal"
    assert "had moved alike" in step.says[0].en
    assert "a decree of 2013" in step.says[0].en


def test_a_unit_with_two_dates_stops_the_study(frame):
    changed = frame.with_columns(
        start=pl.when((pl.col("unit") == "u01") & (pl.col("year") > 2016))
        .then(2018.0)
        .otherwise(pl.col("start"))
    )
    step = Study.of(changed, outcome="y", treatment="x", policy="start").policy().step("policy")
    assert "u01 has several policy dates" in step.problems[0].what


def test_quantiles_say_whether_they_can_be_told_apart(frame):
    step = Study.of(frame, outcome="y", treatment="x").distribution().step("distribution")
    assert {"unconditional", "moments"} == set(step.curves["quantiles"]["method"])
    assert all("p = " in say.en for say in step.says)
