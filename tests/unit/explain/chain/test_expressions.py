import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.explain.chain.expressions import Rows, parse_formula

ROWS = Rows.of(
    {"a": np.array([1.0, 2.0, 4.0, 8.0]), "b": np.array([2.0, 0.0, 4.0, np.nan])},
    entity=np.array([0, 0, 0, 1]),
    time=np.array([1, 2, 4, 2]),
)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("a", [1, 2, 4, 8]),
        ("lag(a)", [np.nan, 1, np.nan, np.nan]),  # no row stands at time 3
        ("change(a)", [np.nan, 1, np.nan, np.nan]),
        ("growth( a )", [np.nan, np.log(2), np.nan, np.nan]),
        ("product(a, square(b))", [4, 0, 64, np.nan]),
        ("ratio(b, a)", [2, 0, 1, np.nan]),
        ("log(ratio(a, a))", [0, 0, 0, 0]),
    ],
)
def test_formulas_give_the_column_by_hand(formula, expected):
    np.testing.assert_allclose(parse_formula(formula).values(ROWS), expected, rtol=1e-15)


def test_a_formula_names_its_columns_once():
    assert parse_formula("ratio(log(a), product(a, b))").names == ("a", "b")


def test_standard_has_mean_zero_and_spread_one():
    values = parse_formula("standard(b)").values(ROWS)
    assert np.nanmean(values) == pytest.approx(0, abs=1e-15)
    assert np.nanstd(values) == pytest.approx(1, rel=1e-15)


@pytest.mark.parametrize(
    ("formula", "what"),
    [
        ("lg(a)", "no function 'lg'"),
        ("log(a", "a bracket is not closed"),
        ("log(a, b)", "log takes 1, not 2"),
        ("ratio(a)", "ratio takes 2, not 1"),
        ("log()", "a name is missing"),
        ("a b", "comes after the end"),
        ("a + b", "'+' has no meaning here"),
        ("__import__('os')", "has no meaning here"),
        ("log(" * 9 + "a" + ")" * 9, "nested too deeply"),
        ("a" * 201, "at most 200 characters"),
    ],
)
def test_what_is_not_a_formula_is_refused_with_the_reason(formula, what):
    with pytest.raises(InputError, match="cannot read the formula") as caught:
        parse_formula(formula)
    assert what in str(caught.value)


@pytest.mark.parametrize(("formula", "row"), [("log(b)", "row 2"), ("ratio(a, b)", "row 2")])
def test_numbers_out_of_a_functions_reach_are_counted_with_the_first_row(formula, row):
    with pytest.raises(InputError, match=row):
        parse_formula(formula).values(ROWS)


def test_an_unknown_column_gets_the_nearest_name():
    with pytest.raises(InputError, match="no column 'aa'"):
        parse_formula("log(aa)").values(ROWS)
