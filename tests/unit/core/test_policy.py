import numpy as np
import pytest

from gongfu.core import Evidence, InputError
from gongfu.core.policy import Lever, Policy, Setting

ZONES = ("51-urban", "51-rural", "61-urban", "61-rural")


def lever(name, areas=("urban", "rural"), neutral=0.0):
    return Lever(
        name=name,
        zh="甲",
        en="A",
        level="national",
        unit="share 0-1",
        unit_zh="比重",
        low=0.0,
        high=1.0,
        neutral=neutral,
        cost_basis="none",
        unit_cost="",
        payer="government",
        areas=areas,
        mechanism=("E1",),
        evidence=Evidence.ASSUMED,
        source="assumed",
    )


LEVERS = (lever("broadband", ("rural",)), lever("sharing", neutral=0.05))


def test_the_empty_policy_is_neutral_everywhere():
    paths = Policy().paths(range(2023, 2026), LEVERS, ZONES)
    assert (paths[:, 0] == 0).all()
    assert (paths[:, 1] == 0.05).all()


def test_a_value_holds_from_its_date_until_the_next():
    policy = Policy((Setting("sharing", {2024: 0.1, 2026: 0.3}),))
    paths = policy.paths(range(2023, 2028), LEVERS, ZONES)
    np.testing.assert_array_equal(paths[:, 1, 0], [0.05, 0.1, 0.1, 0.3, 0.3])


def test_a_lever_reaches_only_its_areas_and_its_zones():
    everywhere = Policy((Setting("broadband", {2024: 0.2}),)).paths([2024], LEVERS, ZONES)
    np.testing.assert_array_equal(everywhere[0, 0], [0, 0.2, 0, 0.2])
    one = Policy((Setting("broadband", {2024: 0.2}, ("61-rural",)),)).paths([2024], LEVERS, ZONES)
    np.testing.assert_array_equal(one[0, 0], [0, 0, 0, 0.2])


def test_unknown_levers_and_zones_are_refused():
    with pytest.raises(InputError, match="Did you mean 'sharing'"):
        Policy((Setting("sharng", {2024: 0.1}),)).paths([2024], LEVERS, ZONES)
    with pytest.raises(InputError, match="no zone"):
        Policy((Setting("sharing", {2024: 0.1}, ("99-urban",)),)).paths([2024], LEVERS, ZONES)
