"""Conley errors against statsmodels 0.15.0, Driscoll-Kraay and sums written as loops."""

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.explain import Conley, PanelData, fixed_effects, pooled
from gongfu.explain.vcov import moment_covariance

ROUNDING = 1e-10


def panel(entities=12, times=20, seed=4, start=2001):
    rng = np.random.default_rng(seed)
    entity, time = np.repeat(np.arange(entities), times), np.tile(np.arange(times), entities)
    x = rng.normal(size=(entities * times, 2)) + rng.normal(size=entities)[entity][:, None]
    y = x[:, 0] + rng.normal(size=entities)[entity] + rng.normal(size=entities * times)
    return PanelData.from_arrays(y, x, entity=entity, time=time + start)


def distances(entities=12, seed=9):
    place = np.random.default_rng(seed).uniform(size=(entities, 2))
    return np.linalg.norm(place[:, None] - place, axis=2)


def test_without_reach_in_space_they_are_the_panel_newey_west_errors_of_statsmodels():
    # OLS(...).fit(cov_type="hac-panel", maxlags=3, no corrections)
    expected = [0.09842739548157002, 0.0544580840764166, 0.07678894517105055]
    alone = Conley(distances(), 1e-6)
    result = pooled(panel(), errors="conley", conley=alone, lags=3)
    assert result.standard_errors == pytest.approx(expected, rel=ROUNDING)


def test_with_full_reach_and_no_lags_they_are_driscoll_kraay_errors():
    data = panel()
    everywhere = Conley(distances(), 10.0, "uniform")
    result = fixed_effects(data, errors="conley", conley=everywhere, lags=0, effects="entity")
    other = fixed_effects(data, errors="driscoll-kraay", lags=0, effects="entity")
    assert result.vcov == pytest.approx(other.vcov, rel=ROUNDING)


@pytest.mark.parametrize("kernel", ["bartlett", "uniform"])
def test_they_are_the_weighted_sum_over_pairs_of_rows_with_holes_too(kernel):
    data = panel()
    kept = np.random.default_rng(2).random(data.n) > 0.2
    holed = PanelData.from_arrays(
        data.dependent[kept], data.regressors[kept], entity=data.entity[kept], time=data.time[kept]
    )
    distance, cutoff, lags = distances(), 0.4, 2
    found = fixed_effects(
        holed, errors="conley", conley=Conley(distance, cutoff, kernel), lags=lags, effects="time"
    )
    times = np.eye(len(holed.times))[holed.time]
    x = holed.regressors - times @ np.linalg.lstsq(times, holed.regressors, rcond=None)[0]
    scores = x * found.residuals[:, None]
    meat = np.zeros((2, 2))
    for i in range(holed.n):
        for j in range(holed.n):
            apart = distance[holed.entity[i], holed.entity[j]]
            years = abs(int(holed.time[i]) - int(holed.time[j]))
            weight = 0.0
            if years == 0:
                weight = max(1 - apart / cutoff, 0) if kernel == "bartlett" else apart <= cutoff
            elif holed.entity[i] == holed.entity[j] and years <= lags:
                weight = 1 - years / (lags + 1)
            meat += weight * np.outer(scores[i], scores[j])
    bread = np.linalg.inv(x.T @ x)
    assert found.vcov == pytest.approx(bread @ meat @ bread, rel=1e-9)
    assert found.convention.errors == f"Conley, {kernel} to 0.4, 2 lags"
    assert found.convention.dof == 11


def test_moments_have_no_small_sample_factor():
    data = panel()
    design, residuals = data.regressors, data.dependent - data.dependent.mean()
    scores = design * residuals[:, None]
    robust = moment_covariance(design, residuals, data, "hc1")
    assert robust == pytest.approx(scores.T @ scores, rel=ROUNDING)
    sums = np.stack([scores[data.entity == i].sum(axis=0) for i in range(12)])
    clustered = moment_covariance(design, residuals, data, "cluster")
    assert clustered == pytest.approx(sums.T @ sums, rel=ROUNDING)
    iid = moment_covariance(design, residuals, data, "iid")
    assert iid == pytest.approx(residuals @ residuals / data.n * design.T @ design, rel=ROUNDING)


@pytest.mark.parametrize(
    ("reach", "words"),
    [
        ((distances(5), 1.0), "do not fit the panel"),
        ((distances(), 0.0), "cutoff is not above zero"),
        ((distances(), 1.0, "gauss"), "no kernel 'gauss'"),
        ((np.triu(distances()), 1.0), "not the same both ways"),
        ((distances() - 1, 1.0), "numbers from 0"),
    ],
)
def test_distances_that_do_not_fit_are_one_message(reach, words):
    with pytest.raises(InputError, match=words):
        fixed_effects(panel(), errors="conley", conley=Conley(*reach))


def test_conley_errors_without_distances_say_what_they_need():
    with pytest.raises(InputError, match="needs distances"):
        fixed_effects(panel(), errors="conley")


@pytest.mark.slow
@pytest.mark.parametrize("units", [31, 200])
def test_intervals_cover_as_the_result_warns_where_errors_fade_with_distance(units):
    rng = np.random.default_rng(3)
    distance = distances(units, seed=1)
    root = np.linalg.cholesky(np.exp(-distance / 0.05) + 1e-9 * np.eye(units))
    held, clustered, warned = [], [], True
    for _ in range(200):
        x, e = (root @ rng.normal(size=(units, 10)) for _ in range(2))
        entity, time = np.repeat(np.arange(units), 10), np.tile(np.arange(10), units)
        data = PanelData.from_arrays((x + e).ravel(), x.ravel(), entity=entity, time=time)
        reach = Conley(distance, 0.25)
        found = fixed_effects(data, errors="conley", conley=reach, lags=0)
        held.append(1.0 in found.interval_of("x1"))
        clustered.append(1.0 in fixed_effects(data).interval_of("x1"))
        warned = warned and bool(found.warnings)
    print(f"\n  coverage Conley, {units} x 10: {np.mean(held):.3f}, "
          f"clustered by entity {np.mean(clustered):.3f}")  # fmt: skip
    reach = 3 * np.sqrt(0.05 * 0.95 / 200)
    assert 0.90 - reach <= np.mean(held) <= 0.93 + reach
    assert warned
