from __future__ import annotations

import numpy as np

from gongfu.measure.index.ranks import rank_descending


def test_the_highest_is_first_and_ties_share_the_better_rank():
    found = rank_descending(np.array([0.2, 0.9, 0.5, 0.5, 0.1]))
    np.testing.assert_array_equal(found, [4, 1, 2, 2, 5])


def test_each_year_is_ranked_by_itself_and_gaps_count_for_nobody():
    values = np.array([[1.0, 5.0], [np.nan, 9.0], [3.0, 7.0]])
    np.testing.assert_array_equal(rank_descending(values), [[2, 3], [np.nan, 1], [1, 2]])


def test_ranks_equal_one_plus_the_number_that_are_better(rng):
    values = rng.integers(0, 6, (12, 7)).astype(float)
    better = (values[None] > values[:, None]).sum(axis=1)
    np.testing.assert_array_equal(rank_descending(values), better + 1)
