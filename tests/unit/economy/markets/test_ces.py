import numpy as np
import pytest

from gongfu.economy.markets.ces import ces_bundle

ROUNDING = 1e-14  # a handful of operations on numbers near 1
PRICES, WEIGHTS = np.array([[2.0, 1.0]]), np.array([[0.25, 0.75]])


def test_bundle_with_elasticity_two_is_the_harmonic_mean():
    price, share = ces_bundle(PRICES, WEIGHTS, 2.0, axis=1)
    assert price == pytest.approx(1 / (0.25 / 2 + 0.75), rel=ROUNDING)
    assert share[0] == pytest.approx([0.125 / 0.875, 0.75 / 0.875], rel=ROUNDING)


def test_bundle_with_elasticity_one_is_the_geometric_mean_with_constant_shares():
    price, share = ces_bundle(PRICES, WEIGHTS, 1.0, axis=1)
    assert price == pytest.approx(2**0.25, rel=ROUNDING)
    assert share == pytest.approx(WEIGHTS, rel=ROUNDING)


@pytest.mark.parametrize("near", [1 - 1e-4, 1 - 1e-6, 1 + 1e-6, 1 + 1e-4])
def test_price_is_continuous_at_elasticity_one(near):
    price, _ = ces_bundle(PRICES, WEIGHTS, near, axis=1)
    # The price moves by (1 - e) / 2 times the variance of log prices, 0.09 here.
    assert price == pytest.approx(2**0.25, rel=0.05 * abs(1 - near) + 1e-11)


def test_weights_are_renormalised():
    price, share = ces_bundle(PRICES, 7 * WEIGHTS, 1.8, axis=1)
    expected = ces_bundle(PRICES, WEIGHTS, 1.8, axis=1)
    assert price == pytest.approx(expected[0], rel=ROUNDING)
    assert share == pytest.approx(expected[1], rel=ROUNDING)


def test_unit_prices_give_a_unit_price_whatever_the_weights():
    price, _ = ces_bundle(np.ones((1, 3)), np.array([[0.2, 0.5, 4.0]]), 1.8, axis=1)
    assert price == 1.0


def test_elasticity_may_differ_by_sector():
    table = np.array([[2.0, 2.0], [1.0, 1.0]])
    price, _ = ces_bundle(table, np.full((2, 2), 0.5), np.array([2.0, 3.0]), axis=0)
    assert price == pytest.approx([1 / 0.75, (0.5 / 4 + 0.5) ** -0.5], rel=ROUNDING)
