"""Nominal 95 % intervals against how often they hold the truth, printed per estimator (``-s``).

Panels of 31 x 12 unless the name says otherwise: fewer units than most theory has in mind.
"""

import numpy as np
import pytest

from gongfu.explain import (
    PanelData,
    WeightSpectrum,
    fixed_effects,
    pooled,
    random_effects,
    spatial_panel,
    wild_cluster_test,
)
from gongfu.measure.space import SpatialWeights

pytestmark = pytest.mark.slow  # 13 simulations of hundreds of panels

SEED = 7


def share(hits):
    """Coverage with its own standard error."""
    hits = np.asarray(hits, dtype=float)
    return hits.mean(), np.sqrt(0.95 * 0.05 / len(hits))


def report(name, hits, low, high):
    value, error = share(hits)
    print(f"\n  coverage {name:<44} {value:.3f} (+- {error:.3f})")
    # three simulation errors: a true coverage inside the bounds fails once in about 700 seeds
    assert low - 3 * error <= value <= high + 3 * error


def frame(y, x):
    units, times = y.shape
    entity, time = np.repeat(np.arange(units), times), np.tile(np.arange(times), units)
    return PanelData.from_arrays(y.ravel(), x.ravel(), entity=entity, time=time)


def world(rng, units=31, times=12, *, persistent=0.0, common=0.0):
    """One regressor with coefficient 1, effects that correlate with it, and chosen errors."""
    effect, noise = rng.normal(size=(units, 1)), rng.normal(size=(units, times))
    for t in range(1, times):
        noise[:, t] += persistent * noise[:, t - 1]
    x = rng.normal(size=(units, times)) + effect + rng.normal(size=times)
    loading = common * rng.normal(size=(units, 1))
    x = x + loading * rng.normal(size=times)
    return x + effect + noise + loading * rng.normal(size=times), x


FIXED = {
    "iid": ({"errors": "iid"}, {}, 0.93, 0.97),
    "hc1": ({"errors": "hc1"}, {}, 0.93, 0.97),
    "cluster, persistent errors": ({"errors": "cluster"}, {"persistent": 0.6}, 0.93, 0.97),
    "two-way cluster, iid errors": ({"errors": "two-way cluster"}, {}, 0.93, 0.97),
    "Driscoll-Kraay, 12 times (warns)": ({"errors": "driscoll-kraay"}, {"common": 1}, 0.8, 0.93),
    "Driscoll-Kraay, 120 times": (
        {"errors": "driscoll-kraay"},
        {"common": 1, "times": 120},
        0.93,
        0.97,
    ),
}


@pytest.mark.parametrize("name", FIXED)
def test_fixed_effects_intervals_cover_as_stated_or_the_result_warns(name):
    settings, errors, low, high = FIXED[name]
    rng = np.random.default_rng(SEED)
    hits, warned = [], True
    for _ in range(500):
        result = fixed_effects(frame(*world(rng, **errors)), **settings)
        hits.append(1.0 in result.interval_of("x1"))
        warned = warned and bool(result.warnings)
    report(f"fixed effects, {name}", hits, low, high)
    assert warned or low >= 0.93


def test_pooled_and_random_effects_intervals_cover():
    rng = np.random.default_rng(SEED)
    whole, random = [], []
    for _ in range(500):
        _, x = world(rng, units=60, times=10)
        y = x + rng.normal(size=(60, 1)) + rng.normal(size=(60, 10))
        whole.append(1.0 in pooled(frame(y, x)).interval_of("x1"))
        random.append(1.0 in random_effects(frame(y, x)).interval_of("x1"))
    report("pooled, clustered, 60 x 10", whole, 0.93, 0.97)
    report("random effects, 60 x 10", random, 0.93, 0.97)


def test_with_twelve_clusters_the_wild_bootstrap_covers_where_clustered_errors_do_not():
    rng = np.random.default_rng(SEED)
    wild, plain = [], []
    for _ in range(300):
        x, noise = (np.cumsum(rng.normal(size=(12, 10)), axis=1) for _ in range(2))
        data = frame(x + noise, x)
        wild.append(1.0 in wild_cluster_test(data, "x1", seed=1, draws=399).interval)
        plain.append(1.0 in fixed_effects(data).interval_of("x1"))
    report("wild cluster bootstrap, 12 clusters", wild, 0.93, 0.97)
    report("clustered errors, 12 clusters (warns)", plain, 0.85, 0.93)
    assert np.mean(wild) > np.mean(plain)


def ring(units=31):
    distance = np.abs(np.arange(units)[:, None] - np.arange(units))
    near = np.minimum(distance, units - distance)
    return SpatialWeights.from_matrix((near > 0) & (near <= 2)).standardised()


@pytest.mark.parametrize("model", ["sar", "sem", "sdm"])
def test_spatial_intervals_of_coefficient_and_effects_cover(model):
    spectrum, rng = WeightSpectrum(ring()), np.random.default_rng(SEED)
    w, theta = spectrum.matrix, 0.5 if model == "sdm" else 0.0
    inverse = np.linalg.inv(np.eye(31) - 0.4 * w)
    change = np.eye(31) if model == "sem" else inverse @ (np.eye(31) + theta * w)
    truth = {"direct x1": np.trace(change) / 31, "total x1": change.sum() / 31}
    truth |= {"indirect x1": truth["total x1"] - truth["direct x1"], "rho": 0.4, "lambda": 0.4}
    hits = {}
    for _ in range(300):
        y, x = world(rng)
        noise = y - x
        y = x + inverse @ noise if model == "sem" else inverse @ (x + theta * w @ x + noise)
        fit = spatial_panel(frame(y, x), spectrum, model=model)
        for part in (fit.estimates, fit.effects):
            for name in set(part.names) & set(truth):
                hits.setdefault(name, []).append(truth[name] in part.interval_of(name))
    for name, found in sorted(hits.items()):
        report(f"{model}, Lee-Yu, {name}", found, 0.93, 0.97)
