"""How the labour markets of one region answer its own wages, to aim the moves of the solver."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from gongfu.economy.markets.base import MarketBase
from gongfu.economy.markets.parameters import MarketParameters

__all__ = ["regional_slopes"]

Slopes = Float[np.ndarray, "region sector type sector type"]
Sectors = Float[np.ndarray, "region sector sector"]


def regional_slopes(base: MarketBase, parameters: MarketParameters) -> Slopes:
    """(E7-E10) Return the slope of log supply less log demand in a region's own log wages.

    The first sector and type are those of the market, the second those of the wage.

    Notes
    -----
    Taken in the base year, with what happens elsewhere (prices of other regions, demand for the
    pools, rental) held fixed. It steers the search only; it does not enter the equilibrium.
    """
    share = base.type_share
    same_type, same_sector = np.eye(share.shape[-1]), np.eye(share.shape[1])
    price = (1.0 - base.capital_share)[:, None] * share
    sales = _sales_slopes(base, parameters)[:, :, None, :, None] * price[:, None, None]
    mix = same_type[:, None, :] - share[:, :, None, None, :]
    substitution = (1.0 - parameters.skill_substitution) * same_sector[:, None, :, None] * mix
    return _supply_slopes(base, parameters.labour_mobility) - sales - substitution


def _sales_slopes(base: MarketBase, parameters: MarketParameters) -> Sectors:
    """Slope of a sector's log sales in the log output prices of the region."""
    same = np.eye(base.output.shape[1])
    home, pool, budget = base.home_share, base.pool_share, base.demand_share
    passed_on = home + (1.0 - home) * pool
    shares = (1.0 - parameters.sector_substitution) * (
        same * passed_on[:, None] - (budget * passed_on)[:, None]
    )
    supplier = (1.0 - parameters.region_substitution) * (1.0 - pool)
    at_home = budget * home
    pooled = base.output / base.spending[:, None] - at_home
    spending = pooled * supplier + (at_home[:, :, None] * shares).sum(1)
    spending = spending / (1.0 - at_home.sum(1, keepdims=True))
    sold_at_home = (at_home * base.spending[:, None] / base.output)[:, :, None]
    to_pool = (1.0 - sold_at_home) * same * supplier[:, None]
    return sold_at_home * (shares + spending[:, None]) + to_pool


def _supply_slopes(base: MarketBase, labour_mobility: float) -> Slopes:
    """Slope of log labour income of each sector and type in the log wages of the region."""
    regions, sectors, types = base.type_share.shape
    paid = base.labour_payments.reshape(regions, -1, sectors, types)
    choice = base.sector_share.reshape(paid.shape)
    zone = paid / np.maximum(paid.sum(1, keepdims=True), np.finfo(float).tiny)
    away = np.einsum("rzsk,rzjk->rskj", zone, choice)
    same = np.eye(sectors)[:, None, :] * labour_mobility
    slopes = same + (1.0 - labour_mobility) * away
    return slopes[..., None] * np.eye(types)[:, None, :]
