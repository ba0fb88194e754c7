"""Quantiles and densities that unconditional and moment quantile regressions rest on.

References
----------
[Silverman 1986] Density Estimation for Statistics and Data Analysis. Chapman and Hall.
[Firpo-Fortin-Lemieux 2009] Unconditional quantile regressions. Econometrica 77(3), 953-973.
"""

from __future__ import annotations

import math

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError

__all__ = ["density_at", "recentred_quantile", "silverman_bandwidth"]


def silverman_bandwidth(values: Float[np.ndarray, " row"]) -> float:
    """Return ``0.9 min(sd, IQR / 1.34) n**(-1/5)`` [Silverman 1986, eq. 3.31].

    Raises
    ------
    InputError
        If the values do not vary.
    """
    low, high = np.quantile(values, [0.25, 0.75])
    spread = float(values.std(ddof=1)) if len(values) > 1 else 0.0
    scale = min(spread, (high - low) / 1.34) if high > low else spread
    if not scale > 0:
        raise InputError("a density needs values that vary")
    return float(0.9 * scale * len(values) ** -0.2)


def density_at(
    values: Float[np.ndarray, " row"], point: float, bandwidth: float | None = None
) -> float:
    """Return the Gaussian kernel density of the values at a point.

    Parameters
    ----------
    bandwidth : in units of the values; Silverman's by default.
    """
    width = silverman_bandwidth(values) if bandwidth is None else bandwidth
    if not width > 0:
        raise InputError(f"a bandwidth is above 0, got {width}")
    kernel = np.exp(-0.5 * ((values - point) / width) ** 2)
    return float(kernel.mean() / (width * math.sqrt(2 * math.pi)))


def recentred_quantile(
    values: Float[np.ndarray, " row"], quantile: float, bandwidth: float | None = None
) -> Float[np.ndarray, " row"]:
    """Return the recentred influence values of a quantile.

    Parameters
    ----------
    quantile : between 0 and 1.

    Notes
    -----
    ``q + (tau - 1(y <= q)) / f(q)`` [Firpo-Fortin-Lemieux 2009, eq. 2]; their mean is close to q.
    """
    if not 0 < quantile < 1:
        raise InputError(f"a quantile lies between 0 and 1, got {quantile}")
    point = float(np.quantile(values, quantile))
    density = density_at(values, point, bandwidth)
    return np.asarray(point + (quantile - (values <= point)) / density)
