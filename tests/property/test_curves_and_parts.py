"""Laws of sources, extended Gini, growth incidence, dominance and causes of a change."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongfu.measure.change_shapley import change_by_group
from gongfu.measure.curves import dominance, growth_incidence
from gongfu.measure.design import SurveyDesign
from gongfu.measure.entropy import mld
from gongfu.measure.s_gini import s_gini
from gongfu.measure.sources import split_by_source
from gongfu.measure.survey import Wave

incomes = st.lists(st.floats(0.5, 1e4), min_size=6, max_size=30).map(np.array)
scales = st.floats(1e-3, 1e3)
few = settings(deadline=None, max_examples=50)
fewer = settings(deadline=None, max_examples=8)  # each draws the largest deviation 20,000 times


@few
@given(incomes, st.integers(0, 2**32 - 1))
def test_sources_add_up_whatever_they_are(income, seed: int):
    rng = np.random.default_rng(seed)
    rent, weight = rng.normal(0, 0.2, len(income)) * income, rng.uniform(1, 5, len(income))
    total = income + rent
    if total.min() == total.max():
        return
    found = split_by_source({"wage": income, "rent": rent}, weight)
    # Sums of rounded products of sizes up to the income range.
    for part in ("share", "part", "natural"):
        whole = sum(getattr(one, part).value for one in found.sources)
        assert whole == pytest.approx(1, abs=1e-6)


@few
@given(incomes, scales, st.floats(1.1, 6))
def test_an_extended_gini_ignores_the_unit_and_the_number_of_copies(income, scale, aversion):
    value = s_gini(income, aversion=aversion).value
    assert s_gini(scale * income, aversion=aversion).value == pytest.approx(value, abs=1e-9)
    assert s_gini(np.tile(income, 3), aversion=aversion).value == pytest.approx(value, abs=1e-9)
    assert 0 <= value + 1e-12 < 1 + 1e-12


@fewer
@given(incomes, incomes, scales)
def test_growth_incidence_ignores_the_currency(start, end, scale):
    def growth(factor):
        waves = (Wave(factor * rows, SurveyDesign(np.ones(len(rows)))) for rows in (start, end))
        return growth_incidence(*waves, ranks=[0.25, 0.5, 0.75])

    one, other = growth(1.0), growth(scale)
    assert other.growth == pytest.approx(one.growth, abs=1e-9)  # logs of products
    # Half-way between two incomes in a flat place of the distribution function.
    assert other.errors.standard_error == pytest.approx(one.errors.standard_error, abs=1e-9)


@fewer
@given(incomes, incomes)
def test_verdicts_turn_round_with_the_samples(one, other):
    turned = {
        "first dominates": "second dominates",
        "second dominates": "first dominates",
        "curves cross": "curves cross",
        "cannot tell": "cannot tell",
    }
    first, second = (Wave(rows, SurveyDesign(np.ones(len(rows)))) for rows in (one, other))
    forward, backward = dominance(first, second), dominance(second, first)
    assert backward.errors.value == pytest.approx(-forward.errors.value, abs=1e-12)
    if forward.errors.uniform == backward.errors.uniform:  # drawn from the turned rows
        assert backward.verdict == turned[forward.verdict]


@few
@given(incomes, st.integers(0, 2**32 - 1))
def test_causes_of_a_change_add_up(income, seed: int):
    rng = np.random.default_rng(seed)
    labels = np.where(np.arange(len(income)) % 2 == 0, "a", "b")
    later = income * rng.lognormal(0, 0.5, len(income))
    designs = [SurveyDesign(rng.uniform(1, 4, len(income)), strata=labels) for _ in range(2)]
    found = change_by_group(
        mld, "mld", (income, labels, designs[0]), (later, labels, designs[1]), replications=2
    )
    total = sum(cause.value for cause in found.causes.values())
    assert total == pytest.approx(found.change.value, abs=1e-9)  # rounding of six indices
