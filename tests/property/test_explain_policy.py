"""Laws of policy and quantile estimators: what may not matter does not, units scale."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongfu.explain import PanelData
from gongfu.explain.distribution_moments import moment_quantiles
from gongfu.explain.distribution_unconditional import unconditional_quantiles
from gongfu.explain.policy import (
    event_study,
    group_time_effects,
    imputation,
    interaction_weighted,
    policy_design,
    synthetic_did,
    two_way_did,
)

UNITS, TIMES = 16, 8
STARTS = np.resize([3, 5, TIMES, TIMES], UNITS)
ONE = np.where(np.arange(UNITS) < 5, 5, TIMES)
EXACT = {"rel": 1e-7, "abs": 1e-7}  # sums of a few hundred numbers of size 10 to 100
seeds = st.integers(0, 10_000)
scales = st.floats(0.01, 100)


def design_of(outcome, starts, order=None):
    rows = np.arange(outcome.size) if order is None else order
    data = PanelData.from_arrays(
        outcome.ravel()[rows],
        np.empty((outcome.size, 0)),
        entity=np.repeat(np.arange(UNITS), TIMES)[rows],
        time=np.tile(np.arange(TIMES), UNITS)[rows],
    )
    dates = {i: int(g) for i, g in enumerate(starts) if g < TIMES}
    return policy_design(data, dates, source="generated")


def answers(outcome, order=None):
    design = design_of(outcome, STARTS, order)
    single = design_of(outcome, ONE, order)
    results = (
        two_way_did(design),
        event_study(design).result,
        group_time_effects(design).result,
        interaction_weighted(design).result,
        imputation(design).overall,
        synthetic_did(single, method="did", replications=10).result,
    )
    return [(result.coefficients, result.standard_errors) for result in results]


@settings(max_examples=4, deadline=None)
@given(seeds)
def test_levels_of_units_and_common_paths_do_not_matter(seed):
    rng = np.random.default_rng(seed)
    outcome = rng.normal(size=(UNITS, TIMES))
    moved = outcome + 10 * rng.normal(size=(UNITS, 1)) + 10 * rng.normal(size=TIMES)
    for plain, other in zip(answers(outcome), answers(moved), strict=True):
        assert other[0] == pytest.approx(plain[0], **EXACT)
        assert other[1] == pytest.approx(plain[1], **EXACT)


@settings(max_examples=4, deadline=None)
@given(seeds, scales)
def test_effects_and_errors_scale_with_the_outcome(seed, scale):
    outcome = np.random.default_rng(seed).normal(size=(UNITS, TIMES))
    for plain, other in zip(answers(outcome), answers(scale * outcome), strict=True):
        assert other[0] == pytest.approx(scale * plain[0], **EXACT)
        assert other[1] == pytest.approx(scale * plain[1], **EXACT)


@settings(max_examples=4, deadline=None)
@given(seeds)
def test_the_order_of_rows_does_not_matter(seed):
    rng = np.random.default_rng(seed)
    outcome, order = rng.normal(size=(UNITS, TIMES)), rng.permutation(UNITS * TIMES)
    for plain, other in zip(answers(outcome), answers(outcome, order), strict=True):
        assert other[0] == pytest.approx(plain[0], **EXACT)
        assert other[1] == pytest.approx(plain[1], **EXACT)


@settings(max_examples=10, deadline=None)
@given(seeds, scales)
def test_synthetic_estimates_scale_with_the_outcome(seed, scale):
    outcome = np.random.default_rng(seed).normal(size=(UNITS, TIMES))
    plain = synthetic_did(design_of(outcome, ONE), replications=2).result
    scaled = synthetic_did(design_of(scale * outcome, ONE), replications=2).result
    # the search ends when a step gains 1e-10 of the noise: its last steps may differ by rounding
    assert scaled.coefficients == pytest.approx(scale * plain.coefficients, rel=1e-3, abs=1e-4)


@settings(max_examples=10, deadline=None)
@given(seeds, scales)
def test_quantile_coefficients_scale_with_the_dependent(seed, scale):
    rng = np.random.default_rng(seed)
    entity, time = np.repeat(np.arange(UNITS), TIMES), np.tile(np.arange(TIMES), UNITS)
    x, noise = rng.normal(size=(2, UNITS * TIMES))

    def coefficients(factor):
        data = PanelData.from_arrays(factor * (x + noise), x, entity=entity, time=time)
        pair = unconditional_quantiles(data, [0.3], errors="cluster").results[0]
        moment = moment_quantiles(data, [0.3], errors="cluster").process.results[0]
        return np.array([pair.coefficients[0], moment.coefficients[0]])

    assert coefficients(scale) == pytest.approx(scale * coefficients(1.0), rel=1e-6, abs=1e-9)
