"""Classes, and the trap of a common trend."""

from statistics import NormalDist

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.measure.dynamics.classes import pooled_classes, relative_classes, yearly_classes
from gongfu.measure.dynamics.markov import markov

# Mean and standard deviation of a published provincial digital-economy index, 30 provinces,
# 2011-2020 (Frontiers in Public Health 2024, PMC11211368, table 2).
MEAN = np.array([0.131, 0.197, 0.263, 0.293, 0.341, 0.344, 0.409, 0.501, 0.590, 0.657])
DEVIATION = np.array([0.052, 0.057, 0.062, 0.062, 0.066, 0.059, 0.063, 0.076, 0.085, 0.089])
SCORES = np.array([NormalDist().inv_cdf((i + 0.5) / 30) for i in range(30)])
FROZEN = MEAN + SCORES[:, None] * DEVIATION


def test_frozen_ranks_with_a_published_trend_look_like_upward_mobility_and_are_warned_of():
    classes = pooled_classes(FROZEN)
    warning = classes.warning
    assert warning.observed == warning.with_frozen_ranks  # nobody overtakes anybody
    # "40 % up, 0 % down" a year; only mean and spread are published, the normal shape is ours
    assert warning.observed.up == pytest.approx(0.40, abs=0.05)
    assert warning.observed.down == 0
    assert warning.between_ranks.up == warning.between_ranks.down == 0
    assert warning.year_share == pytest.approx(0.85, abs=0.02)  # 85 % of the published variance
    assert "relative_classes" in warning.message()
    assert "if no unit ever overtook another" in warning.message()
    assert "没有任何单元超过另一个" in warning.message("zh")


def test_the_chain_of_such_classes_carries_the_warning():
    assert markov(pooled_classes(FROZEN)).warning is not None


def test_ranks_show_that_nothing_moved():
    chain = markov(yearly_classes(FROZEN))
    assert np.array_equal(chain.probabilities, np.eye(5))


def test_a_trend_that_leaves_relative_values_alone_leaves_relative_classes_alone():
    level = np.linspace(50, 150, 20)
    values = level[:, None] * 1.08 ** np.arange(10)
    assert pooled_classes(values).warning is not None
    assert (np.diff(relative_classes(values).code, axis=1) == 0).all()


def test_a_falling_trend_is_warned_of_too():
    warning = pooled_classes(FROZEN[:, ::-1]).warning
    assert warning.observed.down > 0.3 > warning.observed.up


def test_moves_without_a_trend_are_no_reason_to_warn():
    rng = np.random.default_rng(11)
    values = np.exp(rng.normal(size=(200, 1)) + 0.3 * rng.normal(size=(200, 12)))
    assert pooled_classes(values).warning is None


def test_tolerance_sets_what_is_warned_of():
    assert pooled_classes(FROZEN, tolerance=0.5).warning is None


def test_relative_values_are_over_the_weighted_mean_of_their_year():
    values = np.array([[1.0, 2.0], [3.0, 2.0], [2.0, 8.0]])
    plain = relative_classes(values, cutoffs=[0.75, 1.2])
    assert plain.values == pytest.approx(values / [2, 4], abs=1e-15)
    assert plain.code.tolist() == [[0, 0], [2, 0], [1, 2]]
    weighted = relative_classes(values, weight=[1, 2, 1], cutoffs=[1.0])
    assert weighted.values == pytest.approx(values / [9 / 4, 14 / 4], abs=1e-15)
    by_year = relative_classes(values, weight=[[1, 2], [2, 1], [1, 1]], cutoffs=[1.0])
    assert by_year.values == pytest.approx(values / [9 / 4, 14 / 4], abs=1e-15)


def test_a_value_on_a_cutoff_belongs_to_the_lower_class():
    values = np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]])
    assert pooled_classes(values, cutoffs=[1.0, 2.0]).code.tolist() == [[0, 0], [1, 1], [2, 2]]


def test_pooled_cutoffs_are_the_quantiles_of_all_years():
    values = np.random.default_rng(2).lognormal(size=(17, 6))
    classes = pooled_classes(values, 4)
    expected = np.quantile(values, [0.25, 0.5, 0.75])
    assert classes.cutoffs == pytest.approx(expected, rel=1e-14)  # same interpolation


def test_each_year_has_as_many_units_in_each_rank_class():
    values = np.random.default_rng(2).lognormal(size=(20, 6))
    code = yearly_classes(values).code
    assert all(np.bincount(year).tolist() == [4] * 5 for year in code.T)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([1.0, 2.0], "one row a unit and one column a year"),
        ([[1.0], [2.0]], "2 units and 2 years"),
        ([[1.0, np.nan], [2.0, 3.0]], r"1 values are missing.*unit 0, year 1"),
        ([[1.0, -1.0], [2.0, 3.0]], "above zero .*1 of zero or less, lowest -1"),
        ([[1.0, 1.0], [1.0, 1.0]], "do not fall into 5 classes"),
    ],
)
def test_what_cannot_be_classified_is_refused(values, message):
    with pytest.raises(InputError, match=message):
        relative_classes(values)


def test_wrong_cutoffs_weights_and_numbers_of_classes_are_refused():
    values = [[1.0, 2.0], [2.0, 3.0]]
    with pytest.raises(InputError, match="rising"):
        relative_classes(values, cutoffs=[1.2, 1.1])
    with pytest.raises(InputError, match="at least two classes"):
        relative_classes(values, 1)
    with pytest.raises(InputError, match=r"one a unit or one a unit and year"):
        relative_classes(values, weight=[1.0, 0.0])
    with pytest.raises(InputError, match=r"shape \(2,\) or \(2, 2\)"):
        relative_classes(values, weight=[1.0, 2.0, 3.0])
