import numpy as np
import pytest

from gongfu.economy.markets.prices import cost_share, output_price, tax_wedge, unit_cost

ROUNDING = 1e-14  # a handful of operations on numbers near 1


def cells(value):
    return np.full((1, 1), value)


def test_unit_cost_is_cobb_douglas_in_labour_and_capital():
    cost = unit_cost(cells(4.0), 9.0, np.array([0.5]))
    assert cost == pytest.approx(6.0, rel=ROUNDING)


def test_price_rises_with_cost_markup_and_tax_and_falls_with_productivity():
    price = output_price(cells(6.0), cells(2.0), cells(1.1), cells(1.25))
    assert price == pytest.approx(6 / 2 * 1.1 * 1.25, rel=ROUNDING)


def test_wedge_compares_what_sellers_keep():
    assert tax_wedge(cells(0.1), cells(0.28)) == pytest.approx(0.9 / 0.72, rel=ROUNDING)
    assert tax_wedge(cells(0.1), cells(0.1)) == 1.0


def test_price_covers_cost_profit_and_tax():
    """Revenue kept is markup times cost: p (1 - t) = mu c, before and after."""
    before, after = (0.1, 1.2), (0.2, 1.5)
    price = output_price(
        cells(1.0), cells(1.0), cells(1.5 / 1.2), tax_wedge(cells(0.1), cells(0.2))
    )
    kept = [cost_share(cells(tax), cells(markup)) for tax, markup in (before, after)]
    assert price * kept[1] == pytest.approx(kept[0], rel=ROUNDING)
