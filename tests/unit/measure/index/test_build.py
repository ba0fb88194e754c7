from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gongfu.core import Evidence, InputError
from gongfu.core.index_tree import IndexNode
from gongfu.measure.index.build import build_index
from gongfu.measure.index.choices import Choices
from gongfu.measure.index.impute import impute

NAMES = ["a", "b", "c"]
PARENTS = ["left", "left", "made-up"]


def test_a_tree_by_hand(make_tree, make_panel):
    """left = mean of .2 and .6; root = mean of c and left."""
    tree = make_tree(NAMES, parents=PARENTS, aggregation="arithmetic")
    built = build_index(make_panel([[[0.2, 0.6, 0.8]]], NAMES), tree)
    assert built.nodes["left"][0, 0] == pytest.approx(0.4)
    assert built.index[0, 0] == pytest.approx(0.6)
    assert built.weights == {"left": {"a": 0.5, "b": 0.5}, "made-up": {"left": 0.5, "c": 0.5}}
    assert built.global_weights() == {"a": 0.25, "b": 0.25, "c": 0.5}


def test_a_node_keeps_its_own_way(make_tree, make_panel):
    tree = make_tree(NAMES, parents=PARENTS, aggregation="arithmetic")
    tree = replace(tree, nodes=(IndexNode("left", "左", "left", "made-up", 1.0, "geometric"),))
    panel = make_panel([[[0.2, 0.8, 0.4]]], NAMES)
    built = build_index(panel, tree)
    assert built.nodes["left"][0, 0] == pytest.approx(0.4)
    other = build_index(panel, tree, choices=Choices(aggregation="mazziotta-pareto-"))
    assert other.nodes["left"][0, 0] == pytest.approx(0.4)


def test_directions_turn_scores_round(make_tree, make_panel):
    tree = make_tree(["good", "bad"], directions=["+", "-"], aggregation="arithmetic")
    built = build_index(make_panel([[[0.9, 0.1]]], ["good", "bad"]), tree)
    assert built.index[0, 0] == pytest.approx(0.9)


def test_expert_weights_are_used(make_tree, make_panel):
    tree = make_tree(["a", "b"], weights=[3.0, 1.0], weighting="expert", aggregation="arithmetic")
    built = build_index(make_panel([[[1.0, 0.0]]], ["a", "b"]), tree)
    assert built.index[0, 0] == pytest.approx(0.75)


def test_what_is_missing_stays_missing(make_tree, make_panel):
    values = [[[0.5, 0.5]], [[np.nan, 0.9]], [[0.3, 0.3]]]
    built = build_index(make_panel(values, ["a", "b"]), make_tree(["a", "b"]))
    np.testing.assert_array_equal(np.isnan(built.index[:, 0]), [False, True, False])
    np.testing.assert_array_equal(built.ranks[:, 0], [1, np.nan, 2])
    panel = built.to_panel()
    assert sorted(panel.at("made-up", 2011)) == ["11", "13"]


def test_the_panel_of_an_index_says_what_it_is(make_tree, make_panel):
    built = build_index(make_panel([[[0.2, 0.6, 0.8]]], NAMES), make_tree(NAMES, parents=PARENTS))
    panel = built.to_panel()
    assert panel.names == ["left", "made-up"]
    assert set(panel.frame["evidence"]) == {Evidence.ESTIMATED.value}
    assert "bounds, equal weights, mazziotta-pareto-" in panel.frame["note"][0]


def test_years_are_those_with_every_indicator(make_tree, make_panel):
    values = [[[0.1, 0.2], [0.3, np.nan], [0.5, 0.6]]]
    tree = make_tree(["a", "b"])
    built = build_index(make_panel(values, ["a", "b"]), tree)
    assert built.years == (2011, 2013)
    filled = build_index(
        make_panel(values, ["a", "b"]),
        replace(tree, aggregation="arithmetic"),
        years=[2011, 2012, 2013],
        choices=Choices(aggregation="arithmetic", imputation="interpolate"),
    )
    assert filled.index[0, 1] == pytest.approx((0.3 + 0.4) / 2)


def test_gaps_are_filled_inside_a_unit_and_marked(make_panel):
    panel = make_panel([[[0.1], [np.nan], [0.5]], [[0.2], [np.nan], [np.nan]]], ["a"])
    middle = impute(panel, "interpolate")
    assert middle.at("a", 2012) == {"11": pytest.approx(0.3)}
    carried = impute(panel, "carry", until=2013)
    assert carried.at("a", 2013) == {"11": 0.5, "12": 0.2}
    assert (carried.frame["evidence"] == "estimated").sum() == 3
    assert impute(panel, "none") is panel


def test_which_choices_keep_history():
    assert Choices().keeps_history
    for change in (
        {"normalisation": "min-max"},
        {"weighting": "entropy"},
        {"aggregation": "vikor"},
        {"imputation": "interpolate"},
        {"treatment": "winsorise"},
    ):
        assert not Choices(**change).keeps_history


def test_outliers_are_drawn_in_before_scores_are_made(make_tree, make_panel):
    values = np.append(np.linspace(0.0, 0.5, 30), 1.0)[:, None, None] ** 8
    tree = make_tree(["a"], normalisation="min-max", aggregation="arithmetic")
    panel = make_panel(values, ["a"])
    plain = build_index(panel, tree).index[:, 0]
    calm = build_index(panel, tree, choices=Choices("min-max", treatment="winsorise")).index[:, 0]
    assert plain[29] < 0.01
    assert calm[29] == pytest.approx(1.0)


def test_problems_name_indicator_year_and_node(make_tree, make_panel):
    panel = make_panel([[[0.1, 0.2]]], ["rural_income", "b"])
    with pytest.raises(InputError, match="Did you mean 'rural_income'"):
        build_index(panel, make_tree(["rural_incme", "b"]))
    gappy = make_panel([[[0.1, np.nan], [np.nan, 0.2]]], ["a", "b"])
    with pytest.raises(InputError, match="no year"):
        build_index(gappy, make_tree(["a", "b"]))
    with pytest.raises(InputError, match=r"made-up\.left: all columns are spread evenly"):
        build_index(
            make_panel(np.full((3, 1, 3), 0.5), NAMES),
            make_tree(NAMES, parents=PARENTS, weighting="entropy"),
        )
    built = build_index(panel, make_tree(["rural_income", "b"]))
    with pytest.raises(InputError, match="2011 to 2011"):
        built.at(2030)
