"""What markets mean for regions: changes by region and sector, the form the rest reads."""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType

import numpy as np
from jaxtyping import Float

from gongfu.economy.enterprises.competition import Competition
from gongfu.economy.enterprises.markets import DIGITAL_MARKETS, REGIONAL_SECTORS, market_sum
from gongfu.economy.enterprises.population import Enterprises

__all__ = ["RegionSector", "adoption_by_market", "by_region_sector"]


@dataclass(frozen=True, slots=True, eq=False)
class RegionSector:
    """Competition by region and sector (agriculture, industry, services, digital).

    Parameters
    ----------
    markup : sales over costs.
    price, productivity : ratio to the base year, at constant input cost.
    """

    markup: Float[np.ndarray, "region 4"]
    price: Float[np.ndarray, "region 4"]
    productivity: Float[np.ndarray, "region 4"]


def by_region_sector(
    now: Competition, base: Competition, *, digital_elasticity: float, xp: ModuleType = np
) -> RegionSector:
    """(E4) Return markups, and prices and productivity relative to the base year.

    Parameters
    ----------
    digital_elasticity : of substitution between the national digital markets; not 1.

    Notes
    -----
    Digital markets have equal base sales (an assumption) and one CES index,
    ``P = [mean Phat_m^(1 - theta)]^(1 / (1 - theta))``; their markup is the harmonic mean with
    present sales. All regions share it: digital firms sell to the whole country. Every ratio is
    exactly one in the base year.
    """
    price = now.price / base.price
    productivity = now.productivity / base.productivity
    relative = price[-DIGITAL_MARKETS:] ** (1 - digital_elasticity)
    index = xp.mean(relative) ** (1 / (1 - digital_elasticity))
    markup = _harmonic(now.market_markup[-DIGITAL_MARKETS:], relative)
    markup_base = _harmonic(base.market_markup[-DIGITAL_MARKETS:], xp.ones_like(relative))
    return RegionSector(
        _with_digital(now.market_markup, markup, xp),
        _with_digital(price, index, xp),
        _with_digital(productivity, markup / markup_base / index, xp),
    )


def adoption_by_market(
    enterprises: Enterprises, *, by_sales: bool, xp: ModuleType = np
) -> Float[np.ndarray, " market"]:
    """Return mean adoption of each market, firms counting by their sales or once each."""
    weight = enterprises.weight * (enterprises.size if by_sales else 1.0)
    market, markets = enterprises.market, enterprises.markets
    total = market_sum(weight * enterprises.adoption, market, markets, xp=xp)
    return total / market_sum(weight, market, markets, xp=xp)


def _harmonic(markup: Float[np.ndarray, " digital"], sales: Float[np.ndarray, " digital"]) -> float:
    mean: float = sales.sum() / (sales / markup).sum()
    return mean


def _with_digital(
    by_market: Float[np.ndarray, " market"], digital: float, xp: ModuleType
) -> Float[np.ndarray, "region 4"]:
    regional = by_market[:-DIGITAL_MARKETS].reshape(-1, REGIONAL_SECTORS)
    column = xp.full((regional.shape[0], 1), digital)
    table: Float[np.ndarray, "region 4"] = xp.concatenate([regional, column], axis=1)
    return table
