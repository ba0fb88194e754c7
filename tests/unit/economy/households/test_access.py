import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.economy.draws import Stream, uniform
from gongfu.economy.households import (
    ZoneBlocks,
    adopt_internet,
    online_index,
    online_intercepts,
    online_propensity,
    online_taste,
)

EFFECTS = {
    "coverage_effect": 2.0,
    "affordability_effect": 0.4,
    "age_effect": -0.7,
    "education_effect": 0.4,
    "help_effect": 0.8,
    "elderly_age": 60.0,
}
UNITS = np.arange(20_000)


def test_the_index_adds_coverage_affordability_age_education_and_help_to_the_elderly():
    index = online_index(
        coverage=np.array([0.8]),
        affordability=np.array([1.0, 1.0]),
        age=np.array([50.0, 60.0]),
        education=np.array([0.5, 0.5]),
        help_reach=np.array([0.5]),
        blocks=ZoneBlocks.of(np.array([0, 0])),
        **EFFECTS,
    )
    # 1.6 + 0.4 + 0.2 - 3.5, and 1.6 + 0.4 + 0.2 - 4.2 + 0.4; rounding of sums.
    assert index == pytest.approx([-1.3, -1.6], abs=1e-14)


def test_even_odds_times_three_are_three_quarters_and_huge_indices_do_not_overflow():
    blocks = ZoneBlocks.of(np.array([0, 0, 0]))
    propensity = online_propensity(np.array([0.0, -1e4, 1e4]), np.array([np.log(3)]), blocks)
    # Rounding of tanh.
    assert propensity == pytest.approx([0.75, 0.0, 1.0], abs=1e-15)


@pytest.mark.parametrize(
    ("online", "taste", "draw", "after"),
    [
        (0.0, 0.3, 0.39, 1.0),  # wants to join: chance 0.4
        (0.0, 0.3, 0.41, 0.0),
        (1.0, 0.6, 0.59, 1.0),  # wants to leave: stays with chance 0.6
        (1.0, 0.6, 0.61, 0.0),
        (1.0, 0.3, 0.999, 1.0),  # content
        (0.0, 0.6, 0.001, 0.0),
    ],
)
def test_wishes_come_true_at_the_adjustment_rate(online, taste, draw, after):
    found = adopt_internet(
        np.array([online]),
        np.array([0.5]),
        np.array([taste]),
        np.array([draw]),
        adjustment_rate=0.4,
    )
    assert found.tolist() == [after]


def test_soft_access_moves_towards_the_propensity():
    found = adopt_internet(
        np.array([0.2]),
        np.array([0.7]),
        np.array([0.9]),
        np.array([0.9]),
        adjustment_rate=0.4,
        mode="soft",
    )
    # 0.2 + 0.4 * 0.5; rounding.
    assert found == pytest.approx([0.4], abs=1e-15)


def test_a_taste_lies_on_the_side_where_the_household_is():
    taste = online_taste(np.array([1.0, 0.0]), np.array([0.6, 0.6]), np.array([0.5, 0.5]))
    assert taste == pytest.approx([0.3, 0.8], abs=1e-15)


def test_without_a_lever_nobody_goes_online_or_off_bit_by_bit():
    propensity, online, taste = base_year()
    for year in range(2024, 2039):
        draw = uniform(1, year, UNITS, Stream.ACCESS)
        after = adopt_internet(online, propensity, taste, draw, adjustment_rate=0.4)
        assert np.array_equal(after, online)


def test_a_rise_brings_only_those_online_whose_taste_it_passes():
    propensity, online, taste = base_year()
    higher = propensity + 0.1
    draw = uniform(1, 2024, UNITS, Stream.ACCESS)
    after = adopt_internet(online, higher, taste, draw, adjustment_rate=0.4)
    joined = after > online
    assert np.all(after >= online)
    assert np.all((taste[joined] >= propensity[joined]) & (taste[joined] < higher[joined]))
    # Four binomial standard errors around 0.4 of the tenth of households that want to join.
    assert joined.mean() == pytest.approx(0.04, abs=4 * np.sqrt(0.04 * 0.96 / len(UNITS)))


def test_intercepts_reproduce_the_published_share_of_every_zone():
    blocks = ZoneBlocks.of(np.repeat([0, 1, 2], [3, 2, 1]))
    index = np.array([-1.0, 0.0, 1.0, 5.0, -7.0, 0.0])
    people = np.array([1.0, 2.0, 1.0, 1.0, 3.0, 1.0])
    share = np.array([0.5, 0.9, 0.75])
    intercept = online_intercepts(index, share, people, blocks)
    found = blocks.means(online_propensity(index, intercept, blocks), people)
    # The solver stops at 1e-12 of log-odds.
    assert found == pytest.approx(share, abs=1e-12)
    # Symmetric indices at one half need none; even odds times three need ln 3.
    assert intercept[[0, 2]] == pytest.approx([0.0, np.log(3)], abs=1e-11)


def test_impossible_shares_are_all_named():
    blocks = ZoneBlocks.of(np.array([0, 1, 2]))
    with pytest.raises(InputError, match=r"zone 0(.|\n)*zone 2"):
        online_intercepts(np.zeros(3), np.array([0.0, 0.5, 1.2]), np.ones(3), blocks)


def base_year():
    propensity = 0.2 + 0.6 * uniform(1, 2022, UNITS, Stream.POPULATION)
    online = np.where(uniform(1, 2023, UNITS, Stream.POPULATION) < propensity, 1.0, 0.0)
    taste = online_taste(online, propensity, uniform(1, 2023, UNITS, Stream.ONLINE_TASTE))
    return propensity, online, taste
