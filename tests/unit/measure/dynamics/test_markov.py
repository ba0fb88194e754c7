"""Chains, their long run, their tests and their intervals, by hand and by simulation."""

import numpy as np
import pytest
from scipy import stats

from gongfu.core import InputError
from gongfu.measure.dynamics.chi_square import chi_square_tail
from gongfu.measure.dynamics.classes import Classes
from gongfu.measure.dynamics.intervals import by_redrawing_units, wilson
from gongfu.measure.dynamics.long_run import (
    closed_classes,
    ergodic_distribution,
    first_passage_times,
    half_life,
    second_eigenvalue,
    sojourn_times,
)
from gongfu.measure.dynamics.markov import markov
from gongfu.measure.dynamics.markov_tests import (
    homogeneity_test,
    order_test,
    stationarity_test,
)
from gongfu.measure.dynamics.transitions import count_by_unit, count_transitions, probabilities

LAND_OF_OZ = np.array([[2, 1, 1], [2, 0, 2], [1, 1, 2]]) / 4  # rain, nice, snow [Kemeny-Snell]


def of_codes(code):
    code = np.array(code)
    cutoffs = np.arange(code.max()) + 0.5
    return Classes(code=code, values=code.astype(float), cutoffs=cutoffs, convention="given")


def simulated(p, units, years, seed):
    rng = np.random.default_rng(seed)
    code = np.zeros((units, years), dtype=np.int64)
    code[:, 0] = rng.integers(len(p), size=units)
    for year in range(1, years):
        code[:, year] = (rng.random(units)[:, None] > np.cumsum(p, axis=1)[code[:, year - 1]]).sum(
            1
        )
    return code


def test_moves_are_counted_by_hand():
    chain = markov(of_codes([[0, 0, 1], [1, 0, 1], [1, 1, 1]]))
    assert chain.counts.tolist() == [[1, 2], [1, 2]]
    assert chain.probabilities.tolist() == [[1 / 3, 2 / 3], [1 / 3, 2 / 3]]
    two_years = markov(of_codes([[0, 0, 1], [1, 0, 1], [1, 1, 1]]), step=2)
    assert two_years.counts.tolist() == [[0, 1], [0, 2]]


def test_a_class_that_was_never_left_has_no_probabilities():
    chain = markov(of_codes([[0, 0, 2], [0, 1, 2]]))
    assert np.isnan(chain.probabilities[2]).all()
    assert np.isnan(chain.interval.low[2]).all()
    with pytest.raises(InputError, match=r"never left.*states \[2\]"):
        _ = chain.ergodic


def test_the_land_of_oz_has_two_nice_days_in_ten():
    assert ergodic_distribution(LAND_OF_OZ) == pytest.approx([0.4, 0.2, 0.4], abs=1e-15)
    times = first_passage_times(LAND_OF_OZ)
    # Kemeny and Snell's example: from rain, 4 days to nice weather and 10/3 to snow
    expected = [[5 / 2, 4, 10 / 3], [8 / 3, 5, 8 / 3], [10 / 3, 4, 5 / 2]]
    assert times == pytest.approx(np.array(expected), abs=1e-14)
    assert sojourn_times(LAND_OF_OZ) == pytest.approx([2, 1, 2], abs=1e-15)
    assert second_eigenvalue(LAND_OF_OZ) == pytest.approx(0.25, abs=1e-14)
    assert half_life(LAND_OF_OZ) == pytest.approx(0.5, abs=1e-14)


def test_states_left_for_good_have_no_share_in_the_long_run():
    p = np.array([[0.5, 0.5, 0.0], [0.0, 0.2, 0.8], [0.0, 0.6, 0.4]])
    assert ergodic_distribution(p) == pytest.approx([0, 3 / 7, 4 / 7], abs=1e-15)
    with pytest.raises(InputError, match=r"states \[1, 2\] are never left"):
        first_passage_times(p)


def test_two_ends_that_never_meet_have_no_single_long_run():
    p = np.array([[1, 0, 0], [0.1, 0.8, 0.1], [0, 0, 1.0]])
    assert [end.tolist() for end in closed_classes(p)] == [[0], [2]]
    with pytest.raises(InputError, match=r"separate ends \[0\] and \[2\]"):
        ergodic_distribution(p)
    assert half_life(p) == np.inf
    assert sojourn_times(p) == pytest.approx([np.inf, 5, np.inf], rel=1e-14)


def test_rows_that_do_not_add_up_are_refused():
    with pytest.raises(InputError, match="add up to 1"):
        ergodic_distribution(np.array([[0.5, 0.4], [0.5, 0.5]]))


def test_rare_exits_keep_all_digits_of_the_long_run():
    small = 1e-14
    p = np.array([[1 - small, small], [3 * small, 1 - 3 * small]])
    assert ergodic_distribution(p)[0] == pytest.approx(0.75, rel=1e-13)


def test_a_chain_counts_its_years_by_its_step():
    code = simulated(LAND_OF_OZ, 300, 9, seed=1)
    one, two = markov(of_codes(code)), markov(of_codes(code), step=2)
    assert one.half_life_years == half_life(one.probabilities)
    assert two.first_passage_years == pytest.approx(2 * first_passage_times(two.probabilities))
    assert two.sojourn_years == pytest.approx(2 * sojourn_times(two.probabilities))


def test_steps_and_levels_out_of_range_are_refused():
    classes = of_codes([[0, 1, 0], [1, 0, 1]])
    for step in (0, 3):
        with pytest.raises(InputError, match="from 1 to 2 years"):
            markov(classes, step=step)
    with pytest.raises(InputError, match="between 0 and 1"):
        markov(classes, level=95)


@pytest.mark.parametrize("dof", [1, 2, 3, 7, 60, 381])
@pytest.mark.parametrize("times", [0.01, 0.5, 1.0, 2.0, 9.0])
def test_chi_square_tail_equals_scipy(dof, times):
    expected = stats.chi2.sf(times * dof, dof)
    # up to a few hundred terms, each from a logarithm of size 1,000
    assert chi_square_tail(times * dof, dof) == pytest.approx(expected, rel=1e-11, abs=1e-300)


def test_nothing_to_test_has_p_one():
    assert chi_square_tail(0.0, 3) == 1.0
    assert chi_square_tail(0.0, 0) == 1.0


def test_homogeneity_of_two_rows_is_the_chi_square_of_a_table():
    table = np.array([[12.0, 8.0, 3.0], [9.0, 14.0, 6.0]])
    counts = table[:, None, :]
    for correction, lambda_ in (("pearson", "pearson"), ("likelihood_ratio", "log-likelihood")):
        expected = stats.chi2_contingency(table, correction=False, lambda_=lambda_)
        result = homogeneity_test(counts)
        assert getattr(result, correction) == pytest.approx(expected.statistic, rel=1e-13)
        assert getattr(result, f"{correction}_p") == pytest.approx(expected.pvalue, rel=1e-12)
        assert result.degrees_of_freedom == expected.dof
    assert homogeneity_test(counts).sparse_share == pytest.approx(1 / 6)  # only 23 * 9 / 52


def test_moves_that_never_happened_cost_no_degree_of_freedom():
    counts = np.array([[[5.0, 3, 0], [0, 4, 4], [0, 0, 0]], [[6.0, 2, 0], [0, 3, 6], [0, 1, 3]]])
    # origins 0 and 1: two groups, two destinations; origin 2: one group
    assert homogeneity_test(counts).degrees_of_freedom == 2


def test_order_zero_is_the_independence_of_rows_and_columns():
    code = simulated(LAND_OF_OZ, 50, 6, seed=3)
    expected = stats.chi2_contingency(count_transitions(code, 3), correction=False)
    result = order_test(code, 3, 0)
    assert result.pearson == pytest.approx(expected.statistic, rel=1e-12)
    assert result.degrees_of_freedom == expected.dof


def test_tests_of_a_true_chain_reject_as_often_as_they_say():
    rejected = {"order": 0, "stationarity": 0}
    for world in range(300):
        code = simulated(LAND_OF_OZ, 100, 9, seed=world)
        rejected["order"] += order_test(code, 3).pearson_p < 0.1
        rejected["stationarity"] += stationarity_test(code, 3, 2).likelihood_ratio_p < 0.1
    # four binomial errors of 300 worlds
    assert all(abs(count / 300 - 0.1) < 0.07 for count in rejected.values())


def test_memory_and_change_are_found():
    first = simulated(LAND_OF_OZ, 200, 6, seed=1)
    late = simulated(LAND_OF_OZ[::-1], 200, 6, seed=2)
    assert stationarity_test(np.hstack([first, late]), 3, 2).pearson_p < 1e-6
    alternating = np.repeat(first, 2, axis=1)  # every state lasts two years
    assert order_test(alternating, 3).pearson_p < 1e-6


def test_periods_and_orders_out_of_range_are_refused():
    code = simulated(LAND_OF_OZ, 5, 4, seed=1)
    with pytest.raises(InputError, match="2 to 3; found 4"):
        stationarity_test(code, 3, 4)
    with pytest.raises(InputError, match="order 2, 4 years"):
        order_test(code, 3, 2)


def test_score_intervals_equal_scipy_and_say_something_about_what_was_not_seen():
    counts = np.array([[7.0, 13, 0], [0, 0, 0], [1, 1, 1]])
    intervals = wilson(counts, 0.9)
    for j in range(3):
        expected = stats.binomtest(int(counts[0, j]), 20).proportion_ci(0.9, method="wilson")
        assert intervals.low[0, j] == pytest.approx(expected.low, abs=1e-14)
        assert intervals.high[0, j] == pytest.approx(expected.high, abs=1e-14)
    assert intervals.high[0, 2] > 0.1
    assert np.isnan(intervals.low[1]).all()


def test_both_intervals_cover_the_truth_of_independent_moves():
    covered = np.zeros(2)
    for world in range(120):
        code = simulated(LAND_OF_OZ, 60, 6, seed=world)
        wise = wilson(count_transitions(code, 3), 0.9)
        drawn = by_redrawing_units(count_by_unit(code, 3), seed=world, draws=199, level=0.9)
        for place, interval in enumerate((wise, drawn)):
            covered[place] += np.mean((interval.low <= LAND_OF_OZ) & (interval.high >= LAND_OF_OZ))
    # 120 worlds of some nine entries; the entry of zero is covered always
    assert covered / 120 == pytest.approx([0.9, 0.9], abs=0.04)


def test_units_with_ways_of_their_own_need_the_intervals_of_whole_units():
    mover, stayer = np.array([[0.2, 0.8], [0.8, 0.2]]), np.array([[0.98, 0.02], [0.02, 0.98]])
    code = np.vstack([simulated(mover, 20, 20, 1), simulated(stayer, 20, 20, 2)])
    chain, whole = markov(of_codes(code)), markov(of_codes(code), seed=1)
    short = chain.interval.high - chain.interval.low
    wide = whole.interval.high - whole.interval.low
    assert (wide > 1.8 * short).all()
    assert "whole units" in whole.interval.convention


def test_any_statistic_of_the_counts_has_an_interval():
    code = simulated(LAND_OF_OZ, 80, 8, seed=5)

    def long_run(counts):
        return ergodic_distribution(probabilities(counts))

    interval = by_redrawing_units(count_by_unit(code, 3), seed=5, draws=199, of=long_run)
    estimate = long_run(count_transitions(code, 3))
    assert (interval.low < estimate).all()
    assert (estimate < interval.high).all()
