"""Enterprises of the base year at rest, and the pace of adoption the economy is used to."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from jaxtyping import Float

from gongfu.data.lever_files import find_lever
from gongfu.economy.base_year import (
    Figures,
)
from gongfu.economy.base_year.build import by_sector
from gongfu.economy.draws import Stream, uniform
from gongfu.economy.enterprises import (
    BaseYear as EnterprisesAtRest,
)
from gongfu.economy.enterprises import (
    EnterpriseLevers,
    EnterpriseRules,
    adoption_by_market,
    base_adoption,
    build_enterprises,
    lay_out,
    market_elasticity,
    national_adoption,
    regional_and_digital,
    run_year,
    settle,
)
from gongfu.economy.enterprises.markets import DIGITAL_MARKETS, REGIONAL_SECTORS
from gongfu.economy.markets import MarketBase
from gongfu.economy.world.scales import DIGITAL, adoption_by_zone, market_table

__all__ = [
    "adoption_of_base_year",
    "demand_elasticity",
    "firms_at_rest",
    "neutral_enterprise_levers",
    "usual_growth",
]


def firms_at_rest(
    adoption: Float[np.ndarray, " market"],
    values: Mapping[str, float],
    elasticity: Float[np.ndarray, " market"],
    rules: EnterpriseRules,
    *,
    year: int,
    count: int,
    seed: int,
) -> EnterprisesAtRest:
    """(E1-E4) Return the enterprises of the base year after they have come to rest."""

    def by_market(name: str) -> Float[np.ndarray, " market"]:
        pair = values[f"{name}_regional"], values[f"{name}_digital"]
        regions = (len(elasticity) - DIGITAL_MARKETS) // REGIONAL_SECTORS
        return regional_and_digital(*pair, regions=regions)

    records = lay_out(count, by_market("competitors"))
    drawn = build_enterprises(
        records,
        uniform(seed, year, records.id, Stream.ENTERPRISES),
        adoption=adoption,
        productivity_spread=by_market("productivity_spread"),
    )
    # Skill counts relative to each market's own base year; what it was then is in productivity.
    return settle(
        drawn,
        skill=np.ones_like(elasticity),
        elasticity=elasticity,
        levers=neutral_enterprise_levers(len(elasticity)),
        rules=rules,
    )


def neutral_enterprise_levers(markets: int) -> EnterpriseLevers:
    """Return enterprise levers at the neutral values of the lever file."""
    sharing = find_lever("data_sharing").neutral
    return EnterpriseLevers.everywhere(markets, data_sharing=sharing)


def usual_growth(
    rested: EnterprisesAtRest,
    elasticity: Float[np.ndarray, " market"],
    rules: EnterpriseRules,
    markets: MarketBase,
) -> Float[np.ndarray, " zone"]:
    """Return adoption by zone after a first year without policy."""
    ones = np.ones_like(elasticity)
    year = run_year(
        rested.enterprises,
        rested.stocks,
        skill=ones,
        consent=ones,
        elasticity=elasticity,
        levers=neutral_enterprise_levers(len(elasticity)),
        rules=rules,
    )
    return adoption_by_zone(
        market_table(adoption_by_market(year.enterprises, by_sales=True)), markets
    )


def adoption_of_base_year(
    figures: Figures, year: int, values: Mapping[str, float]
) -> Float[np.ndarray, "region sector"]:
    """(E1) Return adoption of the base year by region and sector, 0-1."""
    levels = {y: values[f"adoption_level_{y}"] for y in (2020, 2023)}
    return base_adoption(
        figures.regional_filled("ecommerce_firm_share", [year])[0],
        by_sector(values, "adoption_level"),
        national_level=national_adoption(year, level_2020=levels[2020], level_2023=levels[2023]),
        census_level=levels[2023],
        regional_tilt=values["adoption_regional_tilt"],
    )


def demand_elasticity(values: Mapping[str, float], regions: int) -> Float[np.ndarray, " market"]:
    """(E4) Return the elasticity of demand by market."""
    home = np.tile(by_sector(values, "home_share")[:DIGITAL], (regions, 1))
    trade = by_sector(values, "region_substitution")[:DIGITAL]
    return market_elasticity(home, trade, digital=values["digital_market_elasticity"])
