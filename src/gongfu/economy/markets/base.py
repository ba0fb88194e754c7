"""The base year of the markets: published values, and the shares that make them an equilibrium."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from jaxtyping import Bool, Float

from gongfu.core import InputError, Problem
from gongfu.economy.markets.checks import refuse
from gongfu.economy.markets.prices import cost_share

__all__ = ["MarketBase", "calibrate_base", "labour_bill"]

Cells = Float[np.ndarray, "region sector"]
Sectors = Float[np.ndarray, " sector"]
Regions = Float[np.ndarray, " region"]
Payments = Float[np.ndarray, "zone sector type"]

CLOSES = 1e-9


@dataclass(frozen=True, eq=False)
class MarketBase:
    """The base-year equilibrium; build it with ``calibrate_base``.

    Parameters
    ----------
    output : value added at market prices, 100m yuan.
    production_tax : taxes on production as a share of output, at least 0 and below 1.
    markup : price over marginal cost, at least 1.
    capital_share : alpha, share of capital in factor cost, 0-1.
    labour_payments : labour income by zone, sector and type, 100m yuan; zones of a region stand
        next to each other and type 0 is digital.
    home_share : share of a sector's demand that a region buys from itself, below 1.
    pool_share : region's share in sales to the national pool; adds to 1 over regions.
    demand_share : sectors' shares in spending, the same in every region.
    net_transfers : what a region spends beyond its output, 100m yuan; adds to 0.
    """

    output: Cells
    production_tax: Cells
    markup: Cells
    capital_share: Sectors
    labour_payments: Payments
    home_share: Cells
    pool_share: Cells
    demand_share: Sectors
    net_transfers: Regions

    @cached_property
    def spending(self) -> Regions:
        """Spending of each region: output plus net transfers."""
        return self.output.sum(1) + self.net_transfers

    @cached_property
    def capital_payments(self) -> Cells:
        """Income of capital by region and sector (profit not included)."""
        return cost_share(self.production_tax, self.markup) * self.output * self.capital_share

    @cached_property
    def capital_income(self) -> float:
        """Income of capital in the nation."""
        return float(self.capital_payments.sum())

    @cached_property
    def group_income(self) -> Float[np.ndarray, "zone type"]:
        """Labour income of each group (zone, type)."""
        return self.labour_payments.sum(1)

    @cached_property
    def sector_share(self) -> Payments:
        """Share of each sector in a group's labour income; even where a group has none."""
        income = self.group_income[:, None]
        even = 1.0 / self.output.shape[1]
        return np.where(income > 0, self.labour_payments / np.where(income > 0, income, 1.0), even)

    @cached_property
    def type_share(self) -> Float[np.ndarray, "region sector type"]:
        """Share of each labour type in the labour cost of a region and sector."""
        cost = _by_region(self.labour_payments, len(self.output))
        return cost / cost.sum(-1, keepdims=True)


def calibrate_base(
    *,
    output: Cells,
    production_tax: Cells,
    markup: Cells,
    capital_share: Sectors,
    labour_payments: Payments,
    home_share: Cells | Sectors,
    home_share_cap: float,
    net_transfers: Regions,
) -> MarketBase:
    """(E9) Return the base year with the budget, home and pool shares that close it exactly.

    Parameters
    ----------
    output, production_tax, markup, capital_share, labour_payments, net_transfers : as in
        ``MarketBase``; ``labour_payments`` must add up to ``labour_bill``.
    home_share : wanted, by sector or by region and sector, at least 0 and below 1.
    home_share_cap : home sales are at most this share of a sector's output, 0-1, so that every
        region sells something to the pool.

    Raises
    ------
    InputError
        If values are out of range or do not add up; lists every such problem.

    Notes
    -----
    Budget shares are national output shares (they clear every sector, as transfers add to 0); pool
    shares are what a region sells beyond its own buyers.
    """
    in_range = (
        ("output", output, output > 0, "above 0"),
        ("production_tax", production_tax, _is_share(production_tax), "at least 0 and below 1"),
        ("markup", markup, markup >= 1, "at least 1"),
        ("capital_share", capital_share, _is_share(capital_share), "at least 0 and below 1"),
        ("labour_payments", labour_payments, labour_payments >= 0, "at least 0"),
        ("home_share", home_share, _is_share(home_share), "at least 0 and below 1"),
    )
    bill = labour_bill(output, production_tax, markup, capital_share)
    problems = [problem for case in in_range for problem in refuse(*case)]
    problems += _open_accounts(output, labour_payments, bill, net_transfers)
    if problems:
        raise InputError(problems)
    spending = output.sum(1) + net_transfers
    demand_share = output.sum(0) / output.sum()
    demand = demand_share * spending[:, None]
    home = np.minimum(home_share, home_share_cap * output / demand)
    pooled = output - home * demand
    return MarketBase(
        output=output,
        production_tax=production_tax,
        markup=markup,
        capital_share=capital_share,
        labour_payments=labour_payments,
        home_share=home,
        pool_share=pooled / pooled.sum(0),
        demand_share=demand_share,
        net_transfers=net_transfers,
    )


def labour_bill(
    output: Cells, production_tax: Cells, markup: Cells, capital_share: Sectors
) -> Cells:
    """(E8) Return labour cost of each region and sector, ``(1 - t) (1 - alpha) / mu Y``.

    Parameters
    ----------
    output : in money; the others as in ``MarketBase``.
    """
    return cost_share(production_tax, markup) * (1.0 - capital_share) * output


def _is_share(values: Float[np.ndarray, "*shape"]) -> Bool[np.ndarray, "*shape"]:
    return (values >= 0) & (values < 1)


def _by_region(payments: Payments, regions: int) -> Float[np.ndarray, "region sector type"]:
    return payments.reshape(regions, -1, *payments.shape[1:]).sum(1)


def _open_accounts(
    output: Cells, labour_payments: Payments, bill: Cells, net_transfers: Regions
) -> Iterator[Problem]:
    paid = _by_region(labour_payments, len(output)).sum(-1)
    closed = np.abs(paid - bill) <= CLOSES * output
    fix = "Scale the payments of the cell to labour_bill(...)."
    yield from refuse("labour_payments / labour_bill", paid / bill, closed, "1", fix=fix)
    total = float(net_transfers.sum())
    if not abs(total) <= CLOSES * float(output.sum()):
        yield Problem("net transfers do not add to zero", "0", f"{total:.6g}")
    spending = output.sum(1) + net_transfers
    yield from refuse("output plus net transfers", spending, spending > 0, "above 0")
