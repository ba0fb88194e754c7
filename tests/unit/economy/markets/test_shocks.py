from dataclasses import replace

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.economy.markets import MarketParameters, no_shocks
from gongfu.economy.markets.shocks import check_shocks


def test_no_shocks_pass_the_check(china):
    check_shocks(china, no_shocks(china))


@pytest.mark.parametrize(
    ("name", "bad", "message"),
    [
        ("productivity_hat", 0.0, "productivity_hat[0, 0]"),
        ("labour_hat", np.inf, "labour_hat[0, 0]"),
        ("demand_shift", -1.0, "demand_shift[0]"),
        ("markup", 0.99, "markup[0, 0]"),
        ("production_tax", 1.0, "production_tax[0, 0]"),
        ("digital_bias", np.nan, "digital_bias[0, 0]"),
    ],
)
def test_impossible_shock_is_refused_with_its_place(pair, name, bad, message):
    values = np.array(getattr(no_shocks(pair), name))
    values[(0,) * values.ndim] = bad
    with pytest.raises(InputError) as refusal:
        check_shocks(pair, replace(no_shocks(pair), **{name: values}))
    assert f"shock {message} is out of range" in str(refusal.value)


def test_capital_must_be_positive(pair):
    with pytest.raises(InputError, match="shock capital_hat is out of range"):
        check_shocks(pair, replace(no_shocks(pair), capital_hat=0.0))


def test_transfers_out_of_nothing_are_refused(pair):
    with pytest.raises(InputError, match="do not add to zero"):
        check_shocks(pair, replace(no_shocks(pair), transfers=np.array([1.0, 0.0])))


def test_wrong_shapes_are_all_named(pair):
    shocks = replace(no_shocks(pair), markup=np.ones(2), transfers=np.zeros(3))
    with pytest.raises(InputError) as refusal:
        check_shocks(pair, shocks)
    assert [p.what for p in refusal.value.problems] == [
        "shock markup has the wrong shape",
        "shock transfers has the wrong shape",
    ]


def test_parameters_out_of_range_are_all_named():
    with pytest.raises(InputError) as refusal:
        MarketParameters(0.0, -1.0, np.array([4.0, 1.0]), np.nan)
    named = [problem.what.split()[0] for problem in refusal.value.problems]
    assert named == [
        "skill_substitution",
        "sector_substitution",
        "region_substitution",
        "labour_mobility",
    ]
