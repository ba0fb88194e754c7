"""What changes against the base year, as the markets see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError, Problem
from gongfu.economy.markets.base import MarketBase
from gongfu.economy.markets.checks import refuse

__all__ = ["MarketShocks", "check_shocks", "no_shocks"]

Cells = Float[np.ndarray, "region sector"]

ADDS_UP = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class MarketShocks:
    """Technology, endowments and policy of one year; start from ``no_shocks`` and replace.

    Parameters
    ----------
    productivity_hat : A relative to the base year, above 0.
    markup : new price over marginal cost, at least 1.
    labour_hat : labour units of zone and type relative to the base year, efficiency included.
    digital_bias : log shift of employers' weight on digital labour, ``zeta (g - g0)``.
    production_tax : new taxes on production as shares of output, at least 0 and below 1.
    capital_hat : national capital stock relative to the base year, above 0.
    demand_shift : taste or Engel shifter of each sector's budget share, above 0; renormalised.
    transfers : new net transfers to each region, 100m yuan of base-year prices; adds to 0.
    """

    productivity_hat: Cells
    markup: Cells
    labour_hat: Float[np.ndarray, "zone type"]
    digital_bias: Cells
    production_tax: Cells
    capital_hat: float
    demand_shift: Float[np.ndarray, " sector"]
    transfers: Float[np.ndarray, " region"]


def no_shocks(base: MarketBase) -> MarketShocks:
    """Return the shocks that change nothing."""
    return MarketShocks(
        productivity_hat=np.ones_like(base.output),
        markup=base.markup,
        labour_hat=np.ones_like(base.group_income),
        digital_bias=np.zeros_like(base.output),
        production_tax=base.production_tax,
        capital_hat=1.0,
        demand_shift=np.ones_like(base.demand_share),
        transfers=base.net_transfers,
    )


def check_shocks(base: MarketBase, shocks: MarketShocks) -> None:
    """Raise ``InputError`` with every value that no economy can have."""
    problems = [*_wrong_shapes(base, shocks)] or [*_wrong_values(base, shocks)]
    if problems:
        raise InputError(problems)


def _wrong_shapes(base: MarketBase, shocks: MarketShocks) -> Iterator[Problem]:
    same = no_shocks(base)
    for name in MarketShocks.__slots__:
        expected = np.shape(getattr(same, name))
        found = np.shape(getattr(shocks, name))
        if found != expected:
            yield Problem(f"shock {name} has the wrong shape", str(expected), str(found))


def _wrong_values(base: MarketBase, shocks: MarketShocks) -> Iterator[Problem]:
    for name in ("productivity_hat", "labour_hat", "capital_hat", "demand_shift"):
        value = np.asarray(getattr(shocks, name))
        fine = np.asarray((value > 0) & (value < np.inf))
        yield from refuse(f"shock {name}", value, fine, "above 0 and finite")
    markup, tax, bias = shocks.markup, shocks.production_tax, shocks.digital_bias
    fine = (markup >= 1) & (markup < np.inf)
    yield from refuse("shock markup", markup, fine, "at least 1")
    fine = (tax >= 0) & (tax < 1)
    yield from refuse("shock production_tax", tax, fine, "at least 0 and below 1")
    yield from refuse("shock digital_bias", bias, np.isfinite(bias), "finite")
    total, size = float(shocks.transfers.sum()), float(base.output.sum())
    if not abs(total) <= ADDS_UP * size:
        yield Problem("shock transfers do not add to zero", "0", f"{total:.6g}")
