"""Positions and units that every part of the world shares."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from gongfu.economy.base_year import (
    SECTORS,
)
from gongfu.economy.enterprises.markets import DIGITAL_MARKETS, REGIONAL_SECTORS
from gongfu.economy.markets import MarketBase

__all__ = ["DIGITAL", "YUAN", "adoption_by_zone", "market_table"]


DIGITAL = SECTORS.index("digital")
"""Position of the digital sector."""
YUAN = 1e-4
"""10k persons times yuan per person, in 100m yuan."""


def adoption_by_zone(
    adoption: Float[np.ndarray, "region sector"], markets: MarketBase
) -> Float[np.ndarray, " zone"]:
    """Return adoption met by the workers of each zone, sectors counted by what they pay there."""
    paid = markets.labour_payments.sum(2)
    share = paid / paid.sum(1, keepdims=True)
    return np.asarray((np.repeat(adoption, 2, axis=0) * share).sum(1))


def market_table(
    by_market: Float[np.ndarray, " market"],
) -> Float[np.ndarray, "region sector"]:
    """Return a value by region and sector; digital markets are national and counted alike."""
    regional = by_market[:-DIGITAL_MARKETS].reshape(-1, REGIONAL_SECTORS)
    digital = np.full((len(regional), 1), by_market[-DIGITAL_MARKETS:].mean())
    return np.concatenate([regional, digital], axis=1)
