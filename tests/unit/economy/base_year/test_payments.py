import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongfu.economy.base_year.market_inputs import net_transfers
from gongfu.economy.base_year.payments import factor_payments, labour_payments, rural_labour_share


def test_payments_are_the_hand_computed_ones():
    paid = factor_payments(
        np.array([[100.0]]), np.array([[1.25]]), production_tax=0.1, capital_share=np.array([0.4])
    )
    # 10 tax; 90 left; cost 90/1.25 = 72; labour .6, capital .4 of it; profit 18.
    found = [float(x[0, 0]) for x in (paid.tax, paid.labour, paid.capital, paid.profit)]
    assert found == pytest.approx([10.0, 43.2, 28.8, 18.0], rel=1e-12)


def test_without_market_power_there_is_no_profit():
    paid = factor_payments(
        np.array([[50.0]]), np.array([[1.0]]), production_tax=0.0, capital_share=np.array([0.3])
    )
    assert paid.profit[0, 0] == 0.0
    assert paid.labour[0, 0] == pytest.approx(35.0)


@settings(deadline=None)
@given(st.floats(1, 1e6), st.floats(1, 3), st.floats(0, 0.4), st.floats(0, 1))
def test_payments_add_up_to_output(output, markup, tax, alpha):
    paid = factor_payments(
        np.array([[output]]),
        np.array([[markup]]),
        production_tax=tax,
        capital_share=np.array([alpha]),
    )
    total = float((paid.tax + paid.labour + paid.capital + paid.profit)[0, 0])
    assert total == pytest.approx(output, rel=1e-12)  # four roundings


def test_rural_zones_get_farm_income_first_and_the_rest_by_wages():
    share = rural_labour_share(np.array([30.0, 10.0]), farm_share=0.9, digital_tilt=0.4)
    np.testing.assert_allclose(share, [[0.9, 0.25, 0.25, 0.1]])


def test_labour_payments_add_up_by_region_and_split_by_type():
    labour = np.array([[10.0, 20.0], [30.0, 40.0]])
    rural = np.array([[0.9, 0.25], [0.8, 0.5]])
    paid = labour_payments(labour, rural, np.array([[0.5, 0.2], [0.1, 0.0]]))
    assert paid.shape == (4, 2, 2)
    np.testing.assert_allclose(paid[0::2].sum(-1) + paid[1::2].sum(-1), labour, rtol=1e-12)
    np.testing.assert_allclose(paid[1, 0], [0.9, 8.1])  # rural zone of region 0: 9, a tenth digital
    np.testing.assert_allclose(paid[0, 1], [3.0, 12.0])  # urban zone: 15, a fifth digital


def test_budget_transfers_take_from_the_taxed_what_they_give_to_the_needy():
    moved = net_transfers(np.array([10.0, 10.0]), np.array([9.0, 3.0]), np.array([3.0, 1.0]))
    # Gaps 1 and 7; the centre collects 8, three quarters of it in the first region.
    np.testing.assert_allclose(moved, [-5.0, 5.0])
