from __future__ import annotations

import math
from functools import partial

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.measure.gini import gini
from gongfu.measure.lorenz import lorenz
from gongfu.measure.polarisation import esteban_ray, wolfson
from gongfu.measure.polarisation_density import density_bandwidth, duclos_esteban_ray

RNG = np.random.default_rng(17)
INCOME = RNG.lognormal(0, 0.6, 240)
WEIGHT = RNG.uniform(1, 3, 240)
GROUP = np.digitize(INCOME * RNG.lognormal(0, 0.5, 240), [0.7, 1.6])
MEAN = np.average(INCOME, weights=WEIGHT)
SHARE = WEIGHT / WEIGHT.sum()


def derivatives(measure, rows=range(0, 240, 40)):
    slopes = []
    for i in rows:
        step = np.zeros(len(WEIGHT))
        step[i] = 1e-4
        up, down = measure(INCOME, WEIGHT + step), measure(INCOME, WEIGHT - step)
        slopes.append((up.value - down.value) / 2e-4)
    return np.array(slopes)


def test_wolfson_is_zero_for_equal_incomes_and_one_for_two_extreme_halves():
    assert wolfson([3, 3, 3, 3]).value == pytest.approx(0, abs=1e-15)
    # Half has nothing: the median lies between 0 and 2, at the mean of 1.
    assert wolfson([0, 0, 2, 2]).value == pytest.approx(1)


def test_wolfson_is_its_published_form():
    ordered = np.argsort(INCOME)
    median = INCOME[ordered][np.searchsorted(np.cumsum(SHARE[ordered]), 0.5)]
    poorer = lorenz(INCOME, WEIGHT, share=0.5).value
    expected = 4 * MEAN / median * (0.5 - poorer - gini(INCOME, WEIGHT).value / 2)
    assert wolfson(INCOME, WEIGHT).value == pytest.approx(expected, rel=1e-12)


def test_wolfson_needs_a_median():
    with pytest.raises(InputError, match="median above zero"):
        wolfson([0, 0, 0, 5])


def test_esteban_ray_of_two_halves_by_hand():
    # Shares 1/2, means 1/2 and 3/2 of the mean: 2 (1/2)^(2 + alpha).
    for alpha in (0.0, 1.0, 1.6):
        found = esteban_ray([1, 3], groups=["a", "b"], alpha=alpha).value
        assert found == pytest.approx(2 * 0.5 ** (2 + alpha))


def test_esteban_ray_with_every_row_a_group_and_alpha_zero_is_twice_the_gini():
    found = esteban_ray(INCOME, WEIGHT, groups=np.arange(240), alpha=0)
    whole = gini(INCOME, WEIGHT)
    assert found.value == pytest.approx(2 * whole.value, rel=1e-12)
    np.testing.assert_allclose(found.influence, 2 * whole.influence, rtol=1e-9, atol=1e-15)


def test_esteban_ray_influence_is_the_derivative():
    measure = partial(esteban_ray, groups=GROUP, alpha=1.3)
    found = measure(INCOME, WEIGHT).influence[::40]
    np.testing.assert_allclose(found, derivatives(measure), rtol=1e-6)  # step squared
    assert WEIGHT @ measure(INCOME, WEIGHT).influence == pytest.approx(0, abs=1e-14)


def test_merging_groups_of_one_mean_raises_polarisation():
    incomes, labels = [1, 1, 5, 5], ["a", "b", "c", "c"]
    apart = esteban_ray(incomes, groups=labels, alpha=1).value
    assert esteban_ray(incomes, groups=["a", "a", "c", "c"], alpha=1).value > apart


@pytest.mark.parametrize("alpha", [-0.1, 1.7])
def test_esteban_ray_refuses_other_alphas(alpha):
    with pytest.raises(InputError, match=r"between 0 and 1\.6"):
        esteban_ray(INCOME, groups=GROUP, alpha=alpha)


@pytest.mark.parametrize("alpha", [0.25, 0.5, 1.0])
def test_density_polarisation_equals_the_double_sum(alpha):
    width = density_bandwidth(INCOME, WEIGHT, alpha=alpha)
    ratio = INCOME / MEAN
    apart = ratio[:, None] - ratio
    kernel = np.exp(-0.5 * (apart / width) ** 2) / (width * math.sqrt(2 * math.pi))
    expected = 0.5 * SHARE @ ((kernel @ SHARE) ** alpha * (np.abs(apart) @ SHARE))
    # The grid adds 7e-5 to the variance of the kernel.
    found = duclos_esteban_ray(INCOME, WEIGHT, alpha=alpha).value
    assert found == pytest.approx(expected, rel=2e-5)


def test_density_polarisation_with_alpha_zero_is_the_gini():
    found = duclos_esteban_ray(INCOME, WEIGHT, alpha=0, bandwidth=0.3)
    whole = gini(INCOME, WEIGHT)
    assert found.value == pytest.approx(whole.value, rel=1e-12)
    np.testing.assert_allclose(found.influence, whole.influence, rtol=1e-9, atol=1e-15)


@pytest.mark.parametrize("alpha", [0.25, 1.0])
def test_density_polarisation_influence_is_the_derivative_with_the_bandwidth_in_currency(alpha):
    width = density_bandwidth(INCOME, WEIGHT, alpha=alpha) * MEAN

    def measure(income, weight):
        relative = width / np.average(income, weights=weight)
        return duclos_esteban_ray(income, weight, alpha=alpha, bandwidth=relative)

    found = measure(INCOME, WEIGHT).influence[::40]
    # The grid moves with the bandwidth: noise of the derivative, next to influences of 1e-3.
    np.testing.assert_allclose(found, derivatives(measure), rtol=1e-3, atol=2e-7)


def test_two_tight_camps_are_more_polarised_than_a_spread_of_the_same_gini():
    camps = np.repeat([0.7, 1.3], 500) * np.random.default_rng(1).normal(1, 0.02, 1000)
    half_width = 3 * gini(camps).value  # a uniform spread around 1 has a third of it as its Gini
    spread = np.linspace(1 - half_width, 1 + half_width, 1000)
    assert gini(spread).value == pytest.approx(gini(camps).value, rel=0.002)  # 1 in 1,000 rows
    assert duclos_esteban_ray(camps, alpha=1).value > duclos_esteban_ray(spread, alpha=1).value


def test_density_polarisation_refuses_what_it_cannot_measure():
    with pytest.raises(InputError, match=r"between 0\.25 and 1"):
        duclos_esteban_ray(INCOME, alpha=0.1)
    with pytest.raises(InputError, match="Equal incomes have no density"):
        duclos_esteban_ray([2, 2, 2], alpha=0.5)
    with pytest.raises(InputError, match="not tiny beside the range"):
        duclos_esteban_ray([1, 2, 1e9], alpha=0.5, bandwidth=1e-9)
