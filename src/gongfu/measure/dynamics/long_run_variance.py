"""Regression on time with an error that allows for autocorrelated residuals.

References
----------
[Andrews 1991] Heteroskedasticity and autocorrelation consistent covariance matrix estimation.
Econometrica 59(3).
[Phillips-Sul 2007] Transition modeling and econometric convergence tests. Econometrica 75(6).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

__all__ = ["Slope", "andrews_bandwidth", "long_run_variance", "slope_on"]


@dataclass(frozen=True, slots=True)
class Slope:
    """Slope of a regression with intercept.

    Parameters
    ----------
    value, standard_error : of the slope.
    intercept : of the fitted line.
    """

    value: float
    standard_error: float
    intercept: float

    @property
    def t(self) -> float:
        """Slope over its error; infinite for a perfect fit."""
        if self.standard_error == 0:
            return math.copysign(math.inf, self.value) if self.value else 0.0
        return self.value / self.standard_error


def slope_on(x: Float[np.ndarray, " time"], y: Float[np.ndarray, " time"]) -> Slope:
    """Return the slope of y on x with an error by the long-run variance of the residuals.

    Parameters
    ----------
    x : a rising function of time, such as the year or log t.
    y : at least four values.

    Notes
    -----
    Error ``sqrt(long-run variance / sum((x - mean)**2))``: for regressors that are smooth functions
    of time the residuals' spectrum at zero is all that matters.
    """
    dx, dy = x - x.mean(), y - y.mean()
    spread = float(dx @ dx)
    slope = float(dx @ dy) / spread
    residual = dy - slope * dx
    if float(residual @ residual) <= 1e-28 * float(dy @ dy):
        residual = np.zeros_like(residual)  # a perfect fit up to rounding
    error = math.sqrt(max(long_run_variance(residual), 0.0) / spread)
    return Slope(slope, error, float(y.mean()) - slope * float(x.mean()))


def long_run_variance(residual: Float[np.ndarray, " time"]) -> float:
    """Return the long-run variance of residuals by the quadratic spectral kernel.

    Notes
    -----
    Bandwidth by [Andrews 1991], lagged products over all but the last residual and division by
    ``T - 1``, as in the program of [Phillips-Sul 2007] and in the packages for R and Stata that
    follow it, so that their t-values come out.
    """
    bandwidth = andrews_bandwidth(residual)
    used = len(residual) - 1
    total = float(residual @ residual)
    if bandwidth > 0:
        early = residual[:used]
        lags = np.arange(1, used)
        products = np.array([early[: used - lag] @ early[lag:] for lag in lags])
        total += 2 * float(_kernel(lags / bandwidth) @ products)
    return total / used


def andrews_bandwidth(residual: Float[np.ndarray, " time"]) -> float:
    """Return the bandwidth ``1.3221 (a T)**(1/5)`` of a first-order autoregression [Andrews 1991].

    Notes
    -----
    With r the first autocorrelation, ``a = 4 r**2 / (1 - r)**4``: the constant and the formula of
    the quadratic spectral kernel.
    """
    early, late = residual[:-1], residual[1:]
    size = float(early @ early)
    if size == 0:
        return 0.0
    r = float(early @ late) / size
    return 1.3221 * (4 * r**2 / (1 - r) ** 4 * len(residual)) ** 0.2 if r != 1 else math.inf


def _kernel(lag: Float[np.ndarray, " lag"]) -> Float[np.ndarray, " lag"]:
    # [Andrews 1991, eq. 2.7]: 25 / (12 pi^2 x^2) (sin(6 pi x / 5) / (6 pi x / 5) - cos(6 pi x / 5))
    z = 6 * np.pi / 5 * lag
    near = np.abs(z) < 1e-3
    safe = np.where(near, 1.0, z)
    value: Float[np.ndarray, " lag"] = 3 / safe**2 * (np.sin(safe) / safe - np.cos(safe))
    return np.where(near, 1 - z**2 / 10, value)
