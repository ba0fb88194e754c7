from __future__ import annotations

import numpy as np
import pytest

from gongfu.measure.linearised import Linearised
from gongfu.measure.mean import mean

INCOME, OTHER = np.array([1.0, 2.0, 6.0]), np.array([4.0, 3.0, 5.0])
WEIGHT = np.array([1.0, 2.0, 1.5])


@pytest.mark.parametrize(
    "function",
    [
        lambda a, b: a + b,
        lambda a, b: a - b,
        lambda a, b: a * b,
        lambda a, b: a / b,
        lambda a, b: 1.0 - a / b,
        lambda a, b: 2.0 * a + b / 4.0 - 3.0,
        lambda a, b: -a * b,
    ],
)
def test_arithmetic_carries_value_and_derivative(function):
    def both(weight):
        return function(mean(INCOME, weight), mean(OTHER, weight))

    found = both(WEIGHT)
    for row in range(3):
        up, down = WEIGHT.copy(), WEIGHT.copy()
        up[row] += 1e-5
        down[row] -= 1e-5
        slope = (both(up).value - both(down).value) / 2e-5
        # Central difference: truncation of 1e-10.
        assert found.influence[row] == pytest.approx(slope, rel=1e-7)


def test_a_function_of_a_statistic_follows_the_chain_rule():
    statistic = Linearised(2.0, np.array([1.0, -1.0]))
    logarithm = statistic.changed(np.log(2.0), 1 / 2.0)
    assert logarithm.value == np.log(2.0)
    assert logarithm.influence.tolist() == [0.5, -0.5]


def test_a_domain_has_no_influence_outside():
    inside = Linearised(2.0, np.array([1.0, -1.0]))
    whole = inside.in_domain(np.array([False, True, False, True]))
    assert whole.value == 2.0
    assert whole.influence.tolist() == [0, 1, 0, -1]
