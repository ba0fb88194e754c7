import numpy as np
import pytest

from gongfu.economy.markets.labour import (
    coverage_efficiency,
    digital_bias,
    labour_composite,
    labour_supply,
    type_weights,
)

ROUNDING = 1e-14  # a handful of operations on numbers near 1


def test_bias_is_zeta_times_the_gain_in_adoption():
    bias = digital_bias(np.array([[0.6]]), np.array([[0.4]]), 0.25)
    assert bias == pytest.approx(0.05, rel=ROUNDING)


def test_bias_multiplies_the_weight_of_digital_labour_only():
    weight = type_weights(np.array([[[0.3, 0.7]]]), np.array([[np.log(2)]]))
    assert weight == pytest.approx(np.array([[[0.6, 0.7]]]), rel=ROUNDING)


def test_bias_alone_moves_cost_to_digital_labour_but_no_wage_bill():
    weight = type_weights(np.array([[[0.3, 0.7]]]), np.array([[np.log(2)]]))
    composite, share = labour_composite(np.ones((1, 1, 2)), weight, 1.8)
    assert composite == pytest.approx(1.0, rel=ROUNDING)
    assert share[0, 0] == pytest.approx([0.6 / 1.3, 0.7 / 1.3], rel=ROUNDING)


def test_composite_by_hand():
    composite, share = labour_composite(
        np.array([[[2.0, 1.0]]]), np.array([[[0.5, 0.5]]]), skill_substitution=2.0
    )
    assert composite == pytest.approx(1 / 0.75, rel=ROUNDING)
    assert share[0, 0] == pytest.approx([1 / 3, 2 / 3], rel=ROUNDING)


def test_supply_by_hand():
    """Two sectors, wages 2 and 1, kappa 2: total .5 x 4 + .5 = 2.5, earnings sqrt 2.5."""
    supply = labour_supply(
        np.array([[[2.0], [1.0]]]), np.full((1, 2, 1), 0.5), np.array([[10.0]]), 2.0
    )
    assert supply[0, :, 0] == pytest.approx(np.sqrt(2.5) * 10 * np.array([0.8, 0.2]), rel=ROUNDING)


def test_immobile_labour_earns_the_mean_wage_and_mobile_labour_the_best():
    wages, share, income = np.array([[[2.0], [1.0]]]), np.full((1, 2, 1), 0.5), np.ones((1, 1))
    assert labour_supply(wages, share, income, 1.0).sum() == pytest.approx(1.5, rel=ROUNDING)
    # 0.5^(1/kappa) is within ln 2 / kappa of 1.
    assert labour_supply(wages, share, income, 500.0).sum() == pytest.approx(2.0, rel=2e-3)


def test_zones_meet_the_wages_of_their_own_region():
    wages = np.array([[[1.0]], [[3.0]]])
    supply = labour_supply(wages, np.ones((4, 1, 1)), np.ones((4, 1)), 1.5)
    assert supply.ravel() == pytest.approx([1, 1, 3, 3], rel=ROUNDING)


def test_coverage_raises_efficiency_by_beta_log_points():
    efficiency = coverage_efficiency(np.array([0.7, 0.5]), np.array([0.5, 0.5]), 0.1)
    assert efficiency == pytest.approx([np.exp(0.02), 1.0], rel=ROUNDING)
