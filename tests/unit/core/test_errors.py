import pytest

from gongfu.core import InputError, Problem
from gongfu.core.errors import nearest_name


def test_problem_names_place_expectation_finding_and_next_step():
    problem = Problem(
        "not a number",
        expected="yuan",
        found="'abc'",
        file="a.csv",
        row=7,
        column="income",
        fix="Correct it.",
    )
    assert str(problem) == (
        "a.csv, row 7, column income: not a number (expected yuan; found 'abc'). Correct it."
    )


def test_input_error_lists_all_problems_at_once():
    error = InputError([Problem("first"), Problem("second")])
    assert str(error) == "first\nsecond"
    assert error.exit_code == 3


@pytest.mark.parametrize(
    ("typo", "hint"),
    [("Incme", "Did you mean 'income'?"), ("zzzz", "")],
)
def test_nearest_name_offers_a_close_name_and_stays_silent_otherwise(typo, hint):
    assert nearest_name(typo, ["income", "weight"]) == hint
