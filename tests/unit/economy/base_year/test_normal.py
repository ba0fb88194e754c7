import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr, ndtri

from gongfu.economy.base_year.normal import normal_cdf, normal_quantile


def test_distribution_function_equals_the_peer_in_both_tails():
    x = np.linspace(-20, 9, 20_001)
    # Both are rational approximations good to a few units in the last place of the exponent.
    np.testing.assert_allclose(normal_cdf(x), ndtr(x), rtol=2e-13)


def test_quantiles_equal_the_peer_from_tiny_to_nearly_one():
    share = np.concatenate(
        [10.0 ** -np.arange(1, 300), np.linspace(0.001, 0.999, 999), [1 - 1e-12]]
    )
    # The algorithm states a relative error of 1e-16; a few operations follow.
    np.testing.assert_allclose(normal_quantile(share), ndtri(share), rtol=2e-15, atol=1e-15)


def test_ends_of_the_range_are_infinite_and_warn_nobody():
    assert normal_quantile(np.array([0.0, 1.0])).tolist() == [-np.inf, np.inf]
    assert normal_cdf(np.array([-np.inf, np.inf])).tolist() == [0.0, 1.0]


@settings(deadline=None)
@given(st.floats(1e-12, 1 - 1e-12))
def test_quantile_undoes_the_distribution_function(share):
    back = float(normal_cdf(normal_quantile(np.array([share])))[0])
    assert back == pytest.approx(share, rel=1e-12)  # density times an error of 1e-16 in the score
