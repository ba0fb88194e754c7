import numpy as np
import pytest

from gongfu.economy.markets.real import fisher_price, fisher_quantity

ROUNDING = 1e-14  # sums of a few terms

BASE, VALUE = np.array([[60.0, 40.0]]), np.array([[90.0, 80.0]])
PRICE = np.array([[1.5, 1.0]])


def test_fisher_is_the_mean_of_laspeyres_and_paasche():
    """Laspeyres (90 + 40) / 100, Paasche 170 / (60 + 80)."""
    assert fisher_price(BASE, VALUE, PRICE) == pytest.approx(np.sqrt(1.3 * 170 / 140), rel=ROUNDING)


def test_price_times_quantity_is_value():
    product = fisher_price(BASE, VALUE, PRICE) * fisher_quantity(BASE, VALUE, PRICE)
    assert product == pytest.approx(1.7, rel=ROUNDING)


def test_equal_growth_of_all_volumes_is_the_index():
    assert fisher_quantity(BASE, 1.1 * BASE * PRICE, PRICE) == pytest.approx(1.1, rel=ROUNDING)


def test_equal_growth_of_all_prices_is_no_growth():
    assert fisher_quantity(BASE, 3 * BASE, np.full((1, 2), 3.0)) == pytest.approx(1, rel=ROUNDING)


def test_each_region_can_have_its_own_index():
    base, value, price = (np.tile(a, (2, 1)) for a in (BASE, VALUE, PRICE))
    assert fisher_price(base, value, price, 1) == pytest.approx(
        fisher_price(BASE, VALUE, PRICE), rel=ROUNDING
    )
