import numpy as np
import pytest

from gongfu.core import InputError, Outcomes


def outcomes(values, scenario="reform", years=(2024, 2025)):
    array = np.asarray(values, dtype=float).reshape(1, 2, 2, 1, 1)
    return Outcomes(array, (scenario,), (0, 1), years, ("CN",), ("gini",), ("index 0-1",))


def test_difference_pairs_draw_by_draw():
    effect = outcomes([1, 2, 3, 4]) - outcomes([1, 1, 1, 1], "baseline")
    np.testing.assert_array_equal(effect.measure("gini").ravel(), [0, 1, 2, 3])


def test_an_empty_reform_has_an_effect_of_exactly_zero():
    base = outcomes([0.1, 0.2, 0.3, 0.4], "baseline")
    assert not (base - base).values.any()


def test_runs_over_different_years_do_not_subtract():
    with pytest.raises(InputError, match="years"):
        outcomes([1, 2, 3, 4]) - outcomes([1, 2, 3, 4], years=(2023, 2024))


def test_values_cannot_be_changed_afterwards():
    result = outcomes([1, 2, 3, 4])
    with pytest.raises(ValueError, match="read-only"):
        result.values[0] = 0


def test_to_frame_has_one_labelled_row_per_value():
    frame = outcomes([1, 2, 3, 4]).to_frame()
    assert frame.height == 4
    assert frame.filter(draw=1, year=2025)["value"].to_list() == [4.0]


def test_labels_must_fit_the_array():
    with pytest.raises(InputError, match="labels say"):
        Outcomes(np.zeros((1, 1, 1, 1, 1)), ("a", "b"), (0,), (1,), ("z",), ("m",), ("u",))


def test_unknown_measure_offers_the_nearest_name():
    with pytest.raises(InputError, match="Did you mean 'gini'"):
        outcomes([1, 2, 3, 4]).measure("gni")
