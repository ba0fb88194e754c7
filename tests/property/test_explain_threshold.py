"""Laws of a threshold regression that hold for every panel."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from gongfu.explain.threshold import threshold_regression

panels = st.tuples(st.integers(5, 9), st.integers(5, 9), st.integers(0, 10_000))


def made(units, periods, seed):
    rng = np.random.default_rng(seed)
    entity, time = np.repeat(np.arange(units), periods), np.tile(np.arange(periods), units)
    n = len(entity)
    x, q, y = rng.normal(size=(n, 1)), rng.normal(size=n), rng.normal(size=n)
    return y, x, q, entity, time


def run(y, x, q, entity, time, **choices):
    return threshold_regression(y, x, q, entity=entity, time=time, trim=0.1, **choices)


@settings(deadline=None, max_examples=25)
@given(panels, st.floats(0.1, 50), st.floats(-20, 20))
def test_scale_of_dependent_and_unit_levels_change_no_threshold_and_no_test(panel, scale, shift):
    y, x, q, entity, time = made(*panel)
    one = run(y, x, q, entity, time, replications=9)
    other = run(scale * y + shift * entity, x, q, entity, time, replications=9)
    assert one.thresholds[0].value == other.thresholds[0].value
    # Rounding of the shifted sums.
    np.testing.assert_allclose(one.tests[0].statistic, other.tests[0].statistic, rtol=1e-6)
    np.testing.assert_allclose(
        one.regression.coefficients * scale, other.regression.coefficients, rtol=1e-6, atol=1e-9
    )


@settings(deadline=None, max_examples=25)
@given(panels)
def test_a_rising_transformation_of_the_threshold_variable_moves_the_same_rows(panel):
    y, x, q, entity, time = made(*panel)
    one = run(y, x, q, entity, time, replications=0)
    other = run(y, x, np.exp(q), entity, time, replications=0)
    assert other.thresholds[0].value == np.exp(one.thresholds[0].value)
    assert one.rows_in_regime == other.rows_in_regime


@settings(deadline=None, max_examples=25)
@given(panels)
def test_a_further_threshold_never_fits_worse_and_regimes_keep_their_share(panel):
    y, x, q, entity, time = made(*panel)
    one, two = (run(y, x, q, entity, time, thresholds=j, replications=0) for j in (1, 2))
    squares = [r.regression.residuals @ r.regression.residuals for r in (one, two)]
    assert squares[1] <= squares[0] * (1 + 1e-12)  # last bits of a sum
    assert min(two.rows_in_regime) >= 0.1 * len(y)
    assert all(t.likelihood_ratio.min() >= -1e-9 for t in two.thresholds)  # last bits
