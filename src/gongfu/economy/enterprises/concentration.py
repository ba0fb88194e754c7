"""How concentrated markets are: Herfindahl-Hirschman index and shares of the largest firms."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float, Int

from gongfu.economy.enterprises.markets import market_sum

__all__ = ["concentration_ratio", "herfindahl"]


def herfindahl(
    share: Float[np.ndarray, " firm"],
    market: Int[np.ndarray, " firm"],
    weight: Float[np.ndarray, " firm"],
    markets: int,
) -> Float[np.ndarray, " market"]:
    """Return the Herfindahl-Hirschman index of each market, 0-1 (times 10,000 in points).

    Parameters
    ----------
    share : market share of one firm, 0-1.
    weight : firms a record stands for, each with that share.
    """
    return market_sum(weight * share**2, market, markets)


def concentration_ratio(
    share: Float[np.ndarray, " firm"],
    market: Int[np.ndarray, " firm"],
    weight: Float[np.ndarray, " firm"],
    markets: int,
    *,
    largest: int = 4,
) -> Float[np.ndarray, " market"]:
    """Return the joint share of the ``largest`` firms of each market, 0-1.

    Parameters
    ----------
    share : market share of one firm, 0-1.
    weight : firms a record stands for; a record may fill several of the places.
    largest : number of firms counted (CR4: four).
    """
    order = np.argsort(market - np.minimum(share, 1.0) / 2, kind="stable")
    copies, place = weight[order], market[order]
    before = np.cumsum(copies) - copies
    first = np.searchsorted(place, np.arange(markets))
    ahead = before - before[first][place]
    counted = np.clip(largest - ahead, 0.0, copies)
    return market_sum(counted * share[order], place, markets)
