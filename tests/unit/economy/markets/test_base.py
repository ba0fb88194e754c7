from dataclasses import fields

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.economy.markets import calibrate_base, labour_bill
from gongfu.economy.markets.demand import sales

ROUNDING = 1e-12  # sums of 124 terms, relative


def arguments(base, **changes):
    derived = ("pool_share", "demand_share")
    kept = {f.name: getattr(base, f.name) for f in fields(base) if f.name not in derived}
    return {**kept, "home_share_cap": 0.8, **changes}


def test_base_clears_every_market_at_unit_prices(china):
    demand = china.demand_share * china.spending[:, None]
    away = ((1 - china.home_share) * demand).sum(0)
    at_home = china.home_share * china.demand_share
    sold = sales(at_home, china.spending, china.pool_share, away)
    assert sold == pytest.approx(china.output, rel=ROUNDING)


def test_payments_tax_and_profit_exhaust_output(china):
    tax = china.production_tax * china.output
    profit = (1 - china.production_tax) * (1 - 1 / china.markup) * china.output
    labour = china.labour_payments.reshape(31, 2, 4, 2).sum((1, 3))
    assert labour + china.capital_payments + profit + tax == pytest.approx(
        china.output, rel=ROUNDING
    )


def test_shares_add_to_one(china):
    for share, axis in (
        (china.pool_share, 0),
        (china.demand_share, 0),
        (china.sector_share, 1),
        (china.type_share, 2),
    ):
        assert share.sum(axis) == pytest.approx(1, rel=ROUNDING)


def test_home_sales_never_exceed_the_cap(china):
    demand = china.demand_share * china.spending[:, None]
    assert (china.home_share * demand <= 0.8 * china.output * (1 + ROUNDING)).all()
    assert (china.home_share < [0.4, 0.35, 0.75, 0.1]).any()


def test_calibrating_a_calibrated_base_changes_nothing(china):
    again = calibrate_base(**arguments(china))
    assert again.home_share == pytest.approx(china.home_share, rel=ROUNDING)
    assert again.pool_share == pytest.approx(china.pool_share, rel=ROUNDING)


def test_labour_bill_by_hand():
    one = np.ones((1, 1))
    bill = labour_bill(100 * one, 0.1 * one, 1.2 * one, np.array([0.4]))
    assert bill == pytest.approx(100 * 0.9 * 0.6 / 1.2, rel=ROUNDING)


def test_group_without_income_counts_as_evenly_spread(build):
    base = build([[50.0, 50.0]], rural=[0.0, 0.0], digital=[0.2, 0.2], home=0.4)
    assert (base.group_income[1] == 0).all()
    assert (base.sector_share[1] == 0.5).all()


@pytest.mark.parametrize(
    ("name", "bad", "message"),
    [
        ("output", 0.0, "output[1, 0] is out of range"),
        ("production_tax", 1.0, "production_tax[1, 0] is out of range"),
        ("markup", 0.9, "markup[1, 0] is out of range"),
        ("home_share", -0.1, "home_share[1, 0] is out of range"),
        ("home_share", 1.0, "home_share[1, 0] is out of range"),
        ("home_share", np.nan, "home_share[1, 0] is out of range"),
    ],
)
def test_impossible_value_is_refused_with_its_place(pair, name, bad, message):
    values = getattr(pair, name).copy()
    values[1, 0] = bad
    with np.errstate(invalid="ignore", divide="ignore"), pytest.raises(InputError) as refusal:
        calibrate_base(**arguments(pair, **{name: values}))
    assert message in str(refusal.value)


def test_payments_that_miss_the_bill_are_refused_with_the_ratio(pair):
    payments = pair.labour_payments.copy()
    payments[:2, 1] *= 1.25
    with pytest.raises(InputError, match=r"labour_bill\[0, 1\].*found 1\.25.*Scale the payments"):
        calibrate_base(**arguments(pair, labour_payments=payments))


def test_all_problems_are_listed_at_once(pair):
    with pytest.raises(InputError) as refusal:
        calibrate_base(
            **arguments(pair, markup=0.5 * pair.markup, net_transfers=np.array([1.0, 2.0]))
        )
    assert "and" not in refusal.value.problems[0].what
    assert len(refusal.value.problems) > 4
    assert "net transfers do not add to zero" in str(refusal.value)


def test_region_that_gives_away_all_it_has_is_refused(pair):
    with pytest.raises(InputError, match=r"output plus net transfers\[1\]"):
        calibrate_base(**arguments(pair, net_transfers=np.array([70.0, -70.0])))
