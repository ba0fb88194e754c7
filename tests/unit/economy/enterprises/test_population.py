"""Records and the firms they stand for."""

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.economy.enterprises import build_enterprises, lay_out, market_sum

FIRMS = np.array([400.0, 60.0])


def build(records, uniform=0.5):
    return build_enterprises(
        records,
        np.full(len(records.id), uniform),
        adoption=np.array([0.2, 0.8]),
        productivity_spread=np.array([0.15, 0.28]),
    )


@pytest.mark.parametrize("n", [8, 50, 232, 800, 4000])
def test_weights_add_up_to_the_firms_of_each_market_whatever_the_records(n):
    records = lay_out(n, FIRMS)
    totals = market_sum(records.weight.astype(float), records.market, 2)
    assert totals.tolist() == FIRMS.tolist()
    assert len(records.market) <= n
    assert len(np.unique(records.id)) == len(records.id)


def test_the_largest_firms_stand_alone_and_small_ones_share_a_record():
    records = lay_out(232, FIRMS)
    first = records.weight[records.market == 0]
    assert len(first) == 116
    assert (first[:58] == 1).all()
    assert (first[58:] > 1).all()
    assert (np.diff(first) >= 0).all()
    assert (records.weight[records.market == 1] == 1).all()


def test_the_same_firm_has_the_same_key_however_many_records():
    few, many = lay_out(100, FIRMS), lay_out(800, FIRMS)
    alone = few.weight == 1
    assert np.isin(few.id[alone], many.id).all()


def test_too_few_records_are_refused():
    with pytest.raises(InputError, match="too few enterprise records"):
        lay_out(7, FIRMS)


def test_middle_draws_give_a_normal_distribution_of_productivity():
    firms = build(lay_out(800, FIRMS))
    regional = firms.productivity[firms.market == 0]
    assert regional.mean() == pytest.approx(0, abs=1e-12)  # symmetric quantiles
    # The middle of each of 400 slices loses a little of the tails.
    assert regional.std() == pytest.approx(0.15, rel=0.01)
    assert (np.diff(regional) < 0).all()


def test_each_firm_stays_inside_its_slice_of_the_ranking():
    records = lay_out(60, FIRMS)
    low, high = build(records, 0.0), build(records, 1 - 1e-9)
    inside = records.market[1:] == records.market[:-1]
    assert (high.productivity[:-1] >= low.productivity[1:] - 1e-6)[inside].all()
    assert np.isfinite(low.productivity).all()
    assert np.isfinite(high.productivity).all()


def test_adoption_is_laid_out_by_market():
    firms = build(lay_out(60, FIRMS))
    assert np.array_equal(firms.adoption, np.where(firms.market == 0, 0.2, 0.8))
    assert np.array_equal(firms.adoption, firms.adoption_base)
