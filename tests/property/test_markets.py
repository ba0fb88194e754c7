"""Laws of the market equilibrium in economies of every shape, drawn at random."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongfu.economy.markets import (
    MarketParameters,
    calibrate_base,
    labour_bill,
    no_shocks,
    solve_markets,
)
from gongfu.economy.markets.state import MarketProblem, evaluate

ROUNDING = 1e-11  # identities: linear systems of up to five regions, relative
SOLVED = 1e-8  # two solutions with log gaps of 1e-10 each; the Jacobian's inverse is below 20

common = settings(deadline=None)
seeds = st.integers(0, 2**32 - 1)


def economy(rng, regions, sectors, *, even=False, transfers=True):
    """Unequal regions; with ``even``, one markup and one tax everywhere."""
    shape = (regions, sectors)
    output = rng.lognormal(3, 0.8, shape)
    tax = np.full(shape, 0.1) if even else rng.uniform(0, 0.3, shape)
    markup = np.full(shape, 1.2) if even else rng.uniform(1, 1.6, shape)
    capital = rng.uniform(0.1, 0.6, sectors)
    payments = rng.dirichlet(np.ones(4), shape).reshape(*shape, 2, 2)
    bill = labour_bill(output, tax, markup, capital)
    payments = np.moveaxis(payments * bill[..., None, None], 2, 1)
    moved = rng.normal(0, 0.1, regions) * output.sum(1) * transfers
    return calibrate_base(
        output=output,
        production_tax=tax,
        markup=markup,
        capital_share=capital,
        labour_payments=payments.reshape(2 * regions, sectors, 2),
        home_share=rng.uniform(0, 0.8, shape),
        home_share_cap=0.8,
        net_transfers=moved - output.sum(1) * moved.sum() / output.sum(),
    )


def elasticities(rng, sectors):
    return MarketParameters(
        rng.uniform(0.5, 3), rng.uniform(0.2, 2), rng.uniform(1.5, 8, sectors), rng.uniform(1.1, 4)
    )


def shaken(base, rng):
    shape = base.output.shape
    return replace(
        no_shocks(base),
        productivity_hat=rng.lognormal(0, 0.3, shape),
        markup=rng.uniform(1, 1.6, shape),
        labour_hat=rng.lognormal(0, 0.3, base.group_income.shape),
        digital_bias=rng.normal(0, 0.2, shape),
        production_tax=rng.uniform(0, 0.3, shape),
        capital_hat=rng.lognormal(0, 0.3),
        demand_shift=rng.lognormal(0, 0.3, shape[1]),
    )


@st.composite
def worlds(draw, **options):
    rng = np.random.default_rng(draw(seeds))
    base = economy(rng, draw(st.integers(1, 5)), draw(st.integers(1, 4)), **options)
    return base, elasticities(rng, base.output.shape[1]), rng


def excess(state):
    labour = state.labour_demand - state.regional_supply
    return labour.sum() + state.capital_demand - state.capital_supply


@given(worlds())
@common
def test_value_of_excess_demand_is_zero_at_any_prices(world):
    """Walras' law."""
    base, parameters, rng = world
    problem = MarketProblem.of(base, shaken(base, rng), parameters)
    state = evaluate(problem, rng.lognormal(0, 0.5, base.type_share.shape), rng.lognormal(0, 0.5))
    assert np.abs(state.labour_gap).max() > 1e-3
    assert abs(excess(state)) < ROUNDING * state.sales.sum()
    assert state.spending.sum() == pytest.approx(state.sales.sum(), rel=ROUNDING)


@given(worlds(transfers=False), st.floats(0.1, 10))
@common
def test_doubling_all_prices_changes_no_gap(world, factor):
    base, parameters, rng = world
    problem = MarketProblem.of(base, shaken(base, rng), parameters)
    wages, rental = rng.lognormal(0, 0.5, base.type_share.shape), rng.lognormal(0, 0.5)
    once = evaluate(problem, wages, rental)
    scaled = evaluate(problem, factor * wages, factor * rental)
    # At such prices a cell may sell a millionth of what it did, known to six digits fewer.
    assert scaled.labour_gap == pytest.approx(once.labour_gap, abs=1e6 * 1e-15)
    assert scaled.deflator == pytest.approx(factor * once.deflator, rel=ROUNDING)


@given(worlds())
@common
def test_accounts_close_and_every_market_clears(world):
    base, parameters, rng = world
    shocks = shaken(base, rng)
    outcome = solve_markets(base, shocks, parameters)
    regions, sectors = base.output.shape
    labour = outcome.labour_payments.reshape(regions, 2, sectors, 2).sum((1, 3))
    income = labour + outcome.capital_payments + outcome.profit + outcome.production_tax
    assert income == pytest.approx(outcome.output, rel=ROUNDING)
    received = outcome.spending - outcome.output.sum(1)
    assert received == pytest.approx(shocks.transfers, abs=ROUNDING * outcome.output.sum())
    state = evaluate(
        MarketProblem.of(base, shocks, parameters), outcome.wage_hat, outcome.rental_hat
    )
    assert np.abs(state.labour_gap).max() <= 2e-10  # tolerance of the solver, and exp of log
    assert state.deflator == pytest.approx(1, abs=2e-10)


@given(worlds())
@common
def test_order_of_regions_does_not_matter(world):
    base, parameters, rng = world
    shocks = shaken(base, rng)
    order = rng.permutation(len(base.output))
    zones = (2 * order[:, None] + [0, 1]).ravel()
    turned = replace(
        base,
        output=base.output[order],
        production_tax=base.production_tax[order],
        markup=base.markup[order],
        labour_payments=base.labour_payments[zones],
        home_share=base.home_share[order],
        pool_share=base.pool_share[order],
        net_transfers=base.net_transfers[order],
    )
    turned_shocks = replace(
        shocks,
        productivity_hat=shocks.productivity_hat[order],
        markup=shocks.markup[order],
        labour_hat=shocks.labour_hat[zones],
        digital_bias=shocks.digital_bias[order],
        production_tax=shocks.production_tax[order],
        transfers=shocks.transfers[order],
    )
    here = solve_markets(base, shocks, parameters)
    there = solve_markets(turned, turned_shocks, parameters)
    assert there.wage_hat == pytest.approx(here.wage_hat[order], rel=SOLVED)
    assert there.real_gdp_hat == pytest.approx(here.real_gdp_hat, rel=SOLVED)


@given(worlds())
@common
def test_cutting_every_region_into_two_equal_halves_changes_nothing(world):
    base, parameters, rng = world
    shocks = shaken(base, rng)

    def halves(array, rows=1):
        blocks = array.reshape(-1, rows, *array.shape[1:])
        return np.repeat(blocks, 2, axis=0).reshape(-1, *array.shape[1:])

    cut = replace(
        base,
        output=halves(base.output) / 2,
        production_tax=halves(base.production_tax),
        markup=halves(base.markup),
        labour_payments=halves(base.labour_payments, 2) / 2,
        home_share=halves(base.home_share),
        pool_share=halves(base.pool_share) / 2,
        net_transfers=halves(base.net_transfers) / 2,
    )
    cut_shocks = replace(
        shocks,
        productivity_hat=halves(shocks.productivity_hat),
        markup=halves(shocks.markup),
        labour_hat=halves(shocks.labour_hat, 2),
        digital_bias=halves(shocks.digital_bias),
        production_tax=halves(shocks.production_tax),
        transfers=halves(shocks.transfers) / 2,
    )
    whole, parts = (solve_markets(b, s, parameters) for b, s in ((base, shocks), (cut, cut_shocks)))
    assert parts.wage_hat == pytest.approx(halves(whole.wage_hat), rel=SOLVED)
    assert parts.rental_hat == pytest.approx(whole.rental_hat, rel=SOLVED)
    assert parts.real_gdp_hat == pytest.approx(whole.real_gdp_hat, rel=SOLVED)


@given(worlds(even=True, transfers=False), st.floats(1.01, 1.5))
@common
def test_productivity_gain_in_an_even_economy_raises_gdp_near_its_sales_share(world, gain):
    """Without differences in wedges, growth is the gain times the cell's weight (Hulten)."""
    base, parameters, rng = world
    shocks = no_shocks(base)
    cell = tuple(rng.integers(0, base.output.shape))
    productivity = shocks.productivity_hat.copy()
    productivity[cell] = gain
    outcome = solve_markets(base, replace(shocks, productivity_hat=productivity), parameters)
    weight = (
        base.output[cell] / base.output.sum() + outcome.output[cell] / outcome.output.sum()
    ) / 2
    first_order = weight * np.log(gain)
    # Mean weights are exact to second order; the third is below log(gain)^2 for these elasticities.
    assert np.log(outcome.real_gdp_hat) == pytest.approx(first_order, rel=np.log(gain) ** 2 + 1e-6)


@given(worlds(even=True, transfers=False), st.floats(0.01, 0.3))
@common
def test_production_tax_on_one_cell_of_an_even_economy_never_raises_gdp(world, rise):
    base, parameters, rng = world
    tax = base.production_tax.copy()
    tax[tuple(rng.integers(0, base.output.shape))] += rise
    outcome = solve_markets(base, replace(no_shocks(base), production_tax=tax), parameters)
    assert outcome.real_gdp_hat <= 1 + SOLVED
