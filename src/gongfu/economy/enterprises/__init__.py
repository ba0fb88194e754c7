"""Enterprises: adoption, productivity, data, competition (E1-E4)."""

from gongfu.economy.enterprises.base_adoption import base_adoption, national_adoption
from gongfu.economy.enterprises.competition import Competition, compete
from gongfu.economy.enterprises.concentration import concentration_ratio, herfindahl
from gongfu.economy.enterprises.data_market import DataTrade, consent_ratio, trade_data
from gongfu.economy.enterprises.data_stock import Access, BaseStocks
from gongfu.economy.enterprises.markets import (
    market_elasticity,
    market_sum,
    regional_and_digital,
    to_markets,
)
from gongfu.economy.enterprises.moves import (
    EnterpriseYear,
    adopt_technology,
    collect_data,
    compete_for_sales,
    reach_data,
    run_year,
    sell_data,
    vouchers,
)
from gongfu.economy.enterprises.population import Enterprises, Records, build_enterprises, lay_out
from gongfu.economy.enterprises.regions import RegionSector, adoption_by_market, by_region_sector
from gongfu.economy.enterprises.rules import EnterpriseLevers, EnterpriseRules
from gongfu.economy.enterprises.steady_state import BaseYear, settle

__all__ = [
    "Access",
    "BaseStocks",
    "BaseYear",
    "Competition",
    "DataTrade",
    "EnterpriseLevers",
    "EnterpriseRules",
    "EnterpriseYear",
    "Enterprises",
    "Records",
    "RegionSector",
    "adopt_technology",
    "adoption_by_market",
    "base_adoption",
    "build_enterprises",
    "by_region_sector",
    "collect_data",
    "compete",
    "compete_for_sales",
    "concentration_ratio",
    "consent_ratio",
    "herfindahl",
    "lay_out",
    "market_elasticity",
    "market_sum",
    "national_adoption",
    "reach_data",
    "regional_and_digital",
    "run_year",
    "sell_data",
    "settle",
    "to_markets",
    "trade_data",
    "vouchers",
]
