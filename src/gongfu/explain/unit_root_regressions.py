"""Augmented Dickey-Fuller regressions of many series at once, and their law without drift.

References
----------
[DF 1979] Dickey, Fuller: Distribution of the estimators for autoregressive time series with a unit
root. Journal of the American Statistical Association 74(366).
[MacKinnon 1994] Approximate asymptotic distribution functions for unit-root and cointegration
tests. Journal of Business and Economic Statistics 12(2), table 3.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError

__all__ = ["DickeyFuller", "asymptotic_p", "dickey_fuller", "null_draws"]

_BATCH = 20_000
# Coefficients of the normal quantile of p as a polynomial of t: below and above a limit, and the
# lowest and highest t between which the polynomials rise.
_MACKINNON = {
    False: (-1.61, (2.1659, 1.4412, 0.038269), (1.7339, 0.93202, -0.12745, -0.010368)),
    True: (-2.89, (3.2512, 1.6047, 0.049588), (2.5261, 0.61654, -0.37956, -0.060285)),
}
_RISES = {False: (-18.83, 2.74), True: (-16.18, 0.70)}


@dataclass(frozen=True, slots=True, eq=False)
class DickeyFuller:
    """Regressions of the change on the level before, lagged changes and deterministic terms.

    Parameters
    ----------
    t : of the level. sigma : standard deviation of the residuals.
    change, level : both less what lagged changes and deterministic terms explain.
    """

    t: Float[np.ndarray, " series"]
    sigma: Float[np.ndarray, " series"]
    change: Float[np.ndarray, "series row"]
    level: Float[np.ndarray, "series row"]


def dickey_fuller(
    values: Float[np.ndarray, "series time"],
    lags: int,
    *,
    has_trend: bool,
    common: Float[np.ndarray, "series row column"] | None = None,
    is_corrected: bool = True,
) -> DickeyFuller:
    """Return the regression of each series.

    Parameters
    ----------
    lags : lagged changes, at least 0; a series of T times gives T - lags - 1 rows.
    has_trend : an intercept and a trend, else an intercept.
    common : further columns.
    is_corrected : divide squared residuals by rows less coefficients, else by rows.

    Raises
    ------
    InputError
        If there are too few times, or a series is constant.
    """
    change = np.diff(values, axis=1)
    rows = change.shape[1] - lags
    extra = 0 if common is None else common.shape[2]
    free = rows - (2 + lags + has_trend + extra)
    if lags < 0 or free < 1:
        raise InputError(
            f"a unit-root regression with {lags} lags has {max(rows, 0)} rows for "
            f"{2 + lags + has_trend + extra} coefficients: needs more times or fewer lags"
        )
    parts = [change[:, lags - j : change.shape[1] - j, None] for j in range(1, lags + 1)]
    parts += [] if common is None else [common]
    deterministic = np.vander(np.linspace(-1, 1, rows), 1 + has_trend)
    both = np.stack([change[:, lags:], values[:, lags:-1]], axis=2)
    left = _swept(both, parts, np.linalg.qr(deterministic)[0])
    dependent, level = left[..., 0], left[..., 1]
    square = (level**2).sum(axis=1)
    size = (values**2).sum(axis=1)
    if not (square > 1e-16 * size).all():
        raise InputError("a series is constant or a combination of its lagged changes")
    slope = (level * dependent).sum(axis=1) / square
    residual = ((dependent - slope[:, None] * level) ** 2).sum(axis=1)
    sigma = np.sqrt(residual / (free if is_corrected else rows))
    return DickeyFuller(slope * np.sqrt(square) / sigma, sigma, dependent, level)


@lru_cache(maxsize=64)
def null_draws(
    times: int, lags: int, has_trend: bool, draws: int, seed: int
) -> Float[np.ndarray, " draw"]:
    """Return sorted t values of random walks of that length: the finite-sample law.

    Parameters
    ----------
    draws, seed : number and seed of the walks.
    """
    rng = np.random.default_rng([seed, times, lags, has_trend])
    found = []
    for start in range(0, draws, _BATCH):
        steps = rng.standard_normal((min(_BATCH, draws - start), times))
        found.append(dickey_fuller(steps.cumsum(axis=1), lags, has_trend=has_trend).t)
    out = np.sort(np.concatenate(found))
    out.setflags(write=False)  # one array serves all later calls
    return out


def asymptotic_p(t: float, *, has_trend: bool) -> float:
    """Return the probability of a smaller t in an endless series [MacKinnon 1994].

    Notes
    -----
    Beyond the range of the approximation the value at its end stands: above zero and below one.
    """
    limit, below, above = _MACKINNON[has_trend]
    inside = min(max(t, _RISES[has_trend][0]), _RISES[has_trend][1])
    part = below if inside <= limit else above
    p = NormalDist().cdf(sum(c * inside**k for k, c in enumerate(part)))
    return max(p, sys.float_info.min)  # its logarithm is taken


def _swept(
    both: Float[np.ndarray, "series row 2"], parts: list[np.ndarray], basis: np.ndarray
) -> Float[np.ndarray, "series row 2"]:
    """Columns less their projection on the deterministic terms, then on the other parts."""
    both = both - basis @ (basis.T @ both)
    if not parts:
        return both
    other = np.concatenate(parts, axis=2)
    other = other - basis @ (basis.T @ other)
    orthonormal = np.linalg.qr(other)[0]
    return np.asarray(both - orthonormal @ (orthonormal.transpose(0, 2, 1) @ both))
