"""Demand (E9): sectors in the budget, home and national suppliers, spending of regions.

References
----------
[TZ] Tombe, Zhu (2019) Trade, migration, and productivity: a quantitative analysis of China.
American Economic Review 109(5).
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from gongfu.economy.markets.ces import ces_bundle

__all__ = ["budget", "pool", "purchase_price", "regional_spending", "sales"]

AFFORDABLE = 0.95

Cells = Float[np.ndarray, "region sector"]
Sectors = Float[np.ndarray, " sector"]
Regions = Float[np.ndarray, " region"]


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


def sales(spending: Regions, budget_share: Cells, home_share: Cells, pool_share: Cells) -> Cells:
    """(E9) Return sales of each region and sector: to its own buyers and to the national pool.

    Parameters
    ----------
    spending : of each region, in money.
    budget_share : sectors' shares in it.
    home_share : share of a sector's budget that stays in the region.
    pool_share : region's current share in sales to the pool.
    """
    demand = budget_share * spending[:, None]
    at_home = home_share * demand
    return at_home + pool_share * (demand - at_home).sum(0)


def regional_spending(
    *,
    budget_share: Cells,
    home_share: Cells,
    pool_share: Cells,
    cost_share: Cells,
    factor_income: float,
    transfers: Regions,
) -> tuple[Regions, float]:
    """(E9) Return spending such that every region spends its sales plus net transfers.

    The second value is the part of the transfers that is paid: 1, unless some region would give
    more than ``AFFORDABLE`` of what it could spend without them. Less than 1 is no equilibrium;
    it keeps spending above 0 while prices are still being sought.

    Parameters
    ----------
    budget_share, home_share, pool_share : as in ``sales``.
    cost_share : factor payments per yuan of sales.
    factor_income : what all labour and capital earn at current prices; it sets the scale.
    transfers : net transfers to each region; they add to 0.

    Notes
    -----
    Sales are linear in spending, ``sales = S E`` with columns of S adding to 1, so
    ``(I - S) E = transfers`` leaves the scale open. It is closed by ``sum(cost_share sales) =
    factor_income``: what employers pay in the nation equals what factors earn, which is Walras'
    law. Solving here, instead of iterating on sales, makes income = spending = output exact at
    any prices.
    """
    at_home = budget_share * home_share
    to_pool = budget_share - at_home
    paid = (cost_share * at_home).sum(1) + to_pool @ (cost_share * pool_share).sum(0)
    regions = len(transfers)
    matrix = np.diag(1.0 - at_home.sum(1)) - pool_share @ to_pool.T + paid / regions
    sources = np.stack([np.full(regions, factor_income / regions), transfers], axis=1)
    earned, received = np.linalg.solve(matrix, sources).T
    paid_part = AFFORDABLE / max(float(np.max(-received / earned)), AFFORDABLE)
    return earned + paid_part * received, paid_part
