"""What must be true of the market equilibrium, and answers known in closed form."""

from dataclasses import fields, replace

import numpy as np
import pytest

from gongfu.core import ConvergenceError, InputError
from gongfu.data.assumption_files import load_assumptions
from gongfu.economy.markets import MarketParameters, no_shocks, solve_markets
from gongfu.economy.markets.state import MarketProblem, evaluate

SOLVED = 1e-9  # the solver stops at log gaps of 1e-10; the bar for accounts and limits is 1e-9
ROUNDING = 1e-12  # identities that hold at any residual: sums of a thousand terms, relative


def shaken(base, rng, size=1.0):
    """Shocks of the size of a decade, drawn cell by cell."""
    shape, output = base.output.shape, base.output.sum(1)
    moved = rng.normal(0, 0.05 * size, len(output)) * output
    return replace(
        no_shocks(base),
        productivity_hat=rng.lognormal(0.2, 0.2 * size, shape),
        markup=1 + (base.markup - 1) * rng.uniform(0.4, 1.8, shape),
        labour_hat=rng.lognormal(0.0, 0.25 * size, base.group_income.shape),
        digital_bias=rng.uniform(-0.2, 0.3, shape) * size,
        production_tax=rng.uniform(0.02, 0.2, shape),
        capital_hat=rng.lognormal(0.3, 0.2 * size),
        demand_shift=rng.lognormal(0, 0.15 * size, shape[1]),
        transfers=moved - output * moved.sum() / output.sum(),
    )


def hats(outcome):
    return {
        field.name: getattr(outcome, field.name)
        for field in fields(outcome)
        if field.name.endswith("_hat")
    }


@pytest.mark.parametrize("world", ["china", "pair", "single"])
def test_no_shock_gives_hats_of_exactly_one_without_an_iteration(request, world, parameters):
    base = request.getfixturevalue(world)
    sectors = base.output.shape[1]
    parameters = replace(parameters, region_substitution=parameters.region_substitution[:sectors])
    outcome = solve_markets(base, no_shocks(base), parameters)
    assert outcome.iterations == 0
    assert outcome.residual < 1e-13  # rounding in sums of 248 payments
    assert all(np.all(hat == 1.0) for hat in hats(outcome).values())
    assert (outcome.output == base.output).all()
    assert outcome.labour_payments == pytest.approx(base.labour_payments, rel=ROUNDING)


def test_uniform_productivity_gain_is_real_growth_exactly(china, parameters):
    shocks = no_shocks(china)
    shocks = replace(shocks, productivity_hat=1.1 * shocks.productivity_hat)
    # Transfers are fixed in real money; to keep them in proportion they grow as output does.
    shocks = replace(shocks, transfers=1.1 * shocks.transfers)
    outcome = solve_markets(china, shocks, parameters)
    assert outcome.real_gdp_hat == pytest.approx(1.1, rel=SOLVED)
    assert outcome.regional_real_gdp_hat == pytest.approx(1.1, rel=SOLVED)
    assert outcome.wage_hat == pytest.approx(1.1, rel=SOLVED)
    assert outcome.price_hat == pytest.approx(1.0, rel=SOLVED)
    assert outcome.output.sum() == pytest.approx(1.1 * china.output.sum(), rel=SOLVED)


def test_more_of_every_factor_is_real_growth_exactly_at_unchanged_wages(china, parameters):
    shocks = no_shocks(china)
    shocks = replace(
        shocks,
        labour_hat=1.07 * shocks.labour_hat,
        capital_hat=1.07,
        transfers=1.07 * shocks.transfers,
    )
    outcome = solve_markets(china, shocks, parameters)
    assert outcome.real_gdp_hat == pytest.approx(1.07, rel=SOLVED)
    assert outcome.wage_hat == pytest.approx(1.0, rel=SOLVED)
    assert outcome.rental_hat == pytest.approx(1.0, rel=SOLVED)


def test_symmetric_regions_stay_symmetric(build, parameters):
    base = build(
        np.tile([[10.0, 40.0, 45.0, 5.0]], (5, 1)),
        rural=[0.9, 0.3, 0.2, 0.1],
        digital=[0.05, 0.2, 0.2, 0.6],
        home=[0.4, 0.35, 0.75, 0.1],
    )
    shocks = replace(
        no_shocks(base),
        productivity_hat=np.tile([[1.1, 1.3, 0.9, 2.0]], (5, 1)),
        labour_hat=np.tile([[1.3, 0.9], [1.0, 0.7]], (5, 1)),
    )
    outcome = solve_markets(base, shocks, parameters)
    for hat in (outcome.wage_hat, outcome.output_hat, outcome.price_hat):
        assert hat == pytest.approx(np.broadcast_to(hat[0], hat.shape), rel=SOLVED)


@pytest.mark.parametrize("converged", [True, False])
def test_income_is_spending_is_output_and_transfers_cancel(china, parameters, converged):
    """Even before convergence: the accounts do not wait for the solver."""
    shocks = shaken(china, np.random.default_rng(3))
    limit = 200 if converged else 2
    outcome = solve_markets(china, shocks, parameters, limit=limit, must_converge=False)
    assert outcome.converged is converged
    labour = outcome.labour_payments.reshape(31, 2, 4, 2).sum((1, 3))
    income = labour + outcome.capital_payments + outcome.profit + outcome.production_tax
    assert income == pytest.approx(outcome.output, rel=ROUNDING)
    assert outcome.spending.sum() == pytest.approx(outcome.output.sum(), rel=ROUNDING)
    received = outcome.spending - outcome.output.sum(1)
    scale = outcome.output.sum()
    assert received / scale == pytest.approx(shocks.transfers / scale, abs=ROUNDING)
    assert abs(received.sum()) / scale < ROUNDING


def test_prices_and_quantities_agree_with_the_payments(china, parameters):
    shocks = shaken(china, np.random.default_rng(4))
    outcome = solve_markets(china, shocks, parameters)
    earned = outcome.labour_payments.sum(1)
    units = china.group_income * shocks.labour_hat * outcome.earnings_hat
    assert units == pytest.approx(earned, rel=ROUNDING)
    # Workers' own choice (E10) gives the same earnings, up to the gap the solver left.
    pull = china.sector_share * np.repeat(outcome.wage_hat**1.5, 2, axis=0)
    assert outcome.earnings_hat == pytest.approx(pull.sum(1) ** (1 / 1.5), rel=SOLVED)
    owned = china.capital_income * shocks.capital_hat * outcome.rental_hat
    assert outcome.capital_income == pytest.approx(owned, rel=SOLVED)


def test_money_is_counted_in_base_year_prices(china, parameters):
    """The numeraire: national output is base output times real growth."""
    outcome = solve_markets(china, shaken(china, np.random.default_rng(5)), parameters)
    grown = outcome.real_gdp_hat * china.output.sum()
    assert outcome.output.sum() == pytest.approx(grown, rel=SOLVED)


def test_one_region_with_one_sector_is_the_production_function(single):
    """Y = A N^(1-a) K^a, N a bundle of types with elasticity xi; premium (L_d/L_r)^(-1/xi)."""
    parameters = MarketParameters(1.8, 0.6, np.array([4.0]), 1.5)
    types = np.array([1.5, 0.9])
    shocks = replace(
        no_shocks(single),
        productivity_hat=np.array([[1.2]]),
        labour_hat=np.tile(types, (2, 1)),
        capital_hat=1.4,
    )
    outcome = solve_markets(single, shocks, parameters)
    power = 0.8 / 1.8
    bundle = (np.array([0.2, 0.8]) @ types**power) ** (1 / power)
    assert outcome.real_gdp_hat == pytest.approx(1.2 * bundle**0.65 * 1.4**0.35, rel=SOLVED)
    premium = outcome.wage_hat[0, 0, 0] / outcome.wage_hat[0, 0, 1]
    assert premium == pytest.approx((1.5 / 0.9) ** (-1 / 1.8), rel=SOLVED)


def test_with_fixed_budget_shares_a_sector_gains_no_labour_from_its_own_productivity(build):
    """Cobb-Douglas demand and one wedge: prices fall by the gain, and nobody moves."""
    base = build([[50.0, 50.0]], rural=[0.4, 0.4], digital=[0.2, 0.2], home=0.3)
    parameters = MarketParameters(1.8, 1.0, np.array([4.0, 4.0]), 1.5)
    shocks = replace(no_shocks(base), productivity_hat=np.array([[1.0, 1.5]]))
    outcome = solve_markets(base, shocks, parameters)
    assert outcome.output_hat[0, 0] == pytest.approx(outcome.output_hat[0, 1], rel=SOLVED)
    assert outcome.quantity_hat == pytest.approx(np.array([[1.0, 1.5]]), rel=SOLVED)


def test_farm_productivity_lowers_farm_income_when_food_is_inelastic(china, parameters):
    gain = np.ones_like(china.output)
    gain[:, 0] = 1.2
    outcome = solve_markets(china, replace(no_shocks(china), productivity_hat=gain), parameters)
    assert outcome.labour_payments[:, 0].sum() < china.labour_payments[:, 0].sum()
    assert outcome.real_gdp_hat > 1


def test_digital_premium_falls_with_digital_labour_and_rises_with_the_bias(china, parameters):
    calm = no_shocks(china)
    skilled = replace(calm, labour_hat=calm.labour_hat * [1.2, 1.0])
    biased = replace(calm, digital_bias=calm.digital_bias + 0.1)

    def premium(shocks):
        earnings = solve_markets(china, shocks, parameters).earnings_hat
        return earnings[:, 0] / earnings[:, 1]

    assert (premium(skilled) < 1).all()
    assert (premium(biased) > 1).all()


def transfer(base):
    shocks = no_shocks(base)
    moved = np.zeros_like(shocks.transfers)
    moved[0], moved[1] = -2.0, 2.0
    return replace(shocks, transfers=shocks.transfers + moved)


def test_transfer_raises_wages_where_it_is_spent(pair, pair_parameters):
    outcome = solve_markets(pair, transfer(pair), pair_parameters)
    assert (outcome.wage_hat[0] < 1).all()
    assert (outcome.wage_hat[1] > 1).all()


def test_without_home_shares_a_transfer_moves_spending_only(build, pair_parameters):
    base = build([[30.0, 90.0], [40.0, 25.0]], rural=[0.7, 0.2], digital=[0.1, 0.3], home=0.0)
    outcome = solve_markets(base, transfer(base), pair_parameters)
    assert outcome.wage_hat == pytest.approx(1.0, rel=SOLVED)
    assert outcome.spending - base.spending == pytest.approx([-2, 2], rel=SOLVED)


def test_equal_rise_of_all_production_taxes_changes_incomes_but_no_quantity(build, parameters):
    base = build(
        [[10.0, 40.0, 45.0, 5.0], [20.0, 30.0, 35.0, 1.0]],
        rural=[0.9, 0.3, 0.2, 0.1],
        digital=[0.05, 0.2, 0.2, 0.6],
        home=[0.4, 0.35, 0.75, 0.1],
        markup=[1.05, 1.2, 1.15, 1.3],
    )
    shocks = replace(no_shocks(base), production_tax=base.production_tax + 0.05)
    outcome = solve_markets(base, shocks, parameters)
    assert outcome.quantity_hat == pytest.approx(1.0, rel=SOLVED)
    assert outcome.wage_hat == pytest.approx(0.85 / 0.9, rel=SOLVED)
    assert outcome.production_tax.sum() == pytest.approx(0.15 * base.output.sum(), rel=SOLVED)


@pytest.mark.parametrize("cell", [(0, 0), (0, 1), (1, 0), (1, 1)])
@pytest.mark.parametrize("rise", [0.02, 0.2])
def test_production_tax_on_one_cell_of_an_even_economy_lowers_gdp(
    build, pair_parameters, cell, rise
):
    base = build([[30.0, 90.0], [40.0, 25.0]], rural=[0.7, 0.2], digital=[0.1, 0.3], home=0.3)
    tax = base.production_tax.copy()
    tax[cell] += rise
    outcome = solve_markets(base, replace(no_shocks(base), production_tax=tax), pair_parameters)
    assert outcome.real_gdp_hat < 1
    assert outcome.quantity_hat[cell] < 1


@pytest.mark.slow  # 200 equilibria
def test_two_hundred_random_years_are_solved_in_fewer_than_eighty_iterations(china, parameters):
    rng = np.random.default_rng(20)
    outcomes = [solve_markets(china, shaken(china, rng), parameters) for _ in range(200)]
    assert all(outcome.converged for outcome in outcomes)
    assert max(outcome.residual for outcome in outcomes) <= 1e-10
    assert max(outcome.iterations for outcome in outcomes) < 80


def test_random_years_are_solved_at_random_corners_of_the_assumptions(china):
    rng = np.random.default_rng(21)
    for _ in range(40):
        values = {
            name: rng.choice([assumed.low, assumed.high])
            for name, assumed in load_assumptions().items()
        }
        parameters = MarketParameters.from_values(values)
        outcome = solve_markets(china, shaken(china, rng), parameters)
        assert outcome.iterations < 80


def test_same_input_gives_the_same_bits(china, parameters):
    shocks = shaken(china, np.random.default_rng(6))
    first, second = (solve_markets(china, shocks, parameters) for _ in range(2))
    assert all(np.all(hat == hats(second)[name]) for name, hat in hats(first).items())


def test_type_that_works_nowhere_is_left_alone(build, pair_parameters):
    base = build([[30.0, 90.0], [40.0, 25.0]], rural=[1.0, 0.2], digital=[0.0, 0.3], home=0.3)
    shocks = replace(no_shocks(base), productivity_hat=np.array([[1.2, 1.0], [0.9, 1.1]]))
    outcome = solve_markets(base, shocks, pair_parameters)
    assert (outcome.wage_hat[:, 0, 0] == 1).all()
    assert (outcome.labour_payments[:, 0, 0] == 0).all()
    assert np.isfinite(outcome.earnings_hat).all()


def test_missed_tolerance_raises_and_says_what_to_change(china, parameters):
    shocks = shaken(china, np.random.default_rng(7))
    with pytest.raises(
        ConvergenceError, match=r"largest gap is .* after 3 iterations.*Raise limit"
    ):
        solve_markets(china, shocks, parameters, limit=3)


def test_transfers_that_only_the_start_cannot_pay_are_paid_in_the_end(build, pair_parameters):
    """At base-year wages a region of tripled costs sells next to nothing; its wages then fall."""
    base = build([[60.0, 60.0], [60.0, 60.0]], rural=0.3, digital=0.2, home=0.1)
    parameters = replace(pair_parameters, region_substitution=np.array([8.0, 8.0]))
    shocks = replace(
        no_shocks(base),
        productivity_hat=np.array([[1.0, 1.0], [0.33, 0.33]]),
        transfers=np.array([12.0, -12.0]),
    )
    start = evaluate(MarketProblem.of(base, shocks, parameters), np.ones((2, 2, 2)), 1.0)
    assert start.transfers_paid < 1
    outcome = solve_markets(base, shocks, parameters)
    assert outcome.spending - outcome.output.sum(1) == pytest.approx([12, -12], rel=SOLVED)


def test_elasticities_of_another_number_of_sectors_are_refused(pair, parameters):
    with pytest.raises(InputError, match=r"wrong number of sectors.*expected 2.*found 4"):
        solve_markets(pair, no_shocks(pair), parameters)


def test_transfers_beyond_output_raise_and_name_the_region(pair, pair_parameters):
    shocks = replace(no_shocks(pair), transfers=np.array([80.0, -80.0]))
    with pytest.raises(ConvergenceError, match="region 1 cannot pay the net transfers"):
        solve_markets(pair, shocks, pair_parameters)
