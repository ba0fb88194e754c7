import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.data import borders, neighbours
from gongfu.measure.space import (
    SpatialWeights,
    border_weights,
    distance_band_weights,
    economic_distance_weights,
    inverse_distance_weights,
    listed_weights,
    nearest_neighbour_weights,
)

LINE = np.abs(np.subtract.outer([0.0, 1.0, 2.0, 5.0], [0.0, 1.0, 2.0, 5.0]))
CODES = sorted({code for pair in borders() for code in pair})


def test_border_weights_of_the_provinces_are_the_land_borders():
    touch = neighbours(CODES)
    weights = border_weights(touch, standardise=False)
    assert np.array_equal(weights.matrix() == 1, touch)
    assert weights.sums.s0 == 2 * len(borders())


def test_standardised_weights_of_each_unit_add_up_to_one():
    weights = border_weights(neighbours(CODES))
    assert weights.row_sums == pytest.approx(np.ones(len(CODES)), abs=1e-15)
    assert weights.convention == "shared border, row-standardised"


def test_without_its_strait_hainan_is_named_as_an_island():
    with pytest.raises(InputError, match=r"1 of 31 units have no neighbour \(found 46\)") as error:
        border_weights(neighbours(CODES, sea=False), names=CODES)
    assert "sea strait" in str(error.value)


def test_a_kept_island_has_a_lag_of_zero():
    weights = border_weights(neighbours(CODES, sea=False), islands="keep")
    assert weights.islands.tolist() == [CODES.index("46")]
    assert weights.lag(np.ones(len(CODES)))[CODES.index("46")] == 0


def test_islands_are_named_at_most_five_and_a_map_of_islands_is_refused():
    with pytest.raises(InputError, match=r"unit 4 \(counted from 0\), \.\.\."):
        border_weights(np.zeros((7, 7), dtype=bool))
    with pytest.raises(InputError, match="no unit has a neighbour"):
        border_weights(np.zeros((7, 7), dtype=bool), islands="keep")


def test_a_border_must_be_mutual():
    touch = np.zeros((3, 3), dtype=bool)
    touch[0, 1] = True
    with pytest.raises(InputError, match="b but not the other way"):
        border_weights(touch, islands="keep", names=["a", "b", "c"])


def test_distance_band_holds_units_up_to_and_at_the_limit():
    weights = distance_band_weights(LINE, 3.0, standardise=False)
    expected = [[0, 1, 1, 0], [1, 0, 1, 0], [1, 1, 0, 1], [0, 0, 1, 0]]
    assert weights.matrix().tolist() == expected


def test_inverse_distance_falls_with_its_power_and_ends_at_the_limit():
    weights = inverse_distance_weights(LINE, power=2, standardise=False)
    assert weights.matrix()[0].tolist() == pytest.approx([0, 1, 1 / 4, 1 / 25], abs=1e-15)
    cut = inverse_distance_weights(LINE, limit=4.0, standardise=False)
    assert cut.matrix()[0].tolist() == [0, 1, 1 / 2, 0]


def test_two_units_at_one_place_have_no_inverse_distance():
    with pytest.raises(InputError, match=r"same place .*units 0 and 1"):
        inverse_distance_weights(np.zeros((2, 2)))


def test_nearest_neighbours_need_not_be_mutual():
    weights = nearest_neighbour_weights(LINE, 1, standardise=False)
    assert weights.neighbour.tolist() == [1, 0, 1, 2]
    with pytest.raises(InputError, match="1 to 3; found 4"):
        nearest_neighbour_weights(LINE, 4)


def test_economic_distance_times_nearness():
    level = np.array([1.0, 2.0, 4.0])
    plain = economic_distance_weights(level, standardise=False).matrix()
    assert plain.tolist() == [[0, 1, 1 / 3], [1, 0, 1 / 2], [1 / 3, 1 / 2, 0]]
    nearness = np.array([[0.0, 1, 0], [1, 0, 2], [0, 2, 0]])
    nested = economic_distance_weights(level, nearness=nearness, standardise=False)
    assert nested.matrix().tolist() == [[0, 1, 0], [1, 0, 1], [0, 1, 0]]


def test_equal_levels_have_no_economic_distance():
    with pytest.raises(InputError, match="1 pairs of units have the same level"):
        economic_distance_weights(np.array([1.0, 3.0, 1.0]))


@pytest.mark.parametrize(
    ("matrix", "message"),
    [
        (np.ones((2, 3)), r"square matrix .*\(2, 3\)"),
        (np.eye(3), "3 units are their own neighbour"),
        (np.array([[0.0, -1.0], [1.0, 0.0]]), "-1 from unit 0 to unit 1"),
        (np.array([[0.0, np.nan], [1.0, 0.0]]), "missing or infinite"),
    ],
)
def test_a_matrix_that_is_no_weights_is_refused(matrix, message):
    with pytest.raises(InputError, match=message):
        SpatialWeights.from_matrix(matrix)


def test_distances_must_be_square_and_not_negative():
    with pytest.raises(InputError, match="square"):
        distance_band_weights(np.ones((2, 3)), 1.0)
    with pytest.raises(InputError, match="finite and at least 0"):
        distance_band_weights(-LINE, 1.0)


def test_all_faults_of_neighbour_lists_are_told_at_once():
    with pytest.raises(InputError) as error:
        listed_weights([[1, 1], [1], [7]])
    assert len(error.value.problems) == 3


def test_lag_is_the_matrix_product_for_any_further_axes():
    rng = np.random.default_rng(5)
    dense = rng.random((7, 7)) * (rng.random((7, 7)) < 0.4)
    np.fill_diagonal(dense, 0)
    weights = SpatialWeights.from_matrix(dense)
    values = rng.normal(size=(7, 3, 2))
    # sums of at most six products
    assert weights.lag(values) == pytest.approx(np.einsum("ij,jab->iab", dense, values), abs=1e-14)
    whole = np.arange(7)
    assert weights.lag(whole) == pytest.approx(dense @ whole, abs=1e-14)
    assert weights.lag(values[:, 0, 0]) == pytest.approx(dense @ values[:, 0, 0], abs=1e-14)


def test_sums_of_weights_follow_their_definition():
    rng = np.random.default_rng(6)
    dense = rng.random((6, 6)) * (rng.random((6, 6)) < 0.5)
    np.fill_diagonal(dense, 0)
    sums = SpatialWeights.from_matrix(dense).sums
    assert sums.s0 == pytest.approx(dense.sum(), rel=1e-14)  # thirty terms
    assert sums.s1 == pytest.approx(((dense + dense.T) ** 2).sum() / 2, rel=1e-14)
    assert sums.s2 == pytest.approx(((dense.sum(0) + dense.sum(1)) ** 2).sum(), rel=1e-14)
