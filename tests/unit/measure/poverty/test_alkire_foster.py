from __future__ import annotations

import itertools

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.measure.poverty.alkire_foster import alkire_foster, deprivation_scores

EXAMPLE = np.array(
    [[0, 0, 0, 0], [0, 1, 0, 1], [1, 1, 1, 1], [0, 1, 0, 0]],
    dtype=bool,
)
"""The worked example of [Alkire-Foster 2011]: four people, four dimensions of equal weight, poor
from two of them on. H = 1/2, A = 3/4, M0 = 3/8."""

EQUAL = np.full(4, 0.25)
RNG = np.random.default_rng(6)
DEPRIVED = RNG.random((150, 4)) < np.array([0.2, 0.4, 0.5, 0.6])
WEIGHT = RNG.uniform(1, 4, 150)
SHARES = np.array([1, 1, 2, 2]) / 6


def test_worked_example_of_four_people():
    found = alkire_foster(EXAMPLE, shares=EQUAL, k=0.5)
    assert found.headcount.value == 0.5
    assert found.intensity.value == 0.75
    assert found.adjusted.value == 0.375
    assert [rate.value for rate in found.uncensored] == [0.25, 0.75, 0.25, 0.5]
    assert [rate.value for rate in found.censored] == [0.25, 0.5, 0.25, 0.5]
    shares = [part.value for part in found.contributions]
    assert shares == pytest.approx([1 / 6, 1 / 3, 1 / 6, 1 / 3])


@pytest.mark.parametrize(("k", "headcount"), [(0.25, 0.75), (0.5, 0.5), (0.75, 0.25), (1.0, 0.25)])
def test_cutoff_runs_from_union_to_intersection(k, headcount):
    assert alkire_foster(EXAMPLE, shares=EQUAL, k=k).headcount.value == headcount


def test_counting_one_by_one_gives_the_same():
    found = alkire_foster(DEPRIVED, WEIGHT, shares=SHARES, k=0.5)
    people = poor_people = censored_scores = 0.0
    for row, weight in zip(DEPRIVED, WEIGHT, strict=True):
        score = sum(share for share, is_deprived in zip(SHARES, row, strict=True) if is_deprived)
        people += weight
        if score >= 0.5 - 1e-9:
            poor_people += weight
            censored_scores += weight * score
    assert found.headcount.value == pytest.approx(poor_people / people, rel=1e-12)
    assert found.adjusted.value == pytest.approx(censored_scores / people, rel=1e-12)


def test_parts_add_up():
    found = alkire_foster(DEPRIVED, WEIGHT, shares=SHARES, k=0.5)
    weighted = sum(s * rate.value for s, rate in zip(SHARES, found.censored, strict=True))
    assert weighted == pytest.approx(found.adjusted.value, rel=1e-12)
    assert found.headcount.value * found.intensity.value == pytest.approx(found.adjusted.value)
    assert sum(part.value for part in found.contributions) == pytest.approx(1, rel=1e-12)
    errors = sum(part.influence for part in found.contributions)
    # Shares of a whole: what one gains the others lose; rounding of terms of size 1 / 400.
    np.testing.assert_allclose(errors, 0, atol=1e-15)


@pytest.mark.parametrize("name", ["headcount", "adjusted", "intensity"])
def test_influence_is_the_derivative_with_respect_to_weights(name):
    found = getattr(alkire_foster(DEPRIVED, WEIGHT, shares=SHARES, k=0.5), name)
    for i in range(0, 150, 37):
        step = 1e-4 * WEIGHT[i]
        ends = []
        for side in (-1, 1):
            weight = WEIGHT.copy()
            weight[i] += side * step
            ends.append(getattr(alkire_foster(DEPRIVED, weight, shares=SHARES, k=0.5), name).value)
        slope = (ends[1] - ends[0]) / (2 * step)
        assert found.influence[i] == pytest.approx(slope, rel=1e-6, abs=1e-12)  # step squared


def test_a_score_that_reaches_k_up_to_rounding_is_poor():
    shares = np.array([0.1] * 10)
    for chosen in itertools.combinations(range(10), 3):
        deprived = np.zeros((1, 10), dtype=bool)
        deprived[0, list(chosen)] = True
        assert alkire_foster(deprived, shares=shares, k=0.3).headcount.value == 1
    assert deprivation_scores(np.ones((1, 10), dtype=bool), shares)[0] == pytest.approx(1)


def test_nobody_poor_has_neither_intensity_nor_contributions():
    found = alkire_foster(np.zeros((5, 2), dtype=bool), shares=np.array([0.5, 0.5]), k=0.5)
    assert found.headcount.value == found.adjusted.value == 0
    assert found.intensity is None
    assert found.contributions is None


def test_wrong_weights_and_cutoff_come_at_once():
    with pytest.raises(InputError) as refused:
        alkire_foster(EXAMPLE, shares=np.array([0.5, 0.5, 0.5, 0.5]), k=0)
    assert len(refused.value.problems) == 2
