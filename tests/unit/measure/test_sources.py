from __future__ import annotations

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.measure.gini import gini
from gongfu.measure.sample import Sample
from gongfu.measure.sources import rank_covariance, split_by_source

RNG = np.random.default_rng(5)
WAGE, PROPERTY = RNG.lognormal(3, 0.4, 40).round(1), RNG.exponential(6, 40).round(0)
TAX = -0.01 * (WAGE + PROPERTY) ** 1.5
WEIGHT = RNG.uniform(1, 4, 40)
SOURCES = {"wage": WAGE, "property": PROPERTY, "tax": TAX}
PARTS = ("share", "gini", "correlation", "contribution", "part", "marginal", "natural")


def pairwise(values, by, weight):
    share = weight / weight.sum()
    signs = np.sign(by[:, None] - by[None, :])
    return 0.5 * float(share @ ((values[:, None] - values[None, :]) * signs) @ share)


def test_rank_covariance_equals_the_sum_over_all_pairs():
    total = (WAGE + PROPERTY).round(0)  # with ties
    found = rank_covariance(PROPERTY, Sample.of(total, WEIGHT))
    # The pairs are summed in another order: rounding only.
    assert found.value == pytest.approx(pairwise(PROPERTY, total, WEIGHT), rel=1e-12)


def test_contributions_add_up_to_the_gini_and_parts_to_one():
    found = split_by_source(SOURCES, WEIGHT)
    total = WAGE + PROPERTY + TAX
    # Different sums of the same terms: rounding only.
    assert found.gini.value == pytest.approx(gini(total, WEIGHT).value, rel=1e-12)
    contributions = sum(one.contribution.value for one in found.sources)
    assert contributions == pytest.approx(found.gini.value, rel=1e-12)
    for part in ("share", "part", "natural"):
        assert sum(getattr(one, part).value for one in found.sources) == pytest.approx(1, rel=1e-12)
    assert sum(one.marginal.value for one in found.sources) == pytest.approx(0, abs=1e-12)


def test_share_times_gini_times_correlation_is_the_contribution():
    for one in split_by_source({"wage": WAGE, "property": PROPERTY}, WEIGHT).sources:
        product = one.share.value * one.gini.value * one.correlation.value
        assert product == pytest.approx(one.contribution.value, rel=1e-12)  # rounding


def test_a_single_source_is_all_of_it():
    (one,) = split_by_source({"wage": WAGE}, WEIGHT).sources
    values = {part: getattr(one, part).value for part in PARTS}
    expected = {"share": 1, "correlation": 1, "part": 1, "marginal": 0, "natural": 1}
    for part, value in expected.items():
        assert values[part] == pytest.approx(value, abs=1e-12)  # rounding
    assert values["gini"] == pytest.approx(gini(WAGE, WEIGHT).value, rel=1e-12)


def test_a_source_that_is_negative_has_a_share_but_no_gini():
    tax = split_by_source(SOURCES, WEIGHT).sources[2]
    assert tax.share.value < 0
    assert tax.gini is None
    assert tax.marginal.value < 0  # a tax paid by the rich lowers inequality


@pytest.mark.parametrize("part", PARTS)
def test_influence_is_the_derivative_with_respect_to_a_weight(part: str):
    def value(weight):
        found = split_by_source({"wage": WAGE, "property": PROPERTY}, weight).sources[1]
        return getattr(found, part)

    found, step = value(WEIGHT), 1e-6
    for row in range(0, 40, 7):
        up, down = WEIGHT.copy(), WEIGHT.copy()
        up[row] += step
        down[row] -= step
        slope = (value(up).value - value(down).value) / (2 * step)
        # Central difference: error of step squared and of rounding over the step.
        assert found.influence[row] == pytest.approx(slope, rel=1e-5, abs=1e-8)


def test_the_marginal_effect_is_that_of_one_per_cent_more_of_a_source():
    wage = WAGE * (1 + 1e-4 * np.arange(40))  # no ties, which any change would break
    one = split_by_source({"wage": wage, "property": PROPERTY}, WEIGHT).sources[1]
    tiny = 1e-6
    before, after = (gini(wage + k * PROPERTY, WEIGHT).value for k in (1.0, 1.0 + tiny))
    slope = (after - before) / before / tiny
    assert slope == pytest.approx(one.marginal.value, rel=1e-4)  # a one-sided difference


@pytest.mark.parametrize(
    ("sources", "words"),
    [
        ({}, "at least one source"),
        ({"a": [1.0, 2.0], "b": [1.0]}, "differ in length"),
        ({"a": [1.0, 1.0]}, "same income"),
        ({"a": [-1.0, 0.5]}, "mean above zero"),
        ({"a": [1.0, float("nan")]}, "missing"),
    ],
)
def test_what_cannot_be_split_is_refused(sources, words: str):
    with pytest.raises(InputError, match=words):
        split_by_source(sources)
