import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.economy.draws import Stream, standard_normal, uniform
from gongfu.economy.households import (
    ZoneBlocks,
    fit_inheritance,
    intergenerational_elasticity,
    renew,
)

STAY = np.eye(2)
APART = np.array([1.0, -1.0])


def test_one_household_in_a_generation_is_replaced_and_the_rest_keep_their_place():
    score, _blocks, renewed = a_year(inheritance=0.3)
    replaced = renewed.replaced > 0
    # Four binomial standard errors.
    assert replaced.mean() == pytest.approx(1 / 28, abs=4 * np.sqrt(1 / 28 / len(score)))
    # Only the zone's mean and spread are set back: a few hundredths of the largest score.
    assert renewed.score[~replaced] == pytest.approx(score[~replaced], abs=0.05)
    assert np.all(renewed.parents[~replaced] == -9.0)


def test_parents_scores_are_kept_and_part_of_them_is_inherited():
    _score, _blocks, renewed = a_year(inheritance=0.3)
    replaced = renewed.replaced > 0
    slope = intergenerational_elasticity(
        renewed.score[replaced], renewed.parents[replaced], np.ones(replaced.sum())
    )
    # Three standard errors of a slope: 3 * 0.95 / sqrt(n).
    assert slope == pytest.approx(0.3, abs=3 * 0.95 / np.sqrt(replaced.sum()))


def test_mean_and_spread_of_each_zone_stay():
    score, blocks, renewed = a_year(inheritance=0.3)
    weight = np.ones(len(score))
    # Rounding of sums.
    assert blocks.means(renewed.score, weight) == pytest.approx(
        blocks.means(score, weight), abs=1e-12
    )
    assert blocks.means(renewed.score**2, weight) == pytest.approx(
        blocks.means(score**2, weight), abs=1e-12
    )


def test_children_of_full_inheritance_are_their_parents():
    score, _, renewed = a_year(inheritance=1.0)
    # Rounding of centring and scaling.
    assert renewed.score == pytest.approx(score, abs=1e-12)


def test_soft_renewal_moves_everybody_by_the_expected_step():
    score, blocks = np.array([-1.0, 1.0]), ZoneBlocks.of(np.zeros(2, int))
    renewed = renew(
        score,
        parents=np.zeros(2),
        weight=np.ones(2),
        draw=np.full(2, 0.5),
        shock=np.array([0.0, 0.0]),
        blocks=blocks,
        inheritance=0.5,
        generation=4.0,
        mode="soft",
    )
    assert renewed.replaced.tolist() == [0.25, 0.25]
    assert renewed.parents.tolist() == [-0.25, 0.25]


def test_inheritance_without_moves_fills_what_zones_leave_open():
    # Zones alone pass on 1 of a variance of 2; 0.75 * 2 needs half of the rest.
    assert fit(0.75, STAY) == pytest.approx(0.5, abs=1e-15)


def test_inheritance_with_moves_makes_up_for_the_mixing():
    # Half of the villagers' children move to town and earn 0.4 less than the mean there:
    # between (1 + 0.2) / 2 = 0.6, stayers 0.75 of the variance; (0.88 - 0.6) / 0.75.
    moves = np.array([[1.0, 0.0], [0.5, 0.5]])
    assert fit(0.44, moves) == pytest.approx(0.28 / 0.75, abs=1e-15)


@pytest.mark.parametrize("elasticity", [0.4, 1.1])
def test_an_elasticity_out_of_reach_is_refused_with_the_range(elasticity):
    with pytest.raises(InputError, match=r"possible are 0\.50 to 1\.00"):
        fit(elasticity, STAY)


def test_dynasties_that_really_move_show_the_fitted_elasticity():
    rng, count = np.random.default_rng(3), 400_000
    income, spread = np.array([10.8, 9.9, 10.5, 9.6]), np.array([0.6, 0.8, 0.55, 0.75])
    share = np.array([0.3, 0.3, 0.2, 0.2])
    moves = np.eye(4)
    moves[1, :2], moves[3, 2:] = [0.4, 0.6], [0.45, 0.55]
    gap, wanted = np.log(0.7), 0.44
    beta = fit_inheritance(income, spread**2, share, moves, mover_gap=gap, elasticity=wanted)
    origin = rng.choice(4, count, p=share)
    rank = rng.normal(size=count)
    home = (rng.random(count)[:, None] > np.cumsum(moves, axis=1)[origin]).sum(axis=1)
    stays = home == origin
    own = np.where(stays, beta * rank + np.sqrt(1 - beta**2) * rng.normal(size=count), 0.0)
    own = np.where(stays, own, rng.normal(size=count))
    child = income[home] + np.where(stays, 0.0, gap) + spread[home] * own
    parent = income[origin] + spread[origin] * rank
    found = intergenerational_elasticity(child, parent, np.ones(count))
    # Three standard errors of the slope with a residual spread near that of the regressor.
    assert found == pytest.approx(wanted, abs=3 / np.sqrt(count))


def fit(elasticity, destination):
    return fit_inheritance(
        APART, np.ones(2), np.ones(2), destination, mover_gap=-0.4, elasticity=elasticity
    )


def a_year(inheritance, count=60_000):
    units = np.arange(count)
    blocks = ZoneBlocks.of(units // (count // 3))
    score = standard_normal(2, 2023, units, Stream.POPULATION)
    renewed = renew(
        score,
        parents=np.full(count, -9.0),
        weight=np.ones(count),
        draw=uniform(2, 2024, units, Stream.RENEWAL),
        shock=standard_normal(2, 2024, units, Stream.RANK),
        blocks=blocks,
        inheritance=inheritance,
        generation=28.0,
    )
    return score, blocks, renewed
