from __future__ import annotations

from datetime import date
from functools import partial

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongfu.core import InputError, Uncertainty
from gongfu.data.concentration_rules import load_concentration_rules
from gongfu.measure.markets import (
    Elasticity,
    accounting_markup,
    aggregate_markup,
    apply_rules,
    concentration_ratio,
    effective_number,
    firm_markups,
    hall_tideman,
    herfindahl,
    lerner_index,
    market,
    market_entropy,
    rules_on,
    turnover,
)

EXACT = 1e-12  # the same sums in another order
SALES = np.array([50.0, 20, 20, 6, 3, 1])
INDICES = {
    "hhi": herfindahl,
    "cr2": partial(concentration_ratio, k=2),
    "cr4": concentration_ratio,
    "entropy": market_entropy,
    "effective": effective_number,
    "hall-tideman": hall_tideman,
}


def test_indices_of_a_market_worked_out_by_hand():
    assert herfindahl(SALES).value == pytest.approx(0.25 + 2 * 0.04 + 0.0036 + 0.0009 + 0.0001)
    assert concentration_ratio(SALES, k=4).value == pytest.approx(0.96)
    # ranks 1, 2.5, 2.5, 4, 5, 6
    ranks = 0.5 * 1 + 0.2 * 2.5 * 2 + 0.06 * 4 + 0.03 * 5 + 0.01 * 6
    assert hall_tideman(SALES).value == pytest.approx(1 / (2 * ranks - 1))
    shares = SALES / 100
    assert market_entropy(SALES).value == pytest.approx(-(shares * np.log(shares)).sum())


@pytest.mark.parametrize("n", [1, 2, 7])
def test_equal_firms_have_the_indices_of_their_number(n):
    sales = np.full(n, 3.0)
    for index in (herfindahl, hall_tideman):
        assert index(sales).value == pytest.approx(1 / n)
    assert effective_number(sales).value == pytest.approx(n)
    assert np.exp(market_entropy(sales).value) == pytest.approx(n)
    assert concentration_ratio(sales, k=4).value == pytest.approx(min(4 / n, 1))


@given(
    st.lists(st.floats(0.1, 1e6), min_size=2, max_size=12),
    st.lists(st.integers(1, 4), min_size=12, max_size=12),
)
def test_a_weight_counts_as_that_many_firms(sales, weights):
    sales, weight = np.array(sales), np.array(weights[: len(sales)], dtype=float)
    repeated = np.repeat(sales, weight.astype(int))
    for index in INDICES.values():
        assert index(sales, weight).value == pytest.approx(index(repeated).value, rel=1e-9)


@pytest.mark.parametrize("name", INDICES)
def test_influence_is_the_derivative_by_the_weight(name):
    # weights of 1.3 keep the k-th firm inside its row, where CR-k has a derivative
    index, weight, step = INDICES[name], np.full(6, 1.3), 1e-6
    found = index(SALES + np.arange(6) / 10, weight)
    for row in range(6):
        up, down = weight.copy(), weight.copy()
        up[row] += step
        down[row] -= step
        sales = SALES + np.arange(6) / 10
        slope = (index(sales, up).value - index(sales, down).value) / (2 * step)
        # central differences with a step of 1e-6 err by about 1e-9
        assert found.influence[row] == pytest.approx(slope, abs=1e-7)


@given(st.lists(st.floats(1, 1e3), min_size=3, max_size=10))
def test_merging_two_firms_raises_concentration(sales):
    before, after = np.array(sales), np.array([sales[0] + sales[1], *sales[2:]])
    for index in (herfindahl, concentration_ratio, hall_tideman):
        assert index(after).value >= index(before).value - EXACT
    assert market_entropy(after).value <= market_entropy(before).value + EXACT


def test_error_of_the_index_of_a_sample_is_confirmed_by_the_bootstrap():
    rng = np.random.default_rng(5)
    sales = rng.lognormal(3, 0.6, 300)
    found = market(pl.DataFrame({"x": sales, "w": np.full(300, 4.0)}), "x", weight="w")
    one = next(e for e in found.estimates if e.measure == "hhi")
    draws = []
    for _ in range(400):
        counts = np.bincount(rng.integers(0, 300, 300), minlength=300)
        kept = counts > 0
        draws.append(1e4 * herfindahl(sales[kept], 4.0 * counts[kept]).value)
    # 400 draws know a standard deviation to 3.5 %, three times that is the margin
    assert one.standard_error == pytest.approx(np.std(draws), rel=0.11)


def test_all_firms_have_no_sampling_error_and_a_sample_warns_about_the_largest():
    rows = pl.DataFrame({"x": SALES, "w": np.ones(6)})
    every = market(rows, "x")
    assert {one.uncertainty for one in every.estimates} == {Uncertainty.NOT_PUBLISHED}
    sample = market(rows, "x", weight="w")
    assert all(one.standard_error is not None for one in sample.estimates)
    assert "largest firms" in sample.warnings[0]


def test_markups_follow_from_elasticity_and_revenue_share():
    found = firm_markups([100, 80], [50, 64], 0.9, 0.1)
    np.testing.assert_allclose(found.value, [1.8, 1.125])
    np.testing.assert_allclose(found.elasticity_error, [0.2, 0.125])
    corrected = firm_markups([100], [50], 0.9, output_residual=[np.log(1.25)])
    assert corrected.value[0] == pytest.approx(1.44)


def test_cost_weights_and_harmonic_sales_weights_give_the_same_markup():
    rng = np.random.default_rng(2)
    sales, cost = rng.uniform(50, 100, 20), rng.uniform(20, 60, 20)
    each = firm_markups(sales, cost, 0.85).value
    by_cost = aggregate_markup(each, cost).value
    assert by_cost == pytest.approx(aggregate_markup(each, sales, harmonic=True).value)
    assert by_cost == pytest.approx(0.85 * sales.sum() / cost.sum())


def test_lerner_index_is_one_less_the_inverse_of_the_accounting_markup():
    assert accounting_markup([60, 40], [30, 50]).value == pytest.approx(1.25)
    assert lerner_index([60, 40], [30, 50]).value == pytest.approx(0.2)


def test_error_of_the_elasticity_stays_when_all_firms_are_known():
    rows = pl.DataFrame({"x": [100.0, 80], "c": [50.0, 64]})
    found = market(rows, "x", cost="c", elasticity=Elasticity(0.9, 0.09))
    by = {one.measure: one for one in found.estimates}
    one = by["markup cost-weighted"]
    assert one.value == pytest.approx(0.9 * 180 / 114)
    assert one.standard_error == pytest.approx(one.value * 0.1)
    assert by["markup accounting"].standard_error is None


def test_entry_and_exit_of_a_hand_made_market():
    found = turnover(np.array(["a", "b", "c", "d"]), [40, 30, 20, 10], np.array(["a", "b", "e"]),
                     [50, 30, 20])  # fmt: skip
    assert (found.entered, found.left, found.stayed) == (1, 2, 2)
    assert (found.entry_rate, found.exit_rate) == (0.25, 0.5)
    assert found.entrant_share == pytest.approx(0.2)
    assert found.leaver_share == pytest.approx(0.3)
    assert found.share_moved == pytest.approx(0.3)


def test_a_firm_that_stands_twice_in_a_year_is_refused():
    with pytest.raises(InputError, match="more than once in a year"):
        turnover(np.array(["a", "a"]), [1, 2], np.array(["a"]), [3])


def test_market_table_gives_turnover_between_its_years_by_market():
    rows = pl.DataFrame(
        {
            "firm": ["a", "b", "a", "c", "z", "z"],
            "sales": [1.0, 1, 2, 2, 5, 6],
            "market": ["云", "云", "云", "云", "电商", "电商"],
            "year": [2020, 2020, 2021, 2021, 2020, 2021],
        }
    )
    found = market(rows, "sales", firm="firm", market="market", time="year")
    assert [(one.market, one.turnover.entered) for one in found.turnover] == [
        ("云", 1),
        ("电商", 0),
    ]
    assert found.values("电商", 2021)["hhi"] == pytest.approx(10_000)


def test_problems_of_a_market_are_told_with_their_place():
    rows = pl.DataFrame({"x": SALES, "c": SALES})
    with pytest.raises(InputError, match="needs the cost of its input"):
        market(rows, "x", elasticity=Elasticity(0.9))
    with pytest.raises(InputError, match=r"needs sales >= 0.*-1 at position 1"):
        herfindahl([1, -1])
    with pytest.raises(InputError, match=r"row 2, column x.*below zero"):
        market(rows.with_columns(pl.col("x") - 60), "x", cost="c")
    with pytest.raises(InputError, match="at least one firm"):
        concentration_ratio(SALES, k=0)
    with pytest.raises(InputError, match="above zero"):
        Elasticity(-1)


RULES = load_concentration_rules()


def test_rules_of_one_authority_and_measure_never_overlap_in_time():
    for rule in RULES:
        assert rule.until is None or rule.since <= rule.until
        assert rule.source
        assert rule.zh
        assert rule.en
    for day in (date(1990, 1, 1), date(2000, 1, 1), date(2015, 6, 1), date(2024, 1, 1)):
        held = [(r.authority, r.measure, r.en) for r in rules_on(RULES, day)]
        assert len(held) == len(set(held))


def test_thresholds_change_on_the_day_of_the_guidelines():
    def high(day):
        return [r.threshold for r in rules_on(RULES, day, "us") if r.en == "highly concentrated"]

    assert high(date(2010, 8, 18)) == [1800]
    assert high(date(2010, 8, 19)) == [2500]
    assert high(date(2023, 12, 18)) == [1800]
    assert rules_on(RULES, date(1980, 1, 1)) == ()


def test_rules_hold_against_the_measures_they_speak_of():
    rules = rules_on(RULES, date(2024, 1, 1), "china")
    found = {v.rule.measure: v.is_crossed for v in apply_rules(rules, {"cr1": 0.5, "cr2": 0.6})}
    assert found == {"cr1": True, "cr2": False}
