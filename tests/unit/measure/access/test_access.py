from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongfu.core import InputError
from gongfu.data.geography import capitals, distances
from gongfu.data.sphere import great_circle_km
from gongfu.measure.access import (
    METHODS,
    access,
    decay_weights,
    floating_catchment,
    opportunities,
    reach_by_distance,
    reach_from_table,
)

EXACT = 1e-12  # the same sums in another order
PEOPLE = np.array([120.0, 340, 80, 560, 210, 45])
CAPACITY = np.array([30.0, 12, 55, 8])
HERE, THERE = np.divmod(np.arange(24), 4)
MINUTES = ((7 * HERE**2 + 13 * THERE + 5 * HERE * THERE + 3) % 41).astype(float)
STEPS = ((10, 1.0), (20, 0.68), (30, 0.22))


@pytest.fixture
def reach():
    return reach_from_table(HERE, THERE, MINUTES, demands=6, supplies=4, catchment=30)


# PySAL access 1.1.10: two_stage_fca and three_stage_fca with a largest cost of 30 and, for steps,
# its step function with weights 1, 0.68 and 0.22 up to 10, 20 and 30
PYSAL = {
    ("2sfca", "none"): [
        0.11985223860906, 0.11985223860906, 0.014760147601476014, 0.042929161685983055,
        0.09168322452455295, 0.11985223860906,
    ],
    ("2sfca", "steps"): [
        0.09566842306354789, 0.15487296480048596, 0.020878963022567847, 0.025766174624639548,
        0.08418542929854342, 0.15743702702025208,
    ],
    ("3sfca", "steps"): [
        0.0722738916217332, 0.1692566952263631, 0.025965293695981558, 0.024435653402159287,
        0.08490243840421989, 0.11531455917010353,
    ],
}  # fmt: skip


@pytest.mark.parametrize(("method", "decay"), PYSAL)
def test_access_is_that_of_pysal(reach, method, decay):
    steps = STEPS if decay == "steps" else ()
    weight = decay_weights(reach.travel, 30, decay, steps=steps)
    found = floating_catchment(PEOPLE, CAPACITY, reach, weight, method)
    np.testing.assert_allclose(found.access, PYSAL[method, decay], rtol=EXACT)


def by_loops(method, decay):
    """The published formulas, one pair at a time."""
    weight = np.zeros((6, 4))
    for i, j, t in zip(HERE, THERE, MINUTES, strict=True):
        if t <= 30:
            weight[i, j] = decay_weights(np.array([t]), 30, decay)[0]
    out = np.zeros(6)
    for i in range(6):
        for j in range(4):
            w = weight[i, j]
            if method == "3sfca":
                choice = [weight[k] / weight[k].sum() for k in range(6)]
                crowd = sum(choice[k][j] * weight[k, j] * PEOPLE[k] for k in range(6))
                out[i] += choice[i][j] * w * CAPACITY[j] / crowd
            else:
                crowd = sum(weight[k, j] * PEOPLE[k] for k in range(6))
                out[i] += CAPACITY[j] / crowd * (w * w if method == "m2sfca" else w)
    return out


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("decay", ["none", "gaussian", "kernel"])
def test_access_is_the_formula_pair_by_pair(reach, method, decay):
    weight = decay_weights(reach.travel, 30, decay)
    found = floating_catchment(PEOPLE, CAPACITY, reach, weight, method).access
    np.testing.assert_allclose(found, by_loops(method, decay), rtol=1e-10)


# a place has nobody or a thousandth of a person: supply over 1e-311 people overflows
@given(
    people=st.lists(st.just(0.0) | st.floats(1e-3, 1e5), min_size=3, max_size=8),
    capacity=st.lists(st.floats(0, 1e3), min_size=1, max_size=5),
    seed=st.integers(0, 2**16),
    decay=st.sampled_from(["none", "gaussian", "kernel"]),
)
def test_people_times_access_is_the_supply_they_reach(people, capacity, seed, decay):
    rng = np.random.default_rng(seed)
    n, m = len(people), len(capacity)
    i, j = np.divmod(np.arange(n * m), m)
    reach = reach_from_table(i, j, rng.uniform(0, 50, n * m), demands=n, supplies=m, catchment=30)
    weight = decay_weights(reach.travel, 30, decay)
    for method in ("2sfca", "3sfca"):
        found = floating_catchment(np.array(people), np.array(capacity), reach, weight, method)
        # sums of up to 40 products
        assert found.supply_used == pytest.approx(found.supply_in_reach, rel=1e-9, abs=1e-9)
    lost = floating_catchment(np.array(people), np.array(capacity), reach, weight, "m2sfca")
    assert lost.supply_used <= lost.supply_in_reach * (1 + 1e-9) + 1e-9


@pytest.mark.parametrize("decay", ["gaussian", "kernel"])
def test_decay_falls_from_one_to_zero_at_the_catchment(decay):
    weight = decay_weights(np.linspace(0, 30, 31), 30, decay)
    assert weight[0] == pytest.approx(1)
    assert weight[-1] == pytest.approx(0, abs=EXACT)
    assert (np.diff(weight) < 0).all()


def test_steps_count_their_upper_end():
    weight = decay_weights(np.array([0.0, 10, 10.1, 30, 31]), 30, "steps", steps=STEPS)
    np.testing.assert_array_equal(weight, [1, 1, 0.68, 0.22, 0])


@pytest.mark.parametrize(
    ("decay", "steps", "words"),
    [
        ("gauss", (), "Did you mean 'gaussian'"),
        ("steps", (), "needs zones"),
        ("none", STEPS, "belong to"),
        ("steps", ((20, 1.0), (10, 0.5)), "rise to the catchment"),
        ("steps", ((10, 1.0), (30, 1.5)), "lie in 0-1"),
    ],
)
def test_decay_that_does_not_fit_is_refused(decay, steps, words):
    with pytest.raises(InputError, match=words):
        decay_weights(np.array([1.0]), 30, decay, steps=steps)


def test_nearest_and_opportunities_of_a_hand_made_case(reach):
    table = MINUTES.reshape(6, 4)
    nearest = np.where(table.min(axis=1) <= 30, table.min(axis=1), np.inf)
    np.testing.assert_array_equal(reach.nearest, nearest)
    inside = (table <= 30) @ CAPACITY
    ones = np.ones(len(reach.travel))
    np.testing.assert_allclose(opportunities(CAPACITY, reach, ones), inside)


def test_distance_from_beijing_to_shanghai_and_around_the_earth():
    seats = capitals()
    # the spherical law of cosines, another formula for the same distance
    beijing, shanghai = seats["11"], seats["31"]
    cosine = np.sin(np.radians(beijing.latitude)) * np.sin(np.radians(shanghai.latitude)) + np.cos(
        np.radians(beijing.latitude)
    ) * np.cos(np.radians(shanghai.latitude)) * np.cos(
        np.radians(beijing.longitude - shanghai.longitude)
    )
    assert distances(["11", "31"])[0, 1] == pytest.approx(6371.0088 * np.arccos(cosine), rel=1e-9)
    half = great_circle_km(np.zeros(1), np.zeros(1), np.full(1, 180.0), np.zeros(1))
    assert half[0, 0] == pytest.approx(np.pi * 6371.0088)


def test_blocks_of_distances_find_every_pair():
    rng = np.random.default_rng(4)
    here = rng.uniform(100, 102, 700), rng.uniform(29, 31, 700)
    there = rng.uniform(100, 102, 3000), rng.uniform(29, 31, 3000)
    found = reach_by_distance(here, there, 20.0)
    every = great_circle_km(*here, *there)
    left, right = np.nonzero(every <= 20.0)
    np.testing.assert_array_equal(found.demand, left)
    np.testing.assert_array_equal(found.supply, right)


@pytest.fixture
def tables():
    demand = pl.DataFrame(
        {"id": ["a", "b", "c"], "people": [100, 200, 50], "longitude": [100.0, 100.2, 103],
         "latitude": [30.0, 30, 30]}
    )  # fmt: skip
    supply = pl.DataFrame(
        {"id": ["x", "y"], "capacity": [10, 20], "longitude": [100.1, 100.3],
         "latitude": [30.0, 30]}
    )  # fmt: skip
    return demand, supply


def test_table_of_places_says_who_is_unserved(tables):
    found = access(*tables, 30)
    assert found.unit == "km"
    assert found.places["nearest"].to_list()[2] is None
    assert found.summary["unserved_share"] == pytest.approx(50 / 350)
    assert found.summary["mean_access"] == pytest.approx(30 / 350)
    assert found.summary["conservation_gap"] == pytest.approx(0, abs=EXACT)


def test_travel_times_take_the_place_of_distances(tables):
    times = pl.DataFrame({"demand": ["b", "a"], "supply": ["y", "x"], "minutes": [25.0, 5]})
    found = access(*tables, 30, times=times)
    np.testing.assert_allclose(found.places["access"], [0.1, 0.1, 0])
    assert found.places["nearest"].to_list() == [5, 25, None]


def test_problems_of_both_tables_come_at_once(tables):
    demand, supply = tables
    with pytest.raises(InputError) as caught:
        access(demand.rename({"people": "peple"}), supply.with_columns(id=pl.lit("x")), 30)
    words = str(caught.value)
    assert "no column 'people'" in words
    assert "Did you mean 'peple'" in words
    assert "stand twice" in words


def test_places_that_times_do_not_know_and_swapped_coordinates_are_refused(tables):
    demand, supply = tables
    times = pl.DataFrame({"demand": ["q"], "supply": ["x"], "minutes": [1.0]})
    with pytest.raises(InputError, match=r"row 2, column demand.*found q"):
        access(demand, supply, 30, times=times)
    swapped = demand.with_columns(longitude="latitude", latitude="longitude")
    with pytest.raises(InputError, match=r"latitudes of demand.*swapped"):
        access(swapped, supply, 30)
    twice = pl.DataFrame({"demand": ["a", "a"], "supply": ["x", "x"], "minutes": [1.0, 2]})
    with pytest.raises(InputError, match="stand more than once"):
        access(demand, supply, 30, times=twice)
    with pytest.raises(InputError, match="above zero"):
        access(demand, supply, 0)
