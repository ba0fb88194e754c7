"""Demand (E9): sectors in the budget, home and national suppliers, spending of regions.

References
----------
[TZ] Tombe, Zhu (2019) Trade, migration, and productivity: a quantitative analysis of China.
American Economic Review 109(5).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.economy.markets.ces import ces_bundle

__all__ = ["Spending", "budget", "pool", "purchase_price", "regional_spending", "sales"]

Cells = Float[np.ndarray, "region sector"]
Sectors = Float[np.ndarray, " sector"]
Regions = Float[np.ndarray, " region"]

AFFORDABLE = 0.95


@dataclass(frozen=True, slots=True, eq=False)
class Spending:
    """What regions spend, in money.

    Parameters
    ----------
    of_regions : on everything.
    on_pools : of all regions on the national pool of each sector.
    transfers_paid : part of the transfers that is paid: 1, unless some region would give more than
        ``AFFORDABLE`` of what it could spend without them. Less than 1 is no equilibrium; it
        keeps spending above 0 while prices are still being sought.
    """

    of_regions: Regions
    on_pools: Sectors
    transfers_paid: float


def pool(
    price_hat: Cells, pool_share: Cells, region_substitution: Sectors
) -> tuple[Sectors, Cells]:
    """(E9) Return the price of each sector's national pool, and regions' shares in sales to it.

    Parameters
    ----------
    price_hat : output prices relative to the base year.
    pool_share : base-year shares of regions in sales to the pool; they add to 1 over regions.
    region_substitution : theta_s > 1, between varieties of regions, as in [TZ].
    """
    return ces_bundle(price_hat, pool_share, region_substitution, axis=0)


def purchase_price(price_hat: Cells, pool_price: Sectors, home_share: Cells) -> Cells:
    """(E9) Return what buyers of a region pay for a sector, ``p^h Ppool^(1-h)``, relative.

    Parameters
    ----------
    price_hat, pool_price : of output and of the pool, relative to the base year.
    home_share : share of a sector's budget that stays in the region, 0-1; constant.
    """
    return price_hat**home_share * pool_price ** (1.0 - home_share)


def budget(
    purchase_hat: Cells, demand_weight: Cells, sector_substitution: float
) -> tuple[Regions, Cells]:
    """(E9) Return the price index of each region's spending, and sectors' shares in it.

    Parameters
    ----------
    purchase_hat : as from ``purchase_price``.
    demand_weight : base budget shares times the taste or Engel shifter; renormalised.
    sector_substitution : nu, between sectors.
    """
    return ces_bundle(purchase_hat, demand_weight, sector_substitution, axis=1)


def sales(at_home: Cells, spending: Regions, pool_share: Cells, pool_demand: Sectors) -> Cells:
    """(E9) Return sales of each region and sector: to its own buyers and to the national pool.

    Parameters
    ----------
    at_home : share of a region's spending that goes to its own suppliers of each sector.
    spending : of each region, in money.
    pool_share : region's current share in sales to the pool.
    pool_demand : what all regions together buy from the pool of each sector, in money.
    """
    return at_home * spending[:, None] + pool_share * pool_demand


def regional_spending(
    *,
    budget_share: Cells,
    at_home: Cells,
    pool_share: Cells,
    cost_share: Cells,
    factor_income: float,
    transfers: Regions,
) -> Spending:
    """(E9) Return spending such that every region spends its sales plus net transfers.

    Parameters
    ----------
    budget_share : sectors' shares in the spending of each region.
    at_home, pool_share : as in ``sales``; some spending of each region goes to the pool.
    cost_share : factor payments per yuan of sales.
    factor_income : what all labour and capital earn at current prices; it sets the scale.
    transfers : net transfers to each region; they add to 0.

    Notes
    -----
    Given the demand ``z`` for the pools, a region spends ``E = (T + sum_s pi z) / (1 - sum_s at
    home)``; the pools then get ``z = sum_r (share not at home) E``, one linear equation per
    *sector*. They leave the scale open, which is closed by ``sum(cost_share sales) =
    factor_income``: what employers pay in the nation equals what factors earn. Solving here,
    instead of iterating on sales, makes income = spending = output exact at any prices.
    """
    outward = 1.0 - at_home.sum(1)
    to_pools = (budget_share - at_home).T / outward
    paid_at_home = (cost_share * at_home).sum(1) / outward
    paid = (pool_share * (cost_share + paid_at_home[:, None])).sum(0)
    sectors = len(paid)
    matrix = np.eye(sectors) - to_pools @ pool_share + paid / sectors
    moved = to_pools @ transfers - (paid_at_home @ transfers) / sectors
    sources = np.array([np.full(sectors, factor_income / sectors), moved])
    pooled = np.linalg.solve(matrix, sources.T)
    from_income, from_pools = (pool_share @ pooled).T / outward
    received = transfers / outward + from_pools
    paid_part = AFFORDABLE / max(-float((received / from_income).min()), AFFORDABLE)
    return Spending(
        of_regions=from_income + paid_part * received,
        on_pools=pooled[:, 0] + paid_part * pooled[:, 1],
        transfers_paid=paid_part,
    )
