"""Adoption: hand-computed steps, limits, and the path the values were chosen for (E1)."""

import math
from dataclasses import replace

import numpy as np
import pytest

from gongfu.economy.enterprises import adoption_by_market
from gongfu.economy.enterprises.adoption import (
    adopt,
    adoption_cost,
    adoption_gain,
    peer_adoption,
    voucher_outlay,
)

ROUNDING = 1e-15  # a handful of operations on numbers below one
SHAPE = {"speed": 0.14, "dispersion": 0.03, "ceiling": 1.0}


def one(value):
    return np.array([value])


def test_gain_equal_to_cost_convinces_half_of_the_firms():
    # 0.3 + 0.14 * 1/2 * 0.7
    assert adopt(one(0.3), one(0.05), one(0.05), **SHAPE)[0] == pytest.approx(0.349, abs=ROUNDING)


def test_one_dispersion_of_advantage_convinces_as_the_logistic_says():
    expected = 0.3 + 0.14 * 0.7 / (1 + math.exp(-1))
    assert adopt(one(0.3), one(0.08), one(0.05), **SHAPE)[0] == pytest.approx(expected, abs=1e-14)


def test_adoption_stops_at_the_ceiling_and_is_never_given_up():
    assert adopt(one(1.0), one(9.0), one(0.0), **SHAPE)[0] == 1.0
    low_ceiling = {**SHAPE, "ceiling": 0.5}
    assert adopt(one(0.6), one(9.0), one(0.0), **low_ceiling)[0] == 0.6


def test_without_speed_nothing_is_adopted_to_the_last_bit():
    adoption = np.array([0.0, 0.123456789, 1 / 3, 1.0])
    gain, cost = np.full(4, 0.5), np.zeros(4)
    after = adopt(adoption, gain, cost, speed=0.0, dispersion=0.03, ceiling=1.0)
    assert np.array_equal(after, adoption)


def test_gain_is_gamma_plus_eta_log_two_at_mean_skill_and_base_data():
    gain = adoption_gain(
        one(1.0),
        one(1.0),
        digital_productivity=0.05,
        skill_complementarity=0.3,
        data_elasticity=0.06,
    )
    assert gain[0] == pytest.approx(0.05 + 0.06 * math.log(2), abs=ROUNDING)


def test_doubled_skill_raises_the_gain_by_its_elasticity():
    gain = adoption_gain(
        one(2.0),
        one(0.0),
        digital_productivity=0.05,
        skill_complementarity=0.3,
        data_elasticity=0.06,
    )
    assert gain[0] == pytest.approx(0.05 * 2**0.3, abs=ROUNDING)


def test_cost_falls_with_peers_size_and_vouchers_but_not_below_zero():
    parameters = {"base": 0.075, "peer_effect": 0.035, "size_effect": 0.012}
    plain = adoption_cost(one(0.4), one(1.0), 0.0, **parameters)[0]
    assert plain == pytest.approx(0.061, abs=ROUNDING)
    large = adoption_cost(one(0.4), one(math.e), 0.0, **parameters)[0]
    assert large == pytest.approx(0.049, abs=ROUNDING)
    helped = adoption_cost(one(0.4), one(1.0), one(0.25), **parameters)[0]
    assert helped == pytest.approx(0.75 * 0.061, abs=ROUNDING)
    assert adoption_cost(one(1.0), one(1e6), 0.0, **parameters)[0] == 0.0


def test_peers_count_once_each_however_large():
    adoption, market = np.array([0.2, 0.8, 0.5]), np.array([0, 0, 1])
    peers = peer_adoption(adoption, market, np.array([3.0, 1.0, 7.0]), 2)
    assert peers == pytest.approx([0.35, 0.5], abs=ROUNDING)


def test_a_voucher_pays_its_share_of_the_outlay_for_new_adoption():
    # Share 0.1 of sales, half of a yearly cost of 6 % over a user cost of 30 %, for 0.02 more.
    outlay = voucher_outlay(one(0.02), one(0.06), one(0.5), one(0.1), user_cost=0.3)
    assert outlay[0] == pytest.approx(0.1 * 0.5 * 0.2 * 0.02, abs=ROUNDING)


def test_values_in_the_file_give_the_published_path(make_economy):
    economy = make_economy(adoption=0.30)
    path = {
        year: adoption_by_market(economy.run(year - 2020).enterprises, by_sales=False).mean()
        for year in (2023, 2030)
    }
    # Targets .44 (the census counts .47) and .70 of the specification; the path is a calibration
    # to two digits, not a fit.
    assert path[2023] == pytest.approx(0.44, abs=0.015)
    assert path[2030] == pytest.approx(0.70, abs=0.015)


def test_vouchers_speed_up_small_firms_and_cost_something(economy):
    helped = replace(economy.levers, sme_voucher=np.full(103, 0.3))
    plain, reform = economy.run(1), economy.run(1, levers=helped)
    small = economy.base.enterprises.size <= economy.rules.small_firm_size
    gained = reform.enterprises.adoption - plain.enterprises.adoption
    assert (gained[small] > 0).all()
    assert np.array_equal(gained[~small], np.zeros((~small).sum()))
    assert (reform.voucher_outlay > 0).all()
    assert np.array_equal(plain.voucher_outlay, np.zeros(103))
