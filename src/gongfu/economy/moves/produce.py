"""Enterprises, jobs and markets (E1-E4, E7-E11, E15)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from gongfu.economy.decisions import Decisions, enterprise_levers
from gongfu.economy.draws import Stream, uniform_pair
from gongfu.economy.enterprises import (
    EnterpriseYear,
    RegionSector,
    adoption_by_market,
    by_region_sector,
    run_year,
    to_markets,
)
from gongfu.economy.households import displace, labour_units, rehire
from gongfu.economy.markets import MarketOutcome, MarketShocks, no_shocks, solve_markets
from gongfu.economy.state import People, State
from gongfu.economy.world import DIGITAL, World, market_table, neutral_enterprise_levers

__all__ = [
    "Firms",
    "clear_markets",
    "displace_and_rehire",
    "labour_of",
    "run_enterprises",
]


@dataclass(frozen=True, slots=True, eq=False)
class Firms:
    """What enterprises brought: their year, and what it means by region and sector."""

    year: EnterpriseYear
    by_region: RegionSector
    adoption: Float[np.ndarray, "region sector"]


def run_enterprises(world: World, state: State, people: People, decisions: Decisions) -> Firms:
    """(E1-E4) Return enterprises after a year of adoption, data and competition."""
    markets = len(world.elasticity)
    digital = world.markets.output[:, DIGITAL]
    found = run_year(
        state.enterprises,
        world.enterprises.stocks,
        skill=_skill_hat(world, people),
        consent=np.ones(markets),
        elasticity=world.elasticity,
        levers=enterprise_levers(decisions, neutral_enterprise_levers(markets), digital),
        rules=world.rules,
    )
    theta = world.values["region_substitution_digital"]
    meant = by_region_sector(
        found.competition, world.enterprises.competition, digital_elasticity=theta
    )
    adoption = market_table(adoption_by_market(found.enterprises, by_sales=True))
    return Firms(found, meant, adoption)


def displace_and_rehire(
    world: World, state: State, people: People, adoption: Float[np.ndarray, " zone"]
) -> People:
    """(E15) Return households after jobs were lost and found."""
    lost, found = uniform_pair(world.seed, state.year + 1, world.household.unit, Stream.WORK)
    values = world.values
    jobs = rehire(
        people.jobs,
        people.skill,
        people.trained @ (world.lag_effect > 0),
        found,
        rehire_rate=values["rehire_rate"],
        training_effect=values["rehire_training_effect"],
        scar_recovery=values["scar_recovery"],
    )
    jobs = displace(
        jobs,
        skill=people.skill,
        workers=world.base.households.workers,
        growth=adoption - state.adoption,
        reference=state.reference,
        draw=lost,
        blocks=world.blocks,
        displacement_rate=values["displacement_rate"],
        scar_at_once=values["scar_at_once"],
    )
    return replace(people, jobs=jobs)


def labour_of(world: World, people: People) -> Float[np.ndarray, " household"]:
    """Return labour per person that is paid: workers in work, less scars, times the claim."""
    at_work = (1.0 - people.jobs.displaced) * (1.0 - people.jobs.scar)
    claim = world.household.labour_claim.at(people.score, world.blocks)
    return np.asarray(world.worker_share * claim * at_work)


def clear_markets(
    world: World,
    state: State,
    people: People,
    firms: Firms,
    decisions: Decisions,
    *,
    tax: Float[np.ndarray, "region sector"],
    transfers: Float[np.ndarray, " region"],
) -> MarketOutcome:
    """(E7-E11) Return prices, quantities and incomes of the year.

    Parameters
    ----------
    tax : production tax rates, financing included.
    transfers : net transfers to regions beyond those of the base year, 100m yuan.
    """
    values, base = world.values, world.markets
    years = state.year + 1 - world.base.year
    fading = values["baseline_growth_persistence"] ** np.arange(1, years + 1)
    trend = float(np.exp(values["baseline_productivity_growth"] * fading.sum()))
    units = labour_units(
        people.human_capital,
        people.skill,
        people.people * labour_of(world, people),
        world.blocks,
    )
    efficiency = np.exp(values["zone_coverage_efficiency"] * decisions["rural_broadband"])
    growth = state.output / base.output.sum()
    shocks: MarketShocks = replace(
        no_shocks(base),
        productivity_hat=firms.by_region.productivity * trend,
        markup=firms.by_region.markup,
        labour_hat=units / world.labour_units * efficiency[:, None],
        digital_bias=values["digital_labour_bias"] * (firms.adoption - world.adoption),
        production_tax=tax,
        capital_hat=state.capital_hat,
        transfers=base.net_transfers * growth + transfers,
    )
    return solve_markets(base, shocks, world.parameters)


def _skill_hat(world: World, people: People) -> Float[np.ndarray, " market"]:
    """Return mean digital skill of each market's workers relative to its base year."""
    labour = people.people * world.worker_share
    now, base = (
        _regional_mean(world, labour, skill)
        for skill in (people.skill, world.base.households.digital_skill)
    )
    sectors = world.markets.output.shape[1]
    table = np.tile((now / base)[:, None], (1, sectors))
    return to_markets(table, world.markets.output[:, DIGITAL])


def _regional_mean(
    world: World, labour: Float[np.ndarray, " household"], skill: Float[np.ndarray, " household"]
) -> Float[np.ndarray, " region"]:
    if skill is world.base.households.digital_skill:
        labour = world.base.households.people * world.worker_share
    total = world.blocks.totals(labour * skill).reshape(-1, 2).sum(1)
    return np.asarray(total / world.blocks.totals(labour).reshape(-1, 2).sum(1))
