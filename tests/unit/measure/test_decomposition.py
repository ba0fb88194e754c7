"""Hand-computed nested entropy and refusals."""

import math

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.measure.decomposition import nested_entropy

ROUNDING = 1e-15  # sums of four logarithms


def test_mld_between_two_groups_is_that_of_their_means():
    # Means 1 and 3 around 2: MLD = (ln 2 + ln(2/3)) / 2.
    parts = nested_entropy([1, 1, 3, 3], [["a", "a", "b", "b"]], alpha=0)
    assert parts.between[0].value == pytest.approx(math.log(4 / 3) / 2, abs=ROUNDING)
    assert parts.within.value == 0


def test_theil_of_three_levels_puts_each_gap_on_its_level():
    # a1 = (1, 1), a2 = (3, 3) inside a (mean 2), b = (2, 2): nothing between a and b.
    parts = nested_entropy(
        [1, 1, 3, 3, 2, 2],
        [list("aaaabb"), ["a1", "a1", "a2", "a2", "b", "b"]],
        alpha=1,
    )
    inside_a = (0.5 * math.log(0.5) + 1.5 * math.log(1.5)) / 2
    assert [part.value for part in parts.between] == pytest.approx(
        [0, inside_a * 2 / 3], abs=ROUNDING
    )
    assert parts.within.value == 0
    assert parts.parts[1].groups == ("a", "b")
    assert parts.parts[1].contribution == pytest.approx([inside_a * 2 / 3, 0], abs=ROUNDING)
    assert parts.parts[2].groups == ("a1", "a2", "b")


def test_a_finer_group_in_two_coarser_ones_is_refused_by_name():
    with pytest.raises(InputError, match="group 'urban' of level 2 lies in 2 groups of level 1"):
        nested_entropy([1, 2, 3], [["a", "b", "b"], ["urban", "urban", "rural"]])


def test_all_groups_that_are_not_nested_are_named_at_once():
    with pytest.raises(InputError) as caught:
        nested_entropy([1, 2, 3, 4], [list("aabb"), ["u", "r", "u", "r"]])
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize(
    ("income", "levels", "alpha", "message"),
    [
        ([0, 1], [["a", "b"]], 0.0, "needs incomes > 0"),
        ([-1, 1], [["a", "b"]], 1.0, "needs incomes >= 0"),
        ([1, 2], [], 1.0, "at least one level"),
        ([1, 2], [["a", "b", "c"]], 1.0, "one group label per income"),
        ([1, np.inf], [["a", "b"]], 1.0, "missing or infinite"),
    ],
)
def test_rows_that_cannot_be_used_are_refused(income, levels, alpha, message):
    with pytest.raises(InputError, match=message):
        nested_entropy(income, levels, alpha=alpha)
