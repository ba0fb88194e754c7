"""Extended Gini, stratification, and Atkinson's parts: identities and influence values."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.measure.atkinson import atkinson
from gongfu.measure.atkinson_parts import atkinson_parts
from gongfu.measure.gini import gini
from gongfu.measure.s_gini import s_gini
from gongfu.measure.stratification import stratification

RNG = np.random.default_rng(12)
INCOME = RNG.lognormal(3, 0.6, 60).round(0)  # with ties
WEIGHT = RNG.uniform(1, 4, 60)
GROUP = RNG.choice(["a", "b", "c"], 60)

STATISTICS = {
    "s-gini(1.5)": partial(s_gini, INCOME, aversion=1.5),
    "s-gini(3)": partial(s_gini, INCOME, aversion=3.0),
    **{
        f"strata {part}": lambda weight, part=part: getattr(
            stratification(INCOME, GROUP, weight), part
        )
        for part in ("within", "between", "stratification")
    },
    **{
        f"atkinson {part}": lambda weight, part=part: getattr(
            atkinson_parts(INCOME, GROUP, weight, epsilon=1.0), part
        )
        for part in ("within", "between", "cross")
    },
}


@pytest.mark.parametrize("name", STATISTICS)
def test_influence_is_the_derivative_with_respect_to_a_weight(name: str):
    statistic, step = STATISTICS[name], 1e-5
    influence = statistic(WEIGHT).influence
    for row in range(0, 60, 11):
        up, down = WEIGHT.copy(), WEIGHT.copy()
        up[row] += step
        down[row] -= step
        slope = (statistic(up).value - statistic(down).value) / (2 * step)
        # Central difference: error of step squared and of rounding over the step.
        assert influence[row] == pytest.approx(slope, rel=1e-5, abs=1e-9)


def test_an_extended_gini_of_two_is_the_gini():
    one, two = s_gini(INCOME, WEIGHT, aversion=2.0), gini(INCOME, WEIGHT)
    assert one.value == pytest.approx(two.value, rel=1e-12)  # other sums: rounding
    assert one.influence == pytest.approx(two.influence, abs=1e-14)


def test_more_aversion_sees_more_inequality_and_equality_has_none():
    values = [s_gini(INCOME, WEIGHT, aversion=v).value for v in (1.01, 1.5, 2, 5, 50)]
    assert values == sorted(values)
    assert s_gini(np.full(5, 3.0), aversion=4.0).value == pytest.approx(0, abs=1e-15)


def test_strata_add_up_to_the_gini():
    found = stratification(INCOME, GROUP, WEIGHT)
    assert found.total.value == pytest.approx(gini(INCOME, WEIGHT).value, rel=1e-12)  # rounding
    shares = np.array([WEIGHT[g == GROUP].sum() for g in found.groups]) / WEIGHT.sum()
    money = np.array([(WEIGHT * INCOME)[g == GROUP].sum() for g in found.groups])
    ginis = [gini(INCOME[g == GROUP], WEIGHT[g == GROUP]).value for g in found.groups]
    layered = np.sum(money / money.sum() * ginis * found.index * (shares - 1))
    assert found.stratification.value == pytest.approx(layered, rel=1e-9)


def test_groups_with_incomes_of_their_own_are_layers():
    income = np.concatenate([INCOME, INCOME + 1000])
    found = stratification(income, np.repeat(["poor", "rich"], 60))
    assert found.index == pytest.approx([1, 1], rel=1e-9)  # rounding


def test_atkinson_parts_multiply_to_the_index():
    found = atkinson_parts(INCOME, GROUP, WEIGHT, epsilon=0.5)
    assert found.total.value == atkinson(INCOME, WEIGHT, epsilon=0.5).value
    left = (1 - found.within.value) * (1 - found.between.value)
    assert 1 - left == pytest.approx(found.total.value, rel=1e-12)  # rounding
    total = found.within.value + found.between.value + found.cross.value
    assert total == pytest.approx(found.total.value, rel=1e-12)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: s_gini(INCOME, aversion=1.0), "above 1"),
        (lambda: s_gini([-1.0, 2.0], aversion=3.0), "incomes >= 0"),
        (lambda: stratification(INCOME, np.repeat("a", 60)), "two groups"),
    ],
)
def test_what_is_out_of_range_is_refused(call, words: str):
    with pytest.raises(InputError, match=words):
        call()
