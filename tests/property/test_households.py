"""Laws of any population: nobody and no yuan is lost, a split record changes nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongfu.economy.draws import Stream, uniform
from gongfu.economy.households import (
    Jobs,
    ZoneBlocks,
    carry,
    displace,
    donations,
    labour_income,
    labour_units,
    migration_flows,
    move_people,
    online_intercepts,
    online_propensity,
    rank_income,
    receive_donations,
    resize,
)

CLOSE = 1e-12  # the stated closure of people and money; a few hundred roundings
RULES = {"mover_productivity": 0.7, "age_effect": -0.3}
populations = st.tuples(st.integers(1, 3), st.integers(2, 30), st.integers(0, 2**32 - 1))
rates = st.floats(0.0, 0.9)


@settings(deadline=None)
@given(populations, rates, st.floats(-0.3, 0.3))
def test_moves_conserve_people_and_their_money(population, rate, residual):
    people, capital, age, blocks = households(population)
    moves = a_year_of_moves(people, capital, age, blocks, rate=rate, residual=residual)
    assert moves.people.sum() == pytest.approx(people.sum(), rel=CLOSE)
    assert moves.people.min() >= -CLOSE
    wealth = np.exp(capital)
    after = carry(wealth, people, moves, blocks)
    assert moves.people @ after == pytest.approx(people @ wealth, rel=CLOSE)


@settings(deadline=None)
@given(populations, rates)
def test_what_leaves_a_zone_and_what_arrives_are_the_flows(population, rate):
    people, capital, age, blocks = households(population)
    moves = a_year_of_moves(people, capital, age, blocks, rate=rate, residual=0.01)
    scale = people.sum()
    assert blocks.totals(moves.left) == pytest.approx(moves.flows.sum(axis=1), abs=CLOSE * scale)
    assert blocks.totals(moves.arrived) == pytest.approx(moves.flows.sum(axis=0), abs=CLOSE * scale)


@settings(deadline=None)
@given(populations)
def test_incomes_add_up_to_what_was_paid(population):
    people, capital, age, blocks = households(population)
    skill, per_person = age / 100.0, 0.3 + 0.001 * age
    units = labour_units(capital, skill, people * per_person, blocks)
    payments = 1e4 * (1.0 + units)
    income = labour_income(capital, skill, per_person, payments / units, blocks)
    assert blocks.totals(people * income) == pytest.approx(payments.sum(axis=1), rel=CLOSE)
    property_income = rank_income(payments[:, 0], capital, age, people, blocks, elasticity=1.5)
    assert blocks.totals(people * property_income) == pytest.approx(payments[:, 0], rel=CLOSE)


@settings(deadline=None)
@given(populations, st.floats(0.0, 0.5), st.floats(0.0, 3.0))
def test_what_is_given_is_received(population, rate, line):
    people, capital, _, _ = households(population)
    income = np.exp(capital)
    pool = people @ donations(income, rate=rate)
    assert people @ receive_donations(pool, income, people, line=line) == pytest.approx(
        pool, rel=CLOSE
    )


@settings(deadline=None)
@given(populations, st.floats(-1.0, 1.0))
def test_resizing_households_conserves_the_persons_of_each_zone(population, elasticity):
    people, capital, age, blocks = households(population)
    size = 1.0 + age / 30.0
    after = resize(size, people, capital, blocks, elasticity=elasticity)
    assert blocks.totals(people * after) == pytest.approx(blocks.totals(people * size), rel=CLOSE)


@settings(deadline=None)
@given(populations, st.floats(0.0, 1.0), st.integers(1, 20))
def test_displaced_labour_and_scars_stay_shares(population, growth, years):
    people, _, age, blocks = households(population)
    units, jobs = np.arange(len(people)), Jobs(np.zeros(len(people)), np.zeros(len(people)))
    zones = len(blocks.starts)
    for year in range(years):
        jobs = displace(
            jobs,
            skill=age / 100.0,
            workers=age / 20.0,
            growth=np.full(zones, growth),
            reference=np.zeros(zones),
            draw=uniform(population[2], 2024 + year, units, Stream.WORK),
            blocks=blocks,
            displacement_rate=1.0,
            scar_at_once=0.3,
        )
    for share in (jobs.displaced, jobs.scar):
        assert share.min() >= 0
        assert share.max() <= 1


@settings(deadline=None)
@given(populations, st.floats(0.02, 0.98))
def test_any_published_share_is_reproduced(population, share):
    people, capital, age, blocks = households(population)
    target = np.full(len(blocks.starts), share)
    intercept = online_intercepts(2.0 * capital - 0.07 * age, target, people, blocks)
    found = online_propensity(2.0 * capital - 0.07 * age, intercept, blocks)
    assert blocks.means(found, people) == pytest.approx(target, abs=CLOSE)


@settings(deadline=None)
@given(populations, rates)
def test_a_record_split_in_two_changes_nobodys_fate(population, rate):
    people, capital, age, blocks = households(population)
    twice = ZoneBlocks.of(np.repeat(blocks.zone, 2))
    moves = a_year_of_moves(people, capital, age, blocks, rate=rate, residual=0.01)
    halves = a_year_of_moves(
        *(np.repeat(x, 2) for x in (people / 2, capital, age)), twice, rate=rate, residual=0.01
    )
    # Newton's four steps leave more than rounding in zones of two records.
    assert halves.people.reshape(-1, 2).sum(axis=1) == pytest.approx(moves.people, rel=1e-9)


def a_year_of_moves(people, capital, age, blocks, *, rate, residual):
    zones = len(blocks.starts)
    net = residual * np.tile([1.0, -1.0], zones // 2)
    flows = migration_flows(
        blocks.totals(people),
        np.tile([5.0, 2.0], zones // 2),
        np.full(zones // 2, 2.0),
        net,
        rate=rate,
        elasticity=1.5,
    )
    return move_people(people, capital, age, flows, blocks, **RULES)


def households(population):
    regions, per_zone, seed = population
    zone = np.repeat(np.arange(2 * regions), per_zone)
    rng = np.random.default_rng(seed)
    people = rng.uniform(0.1, 10.0, len(zone))
    return (
        people,
        rng.normal(0, 0.6, len(zone)),
        rng.uniform(20, 85, len(zone)),
        ZoneBlocks.of(zone),
    )
