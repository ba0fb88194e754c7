"""Records of passes over parts of the rows merge to the numbers of all rows."""

from __future__ import annotations

import math
from functools import reduce

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongfu.core import InputError
from gongfu.measure.catalogue import named_measures
from gongfu.measure.design import SurveyDesign
from gongfu.measure.gini import gini_with_error
from gongfu.measure.large import (
    BinSums,
    IncomeBins,
    Plan,
    distribution,
    first_pass,
    gini_sketch,
    last_pass,
    merge,
    second_pass,
    third_pass,
    values_and_errors,
)
from gongfu.measure.large.sums import CompensatedSum
from gongfu.measure.sample import Sample

MEASURES = ["mean", "gini", "theil", "mld", "atkinson(2)", "hoover", "p90/p10", "palma", "ede"]
BINNED = {"gini", "ede"}


def rows(n: int = 1500) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(4)
    income = np.where(rng.random(n) < 0.3, 1e4, rng.lognormal(10, 0.8, n))
    return income, rng.uniform(0.5, 3, n)


INCOME, WEIGHT = rows()


def measured(parts, measures=MEASURES):
    plan = Plan.of(reduce(merge, (first_pass(y, w) for y, w in parts)), measures)
    second = reduce(merge, (second_pass(plan, y, w) for y, w in parts))
    third = reduce(merge, (third_pass(plan, second, y, w) for y, w in parts))
    known = plan.known(second, third)
    last = reduce(merge, (last_pass(known, y, w) for y, w in parts))
    return values_and_errors(known, last)


def in_memory(measures=MEASURES):
    sample = Sample.of(INCOME, WEIGHT)
    design = SurveyDesign(WEIGHT)
    found = {one.name: one.of(sample) for one in named_measures(measures)}
    return {name: (one.value, math.sqrt(design.variance(one))) for name, one in found.items()}


KNOWN = in_memory()


def parts_of(part, order):
    numbers = np.unique(part)
    numbers = numbers[np.argsort([order[number] for number in numbers])]
    return [(INCOME[part == one], WEIGHT[part == one]) for one in numbers]


@settings(deadline=None, max_examples=15)
@given(
    part=st.integers(1, 9).flatmap(
        lambda k: (
            st.lists(st.integers(0, k), min_size=len(INCOME), max_size=len(INCOME))
            if k < 3
            else st.builds(
                lambda seed: np.random.default_rng(seed).integers(0, k, len(INCOME)).tolist(),
                st.integers(0, 99),
            )
        )
    ),
    order=st.permutations(range(10)),
)
def test_any_partition_in_any_order_gives_the_numbers_of_all_rows(part, order):
    found = measured(parts_of(np.array(part), order))
    for name, (value, error) in KNOWN.items():
        assert found[name][0] == pytest.approx(value, rel=1e-12), name
        # Influence values differ by 1e-15 of the largest, quotients of quantiles by a little more.
        assert found[name][1] == pytest.approx(error, rel=1e-10), name


@settings(deadline=None, max_examples=10)
@given(seed=st.integers(0, 99), parts=st.integers(1, 12))
def test_with_bins_any_partition_differs_in_the_last_digits_only(seed, parts):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(distribution, "FEW_ROWS", 0)
        part = np.random.default_rng(seed).integers(0, parts, len(INCOME))
        found = measured(parts_of(part, np.arange(parts)))
        whole = measured([(INCOME, WEIGHT)])
    for name, (value, error) in whole.items():
        assert found[name][0] == pytest.approx(value, rel=1e-12), name
        assert found[name][1] == pytest.approx(error, rel=1e-10), name
        # The error that 65,536 bins may have; all but the Gini do without them.
        known = KNOWN[name][0]
        assert value == pytest.approx(known, rel=1e-8 if name in BINNED else 1e-12), name


INCOMES = {
    "lognormal": lambda rng, n: rng.lognormal(10, 0.8, n),
    "rounded to hundreds": lambda rng, n: np.ceil(rng.lognormal(10, 0.8, n) / 100) * 100,
    "heavy tail": lambda rng, n: rng.pareto(1.5, n) + 1,
    "a fifth without income": lambda rng, n: rng.lognormal(10, 1, n) * (rng.random(n) > 0.2),
    "nearly equal": lambda rng, n: 100 + rng.random(n),
    "whole numbers": lambda rng, n: rng.integers(1, 7, n).astype(float),
    "a few next to nothing": lambda rng, n: np.where(
        rng.random(n) < 0.01, 1e-9, rng.lognormal(10, 0.8, n)
    ),
}


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("shape", INCOMES)
def test_the_sketch_keeps_its_bound_and_the_bound_is_below_1e_8(shape, weighted):
    rng = np.random.default_rng(5)
    income = INCOMES[shape](rng, 100_000)
    weight = rng.uniform(0.5, 2, len(income)) if weighted else None
    value, error = gini_with_error(income, weight)
    found = gini_sketch(income, weight)
    assert abs(found.value - value) <= found.bound + 1e-12  # 100,000 terms in another order
    assert found.bound < 1e-8
    # Influence inside a bin is known to the people in it times its width: most where all rows
    # stand on a few whole numbers.
    assert found.standard_error == pytest.approx(error, rel=1e-5, abs=1e-8)


@settings(deadline=None)
@given(
    st.lists(
        st.floats(0, 1e9, allow_subnormal=False) | st.integers(0, 5).map(float),
        min_size=2,
        max_size=40,
    ).filter(any)
)
def test_the_exact_gini_lies_within_the_bound_for_any_incomes(incomes):
    if not np.mean(incomes) > 1e-300:
        return
    found = gini_sketch(incomes)
    assert abs(found.value - gini_with_error(incomes)[0]) <= found.bound + 1e-12


def test_bins_hold_incomes_between_their_edges():
    bins = IncomeBins.covering(0.01, 1e7, 3e4)
    income = np.r_[0.0, 1e-5, np.random.default_rng(0).lognormal(10, 1, 5000), 0.01, 1e7]
    place, edges = bins.place(income), bins.edges
    assert place[0] == 0
    assert place[1] == 1
    assert (edges[place] <= income).all()
    assert (income[1:] <= edges[place + 1][1:]).all()
    below_zero = IncomeBins.covering(-500.0, 1e5, 3e4)
    income = np.linspace(-500, 1e5, 5000)
    assert (np.diff(below_zero.place(income)) >= 0).all()


def test_incomes_outside_the_bins_are_refused():
    bins = IncomeBins.covering(1.0, 100.0, 50.0)
    with pytest.raises(InputError, match="outside the bins"):
        bins.place(np.array([5.0, 300.0]))


def test_sums_over_other_bins_do_not_merge():
    one = BinSums.empty(IncomeBins.covering(1.0, 100.0, 50.0), 50.0)
    other = BinSums.empty(IncomeBins.covering(1.0, 1e6, 50.0), 50.0)
    with pytest.raises(InputError, match="do not merge"):
        merge(one, other)


def test_a_plan_knows_only_measures_that_sums_can_give():
    with pytest.raises(InputError, match="no measure"):
        Plan.of(first_pass([1.0, 2.0]), ["ginni"])


def test_compensated_sums_keep_what_ordinary_sums_lose():
    total = CompensatedSum.zero(1)
    for part in [1e16, 1.0, 1.0, -1e16]:
        total = total.plus(np.array([part]))
    assert total.value[0] == 2.0
    assert sum([1e16, 1.0, 1.0, -1e16]) != 2.0
