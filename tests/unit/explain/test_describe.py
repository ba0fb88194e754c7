"""Splits of variance, trends, correlations and unit-root tests."""

import numpy as np
import pytest
from scipy.stats import kstest

from gongfu.core import InputError
from gongfu.explain import PanelData
from gongfu.explain.describe_correlation import correlations, variance_inflation
from gongfu.explain.describe_trends import trends
from gongfu.explain.describe_variance import describe_columns, variance_split
from gongfu.explain.unit_root_regressions import asymptotic_p, dickey_fuller, null_draws
from gongfu.explain.unit_roots import fisher_test, ips_test, llc_test
from gongfu.explain.unit_roots_common import cips_test


def panel(y, x=None, kept=None):
    units, times = y.shape
    rows = np.ones(y.size, dtype=bool) if kept is None else kept
    columns = np.empty((y.size, 0)) if x is None else x
    return PanelData.from_arrays(
        y.ravel()[rows],
        columns[rows],
        entity=np.repeat(np.arange(units), times)[rows],
        time=np.tile(np.arange(times), units)[rows],
    )


def test_shares_of_a_full_panel_are_variances_of_means():
    y = np.random.default_rng(1).normal(size=(7, 5)) + np.arange(5)
    split = variance_split(y.ravel(), panel(y))
    assert split.unit == pytest.approx(y.mean(axis=1).var() / y.var())
    assert split.year == pytest.approx(y.mean(axis=0).var() / y.var())
    assert split.unit + split.year + split.rest == pytest.approx(1.0)


def test_shares_of_a_panel_with_holes_add_up_and_do_not_depend_on_the_order():
    rng = np.random.default_rng(2)
    y, kept = rng.normal(size=(7, 5)) + 3 * np.arange(7)[:, None], rng.random(35) > 0.2
    data = panel(y, kept=kept)
    split = variance_split(data.dependent, data)
    dummies = [np.ones((data.n, 1)), data.entity[:, None] == np.arange(7)]
    dummies.append(data.time[:, None] == np.arange(5))

    def left(*blocks):
        design = np.column_stack(blocks).astype(float)
        fitted = design @ np.linalg.lstsq(design, data.dependent, rcond=None)[0]
        return ((data.dependent - fitted) ** 2).sum()

    base, unit, year, both = (
        left(dummies[0]),
        left(*dummies[:2]),
        left(dummies[0], dummies[2]),
        left(*dummies),
    )
    assert split.unit == pytest.approx(((base - unit) + (year - both)) / 2 / base)
    assert split.year == pytest.approx(((base - year) + (unit - both)) / 2 / base)


def test_a_common_path_is_all_year():
    y = np.tile(np.arange(6.0) ** 2, (4, 1))
    split = variance_split(y.ravel(), panel(y))
    assert (split.unit, split.year, split.rest) == pytest.approx((0, 1, 0), abs=1e-12)


def test_a_constant_column_has_no_shares():
    y = np.ones((3, 4))
    with pytest.raises(InputError, match="varies"):
        variance_split(y.ravel(), panel(y))
    row = describe_columns(panel(y)).row(0, named=True)
    assert row["share_unit"] is None
    assert row["sd"] == 0.0


def test_description_gives_standard_deviations_between_and_within():
    y = np.random.default_rng(3).normal(size=(5, 4))
    row = describe_columns(panel(y)).row(0, named=True)
    assert row["sd_between"] == pytest.approx(y.mean(axis=1).std(ddof=1))
    inside = y - y.mean(axis=1, keepdims=True)
    assert row["sd_within"] == pytest.approx(np.sqrt((inside**2).sum() / 19))
    assert (row["minimum"], row["maximum"]) == (y.min(), y.max())


def test_trends_are_the_slopes_of_lines():
    rng = np.random.default_rng(4)
    y = rng.normal(size=(6, 9)).cumsum(axis=1)
    found = trends(y)
    assert found.slopes == pytest.approx([np.polyfit(np.arange(9), row, 1)[0] for row in y])
    assert found.standard_error == pytest.approx(found.slopes.std(ddof=1) / np.sqrt(6))
    assert trends(np.tile(np.arange(9.0), (6, 1))).common == pytest.approx(1.0)
    apart = trends(np.vstack([np.arange(9.0), -np.arange(9.0)]))
    assert (apart.common, apart.explained, apart.rising) == pytest.approx((0.0, 1.0, 0.5))


def test_correlations_of_shared_trends_vanish_within():
    rng = np.random.default_rng(5)
    path = 5.0 * np.arange(12)
    y, x = path + rng.normal(size=(30, 12)), path + rng.normal(size=(30, 12))
    data = panel(y, x.reshape(-1, 1))
    pooled = correlations(data)["x1"][0]
    assert pooled == pytest.approx(np.corrcoef(y.ravel(), x.ravel())[0, 1])
    assert pooled > 0.9
    # 30 x 12 independent rows: an error of about .055
    assert abs(correlations(data, effects="two-way")["x1"][0]) < 0.17


def test_variance_inflation_is_one_over_one_less_r_squared():
    rng = np.random.default_rng(6)
    x = rng.normal(size=(60, 3))
    x[:, 2] += 2 * x[:, 0]
    data = panel(rng.normal(size=(10, 6)), x)
    found = variance_inflation(data, effects="none")
    design = np.column_stack([np.ones(60), x[:, :2]])
    left = x[:, 2] - design @ np.linalg.lstsq(design, x[:, 2], rcond=None)[0]
    assert found["x3"] == pytest.approx(((x[:, 2] - x[:, 2].mean()) ** 2).sum() / (left**2).sum())
    assert found["x2"] < 1.2


def test_variance_inflation_refuses_a_combination():
    rng = np.random.default_rng(7)
    x = rng.normal(size=(60, 2))
    data = panel(rng.normal(size=(10, 6)), np.column_stack([x, x.sum(axis=1)]))
    with pytest.raises(InputError, match="x3"):
        variance_inflation(data)


@pytest.mark.parametrize("has_trend", [False, True])
def test_a_unit_root_regression_equals_ordinary_least_squares(has_trend):
    y = np.random.default_rng(8).normal(size=(3, 15)).cumsum(axis=1)
    found = dickey_fuller(y, 2, has_trend=has_trend)
    change = np.diff(y[1])
    columns = [y[1, 2:-1], change[1:-1], change[:-2], np.ones(12)]
    design = np.column_stack(columns + ([np.arange(12)] if has_trend else []))
    slope, residual, _, _ = np.linalg.lstsq(design, change[2:], rcond=None)
    variance = residual[0] / (12 - design.shape[1]) * np.linalg.inv(design.T @ design)[0, 0]
    assert found.t[1] == pytest.approx(slope[0] / np.sqrt(variance))


def test_the_simulated_law_comes_close_to_the_asymptotic_one():
    # statsmodels 0.14 adfuller's mackinnonp(-2.86, "c") = 0.0502; finite samples move it little
    assert asymptotic_p(-2.86, has_trend=False) == pytest.approx(0.0502, abs=5e-4)
    assert np.mean(null_draws(200, 0, False, 5000, 1) < -2.86) == pytest.approx(0.05, abs=0.012)


@pytest.mark.parametrize("has_trend", [False, True])
def test_the_asymptotic_law_rises_and_stays_between_zero_and_one(has_trend):
    p = [asymptotic_p(t, has_trend=has_trend) for t in np.linspace(-40, 20, 1201)]
    assert np.all(np.diff(p) >= 0)
    assert 0 < p[0] < 1e-4
    assert 0.9 < p[-1] < 1


@pytest.mark.parametrize("test", [ips_test, fisher_test, cips_test])
def test_random_walks_are_not_rejected_and_stationary_series_are(test):
    rng = np.random.default_rng(9)
    noise = rng.normal(size=(20, 30))
    assert test(noise.cumsum(axis=1)).p > 0.05
    assert test(noise).p < 0.002


def test_pooled_test_rejects_stationary_series():
    rng = np.random.default_rng(10)
    assert llc_test(rng.normal(size=(20, 40)), lags=0).p < 0.001
    assert llc_test(rng.normal(size=(20, 40)).cumsum(axis=1), lags=0).p > 0.05


@pytest.mark.slow
def test_p_values_are_uniform_when_every_series_wanders():
    rng = np.random.default_rng(11)
    found = [ips_test(rng.normal(size=(15, 12)).cumsum(axis=1)).p for _ in range(300)]
    assert kstest(found, "uniform").pvalue > 0.01
    found = [fisher_test(rng.normal(size=(15, 12)).cumsum(axis=1)).p for _ in range(300)]
    assert kstest(found, "uniform").pvalue > 0.01


def test_a_common_factor_is_left_to_the_test_that_allows_for_it():
    rng = np.random.default_rng(12)
    rejected = {"ips": 0, "cips": 0}
    for _ in range(40):
        factor = 3 * rng.normal(size=30).cumsum()
        y = rng.normal(size=(15, 30)).cumsum(axis=1) + factor
        rejected["ips"] += ips_test(y, lags=0).p < 0.05
        rejected["cips"] += cips_test(y, lags=0, draws=100).p < 0.05
    # 40 panels: 5 % would be 2, and more than 6 has a probability below 1 %
    assert rejected["cips"] <= 6 < rejected["ips"]


def test_too_short_series_are_refused():
    with pytest.raises(InputError, match="rows for"):
        cips_test(np.random.default_rng(1).normal(size=(5, 6)), lags=1)
    with pytest.raises(InputError, match="constant"):
        ips_test(np.ones((3, 12)))
    with pytest.raises(InputError, match="each cell"):
        ips_test(np.full((3, 12), np.nan))
