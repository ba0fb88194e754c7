"""From markets back to regions and sectors."""

from dataclasses import replace

import numpy as np
import pytest

from gongfu.economy.enterprises import adoption_by_market, by_region_sector

ROUNDING = 1e-14  # a power and its root


def test_every_ratio_is_one_in_the_base_year(economy):
    base = economy.base.competition
    table = by_region_sector(base, base, digital_elasticity=1.6)
    assert table.markup.shape == (31, 4)
    assert np.array_equal(table.price, np.ones((31, 4)))
    assert np.array_equal(table.productivity, np.ones((31, 4)))


def test_regional_markets_keep_their_place(economy):
    base = economy.base.competition
    now = replace(base, price=base.price * np.arange(1.0, 104.0))
    table = by_region_sector(now, base, digital_elasticity=1.6)
    assert table.price[:, :3].reshape(-1) == pytest.approx(np.arange(1.0, 94.0), rel=ROUNDING)


def test_digital_prices_that_double_everywhere_double_the_index(economy):
    base = economy.base.competition
    now = replace(base, price=base.price * 2, productivity=base.productivity / 2)
    table = by_region_sector(now, base, digital_elasticity=1.6)
    assert table.price[:, 3] == pytest.approx(np.full(31, 2.0), rel=ROUNDING)
    assert table.productivity[:, 3] == pytest.approx(np.full(31, 0.5), rel=ROUNDING)


def test_one_cheaper_digital_market_moves_the_index_as_ces_says(economy):
    base = economy.base.competition
    price = base.price.copy()
    price[-1] *= 0.5
    table = by_region_sector(replace(base, price=price), base, digital_elasticity=1.6)
    expected = ((9 + 0.5**-0.6) / 10) ** (1 / -0.6)
    assert table.price[0, 3] == pytest.approx(expected, rel=ROUNDING)


def test_mean_adoption_by_sales_and_by_firms(economy):
    firms = economy.base.enterprises
    large = replace(firms, adoption=(firms.size > 1).astype(float))
    by_sales = adoption_by_market(large, by_sales=True)
    by_firms = adoption_by_market(large, by_sales=False)
    assert (by_sales > by_firms).all()
    assert (by_sales < 1).all()
