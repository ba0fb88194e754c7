"""Data as a by-product of sales, and the data a firm can use (E3).

Data are non-rival [JT]; they age, and their returns diminish, so that they cannot carry growth
alone [FV].

References
----------
[JT] Jones & Tonetti (2020) Nonrivalry and the economics of data. American Economic Review 110(9).
[FV] Farboodi & Veldkamp (2020) A growth model of the data economy. Working paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType

import numpy as np
from jaxtyping import Float, Int

from gongfu.economy.enterprises.markets import market_max, market_sum

__all__ = ["Access", "BaseStocks", "access", "base_stocks", "collect"]


@dataclass(frozen=True, slots=True, eq=False)
class BaseStocks:
    """Data of each market in the base year; frozen, so that later years have a fixed measure.

    Parameters
    ----------
    stock : mean stock of a firm, weighted by sales (D0).
    pool : stock of all firms together.
    """

    stock: Float[np.ndarray, " market"]
    pool: Float[np.ndarray, " market"]


@dataclass(frozen=True, slots=True, eq=False)
class Access:
    """Data each firm can use this year.

    Parameters
    ----------
    usable : own and others' data (D hat), in yearly data of a mean base-year firm.
    relative : ``usable`` over the base stock of the market.
    traded : part of ``usable`` that other firms offered.
    """

    usable: Float[np.ndarray, " firm"]
    relative: Float[np.ndarray, " firm"]
    traded: Float[np.ndarray, " firm"]


def collect(
    data: Float[np.ndarray, " firm"],
    size: Float[np.ndarray, " firm"],
    consent: Float[np.ndarray, " firm"],
    *,
    depreciation: float,
) -> Float[np.ndarray, " firm"]:
    """(E3) Return the stock of data one year later.

    Parameters
    ----------
    data : stock, in yearly data of a mean base-year firm.
    size : sales relative to the mean firm of the market.
    consent : share of people who let their data be kept, ratio to the base year.
    depreciation : share of the stock that is out of date after a year.

    Notes
    -----
    ``D' = (1 - delta) D + delta c s_f N_m``. The inflow is scaled by delta so that a stock equal to
    the firm's size stands still, to the last bit.
    """
    return data + depreciation * (consent * size - data)


def base_stocks(
    data: Float[np.ndarray, " firm"],
    size: Float[np.ndarray, " firm"],
    market: Int[np.ndarray, " firm"],
    weight: Float[np.ndarray, " firm"],
    markets: int,
) -> BaseStocks:
    """(E3) Return the sales-weighted mean stock and the pool of each market."""
    stock = market_sum(weight * size * data, market, markets)
    stock = stock / market_sum(weight * size, market, markets)
    return BaseStocks(stock, market_sum(weight * data, market, markets))


def access(
    data: Float[np.ndarray, " firm"],
    adoption: Float[np.ndarray, " firm"],
    market: Int[np.ndarray, " firm"],
    weight: Float[np.ndarray, " firm"],
    base: BaseStocks,
    *,
    sharing: Float[np.ndarray, " market"],
    public: Float[np.ndarray, " market"],
    interoperability: Float[np.ndarray, " market"],
    relevance: float,
    xp: ModuleType = np,
) -> Access:
    """(E3) Return the data each firm can use: its own, the leader's, others' and public data.

    Parameters
    ----------
    data, adoption : of each firm.
    sharing : share of their data that firms offer, 0-1.
    public : public data opened, as a share of the base-year pool.
    interoperability : share of the leader's lead that every firm can reach, 0-1.
    relevance : use of others' data relative to own, 0-1.

    Notes
    -----
    With the largest stock of the market ``D_max``, its pool ``D_m`` and their base-year values::

        own  = D_f + z (D_max - D_f)
        Dhat = own + r g_f (D0_m / Dm0) [x (D_m - own) + o Dm0]

    In the base year this is the form of the specification, ``r g_f x (D_m - D_f) / D_m * D0_m``.
    Two refinements: the scale ``D0_m / Dm0`` is frozen, so that a pool that shrinks when consent
    is withdrawn is worth less; and what interoperability opened is not offered a second time.
    Hence ``Dhat`` never exceeds the pool (own, others' and public together), and it does not
    depend on how many records simulate the market. Data are non-rival [JT]: nobody's stock falls
    when it is used by others.
    """
    markets = len(base.stock)
    pool = market_sum(weight * data, market, markets, xp=xp)
    leader = market_max(data, market, markets, xp=xp)
    own = data + interoperability[market] * (leader[market] - data)
    scale = relevance * adoption * (base.stock / base.pool)[market]
    traded = scale * sharing[market] * (pool[market] - own)
    usable = own + traded + scale * (public * base.pool)[market]
    return Access(usable, usable / base.stock[market], traded)
