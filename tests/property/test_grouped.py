"""What must hold for bounds and fitted curves whatever the groups."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import optimize

from gongfu.measure.gini import gini
from gongfu.measure.grouped import grouped_lorenz
from gongfu.measure.lorenz_bounds import highest_gini, lowest_gini
from gongfu.measure.lorenz_curves import LognormalCurve, PowerCurve, fit_lognormal, fit_power

common = settings(deadline=None, max_examples=30)
BARRIER = 1e-8  # the upper bound errs upwards by 2 (K - 1) / 1e10


@st.composite
def samples(draw):
    """Sorted incomes, with ties and zeros, and the borders of groups among them."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    rows = draw(st.integers(4, 200))
    income = np.sort(rng.lognormal(0, draw(st.floats(0.1, 2.5)), rows))
    income = np.round(income, draw(st.sampled_from([0, 1, 6])))
    assume(income[-1] > 0)
    borders = np.sort(rng.choice(np.arange(1, rows), draw(st.integers(2, min(8, rows - 1))), False))
    return income, borders


@st.composite
def groups(draw):
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    count = draw(st.integers(3, 12))
    mean = np.sort(rng.lognormal(0, draw(st.floats(0.05, 2.0)), count))
    people = rng.uniform(0.1, 1, count) if draw(st.booleans()) else np.ones(count)
    return mean, people / people.sum()


@common
@given(samples())
def test_the_gini_of_every_distribution_lies_between_the_bounds_of_its_groups(sample):
    income, borders = sample
    parts = np.split(income, borders)
    people = np.array([len(part) for part in parts]) / len(income)
    mean = np.array([part.mean() for part in parts])
    actual = gini(income).value
    assert lowest_gini(people, mean) <= actual + 1e-12  # rounding of the two sums
    assert actual <= highest_gini(people, mean) + 1e-12


@pytest.mark.slow  # a numerical search for each example
@common
@given(groups())
def test_no_choice_of_limits_beats_the_upper_bound(group):
    mean, people = group
    scaled = mean / (people @ mean)

    def spread(place):
        limits = scaled[:-1] + place * np.diff(scaled)
        down, up = scaled - np.append(0, limits), limits - scaled[:-1]
        inner = down[:-1] * up / np.maximum(down[:-1] + up, 1e-300)
        return people**2 @ np.append(inner, down[-1])

    start = np.full(len(mean) - 1, 0.5)
    box = [(0, 1)] * len(start)
    best = max(
        -optimize.minimize(lambda x: -spread(x), start * s, bounds=box, method="L-BFGS-B").fun
        for s in (0.5, 1.0, 1.5)
    )
    assert highest_gini(people, mean) >= lowest_gini(people, mean) + best - 1e-12


@common
@given(groups())
def test_two_groups_have_the_upper_bound_of_the_closed_form(group):
    mean, people = group[0][[0, -1]], group[1][[0, -1]] / group[1][[0, -1]].sum()
    # As many of the poor group as of the rich stand at the limit between them.
    limit = np.clip(mean[0] * people[0] / people[1], *mean)
    inner = people[0] ** 2 * (limit - mean[0]) * mean[0] / limit
    inside = (inner + people[1] ** 2 * (mean[1] - limit)) / (people @ mean)
    assert highest_gini(people, mean) == pytest.approx(
        min(lowest_gini(people, mean) + inside, 1), abs=BARRIER
    )


@common
@given(groups())
def test_splitting_a_group_in_equal_halves_only_narrows_the_bounds(group):
    mean, people = group
    halves = highest_gini(np.repeat(people / 2, 2), np.repeat(mean, 2))
    assert lowest_gini(people, mean) - 1e-12 <= halves <= highest_gini(people, mean) + BARRIER


@common
@given(groups(), st.floats(1e-3, 1e3), st.floats(1e-3, 1e3))
def test_units_of_money_and_of_people_do_not_matter(group, money, unit):
    mean, people = group
    here, there = grouped_lorenz(mean, people), grouped_lorenz(mean * money, people * unit)
    assert there.gini_lower == pytest.approx(here.gini_lower, abs=1e-12)  # rounding
    assert there.gini_upper == pytest.approx(here.gini_upper, abs=BARRIER)
    # Both fits end where the gradient is 1e-11; parameters of flat fits differ by more.
    assert there.gini == pytest.approx(here.gini, abs=1e-6)


@common
@given(groups())
def test_fits_are_as_near_as_those_of_scipy(group):
    mean, people = group
    p = np.cumsum(people)[:-1]
    share = np.cumsum(people * mean)[:-1] / (people @ mean)
    starts = ([0.5, 1.2], [0.9, 3.0], [0.2, 1.01])

    def least(model, starts, box):
        fits = (
            optimize.least_squares(
                lambda x: model(x) - share, start, bounds=box, xtol=1e-15, ftol=1e-15, gtol=1e-15
            )
            for start in starts
        )
        return min(2 * fit.cost for fit in fits)

    power = np.sum((fit_power(p, share)(p) - share) ** 2)
    box = ([0.01, 1.0], [1.0, np.inf])
    # 1e-15: squared rounding of the shares where the fit is exact.
    assert power <= least(lambda x: PowerCurve(*x)(p), starts, box) * (1 + 1e-6) + 1e-15
    lognormal = np.sum((fit_lognormal(p, share)(p) - share) ** 2)
    box = ([0.0], [np.inf])
    assert lognormal <= least(lambda x: LognormalCurve(*x)(p), [[0.7]], box) * (1 + 1e-6) + 1e-15


@common
@given(st.floats(0.15, 1), st.floats(1, 6), st.floats(0.01, 3))
def test_a_fit_finds_the_curve_the_points_come_from(k, g, sigma):
    p = np.arange(1, 10) / 10
    for curve, fit in ((PowerCurve(k, g), fit_power), (LognormalCurve(sigma), fit_lognormal)):
        found = fit(p, curve(p))
        assert found(p) == pytest.approx(curve(p), abs=1e-8)  # square root of the cost at the end
        assert found.gini == pytest.approx(curve.gini, abs=1e-5)  # flat directions of the fit


@common
@given(groups())
def test_fitted_curves_are_lorenz_curves(group):
    p = np.linspace(0, 1, 201)
    fitted = grouped_lorenz(*group)
    for curve in (fitted.power.curve, fitted.lognormal.curve):
        share = curve(p)
        assert share[0] == 0
        assert share[-1] == 1
        assert (share <= p + 1e-12).all()  # rounding next to equality
        assert (np.diff(share, 2) >= -1e-12).all()
