"""Enterprises as a struct of arrays, and how many of them each record stands for.

A market has a number of competitors that is an assumption, not a result of how many records
simulate it. The largest are simulated one by one; each further record stands for several
neighbours in the ranking of productivity and enters with ``weight`` copies of its share.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from types import ModuleType

import numpy as np
from jaxtyping import Float, Int

from gongfu.core import InputError, Problem
from gongfu.economy.enterprises.markets import market_sum

__all__ = ["Enterprises", "Records", "build_enterprises", "lay_out"]

_RANKS = 1 << 20
"""Room for ranks inside a market when record ids are made; ids never collide below it."""
_FEWEST = 4
"""Records a market: fewer cannot hold the leaders and the rest."""
_EDGE = 2.0**-24
"""A draw this close to 0 or 1 is moved inside: the normal quantile is infinite at the ends."""


@dataclass(frozen=True, slots=True, eq=False)
class Records:
    """Which firms of which market each record stands for, before any of them is drawn.

    Parameters
    ----------
    market : ascending.
    rank : best rank (0 is the most productive) the record stands for.
    weight : firms it stands for: ranks ``rank`` to ``rank + weight - 1``.
    id : key of its random draws. The same firm has the same id however many records there are.
    """

    market: Int[np.ndarray, " firm"]
    rank: Int[np.ndarray, " firm"]
    weight: Int[np.ndarray, " firm"]
    id: Int[np.ndarray, " firm"]


@dataclass(frozen=True, slots=True, eq=False)
class Enterprises:
    """The enterprises of one year, sorted by market.

    Parameters
    ----------
    market : index of the market.
    weight : firms a record stands for.
    productivity : log productivity in the base year (before that is settled: the shifter phi).
    digital_gain : part of ``productivity`` that digital technology and data brought by then.
    adoption, adoption_base : use of digital technology now and in the base year, 0-1.
    data : stock of data, in yearly data of a mean base-year firm of the market.
    size, size_base : sales relative to the mean firm of the market, now and in the base year.
    """

    market: Int[np.ndarray, " firm"]
    weight: Float[np.ndarray, " firm"]
    productivity: Float[np.ndarray, " firm"]
    digital_gain: Float[np.ndarray, " firm"]
    adoption: Float[np.ndarray, " firm"]
    adoption_base: Float[np.ndarray, " firm"]
    data: Float[np.ndarray, " firm"]
    size: Float[np.ndarray, " firm"]
    size_base: Float[np.ndarray, " firm"]

    @property
    def markets(self) -> int:
        """Number of markets."""
        return int(self.market[-1]) + 1

    def firms(self, xp: ModuleType = np) -> Float[np.ndarray, " market"]:
        """Return the number of firms in each market."""
        return market_sum(self.weight, self.market, self.markets, xp=xp)


def lay_out(
    n: int, competitors: Float[np.ndarray, " market"], *, individual_share: float = 0.5
) -> Records:
    """Return about ``n`` records, the same number in each market, but no more than it has firms.

    Parameters
    ----------
    n : records wanted over all markets.
    competitors : firms in each market, rounded to whole firms.
    individual_share : part of a market's records that stand for one firm each, the largest ones.

    Raises
    ------
    InputError
        If there would be fewer than four records a market.
    """
    each = n // len(competitors)
    if each < _FEWEST:
        found = f"{n} for {len(competitors)} markets"
        raise InputError(Problem("too few enterprise records", f"{_FEWEST} a market", found))
    firms = [max(1, round(number)) for number in competitors.tolist()]
    weights = [_weights(min(each, number), number, individual_share) for number in firms]
    market = np.repeat(np.arange(len(competitors)), [len(weight) for weight in weights])
    rank = np.concatenate([np.cumsum(weight) - weight for weight in weights])
    return Records(market, rank, np.concatenate(weights), market * _RANKS + rank)


def _weights(records: int, firms: int, individual_share: float) -> Int[np.ndarray, " record"]:
    """Return the firms each record of one market stands for, from the largest firm down."""
    alone = records if records == firms else int(records * individual_share)
    groups = max(records - alone, 1)
    share, larger = divmod(firms - alone, groups)
    grouped = share + (np.arange(groups) >= groups - larger)
    return np.concatenate([np.ones(alone, dtype=int), grouped[: records - alone]])


def build_enterprises(
    records: Records,
    uniform: Float[np.ndarray, " firm"],
    *,
    adoption: Float[np.ndarray, " market"],
    productivity_spread: Float[np.ndarray, " market"],
) -> Enterprises:
    """Return enterprises that have drawn their productivity but have not yet competed.

    Parameters
    ----------
    records : who stands for whom, from :func:`lay_out`.
    uniform : draws in 0-1, keyed by ``records.id``. All 0.5 gives equal markets.
    adoption : base-year adoption by market, 0-1 (see :func:`to_markets`).
    productivity_spread : standard deviation of log productivity inside each market.

    Notes
    -----
    The firm of rank j among N draws from its own slice of the normal distribution,
    ``phi = spread * Phi^-1(1 - (j + u) / N)``; a record of weight w from the slice of all its
    firms. This is stratified sampling: sums over firms are unbiased for any number of records.
    """
    weight = records.weight.astype(float)
    firms = market_sum(weight, records.market, int(records.market[-1]) + 1)[records.market]
    inside = np.clip(uniform, _EDGE, 1 - _EDGE)
    above = (records.rank + inside * weight) / firms
    quantile = NormalDist().inv_cdf
    phi = -productivity_spread[records.market] * np.array([quantile(p) for p in above.tolist()])
    level = adoption[records.market]
    ones, zeros = np.ones_like(phi), np.zeros_like(phi)
    return Enterprises(records.market, weight, phi, zeros, level, level, ones, ones, ones)
