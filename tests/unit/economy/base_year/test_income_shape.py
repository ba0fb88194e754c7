import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from gongfu.economy.base_year.income_shape import IncomeShape, ZoneIncomes, deviation_at


def one_zone(below, above, slope, mean=1.0, size=3.0):
    shape = IncomeShape(np.array([below]), np.array([above]), np.array([slope]))
    return ZoneIncomes(np.array([100.0]), np.array([mean]), np.array([size]), shape)


def test_equal_spreads_and_equal_sizes_are_the_lognormal():
    zone = one_zone(0.6, 0.6, 0.0)
    assert float(zone.log_median[0]) == pytest.approx(-0.18)  # mean = exp(m + s^2/2)
    quantiles = zone.quantile(np.array([0.2, 0.5, 0.8]), np.ones((3, 1)))
    expected = np.exp(-0.18 + 0.6 * norm.ppf([0.2, 0.5, 0.8]))
    np.testing.assert_allclose(quantiles, expected, rtol=1e-9)  # Newton stops at 1e-11


def test_group_means_of_the_lognormal_are_the_textbook_ones():
    zone = one_zone(0.6, 0.6, 0.0)
    limits = zone.quantile(np.array([0.2, 0.4, 0.6, 0.8]), np.ones((4, 1)))
    shares = np.diff(norm.cdf(norm.ppf([0.0, 0.2, 0.4, 0.6, 0.8, 1.0]) - 0.6))
    np.testing.assert_allclose(zone.group_means(limits), 5 * shares, rtol=1e-9)


@pytest.mark.parametrize("power", [-0.3, 0.0, 0.7, 1.0])
@pytest.mark.parametrize("until", [-0.8, 0.0, 0.9])
def test_moments_equal_numerical_integration(power, until):
    shape = IncomeShape(np.array([0.8]), np.array([0.5]), np.array([0.1]))

    def integrand(score):
        deviation = float(deviation_at(np.array([score]), np.array([0.8]), np.array([0.5]))[0])
        return np.exp(power * deviation) * norm.pdf(score)

    limit = until / (0.8 if until < 0 else 0.5)
    pieces = [(-12.0, min(limit, 0.0)), (0.0, limit)] if limit > 0 else [(-12.0, limit)]
    numeric = sum(quad(integrand, a, b, epsabs=1e-13)[0] for a, b in pieces)
    found = float(shape.moment(np.array([power]), np.array([until]))[0])
    assert found == pytest.approx(numeric, rel=1e-9)  # the quadrature's own error


def test_mean_size_and_mean_income_are_the_ones_given():
    zone = one_zone(0.9, 0.6, 0.2, mean=20_000.0, size=2.9)
    halves = zone.quantile(np.array([0.5]), np.ones((1, 1)))
    poor, rich = zone.group_means(halves)
    assert poor < 20_000.0 < rich
    everyone = zone.group_means(np.array([1e-9]))[1]  # nobody earns less than that
    assert float(everyone) == pytest.approx(20_000.0, rel=1e-12)
    whole = zone.shape.moment(-zone.shape.slope, np.array([np.inf]))
    assert float((zone.median_size * whole)[0]) == pytest.approx(2.9)


def test_larger_poor_households_lift_the_average_of_household_quintiles_above_the_mean():
    zone = one_zone(0.7, 0.7, 0.2)
    limits = zone.quantile(np.array([0.2, 0.4, 0.6, 0.8]), np.ones((4, 1)))
    assert zone.group_means(limits).mean() > 1.05
    equal = one_zone(0.7, 0.7, 0.0)
    limits = equal.quantile(np.array([0.2, 0.4, 0.6, 0.8]), np.ones((4, 1)))
    assert equal.group_means(limits).mean() == pytest.approx(1.0)


def test_two_zones_mix_by_their_households():
    shape = IncomeShape(np.full(2, 0.01), np.full(2, 0.01), np.array([0.0]))
    zones = ZoneIncomes(
        np.array([300.0, 300.0]), np.array([1.0, 10.0]), np.array([2.0, 6.0]), shape
    )
    # 150 small households at 1 and 50 large ones at 10: the middle household is a poor one.
    median = zones.quantile(np.array([0.5]), np.ones((1, 2)))
    assert float(median[0]) == pytest.approx(1.0, rel=0.02)  # spread of 1 %


def test_many_shapes_at_once_equal_one_by_one():
    member = np.ones((2, 2))
    shares = np.array([0.3, 0.7])
    people, mean, size = np.array([3.0, 5.0]), np.array([2.0, 1.0]), np.array([3.0, 3.0])
    below = np.array([[0.6, 0.8], [0.5, 0.9]])
    slope = np.array([[0.1], [0.3]])
    together = ZoneIncomes(people, mean, size, IncomeShape(below, 0.8 * below, slope))
    for k in (0, 1):
        shape = IncomeShape(below[k], 0.8 * below[k], slope[k])
        alone = ZoneIncomes(people, mean, size, shape)
        np.testing.assert_allclose(
            together.quantile(shares, member)[k], alone.quantile(shares, member), rtol=1e-9
        )  # both stop at 1e-11
