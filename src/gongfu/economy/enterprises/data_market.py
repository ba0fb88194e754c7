"""What shared data cost, who is paid, and the dividend of the people they are about (E3).

References
----------
[JT] Jones & Tonetti (2020) Nonrivalry and the economics of data. American Economic Review 110(9).
[Lindahl 1919] Die Gerechtigkeit der Besteuerung: everyone pays a non-rival good by what one more
unit is worth to them.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType

import numpy as np
from jaxtyping import Float, Int

from gongfu.economy.enterprises.data_stock import Access, BaseStocks
from gongfu.economy.enterprises.markets import market_sum

__all__ = ["DataTrade", "consent_ratio", "trade_data"]


@dataclass(frozen=True, slots=True, eq=False)
class DataTrade:
    """Payments for shared data, as shares of the sales of the market.

    Parameters
    ----------
    payment : what one firm pays for others' data.
    receipt : what one firm keeps of the proceeds of its own.
    dividend : part of the proceeds of each market that goes to the people behind the data.
    turnover : proceeds of each market, ``sum w payment = dividend + sum w receipt``.
    price : proceeds per unit of data used (yearly data of a mean base-year firm).
    """

    payment: Float[np.ndarray, " firm"]
    receipt: Float[np.ndarray, " firm"]
    dividend: Float[np.ndarray, " market"]
    turnover: Float[np.ndarray, " market"]
    price: Float[np.ndarray, " market"]


def trade_data(
    data: Float[np.ndarray, " firm"],
    adoption: Float[np.ndarray, " firm"],
    cost_share: Float[np.ndarray, " firm"],
    reached: Access,
    base: BaseStocks,
    *,
    market: Int[np.ndarray, " firm"],
    weight: Float[np.ndarray, " firm"],
    data_elasticity: float,
    dividend_share: Float[np.ndarray, " market"],
    xp: ModuleType = np,
) -> DataTrade:
    """(E3) Return who pays and who is paid for the data that are shared.

    Parameters
    ----------
    data, adoption : of each firm.
    cost_share : costs of the firm over sales of its market, ``s_f / mu_f``.
    reached : data each firm can use, and the part of it that is traded.
    base : data of each market in the base year.
    market, weight : of each firm.
    data_elasticity : eta of E2.
    dividend_share : share of the proceeds that goes to the people behind the data, 0-1.

    Notes
    -----
    A non-rival good has no single clearing price: all can use the same unit. Each buyer pays what
    its last unit is worth to it (Lindahl price), the cost it saves::

        q_f = eta g_f (s_f / mu_f) / (D0_m + Dhat_f),     payment_f = q_f y_f

    with ``y_f`` the traded data it uses. Returns diminish, so a buyer always keeps a surplus. What
    f pays goes to the other firms of the market in proportion to their data; they pass the
    dividend share on. Payments and receipts add up exactly.
    """
    markets = len(base.stock)
    worth = data_elasticity * adoption * cost_share / (base.stock[market] + reached.usable)
    payment = worth * reached.traded
    others = market_sum(weight * data, market, markets, xp=xp)[market] - data
    per_unit = xp.where(reached.traded > 0, payment / xp.where(others > 0, others, 1.0), 0.0)
    earned = data * (market_sum(weight * per_unit, market, markets, xp=xp)[market] - per_unit)
    turnover = market_sum(weight * payment, market, markets, xp=xp)
    traded = market_sum(weight * reached.traded, market, markets, xp=xp)
    price = turnover / xp.where(traded > 0, traded, 1.0)
    receipt = (1 - dividend_share[market]) * earned
    return DataTrade(payment, receipt, dividend_share * turnover, turnover, price)


def consent_ratio(
    trust: Float[np.ndarray, " group"],
    benefit: Float[np.ndarray, " group"],
    *,
    base_share: float,
    response: float,
) -> Float[np.ndarray, " group"]:
    """(E3) Return the share of people who let their data be kept, as a ratio to the base year.

    Parameters
    ----------
    trust : trust in those who keep data, ratio to the base year.
    benefit : what consenting brings (services, dividend), ratio to the base year.
    base_share : share who consent in the base year, 0-1.
    response : elasticity of the odds of consenting with respect to trust times benefit.

    Notes
    -----
    A person consents when trust times benefit exceeds a private cost; with log-logistic costs
    ``c = 1 / (1 + (1 - c0) / c0 (trust benefit)^-e)``. Exactly 1 while neither moves.
    """
    return 1 / (base_share + (1 - base_share) * (trust * benefit) ** -response)
