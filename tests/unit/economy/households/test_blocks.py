import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.economy.households import ZoneBlocks, share_out

BLOCKS = ZoneBlocks.of(np.array([0, 0, 1, 2, 2]))


def test_totals_and_means_are_taken_zone_by_zone():
    values, weight = np.array([1.0, 2.0, 5.0, 3.0, 4.0]), np.array([1.0, 3.0, 2.0, 0.0, 0.0])
    assert BLOCKS.totals(values).tolist() == [3.0, 5.0, 7.0]
    assert BLOCKS.means(values, weight).tolist() == [1.75, 5.0, 0.0]
    assert BLOCKS.spread(np.array([10.0, 20.0, 30.0])).tolist() == [10.0, 10.0, 20.0, 30.0, 30.0]


def test_unsorted_zones_and_empty_zones_are_refused_by_name():
    with pytest.raises(InputError, match="not sorted by zone"):
        ZoneBlocks.of(np.array([1, 0]))
    with pytest.raises(InputError, match=r"zones \[1, 2\] have no household"):
        ZoneBlocks.of(np.array([0, 3]))


def test_a_total_is_shared_out_by_claim_and_people():
    people, key = np.array([1.0, 2.0, 4.0, 1.0, 1.0]), np.array([4.0, 1.0, 7.0, 0.0, 0.0])
    amount = share_out(np.array([60.0, 8.0, 9.0]), key, people, BLOCKS)
    assert amount.tolist() == [40.0, 10.0, 2.0, 0.0, 0.0]
