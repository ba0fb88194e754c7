"""Herfindahl-Hirschman index and shares of the largest firms."""

import numpy as np
import pytest

from gongfu.economy.enterprises import concentration_ratio, herfindahl

ROUNDING = 1e-15  # sums of a few shares
# Market 0: shares .4, .1, and five firms of .1 in one record; market 1: a monopoly.
SHARE, MARKET = np.array([0.1, 0.4, 0.1, 1.0]), np.array([0, 0, 0, 1])
WEIGHT = np.array([1.0, 1.0, 5.0, 1.0])


def test_herfindahl_counts_every_firm_a_record_stands_for():
    expected = [0.16 + 6 * 0.01, 1.0]
    assert herfindahl(SHARE, MARKET, WEIGHT, 2) == pytest.approx(expected, abs=ROUNDING)


def test_the_largest_four_may_come_from_one_record():
    ratio = concentration_ratio(SHARE, MARKET, WEIGHT, 2)
    assert ratio == pytest.approx([0.7, 1.0], abs=ROUNDING)


@pytest.mark.parametrize(("largest", "expected"), [(1, 0.4), (2, 0.5), (7, 1.0), (20, 1.0)])
def test_any_number_of_largest_firms(largest, expected):
    ratio = concentration_ratio(SHARE, MARKET, WEIGHT, 2, largest=largest)
    assert ratio[0] == pytest.approx(expected, abs=ROUNDING)
