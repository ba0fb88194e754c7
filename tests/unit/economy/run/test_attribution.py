import numpy as np
import pytest

from gongfu.core.policy import Policy, Scenario, Setting
from gongfu.economy.results.account import effect_account, effect_parts
from gongfu.economy.results.attribution import TERMS, attribute, players_of
from gongfu.economy.simulate import run_policy, simulate
from gongfu.economy.switches import MECHANISMS

SETTINGS = (
    Setting("rural_broadband", {2024: 0.2}),
    Setting("digital_training", {2024: 0.05}),
    Setting("data_sharing", {2024: 0.3}),
)


@pytest.fixture(scope="module")
def simulation():
    scenario = Scenario("three", "三", "Three", Policy(SETTINGS), 2023, 2026)
    return simulate(scenario, households=3_000, enterprises=2_500)


@pytest.mark.parametrize("by", ["level", "lever", "mechanism"])
def test_contributions_add_up_to_the_package_term_by_term(simulation, by):
    whole = effect_account(simulation.world, simulation.baseline[-1], simulation.reform[-1], "gini")
    shares = attribute(simulation, 2, by=by)
    for term in TERMS:
        total = sum(getattr(share, term) for share in shares.values())
        assert total == pytest.approx(getattr(whole, term), abs=1e-12)


def test_players_are_levels_or_levers():
    policy = Policy(SETTINGS)
    assert set(players_of(policy, "lever")) == {s.lever for s in SETTINGS}
    assert set(players_of(policy, "level")) == {"national", "individual", "enterprise"}


def test_python_gives_the_same_effects_in_one_call(simulation):
    import gongfu

    result = gongfu.simulate(simulation.scenario, households=3_000, enterprises=2_500)
    again = result.runs[0].reform[-1].people.income
    assert np.array_equal(again, simulation.reform[-1].people.income)
    assert result.effects[-1]["year"] == 2026
    assert len(result.groups(2026)) == 12


def test_holding_every_mechanism_of_an_empty_package_is_the_baseline(simulation):
    held = run_policy(
        simulation.world, Policy(), simulation.years, baseline=simulation.baseline, held=MECHANISMS
    )
    for one, two in zip(simulation.baseline, held, strict=True):
        assert np.array_equal(one.people.income, two.people.income)


def test_a_training_package_acts_through_skills():
    policy = Policy((Setting("digital_training", {2024: 0.1}),))
    scenario = Scenario("training", "培训", "Training", policy, 2023, 2029)
    run = simulate(scenario, households=3_000, enterprises=2_500)
    shares = attribute(run, 5, by="mechanism")
    assert max(shares, key=lambda name: shares[name].cake) == "skills"


def test_parts_of_the_effect_add_up(simulation):
    world, before, after = simulation.world, simulation.baseline[-1], simulation.reform[-1]
    for index in ("gini", "atkinson_1"):
        account = effect_account(world, before, after, index)
        parts = effect_parts(world, before, after, index)
        mean = sum(part.value for part in parts if part.term == "cake")
        assert mean == pytest.approx(account.cake + account.household_share, abs=1e-12)
        division = sum(part.value for part in parts if part.term == "division")
        assert division == pytest.approx(account.division, abs=1e-12)
