from __future__ import annotations

import math
from functools import partial

import numpy as np
import polars as pl
import pytest

from gongfu.core import InputError
from gongfu.measure.design import SurveyDesign
from gongfu.measure.top_tail import hill, inverted_pareto, mean_excess, tail_share
from gongfu.measure.top_tail_table import top_tail
from gongfu.measure.top_tail_threshold import tail_threshold

PARETO = (np.random.default_rng(3).pareto(2.5, 20_000) + 1) * 100
RNG = np.random.default_rng(5)
INCOME, WEIGHT = RNG.lognormal(0, 0.8, 300), RNG.uniform(1, 3, 300)


def test_three_incomes_by_hand():
    income = [1, 2, 2 * math.e, 2 * math.e**2]
    assert hill(income, threshold=2).value == pytest.approx(1 / 1.5)
    assert mean_excess(income, threshold=2).value == pytest.approx(math.e + math.e**2 - 2)
    assert inverted_pareto(income, threshold=2).value == pytest.approx((math.e + math.e**2) / 2)
    assert tail_share(income, threshold=2).value == 0.5


@pytest.mark.parametrize("at", [{"top": 0.05}, {"threshold": 300.0}])
def test_pareto_incomes_give_back_their_index_with_its_textbook_error(at):
    found = hill(PARETO, **at)
    error = math.sqrt(SurveyDesign.simple(len(PARETO)).variance(found))
    count = 1000 if "top" in at else np.count_nonzero(PARETO > 300)
    # a / sqrt(k) is itself an estimate from k log excesses: known to about 1 / sqrt(k).
    assert error == pytest.approx(found.value / math.sqrt(count), rel=0.08)
    assert abs(found.value - 2.5) < 3 * error


def test_inverted_coefficient_of_pareto_incomes_is_that_of_their_index():
    found = inverted_pareto(PARETO, top=0.05)
    error = math.sqrt(SurveyDesign.simple(len(PARETO)).variance(found))
    assert abs(found.value - 2.5 / 1.5) < 3 * error


@pytest.mark.parametrize("measure", [hill, mean_excess, inverted_pareto, tail_share])
def test_influence_is_the_derivative_with_respect_to_weights(measure):
    fixed = partial(measure, threshold=2.0)
    found = fixed(INCOME, WEIGHT).influence
    for i in (0, int(INCOME.argmax()), int(INCOME.argmin())):
        step = np.zeros(300)
        step[i] = 1e-4
        slope = (fixed(INCOME, WEIGHT + step).value - fixed(INCOME, WEIGHT - step).value) / 2e-4
        assert found[i] == pytest.approx(slope, rel=1e-6, abs=1e-11)  # step squared


def test_a_weight_of_three_is_three_rows():
    weight = np.tile([1, 2, 3], 100)
    rows = np.repeat(INCOME, weight)
    assert hill(INCOME, weight, threshold=2.0).value == pytest.approx(
        hill(rows, threshold=2.0).value, rel=1e-12
    )


def test_threshold_is_found_where_the_tail_begins():
    rng = np.random.default_rng(11)
    body, tail = rng.uniform(10, 100, 9000), (rng.pareto(2.0, 1000) + 1) * 100
    found = tail_threshold(np.concatenate([body, tail]))
    assert 85 < found.threshold < 180
    assert 500 <= found.rows <= 1500
    # A Pareto sample of n rows is off by about 1 / sqrt(n).
    assert found.distance < 2 / math.sqrt(found.rows)


def test_threshold_with_weights_is_that_of_repeated_rows():
    weight = np.tile([1, 2], 150)
    repeated = tail_threshold(np.repeat(INCOME, weight), least=40, candidates=10_000)
    weighted = tail_threshold(INCOME, weight, least=20, candidates=10_000)
    assert weighted.threshold >= np.median(INCOME) * 0.9
    index = hill(INCOME, weight, threshold=repeated.threshold).value
    again = hill(np.repeat(INCOME, weight), threshold=repeated.threshold).value
    assert index == pytest.approx(again, rel=1e-12)


def test_too_few_rows_for_a_threshold_are_refused():
    with pytest.raises(InputError, match="more rows above the median"):
        tail_threshold(INCOME[:60])


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: hill(INCOME), "give one of the two"),
        (lambda: hill(INCOME, top=0.1, threshold=2), "give one of the two"),
        (lambda: hill(INCOME, top=1.0), "between 0 and 1"),
        (lambda: hill(INCOME, threshold=-1), "threshold above 0"),
        (lambda: inverted_pareto(INCOME, threshold=-1), "threshold above 0"),
        (lambda: mean_excess(INCOME, threshold=1e9), "two or more different incomes"),
        (lambda: hill([1, 5, 5, 5], threshold=2), "two or more different incomes"),
    ],
)
def test_tails_that_are_none_are_refused(call, words):
    with pytest.raises(InputError, match=words):
        call()


def test_table_holds_the_tail_and_the_points_of_its_plot():
    rows = pl.DataFrame({"income": INCOME, "weight": WEIGHT})
    table = top_tail(rows, "income", top=10, weight="weight", plotted=(20, 10, 0.1))
    assert table["hill(10)"].value == hill(INCOME, WEIGHT, top=0.1).value
    assert table["share(90,100)"].unit == "share 0-1"
    assert [part.measure for part in table.parts] == [
        "hill(20)",
        "mean-excess(20)",
        "p80",
        "hill(10)",
        "mean-excess(10)",
        "p90",
        "p99.9",
    ]


def test_table_says_that_its_threshold_was_looked_for():
    table = top_tail(pl.DataFrame({"income": INCOME}), "income", unit="yuan")
    assert "was looked for" in table.warnings[-1]
    amount = tail_threshold(INCOME).threshold
    held = INCOME[amount < INCOME].sum() / INCOME.sum()
    name = next(one.measure for one in table.estimates if one.measure.startswith("income(>"))
    assert table[name].value == pytest.approx(held, rel=1e-12)


def test_table_refuses_wrong_arguments_at_once():
    with pytest.raises(InputError) as refused:
        top_tail(pl.DataFrame({"income": INCOME}), "income", top=0, threshold=-1, confidence=1)
    assert len(refused.value.problems) == 4
