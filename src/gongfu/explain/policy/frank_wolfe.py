"""Weights that are shares and make a combination of columns follow a target.

References
----------
[Frank-Wolfe 1956] An algorithm for quadratic programming. Naval Research Logistics Quarterly 3.
[Arkhangelsky 2021] Arkhangelsky, Athey, Hirshberg, Imbens, Wager: Synthetic
difference-in-differences. American Economic Review 111(12), 4088-4118.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

__all__ = ["share_weights"]

_FIRST_STEPS = 100
_MOST_STEPS = 10_000


def share_weights(
    columns: Float[np.ndarray, "row column"],
    target: Float[np.ndarray, " row"],
    *,
    penalty: float,
    tolerance: float,
    has_intercept: bool,
    start: Float[np.ndarray, " column"] | None = None,
    is_sparse: bool = True,
) -> Float[np.ndarray, " column"]:
    """Return weights at least 0 that sum to 1 and minimise the penalised distance.

    Parameters
    ----------
    penalty : zeta of ``zeta**2 sum w**2``, in units of the target.
    tolerance : the search ends when a step lowers the objective by its square or less.
    has_intercept : whether a constant distance is free.
    start : weights to start from; equal ones by default.
    is_sparse : search 100 steps, drop weights of at most a quarter of the largest, search again.

    Notes
    -----
    ``mean((target - columns w)**2) + zeta**2 sum w**2`` over the simplex, by conditional gradients
    with exact line search [Frank-Wolfe 1956], the schedule of [Arkhangelsky 2021, appendix].
    """
    if has_intercept:
        columns, target = columns - columns.mean(axis=0), target - target.mean()
    rows, count = columns.shape
    gram = columns.T @ columns + rows * penalty**2 * np.eye(count)
    pull = columns.T @ target
    least = rows * tolerance**2
    weights = np.full(count, 1 / count) if start is None else start
    if not is_sparse:
        return _search(gram, pull, weights, least, _MOST_STEPS)
    weights = _search(gram, pull, weights, least, _FIRST_STEPS)
    weights = np.where(weights <= weights.max() / 4, 0.0, weights)
    return _search(gram, pull, weights / weights.sum(), least, _MOST_STEPS)


def _search(
    gram: Float[np.ndarray, "column column"],
    pull: Float[np.ndarray, " column"],
    weights: Float[np.ndarray, " column"],
    least: float,
    steps: int,
) -> Float[np.ndarray, " column"]:
    """Lower ``w'G w - 2 p'w`` along the best edge until a step gains no more than ``least``."""
    image = gram @ weights
    for step in range(steps):
        slope = image - pull
        best = int(slope.argmin())
        along = float(slope[best] - slope @ weights)
        curve = float(gram[best, best] - 2 * image[best] + weights @ image)
        length = min(1.0, -along / curve) if along < 0 < curve else 0.0
        weights = (1 - length) * weights
        weights[best] += length
        image = image + length * (gram[best] - image)
        gain = -length * (2 * along + length * curve)
        if step >= 1 and gain <= least:
            break
    return weights
