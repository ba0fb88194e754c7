import numpy as np
import pytest

from gongfu.data import load_china_national
from gongfu.economy.backcast.rules import (
    Rule,
    ar1_growth,
    damped_trend,
    linear_trend,
    log_drift,
    random_walk,
    rulers,
)
from gongfu.economy.backcast.score import coverage, mase, rmse

YEARS = np.arange(2010, 2024)
ORIGINS = range(2015, 2020)


@pytest.fixture(scope="module")
def ratio():
    """Urban over rural income per person of the nation, 2010-2023."""
    national = load_china_national()
    urban, rural = (
        national.array(f"income_pc_{area}", ["CN"], YEARS.tolist()) for area in ("urban", "rural")
    )
    return urban / rural


def errors(rule, series):
    """RMSE to 2023 by origin; the rule sees figures up to the origin only."""
    out = []
    for origin in ORIGINS:
        seen = origin >= YEARS
        horizons = np.arange(1, 2024 - origin)
        forecast = rule.ahead(YEARS[seen], series[:, seen], horizons)
        out.append(rmse(forecast, series[:, ~seen]))
    return np.round(out, 3).tolist()


@pytest.mark.parametrize(
    ("rule", "first", "expected"),
    [
        (linear_trend, 2010, [0.107, 0.064, 0.037, 0.049, 0.067]),
        (linear_trend, 2011, [0.073, 0.043, 0.052, 0.076, 0.091]),
        (linear_trend, 2013, [0.046, 0.067, 0.104, 0.123, 0.126]),
        (log_drift, 2011, [0.045, 0.053, 0.087, 0.103, 0.099]),
        (log_drift, 2013, [0.044, 0.074, 0.110, 0.120, 0.110]),
    ],
)
def test_rulers_repeat_the_errors_of_an_independent_computation(ratio, rule, first, expected):
    # Computed apart from this code on the same published ratio, printed with three decimals.
    assert errors(Rule("", first, rule), ratio) == expected


def test_rules_follow_the_path_they_assume():
    years, horizons = np.arange(2010, 2016), np.arange(1, 4)
    line = (3.0 * (years - 2000))[None]
    growth = np.exp(0.05 * (years - 2010))[None]
    np.testing.assert_allclose(linear_trend(years, line, horizons), [[48, 51, 54]])
    np.testing.assert_allclose(random_walk(years, line, horizons), [[45, 45, 45]])
    steady = growth[:, -1:] * np.exp(0.05 * horizons)
    np.testing.assert_allclose(log_drift(years, growth, horizons), steady)
    np.testing.assert_allclose(ar1_growth(years, growth, horizons), steady)
    np.testing.assert_allclose(damped_trend(years, growth, horizons, phi=1.0), steady)


def test_a_trend_damped_to_zero_is_a_random_walk():
    years, values = np.arange(2010, 2016), np.array([[1.0, 2, 3, 4, 5, 7]])
    horizons = np.arange(1, 4)
    np.testing.assert_allclose(
        damped_trend(years, values, horizons, phi=0.0), random_walk(years, values, horizons)
    )


def test_every_window_is_named_and_short_windows_are_passed_over():
    names = [rule.name for rule in rulers((2010, 2013), 0.85)]
    assert len(set(names)) == len(names) == 9
    late = next(rule for rule in rulers((2010, 2013), 0.85) if rule.name == "log drift from 2013")
    assert late.ahead(np.array([2012, 2013, 2014]), np.ones((1, 3)), np.array([1])) is None


def test_scores_by_hand():
    forecast, actual = np.array([[2.0, 2.0]]), np.array([[1.0, np.nan]])
    assert rmse(forecast, actual) == 1
    assert mase(forecast, actual, np.array([[1.0, 1.5, 1.0]])) == 2
    sd = np.full((1, 2), np.log(2.0))
    assert coverage(forecast, actual, sd, reach=1.01) == 1
    assert coverage(forecast, actual, sd, reach=0.99) == 0
