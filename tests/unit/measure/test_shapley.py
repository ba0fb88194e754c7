import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.measure.shapley import shapley


def test_glove_game_by_hand():
    # Two left gloves and one right glove: a pair is worth 1. Known solution 1/6, 1/6, 4/6.
    shares = shapley(["l1", "l2", "r"], lambda s: float("r" in s and len(s) > 1))
    assert {name: float(share) for name, share in shares.items()} == pytest.approx(
        {"l1": 1 / 6, "l2": 1 / 6, "r": 4 / 6}
    )


def test_additive_causes_get_their_own_effect_and_a_dummy_gets_nothing():
    effect = {"a": 1.0, "b": 2.0, "dummy": 0.0}
    shares = shapley(list(effect), lambda s: sum(effect[name] for name in s))
    assert {name: float(v) for name, v in shares.items()} == pytest.approx(effect)


def test_shares_of_arrays_add_up_to_the_whole_change():
    rng = np.random.default_rng(0)
    table = {}

    def value(chosen):
        return table.setdefault(chosen, rng.normal(size=3))

    shares = shapley(list("abcd"), value)
    total = table[frozenset("abcd")] - table[frozenset()]
    np.testing.assert_allclose(sum(shares.values()), total, atol=1e-12)


def test_every_subset_is_evaluated_once():
    seen = []
    shapley(list("abcde"), lambda s: float(seen.append(s) or 0))
    assert len(seen) == len(set(seen)) == 32


def test_too_many_or_repeated_causes_are_refused():
    with pytest.raises(InputError, match="Group causes"):
        shapley([str(i) for i in range(13)], lambda _: 0.0)
    with pytest.raises(InputError, match="twice"):
        shapley(["a", "a"], lambda _: 0.0)
