"""Laws that spatial measures obey on any map."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongfu.core import InputError
from gongfu.measure.space import (
    SpatialWeights,
    geary,
    getis_ord,
    local_getis_ord,
    local_moran,
    moran,
)
from gongfu.measure.space.permutation import adjusted_for_false_discovery

ROUNDING = 1e-9  # sums of at most 200 products whose sizes span four digits
GLOBAL = {"moran": moran, "geary": geary, "getis_ord": getis_ord}


@st.composite
def maps(draw):
    n = draw(st.integers(5, 14))
    links = draw(st.lists(st.booleans(), min_size=n * n, max_size=n * n))
    scale = draw(st.lists(st.integers(1, 4), min_size=n * n, max_size=n * n))
    dense = np.reshape(links, (n, n)) * np.reshape(scale, (n, n)).astype(float)
    np.fill_diagonal(dense, 0)
    dense[0, 1] = dense[1, 0] = 1
    values = draw(
        st.lists(st.integers(1, 10_000), min_size=n, max_size=n).filter(lambda x: len(set(x)) > 1)
    )
    return np.array(values, dtype=float), dense


@given(maps())
@settings(deadline=None)
def test_moran_and_geary_ignore_scale_and_origin(case):
    x, dense = case
    weights = SpatialWeights.from_matrix(dense)
    for measure in (moran, geary):
        first, moved = measure(x, weights), measure(300 * x - 7, weights)
        assert moved.value == pytest.approx(first.value, abs=ROUNDING)
        assert moved.randomisation.variance == pytest.approx(
            first.randomisation.variance, abs=ROUNDING
        )


@given(maps())
@settings(deadline=None)
def test_no_measure_depends_on_the_order_of_units_or_the_unit_of_weights(case):
    x, dense = case
    order = np.argsort(np.sin(np.arange(len(x)) * 7))
    first = SpatialWeights.from_matrix(dense)
    moved = SpatialWeights.from_matrix(3 * dense[np.ix_(order, order)])
    for name, measure in GLOBAL.items():
        scale = 3 if name == "getis_ord" else 1  # G grows with the weights, the others do not
        a, b = measure(x, first), measure(x[order], moved)
        assert b.value == pytest.approx(scale * a.value, abs=ROUNDING, rel=ROUNDING)
        assert b.randomisation.variance == pytest.approx(
            scale**2 * a.randomisation.variance, abs=ROUNDING, rel=ROUNDING
        )


@given(maps())
@settings(deadline=None)
def test_local_moran_adds_up_to_the_global_one(case):
    x, dense = case
    weights = SpatialWeights.from_matrix(dense)
    local = local_moran(x, weights, seed=1, draws=9)
    total = weights.sums.s0 * moran(x, weights).value
    assert np.nansum(local.value) == pytest.approx(total, abs=ROUNDING, rel=ROUNDING)


@given(maps())
@settings(deadline=None)
def test_standardised_rows_add_up_to_one_and_average_the_neighbours(case):
    x, dense = case
    weights = SpatialWeights.from_matrix(dense).standardised()
    reached = weights.counts > 0
    assert weights.row_sums[reached] == pytest.approx(np.ones(reached.sum()), abs=1e-14)
    lag = weights.lag(x)[reached]
    assert (lag >= x.min() * (1 - 1e-12)).all()
    assert (lag <= x.max() * (1 + 1e-12)).all()


@given(maps())
@settings(deadline=None)
def test_p_values_stay_between_the_smallest_possible_one_and_one(case):
    x, dense = case
    weights = SpatialWeights.from_matrix(dense)
    for local in (
        local_moran(x, weights, seed=2, draws=19),
        local_getis_ord(x, weights, seed=2, draws=19),
    ):
        tested = weights.counts > 0
        assert np.isnan(local.p[~tested]).all()
        assert ((local.p[tested] >= 1 / 20) & (local.p[tested] <= 1)).all()
        assert (local.p_adjusted[tested] >= local.p[tested]).all()


@given(maps(), st.floats(-1e6, 1e6))
@settings(deadline=None)
def test_a_constant_is_refused_by_every_measure(case, level):
    x, dense = case
    for measure in GLOBAL.values():
        with pytest.raises(InputError, match="constant"):
            measure(np.full(len(x), level), SpatialWeights.from_matrix(dense))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
@settings(deadline=None)
def test_adjusted_p_values_follow_the_definition_and_keep_the_order(p):
    p = np.array(p)
    adjusted = adjusted_for_false_discovery(p)
    for value, result in zip(p, adjusted, strict=True):
        larger = np.unique(p[p >= value])
        rule = min(1.0, *(other * len(p) / np.count_nonzero(p <= other) for other in larger))
        assert result == pytest.approx(rule, rel=1e-12)  # the same quotient in another order


def test_permutation_p_values_are_uniform_when_places_do_not_matter():
    n, worlds, draws = 20, 400, 99
    ring = SpatialWeights.from_lists([[(i - 1) % n, (i + 1) % n] for i in range(n)])
    rng = np.random.default_rng(17)
    p = np.array(
        [
            moran(rng.normal(size=n), ring, seed=world, draws=draws).permutation.p
            for world in range(worlds)
        ]
    )
    for level in (0.1, 0.3, 0.5, 0.8):
        # four binomial errors, and the two-sided p of 99 draws is a multiple of 2 %
        error = 4 * (level * (1 - level) / worlds) ** 0.5
        assert np.mean(p <= level) == pytest.approx(level, abs=error + 0.01)


def test_local_permutation_p_values_are_uniform_when_places_do_not_matter():
    n, worlds, draws = 60, 30, 199
    ring = SpatialWeights.from_lists([[(i - 1) % n, (i + 1) % n] for i in range(n)])
    rng = np.random.default_rng(18)
    p = np.concatenate(
        [
            local_moran(rng.normal(size=n), ring, seed=world, draws=draws).p
            for world in range(worlds)
        ]
    )
    for level in (0.1, 0.3, 0.5, 0.8):
        # units of one world share draws and neighbours: as if there were a quarter of them
        error = 4 * (level * (1 - level) / (n * worlds / 4)) ** 0.5
        assert np.mean(p <= level) == pytest.approx(level, abs=error + 0.005)
