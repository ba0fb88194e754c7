"""Taxes, benefits, transfers and gifts of a package, and what each lever costs (E18, E19, E22)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.economy.decisions import Decisions
from gongfu.economy.government.benefits import living_allowance, pension_rise, zone_transfer
from gongfu.economy.government.income_tax import surtax
from gongfu.economy.households import receive_donations
from gongfu.economy.markets import MarketOutcome
from gongfu.economy.moves.incomes import Incomes
from gongfu.economy.moves.produce import Firms
from gongfu.economy.moves.skills import Reached
from gongfu.economy.state import People, State
from gongfu.economy.world import YUAN, World, market_table

__all__ = ["Redistribution", "enterprise_costs", "fixed_costs", "redistribute"]


@dataclass(frozen=True, slots=True, eq=False)
class Redistribution:
    """What measures add to or take from each person, yuan a year, and what they cost by zone.

    Parameters
    ----------
    received : per person, after taxes on high incomes; before the financing of the package.
    cost : of each lever by zone where it is spent, 100m yuan; below zero for revenue.
    """

    received: Float[np.ndarray, " household"]
    cost: dict[str, Float[np.ndarray, " zone"]]


def fixed_costs(
    world: World, state: State, reached: Reached, firms: Firms, decisions: Decisions
) -> dict[str, Float[np.ndarray, " zone"]]:
    """Return what the government pays by lever and zone before incomes are known, 100m yuan."""
    values = world.values
    output = np.repeat(world.markets.output.sum(1), 2) / 2 * _growth(world, state)
    cost = {
        "rural_broadband": reached.coverage * values["cost_rural_coverage"] * YUAN,
        "digital_training": reached.training * values["cost_training"] * YUAN,
        "elderly_help": reached.elderly_help * values["cost_elderly_help"] * YUAN,
        "open_public_data": decisions["open_public_data"] * values["cost_open_data"] * output,
        "competition_conduct": decisions["competition_conduct"]
        * values["cost_competition_policy"]
        * output,
        "sme_voucher": np.repeat(_vouchers(world, state, firms), 2) / 2,
    }
    return {lever: np.asarray(amount) for lever, amount in cost.items()}


def enterprise_costs(
    world: World, state: State, reached: Reached, markets: MarketOutcome, decisions: Decisions
) -> dict[str, float]:
    """Return what enterprises pay by lever, 100m yuan: training, interfaces, gifts."""
    values = world.values
    output = np.repeat(world.markets.output.sum(1), 2) / 2 * _growth(world, state)
    giving = np.repeat(markets.profit.sum(1), 2) / 2 * decisions["corporate_giving"]
    return {
        "company_training": float(reached.company_training.sum()) * values["cost_training"] * YUAN,
        "data_sharing": float(decisions.excess("data_sharing") @ output)
        * values["cost_data_sharing"],
        "interoperability": float(decisions["interoperability"] @ output)
        * values["cost_interoperability"],
        "corporate_giving": float(giving.sum()),
    }


def redistribute(
    world: World,
    state: State,
    people: People,
    incomes: Incomes,
    decisions: Decisions,
    *,
    gifts: float,
) -> Redistribution:
    """(E18, E19, E22) Return what people receive from the levers, and what they cost.

    Parameters
    ----------
    gifts : of enterprises, 100m yuan; they reach people below the donation line.
    """
    before = incomes.total
    pieces = {
        "rural_pension": _pension(world, decisions),
        "minimum_living_allowance": _allowance(world, people, before, decisions),
        "equalisation": zone_transfer(decisions["equalisation"], world.blocks.zone),
        "pairing_assistance": _pairing(world, state, people, decisions),
        "income_surtax": -_surtax(world, incomes, decisions),
    }
    cost = {
        lever: world.blocks.totals(people.people * amount) * YUAN
        for lever, amount in pieces.items()
    }
    received = sum(pieces.values(), start=np.zeros_like(before))
    return Redistribution(received + _gifts(world, people, before, gifts), cost)


def _growth(world: World, state: State) -> float:
    return state.output / float(world.markets.output.sum())


def _vouchers(world: World, state: State, firms: Firms) -> Float[np.ndarray, " region"]:
    """Return vouchers paid in each region, 100m yuan."""
    share = market_table(firms.year.voucher_outlay)
    return np.asarray((share * world.markets.output).sum(1) * _growth(world, state))


def _pension(world: World, decisions: Decisions) -> Float[np.ndarray, " household"]:
    rise = world.blocks.spread(decisions["rural_pension"])
    return pension_rise(world.base.households.elderly_share, rise)


def _allowance(
    world: World, people: People, income: Float[np.ndarray, " household"], decisions: Decisions
) -> Float[np.ndarray, " household"]:
    """Return what a higher line adds to the allowance of the base-year rule."""
    if not decisions.is_pulled("minimum_living_allowance"):
        return np.zeros_like(income)
    blocks = world.blocks
    line = world.values["allowance_line_share"] * blocks.means(income, people.people)
    higher = line * (1.0 + decisions["minimum_living_allowance"])
    now, then = (
        living_allowance(income, blocks.spread(each), world.household.takes_up)
        for each in (line, higher)
    )
    return np.asarray(then - now)


def _pairing(
    world: World, state: State, people: People, decisions: Decisions
) -> Float[np.ndarray, " household"]:
    """Return assistance per person where it arrives: a share of donors' output, in services."""
    share = decisions["pairing_assistance"]
    if not decisions.is_pulled("pairing_assistance"):
        return np.zeros(len(people.people))
    output = world.markets.output.sum(1) * _growth(world, state)
    receives = share.reshape(-1, 2).max(1) > 0
    pool = float(share.max() * output[~receives].sum())
    persons = np.where(share > 0, world.blocks.totals(people.people), 0.0)
    per_person = np.where(share > 0, pool / persons.sum() / YUAN, 0.0)
    return zone_transfer(per_person, world.blocks.zone)


def _surtax(
    world: World, incomes: Incomes, decisions: Decisions
) -> Float[np.ndarray, " household"]:
    per_earner = incomes.labour / world.worker_share
    rate = world.blocks.spread(decisions["income_surtax"])
    tax = surtax(per_earner, threshold=world.values["surtax_threshold"], rate=rate)
    return np.asarray(tax * world.worker_share)


def _gifts(
    world: World, people: People, income: Float[np.ndarray, " household"], gifts: float
) -> Float[np.ndarray, " household"]:
    if gifts == 0:
        return np.zeros_like(income)
    order = np.argsort(income)
    reached = np.cumsum(people.people[order])
    median = income[order][np.searchsorted(reached, reached[-1] / 2)]
    line = world.values["donation_line"] * float(median)
    return receive_donations(gifts / YUAN, income, people.people, line=line)
