"""Adoption of digital technology: gain against cost, peers, size, vouchers (E1).

References
----------
[Griliches 1957] Hybrid corn: an exploration in the economics of technological change.
Econometrica 25(4). The S-shaped path of a technology that pays differently in different places.
"""

from __future__ import annotations

from types import ModuleType

import numpy as np
from jaxtyping import Float, Int

from gongfu.economy.enterprises.markets import market_sum

__all__ = ["adopt", "adoption_cost", "adoption_gain", "peer_adoption", "voucher_outlay"]


def adopt(
    adoption: Float[np.ndarray, " firm"],
    gain: Float[np.ndarray, " firm"],
    cost: Float[np.ndarray, " firm"],
    *,
    speed: float,
    dispersion: float,
    ceiling: float,
    xp: ModuleType = np,
) -> Float[np.ndarray, " firm"]:
    """(E1) Return adoption one year later, between its present level and ``ceiling``.

    Parameters
    ----------
    adoption : share of its processes a firm has digitised, 0 to ``ceiling``.
    gain, cost : of full adoption, a year, as a share of the firm's costs.
    speed : share of what is left that a firm convinced for certain adopts in a year.
    dispersion : logistic scale of what firms do not share in gain and cost.

    Notes
    -----
    ``g' = g + rho L((gain - cost) / s) (g_max - g)`` with the logistic function L. Technology is
    never given up, so adoption above the ceiling stays where it is.
    """
    convinced = 1 / (1 + xp.exp((cost - gain) / dispersion))
    return adoption + speed * convinced * xp.maximum(ceiling - adoption, 0.0)


def adoption_gain(
    skill: Float[np.ndarray, " firm"],
    data: Float[np.ndarray, " firm"],
    *,
    digital_productivity: float,
    skill_complementarity: float,
    data_elasticity: float,
    xp: ModuleType = np,
) -> Float[np.ndarray, " firm"]:
    """(E1) Return the log productivity that full adoption brings.

    Parameters
    ----------
    skill : digital skill of the workforce relative to the national mean of the base year.
    data : data the firm can use, relative to the sales-weighted base stock of its market.

    Notes
    -----
    ``gain = gamma (d_r / d0)^chi + eta ln(1 + D / D0)``.
    """
    return digital_productivity * skill**skill_complementarity + data_elasticity * xp.log1p(data)


def adoption_cost(
    peers: Float[np.ndarray, " firm"],
    size: Float[np.ndarray, " firm"],
    voucher: Float[np.ndarray, " firm"] | float,
    *,
    base: float,
    peer_effect: float,
    size_effect: float,
    xp: ModuleType = np,
) -> Float[np.ndarray, " firm"]:
    """(E1) Return the yearly cost of full adoption that the firm itself pays, not below zero.

    Parameters
    ----------
    peers : mean adoption in the firm's market, 0-1.
    size : sales relative to the mean firm of the market.
    voucher : share of the cost paid for the firm, 0-1.

    Notes
    -----
    ``cost = (1 - voucher) max(0, c0 - c_peer peers - c_size ln size)``.
    """
    gross = base - peer_effect * peers - size_effect * xp.log(size)
    return (1 - voucher) * xp.maximum(gross, 0.0)


def peer_adoption(
    adoption: Float[np.ndarray, " firm"],
    market: Int[np.ndarray, " firm"],
    weight: Float[np.ndarray, " firm"],
    markets: int,
    *,
    xp: ModuleType = np,
) -> Float[np.ndarray, " market"]:
    """Return the mean adoption of the firms in each market, every firm counting once."""
    total = market_sum(weight * adoption, market, markets, xp=xp)
    return total / market_sum(weight, market, markets, xp=xp)


def voucher_outlay(
    adopted: Float[np.ndarray, " firm"],
    gross_cost: Float[np.ndarray, " firm"],
    voucher: Float[np.ndarray, " firm"],
    share: Float[np.ndarray, " firm"],
    *,
    user_cost: float,
) -> Float[np.ndarray, " firm"]:
    """(E1) Return what vouchers paid for each firm this year, as a share of its market's sales.

    Parameters
    ----------
    adopted : adoption gained this year.
    gross_cost : yearly cost of full adoption without a voucher, as a share of the firm's costs.
    voucher : share of the cost paid for the firm, 0-1.
    share : market share of the firm.
    user_cost : yearly cost of a yuan of digital equipment (depreciation and interest), 1/year.

    Notes
    -----
    Adoption is bought once, for its yearly cost over the user cost of capital.
    """
    return share * voucher * gross_cost / user_cost * adopted
