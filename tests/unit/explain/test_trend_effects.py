"""Trends of groups and time effects of regions, against dummies."""

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.explain import PanelData, fixed_effects
from gongfu.explain.trend_effects import fixed_effects_with_trends, region_time_effects

ROUNDING = 1e-9  # projections and dummies differ by rounding only


@pytest.fixture
def data():
    rng = np.random.default_rng(4)
    kept = rng.random(12 * 9) > 0.1
    entity, time = np.repeat(np.arange(12), 9)[kept], np.tile(np.arange(2010, 2019), 12)[kept]
    x = rng.normal(size=(108, 2))[kept]
    y = x @ [1.0, -0.5] + entity * 0.1 * time + rng.normal(size=kept.sum())
    return PanelData.from_arrays(y, x, entity=entity, time=time)


def dummies(codes):
    return (codes[:, None] == np.unique(codes)).astype(float)


def brute(data, *columns):
    design = np.column_stack([data.regressors, dummies(data.entity), *columns])
    found, _, rank, _ = np.linalg.lstsq(design, data.dependent, rcond=1e-10)
    return found[:2], int(rank)


@pytest.mark.parametrize("effects", ["entity", "two-way"])
def test_trends_of_entities_equal_dummies_and_cost_as_many_parameters(data, effects):
    time = (data.time - 4.0)[:, None]
    others = [dummies(data.time)] if effects == "two-way" else []
    expected, rank = brute(data, dummies(data.entity) * time, *others)
    found = fixed_effects_with_trends(data, effects=effects, errors="iid")
    assert found.coefficients == pytest.approx(expected, abs=ROUNDING)
    assert found.convention.dof == data.n - rank


def test_trends_of_regions_equal_dummies(data):
    region = data.entity % 3
    time = (data.time - 4.0)[:, None]
    expected, rank = brute(data, dummies(region) * time, dummies(data.time))
    found = fixed_effects_with_trends(data, region, errors="iid")
    assert found.coefficients == pytest.approx(expected, abs=ROUNDING)
    assert found.convention.dof == data.n - rank


def test_time_effects_of_regions_equal_dummies(data):
    region = data.entity % 3
    expected, rank = brute(data, dummies(region * 100 + data.time))
    found = region_time_effects(data, region, errors="iid")
    assert found.coefficients == pytest.approx(expected, abs=ROUNDING)
    assert found.convention.dof == data.n - rank


def test_one_region_gives_the_two_way_regression(data):
    assert region_time_effects(data, np.zeros(data.n)).vcov == pytest.approx(
        fixed_effects(data).vcov
    )


def test_a_regressor_that_is_a_trend_is_refused(data):
    trending = PanelData.from_arrays(
        data.dependent,
        data.entity * data.times[data.time] * 1.0,
        entity=data.entity,
        time=data.times[data.time],
    )
    with pytest.raises(InputError, match="absorbed by the two-way effects and linear trends"):
        fixed_effects_with_trends(trending)


def test_groups_must_fit_the_rows(data):
    with pytest.raises(InputError, match="groups do not fit"):
        fixed_effects_with_trends(data, ["east"])
