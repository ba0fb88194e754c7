"""What must be true of the economy (accounts, limits, no effect without a cause)."""

from dataclasses import replace

import numpy as np
import pytest

from gongfu.core.policy import Policy, Setting
from gongfu.data.assumption_files import load_assumptions
from gongfu.data.lever_files import load_levers
from gongfu.data.scenario_files import load_presets, preset
from gongfu.economy.results.account import effect_account
from gongfu.economy.results.measures import national_measures
from gongfu.economy.simulate import run_policy, simulate
from gongfu.economy.world import YUAN, build_world

CLOSES = 1e-9  # relative to GDP, the bar of the accounts
YEARS = tuple(range(2024, 2030))


@pytest.fixture(scope="module")
def world():
    return build_world(2023, households=6_000, enterprises=2_500, seed=1)


@pytest.fixture(scope="module")
def baseline(world):
    return run_policy(world, Policy(), YEARS)


@pytest.fixture(scope="module")
def combined(world):
    return run_policy(world, preset("combined").policy, YEARS)


def assumptions(**changes):
    known = dict(load_assumptions())
    for name, value in changes.items():
        old = known[name]
        known[name] = replace(old, value=value, low=min(old.low, value), high=max(old.high, value))
    return known


def test_income_is_spending_is_output_every_year(combined):
    for year in combined:
        m = year.markets
        gdp = m.output.sum()
        paid = m.labour_payments.sum() + m.capital_payments.sum() + m.profit.sum()
        assert paid + m.production_tax.sum() == pytest.approx(gdp, rel=CLOSES)
        assert m.spending.sum() == pytest.approx(gdp, rel=CLOSES)


def test_households_receive_what_markets_pay_through_two_named_objects(world, combined):
    wedge = world.base.wedges
    for year in combined:
        people, m = year.people.people, year.markets
        labour = world.blocks.totals(people * year.incomes.labour) * YUAN
        np.testing.assert_allclose(labour, m.labour_payments.sum((1, 2)) * wedge.labour, rtol=1e-9)
        owners = float(people @ year.incomes.owners) * YUAN
        base = world.base.payments
        ratio = year.incomes.owners_income / float((base.capital + base.profit).sum())
        before = float(world.base.zones.sources[:, 2] @ world.base.zones.people) * YUAN
        assert owners == pytest.approx(before * ratio, rel=1e-9)


@pytest.mark.parametrize("closure", ["vat", "income_tax", "reallocation", "deficit"])
def test_every_package_is_paid_for_by_every_closure(world, closure):
    policy = replace(preset("rural-digital").policy, closure=closure)
    for year in run_policy(world, policy, YEARS[:3]):
        spent = sum(float(cost.sum()) for cost in year.measures.cost.values())
        gdp = float(year.markets.output.sum())
        assert abs(year.budget.imbalance) <= CLOSES * gdp
        assert year.budget.cost >= spent > 0
        taken = float(year.people.people @ year.financed) * YUAN
        assert taken == pytest.approx(year.budget.income_tax, abs=CLOSES * gdp)


def test_people_are_conserved(world, combined):
    before = world.base.households.people.sum()
    for year in combined:
        assert year.state.people.people.sum() == pytest.approx(before, rel=1e-12)
        assert (year.state.people.people >= 0).all()


def test_no_lever_means_no_change_bit_by_bit(world, baseline):
    neutral = tuple(Setting(name, {2024: lever.neutral}) for name, lever in load_levers().items())
    again = run_policy(world, Policy(neutral), YEARS)
    for one, two in zip(baseline, again, strict=True):
        assert np.array_equal(one.people.income, two.people.income)
        assert np.array_equal(one.markets.output, two.markets.output)


@pytest.mark.parametrize("lever", list(load_levers()))
def test_a_lever_has_no_effect_before_its_date_and_some_after(world, baseline, lever):
    entry = load_levers()[lever]
    value = entry.neutral + 0.5 * (entry.high - entry.neutral)
    where = ("54-urban", "54-rural") if lever == "pairing_assistance" else ()
    reform = run_policy(world, Policy((Setting(lever, {2026: value}, where),)), YEARS)
    for one, two in zip(baseline[:2], reform[:2], strict=True):
        assert np.array_equal(one.people.income, two.people.income)
    assert not np.array_equal(baseline[-1].people.income, reform[-1].people.income)


def test_every_lever_costs_somebody_something(world):
    years = YEARS[:2]
    for name, entry in load_levers().items():
        value = entry.neutral + 0.5 * (entry.high - entry.neutral)
        where = ("54-urban", "54-rural") if name == "pairing_assistance" else ()
        last = run_policy(world, Policy((Setting(name, {2024: value}, where),)), years)[-1]
        surtax = -float(last.measures.cost["income_surtax"].sum())
        paid = last.budget.cost + sum(last.enterprise_costs.values()) + 2 * surtax
        assert paid > 0, name


def test_a_lump_sum_paid_for_by_the_same_households_leaves_the_mean(world, baseline):
    gift = Policy((Setting("equalisation", {2024: 500.0}),), closure="income_tax")
    reform = run_policy(world, gift, YEARS[:1])
    people = reform[0].people.people
    moved = float(people @ (reform[0].measures.received - reform[0].financed))
    assert abs(moved) <= CLOSES * float(people @ reform[0].people.income)
    before, after = (national_measures(world, path[0]) for path in (baseline, reform))
    # Regions that receive more than they pay buy more at home, which moves prices a little.
    assert after["mean_income"] == pytest.approx(before["mean_income"], rel=1e-3)
    assert after["gini"] < before["gini"]


def test_the_account_of_the_effect_adds_up_to_prosperity(world, baseline, combined):
    for index in ("gini", "atkinson_1"):
        account = effect_account(world, baseline[-1], combined[-1], index)
        before, after = (national_measures(world, p[-1]) for p in (baseline, combined))
        mean = np.log(after["mean_income"] / before["mean_income"])
        assert account.cake + account.household_share == pytest.approx(mean, abs=1e-12)


def test_without_digital_change_and_migration_the_gini_does_not_drift():
    still = assumptions(
        adoption_speed=0.0,
        migration_rate=0.0,
        baseline_productivity_growth=0.0,
        digital_labour_bias=0.0,
        online_adjustment_rate=0.0,
    )
    world = build_world(2023, households=20_000, enterprises=2_500, seed=1, assumptions=still)
    path = run_policy(world, Policy(), tuple(range(2024, 2039)))
    gini = [national_measures(world, year)["gini"] for year in path]
    # Half a point: capital still grows, and the draws of a finite population move it.
    assert max(gini) - min(gini) < 0.005


@pytest.mark.slow  # 20,000 households
def test_number_of_households_and_firms_moves_results_only_by_their_grain():
    found = {}
    for grain in ((5_000, 2_500), (20_000, 8_000)):
        run = simulate(preset("rural-digital"), households=grain[0], enterprises=grain[1])
        found[grain] = effect_account(run.world, run.baseline[9], run.reform[9], "gini")
    coarse, fine = found.values()
    # Paired draws: the effects, of some tenths of a per cent, agree to a few hundredths.
    assert coarse.cake == pytest.approx(fine.cake, abs=5e-4)
    assert coarse.division == pytest.approx(fine.division, abs=1e-3)


def test_the_same_seed_gives_the_same_bits(world, combined):
    again = run_policy(world, preset("combined").policy, YEARS)
    assert np.array_equal(again[-1].people.income, combined[-1].people.income)


def test_every_preset_runs_to_2035(world):
    for scenario in load_presets().values():
        years = run_policy(world, scenario.policy, scenario.years[1:])
        assert len(years) == 12
        assert all(np.isfinite(year.people.income).all() for year in years)


def test_income_tax_of_the_base_year_brings_the_published_revenue(world):
    people = world.base.households
    tax = world.tax.per_person(people.sources[:, :2].sum(1), world.worker_share)
    published = world.base.figures.nation.at("individual_income_tax_revenue", 2023)["CN"]
    assert float(people.people @ tax) * YUAN == pytest.approx(published, rel=CLOSES)


def test_before_the_schedule_of_2019_an_effective_rate_serves():
    early = build_world(2017, households=3_000, enterprises=2_500, seed=1)
    assert early.tax.schedule is None
    assert 0 < early.tax.collected < 0.1


def test_with_nothing_changed_households_earn_what_they_did(world):
    """The base year is given back by the claims: labour, property, transfers less tax."""
    people, traits, blocks = world.base.households, world.household, world.blocks
    paid = world.tax.per_person(people.sources[:, :2].sum(1), world.worker_share)
    np.testing.assert_allclose(
        traits.transfer_claim.at(people.score, blocks) - paid, people.sources[:, 3], rtol=1e-9
    )
    np.testing.assert_allclose(
        traits.property_claim.at(people.score, blocks), people.sources[:, 2], rtol=1e-9
    )
