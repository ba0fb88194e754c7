"""Global and local measures by hand, by brute force over all permutations, and their refusals."""

from itertools import permutations

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.measure.space import (
    SpatialWeights,
    geary,
    getis_ord,
    listed_weights,
    local_geary,
    local_getis_ord,
    local_moran,
    moran,
)

SUMS = 1e-12  # a few dozen terms of moderate size
GLOBAL = {"moran": moran, "geary": geary, "getis_ord": getis_ord}
RING = listed_weights([[1, 4], [0, 2], [1, 3], [2, 4], [3, 0]])


def uneven_weights():
    dense = np.array(
        [
            [0.0, 1.0, 0.5, 0.0, 0.0],
            [2.0, 0.0, 0.0, 1.0, 0.0],
            [0.0, 1.0, 0.0, 0.3, 0.7],
            [0.0, 0.0, 0.0, 0.0, 1.5],
            [0.0, 0.0, 0.0, 0.0, 0.0],
        ]
    )
    return SpatialWeights.from_matrix(dense)


def test_moran_of_two_ends_of_a_line_by_hand():
    line = listed_weights([[1], [0, 2], [1, 3], [2]], standardise=False)
    # deviations -1.5 -.5 .5 1.5: 4 / 6 * 2 (.75 - .25 + .75) / 5
    assert moran([1, 2, 3, 4], line).value == pytest.approx(1 / 3, abs=1e-15)
    # 3 * 6 links of difference 1 / (2 * 6 * 5)
    assert geary([1, 2, 3, 4], line).value == pytest.approx(0.3, abs=1e-15)
    # 2 (2 + 6 + 12) over 100 - 30
    assert getis_ord([1, 2, 3, 4], line).value == pytest.approx(40 / 70, abs=1e-15)


@pytest.mark.parametrize("name", GLOBAL)
def test_mean_and_variance_are_those_of_all_permutations(name):
    measure, weights = GLOBAL[name], uneven_weights()
    x = np.array([1.0, 4.0, 2.0, 7.0, 3.5])
    drawn = np.array([measure(x[list(order)], weights).value for order in permutations(range(5))])
    result = measure(x, weights)
    assert result.expected == pytest.approx(drawn.mean(), abs=SUMS)
    assert result.randomisation.variance == pytest.approx(drawn.var(), abs=SUMS)


def test_variance_under_normality_is_that_of_simulated_values():
    z = np.random.default_rng(8).normal(size=(1500, 5))
    for measure in (moran, geary):
        drawn = [measure(row, RING).value for row in z]
        variance = measure(z[0], RING).normality.variance
        # The variance of 1,500 draws has an error of sqrt(2 / 1,500) = 3.7 %, taken four times.
        assert np.var(drawn) == pytest.approx(variance, rel=0.15)


@pytest.mark.parametrize("name", GLOBAL)
def test_permutation_test_finds_mean_and_spread_of_all_permutations(name):
    x = np.array([1.0, 4.0, 2.0, 7.0, 3.5])
    result = GLOBAL[name](x, uneven_weights(), seed=3, draws=20_000)
    deviation = result.randomisation.variance**0.5
    drawn = result.permutation
    assert drawn.mean == pytest.approx(result.expected, abs=4 * deviation / 20_000**0.5)
    assert drawn.deviation == pytest.approx(deviation, rel=0.03)  # four errors of a deviation


def test_clustered_values_are_positive_in_every_measure():
    x = [9, 8, 1, 2, 5]
    assert moran(x, RING).randomisation.z > 0
    assert geary(x, RING).randomisation.z > 0
    assert getis_ord(x, RING).randomisation.z > 0


def test_one_sided_p_values_add_up_to_one_and_two_sided_is_twice_the_smaller():
    x = [9, 8, 1, 2, 5]
    p = {
        side: moran(x, RING, alternative=side).randomisation.p for side in ("positive", "negative")
    }
    assert sum(p.values()) == pytest.approx(1, abs=1e-15)
    assert moran(x, RING).randomisation.p == pytest.approx(2 * min(p.values()), rel=1e-12)


def test_same_seed_gives_same_bits_and_another_seed_others():
    x = np.arange(5.0) ** 2
    first, again, other = (moran(x, RING, seed=seed, draws=99) for seed in (1, 1, 2))
    assert first == again
    assert first.permutation.mean != other.permutation.mean
    assert np.array_equal(
        local_moran(x, RING, seed=1, draws=99).p, local_moran(x, RING, seed=1, draws=99).p
    )


def test_no_seed_no_permutation_test():
    assert moran([1, 2, 3, 4, 6], RING).permutation is None


@pytest.mark.parametrize("name", GLOBAL)
def test_what_has_no_autocorrelation_is_refused(name):
    measure = GLOBAL[name]
    with pytest.raises(InputError, match="of a constant does not exist"):
        measure([3, 3, 3, 3, 3], RING)
    with pytest.raises(InputError, match="1 values are missing"):
        measure([3, 2, np.nan, 3, 1], RING)
    with pytest.raises(InputError, match=r"5 values.*\(4,\)"):
        measure([3, 2, 3, 1], RING)
    with pytest.raises(InputError, match="at least 4 units"):
        measure([3, 2, 1], listed_weights([[1], [0], [1]]))


def test_getis_ord_refuses_values_below_zero():
    with pytest.raises(InputError, match="2 below zero, lowest -2"):
        getis_ord([1, -1, 2, -2, 0], RING)


def test_draws_and_seeds_out_of_range_are_refused():
    with pytest.raises(InputError, match="at least 1"):
        moran([1, 2, 3, 4, 6], RING, seed=1, draws=0)
    with pytest.raises(InputError, match="at least 1"):
        local_moran([1, 2, 3, 4, 6], RING, seed=1, draws=0)
    with pytest.raises(InputError, match="at least 0"):
        moran([1, 2, 3, 4, 6], RING, seed=-1)


def test_local_moran_moments_are_those_of_all_permutations_of_the_others():
    weights, x = uneven_weights(), np.array([1.0, 4.0, 2.0, 7.0, 3.5])
    result = local_moran(x, weights, seed=1, draws=9)
    z = (x - x.mean()) / x.std()
    for i in range(4):
        others = np.delete(z, i)
        row = np.delete(weights.matrix()[i], i)
        drawn = [z[i] * row @ others[list(order)] for order in permutations(range(4))]
        assert result.expected[i] == pytest.approx(np.mean(drawn), abs=SUMS)
        assert result.variance[i] == pytest.approx(np.var(drawn), abs=SUMS)


def test_local_p_value_is_the_share_of_all_permutations_of_the_others():
    weights, x = uneven_weights(), np.array([1.0, 4.0, 2.0, 7.0, 3.5])
    result = local_moran(x, weights, seed=1, draws=20_000, alternative="positive")
    for i in range(4):
        others, row = np.delete(x, i), np.delete(weights.matrix()[i], i)
        sign = np.sign(x[i] - x.mean())
        drawn = np.array([row @ others[list(order)] for order in permutations(range(4))])
        share = np.mean(sign * drawn >= sign * (weights.matrix()[i] @ x) - 1e-9)
        assert result.p[i] == pytest.approx(share, abs=0.015)  # four errors of a share of 1/2


def test_local_moran_without_neighbours_is_missing_and_not_tested():
    weights = listed_weights([[1], [0], [3], [2], []], islands="keep")
    result = local_moran([1, 2, 5, 6, 9], weights, seed=1, draws=99)
    assert np.isnan([result.value[4], result.p[4], result.p_adjusted[4], result.z[4]]).all()
    assert result.quadrant.tolist() == [2, 2, 0, 0, -1]
    assert np.isnan(local_getis_ord([1, 2, 5, 6, 9], weights, seed=1, draws=99).z[4])


def test_clusters_name_the_quadrant_of_findings_only():
    n = 40
    ring = listed_weights([[(i - 1) % n, (i + 1) % n] for i in range(n)])
    x = np.random.default_rng(4).normal(size=n)
    x[10:14] += 9
    result = local_moran(x, ring, seed=1)
    assert set(np.flatnonzero(result.clusters(adjusted=False) == 0)) >= {11, 12}
    assert (result.clusters(0.0) == -1).all()


def test_all_units_as_neighbours_leave_nothing_to_test():
    everyone = listed_weights([[j for j in range(5) if j != i] for i in range(5)])
    result = local_moran([1, 2, 5, 6, 9], everyone, seed=1, draws=99)
    assert (result.p == 1).all()
    assert np.isnan(result.z).all()


def test_star_counts_the_unit_itself():
    x = np.array([1.0, 2.0, 5.0, 6.0, 9.0])
    result = local_getis_ord(x, RING, seed=1, draws=9)
    total = (x + np.roll(x, 1) + np.roll(x, -1) - 3 * x.mean()) / x.std()
    # three units of five: sqrt((5 * 3 - 9) / 4)
    assert result.z == pytest.approx(total / 1.5**0.5, abs=SUMS)


def test_hot_spots_are_above_and_cold_spots_below_zero():
    x = np.array([9.0, 9.0, 9.5, 1.0, 1.0, 1.2])
    weights = listed_weights([[1], [0, 2], [1], [4], [3, 5], [4]])
    for star in (True, False):
        z = local_getis_ord(x, weights, seed=1, draws=9, star=star).z
        assert (z[:3] > 0).all()
        assert (z[3:] < 0).all()


def test_local_geary_adds_up_to_gearys_c():
    weights, x = uneven_weights(), np.array([1.0, 4.0, 2.0, 7.0, 3.5])
    local = local_geary(x, weights, seed=1, draws=9)
    whole = geary(x, weights).value * 2 * weights.sums.s0 * 5 / 4
    assert np.nansum(local.value) == pytest.approx(whole, abs=SUMS)
    assert np.isnan(local.value[4])
    assert np.isnan(local.p[4])


def test_moments_of_local_geary_are_those_of_all_permutations_of_the_others():
    weights, x = uneven_weights(), np.array([1.0, 4.0, 2.0, 7.0, 3.5])
    result = local_geary(x, weights, seed=1, draws=9)
    for unit in range(4):
        others = np.delete(np.arange(5), unit)
        drawn = []
        for order in permutations(others):
            dealt = x.copy()
            dealt[others] = x[list(order)]
            drawn.append(local_geary(dealt, weights, seed=1, draws=1).value[unit])
        assert result.expected[unit] == pytest.approx(np.mean(drawn), abs=SUMS)
        assert result.variance[unit] == pytest.approx(np.var(drawn), abs=SUMS)


def test_a_middling_unit_among_its_like_stands_out_in_local_geary_only():
    n = 40
    ring = listed_weights([[(i - 1) % n, (i + 1) % n] for i in range(n)])
    x = np.where(np.arange(n) % 2 == 0, 9.0, -9.0)
    x[:3] = [0.01, 0.0, 0.01]
    found = local_geary(x, ring, seed=4, draws=1999, alternative="positive")
    by_moran = local_moran(x, ring, seed=4, draws=1999, alternative="positive")
    assert found.p[1] < 0.02
    assert found.z[1] > 0
    assert by_moran.p[1] > 0.2
