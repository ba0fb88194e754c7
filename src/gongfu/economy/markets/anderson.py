"""Anderson acceleration of a fixed-point iteration.

References
----------
[WN] Walker, Ni (2011) Anderson acceleration for fixed-point iterations. SIAM Journal on
Numerical Analysis 49(4).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

__all__ = ["FixedPoint", "find_fixed_point"]

Vector = Float[np.ndarray, " unknown"]

RIDGE = 1e-14


@dataclass(frozen=True, slots=True, eq=False)
class FixedPoint:
    """Where the iteration ended.

    Parameters
    ----------
    point : the last point tried.
    residual : its distance from a solution, as the caller measures it.
    iterations : moves made; 0 when the start solved the problem.
    converged : whether ``residual`` is at or below the tolerance.
    """

    point: Vector
    residual: float
    iterations: int
    converged: bool


def find_fixed_point(
    improve: Callable[[Vector], tuple[Vector, float]],
    start: Vector,
    *,
    depth: int,
    tolerance: float,
    limit: int,
    longest: float,
) -> FixedPoint:
    """Return the point that ``improve`` leaves where it is.

    Parameters
    ----------
    improve : returns the plain move from a point, and how far that point is from a solution.
    depth : moves remembered.
    tolerance : on the caller's residual.
    limit : moves allowed. A residual that is not finite ends the search at once.
    longest : no unknown changes by more than this in one move.

    Notes
    -----
    Type II in difference form [WN]: with the last changes of points ``dX`` and of moves ``dF``, the
    next point is ``x + f - (dX + dF) c``, where ``c`` minimises ``|f - dF c|``.
    """
    point, iterations = start, 0
    move, residual = improve(point)
    changes: deque[tuple[Vector, Vector]] = deque(maxlen=depth)
    while tolerance < residual < np.inf and iterations < limit:
        step = np.clip(_mixed(move, changes), -longest, longest)
        last, point = move, point + step
        move, residual = improve(point)
        changes.append((step, move - last))
        iterations += 1
    return FixedPoint(point, residual, iterations, residual <= tolerance)


def _mixed(move: Vector, changes: deque[tuple[Vector, Vector]]) -> Vector:
    if not changes:
        return move
    points = np.array([change for change, _ in changes])
    moves = np.array([change for _, change in changes])
    gram = moves @ moves.T
    # The ridge is of the size of rounding: it matters only when moves repeat or do not change.
    gram += np.diag(RIDGE * np.diag(gram) + np.finfo(float).tiny)
    weights = np.linalg.solve(gram, moves @ move)
    mixed: Vector = move - weights @ (points + moves)
    return mixed
