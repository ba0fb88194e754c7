"""Hand-computed logarithmic means and effects."""

import math

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.measure.logmean import lmdi, log_mean

ROUNDING = 1e-14  # a handful of additions of numbers of size one


def test_log_mean_of_one_and_e_is_e_minus_one():
    assert log_mean(1.0, math.e) == pytest.approx(math.e - 1, rel=ROUNDING)


def test_log_mean_of_equal_numbers_is_that_number():
    assert log_mean(3.7, 3.7) == 3.7


def test_log_mean_with_zero_is_zero():
    assert log_mean(0.0, 5.0) == 0.0
    assert log_mean(0.0, 0.0) == 0.0


@pytest.mark.parametrize("step", [1e-4, 1e-8, 1e-12, 1e-15])
def test_log_mean_keeps_all_digits_next_to_equality(step):
    b = 1.0 + step
    d = b - 1.0
    # Series of d / log1p(d); the next term is below 1e-17 for the largest step.
    series = 1 + d / 2 - d**2 / 12 + d**3 / 24
    assert log_mean(b, 1.0) == pytest.approx(series, rel=4e-16)


def test_log_mean_survives_extreme_ratios():
    # 1 / (300 ln 10): the smaller number itself does not matter any more.
    assert log_mean(1e-300, 1.0) == pytest.approx(1 / (300 * math.log(10)), rel=ROUNDING)


def test_log_mean_refuses_a_negative_number():
    with pytest.raises(InputError, match="zero or more"):
        log_mean(-1.0, 2.0)


def test_lmdi_gives_everything_to_rates_when_shares_stay():
    effects = lmdi([1, 3], [10, 20], [2, 6], [11, 22])
    assert effects.composition == pytest.approx([0, 0], abs=ROUNDING)
    assert effects.rate.sum() == pytest.approx(math.log(1.1), rel=ROUNDING)


def test_lmdi_gives_everything_to_composition_when_values_stay():
    effects = lmdi([0.5, 0.5], [10, 30], [0.4, 0.6], [10, 30])
    assert effects.rate == pytest.approx([0, 0], abs=ROUNDING)
    assert effects.composition.sum() == pytest.approx(math.log(22 / 20), rel=ROUNDING)


def test_lmdi_counts_a_new_group_as_composition_and_a_value_from_zero_as_rate():
    effects = lmdi([1, 1, 0], [2, 0, np.nan], [1, 1, 2], [2, 1, 5])
    # mean 1 -> 13/4; contributions of groups 2 and 3 come from zero: v1 / L(mean1, mean0).
    scale = log_mean(1.0, 13 / 4)
    assert effects.rate[1] == pytest.approx(0.25 / scale, rel=ROUNDING)
    assert effects.composition[1] == 0
    assert effects.composition[2] == pytest.approx(2.5 / scale, rel=ROUNDING)
    assert effects.rate[2] == 0
    assert sum(map(np.sum, effects)) == pytest.approx(math.log(13 / 4), rel=ROUNDING)


def test_lmdi_effects_tend_to_the_limit_when_a_share_tends_to_zero():
    at_zero = lmdi([1, 1, 0], [2, 1, 5], [1, 1, 2], [2, 1, 5])
    near_zero = lmdi([1, 1, 1e-13], [2, 1, 5], [1, 1, 2], [2, 1, 5])
    # The distance to the limit is of the order of the share itself.
    assert near_zero.composition == pytest.approx(at_zero.composition, abs=1e-11)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([1, 2], [1], [1, 2], [1, 2]), "one number per group"),
        (([1, 2], [1, 2], [1], [1]), "same groups"),
        (([1, -2], [1, 2], [1, 2], [1, 2]), "shares0 must be finite"),
        (([1, 2], [1, 2], [1, 2], [1, np.nan]), "values1 must be finite"),
        (([1, 2], [0, 0], [1, 2], [1, 1]), "must be above zero"),
    ],
)
def test_lmdi_refuses_unusable_groups(arguments, message):
    with pytest.raises(InputError, match=message):
        lmdi(*arguments)
