import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.economy.base_year.age import AgeStructure, ages, elderly_by_zone, workers
from gongfu.economy.base_year.even_draws import even_draws
from gongfu.economy.base_year.household_sources import household_sources, source_tilts
from gongfu.economy.base_year.skills import (
    digital_skill,
    digital_skill_needed,
    internet_by_zone,
    online,
)
from gongfu.economy.base_year.zone_sums import solve_intercepts, zone_mean

N = 2_000
START = np.array([0, 800, N])
ZONE = np.repeat([0, 1], [800, 1_200])
UNIFORM = even_draws(N, seed=1)
PEOPLE = np.linspace(1.0, 2.0, N)
DEVIATION = np.tile(np.linspace(-1.0, 1.0, 400), 5)
STRUCTURE = AgeStructure(
    living_apart=0.6, household_share=0.8, old_age=60.0, youngest=25.0, oldest=85.0
)


def test_elderly_shares_have_the_ratio_and_the_national_mean():
    population = np.array([60.0, 40.0])
    share = elderly_by_zone(0.2, population, rural_ratio=1.5)
    assert share[1] / share[0] == pytest.approx(1.5)
    assert np.average(share, weights=population) == pytest.approx(0.2)


def test_zones_have_exactly_their_elderly_people():
    wanted = np.array([0.15, 0.25])
    age, elderly = ages(UNIFORM[0], PEOPLE, START, wanted, STRUCTURE)
    np.testing.assert_allclose(zone_mean(elderly, PEOPLE, START), wanted, rtol=1e-12)
    assert 25.0 <= age.min() < 60.0 < age.max() <= 85.0
    assert (elderly[age >= 60.0] == 0.8).all()


def test_workers_add_up_to_the_employment_rate():
    elderly = np.tile([0.0, 0.4], N // 2)
    size = np.full(N, 3.0)
    number = workers(size, elderly, employment_rate=0.5, elderly=0.2, elderly_rate=0.3)
    assert number.sum() / size.sum() == pytest.approx(0.5)
    assert number[1] < number[0]


def test_penetration_has_the_published_means_and_rises_with_income():
    income = np.array([10.0, 5.0, 20.0, 8.0])
    people = np.array([1.0, 2.0, 3.0, 4.0])
    share = internet_by_zone(np.array([0.8, 0.6]), income, people, income_slope=1.0)
    assert np.average(share[0::2], weights=people[0::2]) == pytest.approx(0.8)
    assert np.average(share[1::2], weights=people[1::2]) == pytest.approx(0.6)
    assert share[2] > share[0]
    assert share[3] > share[1]


def test_zones_have_their_people_online_and_the_young_and_rich_more_often():
    age = 25.0 + 60.0 * UNIFORM[0]
    wanted = np.array([0.8, 0.5])
    is_online = online(
        UNIFORM[1],
        log_deviation=DEVIATION,
        age=age,
        people=PEOPLE,
        start=START,
        penetration=wanted,
        income_slope=0.8,
        age_slope=0.6,
    )
    # Half a record of 800.
    np.testing.assert_allclose(zone_mean(1.0 * is_online, PEOPLE, START), wanted, atol=1.5e-3)
    assert is_online[age < 40].mean() > is_online[age > 70].mean() + 0.2
    assert is_online[DEVIATION > 0].mean() > is_online[DEVIATION < 0].mean() + 0.1


def test_needed_skill_turns_pay_into_units():
    needed = digital_skill_needed(np.array([[27.0, 80.0]]), premium=1.35)
    assert float(needed[0]) == pytest.approx(0.2)  # 27 buys 20 units at 1.35, 80 buys 80 at 1


def test_zones_supply_the_labour_by_type_that_is_paid():
    labour = PEOPLE * np.exp(DEVIATION)
    is_online = UNIFORM[1] < 0.6
    needed = np.array([0.22, 0.04])
    skill = digital_skill(
        DEVIATION, is_online, labour, START, needed, income_slope=1.0, offline_ratio=0.1
    )
    # The solver ends at 1e-12.
    np.testing.assert_allclose(zone_mean(skill, labour, START), needed, atol=1e-11)
    assert 0 < skill.min() < skill.max() < 1
    assert skill[is_online].mean() > 3 * skill[~is_online].mean()


def test_a_mean_above_what_households_can_reach_is_refused():
    ceiling = np.full(N, 0.3)
    with pytest.raises(InputError, match="zone 1 cannot have a mean of"):
        solve_intercepts(DEVIATION, PEOPLE, START, np.array([0.2, 0.4]), ceiling)


def test_sources_add_up_by_household_and_by_zone():
    income = np.exp(DEVIATION)
    mean = zone_mean(income, PEOPLE, START)
    structure = np.array([[0.6, 0.1, 0.1, 0.2], [0.4, 0.35, 0.02, 0.23]])
    tilt = source_tilts(
        DEVIATION,
        np.full(N, 0.5),
        UNIFORM[2],
        property_slope=1.5,
        transfer_slope=0.4,
        elderly_tilt=4.0,
    )
    wanted = mean[:, None] * structure
    cells = household_sources(tilt, income, PEOPLE, START, wanted)
    np.testing.assert_allclose(cells.sum(axis=1), income, rtol=1e-12)
    for k in range(4):
        # The fit ends when zones are within 1e-12.
        np.testing.assert_allclose(zone_mean(cells[:, k], PEOPLE, START), wanted[:, k], rtol=1e-11)


def test_rank_and_age_decide_which_source_a_household_lives_on():
    income = np.exp(DEVIATION)
    structure = zone_mean(income, PEOPLE, START)[:, None] * np.array([0.6, 0.1, 0.1, 0.2])
    tilt = source_tilts(
        DEVIATION,
        np.full(N, 0.5),
        UNIFORM[2],
        property_slope=1.5,
        transfer_slope=0.4,
        elderly_tilt=4.0,
    )
    part = household_sources(tilt, income, PEOPLE, START, structure) / income[:, None]
    rich, old = DEVIATION > 0.5, UNIFORM[2] > 0.5
    assert part[rich, 2].mean() > part[~rich, 2].mean()
    assert part[old, 3].mean() > 1.3 * part[~old, 3].mean()
