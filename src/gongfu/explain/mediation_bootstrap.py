"""Intervals from bootstrap draws: percentile, and bias-corrected and accelerated.

References
----------
[E] Efron 1987, Better bootstrap confidence intervals. JASA 82(397), 171-185.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from jaxtyping import Float

from gongfu.core import Interval

__all__ = ["bca_interval", "percentile_interval"]

_NORMAL = NormalDist()


def percentile_interval(draws: Float[np.ndarray, " draw"], level: float) -> Interval:
    """Return the interval between the tails of the draws."""
    tail = (1 - level) / 2
    low, high = np.quantile(draws, [tail, 1 - tail])
    return Interval(float(low), float(high), level)


def bca_interval(
    value: float,
    draws: Float[np.ndarray, " draw"],
    without: Float[np.ndarray, " cluster"],
    level: float,
) -> Interval:
    """Return the bias-corrected and accelerated interval.

    Parameters
    ----------
    value : estimate on all clusters.
    draws : estimates on bootstrap draws of clusters.
    without : estimates with one cluster left out.

    Notes
    -----
    Tails ``Phi(z0 + (z0 + z) / (1 - a (z0 + z)))`` with z0 from the share of draws below the value
    and a from the skewness of the jackknife [E, eq. 3.3-3.9].
    """
    share = (np.sum(draws < value) + 0.5 * np.sum(draws == value)) / len(draws)
    bias = _NORMAL.inv_cdf(float(np.clip(share, 0.5 / len(draws), 1 - 0.5 / len(draws))))
    gap = without.mean() - without
    square = float((gap**2).sum())
    skew = float((gap**3).sum()) / (6 * square**1.5) if square > 0 else 0.0
    tails = []
    for z in (_NORMAL.inv_cdf((1 - level) / 2), _NORMAL.inv_cdf((1 + level) / 2)):
        tails.append(_NORMAL.cdf(bias + (bias + z) / (1 - skew * (bias + z))))
    low, high = np.quantile(draws, tails)
    return Interval(float(low), float(high), level)
