"""Errors robust to correlation between entities and over time.

References
----------
[Driscoll-Kraay 1998] Consistent covariance matrix estimation with spatially dependent panel data.
Review of Economics and Statistics 80(4).
[Newey-West 1987] A simple, positive semi-definite, heteroskedasticity and autocorrelation
consistent covariance matrix. Econometrica 55(3).
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError

__all__ = ["default_lags", "driscoll_kraay_meat"]


def default_lags(times: int) -> int:
    """Return the whole part of ``T**(1/4)``."""
    return int(times**0.25 + 1e-12)


def driscoll_kraay_meat(
    scores: Float[np.ndarray, "time regressor"], lags: int
) -> Float[np.ndarray, "regressor regressor"]:
    """Return the long-run covariance of the scores summed over entities.

    Parameters
    ----------
    scores : sum over entities of regressors times residual, in order of time.
    lags : at least 0.

    Notes
    -----
    ``S_0 + sum_l (1 - l / (lags + 1)) (S_l + S_l')`` with ``S_l = sum_t h_t h_(t-l)'``
    [Driscoll-Kraay 1998] and the weights of [Newey-West 1987].
    """
    if lags < 0:
        raise InputError(f"lags must be 0 or more, got {lags}")
    meat: Float[np.ndarray, "regressor regressor"] = scores.T @ scores
    for lag in range(1, lags + 1):
        shifted = scores[lag:].T @ scores[:-lag]
        meat = meat + (1 - lag / (lags + 1)) * (shifted + shifted.T)
    return meat
