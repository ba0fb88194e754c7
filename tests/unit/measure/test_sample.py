from __future__ import annotations

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.measure.gini import gini
from gongfu.measure.sample import Sample


@pytest.mark.parametrize(
    ("income", "weight", "said"),
    [
        ([], None, "there is no income"),
        ([1, np.nan], None, "1 incomes are missing or infinite (found nan at position 1"),
        ([1, np.inf, -np.inf], None, "2 incomes are missing or infinite"),
        ([1, 2], [1], "differ in length (expected 2 weights; found 1)"),
        ([1, 2], [1, 0], "1 weights are not above zero and finite (found 0 at position 1"),
        ([1, 2], [-1, -2], "2 weights are not above zero"),
        ([1, 2], [1, np.nan], "1 weights"),
        ([1, 2], [1, np.inf], "1 weights"),
        (["a", "b"], None, "income must be numbers"),
        ([[1, 2], [3, 4]], None, "one value a row (found an array of shape (2, 2))"),
    ],
)
def test_bad_rows_are_refused_with_what_was_found(income, weight, said):
    with pytest.raises(InputError) as refused:
        gini(income, weight)
    assert said in str(refused.value)


def test_all_problems_come_at_once():
    with pytest.raises(InputError) as refused:
        Sample.of([1, np.nan, 3], [1, 0])
    assert len(refused.value.problems) == 3


def test_a_sample_is_checked_once_and_passed_on():
    rows = Sample.of([3, 1, 2], [1, 2, 3])
    assert Sample.of(rows) is rows
    assert gini(rows).value == gini([3, 1, 2], [1, 2, 3]).value


def test_rows_without_weights_need_no_weighted_sort():
    rows = Sample.of([3, 1, 2])
    assert rows.sorted_income.tolist() == [1, 2, 3]
    assert rows.cumulative_weight.tolist() == [1, 2, 3]


def test_measures_leave_their_input_as_it_was():
    income, weight = np.array([3.0, 1.0, 2.0]), np.array([1.0, 2.0, 3.0])
    gini(income, weight)
    assert income.tolist() == [3, 1, 2]
    assert weight.tolist() == [1, 2, 3]
