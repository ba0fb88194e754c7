"""Markets: the equilibrium of regions, sectors and labour types in ratios to the base year."""

from gongfu.economy.markets.base import MarketBase, calibrate_base, labour_bill
from gongfu.economy.markets.equilibrium import solve_markets
from gongfu.economy.markets.outcome import MarketOutcome
from gongfu.economy.markets.parameters import MarketParameters
from gongfu.economy.markets.shocks import MarketShocks, no_shocks

__all__ = [
    "MarketBase",
    "MarketOutcome",
    "MarketParameters",
    "MarketShocks",
    "calibrate_base",
    "labour_bill",
    "no_shocks",
    "solve_markets",
]
