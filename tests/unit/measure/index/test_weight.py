from __future__ import annotations

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.measure.index.weight import critic, entropies, entropy, pca, weigh
from gongfu.measure.index.weight_removal import cilos, merec

METHODS = ["equal", "standard-deviation", "entropy", "critic", "pca", "merec", "cilos", "idocriw"]


def test_equal_and_expert_weights_are_shares():
    scores = np.ones((3, 4))
    np.testing.assert_array_equal(weigh(scores), [0.25] * 4)
    np.testing.assert_allclose(
        weigh(scores, "expert", np.array([1.0, 1.0, 2.0, 0.0])), [0.25, 0.25, 0.5, 0]
    )


@pytest.mark.parametrize("method", METHODS)
def test_weights_add_up_to_one_and_skip_rows_with_gaps(method, rng):
    scores = rng.uniform(0.1, 0.9, (60, 5))
    with_gap = np.vstack([scores, np.full((1, 5), np.nan)])
    found = weigh(scores, method)
    assert found.sum() == pytest.approx(1, abs=1e-12)
    assert (found >= 0).all()
    np.testing.assert_array_equal(weigh(with_gap, method), found)


def test_entropy_by_hand():
    scores = np.array([[1.0, 1.0], [1.0, 3.0]])
    spread = -(0.25 * np.log(0.25) + 0.75 * np.log(0.75)) / np.log(2)
    np.testing.assert_allclose(entropies(scores), [1.0, spread], rtol=1e-14)
    np.testing.assert_allclose(entropy(scores), [0.0, 1.0], atol=1e-14)


def test_a_zero_score_adds_nothing_to_the_entropy():
    assert entropies(np.array([[0.0], [1.0], [1.0]]))[0] == pytest.approx(np.log(2) / np.log(3))


def test_years_instead_of_rows_in_the_constant_are_refused(rng):
    scores = rng.uniform(0.1, 0.9, (300, 5))
    assert (entropies(scores) <= 1).all()
    with pytest.raises(InputError, match="constant is wrong") as caught:
        entropies(scores, pooled_rows=10)
    assert "n = 300" in str(caught.value)


def test_the_wrong_constant_would_have_inverted_the_weights(rng):
    """Why the refusal matters: columns from even to scattered, ordered the wrong way round."""
    scores = rng.uniform(0, 1, (300, 5)) ** np.array([0.3, 0.6, 1.5, 4.0, 8.0])
    right = entropies(scores)
    wrong = right * np.log(300) / np.log(10)
    weights, inverted = (1 - right) / (1 - right).sum(), (1 - wrong) / (1 - wrong).sum()
    assert (np.diff(weights) > 0).all()
    assert (np.diff(inverted) < 0).all()


def test_a_column_that_repeats_others_loses_critic_weight(rng):
    base = rng.uniform(0, 1, (200, 2))
    scores = np.column_stack([base[:, 0], base[:, 0], base[:, 1]])
    found = critic(scores)
    assert found[2] > found[0] == pytest.approx(found[1])


def test_pca_of_two_columns_gives_halves_and_of_a_stranger_little(rng):
    both = rng.normal(size=(500, 2))
    np.testing.assert_allclose(pca(both), [0.5, 0.5])
    twin = both[:, 0] + 0.1 * both[:, 1]
    found = pca(np.column_stack([both[:, 0], twin, rng.normal(size=500)]))
    assert found[2] < 0.05


def test_merec_gives_no_weight_to_a_column_without_spread():
    found = merec(np.array([[1.0, 1.0], [1.0, 2.0], [1.0, 4.0]]))
    np.testing.assert_allclose(found, [0.0, 1.0], atol=1e-15)


@pytest.mark.parametrize(
    ("method", "scores", "says"),
    [
        ("entropy", [[-1.0, 1.0], [2.0, 1.0]], "zero or more"),
        ("entropy", [[1.0, 1.0], [1.0, 1.0]], "spread evenly"),
        ("critic", [[1.0, 1.0], [1.0, 2.0]], "every column to vary"),
        ("pca", [[1.0, 1.0], [1.0, 2.0]], "every column to vary"),
        ("merec", [[0.0, 1.0], [1.0, 2.0]], "above zero"),
        ("merec", [[1.0, 1.0], [1.0, 1.0]], "that varies"),
        ("cilos", [[1.0, 1.0], [2.0, 2.0]], "best in several"),
        ("pca", [[1.0, np.nan], [1.0, 2.0]], "two complete rows"),
        ("expert", [[1.0, 1.0]], "more than zero"),
    ],
)
def test_scores_a_method_cannot_use_are_refused(method, scores, says):
    stated = np.zeros(2) if method == "expert" else None
    with pytest.raises(InputError, match=says):
        weigh(np.array(scores), method, stated)


def test_cilos_solves_its_balance():
    scores = np.array([[4.0, 1.0, 2.0], [2.0, 5.0, 1.0], [1.0, 2.0, 6.0]])
    q = cilos(scores)
    shares = scores / scores.sum(axis=0)
    loss = (np.diag(shares) - shares) / np.diag(shares)
    np.testing.assert_allclose(loss @ q, loss.sum(axis=0) * q, atol=1e-14)
