import numpy as np
import pytest

from gongfu.economy.markets.anderson import find_fixed_point

MATRIX = np.array([[0.9, 0.3, 0.0], [0.0, -0.8, 0.2], [0.1, 0.0, 0.5]])
SHIFT = np.array([1.0, -2.0, 0.5])
NUMERICS = {"depth": 5, "tolerance": 1e-10, "limit": 100, "longest": np.inf}


def linear(point):
    move = MATRIX @ point + SHIFT - point
    return move, float(np.abs(move).max())


def test_linear_problem_is_solved_in_as_many_moves_as_unknowns_plus_one():
    found = find_fixed_point(linear, np.zeros(3), **NUMERICS)
    assert found.converged
    assert found.iterations == 4
    # The residual is below 1e-10 and the inverse of I - M is below 20.
    assert found.point == pytest.approx(np.linalg.solve(np.eye(3) - MATRIX, SHIFT), abs=2e-9)


def test_start_that_solves_the_problem_needs_no_move():
    start = np.linalg.solve(np.eye(3) - MATRIX, SHIFT)
    found = find_fixed_point(linear, start, **NUMERICS)
    assert found.iterations == 0
    assert found.point is start


def test_divergent_iteration_is_tamed():
    """x -> 3 - 2 x runs away by itself; its fixed point is 1."""
    found = find_fixed_point(lambda x: (3 - 3 * x, abs(float(x[0]) - 1)), np.zeros(1), **NUMERICS)
    assert found.converged
    assert found.point == pytest.approx([1.0], abs=1e-10)


@pytest.mark.parametrize("depth", [1, 5])
def test_moves_that_never_change_do_not_stop_the_search(depth):
    """Nothing can be learnt from equal moves: the plain iteration goes on to the limit."""
    found = find_fixed_point(
        lambda _: (np.full(3, 0.5), 1.0), np.zeros(3), **{**NUMERICS, "depth": depth, "limit": 20}
    )
    assert not found.converged
    assert found.point == pytest.approx(np.full(3, 10.0), rel=1e-12)


def test_more_moves_remembered_than_unknowns_do_no_harm():
    found = find_fixed_point(
        lambda x: (np.cos(x) - x, float(np.abs(np.cos(x) - x).max())), np.zeros(2), **NUMERICS
    )
    assert found.converged
    assert found.point == pytest.approx([0.7390851332] * 2, abs=1e-9)


def test_limit_ends_the_search_unconverged():
    found = find_fixed_point(linear, np.zeros(3), **{**NUMERICS, "limit": 2})
    assert not found.converged
    assert found.iterations == 2
    assert found.residual > 1e-10


def test_undefined_residual_ends_the_search_unconverged():
    found = find_fixed_point(lambda x: (x + 1, float("nan")), np.zeros(2), **NUMERICS)
    assert not found.converged
    assert found.iterations == 0


def test_no_move_is_longer_than_allowed():
    visited = []

    def improve(point):
        visited.append(point)
        return linear(point)

    find_fixed_point(improve, np.zeros(3), **{**NUMERICS, "longest": 0.25})
    assert max(np.abs(np.diff(visited, axis=0)).max(axis=1)) <= 0.25
