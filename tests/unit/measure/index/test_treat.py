from __future__ import annotations

import numpy as np
import pytest

from gongfu.measure.index.treat import kurtosis, skewness, treat


def test_one_wild_value_is_drawn_in_and_marked():
    calm = np.linspace(0, 1, 50)
    values = np.append(calm, 40.0)[:, None]
    found = treat(values, "winsorise")
    assert found.values[-1, 0] == 1.0
    assert found.changed.sum() == 1
    np.testing.assert_array_equal(found.values[:-1, 0], calm)


def test_a_low_wild_value_is_drawn_up():
    values = np.append(np.linspace(0, 1, 50), -40.0)[:, None]
    assert treat(values, "winsorise").values[-1, 0] == 0.0


def test_calm_columns_gaps_and_none_are_left_alone(rng):
    values = rng.uniform(0, 1, (30, 2))
    values[3, 0] = np.nan
    for method in ("none", "winsorise"):
        found = treat(values, method)
        np.testing.assert_array_equal(found.values, values)
        assert not found.changed.any()


def test_at_most_five_points_change():
    values = np.append(np.linspace(0, 1, 200), 10.0 ** np.arange(3, 11))[:, None]
    assert treat(values, "winsorise").changed.sum() <= 5


def test_moments_of_known_shapes():
    assert skewness(np.array([1.0, 2.0, 3.0, np.nan])) == pytest.approx(0)
    assert skewness(np.array([0.0, 0.0, 3.0])) == pytest.approx(1 / np.sqrt(2))
    assert kurtosis(np.array([-1.0, 1.0])) == pytest.approx(-2)
    assert skewness(np.ones(4)) == 0
