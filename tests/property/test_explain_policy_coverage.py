"""Nominal 95 % intervals of policy and quantile estimators against the truth, printed (``-s``).

Panels of 31 x 12 with errors of autocorrelation .5 unless the name says otherwise.
"""

from statistics import NormalDist

import numpy as np
import pytest

from gongfu.explain import PanelData
from gongfu.explain.distribution_moments import moment_quantiles
from gongfu.explain.distribution_unconditional import unconditional_quantiles
from gongfu.explain.policy import (
    effects_by_relative_time,
    event_study,
    group_time_effects,
    imputation,
    interaction_weighted,
    policy_design,
    summarise_effects,
    synthetic_did,
    two_by_two,
    two_way_did,
)

pytestmark = pytest.mark.slow

SEED = 11
WORLDS = 200
ONE_DATE = np.where(np.arange(31) < 10, 6, 12)
THREE_DATES = np.resize([4, 6, 8, 12], 31)


def report(name, hits, low, high):
    value = float(np.mean(hits))
    error = float(np.sqrt(0.95 * 0.05 / len(hits)))
    print(f"\n  coverage {name:<52} {value:.3f} (+- {error:.3f})")
    # three simulation errors: a true coverage inside the bounds fails once in about 700 seeds
    assert low - 3 * error <= value <= high + 3 * error


def world(rng, starts, times=12):
    """Effects grow by .2 a year from 1 and differ between units; a common path; unit effects."""
    units = len(starts)
    noise = rng.normal(size=(units, times))
    for t in range(1, times):
        noise[:, t] += 0.5 * noise[:, t - 1]
    since = np.arange(times) - starts[:, None]
    y = noise + rng.normal(size=(units, 1)) + rng.normal(size=times)
    y += np.where(since >= 0, 1 + 0.2 * since, 0.0)
    data = PanelData.from_arrays(
        y.ravel(),
        np.empty((y.size, 0)),
        entity=np.repeat(np.arange(units), times),
        time=np.tile(np.arange(times), units),
    )
    dates = {i: int(g) for i, g in enumerate(starts) if g < times}
    return policy_design(data, dates, source="generated")


def overall(starts, times=12):
    since = np.arange(times) - starts[:, None]
    return float((1 + 0.2 * since)[since >= 0].mean())


def in_band(path):
    truth = np.where(path.relative >= 0, 1 + 0.2 * path.relative, 0.0)
    return bool(((path.band[:, 0] <= truth) & (truth <= path.band[:, 1])).all())


def inside(result, name, truth):
    return truth in result.interval_of(name)


def single_date(design):
    truth, path = overall(ONE_DATE), event_study(design)
    left_out = synthetic_did(design, errors="jackknife").result
    return {
        "two-by-two": inside(two_by_two(design), "policy", truth),
        "two-way": inside(two_way_did(design), "policy", truth),
        "event study, effect at once": inside(path.result, "e+0", 1.0),
        "event study, band": in_band(path),
        "synthetic, jackknife, 10 treated": inside(left_out, "policy", truth),
    }


def three_dates(design):
    truth = overall(THREE_DATES)
    effects, later = group_time_effects(design), group_time_effects(design, controls="not yet")
    path, imputed = interaction_weighted(design), imputation(design)
    for result in (effects.result, path.result, imputed.overall):
        assert any("31" in warning for warning in result.warnings)
    return {
        "group-time, overall": inside(summarise_effects(effects), "overall", truth),
        "group-time, not yet treated": inside(summarise_effects(later), "overall", truth),
        "group-time, band": in_band(effects_by_relative_time(effects)),
        "interaction-weighted, effect at once": inside(path.result, "e+0", 1.0),
        "interaction-weighted, band": in_band(path),
        "imputation, overall": inside(imputed.overall, "overall", truth),
        "imputation, band": in_band(imputed.path),
    }


def measured(answer, starts, worlds):
    rng = np.random.default_rng(SEED)
    found = [answer(world(rng, starts)) for _ in range(worlds)]
    return {name: [one[name] for one in found] for name in found[0]}


def test_intervals_of_designs_with_one_date_cover():
    for name, hits in measured(single_date, ONE_DATE, WORLDS).items():
        report(name, hits, 0.93, 0.97)


# bounds of results that warn: what was measured, so that a change is noticed
STAGGERED = {
    "group-time, overall": (0.9, 0.95),
    "group-time, not yet treated": (0.9, 0.95),
    "group-time, band": (0.8, 0.9),
    "interaction-weighted, effect at once": (0.93, 0.97),
    "interaction-weighted, band": (0.88, 0.95),
    "imputation, overall": (0.88, 0.93),
    "imputation, band": (0.84, 0.93),
}


def test_intervals_of_staggered_designs_cover_as_stated_and_warn():
    for name, hits in measured(three_dates, THREE_DATES, WORLDS).items():
        report(name, hits, *STAGGERED[name])


SLOPES = 1 + 0.5 * np.array([NormalDist().inv_cdf(q) for q in (0.1, 0.25, 0.5, 0.75, 0.9)])


def location_scale(rng, units=31, times=12):
    entity, time = np.repeat(np.arange(units), times), np.tile(np.arange(times), units)
    x = rng.chisquare(1, size=units * times)
    y = rng.normal(size=units)[entity] + x + (1 + 0.5 * x) * rng.normal(size=units * times)
    return PanelData.from_arrays(y, x, entity=entity, time=time)


@pytest.mark.parametrize(
    ("errors", "low", "high"), [("bootstrap", 0.93, 0.97), ("cluster", 0.86, 0.93)]
)
def test_intervals_of_quantiles_by_moments_cover_or_warn(errors, low, high):
    rng = np.random.default_rng(SEED)
    hits = []
    for _ in range(200):
        process = moment_quantiles(
            location_scale(rng), effects="entity", errors=errors, replications=120
        ).process
        path = process.path("x1")
        hits.append((path["low"].to_numpy() <= SLOPES) & (path["high"].to_numpy() >= SLOPES))
        warned = any("less than 93 %" in note for note in process.results[0].warnings)
        assert warned == (errors == "cluster")
    for quantile, column in zip((0.1, 0.25, 0.5, 0.75, 0.9), np.array(hits).T, strict=True):
        report(f"quantile by moments {quantile}, {errors}", column, low, high)


def test_bootstrap_intervals_of_an_unconditional_quantile_cover():
    """y = x + u, both normal: all quantiles move one for one with the mean of x."""
    rng = np.random.default_rng(SEED)
    hits = []
    entity, time = np.repeat(np.arange(31), 12), np.tile(np.arange(12), 31)
    for _ in range(200):
        x = rng.normal(size=372)
        data = PanelData.from_arrays(x + rng.normal(size=372), x, entity=entity, time=time)
        process = unconditional_quantiles(data, [0.5], effects="entity", replications=120)
        hits.append(1.0 in process.results[0].interval_of("x1"))
    report("unconditional median, bootstrap", hits, 0.9, 0.97)
