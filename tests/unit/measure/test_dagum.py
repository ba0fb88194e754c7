"""Hand-computed Dagum parts and refusals."""

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.measure.dagum import dagum

ROUNDING = 1e-15  # sums of a few exact numbers


def test_two_separate_groups_have_no_transvariation():
    # Incomes 1, 1 and 3, 3: mean 2, G = (1/2) (2*1/4) = 1/4, all between the groups.
    parts = dagum([1, 1, 3, 3], ["a", "a", "b", "b"])
    assert parts.net_between.value == pytest.approx(0.25, abs=ROUNDING)
    assert parts.within.value == 0
    assert parts.transvariation.value == 0
    assert parts.affluence[0, 1] == 1


def test_parts_of_an_overlapping_example_are_those_of_the_hand_calculation():
    # a: 1, 4; b: 2, 3 (equal means 2.5). Mean |y - y'|: within a 3/2, within b 1/2, a-b 5/4... of
    # the four pairs |1-2|, |1-3|, |4-2|, |4-3| = 1, 2, 2, 1: mean 3/2.
    parts = dagum([1, 4, 2, 3], ["a", "a", "b", "b"])
    assert parts.gini == pytest.approx([0.3, 0.1], abs=ROUNDING)
    assert parts.gross_gini[0, 1] == pytest.approx(0.3, abs=ROUNDING)
    assert parts.within.value == pytest.approx(0.1, abs=ROUNDING)
    assert parts.net_between.value == 0
    assert parts.transvariation.value == pytest.approx(0.15, abs=ROUNDING)
    assert parts.total.value == pytest.approx(0.25, abs=ROUNDING)


def test_contributions_add_up_to_their_parts():
    parts = dagum([5, 1, 4, 2, 3, 9], [2, 1, 1, 3, 3, 2], [1, 2, 1, 1, 4, 1])
    for name in ("within", "net_between", "transvariation"):
        contribution = getattr(parts, f"{name}_contribution")
        assert contribution.sum() == pytest.approx(getattr(parts, name).value, abs=ROUNDING)
    assert parts.gross_between.value == pytest.approx(
        parts.total.value - parts.within.value, abs=ROUNDING
    )


def test_groups_keep_the_order_of_their_numbers():
    assert dagum([1, 2, 3], [10, 9, 100]).groups == ("9", "10", "100")


def test_shares_are_those_of_people_and_of_income():
    parts = dagum([1, 3], ["a", "b"], [3, 1])
    assert parts.population_share == pytest.approx([0.75, 0.25], abs=ROUNDING)
    assert parts.income_share == pytest.approx([0.5, 0.5], abs=ROUNDING)


def test_a_group_without_income_is_not_unequal():
    parts = dagum([0, 0, 1, 2], ["a", "a", "b", "b"])
    assert parts.gini[0] == 0
    assert parts.gross_gini[0, 1] == pytest.approx(1, abs=ROUNDING)


def test_without_errors_there_are_no_influence_values():
    parts = dagum([1, 2], ["a", "b"], errors=False)
    assert all(
        part.influence.size == 0
        for part in (parts.total, parts.within, parts.net_between, parts.transvariation)
    )


@pytest.mark.parametrize(
    ("income", "groups", "message"),
    [
        ([1, -2], ["a", "b"], ">= 0"),
        ([0, 0], ["a", "b"], "above zero"),
        ([1, np.nan], ["a", "b"], "missing or infinite"),
        ([1, 2], ["a"], "one group label per income"),
        ([1, 2], ["a", None], "1 rows have no group"),
        ([1, 2], ["a", ""], "1 rows have no group"),
        ([1, 2], [1.0, np.nan], "1 rows have no group"),
    ],
)
def test_rows_that_cannot_be_used_are_refused(income, groups, message):
    with pytest.raises(InputError, match=message):
        dagum(income, groups)
