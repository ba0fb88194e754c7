"""Densities and stochastic kernels against scipy, known shapes and their own laws."""

import numpy as np
import pytest
from scipy import stats

from gongfu.core import InputError
from gongfu.measure.dynamics.density import density, rule_of_thumb
from gongfu.measure.dynamics.stochastic_kernel import stochastic_kernel
from gongfu.measure.sample import Sample

RNG = np.random.default_rng(1)
VALUES = RNG.lognormal(size=200)
WEIGHT = RNG.uniform(1, 3, size=200)


def integral(result):
    return np.trapezoid(result.height, result.at)


def test_weighted_density_equals_scipy():
    result = density(VALUES, WEIGHT, bandwidth=0.3)
    factor = 0.3 / np.sqrt(np.cov(VALUES, aweights=WEIGHT))
    expected = stats.gaussian_kde(VALUES, factor, weights=WEIGHT)(result.at)
    assert result.height == pytest.approx(expected, abs=1e-13)  # 200 terms below 1


@pytest.mark.parametrize("in_logs", [False, True])
@pytest.mark.parametrize("adaptive", [False, True])
def test_densities_integrate_to_one(in_logs, adaptive):
    result = density(VALUES, WEIGHT, in_logs=in_logs, adaptive=adaptive, points=4000)
    # the grid ends four bandwidths outside, which leaves less than 1e-4 of a row's kernel
    assert integral(result) == pytest.approx(1, abs=1e-4)


def test_density_of_logs_leaves_nothing_below_zero():
    assert density(VALUES, in_logs=True).at.min() > 0
    assert density(VALUES).at.min() < 0


def test_a_weight_of_two_is_two_rows():
    twice = density(np.repeat(VALUES, 2), bandwidth=0.2, grid=[0.5, 1, 2])
    weighted = density(VALUES, np.full(200, 2.0), bandwidth=0.2, grid=[0.5, 1, 2])
    assert weighted.height == pytest.approx(twice.height, abs=1e-13)


def test_bins_stand_in_for_many_rows():
    many = RNG.lognormal(size=6000)
    grid = np.array([0.3, 0.5, 1, 2, 4])
    result = density(many, bandwidth=0.1, grid=grid)
    direct = [np.mean(stats.norm.pdf(x, many, 0.1)) for x in grid]
    # bins of a tenth of the bandwidth: an error of a hundredth of it squared
    assert result.height == pytest.approx(direct, abs=2e-4)
    assert (result.standard_error > 10 * np.abs(result.height - direct)).all()


def test_adaptive_kernel_follows_two_scales_better_than_a_fixed_one():
    rng = np.random.default_rng(4)
    values = np.concatenate([rng.normal(0, 0.1, 500), rng.normal(3, 1.5, 500)])
    errors = []
    for adaptive in (False, True):
        result = density(values, adaptive=adaptive, points=600)
        truth = 0.5 * stats.norm.pdf(result.at, 0, 0.1) + 0.5 * stats.norm.pdf(result.at, 3, 1.5)
        errors.append(np.trapezoid(np.abs(result.height - truth), result.at))
    assert errors[1] < 0.9 * errors[0]


def test_band_is_the_spread_of_fresh_samples():
    rng = np.random.default_rng(9)
    found = [density(rng.normal(size=150), bandwidth=0.4, grid=[-1, 0, 2]) for _ in range(400)]
    spread = np.std([result.height for result in found], axis=0)
    stated = np.mean([result.standard_error for result in found], axis=0)
    assert stated == pytest.approx(spread, rel=0.14)  # four errors of a deviation of 400 samples
    low, high = found[0].band()
    assert (low <= found[0].height).all()
    assert (found[0].height <= high).all()
    assert (low >= 0).all()


def test_rule_of_thumb_is_silvermans():
    normal = np.random.default_rng(0).normal(size=1000)
    quartiles = np.subtract(*np.percentile(normal, [75, 25])) / 1.34
    expected = 0.9 * min(normal.std(), quartiles) * 1000**-0.2
    # quartiles by another interpolation of neighbouring rows
    assert rule_of_thumb(Sample.of(normal)) == pytest.approx(expected, rel=5e-3)
    heaped = Sample.of([1.0] * 80 + [5.0] * 20)
    assert rule_of_thumb(heaped) == pytest.approx(0.9 * 1.6 * 100**-0.2, rel=1e-12)


def test_bandwidths_grids_and_values_out_of_range_are_refused():
    with pytest.raises(InputError, match="bandwidth above zero"):
        density(VALUES, bandwidth=0)
    with pytest.raises(InputError, match="heaped"):
        density(np.ones(10))
    with pytest.raises(InputError, match="grid of a density of logs"):
        density(VALUES, in_logs=True, grid=[0.0, 1.0])
    with pytest.raises(InputError, match="incomes >= 0"):
        density([-1.0, 1.0, 2.0], in_logs=True)


def autoregression(seed, slope=0.8, units=150, years=12):
    rng = np.random.default_rng(seed)
    out = np.empty((units, years))
    out[:, 0] = rng.normal(size=units)
    for year in range(1, years):
        noise = (1 - slope**2) ** 0.5 * rng.normal(size=units)
        out[:, year] = slope * out[:, year - 1] + noise
    return out


@pytest.mark.parametrize("adaptive", [False, True])
def test_rows_of_a_stochastic_kernel_integrate_to_one(adaptive):
    kernel = stochastic_kernel(autoregression(1), adaptive=adaptive)
    cell = kernel.at[1] - kernel.at[0]
    assert kernel.conditional.sum(axis=1) * cell == pytest.approx(np.ones(128), abs=1e-12)
    assert kernel.long_run.sum() * cell == pytest.approx(1, abs=1e-12)
    assert kernel.long_run @ kernel.conditional * cell == pytest.approx(kernel.long_run, abs=1e-12)


def test_expected_value_follows_the_autoregression():
    kernel = stochastic_kernel(autoregression(2))
    middle = np.abs(kernel.at) < 1
    slope = np.polyfit(kernel.at[middle], kernel.expected[middle], 1)[0]
    # smoothing over the earlier value flattens the slope a little, 1,650 pairs
    assert slope == pytest.approx(0.8, abs=0.08)


def test_long_run_of_a_stationary_process_is_its_distribution():
    kernel = stochastic_kernel(autoregression(3))
    cell = kernel.at[1] - kernel.at[0]
    mean = kernel.long_run @ kernel.at * cell
    deviation = (kernel.long_run @ (kernel.at - mean) ** 2 * cell) ** 0.5
    # 150 units; the kernel adds its own bandwidth of a quarter to the deviation
    assert mean == pytest.approx(0, abs=0.3)
    assert 0.9 < deviation < 1.5


def test_nobody_moves_and_the_ridge_is_the_diagonal():
    still = np.repeat(np.linspace(0, 1, 60)[:, None], 4, axis=1)
    kernel = stochastic_kernel(still)
    inside = (kernel.at > 0.2) & (kernel.at < 0.8)
    assert kernel.expected[inside] == pytest.approx(kernel.at[inside], abs=0.02)


def test_smoothing_makes_no_return_to_the_middle_that_nobody_made():
    still = np.repeat(np.random.default_rng(5).lognormal(size=(31, 1)), 6, axis=1)
    kernel = stochastic_kernel(still)
    inside = (kernel.at > still.min()) & (kernel.at < still.max())
    # a line through points on the diagonal is the diagonal, up to rounding where pairs are thin
    assert kernel.expected[inside] == pytest.approx(kernel.at[inside], abs=1e-6)
    smoothed = kernel.conditional @ kernel.at * (kernel.at[1] - kernel.at[0])
    assert np.abs(smoothed - kernel.at)[inside].max() > 0.1


def test_an_outlier_far_from_all_others_leaves_no_row_empty():
    values = autoregression(4, units=40)
    values[0] = 500.0
    for adaptive in (False, True):
        kernel = stochastic_kernel(values, adaptive=adaptive)
        assert np.isfinite(kernel.conditional).all()


def test_steps_and_bandwidths_out_of_range_are_refused():
    with pytest.raises(InputError, match="1 to 11; found 12"):
        stochastic_kernel(autoregression(1), step=12)
    with pytest.raises(InputError, match="bandwidths must be above zero"):
        stochastic_kernel(np.ones((5, 4)))
