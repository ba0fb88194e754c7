"""How far a forecast was from what came: RMSE, MASE, coverage.

References
----------
[Hyndman-Koehler 2006] Another look at measures of forecast accuracy. International Journal of
Forecasting 22(4): MASE.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

__all__ = ["coverage", "mase", "past_errors", "rmse"]


def rmse(forecast: Float[np.ndarray, "*cell"], actual: Float[np.ndarray, "*cell"]) -> float:
    """Return the root mean squared error over the cells that were observed."""
    return float(np.sqrt(np.nanmean((forecast - actual) ** 2)))


def mase(
    forecast: Float[np.ndarray, "unit horizon"],
    actual: Float[np.ndarray, "unit horizon"],
    past: Float[np.ndarray, "unit year"],
) -> float:
    """Return the mean absolute error over that of the one-year random walk before the origin.

    Scaled unit by unit and then averaged [Hyndman-Koehler 2006]; below 1 is better than the
    in-sample random walk was at one year ahead.
    """
    scale = np.abs(np.diff(past, axis=1)).mean(axis=1, keepdims=True)
    return float(np.nanmean(np.abs(forecast - actual) / scale))


def past_errors(past: Float[np.ndarray, "unit year"]) -> Float[np.ndarray, " unit"]:
    """Return the standard deviation of past yearly log growth, the width of a band a year ahead."""
    return np.asarray(np.diff(np.log(past), axis=1).std(axis=1, ddof=1))


def coverage(
    forecast: Float[np.ndarray, "unit horizon"],
    actual: Float[np.ndarray, "unit horizon"],
    log_sd: Float[np.ndarray, "unit horizon"],
    *,
    reach: float,
) -> float:
    """Return the share of observed cells inside ``forecast * exp(-+ reach * log_sd)``."""
    seen = np.isfinite(actual)
    inside = np.abs(np.log(actual / forecast)) <= reach * log_sd
    return float(inside[seen].mean())
