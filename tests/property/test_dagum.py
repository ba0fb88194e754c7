"""The fast Dagum decomposition against its definition, and the laws it must keep."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongfu.measure.dagum import dagum
from gongfu.measure.gini import gini

PARTS = ("total", "within", "net_between", "transvariation")
SUMS = 1e-12  # sums of up to some hundred products, all of one sign

common = settings(deadline=None)


@dataclass
class People:
    income: np.ndarray
    group: np.ndarray
    weight: np.ndarray


@st.composite
def people(draw, most_groups=40, most_rows=90):
    """Incomes with ties and zeros, whole-number weights, some labels never used."""
    groups = draw(st.integers(1, most_groups))
    rows = draw(st.integers(1, most_rows))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    income = np.round(rng.lognormal(2, 1, rows), draw(st.integers(0, 2)))
    income[rng.integers(rows)] += 1
    return People(income, rng.integers(0, groups, rows), rng.integers(1, 6, rows).astype(float))


def values(parts):
    return [getattr(parts, part).value for part in PARTS]


def by_definition(p):
    """[Dagum 1997] pair by pair: d is the advantage of the richer group, p that of the poorer."""
    names = np.unique(p.group)
    total, mean = p.weight.sum(), np.average(p.income, weights=p.weight)
    share = [p.weight[p.group == g].sum() / total for g in names]
    within = net = trans = 0.0
    for j in range(len(names)):
        for h in range(len(names)):
            a, b = p.group == names[j], p.group == names[h]
            gap = p.income[a][:, None] - p.income[b]
            pair = np.outer(p.weight[a], p.weight[b]) / (p.weight[a].sum() * p.weight[b].sum())
            gross = (np.abs(gap) * pair).sum()
            advantage = (np.maximum(gap, 0) * pair).sum()
            disadvantage = (np.maximum(-gap, 0) * pair).sum()
            c = share[j] * share[h] * gross / (2 * mean)
            if j == h:
                within += c
            elif gross > 0:
                affluence = abs(advantage - disadvantage) / (advantage + disadvantage)
                net += c * affluence
                trans += c * (1 - affluence)
    return [within + net + trans, within, net, trans]


@common
@given(people())
def test_fast_equals_the_definition(p):
    assert values(dagum(p.income, p.group, p.weight)) == pytest.approx(by_definition(p), abs=SUMS)


@common
@given(people())
def test_parts_add_up_to_the_gini_and_are_not_negative(p):
    total, *parts = values(dagum(p.income, p.group, p.weight))
    assert total == pytest.approx(gini(p.income, p.weight).value, abs=SUMS)
    assert sum(parts) == pytest.approx(total, abs=SUMS)
    assert min(parts) >= 0


@common
@given(people())
def test_a_weight_counts_as_so_many_rows(p):
    times = p.weight.astype(int)
    rows = dagum(np.repeat(p.income, times), np.repeat(p.group, times))
    assert values(dagum(p.income, p.group, p.weight)) == pytest.approx(values(rows), abs=SUMS)


@common
@given(people(), st.floats(1e-3, 1e3), st.floats(1e-3, 1e3), st.integers(1, 3))
def test_units_of_money_and_of_weight_and_replication_do_not_matter(p, money, unit, times):
    again = dagum(
        np.tile(p.income * money, times), np.tile(p.group, times), np.tile(p.weight * unit, times)
    )
    assert values(again) == pytest.approx(values(dagum(p.income, p.group, p.weight)), abs=SUMS)


@common
@given(people(), st.randoms(use_true_random=False))
def test_row_order_does_not_matter(p, random):
    order = list(range(len(p.income)))
    random.shuffle(order)
    here = dagum(p.income, p.group, p.weight)
    there = dagum(p.income[order], p.group[order], p.weight[order])
    assert values(there) == pytest.approx(values(here), abs=SUMS)
    # Ties of incomes inside the sort change which rounding each row sees.
    assert there.within.influence == pytest.approx(here.within.influence[order], abs=SUMS)


@common
@given(people())
def test_one_group_holds_all_inequality_within(p):
    parts = dagum(p.income, np.zeros(len(p.income), int), p.weight)
    assert parts.within.value == parts.total.value
    assert parts.net_between.value == 0
    assert parts.transvariation.value == 0


@common
@given(people())
def test_a_group_per_row_leaves_only_differences_between_means(p):
    parts = dagum(p.income, np.arange(len(p.income)), p.weight)
    assert parts.within.value == pytest.approx(0, abs=SUMS)
    assert parts.transvariation.value == pytest.approx(0, abs=SUMS)


@common
@given(people(most_groups=6, most_rows=40))
def test_influence_is_the_derivative_by_the_weight(p):
    # Without a spread the means of groups can be equal, where net between has a kink.
    income = p.income + np.linspace(0.1, 0.2, len(p.income))
    parts = dagum(income, p.group, p.weight)
    row, step = len(income) // 2, 1e-5
    up, down = p.weight.copy(), p.weight.copy()
    up[row] += step
    down[row] -= step
    above, below = values(dagum(income, p.group, up)), values(dagum(income, p.group, down))
    derivative = (np.array(above) - below) / (2 * step)
    analytic = [getattr(parts, part).influence[row] for part in PARTS]
    # Central difference: truncation of order step^2, rounding of order 1e-15 / step.
    assert analytic == pytest.approx(derivative, abs=1e-8)


@common
@given(people())
def test_influence_adds_up_to_zero_over_people(p):
    parts = dagum(p.income, p.group, p.weight)
    for part in PARTS:
        assert p.weight @ getattr(parts, part).influence == pytest.approx(0, abs=SUMS)


@pytest.mark.parametrize("groups", [1, 2, 3, 31, 100])
def test_many_rows_in_several_chunks_equal_the_sum_over_single_groups(groups):
    rng = np.random.default_rng(5)
    n = 140_001
    income, group = rng.lognormal(9, 0.8, n), rng.integers(0, groups, n)
    weight = rng.uniform(0.5, 2, n)
    parts = dagum(income, group, weight)
    single = [gini(income[group == g], weight[group == g]).value for g in range(groups)]
    # Sums of 1e5 terms: rounding grows with the square root of their number.
    assert parts.gini == pytest.approx(single, rel=1e-11)
    assert parts.total.value == pytest.approx(gini(income, weight).value, rel=1e-12)
