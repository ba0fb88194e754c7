"""What the markets need to know of the base year, as plain arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

__all__ = ["MarketInputs", "net_transfers"]


@dataclass(frozen=True, slots=True)
class MarketInputs:
    """Base-year markets, money in 100m yuan; zones urban and rural in turn, types digital, routine.

    Parameters
    ----------
    output : value added.
    production_tax : net taxes on production over output, 0-1.
    markup : price over marginal cost, 1 or more.
    capital_share : of cost, 0-1.
    labour_payments : add up to labour's part of output in every region and sector.
    home_share : wanted part of a region's demand that it meets itself, 0-1.
    home_share_cap : highest part of a region's output that it sells at home, 0-1.
    net_transfers : received less paid through the budget; adds up to zero.
    """

    output: Float[np.ndarray, "region sector"]
    production_tax: Float[np.ndarray, "region sector"]
    markup: Float[np.ndarray, "region sector"]
    capital_share: Float[np.ndarray, " sector"]
    labour_payments: Float[np.ndarray, "zone sector type"]
    home_share: Float[np.ndarray, " sector"]
    home_share_cap: float
    net_transfers: Float[np.ndarray, " region"]


def net_transfers(
    expenditure: Float[np.ndarray, " region"],
    revenue: Float[np.ndarray, " region"],
    tax_base: Float[np.ndarray, " region"],
) -> Float[np.ndarray, " region"]:
    """(E9) Return what the budget moves into each region; adds up to zero.

    Parameters
    ----------
    expenditure, revenue : of local budgets, 100m yuan.
    tax_base : what the centre collects from; only shares matter.

    Notes
    -----
    Local spending above local revenue is paid by the centre, which collects it from all regions in
    proportion to their tax revenue: ``T_r = gap_r - sum(gap) * tax_r / sum(tax)``. Where central
    taxes arise is not published by province, so the second term is an estimate.
    """
    gap = expenditure - revenue
    moved: Float[np.ndarray, " region"] = gap - gap.sum() * tax_base / tax_base.sum()
    return moved
