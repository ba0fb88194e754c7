import numpy as np
import pytest

from gongfu.economy.households import (
    ZoneBlocks,
    carry,
    destinations,
    migration_flows,
    move_people,
)

PEOPLE = np.array([100.0, 200.0, 50.0, 100.0])
INCOME = np.array([50.0, 20.0, 50.0, 20.0])
STAY = np.zeros(4)


def flows(ratio_growth=1.0, net_rate=STAY):
    base = np.full(2, 2.5 / ratio_growth)
    return migration_flows(PEOPLE, INCOME, base, net_rate, rate=0.022, elasticity=1.5)


def test_villagers_move_to_the_town_of_their_province():
    expected = np.zeros((4, 4))
    expected[1, 0], expected[3, 2] = 4.4, 2.2
    assert flows() == pytest.approx(expected, rel=1e-15)


def test_a_wider_gap_draws_more_with_the_elasticity():
    # 2 to the power of 1.5.
    assert flows(2.0)[1, 0] == pytest.approx(4.4 * 2**1.5, rel=1e-15)


def test_gains_between_provinces_are_scaled_to_the_losses():
    between = flows(net_rate=np.array([0.02, -0.01, 0.02, 0.0])) - flows()
    # Two leave zone 1; zones 0 and 2 would gain 2 and 1: they get 4/3 and 2/3.
    expected = np.zeros((4, 4))
    expected[1, 0], expected[1, 2] = 4 / 3, 2 / 3
    assert between == pytest.approx(expected, abs=1e-14)


def test_where_nobody_gains_nobody_leaves():
    assert flows(net_rate=np.array([0.0, -0.01, 0.0, 0.0])) == pytest.approx(flows(), rel=1e-15)


def test_no_rate_and_no_residual_move_nobody():
    people, capital, age, blocks = villages_and_towns()
    nothing = migration_flows(
        blocks.totals(people), INCOME, np.full(2, 2.5), STAY, rate=0.0, elasticity=1.5
    )
    moves = move_people(
        people, capital, age, nothing, blocks, mover_productivity=0.7, age_effect=-0.3
    )
    assert np.array_equal(moves.people, people)


def test_the_young_leave_and_arrive_in_proportion_to_their_odds():
    people, blocks = np.array([10.0, 10.0, 100.0, 100.0]), ZoneBlocks.of(np.array([0, 0, 1, 1]))
    age, capital = np.array([30.0, 60.0, 30.0, 60.0]), np.zeros(4)
    flow = np.array([[0.0, 0.0], [4.4, 0.0]])
    moves = move_people(people, capital, age, flow, blocks, mover_productivity=0.7, age_effect=-0.3)
    odds = np.exp(0.9)
    # Thirty years at -0.3 a decade, on both sides.
    assert moves.left[2] / moves.left[3] == pytest.approx(odds, rel=1e-14)
    assert moves.arrived[0] / moves.arrived[1] == pytest.approx(odds, rel=1e-14)
    assert moves.left[2:].sum() == pytest.approx(4.4, rel=1e-14)


@pytest.mark.parametrize("productivity", [0.5, 0.7, 1.0, 1.3])
def test_newcomers_have_their_own_productivity(productivity):
    people, capital, age, blocks = villages_and_towns()
    flow = migration_flows(
        blocks.totals(people), INCOME, np.full(2, 2.5), STAY, rate=0.022, elasticity=1.5
    )
    moves = move_people(
        people, capital, age, flow, blocks, mover_productivity=productivity, age_effect=-0.3
    )
    town = np.array([True, False, True, False])
    found = blocks.means(np.exp(capital), moves.arrived)[town]
    # Newton's method stops after four steps.
    assert found == pytest.approx(
        productivity * blocks.means(np.exp(capital), people)[town], rel=1e-10
    )


def test_wealth_moves_with_its_owners():
    people, blocks = np.array([100.0, 200.0]), ZoneBlocks.of(np.array([0, 1]))
    flow = np.array([[0.0, 0.0], [50.0, 0.0]])
    moves = move_people(
        people, np.zeros(2), np.full(2, 40.0), flow, blocks, mover_productivity=0.7, age_effect=0.0
    )
    wealth = carry(np.array([9.0, 3.0]), people, moves, blocks)
    # 100 persons with 9 and 50 with 3 make 150 with 7.
    assert wealth == pytest.approx([7.0, 3.0], rel=1e-15)


def test_destinations_add_up_to_one_and_compound():
    once = destinations(np.array([[0.0, 0.0], [20.0, 0.0]]), np.array([100.0, 200.0]), years=2)
    # A tenth leaves each year.
    assert once == pytest.approx(np.array([[1.0, 0.0], [0.19, 0.81]]), abs=1e-15)


def villages_and_towns(per_zone=300):
    rng = np.random.default_rng(5)
    zone = np.repeat(np.arange(4), per_zone)
    people = rng.uniform(0.5, 2.0, len(zone))
    return (
        people,
        rng.normal(0, 0.6, len(zone)),
        rng.uniform(25, 85, len(zone)),
        ZoneBlocks.of(zone),
    )
