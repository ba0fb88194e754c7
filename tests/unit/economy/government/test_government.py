import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.data import load_china_national
from gongfu.economy.government.benefits import living_allowance, pension_rise, zone_transfer
from gongfu.economy.government.financing import close_budget, vat_rate
from gongfu.economy.government.income_tax import income_tax, read_schedule, surtax

CLOSURES = ["vat", "income_tax", "reallocation", "deficit"]


@pytest.fixture(scope="module")
def schedule():
    return read_schedule(load_china_national(), 2023)


@pytest.mark.parametrize(
    ("income", "tax"),
    [
        (50_000, 0),  # below the deduction of 60,000
        (60_000, 0),
        (96_000, 1_080),  # 36,000 at 3 %
        (204_000, 144_000 * 0.10 - 2_520),  # rate less quick deduction
        (360_000, 300_000 * 0.20 - 16_920),
        (1_060_000, 1_000_000 * 0.45 - 181_920),
    ],
)
def test_tax_equals_the_statutory_table(schedule, income, tax):
    assert income_tax(np.array([float(income)]), schedule)[0] == pytest.approx(tax, abs=1e-6)


def test_no_schedule_is_invented_before_2019():
    assert read_schedule(load_china_national(), 2018) is None


def test_tax_never_exceeds_income_and_rises_with_it(schedule):
    incomes = np.linspace(0, 3e6, 400)
    tax = income_tax(incomes, schedule)
    assert (np.diff(tax) >= 0).all()
    assert (tax <= incomes).all()


def test_surtax_counts_only_what_is_above_the_threshold():
    tax = surtax(np.array([50_000.0, 80_000.0]), threshold=60_000, rate=0.05)
    np.testing.assert_allclose(tax, [0, 1_000])


def test_allowance_fills_the_gap_of_those_who_take_it_up():
    got = living_allowance(
        np.array([1_000.0, 1_000.0, 9_000.0]), np.full(3, 4_000.0), np.array([True, False, True])
    )
    np.testing.assert_array_equal(got, [3_000, 0, 0])


def test_pension_and_zone_transfers_reach_the_people_they_name():
    np.testing.assert_array_equal(
        pension_rise(np.array([0.5, 0.0]), np.array([1_200.0, 1_200.0])), [600, 0]
    )
    np.testing.assert_array_equal(
        zone_transfer(np.array([0.0, 500.0]), np.array([1, 0, 1])), [500, 0, 500]
    )


@pytest.mark.parametrize("closure", CLOSURES)
def test_every_closure_pays_the_whole_cost(closure):
    budget = close_budget({"a": 70.0, "b": -20.0}, closure, debt=100.0, interest=0.02)
    assert budget.cost == 50
    assert budget.imbalance == 0
    assert budget.debt == pytest.approx(102 + (50 if closure == "deficit" else 0))


def test_vat_brings_the_amount():
    output = np.array([[100.0, 300.0]])
    rate = vat_rate(np.full((1, 2), 0.1), 8.0, output.sum())
    assert ((rate - 0.1) * output).sum() == pytest.approx(8)
    with pytest.raises(InputError, match="cannot be paid"):
        vat_rate(np.full((1, 2), 0.1), 500.0, output.sum())
