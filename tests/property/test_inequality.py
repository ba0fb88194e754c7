"""Laws that inequality measures and their influence values obey."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongfu.measure.atkinson import atkinson
from gongfu.measure.design import SurveyDesign
from gongfu.measure.ede import ede_atkinson, ede_sen
from gongfu.measure.entropy import generalized_entropy, mld, theil
from gongfu.measure.gini import gini, gini_with_error
from gongfu.measure.hoover import hoover
from gongfu.measure.lorenz import lorenz, palma, quantile_share, s80_s20
from gongfu.measure.mean import mean
from gongfu.measure.quantiles import quantile, quantile_ratio

INDICES = {
    "gini": gini,
    "theil": theil,
    "mld": mld,
    "ge(2)": partial(generalized_entropy, alpha=2),
    "ge(0.3)": partial(generalized_entropy, alpha=0.3),
    "ge(-1)": partial(generalized_entropy, alpha=-1),
    "atkinson(0.5)": partial(atkinson, epsilon=0.5),
    "atkinson(1)": partial(atkinson, epsilon=1),
    "atkinson(2)": partial(atkinson, epsilon=2),
    "hoover": hoover,
}
SHARES = {
    "lorenz(0.4)": partial(lorenz, share=0.4),
    "share(90,100)": partial(quantile_share, lower=0.9, upper=1),
    "s80/s20": s80_s20,
    "palma": palma,
}
AMOUNTS = {"mean": mean, "ede": ede_sen, "ede(1)": partial(ede_atkinson, epsilon=1)}
QUANTILES = {
    "p50": partial(quantile, probability=0.5),
    "p90/p10": partial(quantile_ratio, upper=0.9, lower=0.1),
}
SMOOTH = {**INDICES, **SHARES, **AMOUNTS}
EVERY = {**SMOOTH, **QUANTILES}

ROUNDING = 1e-9
"""Relative to the largest term: sums of at most 60 terms whose sizes span five digits."""

incomes = st.lists(
    st.floats(1, 1e5).map(lambda amount: round(amount, 2)), min_size=3, max_size=30
).map(np.array)


@st.composite
def samples(draw):
    income = draw(incomes)
    n = len(income)
    weight = draw(st.lists(st.integers(1, 5), min_size=n, max_size=n))
    return income, np.array(weight, dtype=float)


laws = settings(deadline=None)


def same(value, other, scale=1.0):
    return value == pytest.approx(other, rel=ROUNDING, abs=ROUNDING * scale)


@pytest.mark.parametrize("name", [*INDICES, *SHARES, "p90/p10"])
@given(sample=samples(), factor=st.floats(0.001, 1000))
@laws
def test_the_currency_does_not_matter(name, sample, factor):
    income, weight = sample
    assert same(EVERY[name](income * factor, weight).value, EVERY[name](income, weight).value)


@pytest.mark.parametrize("name", [*AMOUNTS, "p50"])
@given(sample=samples(), factor=st.floats(0.001, 1000))
@laws
def test_amounts_grow_with_the_currency(name, sample, factor):
    income, weight = sample
    scaled = EVERY[name](income * factor, weight).value
    assert same(scaled, factor * EVERY[name](income, weight).value)


@pytest.mark.parametrize("name", EVERY)
@given(sample=samples(), times=st.integers(2, 4))
@laws
def test_a_population_twice_as_large_is_as_unequal(name, sample, times):
    income, weight = sample
    copied = EVERY[name](np.tile(income, times), np.tile(weight, times)).value
    assert same(copied, EVERY[name](income, weight).value)


@pytest.mark.parametrize("name", EVERY)
@given(sample=samples())
@laws
def test_a_weight_counts_as_repeated_rows(name, sample):
    income, weight = sample
    repeated = np.repeat(income, weight.astype(int))
    assert same(EVERY[name](repeated).value, EVERY[name](income, weight).value)


@pytest.mark.parametrize("name", SMOOTH)
@given(sample=samples())
@laws
def test_the_influence_of_a_weighted_row_is_that_of_each_repeated_row(name, sample):
    income, weight = sample
    times = weight.astype(int)
    repeated = SMOOTH[name](np.repeat(income, times)).influence
    weighted = np.repeat(SMOOTH[name](income, weight).influence, times)
    tolerance = ROUNDING * max(np.abs(weighted).max(), 1)
    np.testing.assert_allclose(repeated, weighted, rtol=0, atol=tolerance)


@pytest.mark.parametrize("name", [*INDICES, "s80/s20", "palma"])
@given(
    sample=samples(),
    part=st.floats(0.01, 0.5),
    ends=st.tuples(st.integers(0, 29), st.integers(0, 29)),
)
@laws
def test_a_transfer_from_rich_to_poor_never_raises_inequality(name, sample, part, ends):
    income, _ = sample
    rich, poor = sorted((end % len(income) for end in ends), key=lambda row: -income[row])
    moved = income.copy()
    amount = part * (income[rich] - income[poor])
    moved[rich] -= amount
    moved[poor] += amount
    before, after = EVERY[name](income).value, EVERY[name](moved).value
    assert after <= before + ROUNDING * max(before, 1)


@given(sample=samples())
@laws
def test_indices_stay_in_their_bounds(sample):
    income, weight = sample
    people = weight.sum() / weight.min()
    for name, measure in INDICES.items():
        value = measure(income, weight).value
        assert value >= -ROUNDING, name
        if not name.startswith(("theil", "mld", "ge")):
            assert value <= 1, name
    assert gini(income, weight).value <= 1 - 1 / people + ROUNDING
    assert theil(income, weight).value <= np.log(people) + ROUNDING
    assert ede_sen(income, weight).value <= mean(income, weight).value * (1 + ROUNDING)


@pytest.mark.parametrize("name", [*INDICES])
@given(amount=st.floats(0.01, 1e5), count=st.integers(1, 20))
@laws
def test_equal_incomes_have_no_inequality(name, amount, count):
    assert same(INDICES[name](np.full(count, amount)).value, 0.0)


@pytest.mark.parametrize("name", EVERY)
@given(sample=samples())
@laws
def test_influence_adds_up_to_zero(name, sample):
    income, weight = sample
    found = EVERY[name](income, weight)
    assert abs(np.dot(weight, found.influence)) <= ROUNDING * max(abs(found.value), 1)


@pytest.mark.parametrize("name", SMOOTH)
@given(sample=samples(), row=st.integers(0, 29))
@laws
def test_influence_is_the_derivative_in_the_weight(name, sample, row):
    income, weight = sample
    # Between rows 1000 times apart a step of 2e-6 moves a share of income by 2e-3 at most.
    income = np.minimum(income, 1000.0)
    found = SMOOTH[name](income, weight)
    slope = derivative(SMOOTH[name], income, weight, row % len(income))
    # Truncation (2e-3)^2; rounding of the terms of 1e-16 over the step of 1e-6.
    size = max(abs(found.value), np.abs(found.influence).max(), 1e-3)
    assert found.influence[row % len(income)] == pytest.approx(slope, abs=1e-5 * size)


def derivative(measure, income, weight, row):
    """Central differences with two steps, extrapolated: exact to the second order at a kink too."""

    def slope(step):
        up, down = weight.copy(), weight.copy()
        up[row] += step
        down[row] -= step
        return (measure(income, up).value - measure(income, down).value) / (2 * step)

    return 2 * slope(1e-6) - slope(2e-6)


@pytest.mark.parametrize("name", EVERY)
@given(sample=samples(), seed=st.integers(0, 99))
@laws
def test_the_order_of_rows_does_not_matter(name, sample, seed):
    income, weight = sample
    shuffled = np.random.default_rng(seed).permutation(len(income))
    one = EVERY[name](income, weight)
    other = EVERY[name](income[shuffled], weight[shuffled])
    assert same(one.value, other.value)
    tolerance = ROUNDING * max(np.abs(one.influence).max(), 1)
    np.testing.assert_allclose(one.influence[shuffled], other.influence, rtol=0, atol=tolerance)


@given(sample=samples())
@laws
def test_gini_equals_the_mean_difference_of_all_pairs(sample):
    income, weight = sample
    pairs = np.outer(weight, weight) * np.abs(income[:, None] - income)
    brute = pairs.sum() / (2 * weight.sum() * np.dot(weight, income))
    assert same(gini(income, weight).value, brute)


@given(sample=samples(), equal=st.booleans())
@laws
def test_gini_in_one_pass_equals_gini_and_its_design_variance(sample, equal):
    income, weight = sample
    given_weight = None if equal else weight
    value, error = gini_with_error(income, given_weight)
    found = gini(income, given_weight)
    design = SurveyDesign(np.ones(len(income)) if equal else weight)
    assert same(value, found.value)
    assert same(error, np.sqrt(design.variance(found)))


@given(sample=samples(), share=st.floats(0, 1))
@laws
def test_lorenz_ordinates_lie_on_the_polygon_through_sorted_rows(sample, share):
    income, weight = sample
    order = np.argsort(income)
    people = np.concatenate([[0], np.cumsum(weight[order])]) / weight.sum()
    amount = np.concatenate([[0], np.cumsum((weight * income)[order])]) / np.dot(weight, income)
    assert same(lorenz(income, weight, share=share).value, np.interp(share, people, amount))


@given(sample=samples(), alpha=st.sampled_from([0.0, 0.5, 1.0]))
@laws
def test_entropy_has_no_jump_between_its_formulas(sample, alpha):
    income, weight = sample
    at = generalized_entropy(income, weight, alpha=alpha)
    for near in (alpha - 1e-9, alpha + 1e-9):
        close = generalized_entropy(income, weight, alpha=near)
        # GE varies by less than 1000 times its size per unit of alpha on these incomes.
        assert close.value == pytest.approx(at.value, rel=1e-6, abs=1e-12)
        tolerance = 1e-6 * np.abs(at.influence).max()
        np.testing.assert_allclose(close.influence, at.influence, rtol=0, atol=tolerance + 1e-12)


@given(sample=samples(), low=st.floats(0.1, 3), more=st.floats(0.01, 2))
@laws
def test_atkinson_rises_with_aversion(sample, low, more):
    income, weight = sample
    mild = atkinson(income, weight, epsilon=low).value
    assert atkinson(income, weight, epsilon=low + more).value >= mild - ROUNDING


@given(sample=samples())
@laws
def test_atkinson_follows_from_entropy(sample):
    income, weight = sample
    half = generalized_entropy(income, weight, alpha=0.5).value
    assert same(atkinson(income, weight, epsilon=1).value, 1 - np.exp(-mld(income, weight).value))
    assert same(atkinson(income, weight, epsilon=0.5).value, 1 - (1 - half / 4) ** 2)
