from __future__ import annotations

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.measure.index.coupling import (
    check_coupling,
    coupling_coordination,
    coupling_intervals,
)
from gongfu.measure.index.uncertainty import spread


def test_by_hand():
    found = coupling_coordination(np.array([[0.4, 0.9]]))
    assert found.coupling[0] == pytest.approx(0.6 / 0.65)
    assert found.level[0] == pytest.approx(0.65)
    assert found.coordination[0] == pytest.approx(np.sqrt(0.6))


def test_equal_systems_couple_fully_and_a_zero_not_at_all():
    found = coupling_coordination(np.array([[0.3, 0.3], [0.0, 0.8], [0.0, 0.0], [np.nan, 0.5]]))
    np.testing.assert_allclose(found.coupling, [1, 0, 0, np.nan], atol=1e-15)


def test_three_systems_follow_the_general_formula(rng):
    systems, shares = rng.uniform(0.1, 1, (20, 3)), np.array([0.5, 0.3, 0.2])
    found = coupling_coordination(systems, shares)
    general = (systems.prod(axis=1) / (systems.sum(axis=1) / 3) ** 3) ** (1 / 3)
    np.testing.assert_allclose(found.coupling, general, rtol=1e-12)
    np.testing.assert_allclose(found.coordination, np.sqrt(general * (systems @ shares)))


@pytest.mark.parametrize("wrong", [[[1.2, 0.5]], [[-0.1, 0.5]], [[0.5]]])
def test_outside_0_to_1_is_refused(wrong):
    with pytest.raises(InputError, match="coupling needs"):
        coupling_coordination(np.array(wrong))


def test_strangers_couple_at_96_and_are_found(rng):
    """Published benchmark of independent U(.2, .9): mean .961, 87 % above .9."""
    found = check_coupling(rng.uniform(0.2, 0.9, (1500, 2)))
    assert found.outcome == "found"
    # three decimals are known; 1,500 draws move the mean by about .001
    assert found.evidence["mean_coupling"] == pytest.approx(0.961, abs=0.003)
    assert found.evidence["mean_of_strangers"] == pytest.approx(0.961, abs=0.003)
    assert found.evidence["strangers_above_high"] == pytest.approx(0.87, abs=0.02)


def test_systems_that_go_together_over_a_wide_range_are_clean(rng):
    one = rng.uniform(0.05, 0.95, 300)
    found = check_coupling(np.stack([one, np.clip(one + 0.02 * rng.normal(size=300), 0.01, 1)], 1))
    assert found.outcome == "clean"
    assert found.evidence["gain"] > 0.02


def test_two_rows_are_not_enough():
    assert check_coupling(np.array([[0.1, 0.2], [0.3, 0.4]])).outcome == "not possible"


def test_intervals_run_over_every_pair_of_combinations(make_tree, make_panel, rng):
    names = ["a", "b"]
    spreads = [
        spread(
            make_panel(rng.uniform(0.1, 0.9, (6, 3, 2)), names),
            make_tree(names),
            2012,
            normalisations=["bounds", "rank"],
            weightings=["equal"],
        )
        for _ in range(2)
    ]
    found = coupling_intervals(spreads, level=0.9)
    one, other = (part.index.reshape(-1, 6) for part in spreads)
    ways = np.array(
        [coupling_coordination(np.stack([a, b], axis=1)).coordination for a in one for b in other]
    )
    for i, row in enumerate(found):
        assert row.median == pytest.approx(np.median(ways[:, i]))
        assert (row.low, row.high) == pytest.approx(tuple(np.quantile(ways[:, i], [0.05, 0.95])))
        stated = coupling_coordination(
            np.array([[part.stated_index[i] for part in spreads]])
        ).coordination[0]
        assert row.stated == pytest.approx(stated)


def test_indices_of_different_years_are_refused(make_tree, make_panel, rng):
    panel = make_panel(rng.uniform(0.1, 0.9, (6, 3, 2)), ["a", "b"])
    spreads = [spread(panel, make_tree(["a", "b"]), year) for year in (2011, 2012)]
    with pytest.raises(InputError, match="one year"):
        coupling_intervals(spreads)
