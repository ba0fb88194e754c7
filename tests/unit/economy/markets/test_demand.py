import numpy as np
import pytest

from gongfu.economy.markets.demand import budget, pool, purchase_price, regional_spending, sales

ROUNDING = 1e-13  # sums of a few dozen products

BUDGET = np.array([[0.4, 0.6], [0.5, 0.5]])
HOME = np.array([[0.5, 0.25], [0.2, 0.8]])
POOL = np.array([[0.7, 0.4], [0.3, 0.6]])
COST = np.array([[0.8, 0.7], [0.75, 0.9]])


def sold_to(spending):
    """Sales when regions spend so much: what is not bought at home is bought from the pools."""
    away = (BUDGET * (1 - HOME) * spending[:, None]).sum(0)
    return sales(BUDGET * HOME, spending, POOL, away)


def test_sales_by_hand():
    """Demand 40, 60 and 25, 25; at home 20, 15 and 5, 20; pools 20 + 20 and 45 + 5."""
    expected = [[20 + 0.7 * 40, 15 + 0.4 * 50], [5 + 0.3 * 40, 20 + 0.6 * 50]]
    assert sold_to(np.array([100.0, 50.0])) == pytest.approx(np.array(expected), rel=ROUNDING)


def spend(transfers, income=100.0):
    return regional_spending(
        budget_share=BUDGET,
        at_home=BUDGET * HOME,
        pool_share=POOL,
        cost_share=COST,
        factor_income=income,
        transfers=np.array(transfers),
    )


def test_regions_spend_their_sales_plus_transfers():
    spending = spend([-7.0, 7.0])
    sold = sales(BUDGET * HOME, spending.of_regions, POOL, spending.on_pools)
    assert sold == pytest.approx(sold_to(spending.of_regions), rel=ROUNDING)
    assert spending.of_regions - sold.sum(1) == pytest.approx([-7, 7], rel=ROUNDING)
    assert (COST * sold).sum() == pytest.approx(100, rel=ROUNDING)
    assert spending.transfers_paid == 1


def test_spending_is_proportional_to_income_without_transfers():
    more, less = spend([0.0, 0.0], 250.0), spend([0.0, 0.0])
    assert more.of_regions == pytest.approx(2.5 * less.of_regions, rel=ROUNDING)


def test_no_region_gives_more_than_it_has():
    spending, alone = spend([-300.0, 300.0]), spend([0.0, 0.0])
    paid = spending.transfers_paid
    assert paid < 1
    assert spending.of_regions[0] == pytest.approx(0.05 * alone.of_regions[0], rel=ROUNDING)
    received = spending.of_regions - sold_to(spending.of_regions).sum(1)
    assert received == pytest.approx([-300 * paid, 300 * paid], rel=ROUNDING)


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
