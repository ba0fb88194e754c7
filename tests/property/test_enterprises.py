"""Laws of competition and of data markets that hold for any firms."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from gongfu.economy.enterprises import compete, herfindahl, market_sum, trade_data
from gongfu.economy.enterprises.data_stock import access, base_stocks

RUNS = settings(deadline=None)
# Productivity from equal firms to a factor of 20 either way; theta and sigma over their ranges.
productivities = st.lists(st.floats(-3, 3), min_size=1, max_size=30)
elasticities = st.floats(1.05, 3.9)
substitutions = st.floats(4, 10)
unit = st.floats(0, 1)
SMALLEST = 1e-300  # below it numbers lose digits


def solve(log_a, weight, sigma, theta, conduct):
    return compete(
        np.asarray(log_a, dtype=float),
        np.zeros(len(log_a), dtype=int),
        np.asarray(weight, dtype=float),
        substitution=sigma,
        elasticity=np.array([theta]),
        conduct=np.array([conduct]),
    )


@RUNS
@given(productivities, substitutions, elasticities, unit)
def test_every_market_has_an_equilibrium_inside_its_bounds(log_a, sigma, theta, conduct):
    found = solve(log_a, np.ones(len(log_a)), sigma, theta, conduct)
    assert abs(found.share.sum() - 1) < 1e-12  # sums of at most thirty shares
    assert (found.share > 0).all()
    lowest, highest = sigma / (sigma - 1), theta / (theta - 1)
    slack = 1e-9  # markups near both ends are one over a small difference
    assert (found.markup >= lowest * (1 - slack)).all()
    assert (found.markup <= highest * (1 + slack)).all()
    assert lowest * (1 - slack) <= found.market_markup[0] <= highest * (1 + slack)


@RUNS
@given(productivities, substitutions, elasticities, unit)
def test_better_firms_are_larger_and_charge_more(log_a, sigma, theta, conduct):
    log_a = np.sort(log_a)
    found = solve(log_a, np.ones(len(log_a)), sigma, theta, conduct)
    assert (np.diff(found.share) >= -1e-12).all()  # rounding between equal firms
    assert (np.diff(found.markup) >= -1e-9).all()


@RUNS
@given(productivities, substitutions, elasticities, unit, st.integers(1, 6))
def test_a_weight_is_the_same_as_copies(log_a, sigma, theta, conduct, copies):
    merged = solve(log_a, np.full(len(log_a), copies), sigma, theta, conduct)
    apart = solve(np.repeat(log_a, copies), np.ones(copies * len(log_a)), sigma, theta, conduct)
    np.testing.assert_allclose(np.repeat(merged.share, copies), apart.share, rtol=1e-9)
    np.testing.assert_allclose(merged.price, apart.price, rtol=1e-12)
    np.testing.assert_allclose(merged.market_markup, apart.market_markup, rtol=1e-9)


@RUNS
@given(productivities, substitutions, elasticities, unit)
def test_competitive_conduct_lowers_every_price(log_a, sigma, theta, conduct):
    weight = np.ones(len(log_a))
    plain = solve(log_a, weight, sigma, theta, 0.0)
    strict = solve(log_a, weight, sigma, theta, conduct)
    assert strict.price[0] <= plain.price[0] * (1 + 1e-12)
    market = np.zeros(len(log_a), dtype=int)
    before, after = (herfindahl(found.share, market, weight, 1)[0] for found in (plain, strict))
    assert after >= before - 1e-12


@RUNS
@given(productivities, substitutions, elasticities, st.floats(-2, 2))
def test_only_relative_productivity_decides_shares(log_a, sigma, theta, shift):
    weight = np.ones(len(log_a))
    plain = solve(log_a, weight, sigma, theta, 0.0)
    moved = solve(np.asarray(log_a) + shift, weight, sigma, theta, 0.0)
    np.testing.assert_allclose(moved.share, plain.share, rtol=1e-9)
    np.testing.assert_allclose(moved.productivity, plain.productivity * np.exp(shift), rtol=1e-9)


@st.composite
def data_markets(draw):
    firms = draw(st.integers(1, 12))
    numbers = st.lists(st.floats(1e-3, 1e3), min_size=firms, max_size=firms)
    weight = st.lists(st.integers(1, 9), min_size=firms, max_size=firms)
    size = np.array(draw(numbers))
    weights = np.array(draw(weight), dtype=float)
    return size / (weights @ size) * weights.sum(), weights


def reach(size, weight, data, adoption, levers):
    market = np.zeros(len(size), dtype=int)
    base = base_stocks(size, size, market, weight, 1)
    sharing, public, interoperability, relevance = levers
    reached = access(
        data,
        adoption,
        market,
        weight,
        base,
        sharing=np.array([sharing]),
        public=np.array([public]),
        interoperability=np.array([interoperability]),
        relevance=relevance,
    )
    return base, reached


@RUNS
@given(data_markets(), unit, unit, st.tuples(unit, unit, unit, unit))
def test_usable_data_lie_between_own_data_and_the_pool(firms, consent, adoption, levers):
    size, weight = firms
    data = size * (0.1 + 0.9 * consent)
    base, reached = reach(size, weight, data, np.full(len(size), adoption), levers)
    pool = weight @ data + levers[1] * base.pool[0]
    assert (reached.usable >= data).all()
    assert (reached.usable <= pool * (1 + 1e-12)).all()  # rounding of the sum


@RUNS
@given(data_markets(), unit, st.tuples(unit, unit, unit, unit), st.integers(1, 5))
def test_usable_data_do_not_depend_on_how_many_records_hold_the_firms(
    firms, adoption, levers, copies
):
    size, weight = firms
    _, merged = reach(size, weight * copies, size, np.full(len(size), adoption), levers)
    split = np.repeat(size, copies)
    _, apart = reach(split, np.repeat(weight, copies), split, np.full(len(split), adoption), levers)
    np.testing.assert_allclose(np.repeat(merged.usable, copies), apart.usable, rtol=1e-12)


@RUNS
@given(data_markets(), unit, unit, st.tuples(unit, unit, unit, unit))
def test_data_payments_close(firms, adoption, dividend, levers):
    size, weight = firms
    adopted = np.full(len(size), adoption)
    base, reached = reach(size, weight, size, adopted, levers)
    market = np.zeros(len(size), dtype=int)
    trade = trade_data(
        size,
        adopted,
        size / weight.sum() / 1.2,
        reached,
        base,
        market=market,
        weight=weight,
        data_elasticity=0.06,
        dividend_share=np.array([dividend]),
    )
    paid = market_sum(weight * trade.payment, market, 1)[0]
    kept = market_sum(weight * trade.receipt, market, 1)[0]
    assert abs(paid - kept - trade.dividend[0]) <= 1e-9 * paid + SMALLEST
    assert (
        trade.receipt >= -1e-12 * paid - SMALLEST
    ).all()  # rounding where one firm pays nearly all
