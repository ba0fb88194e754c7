"""Who is paid what: markets to households as the survey counts them (E14, E16)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.economy.households import labour_income, labour_units, share_out
from gongfu.economy.markets import MarketOutcome
from gongfu.economy.moves.produce import labour_of
from gongfu.economy.state import People
from gongfu.economy.world import YUAN, World, survey_payments

__all__ = ["Incomes", "pay_incomes"]


@dataclass(frozen=True, slots=True, eq=False)
class Incomes:
    """Income per person by source before this year's measures, yuan in base-year prices.

    Parameters
    ----------
    labour : wage and business income.
    owners : property income.
    transfers : pensions and other transfers as in the base year, grown with labour income.
    tax : on labour income, by the law of the base year.
    owners_income : capital income and profit of the nation after what enterprises pay for
        measures, 100m yuan.
    """

    labour: Float[np.ndarray, " household"]
    owners: Float[np.ndarray, " household"]
    transfers: Float[np.ndarray, " household"]
    tax: Float[np.ndarray, " household"]
    owners_income: float

    @property
    def total(self) -> Float[np.ndarray, " household"]:
        """Income per person before this year's measures."""
        return np.asarray(self.labour + self.owners + self.transfers - self.tax)


def pay_incomes(
    world: World, people: People, markets: MarketOutcome, enterprise_costs: float
) -> Incomes:
    """(E14, E16) Return the income of every household by source.

    Parameters
    ----------
    enterprise_costs : what enterprises pay for measures and give away, 100m yuan.

    Notes
    -----
    Labour income adds up to payments times the zone's wedge, property income to owners' income
    times one pass-through, both of the base year: the two objects between accounts and survey.
    Transfers grow with national labour income per person, as pensions do.
    """
    labour = _labour(world, people, markets)
    owners_income = markets.capital_income + float(markets.profit.sum()) - enterprise_costs
    return Incomes(
        labour=labour,
        owners=_owners(world, people, owners_income),
        transfers=_transfers(world, people, labour),
        tax=world.tax.per_person(labour, world.worker_share),
        owners_income=owners_income,
    )


def _labour(
    world: World, people: People, markets: MarketOutcome
) -> Float[np.ndarray, " household"]:
    per_person = labour_of(world, people)
    h, skill, blocks = people.human_capital, people.skill, world.blocks
    units = labour_units(h, skill, people.people * per_person, blocks)
    wage = survey_payments(world.base, markets.labour_payments) / units / YUAN
    return labour_income(h, skill, per_person, wage, blocks)


def _owners(world: World, people: People, owners_income: float) -> Float[np.ndarray, " household"]:
    base = world.base
    before = float((base.payments.capital + base.payments.profit).sum())
    total = base.zones.sources[:, 2] * base.zones.people * (owners_income / before)
    claim = world.household.property_claim.at(people.score, world.blocks)
    return share_out(total, claim, people.people, world.blocks)


def _transfers(
    world: World, people: People, labour: Float[np.ndarray, " household"]
) -> Float[np.ndarray, " household"]:
    base = world.base
    before = np.average(base.zones.sources[:, :2].sum(1), weights=base.zones.people)
    growth = float(np.average(labour, weights=people.people) / before)
    persons = world.blocks.totals(people.people)
    claim = world.household.transfer_claim.at(people.score, world.blocks)
    received = base.zones.sources[:, 3] + world.base_tax
    return share_out(received * persons * growth, claim, people.people, world.blocks)
