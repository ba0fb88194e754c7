import numpy as np
import pytest
from scipy.special import ndtri

from gongfu.economy.draws import Stream, standard_normal
from gongfu.economy.households import (
    ZoneBlocks,
    churn,
    fit_curve,
    keep_level,
    keep_mean_and_spread,
    resize,
)

PER_ZONE = 400
BLOCKS = ZoneBlocks.of(np.repeat([0, 1], PER_ZONE))
SCORE = np.tile(ndtri((np.arange(PER_ZONE) + 0.5) / PER_ZONE), 2)
SHOCK = standard_normal(1, 2024, np.arange(2 * PER_ZONE), Stream.RANK)
WEIGHT = np.repeat([1.0, 3.0], PER_ZONE)


def test_mean_and_spread_are_set_back_to_the_old_ones():
    one_zone = ZoneBlocks.of(np.array([0, 0]))
    kept = keep_mean_and_spread(np.array([0.0, 4.0]), np.array([3.0, 1.0]), np.ones(2), one_zone)
    assert kept.tolist() == [1.0, 3.0]


def test_equal_values_stay_equal():
    one_zone = ZoneBlocks.of(np.array([0, 0]))
    assert keep_mean_and_spread(
        np.full(2, 5.0), np.full(2, 2.0), np.ones(2), one_zone
    ).tolist() == [
        2.0,
        2.0,
    ]


def test_churn_keeps_mean_and_spread_of_each_zone_and_the_wanted_persistence():
    after = churn(SCORE, SHOCK, WEIGHT, BLOCKS, persistence=0.97)
    for moment in (after, after**2):
        before = SCORE if moment is after else SCORE**2
        # Rounding of sums of 400 numbers.
        assert BLOCKS.means(moment, WEIGHT) == pytest.approx(
            BLOCKS.means(before, WEIGHT), abs=1e-13
        )
    # Standard error of the correlation: sqrt(1 - rho^2) / sqrt(800) = 0.009.
    assert np.corrcoef(SCORE, after)[0, 1] == pytest.approx(0.97, abs=0.02)


def test_full_persistence_moves_nobody():
    after = churn(SCORE, SHOCK, WEIGHT, BLOCKS, persistence=1.0)
    assert after == pytest.approx(SCORE, abs=1e-14)


@pytest.mark.parametrize("zone", [0, 1])
def test_a_straight_line_is_continued_beyond_the_last_household(zone):
    curve = fit_curve(SCORE, np.where(BLOCKS.zone == 0, 2.0 * SCORE, 1.0 - SCORE), BLOCKS)
    one = ZoneBlocks(np.full(3, zone), np.array([0]))
    found = curve.at(np.array([-6.0, 0.1, 5.0]), one)
    expected = [[-12.0, 0.2, 10.0], [7.0, 0.9, -4.0]][zone]
    assert found == pytest.approx(expected, abs=1e-12)


def test_a_kink_in_the_middle_is_kept():
    rank = np.where(SCORE < 0, 0.65, 0.5) * SCORE
    curve = fit_curve(SCORE, rank, BLOCKS)
    # The step around zero averages over the kink: 0.15 * 0.25 / 8 at most.
    assert curve.at(SCORE, BLOCKS) == pytest.approx(rank, abs=0.15 * 0.25 / 8)


def test_the_level_of_each_zone_is_set_back():
    new, old = np.log([2.0, 4.0, 5.0]), np.log([1.0, 3.0, 5.0])
    blocks = ZoneBlocks.of(np.array([0, 0, 1]))
    level = keep_level(new, np.ones(3), old, np.ones(3), blocks)
    assert level == pytest.approx([np.log(4 / 6), np.log(4 / 6), 0.0], abs=1e-15)


def test_households_shrink_as_they_rise_and_persons_stay():
    blocks = ZoneBlocks.of(np.array([0, 0]))
    weight = np.array([2.0, 1.0])
    size = resize(np.array([3.0, 3.0]), weight, np.log([1.0, 4.0]), blocks, elasticity=-0.5)
    # Relative sizes 1 and 1/2; 9 persons over 2.5.
    assert size == pytest.approx([3.6, 1.8], rel=1e-15)
    assert weight @ size == pytest.approx(9.0, rel=1e-15)
