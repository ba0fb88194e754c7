import pytest

from gongfu.core import InputError
from gongfu.data.assumption_files import find_assumption, load_assumptions


def test_every_assumption_has_a_range_around_its_value_and_a_source():
    for assumption in load_assumptions().values():
        assert assumption.low <= assumption.value <= assumption.high
        assert len(assumption.source) > 10
        assert assumption.zh != assumption.en


def test_an_unknown_assumption_offers_the_nearest_name():
    with pytest.raises(InputError, match="Did you mean 'adoption_speed'"):
        find_assumption("adoption_sped")
