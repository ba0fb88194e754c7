from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.measure.index.build import build_index
from gongfu.measure.index.choices import Choices
from gongfu.measure.index.uncertainty import AGGREGATIONS, NORMALISATIONS, WEIGHTINGS, spread

NAMES = ["a", "b", "c", "d"]
PARENTS = ["left", "left", "right", "right"]


@pytest.fixture
def case(make_tree, make_panel, rng):
    values = rng.uniform(0.1, 0.9, (8, 4, 4))
    return make_panel(values, NAMES), make_tree(NAMES, parents=PARENTS)


def test_each_cell_of_the_grid_is_the_index_built_that_way(case):
    panel, tree = case
    found = spread(panel, tree, 2013)
    assert found.combinations == 64
    for n, normalisation in enumerate(NORMALISATIONS):
        for w, weighting in enumerate(WEIGHTINGS):
            for a, aggregation in enumerate(AGGREGATIONS):
                built = build_index(
                    panel, tree, choices=Choices(normalisation, weighting, aggregation)
                )
                np.testing.assert_array_equal(found.index[n, w, a], built.index[:, 2])
                np.testing.assert_array_equal(found.ranks[n, w, a], built.ranks[:, 2])


def test_leaving_out_equals_a_tree_without_the_indicator(case):
    panel, tree = case
    found = spread(panel, tree, 2011, leave_one_out=True, weightings=["equal"])
    levels = found.factors["left out"]
    assert levels == ("none", *NAMES)
    place = levels.index("c")
    smaller = build_index(panel, tree.without("c"), choices=Choices(aggregation="arithmetic"))
    np.testing.assert_allclose(found.index[0, 0, place], smaller.index[:, 0], rtol=1e-14)


def test_factors_with_one_level_are_no_factors(case):
    panel, tree = case
    found = spread(panel, tree, 2011, weightings=["equal"], aggregations=["arithmetic"])
    assert list(found.factors) == ["normalisation"]
    assert found.index.shape == (4, 8)


def test_intervals_hold_their_share_of_the_combinations(case):
    panel, tree = case
    found = spread(panel, tree, 2013)
    ranks = found.ranks.reshape(-1, 8)
    for row in found.intervals(0.9):
        own = ranks[:, found.units.index(row.unit)]
        assert np.mean((own >= row.low) & (own <= row.high)) >= 0.9
        assert row.best == own.min() <= row.low <= row.median <= row.high <= row.worst == own.max()
    assert [row.stated for row in found.intervals()] == sorted(found.stated)


def test_a_unit_that_leads_in_everything_has_no_interval(make_tree, make_panel, rng):
    values = rng.uniform(0.2, 0.6, (8, 3, 4))
    values[4] = 0.9
    found = spread(make_panel(values, NAMES), make_tree(NAMES, parents=PARENTS), 2012)
    first = found.intervals()[0]
    assert (first.unit, first.best, first.worst) == ("15", 1.0, 1.0)
    assert found.shares("15")["weighting"].total == 0.0


def test_a_vintage_is_one_more_factor(case, make_panel):
    panel, tree = case
    revised = panel.frame.with_columns(panel.frame["value"] * 0.9)
    other = type(panel)(revised, panel.variables)
    found = spread(panel, tree, 2013, vintages={"revised": other})
    assert found.factors["vintage"] == ("stated", "revised")
    again = spread(other, tree, 2013)
    np.testing.assert_array_equal(found.index[..., 1, :], again.index)


def test_a_unit_without_an_index_is_left_out_of_all(make_tree, make_panel, rng):
    values = rng.uniform(0.1, 0.9, (6, 2, 4))
    values[2, 1, 0] = np.nan
    panel, tree = make_panel(values, NAMES), make_tree(NAMES, parents=PARENTS)
    found = spread(panel, tree, 2012)
    assert found.left_out == ("13",)
    assert found.ranks.max() <= 5


def test_what_cannot_be_built_is_said(case, make_panel):
    panel, tree = case
    unbound = replace(tree, indicators=tuple(replace(i, bounds=None) for i in tree.indicators))
    with pytest.raises(InputError, match="no bounds"):
        spread(panel, unbound, 2013)
    fewer = type(panel)(panel.frame.filter(panel.frame["unit"] != "11"), panel.variables)
    with pytest.raises(InputError, match="other units"):
        spread(panel, tree, 2013, vintages={"short": fewer})
