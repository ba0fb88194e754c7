"""Laws that chains of regions obey."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gongfu.core import InputError
from gongfu.measure.dynamics.classes import Classes, relative_classes, yearly_classes
from gongfu.measure.dynamics.clubs import log_t_test
from gongfu.measure.dynamics.concordance import rank_concordance
from gongfu.measure.dynamics.density import density
from gongfu.measure.dynamics.hp_filter import hp_trend
from gongfu.measure.dynamics.intervals import wilson
from gongfu.measure.dynamics.long_run import (
    closed_classes,
    ergodic_distribution,
    first_passage_times,
)
from gongfu.measure.dynamics.markov import markov
from gongfu.measure.dynamics.markov_tests import homogeneity_test
from gongfu.measure.dynamics.matrix_mobility import matrix_mobility
from gongfu.measure.dynamics.rank_mobility import income_elasticity, rank_slope
from gongfu.measure.dynamics.sigma import sigma_convergence
from gongfu.measure.dynamics.transitions import count_by_unit, count_transitions, probabilities

ROUNDING = 1e-9  # sums and solutions of at most six terms whose sizes span five digits


@st.composite
def codes(draw, k=4):
    units, years = draw(st.integers(2, 12)), draw(st.integers(2, 8))
    flat = draw(st.lists(st.integers(0, k - 1), min_size=units * years, max_size=units * years))
    return np.array(flat).reshape(units, years)


@st.composite
def chains(draw):
    k = draw(st.integers(2, 6))
    flat = draw(st.lists(st.integers(0, 200), min_size=k * k, max_size=k * k))
    counts = np.array(flat, dtype=float).reshape(k, k)
    assume((counts.sum(axis=1) > 0).all())
    return counts


@st.composite
def panels(draw):
    units, years = draw(st.integers(6, 15)), draw(st.integers(2, 6))
    size = units * years
    flat = draw(st.lists(st.integers(1, 10**6), min_size=size, max_size=size, unique=True))
    return np.array(flat, dtype=float).reshape(units, years)


@given(codes())
@settings(deadline=None)
def test_rows_of_probabilities_add_up_to_one_or_are_missing(code):
    classes = Classes(code=code, values=code * 1.0, cutoffs=np.arange(3) + 0.5, convention="")
    chain = markov(classes)
    rows = chain.probabilities.sum(axis=1)
    left = chain.counts.sum(axis=1) > 0
    assert rows[left] == pytest.approx(np.ones(left.sum()), abs=1e-15)
    assert np.isnan(rows[~left]).all()
    inside = chain.interval.low[left] <= chain.probabilities[left]
    assert (inside & (chain.probabilities[left] <= chain.interval.high[left])).all()


@given(codes())
@settings(deadline=None)
def test_moves_of_all_units_are_all_moves(code):
    assert np.array_equal(count_by_unit(code, 4).sum(axis=0), count_transitions(code, 4))
    assert count_transitions(code, 4).sum() == code.shape[0] * (code.shape[1] - 1)


@given(chains())
@settings(deadline=None)
def test_the_long_run_stays_what_it_is(counts):
    p = probabilities(counts)
    assume(len(closed_classes(p)) == 1)
    share = ergodic_distribution(p)
    assert share @ p == pytest.approx(share, abs=1e-12)  # shares of at most 1
    assert share.sum() == pytest.approx(1, abs=1e-14)
    assert (share >= 0).all()


@given(chains())
@settings(deadline=None)
def test_first_passage_times_solve_their_equation(counts):
    p = probabilities(counts)
    assume(len(closed_classes(p)[0]) == len(p))
    times = first_passage_times(p)
    on_the_way = times - np.diag(np.diagonal(times))
    assert times == pytest.approx(1 + p @ on_the_way, rel=ROUNDING)
    assert np.diagonal(times) == pytest.approx(1 / ergodic_distribution(p), rel=1e-8)


@given(chains())
@settings(deadline=None)
def test_every_chain_has_an_end_and_long_run_or_a_reason(counts):
    p = probabilities(counts)
    if len(closed_classes(p)) > 1:
        with pytest.raises(InputError, match="separate ends"):
            ergodic_distribution(p)
    else:
        assert len(ergodic_distribution(p)) == len(p)


@given(chains())
@settings(deadline=None)
def test_mobility_indices_stay_in_their_ranges(counts):
    result = matrix_mobility(counts)
    k = len(counts)
    assert -ROUNDING <= result.prais <= k / (k - 1) + ROUNDING
    assert -ROUNDING <= result.determinant <= 1 + ROUNDING
    assert -ROUNDING <= result.eigenvalue <= 1 + ROUNDING
    assert -ROUNDING <= result.steps <= 1 + ROUNDING


@given(chains(), st.integers(2, 5))
@settings(deadline=None)
def test_groups_that_move_alike_are_found_alike(counts, times):
    result = homogeneity_test(np.stack([counts, times * counts]))
    assert result.pearson == pytest.approx(0, abs=1e-8)  # squares of rounding over counts
    assert result.likelihood_ratio == pytest.approx(0, abs=1e-8)


@given(chains(), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_homogeneity_does_not_depend_on_the_order_of_groups_or_classes(counts, random):
    other = np.rot90(counts).copy()
    order = list(range(len(counts)))
    random.shuffle(order)
    first = homogeneity_test(np.stack([counts, other]))
    moved = homogeneity_test(np.stack([other[np.ix_(order, order)], counts[np.ix_(order, order)]]))
    assert moved.pearson == pytest.approx(first.pearson, rel=ROUNDING, abs=1e-8)
    assert moved.degrees_of_freedom == first.degrees_of_freedom


@given(panels(), st.floats(1e-3, 1e3))
@settings(deadline=None)
def test_relative_classes_ignore_the_unit_of_money_and_any_common_trend(values, factor):
    trend = factor * 1.07 ** np.arange(values.shape[1])
    plain, grown = relative_classes(values, 3), relative_classes(values * trend, 3)
    assert grown.values == pytest.approx(plain.values, rel=1e-12)  # the same quotient, rounded
    near = np.abs(plain.values[..., None] - plain.cutoffs).min(axis=-1) < 1e-9
    assert np.array_equal(grown.code[~near], plain.code[~near])


@given(panels())
@settings(deadline=None)
def test_ranks_ignore_any_rising_function_of_each_year(values):
    bent = np.stack([year ** (1 + t / 5) for t, year in enumerate(values.T)], axis=1)
    assert np.array_equal(yearly_classes(bent, 3).code, yearly_classes(values, 3).code)


@given(panels())
@settings(deadline=None)
def test_among_ranks_as_many_steps_up_as_down(values):
    assume(len(values) % 3 == 0)
    change = np.diff(yearly_classes(values, 3).code, axis=1)
    assert change.sum() == 0


@given(panels())
@settings(deadline=None)
def test_rank_slope_ignores_rising_functions_and_elasticity_units(values):
    start, end = values[:, 0], values[:, -1]
    slope = rank_slope(start, end).value
    assert rank_slope(np.sqrt(start), end**3).value == pytest.approx(slope, abs=1e-12)
    elasticity = income_elasticity(start, end).value
    moved = income_elasticity(7 * start, end / 3).value
    assert moved == pytest.approx(elasticity, rel=1e-7, abs=1e-9)  # logs of size 14 lose digits
    assert -1 - 1e-12 <= slope <= 1 + 1e-12


@given(
    st.lists(st.integers(0, 6), min_size=3, max_size=25).filter(lambda x: len(set(x)) > 1),
    st.randoms(use_true_random=False),
)
@settings(deadline=None)
def test_concordance_counts_every_pair(x, random):
    y = [random.randint(0, 5) for _ in x]
    assume(len(set(y)) > 1)
    sign = np.sign(np.subtract.outer(x, x)) * np.sign(np.subtract.outer(y, y))
    discordant = np.count_nonzero(sign < 0) // 2
    result = rank_concordance(x, y)
    assert result.overtaken_share == pytest.approx(discordant / (len(x) * (len(x) - 1) / 2))
    reverse = rank_concordance(x, [-value for value in y])
    assert reverse.tau == pytest.approx(-result.tau, abs=1e-14)
    assert rank_concordance(y, x).tau == pytest.approx(result.tau, abs=1e-14)


@given(chains(), st.floats(0.5, 0.99))
@settings(deadline=None)
def test_a_higher_level_never_gives_a_shorter_interval(counts, level):
    narrow, wide = wilson(counts, level), wilson(counts, 0.5 + level / 2)
    assert (wide.low <= narrow.low + 1e-15).all()
    assert (wide.high >= narrow.high - 1e-15).all()


@st.composite
def growing_panels(draw):
    units, years = draw(st.integers(3, 10)), draw(st.integers(6, 12))
    size = units * years
    flat = draw(st.lists(st.integers(1, 10**4), min_size=size, max_size=size))
    panel = 1e4 + np.array(flat, dtype=float).reshape(units, years)
    assume((np.ptp(panel, axis=0) > 0).all())
    return panel


@given(growing_panels(), st.floats(0.1, 10))
@settings(deadline=None)
def test_relative_spread_ignores_the_unit_and_absolute_spread_follows_it(values, factor):
    years = range(values.shape[1])
    plain, scaled = sigma_convergence(values, years), sigma_convergence(factor * values, years)
    for name, times in (("log_deviation", 1), ("variation", 1), ("deviation", factor)):
        before, after = getattr(plain, name).by_year, getattr(scaled, name).by_year
        # a spread of 1e-4 of the level loses four digits
        assert after == pytest.approx(times * before, rel=1e-9, abs=1e-12)


@given(growing_panels(), st.floats(0.1, 10))
@settings(deadline=None)
def test_the_log_t_test_ignores_the_unit_and_the_order_of_units(values, factor):
    wide = np.repeat(values, 2, axis=1)
    plain = log_t_test(wide)
    assume(np.isfinite(plain.t) and plain.standard_error > 1e-6)
    moved = log_t_test(factor * wide[::-1])
    assert moved.value == pytest.approx(plain.value, rel=1e-6, abs=1e-6)


@given(growing_panels(), st.floats(0.1, 1e4))
@settings(deadline=None)
def test_hp_trend_keeps_sums_and_is_linear(values, smoothness):
    trend = hp_trend(values, smoothness)
    assert trend.sum(axis=1) == pytest.approx(values.sum(axis=1), rel=1e-8)  # condition up to 1e6
    assert hp_trend(3 * values, smoothness) == pytest.approx(3 * trend, rel=1e-8)


@given(growing_panels(), st.booleans())
@settings(deadline=None, max_examples=30)
def test_a_density_moves_and_stretches_with_its_values(values, adaptive):
    sample = np.unique(values)
    plain = density(sample, adaptive=adaptive)
    moved = density(2 * sample - 5000, adaptive=adaptive)
    assert moved.at == pytest.approx(2 * plain.at - 5000, rel=1e-7)
    assert moved.height == pytest.approx(plain.height / 2, rel=1e-6, abs=1e-12)
