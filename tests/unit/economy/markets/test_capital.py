import numpy as np
import pytest

from gongfu.economy.markets.capital import accumulate_capital, capital_income, investment

ROUNDING = 1e-14  # a handful of operations


def test_stock_wears_out_and_is_rebuilt():
    assert accumulate_capital(300.0, 42.0, 0.06) == pytest.approx(324, rel=ROUNDING)


def test_stock_is_steady_when_investment_covers_wear():
    assert accumulate_capital(300.0, 18.0, 0.06) == pytest.approx(300, rel=ROUNDING)


def test_capital_income_is_stock_times_rental():
    assert capital_income(50.0, 1.2, 0.9) == pytest.approx(54, rel=ROUNDING)


def test_investment_is_saving_of_enterprises_and_households_less_borrowing():
    invested = investment(
        np.array([[10.0, 20.0]]), np.array([[30.0, 40.0]]), 0.65, np.array([5.0, 7.0]), 4.0
    )
    assert invested == pytest.approx(0.65 * 100 + 12 - 4, rel=ROUNDING)
