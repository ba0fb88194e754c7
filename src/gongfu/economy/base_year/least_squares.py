"""Levenberg-Marquardt for a few parameters of a model that evaluates many points at once.

References
----------
[Marquardt 1963] An algorithm for least-squares estimation of nonlinear parameters. Journal of the
Society for Industrial and Applied Mathematics 11(2), 431-441.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from jaxtyping import Float

from gongfu.core import ConvergenceError

__all__ = ["least_squares"]

_STEPS = 300
_WIDTH = 1e-6
"""Width of a difference, for parameters of order one: residuals must be good to 1e-11."""
_STILL = 1e-6
"""Length of a step at which the search ends."""


def least_squares(
    residual: Callable[[Float[np.ndarray, "point parameter"]], Float[np.ndarray, "point residual"]],
    start: Float[np.ndarray, " parameter"],
    lowest: Float[np.ndarray, " parameter"],
) -> Float[np.ndarray, " parameter"]:
    """Return the parameters with the least sum of squared residuals.

    Parameters
    ----------
    residual : takes many parameter vectors, returns the residuals of each.
    start : first guess; parameters of order one.
    lowest : a parameter never goes below.

    Raises
    ------
    ConvergenceError
        If the search does not come to rest.
    """
    theta, damping = start, 1e-2
    value, jacobian = _linearise(residual, theta)
    for _ in range(_STEPS):
        normal = jacobian.T @ jacobian
        normal[np.diag_indices_from(normal)] *= 1.0 + damping
        trial = np.maximum(theta - np.linalg.solve(normal, jacobian.T @ value), lowest)
        moved = float(np.abs(trial - theta).max())
        new_value, new_jacobian = _linearise(residual, trial)
        if new_value @ new_value < value @ value:
            theta, value, jacobian, damping = trial, new_value, new_jacobian, damping / 5
        else:
            damping *= 4
        if moved < _STILL:
            return theta
    raise ConvergenceError(f"no rest after {_STEPS} steps, last step {moved:.1e}, wanted {_STILL}")


def _linearise(
    residual: Callable[[Float[np.ndarray, "point parameter"]], Float[np.ndarray, "point residual"]],
    theta: Float[np.ndarray, " parameter"],
) -> tuple[Float[np.ndarray, " residual"], Float[np.ndarray, "residual parameter"]]:
    nudge = _WIDTH * np.eye(len(theta))
    found = residual(np.concatenate([theta[None], theta + nudge]))
    return found[0], (found[1:] - found[0]).T / _WIDTH
