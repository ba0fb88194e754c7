"""Moran's I of the residuals of a regression.

References
----------
[Cliff-Ord 1981] Spatial Processes: Models and Applications. Pion. Chapter 8.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from gongfu.measure.space.autocorrelation import NormalTest, normal_test
from gongfu.measure.space.permutation import Alternative
from gongfu.measure.space.weights import SpatialWeights

__all__ = ["residual_moran"]


def residual_moran(
    residuals: Float[np.ndarray, " unit"],
    design: Float[np.ndarray, "unit regressor"],
    weights: SpatialWeights,
    *,
    alternative: Alternative = "two-sided",
) -> NormalTest:
    """Return the test that the errors of a least-squares regression are not spatially correlated.

    Parameters
    ----------
    residuals : of ordinary least squares.
    design : its regressors, constant included.
    weights : of the units.
    alternative : positive means that neighbours have similar errors.

    Notes
    -----
    With ``M = 1 - X (X'X)**-1 X'`` and d its trace, ``I = n / S0 e'We / e'e`` has mean
    ``n / S0 tr(MW) / d`` and second moment ``(n / S0)**2 (tr(MWMW') + tr(MWMW) + tr(MW)**2) /
    (d (d + 2))`` for independent normal errors [Cliff-Ord 1981]. Residuals are not permuted: they
    are correlated even if the errors are not.
    """
    n, k = design.shape
    q, _ = np.linalg.qr(design)
    lagged = weights.matrix()
    m_lagged = lagged - q @ (q.T @ lagged)
    trace = float(np.trace(m_lagged))
    m_lagged_m = m_lagged - (m_lagged @ q) @ q.T
    squares = float(np.sum(m_lagged_m * m_lagged_m) + np.sum(m_lagged_m * m_lagged_m.T))
    scale, dof = n / weights.sums.s0, n - k
    mean = scale * trace / dof
    variance = scale**2 * (squares + trace**2) / (dof * (dof + 2)) - mean**2
    value = scale * float(residuals @ weights.lag(residuals)) / float(residuals @ residuals)
    return normal_test(value, mean, variance, alternative)
