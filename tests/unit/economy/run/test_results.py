from typing import get_args

import numpy as np
import pytest

from gongfu.core.policy import Closure
from gongfu.data import load_zones
from gongfu.data.central_shares import load_central_shares
from gongfu.data.lever_files import load_levers
from gongfu.data.scenario_files import preset
from gongfu.economy.parameter_draws import draw_assumptions
from gongfu.economy.results.budgets import budget_lines
from gongfu.economy.results.distribution import distribution
from gongfu.economy.results.effects import EFFECTS, effect_rows
from gongfu.economy.results.groups import CLASSES, group_effects
from gongfu.economy.results.lorenz import lorenz_effects
from gongfu.economy.results.measures import NATIONAL, national_measures, outcomes
from gongfu.economy.results.yearbook import province_yearbook, zone_yearbook
from gongfu.economy.simulate import simulate
from gongfu.measure.table import inequality


@pytest.fixture(scope="module")
def runs():
    scenario = preset("rural-digital")
    return [
        simulate(scenario, households=4_000, enterprises=2_500, assumptions=drawn)
        for drawn in draw_assumptions(2, seed=7)
    ]


def test_effects_have_a_range_only_with_draws(runs):
    (last, *_), alone = effect_rows(runs)[::-1], effect_rows(runs[:1])[-1]
    assert set(EFFECTS) < set(last)
    assert all(last[name]["low"] <= last[name]["high"] for name in EFFECTS)
    assert alone["cake"]["low"] is None
    assert alone["cake"]["value"] == last["cake"]["value"]


def test_account_terms_add_up_in_every_year(runs):
    for row in effect_rows(runs):
        terms = sum(row[name]["value"] for name in ("cake", "household_share", "division"))
        assert row["prosperity"]["value"] == pytest.approx(terms, abs=1e-12)


def test_outcomes_pair_by_draw(runs):
    found = outcomes(runs)
    effect = found.scenario("rural-digital") - found.scenario("baseline")
    assert effect.values.shape == (1, 3, 12, 1, len(NATIONAL))
    world, position = runs[1].world, 3
    by_hand = (
        national_measures(world, runs[1].reform[position])["gdp"]
        - national_measures(world, runs[1].baseline[position])["gdp"]
    )
    assert effect.measure("gdp")[0, 1, position, 0] == pytest.approx(by_hand, rel=1e-12)


def test_groups_cover_everybody_once_and_classes_add_to_one(runs):
    effects = group_effects(runs, 9)
    everybody = next(e for e in effects if e.dimension == "all")
    for dimension in ("area", "fifth", "age", "skill"):
        parts = [e for e in effects if e.dimension == dimension]
        assert sum(e.people for e in parts) == pytest.approx(everybody.people)
        money = sum(e.people * e.mean_change for e in parts)
        assert money == pytest.approx(everybody.people * everybody.mean_change)
    for effect in effects:
        assert len(effect.shares) == len(CLASSES)
        assert sum(effect.shares) == pytest.approx(1)


def test_verdict_follows_the_range(runs):
    for effect in group_effects(runs, 9):
        expected = "gains" if effect.low > 0 else "loses" if effect.high < 0 else "cannot tell"
        assert effect.verdict == expected
    assert {e.verdict for e in group_effects(runs[:1], 9)} == {"cannot tell"}


def test_the_rural_package_gains_most_in_the_countryside(runs):
    by_group = {(e.dimension, e.group): e for e in group_effects(runs, 9)}
    assert by_group["area", "rural"].percent > by_group["area", "urban"].percent


def test_shares_of_the_poorest_are_those_of_the_simulated_people(runs):
    found = lorenz_effects(runs, 9, ranks=(0.4, 1.0))
    people = runs[0].reform[9].people
    order = np.argsort(people.income)
    held = np.cumsum((people.people * people.income)[order])
    poorest = np.cumsum(people.people[order]) <= 0.4 * people.people.sum()
    # The household on the border counts in part: one of 4,000 holds less than 1e-3 of income.
    assert found[0].reform == pytest.approx(held[poorest][-1] / held[-1], abs=1e-3)
    assert found[1].difference == pytest.approx(0.0, abs=1e-9)  # all people hold all income
    assert found[0].low < found[0].difference < found[0].high
    assert lorenz_effects(runs[:1], 9)[0].low is None


def test_the_same_measure_reads_real_and_simulated_yearbooks(runs):
    simulated = zone_yearbook(runs[0].world, runs[0].baseline)
    for panel, year, tag in ((load_zones(), 2023, "observed"), (simulated, 2030, "simulated")):
        frame = panel.wide("income_pc", "population").filter(year=year)
        found = inequality(frame, "income_pc", weight="population", population=True)
        assert 0.15 < found["gini"].value < 0.35
        assert set(panel.frame["evidence"]) == {tag}


def test_yearbooks_add_up_to_the_nation(runs):
    simulation = runs[0]
    panel = province_yearbook(simulation.world, simulation.reform)
    year = simulation.reform[-1]
    assert sum(panel.at("gdp", 2035).values()) == pytest.approx(year.markets.output.sum())
    assert sum(panel.at("population", 2035).values()) == pytest.approx(year.people.people.sum())


def test_draws_stay_inside_their_ranges_and_start_at_the_centre():
    central, *drawn = draw_assumptions(40, seed=1)
    for name, assumption in central.items():
        values = np.array([draw[name].value for draw in drawn])
        assert (values >= assumption.low - 1e-12).all()
        assert (values <= assumption.high + 1e-12).all()
    moving = [n for n in central if len({d[n].value for d in drawn}) > 1]
    assert len(moving) > 60
    assert list(draw_assumptions(0, seed=1)) == [central]


def test_distribution_covers_everybody_and_all_income_in_every_dimension(runs):
    world, year = runs[0].world, runs[0].reform[-1]
    bands = distribution(world, year)
    for dimension, parts in (("decile", 10), ("zone", 62), ("age", 2), ("skill", 5)):
        found = [band for band in bands if band.dimension == dimension]
        assert len(found) == parts
        assert sum(band.income_share for band in found) == pytest.approx(1)
        assert sum(band.people for band in found) == pytest.approx(year.people.people.sum())
    deciles = [band.mean_income for band in bands if band.dimension == "decile"]
    assert deciles == sorted(deciles)
    rows = zone_yearbook(world, [year]).frame.filter(variable="income_pc")
    published = dict(zip(rows["unit"], rows["value"], strict=True))
    zones = {band.group: band.mean_income for band in bands if band.dimension == "zone"}
    assert zones == pytest.approx(published, rel=1e-12)


def test_what_a_package_spends_is_what_somebody_pays(runs):
    for year in runs[0].reform:
        lines = budget_lines(year)
        spent, financed = (
            sum(line.amount for line in lines if line.side == side)
            for side in ("spent", "financed")
        )
        assert spent == pytest.approx(financed, rel=1e-9)
        assert spent > 0
    assert budget_lines(runs[0].baseline[-1]) == []


def test_every_public_lever_and_closure_has_a_central_share():
    public = {name for name, lever in load_levers().items() if lever.payer == "government"}
    closures = set(get_args(Closure))
    found = load_central_shares()
    assert set(found) == public | closures
    assert all(0 <= entry.share <= 1 and entry.source for entry in found.values())


def test_a_few_digital_firms_hold_more_of_their_market_than_regional_ones(runs):
    found = national_measures(runs[0].world, runs[0].baseline[0])
    assert 0 < found["hhi_regional"] < found["hhi_digital"] < found["cr4_digital"] < 1
    assert found["hhi_digital"] >= found["cr4_digital"] ** 2 / 4
