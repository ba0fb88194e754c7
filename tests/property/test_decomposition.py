"""Laws of the nested entropy decomposition and of the growth of a mean."""

import math
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongfu.measure.decomposition import nested_entropy
from gongfu.measure.entropy import generalized_entropy
from gongfu.measure.logmean import lmdi, log_mean

SUMS = 1e-12  # sums of up to a hundred terms of size one
ALPHAS = st.sampled_from([-1.0, 0.0, 1e-9, 0.3, 0.5, 0.7, 1.0, 1 + 1e-9, 2.0, 3.0])

common = settings(deadline=None)


@dataclass
class People:
    income: np.ndarray
    levels: list[np.ndarray]
    weight: np.ndarray


@st.composite
def people(draw):
    """Three nested levels; some groups hold one row."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    rows = draw(st.integers(1, 60))
    coarse = rng.integers(0, draw(st.integers(1, 4)), rows)
    middle = coarse * 5 + rng.integers(0, draw(st.integers(1, 5)), rows)
    fine = middle * 3 + rng.integers(0, draw(st.integers(1, 3)), rows)
    income = np.round(rng.lognormal(2, 0.8, rows), 1) + 0.1
    return People(income, [coarse, middle, fine], rng.integers(1, 6, rows).astype(float))


def values(parts):
    return [part.total.value for part in parts.parts]


@common
@given(people(), ALPHAS)
def test_parts_add_up_to_the_index_and_are_not_negative(p, alpha):
    parts = nested_entropy(p.income, p.levels, p.weight, alpha=alpha)
    index = generalized_entropy(p.income, p.weight, alpha=alpha)
    assert parts.total.value == pytest.approx(index.value, rel=SUMS, abs=SUMS)
    assert parts.total.influence == pytest.approx(index.influence, rel=1e-9, abs=SUMS)
    assert min(values(parts)) >= 0


@common
@given(people(), ALPHAS)
def test_inserting_a_level_splits_the_part_within(p, alpha):
    fine = nested_entropy(p.income, p.levels, p.weight, alpha=alpha)
    coarse = nested_entropy(p.income, p.levels[:1], p.weight, alpha=alpha)
    assert coarse.between[0].value == pytest.approx(fine.between[0].value, abs=SUMS)
    assert coarse.within.value == pytest.approx(sum(values(fine)[1:]), rel=SUMS, abs=SUMS)


@common
@given(people(), ALPHAS)
def test_each_group_contributes_its_own_index_with_its_weight(p, alpha):
    group = p.levels[0]
    part = nested_entropy(p.income, [group], p.weight, alpha=alpha).parts[1]
    mean, people_total = np.average(p.income, weights=p.weight), p.weight.sum()
    for position, name in enumerate(np.unique(group)):
        here = group == name
        index = generalized_entropy(p.income[here], p.weight[here], alpha=alpha).value
        ratio = np.average(p.income[here], weights=p.weight[here]) / mean
        factor = p.weight[here].sum() / people_total * ratio**alpha
        assert part.contribution[position] == pytest.approx(factor * index, rel=1e-9, abs=SUMS)


@common
@given(people(), ALPHAS)
def test_one_group_leaves_nothing_between(p, alpha):
    parts = nested_entropy(p.income, [np.zeros(len(p.income), int)], p.weight, alpha=alpha)
    assert parts.between[0].value == pytest.approx(0, abs=SUMS)


@common
@given(people(), ALPHAS)
def test_a_weight_counts_as_so_many_rows(p, alpha):
    times = p.weight.astype(int)
    rows = nested_entropy(
        np.repeat(p.income, times), [np.repeat(level, times) for level in p.levels], alpha=alpha
    )
    weighted = nested_entropy(p.income, p.levels, p.weight, alpha=alpha)
    assert values(weighted) == pytest.approx(values(rows), rel=SUMS, abs=SUMS)


@common
@given(people(), ALPHAS, st.floats(1e-3, 1e3), st.floats(1e-3, 1e3))
def test_units_of_money_and_of_weight_do_not_matter(p, alpha, money, unit):
    here = nested_entropy(p.income, p.levels, p.weight, alpha=alpha)
    there = nested_entropy(p.income * money, p.levels, p.weight * unit, alpha=alpha)
    assert values(there) == pytest.approx(values(here), rel=1e-10, abs=SUMS)


@common
@given(people(), ALPHAS)
def test_influence_is_the_derivative_by_the_weight(p, alpha):
    parts = nested_entropy(p.income, p.levels, p.weight, alpha=alpha)
    row, step = len(p.income) // 2, 1e-4
    up, down = p.weight.copy(), p.weight.copy()
    up[row] += step
    down[row] -= step
    above = values(nested_entropy(p.income, p.levels, up, alpha=alpha))
    below = values(nested_entropy(p.income, p.levels, down, alpha=alpha))
    derivative = (np.array(above) - below) / (2 * step)
    # Central difference: truncation of order step^2, rounding of order 1e-15 / step.
    analytic = [part.total.influence[row] for part in parts.parts]
    assert analytic == pytest.approx(derivative, rel=1e-6, abs=1e-7)


@common
@given(people(), st.sampled_from([0.3, 1.0, 2.0]))
def test_zero_incomes_and_a_group_without_income_are_allowed_above_alpha_zero(p, alpha):
    income = np.where(p.levels[1] == p.levels[1][0], 0.0, p.income)
    income = np.append(income, 5.0)
    levels = [np.append(level, -1) for level in p.levels]
    parts = nested_entropy(income, levels, np.append(p.weight, 1.0), alpha=alpha)
    index = generalized_entropy(income, np.append(p.weight, 1.0), alpha=alpha)
    assert parts.total.value == pytest.approx(index.value, rel=SUMS, abs=SUMS)
    assert np.isfinite(parts.total.influence).all()


positive = st.lists(st.floats(0.01, 100), min_size=4, max_size=4)
shares = st.lists(st.one_of(st.just(0.0), st.floats(0.01, 1)), min_size=4, max_size=4).filter(any)


@common
@given(shares, positive, shares, positive)
def test_lmdi_effects_add_up_to_the_growth_of_the_mean(share0, value0, share1, value1):
    effects = lmdi(share0, value0, share1, value1)
    growth = math.log(np.average(value1, weights=share1) / np.average(value0, weights=share0))
    assert effects.rate.sum() + effects.composition.sum() == pytest.approx(growth, abs=SUMS)


@common
@given(shares, positive, shares, positive)
def test_lmdi_effects_change_sign_when_time_runs_backwards(share0, value0, share1, value1):
    forward, back = lmdi(share0, value0, share1, value1), lmdi(share1, value1, share0, value0)
    assert forward.rate == pytest.approx(-back.rate, abs=SUMS)
    assert forward.composition == pytest.approx(-back.composition, abs=SUMS)


@common
@given(st.floats(1e-6, 1e6), st.floats(1e-6, 1e6))
def test_log_mean_lies_between_geometric_and_arithmetic_mean(a, b):
    # Each of the three means is rounded once or twice.
    slack = 1 + 1e-14
    assert math.sqrt(a * b) <= log_mean(a, b) * slack
    assert log_mean(a, b) <= (a + b) / 2 * slack
