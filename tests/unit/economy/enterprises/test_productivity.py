"""Productivity of a firm (E2)."""

import math

import numpy as np
import pytest

from gongfu.economy.enterprises.productivity import digital_gain, log_productivity

ROUNDING = 1e-15  # a handful of operations on numbers below one


def test_gain_is_adoption_times_technology_and_data():
    gain = digital_gain(
        np.array([0.5]),
        np.array([1.0]),
        np.array([math.e - 1]),
        digital_productivity=0.05,
        skill_complementarity=0.3,
        data_elasticity=0.06,
    )
    assert gain[0] == pytest.approx(0.5 * (0.05 + 0.06), abs=ROUNDING)


def test_productivity_moves_by_the_change_of_the_gain():
    base, gain, before, size = (np.array([value]) for value in (0.2, 0.08, 0.03, 1.0))
    assert log_productivity(base, gain, before, np.zeros(1), size)[0] == pytest.approx(0.25)


def test_productivity_without_a_change_is_the_base_to_the_last_bit():
    rng = np.random.default_rng(2)
    base, gain, size = rng.normal(size=100), rng.normal(size=100), rng.lognormal(size=100)
    assert np.array_equal(log_productivity(base, gain, gain, np.zeros(100), size), base)


def test_a_fixed_cost_weighs_on_small_firms():
    size = np.array([0.1, 1.0, 10.0])
    zero = np.zeros(3)
    loss = -log_productivity(zero, zero, zero, np.full(3, 0.01), size)
    assert loss == pytest.approx([math.log(1.1), math.log(1.01), math.log(1.001)], abs=ROUNDING)
