"""Unconditional and moment quantile regressions with fixed effects."""

import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from scipy.stats import gaussian_kde

from gongfu.core import Evidence, InputError
from gongfu.explain import PanelData, fixed_effects
from gongfu.explain.distribution_bootstrap import bootstrap_covariance, redrawn
from gongfu.explain.distribution_density import (
    density_at,
    recentred_quantile,
    silverman_bandwidth,
)
from gongfu.explain.distribution_moments import moment_quantiles
from gongfu.explain.distribution_unconditional import unconditional_quantiles

ROUNDING = 1e-9  # projections and dummies differ by rounding only


def location_scale(units=30, times=12, seed=1):
    rng = np.random.default_rng(seed)
    entity, time = np.repeat(np.arange(units), times), np.tile(np.arange(times), units)
    x = np.column_stack([rng.chisquare(1, units * times), rng.normal(size=units * times)])
    error = (1 + 0.5 * x[:, 0]) * rng.normal(size=units * times)
    y = rng.normal(size=units)[entity] + x @ [1.0, -0.3] + error
    return PanelData.from_arrays(y, x, entity=entity, time=time)


def dummies(data, effects):
    entity = (data.entity[:, None] == np.arange(len(data.entities))).astype(float)
    time = (data.time[:, None] == np.arange(1, len(data.times))).astype(float)
    return entity if effects == "entity" else np.column_stack([entity, time])


def test_density_is_that_of_a_gaussian_kernel():
    y = np.random.default_rng(1).normal(size=200)
    width = silverman_bandwidth(y)
    peer = gaussian_kde(y, bw_method=width / y.std(ddof=1))
    assert density_at(y, 0.3) == pytest.approx(peer(0.3)[0])
    low, high = np.quantile(y, [0.25, 0.75])
    assert width == pytest.approx(0.9 * min(y.std(ddof=1), (high - low) / 1.34) * 200**-0.2)


def test_recentred_influence_has_two_values_and_the_quantile_as_its_mean():
    y = np.random.default_rng(2).normal(size=1000)
    values = recentred_quantile(y, 0.25)
    assert len(np.unique(values)) == 2
    # the share of rows at or below an interpolated quantile is exact here: 250 of 1,000
    assert values.mean() == pytest.approx(np.quantile(y, 0.25))


@pytest.mark.parametrize("effects", ["entity", "two-way"])
def test_unconditional_coefficients_equal_dummies(effects):
    data = location_scale()
    process = unconditional_quantiles(data, [0.2, 0.8], effects=effects, errors="cluster")
    for quantile, result in zip(process.quantiles, process.results, strict=True):
        values = recentred_quantile(data.dependent, quantile)
        design = np.column_stack([data.regressors, dummies(data, effects)])
        brute = np.linalg.lstsq(design, values, rcond=None)[0][:2]
        assert result.coefficients == pytest.approx(brute, abs=ROUNDING)


def test_clustered_errors_of_a_quantile_are_those_of_its_own_regression():
    from dataclasses import replace

    data = location_scale()
    process = unconditional_quantiles(data, [0.2, 0.8], errors="cluster")
    alone = fixed_effects(replace(data, dependent=recentred_quantile(data.dependent, 0.8)))
    assert process.results[1].vcov == pytest.approx(alone.vcov)
    assert any("density" in note for note in process.results[1].warnings)


@pytest.mark.parametrize("effects", ["entity", "two-way"])
def test_moment_quantiles_equal_their_three_steps_written_out(effects):
    data = location_scale()
    found = moment_quantiles(data, [0.1, 0.6], effects=effects, errors="cluster", correction="none")
    design = np.column_stack([data.regressors, dummies(data, effects)])
    location = np.linalg.lstsq(design, data.dependent, rcond=None)[0]
    residual = data.dependent - design @ location
    spread = np.linalg.lstsq(design, np.abs(residual), rcond=None)[0]
    scale = design @ spread
    for j, tau in enumerate((0.1, 0.6)):

        def loss(q, tau=tau):
            left = residual - q * scale
            return (left * (tau - (left < 0))).sum()

        best = minimize_scalar(loss, bounds=(-5, 5), method="bounded", options={"xatol": 1e-9})
        point = found.standard_quantiles[j]
        assert loss(point) <= best.fun + 1e-9
        expected = location[:2] + point * spread[:2]
        assert found.process.results[j].coefficients == pytest.approx(expected, abs=ROUNDING)
    assert found.scale.coefficients == pytest.approx(spread[:2], abs=ROUNDING)
    assert found.location.coefficients == pytest.approx(location[:2], abs=ROUNDING)


def test_half_panel_correction_is_twice_the_whole_less_the_mean_of_the_halves():
    data = location_scale()
    whole = moment_quantiles(data, [0.9], errors="cluster", correction="none")
    halves = []
    for rows in (data.time < 6, data.time >= 6):
        half = PanelData.from_arrays(
            data.dependent[rows],
            data.regressors[rows],
            entity=data.entity[rows],
            time=data.time[rows],
        )
        halves.append(moment_quantiles(half, [0.9], errors="cluster", correction="none"))
    expected = 2 * whole.process.results[0].coefficients - np.mean(
        [half.process.results[0].coefficients for half in halves], axis=0
    )
    corrected = moment_quantiles(data, [0.9], errors="cluster")
    assert corrected.process.results[0].coefficients == pytest.approx(expected)


@pytest.mark.slow
def test_correction_takes_out_the_bias_of_few_times():
    truth = 1 + 0.5 * 1.2815515655  # slope plus scale times the normal quantile at .9
    found = {"none": [], "half-panel": []}
    for seed in range(150):
        data = location_scale(seed=seed)
        for correction, estimates in found.items():
            answer = moment_quantiles(
                data, [0.9], effects="entity", errors="cluster", correction=correction
            )
            estimates.append(answer.process.results[0].coefficient("x1"))
    bias = {name: np.mean(values) - truth for name, values in found.items()}
    # 150 panels: the mean has an error of .015 to .02; the plain bias is -.11
    assert bias["none"] < -0.06
    assert abs(bias["half-panel"]) < 0.06


@pytest.mark.slow
def test_influence_values_give_the_spread_of_repeated_panels():
    estimates, errors = [], []
    for seed in range(150):
        process = moment_quantiles(
            location_scale(60, 30, seed), effects="entity", errors="cluster", correction="none"
        ).process
        estimates.append([result.coefficient("x1") for result in process.results])
        errors.append([result.standard_error("x1") for result in process.results])
    # a standard deviation over 150 panels has an error of 6 %
    assert np.mean(errors, axis=0) == pytest.approx(np.std(estimates, axis=0), rel=0.2)


def test_bootstrap_and_influence_errors_agree():
    data = location_scale(60, 20, seed=4)
    quantiles = [0.25, 0.75]
    plain = {"effects": "entity", "correction": "none"}
    by_influence = moment_quantiles(data, quantiles, errors="cluster", **plain).process
    by_draws = moment_quantiles(data, quantiles, replications=200, **plain).process
    ratio = np.sqrt(np.diagonal(by_draws.vcov) / np.diagonal(by_influence.vcov))
    # 200 draws have an error of 5 %, 60 clusters one of 9 %
    assert ratio == pytest.approx(np.ones(4), abs=0.3)


def test_an_error_that_no_regressor_scales_gives_equal_quantile_coefficients():
    rng = np.random.default_rng(5)
    entity, time = np.repeat(np.arange(60), 20), np.tile(np.arange(20), 60)
    x = rng.normal(size=1200)
    data = PanelData.from_arrays(x + rng.normal(size=1200), x, entity=entity, time=time)
    even = moment_quantiles(data, errors="cluster", correction="none").process
    assert even.equality_test("x1").p > 0.05
    uneven = moment_quantiles(location_scale(60, 20), errors="cluster", correction="none").process
    assert uneven.equality_test("x1").p < 1e-4


def test_band_of_a_process_is_wider_than_its_intervals_and_the_tag_is_associational():
    process = unconditional_quantiles(location_scale(), errors="cluster")
    path = process.path("x1")
    assert (path["band_high"] > path["high"]).all()
    assert (path["band_low"] < path["low"]).all()
    assert process.results[0].evidence is Evidence.ASSOCIATIONAL
    with pytest.raises(InputError, match="no coefficient"):
        process.path("x9")


def test_equality_test_of_two_quantiles_is_the_squared_t_of_their_difference():
    process = unconditional_quantiles(location_scale(), [0.2, 0.8], errors="cluster")
    contrast = np.array([-1.0, 0.0, 1.0, 0.0])
    both = np.concatenate([result.coefficients for result in process.results])
    t = contrast @ both / np.sqrt(contrast @ process.vcov @ contrast)
    assert process.equality_test("x1").statistic == pytest.approx(t**2)


def test_an_entity_drawn_twice_counts_as_two():
    data = location_scale(4, 6)
    drawn = redrawn(data, np.array([2, 0, 2, 2]))
    assert len(drawn.entities) == 4
    assert drawn.dependent[:6] == pytest.approx(data.dependent[data.entity == 2])
    assert drawn.dependent[18:] == pytest.approx(drawn.dependent[:6])


def test_bootstrap_of_means_has_the_error_of_a_mean():
    data = location_scale(40, 6)
    means = np.bincount(data.entity, data.dependent) / 6
    vcov, used = bootstrap_covariance(
        data, lambda drawn: np.array([drawn.dependent.mean()]), replications=2000, seed=1
    )
    assert used == 2000
    # 2,000 draws: a variance has an error of 3 %
    assert vcov[0, 0] == pytest.approx(means.var() / 40, rel=0.15)


def test_bootstrap_that_often_fails_is_refused():
    def fails(drawn):
        raise InputError("never")

    with pytest.raises(InputError, match="100 of 100"):
        bootstrap_covariance(location_scale(), fails, replications=100, seed=1)


@pytest.mark.parametrize("quantiles", [[], [0.5, 0.5], [0.0, 0.5], [0.9, 0.1]])
def test_quantiles_must_ascend_between_zero_and_one(quantiles):
    with pytest.raises(InputError, match="quantiles ascend"):
        unconditional_quantiles(location_scale(), quantiles)


def test_too_few_times_for_the_correction_are_refused():
    with pytest.raises(InputError, match="half of the times"):
        moment_quantiles(location_scale(30, 4))
