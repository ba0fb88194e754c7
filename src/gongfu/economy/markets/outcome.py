"""The market equilibrium of one year, in accounts that close."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.economy.markets.anderson import FixedPoint
from gongfu.economy.markets.real import fisher_quantity
from gongfu.economy.markets.state import MarketProblem, MarketState

__all__ = ["MarketOutcome", "account"]

Cells = Float[np.ndarray, "region sector"]
Wages = Float[np.ndarray, "region sector type"]
Payments = Float[np.ndarray, "zone sector type"]
Groups = Float[np.ndarray, "zone type"]
Regions = Float[np.ndarray, " region"]


@dataclass(frozen=True, slots=True, eq=False)
class MarketOutcome:
    """Prices, quantities and incomes of one year.

    Hats are relative to the base year. Money is 100m yuan in base-year prices: the numeraire is the
    national GDP deflator (direct Fisher index over regions and sectors), which is 1. Labour
    payments, capital payments, profit and production tax add up to output cell by cell.

    Parameters
    ----------
    wage_hat : per unit of labour; 1 where nobody of a type worked in the base year.
    rental_hat : of capital, one for the nation.
    earnings_hat : income per labour unit of each group, over all sectors it works in.
    price_hat, consumer_price_hat : of output; of the spending of each region.
    output, output_hat : value added at market prices.
    quantity_hat : volume of output.
    labour_payments, capital_payments, profit, production_tax : parts of output.
    spending : of each region, output plus net transfers.
    real_gdp_hat, regional_real_gdp_hat : direct Fisher volume indices of output, national and of
        each region; the national one times base-year GDP is national output in this money.
    iterations, residual, converged : of the solver; ``residual`` is the largest log gap between
        demand and supply of a factor, or of the deflator from 1.
    """

    wage_hat: Wages
    rental_hat: float
    earnings_hat: Groups
    price_hat: Cells
    consumer_price_hat: Regions
    output: Cells
    output_hat: Cells
    quantity_hat: Cells
    labour_payments: Payments
    capital_payments: Cells
    profit: Cells
    production_tax: Cells
    spending: Regions
    real_gdp_hat: float
    regional_real_gdp_hat: Regions
    iterations: int
    residual: float
    converged: bool

    @property
    def capital_income(self) -> float:
        """Income of capital in the nation."""
        return float(self.capital_payments.sum())


def account(
    problem: MarketProblem,
    *,
    unit: MarketState,
    state: MarketState,
    wage_hat: Wages,
    rental_hat: float,
    found: FixedPoint,
) -> MarketOutcome:
    """Return the accounts of a state.

    Parameters
    ----------
    unit : state of the unshocked economy at unit prices. Every hat is a ratio to it, so that
        rounding cancels and no shock gives exactly 1.
    wage_hat, rental_hat : prices of ``state``.
    found : how the search for them ended.
    """
    base, shocks = problem.base, problem.shocks
    output_hat = state.sales / unit.sales
    output = base.output * output_hat
    after_tax = (1.0 - shocks.production_tax) * output
    cost = problem.cost_share * output
    payments = _labour_payments(state)
    earned, earned_before = payments.sum(1), _labour_payments(unit).sum(1)
    absent = earned_before == 0
    return MarketOutcome(
        wage_hat=np.where(base.type_share > 0, wage_hat, 1.0),
        rental_hat=rental_hat,
        earnings_hat=(earned + absent) / (earned_before * shocks.labour_hat + absent),
        price_hat=state.price_hat,
        consumer_price_hat=state.consumer_price_hat,
        output=output,
        output_hat=output_hat,
        quantity_hat=output_hat / state.price_hat,
        labour_payments=payments,
        capital_payments=cost * base.capital_share,
        profit=after_tax - cost,
        production_tax=output - after_tax,
        spending=base.spending * (state.spending / unit.spending),
        real_gdp_hat=float(fisher_quantity(base.output, output, state.price_hat)),
        regional_real_gdp_hat=np.asarray(
            fisher_quantity(base.output, output, state.price_hat, axis=1)
        ),
        iterations=found.iterations,
        residual=found.residual,
        converged=found.converged,
    )


def _labour_payments(state: MarketState) -> Payments:
    """Split what employers pay among zones as workers supply it."""
    supply = state.labour_supply
    regional = state.regional_supply
    paid = state.labour_demand / (regional + (regional == 0))
    zones = len(supply) // len(paid)
    split: Payments = supply * np.repeat(paid, zones, axis=0)
    return split
