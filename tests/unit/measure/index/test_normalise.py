from __future__ import annotations

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.measure.index.normalise import average_ranks, normalise

VALUES = np.array([[1.0, 10.0], [3.0, 30.0], [2.0, 40.0], [2.0, np.nan]])
BOTH = ["+", "-"]


def test_fixed_bounds_score_and_cut():
    scores = normalise(VALUES, BOTH, "bounds", bounds=np.array([[0.0, 2.0], [20.0, 40.0]]))
    expected = [[0.5, 1.0], [1.0, 0.5], [1.0, 0.0], [1.0, np.nan]]
    np.testing.assert_array_equal(scores, expected)


def test_min_max_uses_the_pooled_rows_and_skips_gaps():
    expected = [[0.0, 1.0], [1.0, 1 / 3], [0.5, 0.0], [0.5, np.nan]]
    np.testing.assert_allclose(normalise(VALUES, BOTH, "min-max"), expected, atol=1e-15)


def test_ranks_share_ties_and_lie_inside_the_scale():
    expected = [[0.125, 5 / 6], [0.875, 0.5], [0.5, 1 / 6], [0.5, np.nan]]
    np.testing.assert_allclose(normalise(VALUES, BOTH, "rank"), expected, atol=1e-15)


def test_z_scores_on_70_to_130_are_100_plus_10_z():
    scores = normalise(VALUES[:3, :1], ["+"], "z")
    z = (VALUES[:3, 0] - 2.0) / np.sqrt(2 / 3)
    np.testing.assert_allclose(70 + 60 * scores[:, 0], 100 + 10 * z, rtol=1e-14)


def test_score_range_stretches_the_scores():
    scores = normalise(
        np.array([[0.0], [0.5], [9.0]]),
        ["+"],
        bounds=np.array([[0.0, 1.0]]),
        score_range=(0.01, 0.99),
    )
    np.testing.assert_allclose(scores[:, 0], [0.01, 0.5, 0.99], rtol=1e-14)


def test_average_ranks_give_ties_their_mean():
    found = average_ranks(np.array([5.0, 1.0, 5.0, np.nan, 2.0]))
    np.testing.assert_array_equal(found, [3.5, 1.0, 3.5, np.nan, 2.0])


@pytest.mark.parametrize(
    ("values", "method", "bounds", "says"),
    [
        ([[1.0], [2.0]], "bounds", None, "no bounds"),
        ([[1.0], [2.0]], "bounds", [[np.nan, np.nan]], "no bounds"),
        ([[1.0], [2.0]], "bounds", [[2.0, 1.0]], "low < high"),
        ([[1.0], [1.0]], "min-max", None, "same value everywhere"),
        ([[1.0], [1.0]], "z", None, "same value everywhere"),
        ([[np.nan], [np.nan]], "rank", None, "no value at all"),
    ],
)
def test_what_cannot_be_scored_is_refused(values, method, bounds, says):
    ends = None if bounds is None else np.array(bounds)
    with pytest.raises(InputError, match=says):
        normalise(np.array(values), ["+"], method, bounds=ends)
