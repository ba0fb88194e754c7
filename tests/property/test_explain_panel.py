import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongfu.explain import PanelData, fixed_effects, spatial_panel
from gongfu.measure.space import SpatialWeights

SAME = {"rel": 1e-7, "abs": 1e-9}  # shifts and scales of up to a million cost digits


def panel(seed, units=7, times=5, kept=1.0):
    rng = np.random.default_rng(seed)
    entity, time = np.repeat(np.arange(units), times), np.tile(np.arange(times), units)
    x = rng.normal(size=(units * times, 2))
    y = x.sum(axis=1) + rng.normal(size=units * times)
    rows = np.sort(rng.permutation(units * times)[: int(kept * units * times)])
    return y[rows], x[rows], entity[rows], time[rows]


def data(y, x, entity, time):
    return PanelData.from_arrays(y, x, entity=entity, time=time)


@settings(deadline=None)
@given(st.integers(0, 10**6), st.floats(-1e6, 1e6), st.floats(0.6, 1.0))
def test_effects_added_to_the_dependent_change_nothing(seed, shift, kept):
    y, x, entity, time = panel(seed, kept=kept)
    first = fixed_effects(data(y, x, entity, time), errors="iid")
    second = fixed_effects(data(y + shift * entity - time, x, entity, time), errors="iid")
    assert second.coefficients == pytest.approx(first.coefficients, **SAME)
    assert second.standard_errors == pytest.approx(first.standard_errors, **SAME)


@settings(deadline=None)
@given(
    st.integers(0, 10**6),
    st.floats(1e-3, 1e3),
    st.sampled_from(["iid", "hc1", "cluster", "driscoll-kraay"]),
)
def test_coefficients_and_errors_scale_with_the_units_of_measurement(seed, scale, errors):
    y, x, entity, time = panel(seed)
    first = fixed_effects(data(y, x, entity, time), errors=errors)
    second = fixed_effects(data(y, x * scale, entity, time), errors=errors)
    assert second.coefficients * scale == pytest.approx(first.coefficients, **SAME)
    assert second.t == pytest.approx(first.t, **SAME)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10**6), st.floats(-1e3, 1e3))
def test_spatial_effects_ignore_entity_and_time_effects_and_add_up(seed, shift):
    y, x, entity, time = panel(seed)
    distance = np.abs(np.arange(7)[:, None] - np.arange(7))
    weights = SpatialWeights.from_matrix((distance == 1) | (distance == 6)).standardised()
    first = spatial_panel(data(y, x, entity, time), weights)
    second = spatial_panel(data(y + shift * entity + 3 * time, x, entity, time), weights)
    # rho stands at a flat maximum: half the digits of the likelihood
    assert second.rho == pytest.approx(first.rho, abs=1e-6)
    direct, indirect, total = first.effects.coefficients.reshape(3, 2)
    assert direct + indirect == pytest.approx(total, abs=1e-12)
