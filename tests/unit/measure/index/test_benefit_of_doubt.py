from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog

from gongfu.core import InputError
from gongfu.measure.index.benefit_of_doubt import benefit_of_doubt


@pytest.mark.parametrize("least_share", [0.0, 0.1, 0.2])
def test_every_row_reaches_what_a_general_solver_reaches(least_share, rng):
    scores = rng.uniform(0, 1, (40, 4))
    scores[::5, 1] = 0.0
    found = benefit_of_doubt(scores, least_share=least_share)
    for i, row in enumerate(scores):
        shares = least_share * row - np.diag(row)
        system = np.vstack([scores, shares]) if least_share else scores
        right = np.append(np.ones(40), np.zeros(4)) if least_share else np.ones(40)
        best = linprog(-row, A_ub=system, b_ub=right, method="highs")
        # both solvers stop at a vertex: equal up to rounding
        assert found.values[i] == pytest.approx(-best.fun, abs=1e-9)


def test_weights_reach_the_index_and_let_no_row_pass_one(rng):
    scores = rng.uniform(0, 1, (30, 3))
    found = benefit_of_doubt(scores)
    np.testing.assert_allclose((found.weights * scores).sum(axis=1), found.values, rtol=1e-12)
    assert (found.weights >= -1e-12).all()
    assert (found.weights @ scores.T <= 1 + 1e-9).all()


def test_shares_are_kept(rng):
    scores = rng.uniform(0.1, 1, (30, 3))
    found = benefit_of_doubt(scores, least_share=0.2)
    parts = found.weights * scores / found.values[:, None]
    assert (parts >= 0.2 - 1e-9).all()


def test_equal_rows_tie_without_a_circle():
    """Many constraints meet in one vertex; Bland's rule must still end."""
    found = benefit_of_doubt(np.ones((12, 4)), least_share=0.25)
    np.testing.assert_allclose(found.values, 1.0, rtol=1e-12)


@pytest.mark.parametrize(
    ("scores", "share", "says"),
    [
        ([[-0.1, 1.0]], 0.0, "zero or more"),
        ([[0.0, 1.0]], 0.0, "no empty column"),
        ([[0.5, 1.0]], 0.6, "least share"),
    ],
)
def test_impossible_input_is_refused(scores, share, says):
    with pytest.raises(InputError, match=says):
        benefit_of_doubt(np.array(scores), least_share=share)
