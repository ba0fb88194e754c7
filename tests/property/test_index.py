"""Laws of composite indices."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from gongfu.core import Panel
from gongfu.core.index_tree import IndexNode, IndexTree, Indicator
from gongfu.measure.index.aggregate import (
    aggregate,
    mazziotta_pareto,
    mazziotta_pareto_slopes,
)
from gongfu.measure.index.build import build_index
from gongfu.measure.index.choices import Choices
from gongfu.measure.index.coupling import coupling_coordination
from gongfu.measure.index.normalise import normalise
from gongfu.measure.index.ranks import rank_descending
from gongfu.measure.index.weight import weigh

laws = settings(deadline=None, max_examples=30)  # building a panel takes milliseconds

NAMES = ("a", "b", "c", "d")
SHARE = st.floats(0, 1, width=32)


def scores(fewest=2):
    rows = st.integers(fewest, 8)
    return rows.flatmap(lambda n: arrays.arrays(float, (n, 4), elements=SHARE))


def weights(items=4):
    raw = arrays.arrays(float, items, elements=st.floats(0.1, 1))
    return raw.map(lambda w: w / w.sum())


def tree(bounds=((0.0, 1.0),) * 4, directions="++-+"):
    return IndexTree(
        "index",
        "指数",
        "Index",
        (IndexNode("left", "左", "left", "index"), IndexNode("right", "右", "right", "index")),
        tuple(
            Indicator(name, name, name, parent, name, "1", way, "试", "test", "nobody", ends)
            for name, parent, way, ends in zip(
                NAMES, ("left", "left", "right", "right"), directions, bounds, strict=True
            )
        ),
    )


def panel(values):
    rows = [
        (f"{i + 11}", 2011 + t, name, float(values[i, t, j]))
        for i in range(values.shape[0])
        for t in range(values.shape[1])
        for j, name in enumerate(NAMES)
    ]
    frame = pl.DataFrame(rows, ["unit", "year", "variable", "value"], orient="row")
    return Panel(frame.with_columns(evidence=pl.lit("observed"), note=pl.lit("")))


VALUES = st.tuples(st.integers(2, 5), st.integers(2, 4)).flatmap(
    lambda shape: arrays.arrays(float, (*shape, 4), elements=SHARE)
)
CHOICES = st.builds(
    Choices,
    weighting=st.sampled_from(["equal", "expert"]),
    aggregation=st.sampled_from(["arithmetic", "geometric", "mazziotta-pareto-", "topsis"]),
)


@laws
@given(VALUES, arrays.arrays(float, 4, elements=st.floats(0.01, 1000)), CHOICES)
def test_units_of_measurement_do_not_matter_under_fixed_bounds(values, factors, choices):
    scaled = tree(bounds=tuple((0.0, float(f)) for f in factors))
    before = build_index(panel(values), tree(), choices=choices).index
    after = build_index(panel(values * factors), scaled, choices=choices).index
    # a score is a quotient of rounded products: a few units in the last place
    np.testing.assert_allclose(after, before, atol=1e-12)


@laws
@given(VALUES, CHOICES)
def test_a_further_year_leaves_history_unchanged_to_the_last_bit(values, choices):
    whole = build_index(panel(values), tree(), choices=choices)
    past = build_index(panel(values[:, :-1]), tree(), choices=choices)
    assert choices.keeps_history
    np.testing.assert_array_equal(whole.index[:, :-1], past.index)


@laws
@given(VALUES, CHOICES)
def test_other_units_do_not_matter_under_fixed_bounds(values, choices):
    whole = build_index(panel(values), tree(), choices=choices)
    fewer = build_index(panel(values[:1]), tree(), choices=choices)
    np.testing.assert_array_equal(whole.index[:1], fewer.index)


@laws
@given(VALUES, CHOICES, st.integers(0, 3), st.floats(0.01, 0.5))
def test_a_better_indicator_never_lowers_the_index(values, choices, which, step):
    """With four children a node or fewer and equal weights, the published penalty too."""
    better = values.copy()
    better[..., which] += -step if NAMES[which] == "c" else step
    before = build_index(panel(values), tree(), choices=choices).index
    after = build_index(panel(better), tree(), choices=choices).index
    assert (after >= before - 1e-12).all()


@laws
@given(scores(), weights())
def test_the_penalty_keeps_the_index_between_zero_and_the_mean(rows, shares):
    mean = rows @ shares
    low, high = (mazziotta_pareto(rows, shares, sign=sign) for sign in "-+")
    assert (low <= mean + 1e-15).all()
    assert (high >= mean - 1e-15).all()
    assert (low >= -1e-15).all()


@laws
@given(arrays.arrays(float, (3, 4), elements=SHARE))
def test_four_equal_items_on_the_published_scale_are_monotone(rows):
    assert (mazziotta_pareto_slopes(rows, np.full(4, 0.25)) > 0).all()


@laws
@given(SHARE, weights())
def test_equal_scores_come_through_unchanged(score, shares):
    rows = np.full((2, 4), max(score, 0.01))
    for method in ("arithmetic", "geometric", "mazziotta-pareto-", "mazziotta-pareto+"):
        np.testing.assert_allclose(aggregate(rows, shares, method), rows[:, 0], rtol=1e-12)


@laws
@given(scores(3), weights(), st.randoms(use_true_random=False))
@pytest.mark.parametrize("method", ["arithmetic", "geometric", "mazziotta-pareto-", "promethee"])
def test_the_order_of_indicators_does_not_matter(method, rows, shares, random):
    order = random.sample(range(4), 4)
    before = aggregate(rows, shares, method)
    after = aggregate(rows[:, order], shares[order], method)
    np.testing.assert_allclose(after, before, atol=1e-13)


@laws
@given(arrays.arrays(float, (12, 4), elements=st.floats(0.05, 1), unique=True))
@pytest.mark.parametrize("method", ["standard-deviation", "entropy", "critic", "pca", "merec"])
def test_drawn_weights_follow_their_columns(method, rows):
    order = [2, 0, 3, 1]
    found = weigh(rows, method)
    # eigenvectors of near-equal eigenvalues carry the largest rounding
    np.testing.assert_allclose(weigh(rows[:, order], method), found[order], atol=1e-6)
    assert found.sum() == pytest.approx(1)


@laws
@given(arrays.arrays(float, (9, 2), elements=st.integers(-1000, 1000).map(float)))
def test_pooled_scores_ignore_the_units_of_measurement(values):
    if (np.ptp(values, axis=0) == 0).any():
        return
    for method in ("min-max", "z", "rank"):
        before = normalise(values, ["+", "-"], method)
        after = normalise(7 * values + 3, ["+", "-"], method)
        np.testing.assert_allclose(after, before, atol=1e-12)


@laws
@given(arrays.arrays(float, (6, 5), elements=SHARE))
def test_ranks_survive_a_change_of_scale(values):
    np.testing.assert_array_equal(rank_descending(values), rank_descending(4 * values))


@laws
@given(arrays.arrays(float, (6, 2), elements=st.floats(0.01, 1)))
def test_coordination_lies_between_nothing_and_the_level(systems):
    found = coupling_coordination(systems)
    assert ((found.coupling >= 0) & (found.coupling <= 1 + 1e-12)).all()
    np.testing.assert_allclose(found.coordination**2, found.coupling * found.level)
    np.testing.assert_allclose(coupling_coordination(systems[:, ::-1]).coupling, found.coupling)


@laws
@given(VALUES)
def test_leaving_out_a_weightless_indicator_changes_nothing(values):
    whole = tree()
    light = replace(
        whole,
        weighting="expert",
        aggregation="arithmetic",
        indicators=tuple(
            replace(one, weight=0.0 if one.name == "d" else 1.0) for one in whole.indicators
        ),
    )
    with_it = build_index(panel(values), light).index
    without = build_index(panel(values), light.without("d")).index
    np.testing.assert_allclose(with_it, without, atol=1e-14)
