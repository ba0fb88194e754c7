"""The economy made ready to run: base year, firms at rest, markets that clear, lasting traits.

Everything here is computed once for a base year and shared by every scenario and year.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError, Problem
from gongfu.core.assumption import Assumption
from gongfu.data.assumption_files import load_assumptions
from gongfu.economy.base_year import (
    BaseYear,
    Figures,
    build_base_year,
    load_figures,
    output_path,
)
from gongfu.economy.enterprises import (
    EnterpriseRules,
    adoption_by_market,
    by_region_sector,
    to_markets,
)
from gongfu.economy.households import (
    ZoneBlocks,
    labour_units,
    training_lags,
)
from gongfu.economy.markets import MarketBase, MarketParameters, calibrate_base
from gongfu.economy.world.firms import (
    adoption_of_base_year,
    demand_elasticity,
    firms_at_rest,
    usual_growth,
)
from gongfu.economy.world.online import steady_access
from gongfu.economy.world.scales import DIGITAL, adoption_by_zone, market_table
from gongfu.economy.world.taxes import base_income_tax
from gongfu.economy.world.traits import household_traits, inheritance_inside_zones
from gongfu.economy.world.types import HouseholdTraits, World

__all__ = ["build_world"]

FEWEST_HOUSEHOLDS = 2_000
"""Records: below about 30 a zone the smallest zones cannot hold a distribution."""


def build_world(
    year: int,
    *,
    households: int,
    enterprises: int,
    seed: int,
    assumptions: Mapping[str, Assumption] | None = None,
    figures: Figures | None = None,
) -> World:
    """Return the economy of a base year, ready to run.

    Parameters
    ----------
    year : 2013 to 2023.
    households, enterprises : records; they change the grain, not the economy.
    seed : of all draws.
    assumptions : the files, or changed values (a draw over their ranges).
    figures : without them the embedded ones; nothing after ``year`` is read.

    Raises
    ------
    InputError
        If there are too few records of households or enterprises to stand for all.
    """
    _refuse_few(households)
    assumptions = load_assumptions() if assumptions is None else assumptions
    values = {name: entry.value for name, entry in assumptions.items()}
    rules = EnterpriseRules.from_values(values)
    seen = (load_figures() if figures is None else figures).until(year)
    output = output_path(seen, [year], values).output[-1]
    elasticity = demand_elasticity(values, len(output))
    adoption = to_markets(adoption_of_base_year(seen, year, values), output[:, DIGITAL])
    rested = firms_at_rest(
        adoption, values, elasticity, rules, year=year, count=enterprises, seed=seed
    )
    found = by_region_sector(
        rested.competition,
        rested.competition,
        digital_elasticity=values["region_substitution_digital"],
    )
    base = build_base_year(
        year, households, seed, markup=found.markup, assumptions=assumptions, figures=seen
    )
    blocks = ZoneBlocks.of(base.households.zone)
    intercept, taste = steady_access(base, values, blocks, seed)
    worker_share = base.households.workers / base.households.size
    tax = base_income_tax(base, worker_share)
    traits = household_traits(base, values, blocks, taste=taste, tax=tax, seed=seed)
    markets = _markets(base)
    used = market_table(adoption_by_market(rested.enterprises, by_sales=True))
    zone_adoption = adoption_by_zone(used, markets)
    return World(
        base=base,
        values=MappingProxyType(values),
        enterprises=rested,
        elasticity=elasticity,
        rules=rules,
        markets=markets,
        parameters=MarketParameters.from_values(values),
        blocks=blocks,
        household=traits,
        online_intercept=intercept,
        lag_effect=training_lags(
            values["training_effect"], values["training_first_year"], values["training_last_year"]
        ),
        inheritance=inheritance_inside_zones(base, values, blocks),
        worker_share=worker_share,
        tax=tax,
        base_tax=blocks.means(
            tax.per_person(base.households.sources[:, :2].sum(1), worker_share),
            base.households.people,
        ),
        labour_units=_labour_units(base, blocks, worker_share, traits),
        adoption=used,
        zone_adoption=zone_adoption,
        usual_growth=usual_growth(rested, elasticity, rules, markets) - zone_adoption,
        seed=seed,
    )


def _refuse_few(households: int) -> None:
    if households < FEWEST_HOUSEHOLDS:
        raise InputError(
            Problem(
                "too few household records",
                expected=f"at least {FEWEST_HOUSEHOLDS:,}, about 30 for each of 62 zones",
                found=f"{households:,}",
                fix="Choose 5,000 for a quick look, 20,000 or more for results.",
            )
        )


def _markets(base: BaseYear) -> MarketBase:
    inputs = base.markets
    return calibrate_base(
        output=inputs.output,
        production_tax=inputs.production_tax,
        markup=inputs.markup,
        capital_share=inputs.capital_share,
        labour_payments=inputs.labour_payments,
        home_share=inputs.home_share,
        home_share_cap=inputs.home_share_cap,
        net_transfers=inputs.net_transfers,
    )


def _labour_units(
    base: BaseYear,
    blocks: ZoneBlocks,
    worker_share: Float[np.ndarray, " household"],
    traits: HouseholdTraits,
) -> Float[np.ndarray, "zone type"]:
    found = base.households
    claim = traits.labour_claim.at(found.score, blocks)
    workers = found.people * worker_share * claim
    return labour_units(found.log_human_capital, found.digital_skill, workers, blocks)
