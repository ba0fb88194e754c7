from __future__ import annotations

import numpy as np
import pytest

from gongfu.measure.index.sobol import sobol_shares


def test_effects_that_add_split_the_variance():
    one, other = np.array([0.0, 1.0, 5.0]), np.array([0.0, 2.0])
    shares = sobol_shares(one[:, None] + other, ["one", "other"])
    whole = one.var() + other.var()
    assert shares["one"].first == pytest.approx(one.var() / whole)
    assert shares["one"].total == pytest.approx(one.var() / whole)
    assert shares["other"].first == pytest.approx(other.var() / whole)


def test_a_pure_interaction_has_totals_only():
    shares = sobol_shares(np.array([[1.0, -1.0], [-1.0, 1.0]]), ["one", "other"])
    for share in shares.values():
        assert share.first == pytest.approx(0, abs=1e-15)
        assert share.total == pytest.approx(1)


def test_shares_of_anything_stay_in_order(rng):
    shares = sobol_shares(rng.normal(size=(3, 4, 2, 5)), list("abcd"))
    for share in shares.values():
        assert -1e-12 <= share.first <= share.total + 1e-12 <= 1 + 1e-9
    assert sum(share.first for share in shares.values()) <= 1 + 1e-12


def test_a_factor_that_changes_nothing_and_results_that_do_not_vary():
    shares = sobol_shares(np.array([[1.0, 1.0], [4.0, 4.0]]), ["one", "other"])
    assert shares["one"].first == 1.0
    assert shares["other"].total == 0.0
    flat = sobol_shares(np.full((2, 2), 0.1 + 0.2), ["one", "other"])
    assert flat["one"].total == flat["one"].first == 0.0


def test_a_level_of_double_chance_counts_like_two_levels(rng):
    results = rng.normal(size=(3, 4))
    doubled = np.concatenate([results, results[2:]])
    found = sobol_shares(results, ["one", "other"], [[0.25, 0.25, 0.5], [0.25] * 4])
    expected = sobol_shares(doubled, ["one", "other"])
    for name, share in found.items():
        assert share.first == pytest.approx(expected[name].first, abs=1e-12)  # other order of sums
        assert share.total == pytest.approx(expected[name].total, abs=1e-12)
