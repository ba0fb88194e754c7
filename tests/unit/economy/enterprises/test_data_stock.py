"""Data stocks and what firms can use of them: hand-computed markets and limits (E3)."""

from dataclasses import replace

import numpy as np
import pytest

from gongfu.economy.enterprises.data_stock import access, base_stocks, collect

ROUNDING = 1e-15  # a handful of operations on numbers of order one
MARKET, WEIGHT = np.array([0, 0]), np.ones(2)
DATA = np.array([1.5, 0.5])  # two firms with shares 3/4 and 1/4 of a market of two


def reach(data=DATA, *, adoption=1.0, sharing=0.0, public=0.0, interoperability=0.0, relevance=1.0):
    base = base_stocks(DATA, DATA, MARKET, WEIGHT, 1)
    return access(
        data,
        np.full(2, adoption),
        MARKET,
        WEIGHT,
        base,
        sharing=np.array([sharing]),
        public=np.array([public]),
        interoperability=np.array([interoperability]),
        relevance=relevance,
    )


def test_a_stock_ages_and_is_refilled_by_sales_with_consent():
    # (1 - 0.4) 2 + 0.4 * 0.5 * 3
    after = collect(np.array([2.0]), np.array([3.0]), np.array([0.5]), depreciation=0.4)
    assert after[0] == pytest.approx(1.8, abs=ROUNDING)


def test_a_stock_equal_to_size_stands_still_to_the_last_bit():
    size = np.random.default_rng(3).lognormal(size=1000)
    for depreciation in (0.3, 0.4, 0.5):
        after = collect(size, size, np.ones(1000), depreciation=depreciation)
        assert np.array_equal(after, size)


def test_base_stock_is_weighted_by_sales():
    # 3/4 * 1.5 + 1/4 * 0.5, and a pool of 2.
    base = base_stocks(DATA, DATA, MARKET, WEIGHT, 1)
    assert base.stock[0] == pytest.approx(1.25, abs=ROUNDING)
    assert base.pool[0] == 2.0


def test_without_levers_a_firm_uses_its_own_data_only():
    reached = reach()
    assert np.array_equal(reached.usable, DATA)
    assert reached.relative == pytest.approx(DATA / 1.25, abs=ROUNDING)
    assert not reached.traded.any()


def test_sharing_follows_the_form_of_the_specification_in_the_base_year():
    # D_f + r g x (D_m - D_f) / D_m * D0 with r 0.5, g 0.8, x 0.25.
    reached = reach(sharing=0.25, adoption=0.8, relevance=0.5)
    expected = DATA + 0.5 * 0.8 * 0.25 * (2 - DATA) / 2 * 1.25
    assert reached.usable == pytest.approx(expected, abs=ROUNDING)
    assert reached.traded == pytest.approx(expected - DATA, abs=ROUNDING)


def test_interoperability_closes_a_share_of_the_leaders_lead():
    assert reach(interoperability=0.25).usable == pytest.approx([1.5, 0.75], abs=ROUNDING)
    assert reach(interoperability=1.0).usable == pytest.approx([1.5, 1.5], abs=ROUNDING)


def test_public_data_reach_every_adopter_alike_and_are_not_traded():
    reached = reach(public=0.2, adoption=0.5)
    assert reached.usable - DATA == pytest.approx(np.full(2, 0.5 * 0.2 * 1.25), abs=ROUNDING)
    assert not reached.traded.any()


def test_what_interoperability_opened_is_not_offered_a_second_time():
    # Full interoperability gives both firms 1.5 of the pool of 2; sharing can add the rest only.
    reached = reach(interoperability=1.0, sharing=1.0)
    assert reached.usable == pytest.approx(np.full(2, 1.5 + 0.5 * 1.25 / 2), abs=ROUNDING)


def test_a_pool_from_which_consent_is_withdrawn_is_worth_less():
    full, thin = reach(sharing=0.5), reach(DATA / 2, sharing=0.5)
    assert thin.traded == pytest.approx(full.traded / 2, abs=ROUNDING)


def test_selling_data_does_not_deplete(economy):
    offered = replace(economy.levers, data_sharing=np.full(103, 1.0))
    plain, reform = economy.run(1), economy.run(1, levers=offered)
    # Stocks after a year come from last year's sales: the same, though all data were offered.
    assert np.array_equal(plain.enterprises.data, reform.enterprises.data)
    assert (reform.reached.usable > plain.reached.usable).all()
