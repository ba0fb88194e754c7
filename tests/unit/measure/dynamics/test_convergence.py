"""Sigma, beta and clubs on planted worlds, by hand and against other programs."""

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.measure.dynamics.beta import beta_convergence, beta_line
from gongfu.measure.dynamics.clubs import convergence_clubs, log_t_test
from gongfu.measure.dynamics.hp_filter import hp_trend
from gongfu.measure.dynamics.long_run_variance import (
    andrews_bandwidth,
    long_run_variance,
    slope_on,
)
from gongfu.measure.dynamics.sigma import sigma_convergence
from gongfu.measure.space import listed_weights

YEARS = range(2011, 2021)


def closing_logs(rate, units=12, years=YEARS):
    gap = np.linspace(-1, 1, units)[:, None]
    return 9 + gap * np.exp(-rate * (np.array(years) - years[0]))


def test_gaps_that_close_at_a_rate_give_that_rate_as_trend():
    result = sigma_convergence(np.exp(closing_logs(0.03)), list(YEARS))
    assert result.log_deviation.trend.value == pytest.approx(-0.03, abs=1e-12)
    assert result.log_deviation.is_falling()
    assert not result.log_deviation.is_rising()
    expected = np.linspace(-1, 1, 12).std()
    assert result.log_deviation.by_year[0] == pytest.approx(expected, rel=1e-14)


def test_spread_is_weighted_by_people():
    values = np.tile([[1.0], [2.0], [4.0]], (1, 6)) * np.exp(0.01 * np.arange(6) ** 2)
    plain = sigma_convergence(values[[0, 0, 0, 1, 2, 2]], range(6))
    weighted = sigma_convergence(values, range(6), weight=[3, 1, 2])
    for name in ("log_deviation", "variation", "deviation"):
        by_rows, by_weight = getattr(plain, name), getattr(weighted, name)
        assert by_weight.by_year == pytest.approx(by_rows.by_year, rel=1e-14)
    assert weighted.convention == "units weighted by people"


def test_gaps_can_shrink_relatively_and_grow_absolutely():
    # Published index, 2011-2020: variation falls from .397 to .135, deviation rises .052 to .089.
    mean = np.array([0.131, 0.197, 0.263, 0.293, 0.341, 0.344, 0.409, 0.501, 0.590, 0.657])
    spread = np.array([0.052, 0.057, 0.062, 0.062, 0.066, 0.059, 0.063, 0.076, 0.085, 0.089])
    scores = np.linspace(-1.5, 1.5, 30)[:, None]
    values = mean + scores / scores.std() * spread
    result = sigma_convergence(values, list(YEARS))
    assert result.variation.by_year[[0, -1]] == pytest.approx([0.397, 0.135], abs=5e-4)  # printed
    assert result.deviation.by_year == pytest.approx(spread, abs=1e-15)
    assert "absolute gaps grow" in result.disagreement()
    assert "绝对差距在扩大" in result.disagreement("zh")


def test_bottom_and_top_can_move_differently():
    # The poorest catches up while the richest runs away.
    t = np.arange(8)
    values = np.stack([np.exp(0.2 * t), *[np.full(8, 10.0)] * 6, 14 * np.exp(0.06 * t)])
    result = sigma_convergence(values, range(8))
    assert result.log_deviation.is_falling()
    assert result.variation.is_rising()
    assert "bottom" in result.disagreement()
    assert "底部" in result.disagreement("zh")


def test_measures_that_agree_leave_nothing_to_say():
    values = 100 + np.linspace(-50, 50, 9)[:, None] * np.exp(-0.1 * np.arange(8))
    assert sigma_convergence(values, range(8)).disagreement() == ""


def test_years_that_do_not_fit_are_refused():
    values = np.exp(closing_logs(0.03))
    with pytest.raises(InputError, match="10 years"):
        sigma_convergence(values, [2011, 2012])
    with pytest.raises(InputError, match="at least 2 units and 5 years"):
        sigma_convergence(values[:, :4], [1, 2, 3, 4])
    with pytest.raises(InputError, match="is zero in a year"):
        sigma_convergence(np.ones((3, 6)), range(6))
    with pytest.raises(InputError, match="above zero"):
        sigma_convergence(values - values.mean(), list(YEARS))


def test_beta_gives_back_the_speed_the_world_was_made_with():
    logs = closing_logs(0.02)
    result = beta_convergence(np.exp(logs[:, 0]), np.exp(logs[:, -1]), 9)
    assert result.speed == pytest.approx(0.02, abs=1e-12)
    assert result.half_life_years == pytest.approx(np.log(2) / 0.02, rel=1e-10)
    assert result.beta.value == pytest.approx(-(1 - np.exp(-0.18)) / 9, abs=1e-13)
    assert result.r_squared == pytest.approx(1, abs=1e-12)


def test_growth_that_ignores_the_start_has_no_speed():
    start = np.exp(np.linspace(1, 3, 10))
    noise = np.tile([0.01, -0.01], 5)
    result = beta_convergence(start, start * np.exp(0.5 + noise), 10)
    assert result.beta.interval.low < 0 < result.beta.interval.high
    low, high = result.speed_interval
    assert low < 0 < high


def test_regions_that_swap_places_have_no_defined_speed():
    start = np.exp(np.linspace(-1, 1, 8))
    result = beta_convergence(start, start**-0.5, 10)
    assert np.isnan(result.speed)
    assert result.half_life_years == np.inf


def test_conditional_convergence_needs_its_control():
    rng = np.random.default_rng(5)
    long_run = rng.normal(size=40)
    start = long_run + 0.3 * rng.normal(size=40)
    end = long_run + (start - long_run) * np.exp(-0.05 * 10)
    plain = beta_convergence(np.exp(start), np.exp(end), 10)
    given = beta_convergence(np.exp(start), np.exp(end), 10, controls={"target": long_run})
    assert given.speed == pytest.approx(0.05, abs=1e-10)
    assert plain.speed < 0.02
    assert list(given.controls) == ["constant", "target"]


@pytest.mark.slow  # a simulation
def test_errors_of_beta_are_those_of_fresh_worlds():
    rng = np.random.default_rng(6)
    found = []
    for _ in range(400):
        start = rng.normal(size=60)
        end = 0.8 * start + (0.1 + 0.1 * np.abs(start)) * rng.normal(size=60)
        beta = beta_convergence(np.exp(start), np.exp(end), 1).beta
        found.append((beta.value, beta.standard_error, -0.2 in beta.interval))
    values, errors, covered = np.transpose(found)
    # four errors of a deviation of 400 worlds are 14 %; HC3 is made to err on the long side
    assert 0.86 < errors.mean() / values.std() < 1.25
    assert covered.mean() == pytest.approx(0.95, abs=0.045)


def test_regressors_that_say_the_same_are_refused():
    start, end = np.exp(np.arange(6.0)), np.exp(np.arange(6.0) ** 0.5)
    for control in (np.ones(6), 2 * np.arange(6.0) + 1):
        with pytest.raises(InputError, match="do not identify convergence"):
            beta_convergence(start, end, 5, controls={"same": control})
    with pytest.raises(InputError, match="'short' needs one finite value a unit"):
        beta_convergence(start, end, 5, controls={"short": [1.0, 2.0]})
    with pytest.raises(InputError, match="years must be above zero"):
        beta_convergence(start, end, 0)


def test_spatially_correlated_shocks_show_in_the_residuals():
    n = 50
    ring = listed_weights([[(i - 1) % n, (i + 1) % n] for i in range(n)])
    rng = np.random.default_rng(3)
    start = rng.normal(size=n)
    shock = rng.normal(size=n)
    shock = shock + 2 * ring.lag(shock)
    result = beta_convergence(np.exp(start), np.exp(0.9 * start + 0.2 * shock), 1, weights=ring)
    assert result.residual_moran.p < 0.01
    assert "neighbours' initial level" in result.controls


def test_long_run_variance_of_fresh_noise_is_its_variance_and_of_waves_is_more():
    rng = np.random.default_rng(2)
    fresh = rng.normal(size=4000)
    # the bandwidth is a handful of periods: relative error about sqrt(2 * 5 / 4,000) = 5 %
    assert long_run_variance(fresh) == pytest.approx(1, abs=0.2)
    wave = np.convolve(fresh, [1, 0.8, 0.6, 0.4], mode="valid")
    assert long_run_variance(wave) == pytest.approx(2.8**2, rel=0.3)
    assert andrews_bandwidth(wave) > andrews_bandwidth(fresh)


def test_slope_of_a_straight_line_has_no_error():
    slope = slope_on(np.arange(6.0), 2 - 3 * np.arange(6.0))
    assert (slope.value, slope.standard_error) == (pytest.approx(-3), 0)
    assert slope.intercept == pytest.approx(2)
    assert slope.t == -np.inf
    assert slope_on(np.arange(6.0), np.ones(6)).t == 0


def planted_clubs():
    """Three groups on paths of their own; made with PCG64 and seed 2024."""
    rng = np.random.Generator(np.random.PCG64(2024))
    t, sizes = np.arange(1, 31), (9, 8, 7)
    level = np.repeat([10.0, 9.0, 8.2], sizes)[:, None]
    growth = np.repeat([0.06, 0.04, 0.02], sizes)[:, None]
    gap = rng.normal(size=(24, 1)) * 0.8 * t**-0.6
    return level + growth * t + gap + rng.normal(size=(24, 30)) * 0.004


# convergence-clubs 0.1.2 (Python port of the R package ConvergenceClubs), convention "Stata",
# time_trim 1/3; both sides fit twenty points.
PORT = 1e-9


def test_clubs_and_their_tests_equal_the_port_of_the_r_package():
    result = convergence_clubs(planted_clubs())
    assert [sorted(club.members.tolist()) for club in result.clubs] == [
        list(range(9)),
        list(range(9, 17)),
        list(range(17, 24)),
    ]
    assert [club.test.value for club in result.clubs] == pytest.approx(
        [0.7057668892887666, 0.6620115431102009, 0.617601322187694], rel=PORT
    )
    assert [club.test.standard_error for club in result.clubs] == pytest.approx(
        [0.028514492117459253, 0.018282394787897675, 0.026595430538723205], rel=PORT
    )
    assert result.overall.value == pytest.approx(-0.9980928447718039, rel=PORT)
    assert result.overall.t == pytest.approx(-207.33660368238034, rel=PORT)
    assert result.membership.tolist() == [0] * 9 + [1] * 8 + [2] * 7


def test_hp_trend_equals_the_port_of_the_r_package():
    trend = hp_trend(planted_clubs(), 400)
    assert trend[0, :3] == pytest.approx(
        [10.607788765764452, 10.624650927236479, 10.642194645838952], rel=1e-12
    )
    assert trend[5, -2:] == pytest.approx([11.74407984969846, 11.803936868777221], rel=1e-12)


def test_hp_trend_of_a_straight_line_is_the_line():
    line = np.arange(8.0) * np.array([[1.0], [-2.0]]) + 3
    assert hp_trend(line, 100) == pytest.approx(line, abs=1e-10)  # a system of condition 1e4
    with pytest.raises(InputError, match="above zero"):
        hp_trend(line, 0)


def test_all_units_on_one_path_are_one_club():
    result = convergence_clubs(planted_clubs()[:9])
    assert len(result.clubs) == 1
    assert result.overall.t > -1.65
    assert result.overall.t == pytest.approx(result.clubs[0].test.t, rel=1e-10)  # other order


def test_units_that_part_for_good_belong_to_no_club():
    t = np.arange(1, 31)
    paths = 10 + np.outer([0.5, 0.2, -0.1], t**1.3) / 10
    result = convergence_clubs(paths)
    assert result.clubs == ()
    assert result.diverging.tolist() == [0, 1, 2]
    assert result.membership.tolist() == [-1, -1, -1]


def test_clubs_can_be_left_as_found_or_joined():
    found = convergence_clubs(planted_clubs(), joined=False)
    assert len(found.clubs) >= len(convergence_clubs(planted_clubs()).clubs)
    assert "joined" not in found.convention


def test_units_that_have_become_equal_have_converged():
    paths = np.repeat([[10.0], [11.0]], 20, axis=1)
    paths[1, 5:] = 10
    assert log_t_test(paths).t == np.inf


def test_too_few_periods_and_means_of_zero_are_refused():
    with pytest.raises(InputError, match="too few periods"):
        log_t_test(np.ones((3, 8)))
    with pytest.raises(InputError, match="too few periods"):
        log_t_test(np.ones((3, 20)), discard=1.0)
    with pytest.raises(InputError, match="mean above zero"):
        log_t_test(-np.ones((3, 20)))


def test_line_of_beta_passes_through_the_means_and_is_as_wide_as_its_coefficients_say():
    rng = np.random.default_rng(7)
    start = np.exp(rng.normal(10, 0.4, 31))
    end = start * np.exp(0.8 - 0.2 * (np.log(start) - 10) + rng.normal(0, 0.05, 31))
    middle = float(np.exp(np.log(start).mean()))
    line = beta_line(start, end, 10, at=[1.0, middle])
    found = beta_convergence(start, end, 10)
    constant = found.controls["constant"]  # at a level of 1 its logarithm is 0
    bounds = [line.growth[0], line.low[0], line.high[0]]
    assert bounds == pytest.approx(
        [constant.value, constant.interval.low, constant.interval.high], rel=1e-9
    )
    assert line.growth[1] == pytest.approx(np.mean(np.log(end / start)) / 10, rel=1e-9)
    assert line.high[1] - line.low[1] < line.high[0] - line.low[0]
