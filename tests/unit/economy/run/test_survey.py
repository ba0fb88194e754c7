import numpy as np
import polars as pl
import pytest

import gongfu
from gongfu.core import InputError
from gongfu.data import load_china_national
from gongfu.economy.results.survey import household_survey


@pytest.fixture(scope="module")
def survey() -> pl.DataFrame:
    return household_survey(1_000, start=2021, end=2022, seed=3)


def test_both_visits_meet_the_same_households(survey):
    first, second = (survey.filter(year=year) for year in (2021, 2022))
    for name in ("household", "stratum", "psu", "province", "area", "age"):
        assert first[name].equals(second[name])


def test_the_parts_of_income_add_up(survey):
    parts = survey.select(
        pl.sum_horizontal("labour_income", "property_income", "transfer_income")
    ).to_series()
    np.testing.assert_allclose(parts, survey["income"], rtol=1e-9)  # rounding of three sums


def test_weights_stand_for_everybody_and_the_mean_for_the_published_one(survey):
    first = survey.filter(year=2021)
    published = load_china_national().wide("population", "income_pc_all").filter(year=2021)
    mean = gongfu.inequality(
        first, income="income", weight="weight", strata="stratum", psu="psu", measures=["mean"]
    ).estimates[0]
    # two clusters a stratum at least: persons within a tenth; the mean within four errors
    assert first["weight"].sum() / 1e4 == pytest.approx(published["population"].item(), rel=0.1)
    assert abs(mean.value - published["income_pc_all"].item()) < 4 * mean.standard_error


def test_clusters_stay_inside_strata_and_every_stratum_has_two(survey):
    clusters = survey.group_by("psu").agg(pl.col("stratum").n_unique())
    per_stratum = survey.group_by("stratum").agg(pl.col("psu").n_unique())
    assert clusters["stratum"].max() == 1
    assert per_stratum.height == 8
    assert per_stratum["psu"].min() >= 2


def test_the_same_seed_draws_the_same_rows_and_another_seed_others(survey):
    assert survey.equals(household_survey(1_000, start=2021, end=2022, seed=3))
    other = household_survey(1_000, start=2021, end=2022, seed=4)
    assert not survey["household"].equals(other["household"])


def test_every_number_out_of_range_is_named_at_once():
    with pytest.raises(InputError) as caught:
        household_survey(10, start=2001, end=2001)
    assert len(caught.value.problems) == 3
