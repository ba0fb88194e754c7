"""The layout of markets and the elasticity of demand for each."""

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.economy.enterprises import (
    market_elasticity,
    market_sum,
    regional_and_digital,
    to_markets,
)
from gongfu.economy.enterprises.markets import market_max

TRADE = np.array([5.0, 5.0, 3.0])


def test_elasticities_are_those_of_the_specification():
    home = np.tile([0.4, 0.35, 0.75], (31, 1))
    elasticity = market_elasticity(home, TRADE, digital=1.6)
    assert len(elasticity) == 103
    assert elasticity[:6] == pytest.approx([3.4, 3.6, 1.5] * 2, abs=1e-15)
    assert (elasticity[93:] == 1.6).all()


def test_elasticity_of_one_or_less_is_refused_and_every_market_named():
    home = np.array([[0.4, 0.35, 1.0], [0.4, 0.35, 0.75]])
    with pytest.raises(InputError, match="market 2 has demand elasticity 1") as refusal:
        market_elasticity(home, np.array([5.0, 5.0, 0.5]), digital=1.6)
    assert len(refusal.value.problems) == 2


def test_regions_and_sectors_land_in_their_markets():
    table = np.arange(8.0).reshape(2, 4)
    markets = to_markets(table, np.array([3.0, 1.0]))
    assert markets[:6].tolist() == [0, 1, 2, 4, 5, 6]
    assert (markets[6:] == 3 * 0.75 + 7 * 0.25).all()  # exact in binary


def test_one_value_for_regional_and_one_for_digital_markets():
    values = regional_and_digital(2.0, 5.0, regions=31)
    assert values.tolist() == [2.0] * 93 + [5.0] * 10


def test_sums_and_maxima_run_over_each_market():
    market, values = np.array([0, 0, 1, 2, 2]), np.array([1.0, 5.0, -2.0, 3.0, 4.0])
    assert market_sum(values, market, 3).tolist() == [6.0, -2.0, 7.0]
    assert market_max(values, market, 3).tolist() == [5.0, -2.0, 4.0]
