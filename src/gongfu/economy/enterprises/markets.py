"""The markets enterprises sell in: 93 regional ones, then ten narrow national digital ones.

Market ``3 r + s`` is sector s (0 agriculture, 1 industry, 2 services) of region r; markets 93 to
102 are the digital ones, each national: one national market for everything digital cannot be
right, since core digital industries as a whole are dispersed and e-commerce is not.
"""

from __future__ import annotations

from types import ModuleType

import numpy as np
from jaxtyping import Float, Int

from gongfu.core import InputError, Problem

__all__ = [
    "DIGITAL_MARKETS",
    "REGIONAL_SECTORS",
    "market_elasticity",
    "market_max",
    "market_sum",
    "refuse_bad_elasticity",
    "regional_and_digital",
    "to_markets",
]

REGIONAL_SECTORS = 3
"""Agriculture, industry, services."""
DIGITAL_MARKETS = 10
"""National markets that core digital industries are split into."""


def to_markets(
    by_region_sector: Float[np.ndarray, "region 4"], digital_share: Float[np.ndarray, " region"]
) -> Float[np.ndarray, " market"]:
    """Return a value of region and sector laid out by market.

    Parameters
    ----------
    by_region_sector : a value that has a mean, such as digital skill or adoption.
    digital_share : share of each region in digital output (relative size is enough): national
        digital markets get the mean over regions with these weights.
    """
    regional = by_region_sector[:, :REGIONAL_SECTORS].reshape(-1)
    national = by_region_sector[:, REGIONAL_SECTORS] @ digital_share / digital_share.sum()
    return np.concatenate([regional, np.full(DIGITAL_MARKETS, national)])


def regional_and_digital(
    regional: float, digital: float, *, regions: int
) -> Float[np.ndarray, " market"]:
    """Return one value in every regional market and another in every digital one."""
    return np.repeat([regional, digital], [REGIONAL_SECTORS * regions, DIGITAL_MARKETS])


def market_elasticity(
    home_share: Float[np.ndarray, "region sector"],
    trade_elasticity: Float[np.ndarray, " sector"],
    *,
    digital: float,
) -> Float[np.ndarray, " market"]:
    """(E4) Return the elasticity of demand for a market's whole output, by market.

    Parameters
    ----------
    home_share : share of demand met at home by region, for agriculture, industry, services; 0-1.
    trade_elasticity : substitution between regions in those sectors.
    digital : elasticity between the national digital markets.

    Raises
    ------
    InputError
        If an elasticity is 1 or less.

    Notes
    -----
    ``theta_m = h_s + (1 - h_s) theta_s``: at home only sectors compete (elasticity one), away the
    same sector of other regions does.
    """
    regional = home_share + (1 - home_share) * trade_elasticity
    elasticity = np.concatenate([regional.reshape(-1), np.full(DIGITAL_MARKETS, digital)])
    refuse_bad_elasticity(elasticity)
    return elasticity


def refuse_bad_elasticity(
    elasticity: Float[np.ndarray, " market"], substitution: float = np.inf
) -> None:
    """Raise unless ``1 < elasticity <= substitution`` in every market."""
    bad = np.flatnonzero(~((elasticity > 1) & (elasticity <= substitution)))
    if bad.size:
        raise InputError(
            Problem(
                f"market {market} has demand elasticity {elasticity[market]:g}",
                expected=f"more than 1 and at most the firms' substitution {substitution:g}",
                fix="At 1 or less a lone seller would raise its price without limit; above, "
                "markets would be closer rivals than firms. Check home and trade elasticities.",
            )
            for market in bad
        )


def market_sum(
    values: Float[np.ndarray, " firm"],
    market: Int[np.ndarray, " firm"],
    markets: int,
    *,
    xp: ModuleType = np,
) -> Float[np.ndarray, " market"]:
    """Return the sum of a firm value over each market.

    Parameters
    ----------
    values : of each firm.
    market : ascending; no market is empty, so that each is one run of firms.
    markets : number of markets.
    """
    total: Float[np.ndarray, " market"] = xp.add.reduceat(values, _first(market, markets, xp))
    return total


def market_max(
    values: Float[np.ndarray, " firm"],
    market: Int[np.ndarray, " firm"],
    markets: int,
    *,
    xp: ModuleType = np,
) -> Float[np.ndarray, " market"]:
    """Return the largest firm value in each market; arguments as in :func:`market_sum`."""
    largest: Float[np.ndarray, " market"] = xp.maximum.reduceat(values, _first(market, markets, xp))
    return largest


def _first(
    market: Int[np.ndarray, " firm"], markets: int, xp: ModuleType
) -> Int[np.ndarray, " market"]:
    first: Int[np.ndarray, " market"] = xp.searchsorted(market, xp.arange(markets))
    return first
