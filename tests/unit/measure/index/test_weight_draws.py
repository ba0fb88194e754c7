from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.measure.index.build import build_index
from gongfu.measure.index.choices import stated_choices
from gongfu.measure.index.moves import rank_moves
from gongfu.measure.index.tree import assemble, assemble_draws
from gongfu.measure.index.uncertainty import spread
from gongfu.measure.index.weight_draws import DRAWN, draw_weights


@pytest.fixture
def tree(make_tree):
    return make_tree(["a", "b", "c", "d"], parents=["first", "first", "second", "second"])


@pytest.fixture
def case(tree, make_panel, rng):
    return make_panel(rng.uniform(0.1, 0.9, (8, 4, 4)), ["a", "b", "c", "d"]), tree


def test_each_node_shares_all_of_its_weight(tree):
    for weights in draw_weights(tree, 20):
        assert set(weights) == {"first", "second", "made-up"}
        for children in weights.values():
            assert sum(children.values()) == pytest.approx(1.0, abs=1e-12)  # rounding of two sums
            assert min(children.values()) >= 0


def test_every_split_is_as_likely_as_another(tree):
    first = np.array([weights["first"]["a"] for weights in draw_weights(tree, 4_000)])
    # Uniform on 0-1: four standard errors of the mean are .018, the largest gap stays below .03.
    assert first.mean() == pytest.approx(0.5, abs=0.02)
    assert np.quantile(first, [0.1, 0.9]) == pytest.approx([0.1, 0.9], abs=0.03)


def test_more_draws_begin_with_the_same_and_a_seed_repeats_them(tree):
    assert draw_weights(tree, 5, seed=3) == draw_weights(tree, 9, seed=3)[:5]
    assert draw_weights(tree, 5, seed=3) != draw_weights(tree, 5, seed=4)


def test_a_negative_number_is_refused(tree):
    with pytest.raises(InputError, match="negative"):
        draw_weights(tree, -1)


def test_a_node_that_lost_children_shares_what_is_left(tree, rng):
    scores = rng.uniform(0.1, 0.9, (5, 4))
    (weights,) = draw_weights(tree, 1)
    left = tree.without("a")
    made = assemble(scores[:, 1:], left, stated_choices(left), weights)
    assert made.weights["first"] == {"b": 1.0}


def test_all_draws_together_count_as_one_weighting(case):
    panel, tree = case
    found = spread(panel, tree, 2014, weight_draws=40)
    assert found.factors["weighting"][:4] == ("equal", "standard-deviation", "critic", "pca")
    assert found.combinations == 4 * (4 + 40) * 4
    assert found.chances["weighting"][:4] == pytest.approx([0.2] * 4)
    assert sum(found.chances["weighting"]) == pytest.approx(1.0)


def test_intervals_weigh_combinations_by_their_chance(case):
    panel, tree = case
    found = spread(panel, tree, 2014, weight_draws=40)
    chance = np.einsum("n,w,a->nwa", *(np.array(c) for c in found.chances.values()))
    for row in found.intervals(0.9):
        ranks = found.ranks[..., found.units.index(row.unit)]
        assert chance[ranks < row.low].sum() <= 0.05 + 1e-9
        assert chance[ranks > row.high].sum() <= 0.05 + 1e-9


def test_a_cell_of_the_grid_is_the_index_with_the_drawn_weights(case):
    panel, tree = case
    found = spread(panel, tree, 2014, weight_draws=3, seed=5)
    built = build_index(panel, tree)
    weights = draw_weights(tree, 3, seed=5)[1]
    root = assemble(built.scores.reshape(-1, 4), tree, built.choices, weights).nodes["made-up"]
    cell = found.index[0, 5, 2]  # bounds, the second draw, Mazziotta-Pareto
    np.testing.assert_allclose(cell, root.reshape(8, 4)[:, 3], rtol=1e-13)  # normed once more


def test_moves_change_one_choice_at_a_time(case):
    panel, tree = case
    built = build_index(panel, tree)
    moves = {(one.choice, one.level): one for one in rank_moves(built, panel, 2014)}
    assert ("normalisation", "bounds") not in moves
    assert len(moves) == 3 + 3 + 3
    found = spread(panel, tree, 2014)
    ranks = found.ranks[0, 0, 1]  # bounds, equal weights, geometric
    moved = np.abs(ranks - found.stated)
    one = moves["aggregation", "geometric"]
    assert (one.mean, one.largest) == (moved.mean(), moved.max())
    assert moved[found.units.index(one.unit)] == moved.max()


def test_moves_under_drawn_weights_and_another_vintage(case, make_panel, rng):
    panel, tree = case
    built = build_index(panel, tree)
    moves = rank_moves(
        built, panel, 2014, normalisations=(), weightings=(), aggregations=(),
        vintages={"as stated": panel}, weight_draws=30,
    )  # fmt: skip
    assert [(one.choice, one.level) for one in moves] == [
        ("weighting", DRAWN),
        ("vintage", "as stated"),
    ]
    assert moves[0].mean > 0
    assert (moves[1].mean, moves[1].largest) == (0, 0)


@pytest.mark.parametrize("aggregation", ["geometric", "mazziotta-pareto-", "topsis", "promethee"])
@pytest.mark.parametrize("normalisation", ["bounds", "rank"])
def test_all_draws_at_once_equal_one_by_one(tree, rng, aggregation, normalisation):
    scores = rng.uniform(0.1, 0.9, (12, 4))
    scores[3, 2] = np.nan
    choices = replace(stated_choices(tree), aggregation=aggregation, normalisation=normalisation)
    draws = draw_weights(tree, 5)
    found = assemble_draws(scores, tree, choices, draws)
    for root, weights in zip(found, draws, strict=True):
        one = assemble(scores, tree, choices, weights).nodes["made-up"]
        np.testing.assert_allclose(root, one, rtol=1e-13)  # weights are normed once more
