"""Payments for shared data: they close, no buyer loses, people get their dividend (E3)."""

from dataclasses import replace

import numpy as np
import pytest

from gongfu.economy.enterprises import consent_ratio, market_sum, trade_data
from gongfu.economy.enterprises.data_stock import access, base_stocks
from gongfu.economy.enterprises.moves import sell_data

DATA = np.array([1.5, 0.5])


def two_firms(*, sharing, dividend=0.0):
    market, weight, adoption = np.array([0, 0]), np.ones(2), np.array([1.0, 0.5])
    base = base_stocks(DATA, DATA, market, weight, 1)
    nothing = np.zeros(1)
    reached = access(
        DATA,
        adoption,
        market,
        weight,
        base,
        sharing=np.array([sharing]),
        public=nothing,
        interoperability=nothing,
        relevance=1.0,
    )
    cost_share = np.array([0.6, 0.2])
    return trade_data(
        DATA,
        adoption,
        cost_share,
        reached,
        base,
        market=market,
        weight=weight,
        data_elasticity=0.06,
        dividend_share=np.array([dividend]),
    ), reached


def test_a_buyer_pays_the_worth_of_its_last_unit():
    trade, _ = two_firms(sharing=0.4)
    # y = g x D0/Dm (Dm - D): 1 * 0.4 * 0.625 * 0.5 and 0.5 * 0.4 * 0.625 * 1.5; D0 = 1.25.
    used = np.array([0.125, 0.1875])
    worth = 0.06 * np.array([1.0, 0.5]) * np.array([0.6, 0.2]) / (1.25 + DATA + used)
    assert trade.payment == pytest.approx(worth * used, abs=1e-17)  # values of order 1e-3
    # With two firms each is paid what the other pays.
    assert trade.receipt == pytest.approx(trade.payment[::-1], abs=1e-17)


def test_a_buyer_keeps_a_surplus():
    trade, reached = two_firms(sharing=1.0)
    saving = 0.06 * np.array([1.0, 0.5]) * np.log((1.25 + reached.usable) / (1.25 + DATA))
    assert (trade.payment < np.array([0.6, 0.2]) * saving).all()


def test_nothing_offered_nothing_paid():
    trade, _ = two_firms(sharing=0.0)
    assert not trade.payment.any()
    assert not trade.turnover.any()
    assert not trade.price.any()


def test_the_dividend_share_splits_the_proceeds():
    plain, _ = two_firms(sharing=0.4)
    shared, _ = two_firms(sharing=0.4, dividend=0.25)
    assert np.array_equal(shared.payment, plain.payment)
    assert shared.dividend == pytest.approx(0.25 * plain.turnover, abs=1e-17)
    assert shared.receipt == pytest.approx(0.75 * plain.receipt, abs=1e-17)


def test_payments_of_every_market_equal_receipts_and_dividends(economy):
    levers = replace(
        economy.levers, data_sharing=np.full(103, 0.3), dividend_share=np.full(103, 0.4)
    )
    trade = sell_data(
        economy.run(3, levers=levers), economy.base.stocks, levers=levers, rules=economy.rules
    )
    firms = economy.base.enterprises
    paid = market_sum(firms.weight * trade.payment, firms.market, 103)
    kept = market_sum(firms.weight * trade.receipt, firms.market, 103)
    assert (paid > 0).all()
    assert kept + trade.dividend == pytest.approx(paid, rel=1e-12)  # sums of some twenty records


def test_consent_is_exactly_that_of_the_base_year_while_nothing_moves():
    shares = np.random.default_rng(5).uniform(0.01, 1.0, 1000)
    for share in shares:
        assert consent_ratio(np.ones(1), np.ones(1), base_share=share, response=0.5)[0] == 1.0


def test_consent_moves_its_odds_with_trust_times_benefit():
    ratio = consent_ratio(np.array([0.5]), np.array([0.5]), base_share=0.6, response=0.5)[0]
    share = 0.6 * ratio
    # Odds 1.5 fall by the factor 0.25 ** 0.5.
    assert share / (1 - share) == pytest.approx(0.75, abs=1e-15)
