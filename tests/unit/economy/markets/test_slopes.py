from dataclasses import replace

import numpy as np
import pytest

from gongfu.economy.markets import no_shocks
from gongfu.economy.markets.slopes import regional_slopes
from gongfu.economy.markets.state import MarketProblem, evaluate


@pytest.fixture
def village(build):
    """A region too small to move the nation, beside one that is the nation."""
    return build(
        [[3e7, 9e7], [40.0, 25.0]],
        rural=[0.7, 0.2],
        digital=[0.1, 0.3],
        home=[0.3, 0.5],
        tax=[[0.1, 0.12], [0.08, 0.1]],
        markup=[[1.1, 1.3], [1.15, 1.25]],
        capital=[0.2, 0.4],
        transfers=[-5.0, 5.0],
    )


def test_slopes_are_those_of_the_gaps_in_a_region_too_small_to_move_the_nation(
    village, pair_parameters
):
    problem = MarketProblem.of(village, no_shocks(village), pair_parameters)
    slopes = regional_slopes(village, pair_parameters)[1]
    size = 1e-4
    for sector, labour_type in np.ndindex(2, 2):
        gaps = []
        for change in (-size, size):
            wages = np.ones((2, 2, 2))
            wages[1, sector, labour_type] = np.exp(change)
            gaps.append(evaluate(problem, wages, 1.0).labour_gap[1])
        measured = (gaps[0] - gaps[1]) / (2 * size)
        # Central differences err by size squared; the village is a millionth of the nation.
        assert slopes[:, :, sector, labour_type] == pytest.approx(measured, abs=5e-6)


def test_region_that_is_the_nation_can_be_aimed_at_too(single, pair_parameters):
    parameters = replace(pair_parameters, region_substitution=np.array([4.0]))
    slopes = regional_slopes(single, parameters).reshape(2, 2)
    assert np.linalg.det(slopes) > 0.1


def test_missing_labour_type_leaves_the_slopes_invertible(build, pair_parameters):
    base = build([[30.0, 90.0], [40.0, 25.0]], rural=[1.0, 0.2], digital=[0.0, 0.3], home=0.3)
    slopes = regional_slopes(base, pair_parameters).reshape(2, 4, 4)
    assert np.isfinite(np.linalg.inv(slopes)).all()
