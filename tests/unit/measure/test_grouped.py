"""Hand-computed bounds and curves from group means, and refusals."""

import math

import numpy as np
import pytest

from gongfu.core import Evidence, InputError, Uncertainty
from gongfu.measure.grouped import grouped_lorenz
from gongfu.measure.lorenz_bounds import highest_gini, lowest_gini
from gongfu.measure.lorenz_curves import LognormalCurve, PowerCurve

# Disposable income per person of household quintiles, China 2023, yuan (NBS Communique 2023).
CHINA_2023 = [9215, 20442, 32195, 50220, 95055]
ROUNDING = 1e-14  # a handful of operations on numbers of size one
BARRIER = 5e-9  # the upper bound is found from above, by up to 2 (K - 1) / 1e10


def test_lower_bound_of_the_chinese_quintiles_of_2023():
    # Sum over quintiles of (2 k - 6) m_k / (25 mean), by hand.
    by_hand = (-4 * 9215 - 2 * 20442 + 2 * 50220 + 4 * 95055) / (5 * sum(CHINA_2023))
    quintiles = grouped_lorenz(CHINA_2023)
    assert quintiles.gini_lower == pytest.approx(by_hand, abs=ROUNDING)
    assert round(quintiles.gini_lower, 3) == 0.389


def test_upper_bound_of_two_groups_is_that_of_the_hand_calculation():
    # Means 1 and 3 around 2, limit a between: a quarter of
    # (a - 1) / a + (3 - a), over 2; best at a = 1 with 2 / 8.
    both = np.array([0.5, 0.5]), np.array([1.0, 3.0])
    assert highest_gini(*both) == pytest.approx(0.25 + 2 / 8, abs=BARRIER)


def test_upper_bound_of_equal_groups_with_a_free_limit():
    # Poor group of 4/5 with mean 1, rich fifth with mean 6: (4/5)^2 (a - 1) / a + (1/5)^2 (6 - a)
    # is best at a = 4: .48 + .08; the mean is 2.
    people, mean = np.array([0.8, 0.2]), np.array([1.0, 6.0])
    assert lowest_gini(people, mean) == pytest.approx(0.4, abs=ROUNDING)
    assert highest_gini(people, mean) == pytest.approx(0.4 + 0.56 / 2, abs=BARRIER)


def test_groups_of_one_mean_leave_nothing_open():
    equal = grouped_lorenz([7, 7, 7, 7])
    assert equal.gini_lower == 0
    assert equal.gini_upper == pytest.approx(0, abs=BARRIER)
    # The fit ends where its gradient is 1e-11.
    assert equal.gini == pytest.approx(0, abs=1e-9)
    assert equal.lognormal.gini == pytest.approx(0, abs=1e-9)


def test_all_income_in_the_top_group_leaves_everything_open_above():
    assert grouped_lorenz([0, 0, 5]).gini_upper == 1


def test_a_power_curve_with_exponent_one_is_pareto():
    # Pareto index 2: k = 1/2, G = 1 / (2 * 2 - 1).
    assert PowerCurve(0.5, 1.0).gini == pytest.approx(1 / 3, abs=ROUNDING)


def test_a_power_curve_with_k_one_is_a_power_of_the_population_share():
    # Integral of p^g is 1 / (g + 1).
    assert PowerCurve(1.0, 2.0).gini == pytest.approx(1 - 2 / 3, abs=ROUNDING)
    assert PowerCurve(1.0, 2.0)(np.array([0, 0.5, 1])) == pytest.approx([0, 0.25, 1], abs=ROUNDING)


@pytest.mark.parametrize("curve", [PowerCurve(0.7, 1.6), LognormalCurve(0.8)])
def test_the_gini_is_twice_the_area_below_the_diagonal(curve):
    p = (np.arange(200_000) + 0.5) / 200_000
    # Midpoint rule; the steep end of the curve costs the last digits.
    assert curve.gini == pytest.approx(1 - 2 * curve(p).mean(), abs=1e-6)


def test_a_lognormal_curve_gives_the_known_share_of_the_poorer_half():
    assert LognormalCurve(1.0)(np.array([0.0, 0.5, 1.0])) == pytest.approx(
        [0, 0.5 * math.erfc(1 / math.sqrt(2)), 1], abs=ROUNDING
    )


def test_residuals_are_those_of_the_group_shares():
    quintiles = grouped_lorenz(CHINA_2023)
    fitted = [quintiles.power.income_share(k / 5, (k + 1) / 5) for k in range(5)]
    assert quintiles.power.residual == pytest.approx(
        np.array(fitted) - quintiles.income_share, abs=ROUNDING
    )
    assert quintiles.power.residual.sum() == pytest.approx(0, abs=ROUNDING)


def test_the_estimate_states_bounds_instead_of_an_error():
    quintiles = grouped_lorenz(CHINA_2023)
    estimate = quintiles.estimate(year=2023)
    assert estimate.standard_error is None
    assert estimate.uncertainty is Uncertainty.UNKNOWN
    assert estimate.evidence is Evidence.ESTIMATED
    assert "0.3891 to 0.4441" in estimate.note
    assert "outside" not in estimate.note


def test_the_estimate_says_when_the_curve_leaves_the_bounds():
    # Two equal middle groups between far ends: no smooth curve of two parameters does that.
    assert "outside these bounds" in grouped_lorenz([1, 100, 100, 100, 101]).estimate().note


@pytest.mark.parametrize(
    ("mean", "share", "message"),
    [
        ([1, 2], None, "at least three groups"),
        ([1, 2, 3], [1, 2], "columns of one length"),
        ([1, 3, 2], None, "ascend"),
        ([-1, 2, 3], None, "zero or more"),
        ([0, 0, 0], None, "not all zero"),
        ([1, 2, np.nan], None, "finite"),
        ([1, 2, 3], [0.5, 0, 0.5], "above zero"),
    ],
)
def test_groups_that_cannot_be_used_are_refused(mean, share, message):
    with pytest.raises(InputError, match=message):
        grouped_lorenz(mean, share)


def test_all_problems_are_named_at_once():
    with pytest.raises(InputError) as caught:
        grouped_lorenz([3, 2, 1], [-1, 1, 1])
    assert len(caught.value.problems) == 2


def test_an_income_share_needs_ordered_quantiles():
    with pytest.raises(InputError, match="between two quantiles"):
        grouped_lorenz(CHINA_2023).power.income_share(0.9, 0.1)
