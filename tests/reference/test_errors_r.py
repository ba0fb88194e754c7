"""Standard errors against R's survey package, on a survey made by r/make_inequality_sample.py.

The script, its raw output and both inputs stand in the folder ``r``. R computes the error twice:
from our influence values, and from numerical derivatives of measures written in R.
"""

from __future__ import annotations

import math
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from gongfu.measure.atkinson import atkinson
from gongfu.measure.design import SurveyDesign, estimate
from gongfu.measure.ede import ede_sen
from gongfu.measure.entropy import generalized_entropy, mld, theil
from gongfu.measure.gini import gini, gini_with_error
from gongfu.measure.hoover import hoover
from gongfu.measure.jackknife import jackknife_weights
from gongfu.measure.lorenz import palma, s80_s20
from gongfu.measure.mean import mean
from gongfu.measure.quantiles import quantile, quantile_ratio
from gongfu.measure.replicates import ReplicateWeights, replicate_standard_error

pytestmark = pytest.mark.reference

R = Path(__file__).parent / "r"
ANSWERS = dict(
    line.split("\t") for line in (R / "inequality_errors.out").read_text("utf-8").splitlines()
)
ROWS = pl.read_csv(R / "inequality_sample.csv")
INCOME, WEIGHT = ROWS["income"].to_numpy(), ROWS["weight"].to_numpy()
CLUSTERED = SurveyDesign(WEIGHT, ROWS["stratum"].to_numpy(), ROWS["psu"].to_numpy())
SINGLE = SurveyDesign(WEIGHT)

SMOOTH = {
    "gini": gini,
    "theil": theil,
    "mld": mld,
    "ge_2": partial(generalized_entropy, alpha=2),
    "atkinson_05": partial(atkinson, epsilon=0.5),
    "atkinson_1": partial(atkinson, epsilon=1),
    "hoover": hoover,
    "s80_s20": s80_s20,
    "palma": palma,
    "ede_sen": ede_sen,
}
ALL = {
    **SMOOTH,
    "p50": partial(quantile, probability=0.5),
    "p90_p10": partial(quantile_ratio, upper=0.9, lower=0.1),
}

SAME = 1e-10
"""Relative: same formula in double precision on both sides."""
DERIVATIVE = 1e-6
"""Relative: R's central differences with a step of 1e-4 of a weight are good to about 1e-8."""


def r(name: str) -> float:
    return float(ANSWERS[name])


def error(measure, design: SurveyDesign) -> float:
    return math.sqrt(design.variance(measure(INCOME, WEIGHT)))


@pytest.mark.parametrize("name", ALL)
def test_influence_values_are_those_given_to_r(name):
    given = pl.read_csv(R / "inequality_influence.csv")[name].to_numpy()
    ours = ALL[name](INCOME, WEIGHT).influence
    # Absolute as well: influences near zero carry the rounding of the larger ones.
    np.testing.assert_allclose(ours, given, rtol=SAME, atol=SAME * np.abs(given).max())


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize(("kind", "design"), [("clustered", CLUSTERED), ("single", SINGLE)])
def test_error_of_influence_equals_svytotal(name, kind, design):
    answer = r(f"{name}.error.own_influence.{kind}")
    assert error(ALL[name], design) == pytest.approx(answer, rel=SAME)


@pytest.mark.parametrize("name", SMOOTH)
def test_value_and_error_equal_measures_written_in_r(name):
    assert SMOOTH[name](INCOME, WEIGHT).value == pytest.approx(r(f"{name}.value"), rel=SAME)
    answer = r(f"{name}.error.derivative.clustered")
    assert error(SMOOTH[name], CLUSTERED) == pytest.approx(answer, rel=DERIVATIVE)


def test_mean_its_error_and_t_interval_equal_svymean():
    found = estimate(
        mean(INCOME, WEIGHT), CLUSTERED, measure="mean", unit="yuan", convention="weighted"
    )
    assert found.value == pytest.approx(r("mean.value"), rel=SAME)
    assert found.standard_error == pytest.approx(r("mean.error.clustered"), rel=SAME)
    assert CLUSTERED.degrees_of_freedom() == r("df")
    assert found.interval.low == pytest.approx(r("mean.low"), rel=SAME)
    assert found.interval.high == pytest.approx(r("mean.high"), rel=SAME)


def test_mean_of_single_rows_equals_svymean():
    assert error(mean, SINGLE) == pytest.approx(r("mean.error.single"), rel=SAME)


@pytest.mark.parametrize("area", ["rural", "urban"])
def test_domain_means_equal_svyby(area):
    member = (ROWS["area"] == area).to_numpy()
    inside = mean(INCOME[member], WEIGHT[member])
    assert inside.value == pytest.approx(r(f"mean.{area}.value"), rel=SAME)
    variance = CLUSTERED.variance(inside.in_domain(member))
    assert math.sqrt(variance) == pytest.approx(r(f"mean.{area}.error"), rel=SAME)
    assert CLUSTERED.degrees_of_freedom(member) == r(f"mean.{area}.df")


@pytest.mark.parametrize(("ours", "theirs"), [("centre", "adjust"), ("certainty", "certainty")])
def test_single_psu_strata_equal_the_options_of_survey(ours, theirs):
    first = ROWS.filter(pl.col("stratum") == 1)["psu"].min()
    few = ROWS.filter((pl.col("stratum") != 1) | (pl.col("psu") == first))
    design = SurveyDesign(
        few["weight"].to_numpy(), few["stratum"].to_numpy(), few["psu"].to_numpy(), ours
    )
    statistic = mean(few["income"].to_numpy(), few["weight"].to_numpy())
    answer = r(f"mean.error.lonely_{theirs}")
    assert math.sqrt(design.variance(statistic)) == pytest.approx(answer, rel=SAME)


def test_replicate_weights_equal_with_replicates():
    replicates = np.column_stack(list(jackknife_weights(CLUSTERED)))
    count = CLUSTERED.units.psus_in_stratum[CLUSTERED.units.stratum]
    weights = ReplicateWeights(WEIGHT, replicates, "JKn", factors=(count - 1) / count)
    ours = replicate_standard_error(gini, INCOME, weights)
    assert ours == pytest.approx(r("gini.error.jkn"), rel=SAME)


@pytest.mark.parametrize("percent", [10, 50, 90])
def test_quantile_errors_are_near_woodruff_intervals(percent):
    ours = error(partial(quantile, probability=percent / 100), CLUSTERED)
    # Two density estimates from 600 clustered rows: each is known to 10 to 20 per cent.
    assert ours == pytest.approx(r(f"p{percent}.error.woodruff"), rel=0.25)


def test_gini_equals_laeken():
    assert gini(INCOME, WEIGHT).value == pytest.approx(r("laeken.gini.value"), rel=SAME)
    assert gini_with_error(INCOME, WEIGHT)[0] == pytest.approx(r("laeken.gini.value"), rel=SAME)


def test_gini_error_equals_laeken_bootstrap_after_its_known_bias():
    # The naive bootstrap draws n PSUs of n: too small by sqrt((n - 1) / n), with n about 5 here.
    units = CLUSTERED.units
    by_stratum = units.psus_in_stratum[units.stratum]
    correction = math.sqrt(np.mean(by_stratum / (by_stratum - 1)))
    answer = r("laeken.gini.error.naive_bootstrap") * correction
    # 2,000 replications know an error to 1.6 %; strata of unequal size add some per cent.
    assert error(gini, CLUSTERED) == pytest.approx(answer, rel=0.05)


def test_quintile_ratio_differs_from_laeken_by_the_border_rows_only():
    # laeken gives border rows whole to one side; of 600 rows they hold about one per cent.
    assert s80_s20(INCOME, WEIGHT).value == pytest.approx(r("laeken.qsr.value"), rel=0.015)
