"""Spatial and LISA Markov chains: planted neighbours' effects are found, absent ones are not."""

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.measure.dynamics.classes import relative_classes, yearly_classes
from gongfu.measure.dynamics.lisa_markov import independence_test, lisa_markov
from gongfu.measure.dynamics.markov import markov
from gongfu.measure.dynamics.spatial_markov import spatial_markov
from gongfu.measure.space import listed_weights

N = 40
RING = listed_weights([[(i - 1) % N, (i + 1) % N] for i in range(N)])


def histories(pull, years, seed, persistence=0.0):
    """Logs that go on from last year and are drawn to the neighbours' mean by ``pull``."""
    rng = np.random.default_rng(seed)
    out = np.empty((N, years))
    out[:, 0] = rng.normal(size=N)
    own = persistence * rng.normal(size=N)
    for year in range(1, years):
        last = out[:, year - 1]
        noise = 0.4 * rng.normal(size=N)
        out[:, year] = 0.9 * last + pull * (RING.lag(last) - last) + own + noise
    return np.exp(out)


def test_chains_by_neighbours_add_up_to_the_pooled_chain():
    classes = relative_classes(histories(0.3, 15, seed=1), 4)
    result = spatial_markov(classes, RING, lags=3)
    assert result.counts.shape == (3, 4, 4)
    assert np.array_equal(result.counts.sum(axis=0), markov(classes).counts)
    assert result.pooled == pytest.approx(markov(classes).probabilities, abs=1e-15)


def test_neighbours_are_classified_where_a_move_starts():
    values = np.array([[1.0, 1, 4], [2, 2, 2], [3, 3, 3], [4, 4, 1]])
    pairs = listed_weights([[1], [0], [3], [2]])
    result = spatial_markov(relative_classes(values, cutoffs=[0.9]), pairs, lag_cutoffs=[1.0])
    # means 2.5: neighbours of units 0 and 1 stand below the mean, those of 2 and 3 above it
    assert result.lag_code[:, :2].tolist() == [[0, 0], [0, 0], [1, 1], [1, 1]]
    assert result.counts.tolist() == [[[3, 1], [0, 0]], [[0, 0], [1, 3]]]


def test_planted_pull_of_neighbours_is_found_by_both_tests():
    classes = relative_classes(histories(0.5, 30, seed=2), 3)
    result = spatial_markov(classes, RING, seed=1, draws=199)
    assert result.test.pearson_p < 1e-4
    assert result.permutation.p <= 0.01


def test_without_a_pull_permutation_p_values_are_uniform_even_if_regions_keep_their_ways():
    p, by_chi_square = [], []
    for world in range(80):
        classes = relative_classes(histories(0.0, 16, world, persistence=0.2), 3)
        result = spatial_markov(classes, RING, seed=world, draws=99)
        p.append(result.permutation.p)
        by_chi_square.append(result.test.pearson_p)
    p = np.array(p)
    for level in (0.1, 0.3, 0.6):
        # four binomial errors of 80 worlds
        assert np.mean(p <= level) == pytest.approx(
            level, abs=4 * (level * (1 - level) / 80) ** 0.5
        )
    assert np.mean(np.array(by_chi_square) < 0.1) > 0.2  # the chi-square test rejects too often


def test_same_seed_same_test():
    classes = relative_classes(histories(0.2, 10, seed=3), 3)
    first, again = (spatial_markov(classes, RING, seed=9, draws=49) for _ in range(2))
    assert first.permutation == again.permutation
    assert np.array_equal(first.interval.low, again.interval.low, equal_nan=True)


def test_neighbours_can_be_given_the_classes_of_the_units():
    classes = relative_classes(histories(0.4, 10, seed=4), 4)
    result = spatial_markov(classes, RING, lag_cutoffs=classes.cutoffs)
    assert np.array_equal(result.lag_cutoffs, classes.cutoffs)
    assert "given cutoffs" in result.convention


def test_yearly_classes_give_neighbours_yearly_classes():
    result = spatial_markov(yearly_classes(histories(0.4, 10, seed=4), 4), RING, seed=1, draws=19)
    assert result.lag_cutoffs.shape == (3, 10)
    assert all(np.bincount(year).tolist() == [10] * 4 for year in result.lag_code.T)


def test_rows_never_left_are_missing_and_so_is_their_long_run():
    values = np.array([[1.0, 1, 4], [2, 2, 2], [3, 3, 3], [4, 4, 1]])
    pairs = listed_weights([[1], [0], [3], [2]])
    result = spatial_markov(relative_classes(values, cutoffs=[0.9]), pairs, lag_cutoffs=[1.0])
    assert np.isnan(result.probabilities[0, 1]).all()
    assert np.isnan(result.ergodic).all()


def test_weights_that_give_no_mean_of_neighbours_are_refused():
    classes = relative_classes(histories(0.2, 5, seed=3), 3)
    plain = listed_weights([[(i - 1) % N, (i + 1) % N] for i in range(N)], standardise=False)
    with pytest.raises(InputError, match="row-standardised"):
        spatial_markov(classes, plain)
    lists = [[(i + 1) % N] for i in range(N - 1)] + [[]]
    with pytest.raises(InputError, match=r"units \[39\]"):
        spatial_markov(classes, listed_weights(lists, islands="keep"))
    with pytest.raises(InputError, match="rising"):
        spatial_markov(classes, RING, lag_cutoffs=[1.0, 0.5])
    with pytest.raises(InputError, match="40 units; found 2"):
        spatial_markov(classes, listed_weights([[1], [0]]))


def test_lisa_quadrants_follow_own_and_neighbours_deviations():
    values = np.array([[9.0, 1], [8, 2], [1, 9], [2, 8.0]])
    pairs = listed_weights([[1], [0], [3], [2]])
    result = lisa_markov(values, pairs)
    assert result.quadrant.tolist() == [[0, 2], [0, 2], [2, 0], [2, 0]]
    assert result.counts[0, 2] == result.counts[2, 0] == 2


def test_independent_moves_of_units_and_neighbours_are_expected_as_the_product():
    own, neighbours = np.array([[0.9, 0.1], [0.3, 0.7]]), np.array([[0.8, 0.2], [0.4, 0.6]])
    is_low, low_around = [0, 1, 1, 0], [0, 0, 1, 1]
    joint = own[np.ix_(is_low, is_low)] * neighbours[np.ix_(low_around, low_around)]
    counts = 1000 * joint
    expected, statistic = independence_test(counts)
    assert expected == pytest.approx(counts, rel=1e-12)
    assert statistic == pytest.approx(0, abs=1e-9)  # squares of rounding over counts


def test_lisa_needs_a_neighbour_for_every_unit():
    with pytest.raises(InputError, match="2 units, 0 without"):
        lisa_markov(histories(0.2, 5, seed=3), listed_weights([[1], [0]]))
