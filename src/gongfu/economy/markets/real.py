"""Real quantities: the Fisher price index and the volumes it leaves.

References
----------
[SNA] United Nations et al. (2009) System of National Accounts 2008, chapter 15: the Fisher index
is a recommended superlative index, here direct between the base year and now.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

__all__ = ["fisher_price", "fisher_quantity"]

Values = Float[np.ndarray, "*shape"]
Index = np.float64 | Float[np.ndarray, "*kept"]


def fisher_price(
    base_value: Values, value: Values, price_hat: Values, axis: int | None = None
) -> Index:
    """Return the Fisher price index relative to the base year.

    Parameters
    ----------
    base_value, value : sales in the base year and now, each in money of its time; above 0.
    price_hat : prices relative to the base year.
    axis : summed over; everything when none.

    Notes
    -----
    Geometric mean of Laspeyres ``sum(v0 p) / sum(v0)`` and Paasche ``sum(v) / sum(v / p)``. The
    price index times the quantity index is the ratio of values, exactly.
    """
    laspeyres = (base_value * price_hat).sum(axis) / base_value.sum(axis)
    paasche = value.sum(axis) / (value / price_hat).sum(axis)
    index: Index = np.sqrt(laspeyres * paasche)
    return index


def fisher_quantity(
    base_value: Values, value: Values, price_hat: Values, axis: int | None = None
) -> Index:
    """Return the Fisher volume index relative to the base year; as ``fisher_price``."""
    index: Index = value.sum(axis) / base_value.sum(axis)
    return index / fisher_price(base_value, value, price_hat, axis)
