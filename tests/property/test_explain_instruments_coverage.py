"""Nominal 95 % intervals with instruments: how often they hold the truth (``-s``)."""

import numpy as np
import pytest

from gongfu.explain import PanelData, anderson_rubin_set, instrumental_variables

pytestmark = pytest.mark.slow

PANELS, UNITS, TIMES = 200, 31, 12


def world(rng, strength, count):
    effect, z = rng.normal(size=(UNITS, 1)), rng.normal(size=(UNITS, TIMES, count))
    u = rng.normal(size=(UNITS, TIMES))
    for t in range(1, TIMES):
        u[:, t] += 0.5 * u[:, t - 1]
    x = strength * z.sum(axis=2) + 0.7 * u + rng.normal(size=(UNITS, TIMES)) + effect
    data = PanelData.from_arrays(
        (x + u + effect).ravel(),
        x.ravel(),
        entity=np.repeat(np.arange(UNITS), TIMES),
        time=np.tile(np.arange(TIMES), UNITS),
    )
    return data, {f"z{j}": z[..., j].ravel() for j in range(count)}


@pytest.mark.parametrize(("strength", "count"), [(0.4, 2), (0.15, 1), (0.05, 4)])
def test_intervals_cover_or_the_result_calls_its_instruments_weak(strength, count):
    rng = np.random.default_rng(7)
    hits = {"2sls": [], "liml": [], "Anderson-Rubin": []}
    weak = []
    for _ in range(PANELS):
        data, instruments = world(rng, strength, count)
        settings = {"instruments": instruments}
        for method in ("2sls", "liml"):
            found = instrumental_variables(data, endogenous=["x1"], method=method, **settings)
            hits[method].append(1.0 in found.estimates.interval_of("x1"))
        weak.append(found.strength.is_weak)
        hits["Anderson-Rubin"].append(1.0 in anderson_rubin_set(data, endogenous="x1", **settings))
    # three simulation errors on either side of 93-97 %
    reach = 3 * np.sqrt(0.95 * 0.05 / PANELS)
    for name, held in hits.items():
        print(f"\n  coverage {name}, {count} instruments of {strength}: {np.mean(held):.3f}")
        is_inside = 0.93 - reach <= np.mean(held) <= 0.97 + reach
        assert is_inside or np.mean(weak) > 0.95
