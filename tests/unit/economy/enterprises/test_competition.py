"""Markups and shares: closed forms, first-order conditions, another solver, refusals (E4)."""

import math
from dataclasses import replace

import numpy as np
import pytest

from gongfu.core import ConvergenceError, InputError
from gongfu.economy.enterprises import compete, herfindahl
from gongfu.economy.enterprises.competition import inverse_elasticity

SIGMA, THETA = 6.0, 1.6
ROUNDING = 1e-13  # Newton's method ends at rounding error, here of a few dozen operations


def solve(log_productivity, *, weight=None, conduct=0.0, theta=THETA, **settings):
    log_productivity = np.asarray(log_productivity, dtype=float)
    firms = len(log_productivity)
    return compete(
        log_productivity,
        np.zeros(firms, dtype=int),
        np.ones(firms) if weight is None else np.asarray(weight, dtype=float),
        substitution=SIGMA,
        elasticity=np.array([theta]),
        conduct=np.array([conduct]),
        **settings,
    )


def cournot_markup(firms):
    inverse = (1 - 1 / firms) / SIGMA + (1 / firms) / THETA
    return 1 / (1 - inverse)


@pytest.mark.parametrize("firms", [1, 2, 3, 10, 1000])
def test_equal_firms_have_the_closed_form_cournot_markup(firms):
    result = solve(np.zeros(firms))
    assert result.share == pytest.approx(np.full(firms, 1 / firms), rel=ROUNDING)
    assert result.markup == pytest.approx(np.full(firms, cournot_markup(firms)), rel=ROUNDING)
    assert result.market_markup[0] == pytest.approx(cournot_markup(firms), rel=ROUNDING)
    # P = [n mu^(1 - sigma)]^(1 / (1 - sigma)) at unit productivity.
    price = cournot_markup(firms) * firms ** (1 / (1 - SIGMA))
    assert result.price[0] == pytest.approx(price, rel=ROUNDING)


def test_one_record_of_many_equal_firms_is_the_same_market():
    assert solve([0.0], weight=[10]).market_markup[0] == pytest.approx(
        cournot_markup(10), rel=ROUNDING
    )


def test_more_equal_firms_have_lower_markups():
    markups = [solve(np.zeros(firms)).market_markup[0] for firms in (1, 2, 3, 5, 10, 100, 1000)]
    assert markups == sorted(markups, reverse=True)
    assert markups[-1] > SIGMA / (SIGMA - 1)


def test_bertrand_markup_of_two_equal_firms_by_hand():
    # Elasticity (6 + 1.6) / 2 = 3.8, so 3.8 / 2.8.
    assert solve([0.0, 0.0], conduct=1.0).markup == pytest.approx([3.8 / 2.8] * 2, rel=ROUNDING)


def nested_demand(quantity):
    """Prices of a nested CES market: substitution sigma inside, theta for the whole."""
    total = np.sum(quantity ** (1 - 1 / SIGMA)) ** (SIGMA / (SIGMA - 1))
    return quantity ** (-1 / SIGMA) * total ** (1 / SIGMA - 1 / THETA)


def test_no_firm_gains_by_another_quantity_under_cournot():
    log_a = np.array([0.3, 0.1, 0.0, -0.2])
    found = solve(log_a)
    cost = np.exp(-log_a)
    price = found.markup * cost
    index = np.sum(price ** (1 - SIGMA)) ** (1 / (1 - SIGMA))
    quantity = (price / index) ** -SIGMA * index**-THETA
    assert nested_demand(quantity) == pytest.approx(price, rel=1e-12)  # the demand is the inverse
    for firm in range(4):
        for nudge in (0.99, 1.01):
            tried = quantity.copy()
            tried[firm] *= nudge
            profit = [
                (nested_demand(point)[firm] - cost[firm]) * point[firm]
                for point in (quantity, tried)
            ]
            assert profit[0] > profit[1]


def test_no_firm_gains_by_another_price_under_bertrand():
    log_a = np.array([0.3, 0.1, 0.0, -0.2])
    cost = np.exp(-log_a)
    price = solve(log_a, conduct=1.0).markup * cost

    def profit(point, firm):
        index = np.sum(point ** (1 - SIGMA)) ** (1 / (1 - SIGMA))
        sold = (point[firm] / index) ** -SIGMA * index**-THETA
        return (point[firm] - cost[firm]) * sold

    for firm in range(4):
        for nudge in (0.99, 1.01):
            tried = price.copy()
            tried[firm] *= nudge
            assert profit(price, firm) > profit(tried, firm)


def damped_fixed_point(log_a, conduct, passes=400, damping=0.2):
    """The textbook iteration on markups."""
    markup = np.full(len(log_a), SIGMA / (SIGMA - 1))
    for _ in range(passes):
        share = (markup / np.exp(log_a)) ** (1 - SIGMA)
        share /= share.sum()
        inverse = inverse_elasticity(share, substitution=SIGMA, elasticity=THETA, conduct=conduct)
        markup = markup ** (1 - damping) * (1 / (1 - inverse)) ** damping
    return share, markup


@pytest.mark.parametrize("conduct", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("spread", [0.1, 0.28, 1.0])
def test_newton_agrees_with_the_damped_fixed_point(spread, conduct):
    log_a = np.random.default_rng(11).normal(0, spread, 30)
    share, markup = damped_fixed_point(log_a, conduct)
    found = solve(log_a, conduct=conduct)
    assert found.share == pytest.approx(share, abs=1e-12)  # 0.8 ** 400 of the first error is left
    assert found.markup == pytest.approx(markup, abs=1e-12)


def test_a_hopeless_rival_changes_nothing_and_a_giant_nears_monopoly():
    giant = solve([0.0, -30.0])
    assert giant.market_markup[0] == pytest.approx(cournot_markup(1), rel=ROUNDING)
    assert giant.share[0] == pytest.approx(1.0, abs=1e-15)


def test_markups_and_shares_do_not_depend_on_the_unit_of_productivity():
    log_a = np.array([0.4, 0.0, -0.1])
    plain, scaled = solve(log_a), solve(log_a + math.log(1.1))
    assert scaled.share == pytest.approx(plain.share, rel=ROUNDING)
    assert scaled.productivity[0] / plain.productivity[0] == pytest.approx(1.1, rel=ROUNDING)
    assert plain.price[0] / scaled.price[0] == pytest.approx(1.1, rel=ROUNDING)


def test_conduct_lowers_markups_and_prices_and_raises_concentration(economy):
    strict = replace(economy.levers, competition_conduct=np.full(103, 0.5))
    plain, reform = economy.run(1).competition, economy.run(1, levers=strict).competition
    firms = economy.base.enterprises
    assert (reform.market_markup < plain.market_markup).all()
    assert (reform.price < plain.price).all()
    assert (concentration(reform, firms) > concentration(plain, firms)).all()


def test_interoperability_lowers_markups_and_concentration(economy):
    opened = replace(economy.levers, interoperability=np.full(103, 0.3))
    plain, reform = economy.run(5).competition, economy.run(5, levers=opened).competition
    firms = economy.base.enterprises
    assert (reform.market_markup < plain.market_markup).all()
    assert (concentration(reform, firms) < concentration(plain, firms)).all()


def test_withdrawn_consent_alone_lowers_concentration_and_a_fixed_cost_raises_it(economy):
    # The sign of a privacy law needs its fixed cost: it weighs on small firms.
    costly = replace(economy.levers, compliance_cost=np.full(103, 0.01))
    firms = economy.base.enterprises
    plain = concentration(economy.run(5).competition, firms)
    assert (
        concentration(economy.run(5, consent=np.full(103, 0.8)).competition, firms) < plain
    ).all()
    assert (concentration(economy.run(5, levers=costly).competition, firms) > plain).all()


def concentration(competition, firms):
    return herfindahl(competition.share, firms.market, firms.weight, 103)


def test_digital_markets_are_as_concentrated_as_the_values_say(make_economy):
    economy = make_economy(12_000)
    firms, found = economy.base.enterprises, economy.base.competition
    # Specification: index 606 points, markup 1.24, with a range over draws of ten markets.
    assert 1e4 * concentration(found, firms)[93:].mean() == pytest.approx(606, abs=120)
    assert found.market_markup[93:].mean() == pytest.approx(1.24, abs=0.015)


@pytest.mark.parametrize("theta", [1.0, 0.5, 7.0, np.nan])
def test_a_bad_elasticity_is_refused_with_the_market_and_the_reason(theta):
    with pytest.raises(InputError, match=r"market 0 has demand elasticity .*expected more than 1"):
        solve([0.0, 0.1], theta=theta)


def test_a_productivity_that_is_not_a_number_stops_with_the_market():
    with pytest.raises(ConvergenceError, match="market 0"), np.errstate(invalid="ignore"):
        solve([0.0, np.nan])


def test_too_few_steps_stop_instead_of_returning_a_wrong_number():
    with pytest.raises(ConvergenceError, match="did not converge in 1 steps"):
        solve([0.0, 1.0, -0.5], max_iterations=1)
