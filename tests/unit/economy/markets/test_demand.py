import numpy as np
import pytest

from gongfu.economy.markets.demand import budget, pool, purchase_price, regional_spending, sales

ROUNDING = 1e-13  # sums of a few dozen products

BUDGET = np.array([[0.4, 0.6], [0.5, 0.5]])
HOME = np.array([[0.5, 0.25], [0.2, 0.8]])
POOL = np.array([[0.7, 0.4], [0.3, 0.6]])
COST = np.array([[0.8, 0.7], [0.75, 0.9]])


def test_sales_by_hand():
    """Demand 40, 60 and 25, 25; at home 20, 15 and 5, 20; pools 20 + 20 and 45 + 5."""
    sold = sales(np.array([100.0, 50.0]), BUDGET, HOME, POOL)
    expected = [[20 + 0.7 * 40, 15 + 0.4 * 50], [5 + 0.3 * 40, 20 + 0.6 * 50]]
    assert sold == pytest.approx(np.array(expected), rel=ROUNDING)


def test_every_yuan_spent_is_sold():
    spending = np.array([100.0, 50.0])
    assert sales(spending, BUDGET, HOME, POOL).sum() == pytest.approx(150, rel=ROUNDING)


def spend(transfers, income=100.0):
    return regional_spending(
        budget_share=BUDGET,
        home_share=HOME,
        pool_share=POOL,
        cost_share=COST,
        factor_income=income,
        transfers=np.array(transfers),
    )


def test_regions_spend_their_sales_plus_transfers():
    spending, paid = spend([-7.0, 7.0])
    assert paid == 1
    sold = sales(spending, BUDGET, HOME, POOL)
    assert spending - sold.sum(1) == pytest.approx([-7, 7], rel=ROUNDING)
    assert (COST * sold).sum() == pytest.approx(100, rel=ROUNDING)


def test_spending_is_proportional_to_income_without_transfers():
    (more, _), (less, _) = spend([0.0, 0.0], 250.0), spend([0.0, 0.0])
    assert more == pytest.approx(2.5 * less, rel=ROUNDING)


def test_no_region_gives_more_than_it_has():
    (spending, paid), (alone, _) = spend([-300.0, 300.0]), spend([0.0, 0.0])
    assert paid < 1
    assert spending[0] == pytest.approx(0.05 * alone[0], rel=ROUNDING)
    sold = sales(spending, BUDGET, HOME, POOL)
    assert spending - sold.sum(1) == pytest.approx([-300 * paid, 300 * paid], rel=ROUNDING)


def test_pool_by_hand():
    """Shares .7, .3, prices 2, 1, theta 3: .7/4 + .3 = .475."""
    price, share = pool(np.array([[2.0], [1.0]]), np.array([[0.7], [0.3]]), np.array([3.0]))
    assert price == pytest.approx(0.475**-0.5, rel=ROUNDING)
    assert share.ravel() == pytest.approx([0.175 / 0.475, 0.3 / 0.475], rel=ROUNDING)


def test_purchase_price_mixes_home_and_pool():
    price = purchase_price(np.array([[4.0]]), np.array([9.0]), np.array([[0.5]]))
    assert price == pytest.approx(6.0, rel=ROUNDING)


def test_dearer_sector_takes_more_of_the_budget_when_sectors_are_complements():
    weight = np.array([[0.5, 0.5]])
    index, share = budget(np.array([[4.0, 1.0]]), weight, 0.5)
    assert index == pytest.approx((0.5 * 2 + 0.5) ** 2, rel=ROUNDING)
    assert share[0] == pytest.approx([2 / 3, 1 / 3], rel=ROUNDING)


def test_taste_shift_moves_the_budget_but_no_price_index():
    index, share = budget(np.ones((1, 2)), np.array([[1.0, 0.5]]), 0.6)
    assert index == pytest.approx(1.0, rel=ROUNDING)
    assert share[0] == pytest.approx([2 / 3, 1 / 3], rel=ROUNDING)
