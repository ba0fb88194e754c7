from __future__ import annotations

import math
from functools import partial

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.measure.atkinson import atkinson
from gongfu.measure.ede import ede_atkinson, ede_sen
from gongfu.measure.entropy import generalized_entropy, mld, theil
from gongfu.measure.gini import gini, gini_with_error
from gongfu.measure.hoover import hoover
from gongfu.measure.lorenz import lorenz, palma, quantile_share, s80_s20, share_ratio
from gongfu.measure.mean import mean
from gongfu.measure.quantiles import quantile, quantile_ratio

EXACT = 1e-14
"""Relative: a handful of operations in double precision."""


@pytest.mark.parametrize(
    ("measure", "income", "weight", "by_hand"),
    [
        (mean, [1, 2, 3], None, 2),
        (mean, [1, 5], [3, 1], 2),
        (gini, [1, 2, 3], None, 2 / 9),
        (gini, [0, 1], None, 1 / 2),
        (gini, [0, 0, 0, 1], None, 3 / 4),
        (gini, [1, 3], [2, 1], 2 * 2 / (3 * 5)),
        (theil, [1, 3], None, (0.5 * math.log(0.5) + 1.5 * math.log(1.5)) / 2),
        (theil, [0, 2], None, math.log(2)),
        (mld, [1, 3], None, -(math.log(0.5) + math.log(1.5)) / 2),
        (partial(generalized_entropy, alpha=2), [1, 3], None, 1 / 8),
        (partial(generalized_entropy, alpha=2), [0, 2], None, 1 / 2),
        (partial(generalized_entropy, alpha=0.3), [0, 2], None, (1 - 2**-0.7) / 0.21),
        (partial(atkinson, epsilon=1), [1, 4], None, 1 - 2 / 2.5),
        (partial(atkinson, epsilon=0.5), [1, 9], None, 1 - 4 / 5),
        (partial(atkinson, epsilon=0.5), [0, 4], None, 1 / 2),
        (partial(atkinson, epsilon=2), [1, 3], None, 1 - 1.5 / 2),
        (hoover, [1, 3], None, 1 / 4),
        (hoover, [0, 0, 0, 1], None, 3 / 4),
        (ede_sen, [1, 2, 3], None, 2 * 7 / 9),
        (partial(ede_atkinson, epsilon=1), [1, 4], None, 2),
        (partial(lorenz, share=0.5), [1, 3], None, 1 / 4),
        (partial(lorenz, share=0.25), [1, 3], None, 1 / 8),
        (partial(lorenz, share=0), [1, 3], None, 0),
        (partial(lorenz, share=1), [1, 3], None, 1),
        (partial(quantile_share, lower=0.5, upper=1), [1, 3], None, 3 / 4),
        (s80_s20, [1, 2, 3, 4, 5], None, 5),
        (palma, [1] * 4 + [2] * 5 + [6], None, 6 / 4),
        (partial(share_ratio, top=0.5, bottom=0.5), [1, 3], None, 3),
    ],
)
def test_value_equals_hand_computation(measure, income, weight, by_hand):
    assert measure(income, weight).value == pytest.approx(by_hand, rel=EXACT, abs=EXACT)


@pytest.mark.parametrize(
    ("probability", "value"),
    [(0.1, 1), (0.25, 1.5), (0.3, 2), (0.5, 2.5), (0.75, 3.5), (0.9, 4)],
)
def test_quantile_is_halfway_where_the_distribution_function_is_flat(probability, value):
    assert quantile([4, 2, 1, 3], probability=probability).value == value


def test_quantile_sees_equal_cumulated_weights_through_rounding():
    # 0.1 + 0.2 exceeds 0.3 by one unit in the last place.
    assert quantile([1, 2, 3], [0.1, 0.2, 0.3], probability=0.5).value == 2.5


def test_quantile_ratio_divides_quantiles():
    assert quantile_ratio(np.arange(1, 11), upper=0.95, lower=0.15).value == 5


@pytest.mark.parametrize("probability", [0, 1, -0.1, math.nan])
def test_quantile_refuses_probabilities_out_of_range(probability):
    with pytest.raises(InputError, match="between 0 and 1"):
        quantile([1, 2], probability=probability)


def test_quantile_error_is_near_that_of_a_known_density():
    draws = np.random.default_rng(3).standard_normal(40_000)
    found = quantile(draws, probability=0.5)
    error = math.sqrt(np.sum(found.influence**2))
    # Standard normal median: sqrt(pi / 2 / n). The window holds 5,000 rows: known to about 2 %.
    assert error == pytest.approx(math.sqrt(math.pi / 2 / 40_000), rel=0.05)


def test_quantile_on_a_heap_of_equal_incomes_has_no_error():
    heap = np.array([1.0] + [5.0] * 98 + [9.0])
    assert not quantile(heap, probability=0.5).influence.any()


@pytest.mark.parametrize(
    ("measure", "name"),
    [
        (gini, "gini"),
        (theil, "ge(1)"),
        (partial(atkinson, epsilon=0.5), "atkinson(0.5)"),
        (hoover, "hoover"),
        (s80_s20, "a share of income"),
        (gini_with_error, "gini"),
    ],
)
def test_negative_incomes_are_refused_with_count_and_lowest(measure, name):
    with pytest.raises(InputError, match="needs incomes >= 0") as refused:
        measure([1, -2, 3, -41.2])
    assert str(refused.value).startswith(name)
    assert "2 below zero, lowest -41.2" in str(refused.value)


@pytest.mark.parametrize(
    "measure",
    [
        mld,
        partial(generalized_entropy, alpha=-1),
        partial(atkinson, epsilon=1),
        partial(atkinson, epsilon=2),
        partial(ede_atkinson, epsilon=1),
    ],
)
def test_incomes_of_zero_are_refused_where_a_logarithm_is_taken(measure):
    with pytest.raises(InputError, match=r"needs incomes > 0 .*2 incomes of zero"):
        measure([1, 0, 0, 3])


@pytest.mark.parametrize("measure", [gini, theil, hoover, s80_s20, ede_sen, gini_with_error])
def test_only_zero_incomes_are_refused(measure):
    with pytest.raises(InputError, match="only zero incomes"):
        measure([0, 0, 0])


def test_mean_and_quantiles_allow_losses():
    assert mean([-1, 3]).value == 1
    assert quantile([-5, 1, 2], probability=0.1).value == -5


def test_ratios_refuse_a_bottom_without_income():
    with pytest.raises(InputError, match="poorest 20 %"):
        s80_s20([0, 0, 0, 1])
    with pytest.raises(InputError, match="p90/p10 needs a lower quantile above zero"):
        quantile_ratio([0, 0, 0, 1], upper=0.9, lower=0.1)


@pytest.mark.parametrize("epsilon", [0, -1, math.inf, math.nan])
def test_atkinson_needs_an_aversion_above_zero(epsilon):
    with pytest.raises(InputError, match="above 0"):
        atkinson([1, 2], epsilon=epsilon)


@pytest.mark.parametrize("alpha", [math.inf, math.nan])
def test_entropy_needs_a_finite_parameter(alpha):
    with pytest.raises(InputError, match="finite"):
        generalized_entropy([1, 2], alpha=alpha)


def test_shares_refuse_ranks_out_of_order():
    with pytest.raises(InputError, match="lower < upper"):
        quantile_share([1, 2], lower=0.5, upper=0.5)
    with pytest.raises(InputError, match="between 0 and 1"):
        lorenz([1, 2], share=1.2)


def test_gini_with_error_needs_two_rows():
    with pytest.raises(InputError, match="two rows"):
        gini_with_error([3])


def test_gini_passes_block_borders_unharmed():
    rng = np.random.default_rng(4)
    income, weight = rng.lognormal(10, 1, 70_000).round(-1) + 1, rng.integers(1, 4, 70_000)
    order = np.argsort(income)
    share = weight[order] / weight.sum()
    rank = np.cumsum(share) - share / 2
    by_covariance = 2 * np.dot(share * income[order], rank) / np.dot(share, income[order]) - 1
    # 70,000 terms in two orders of summation.
    assert gini(income, weight).value == pytest.approx(by_covariance, rel=1e-12)


def test_gini_keeps_its_digits_when_incomes_are_nearly_equal():
    income = 1e6 + np.array([0.0, 1.0, 2.0, 3.0])
    value, error = gini_with_error(income)
    deviation = [-1.5, -0.5, 0.5, 1.5]
    assert value == pytest.approx(0.625 / np.mean(income), rel=1e-9)
    # Influences of the mean difference of 0, 1, 2, 3 over twice the mean; the mean moves by 1e-6.
    spread = [np.mean(np.abs(d - np.array(deviation))) - 1.25 for d in deviation]
    expected = math.sqrt(4 / 3 * np.sum(np.square(spread)) / 16) / np.mean(income)
    assert error == pytest.approx(expected, rel=1e-5)


def test_an_error_of_zero_is_not_the_root_of_a_rounding_error():
    assert gini_with_error([1.0, 1.0, 4.0])[1] == pytest.approx(0.0, abs=1e-8)
