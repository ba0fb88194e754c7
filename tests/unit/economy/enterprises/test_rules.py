"""Assumed values and levers: everything missing or misspelt is named."""

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.data.assumption_files import load_assumptions
from gongfu.economy.enterprises import EnterpriseLevers, EnterpriseRules


def test_the_files_hold_every_rule():
    values = {name: found.value for name, found in load_assumptions().items()}
    assert EnterpriseRules.from_values(values).firm_substitution == 6.0


def test_all_missing_values_are_named_at_once():
    with pytest.raises(InputError, match="adoption_speed") as refusal:
        EnterpriseRules.from_values({"firm_substitution": 6.0})
    assert len(refusal.value.problems) == 13


def test_levers_not_named_are_zero():
    levers = EnterpriseLevers.everywhere(3, data_sharing=0.05)
    assert levers.data_sharing.tolist() == [0.05] * 3
    assert np.array_equal(levers.sme_voucher, np.zeros(3))


def test_a_misspelt_lever_is_refused_with_the_nearest_name():
    with pytest.raises(InputError, match="Did you mean 'data_sharing'"):
        EnterpriseLevers.everywhere(3, data_sharng=0.05)
