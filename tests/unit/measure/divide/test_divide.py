from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from gongfu.core import InputError, Uncertainty
from gongfu.measure.divide import (
    concentration_curve,
    concentration_index,
    divide,
    group_gaps,
    log_odds,
    years_behind,
)
from gongfu.measure.gini import gini
from gongfu.measure.linearised import Linearised

EXACT = 1e-12  # the same sums in another order
RNG = np.random.default_rng(7)
INCOME = RNG.lognormal(10, 0.7, 90).round(-3)  # rounded, so that ranks tie
ONLINE = (RNG.random(90) < 0.55).astype(float)
WEIGHT = RNG.uniform(1, 4, 90)


def by_pairs(outcome, rank, weight):
    """2 cov(h, R) / mean(h), each rank counted by a loop over all other rows."""
    total = weight.sum()
    ranks = np.array(
        [(weight[rank < one].sum() + 0.5 * weight[rank == one].sum()) / total for one in rank]
    )
    mean = (weight * outcome).sum() / total
    spread = (weight * (outcome - mean) * (ranks - 0.5)).sum() / total
    return 2 * spread / mean


def test_concentration_index_is_the_covariance_with_ranks():
    found = concentration_index(ONLINE, INCOME, WEIGHT).value
    assert found == pytest.approx(by_pairs(ONLINE, INCOME, WEIGHT), abs=EXACT)


def test_ranked_by_itself_it_is_the_gini_with_its_influence():
    ours, theirs = concentration_index(INCOME, INCOME, WEIGHT), gini(INCOME, WEIGHT)
    assert ours.value == pytest.approx(theirs.value, abs=EXACT)
    np.testing.assert_allclose(ours.influence, theirs.influence, atol=EXACT)


def test_concentration_index_is_one_less_twice_the_area_under_its_curve():
    curve = concentration_curve(ONLINE, INCOME, WEIGHT)
    area = np.trapezoid(curve.outcome, curve.people)
    assert 1 - 2 * area == pytest.approx(concentration_index(ONLINE, INCOME, WEIGHT).value)
    assert (curve.people[-1], curve.outcome[-1]) == pytest.approx((1, 1))


@pytest.mark.parametrize("correction", ["none", "generalised", "wagstaff", "erreygers"])
def test_influence_is_the_derivative_by_the_weight(correction):
    def value(weight):
        return concentration_index(ONLINE, INCOME, weight, correction=correction, bounds=(0, 1))

    found, step = value(WEIGHT), 1e-5
    for row in (0, 17, 63):
        up, down = WEIGHT.copy(), WEIGHT.copy()
        up[row] += step
        down[row] -= step
        slope = (value(up).value - value(down).value) / (2 * step)
        # central differences with a step of 1e-5 err by about 1e-10
        assert found.influence[row] == pytest.approx(slope, abs=1e-8)


@pytest.mark.parametrize("correction", ["wagstaff", "erreygers"])
def test_corrected_index_of_lack_of_access_mirrors_that_of_access(correction):
    have, lack = (
        concentration_index(one, INCOME, WEIGHT, correction=correction, bounds=(0, 1)).value
        for one in (ONLINE, 1 - ONLINE)
    )
    assert have == pytest.approx(-lack, abs=EXACT)


def test_erreygers_index_is_one_when_only_the_richer_half_is_online():
    online = np.repeat([0.0, 1.0], 500)
    found = concentration_index(
        online, np.arange(1000), correction="erreygers", bounds=(0, 1)
    ).value
    assert found == pytest.approx(1.0, abs=EXACT)


def test_bounds_that_do_not_hold_are_refused_with_the_way_out():
    with pytest.raises(InputError, match=r"outside the bounds.*relative index"):
        concentration_index(INCOME, INCOME, correction="erreygers", bounds=(0, 1))
    with pytest.raises(InputError, match="needs the lowest and highest"):
        concentration_index(ONLINE, INCOME, correction="wagstaff")
    with pytest.raises(InputError, match="Did you mean 'wagstaff'"):
        concentration_index(ONLINE, INCOME, correction="wagstaf")


def test_gaps_of_a_hand_made_case():
    (one,) = group_gaps([1, 0, 0, 0, 1, 1, 1, 0], np.repeat(["乡", "城"], 4), bounds=(0, 1))
    assert (one.group, one.reference) == ("乡", "城")
    assert one.difference.value == pytest.approx(0.5)
    assert one.ratio.value == pytest.approx(3.0)
    assert one.log_odds.value == pytest.approx(np.log(9))


def test_log_odds_do_not_exist_at_the_bounds():
    assert log_odds(Linearised(1.0, np.zeros(2))) is None
    assert log_odds(Linearised(50.0, np.zeros(2)), (0, 100)).value == 0


def test_unknown_reference_is_refused_with_the_nearest_name():
    with pytest.raises(InputError, match="Did you mean 'urban'"):
        group_gaps([1, 0], np.array(["urban", "rural"]), reference="urbn")


def test_years_behind_interpolates_the_leaders_own_history():
    years, values = np.array([2010.0, 2012, 2014, 2016]), np.array([10.0, 20, 40, 80])
    assert years_behind(30, 2016, years, values).years == pytest.approx(3.0)
    assert years_behind(80, 2016, years, values).years == 0
    found = years_behind(5, 2016, years, values)
    assert (found.years, found.at_least) == (None, 6)


def test_years_behind_counts_the_last_time_the_leader_rose_through_the_level():
    years, values = np.arange(2010.0, 2015), np.array([10.0, 30, 15, 25, 40])
    assert years_behind(20, 2014, years, values).years == pytest.approx(1.5)


def test_years_behind_ignores_what_came_later():
    years, values = np.array([2010.0, 2012, 2014]), np.array([10.0, 20, 90])
    assert years_behind(15, 2012, years, values).years == pytest.approx(1.0)
    with pytest.raises(InputError, match="no value up to 2009"):
        years_behind(15, 2009, years, values)


@pytest.fixture
def rows():
    return pl.DataFrame(
        {
            "online": ONLINE,
            "income": INCOME,
            "weight": WEIGHT,
            "area": np.where(np.arange(90) % 3 == 0, "乡", "城"),
            "year": np.repeat([2018, 2020, 2022], 30),
            "psu": np.repeat(np.arange(30), 3),
        }
    )


def test_sampled_rows_have_errors_and_published_figures_none(rows):
    sampled = divide(rows, "online", by="area", rank="income", weight="weight", psu="psu")
    assert all(one.standard_error > 0 for one in sampled.estimates)
    published = divide(rows, "online", by="area", weight="weight", population=True)
    assert {one.uncertainty for one in published.estimates} == {Uncertainty.NOT_PUBLISHED}
    assert all(one.standard_error is None for one in published.estimates)


def test_theil_between_and_within_add_up(rows):
    found = divide(rows.with_columns(pl.col("online") + 1), "online", by="area", weight="weight")
    total, between, within = (
        found.find(f"theil {part} area").value for part in ("total", "between", "within")
    )
    assert between + within == pytest.approx(total, abs=EXACT)


def test_error_of_years_behind_is_confirmed_by_the_bootstrap():
    rng = np.random.default_rng(3)
    level = {("east", 2015): 4.0, ("east", 2020): 6.0, ("west", 2015): 3.0, ("west", 2020): 5.2}
    n = 400
    parts = [
        pl.DataFrame({"v": rng.normal(mean, 0.5, n).clip(0), "area": area, "year": year})
        for (area, year), mean in level.items()
    ]
    rows = pl.concat(parts)
    options = {"by": "area", "reference": "east", "time": "year"}
    found = divide(rows, "v", **options).find("years behind by area", "west")
    drawn = {
        key: part["v"].to_numpy()[rng.integers(0, n, (400, n))].mean(axis=1)
        for key, part in zip(level, parts, strict=True)
    }
    years = np.array([2015.0, 2020.0])
    draws = [
        years_behind(
            drawn["west", 2020][k],
            2020,
            years,
            np.array([drawn["east", 2015][k], drawn["east", 2020][k]]),
        ).years
        for k in range(400)
    ]
    # 400 draws know a standard deviation to 3.5 %, three times that is the margin
    assert found.standard_error == pytest.approx(np.std(draws), rel=0.11)


def test_years_before_the_leaders_history_are_a_lower_bound_not_a_number():
    rows = pl.DataFrame(
        {"v": [5.0, 6, 1, 2], "area": ["a", "a", "b", "b"], "year": [2010, 2012, 2010, 2012]}
    )
    found = divide(rows, "v", by="area", time="year", population=True)
    one = found.find("years behind by area", "b")
    assert np.isnan(one.value)
    assert "at least 2 years" in one.note


def test_all_problems_of_the_arguments_come_at_once(rows):
    with pytest.raises(InputError) as caught:
        divide(rows, "online", correction="x", confidence=2, bounds=(1, 0))
    assert len(caught.value.problems) == 4
    with pytest.raises(InputError, match="Did you mean 'area'"):
        divide(rows, "online", by="aera")


def test_negative_values_and_missing_years_are_refused_with_their_row(rows):
    with pytest.raises(InputError, match="row 2, column online"):
        divide(rows.with_columns(pl.col("online") - 2), "online", by="area")
    gone = rows.with_columns(
        pl.when(pl.col("year") < 2020).then(None).otherwise("year").alias("year")
    )
    with pytest.raises(InputError, match="column year"):
        divide(gone, "online", by="area", time="year")
