"""All markets at given factor prices, whether they clear or not (E7-E11)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.economy.markets.base import MarketBase
from gongfu.economy.markets.capital import capital_income
from gongfu.economy.markets.demand import (
    Spending,
    budget,
    pool,
    purchase_price,
    regional_spending,
    sales,
)
from gongfu.economy.markets.labour import labour_composite, labour_supply, type_weights
from gongfu.economy.markets.parameters import MarketParameters
from gongfu.economy.markets.prices import cost_share, output_price, tax_wedge, unit_cost
from gongfu.economy.markets.real import fisher_price
from gongfu.economy.markets.shocks import MarketShocks

__all__ = ["MarketProblem", "MarketState", "evaluate"]

Cells = Float[np.ndarray, "region sector"]
Wages = Float[np.ndarray, "region sector type"]
Payments = Float[np.ndarray, "zone sector type"]
Regions = Float[np.ndarray, " region"]


@dataclass(frozen=True, slots=True, eq=False)
class MarketProblem:
    """Base, shocks and parameters, with everything worked out that no price changes.

    Parameters
    ----------
    type_weight : cost weights of labour types (E7).
    markup_hat, wedge : markup relative to the base year, and tax wedge (E8).
    cost_share : factor payments per yuan of sales (E8).
    demand_weight : base budget shares times the taste shifter (E9).
    income_at_base : labour income of groups at base wages with new labour units (E10).
    """

    base: MarketBase
    shocks: MarketShocks
    parameters: MarketParameters
    type_weight: Wages
    markup_hat: Cells
    wedge: Cells
    cost_share: Cells
    demand_weight: Cells
    income_at_base: Float[np.ndarray, "zone type"]

    @classmethod
    def of(
        cls, base: MarketBase, shocks: MarketShocks, parameters: MarketParameters
    ) -> MarketProblem:
        """Return the problem of one year."""
        return cls(
            base=base,
            shocks=shocks,
            parameters=parameters,
            type_weight=type_weights(base.type_share, shocks.digital_bias),
            markup_hat=shocks.markup / base.markup,
            wedge=tax_wedge(base.production_tax, shocks.production_tax),
            cost_share=cost_share(shocks.production_tax, shocks.markup),
            demand_weight=np.tile(base.demand_share * shocks.demand_shift, (len(base.output), 1)),
            income_at_base=base.group_income * shocks.labour_hat,
        )


@dataclass(frozen=True, slots=True, eq=False)
class MarketState:
    """What employers, workers, buyers and owners do at given factor prices.

    Parameters
    ----------
    price_hat : output prices relative to the base year.
    consumer_price_hat : price index of each region's spending, relative to the base year.
    transfers_paid : part of the transfers that regions can pay; 1 in an equilibrium.
    spending, sales : of regions; of regions and sectors. Goods markets clear at any factor price.
    labour_demand : labour cost of employers by region, sector and type.
    labour_supply : labour income that workers choose, by zone, sector and type.
    capital_demand, capital_supply : national payments for capital, and what the stock earns.
    deflator : Fisher price index of output; 1 in the numeraire.
    """

    price_hat: Cells
    consumer_price_hat: Regions
    transfers_paid: float
    spending: Regions
    sales: Cells
    labour_demand: Wages
    labour_supply: Payments
    capital_demand: float
    capital_supply: float
    deflator: float

    @property
    def regional_supply(self) -> Wages:
        """Labour supply summed over the zones of a region."""
        regions = len(self.sales)
        supply = self.labour_supply
        return supply.reshape(regions, -1, *supply.shape[1:]).sum(1)

    @property
    def labour_gap(self) -> Wages:
        """Log of demand over supply of labour; 0 in a market that does not exist."""
        supply = self.regional_supply
        absent = (supply == 0) & (self.labour_demand == 0)
        return np.log((self.labour_demand + absent) / (supply + absent))

    @property
    def capital_gap(self) -> float:
        """Log of demand over supply of capital."""
        return float(np.log(self.capital_demand / self.capital_supply))


def evaluate(problem: MarketProblem, wage_hat: Wages, rental_hat: float) -> MarketState:
    """(E7-E11) Return the state of all markets at given wages and rental.

    Parameters
    ----------
    wage_hat, rental_hat : relative to the base year, above 0.
    """
    base, shocks, parameters = problem.base, problem.shocks, problem.parameters
    composite, mix = labour_composite(wage_hat, problem.type_weight, parameters.skill_substitution)
    cost = unit_cost(composite, rental_hat, base.capital_share)
    price_hat = output_price(cost, shocks.productivity_hat, problem.markup_hat, problem.wedge)
    supply = labour_supply(
        wage_hat, base.sector_share, problem.income_at_base, parameters.labour_mobility
    )
    capital = capital_income(base.capital_income, shocks.capital_hat, rental_hat)
    index, spending, sold = _goods(problem, price_hat, float(supply.sum()) + capital)
    paid = problem.cost_share * sold
    return MarketState(
        price_hat=price_hat,
        consumer_price_hat=index,
        transfers_paid=spending.transfers_paid,
        spending=spending.of_regions,
        sales=sold,
        labour_demand=(paid * (1.0 - base.capital_share))[..., None] * mix,
        labour_supply=supply,
        capital_demand=float((paid * base.capital_share).sum()),
        capital_supply=capital,
        deflator=float(fisher_price(base.output, sold, price_hat)),
    )


def _goods(
    problem: MarketProblem, price_hat: Cells, factor_income: float
) -> tuple[Regions, Spending, Cells]:
    base, parameters = problem.base, problem.parameters
    pool_price, supplier = pool(price_hat, base.pool_share, parameters.region_substitution)
    purchase = purchase_price(price_hat, pool_price, base.home_share)
    index, share = budget(purchase, problem.demand_weight, parameters.sector_substitution)
    at_home = base.home_share * share
    spending = regional_spending(
        budget_share=share,
        at_home=at_home,
        pool_share=supplier,
        cost_share=problem.cost_share,
        factor_income=factor_income,
        transfers=problem.shocks.transfers,
    )
    return index, spending, sales(at_home, spending.of_regions, supplier, spending.on_pools)
