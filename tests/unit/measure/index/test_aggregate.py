from __future__ import annotations

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.measure.index.aggregate import (
    aggregate,
    geometric,
    mazziotta_pareto,
    mazziotta_pareto_slopes,
)

HALVES = np.array([0.5, 0.5])
METHODS = [
    "arithmetic",
    "geometric",
    "mazziotta-pareto-",
    "mazziotta-pareto+",
    "topsis",
    "vikor",
    "promethee",
    "benefit-of-doubt",
]


def test_mazziotta_pareto_by_hand():
    """Scores .25 and .75 lie at 85 and 115: 100 - 15^2 / 100 = 97.75 on that scale."""
    found = mazziotta_pareto(np.array([[0.25, 0.75]]), HALVES)
    assert 70 + 60 * found[0] == pytest.approx(97.75, rel=1e-14)
    plain = mazziotta_pareto(np.array([[0.25, 0.75]]), HALVES, penalty_scale=(0.0, 1.0))
    assert plain[0] == pytest.approx(0.5 - 0.0625 / 0.5, rel=1e-14)


def test_the_plus_sign_adds_the_penalty():
    scores = np.array([[0.25, 0.75]])
    low, high = (mazziotta_pareto(scores, HALVES, sign=sign)[0] for sign in "-+")
    assert (low + high) / 2 == pytest.approx(0.5, rel=1e-14)
    assert low < high


def test_weighted_moments_equal_repeated_scores():
    twice = mazziotta_pareto(np.array([[0.2, 0.8, 0.8]]), np.full(3, 1 / 3))
    weighted = mazziotta_pareto(np.array([[0.2, 0.8]]), np.array([1 / 3, 2 / 3]))
    assert weighted[0] == pytest.approx(twice[0], rel=1e-14)


@pytest.mark.parametrize("scale", [(70.0, 130.0), (0.0, 1.0)])
@pytest.mark.parametrize("sign", ["-", "+"])
def test_slopes_are_the_derivative(scale, sign, rng):
    scores, weights = rng.uniform(0.2, 0.9, (4, 3)), np.array([0.5, 0.3, 0.2])
    slopes = mazziotta_pareto_slopes(scores, weights, sign=sign, penalty_scale=scale)
    for j in range(3):
        step = np.zeros(3)
        step[j] = 1e-6
        up, down = (
            mazziotta_pareto(scores + s * step, weights, sign=sign, penalty_scale=scale)
            for s in (1, -1)
        )
        # central differences of step 1e-6: error of order 1e-9
        np.testing.assert_allclose(slopes[:, j], (up - down) / 2e-6, atol=1e-8)


def test_with_three_items_on_0_to_1_a_gain_can_lower_the_index():
    """The known fault of the penalty on raw scores; on 70-130 it does not happen here."""
    scores, thirds = np.array([[0.8, 0.05, 0.05]]), np.full(3, 1 / 3)
    assert mazziotta_pareto_slopes(scores, thirds, penalty_scale=(0.0, 1.0))[0, 0] < 0
    assert mazziotta_pareto_slopes(scores, thirds)[0, 0] > 0


def test_a_zero_counts_as_one_hundredth_in_a_geometric_mean():
    assert geometric(np.array([[0.0, 0.25]]), HALVES)[0] == pytest.approx(0.05, rel=1e-14)


@pytest.mark.parametrize("method", METHODS)
def test_a_gap_has_no_index_and_changes_nobody(method, rng):
    scores = rng.uniform(0.1, 0.9, (20, 3))
    weights = np.full(3, 1 / 3)
    with_gap = np.vstack([[np.nan, 0.5, 0.5], scores])
    found = aggregate(with_gap, weights, method)
    assert np.isnan(found[0])
    np.testing.assert_array_equal(found[1:], aggregate(scores, weights, method))


@pytest.mark.parametrize("method", METHODS)
def test_the_best_in_everything_comes_first_and_the_worst_last(method, rng):
    scores = np.vstack([rng.uniform(0.2, 0.8, (20, 3)), [[0.9, 0.9, 0.9], [0.1, 0.1, 0.1]]])
    found = aggregate(scores, np.full(3, 1 / 3), method)
    assert found.argmax() == 20
    assert found.argmin() == 21


@pytest.mark.parametrize("method", METHODS)
def test_rows_that_are_all_gaps_give_gaps(method):
    assert np.isnan(aggregate(np.full((2, 2), np.nan), HALVES, method)).all()


def test_topsis_with_a_fixed_ideal_looks_at_no_other_row(rng):
    scores, weights = rng.uniform(0, 1, (10, 3)), np.full(3, 1 / 3)
    whole = aggregate(scores, weights, "topsis", ideal=(0.0, 1.0))
    np.testing.assert_array_equal(
        aggregate(scores[:4], weights, "topsis", ideal=(0.0, 1.0)), whole[:4]
    )


def test_promethee_equals_all_comparisons(rng):
    scores = rng.integers(0, 4, (15, 3)).astype(float)
    weights = np.array([0.5, 0.3, 0.2])
    beats = (scores[:, None] > scores[None]).astype(float) @ weights
    flow = (beats - beats.T).sum(axis=1) / 14
    np.testing.assert_allclose(aggregate(scores, weights, "promethee"), (1 + flow) / 2, atol=1e-15)


@pytest.mark.parametrize(
    ("method", "scores", "says"),
    [
        ("mazziotta-pareto-", [[-1.2, -1.3]], "mean above zero"),
        ("topsis", [[0.5, 0.5], [0.5, 0.5]], "varies"),
        ("benefit-of-doubt", [[-0.1, 0.5]], "zero or more"),
    ],
)
def test_scores_a_method_cannot_use_are_refused(method, scores, says):
    with pytest.raises(InputError, match=says):
        aggregate(np.array(scores), HALVES, method)
