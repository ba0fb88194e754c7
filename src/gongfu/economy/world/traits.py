"""What households keep for life, fitted so that the base year is given back."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from jaxtyping import Float

from gongfu.economy.base_year import (
    BaseYear,
)
from gongfu.economy.draws import Stream, uniform
from gongfu.economy.households import (
    ZoneBlocks,
    destinations,
    fit_curve,
    fit_inheritance,
    labour_income,
    labour_units,
    learning_rates,
    migration_flows,
)
from gongfu.economy.world.scales import YUAN
from gongfu.economy.world.taxes import IncomeTax
from gongfu.economy.world.types import Claim, HouseholdTraits

__all__ = ["base_flows", "household_traits", "inheritance_inside_zones", "survey_payments"]


_LEAST_RATIO = 1e-3


def household_traits(
    base: BaseYear,
    values: Mapping[str, float],
    blocks: ZoneBlocks,
    *,
    taste: Float[np.ndarray, " household"],
    tax: IncomeTax,
    seed: int,
) -> HouseholdTraits:
    """Return what each household keeps, fitted to its base year."""
    people = base.households
    unit = np.arange(len(people.zone))
    paid = tax.per_person(people.sources[:, :2].sum(1), people.workers / people.size)
    h, skill = people.log_human_capital, people.digital_skill
    curve = fit_curve(people.score, h, blocks)
    return HouseholdTraits(
        unit=unit,
        taste=taste,
        learning=learning_rates(
            skill,
            people.is_online.astype(np.float64),
            forgetting=values["skill_forgetting"],
            offline_ratio=max(values["offline_skill_ratio"], _LEAST_RATIO),
        ),
        curve=curve,
        deviation=h - curve.at(people.score, blocks),
        labour_claim=Claim.fit(_labour_claim(base, blocks), people.score, blocks),
        property_claim=Claim.fit(people.sources[:, 2], people.score, blocks),
        transfer_claim=Claim.fit(people.sources[:, 3] + paid, people.score, blocks),
        takes_up=uniform(seed, base.year, unit, Stream.ALLOWANCE) < values["allowance_take_up"],
    )


def _labour_claim(base: BaseYear, blocks: ZoneBlocks) -> Float[np.ndarray, " household"]:
    """Return labour income in the survey over what E14 says of the same household."""
    people = base.households
    h, skill = people.log_human_capital, people.digital_skill
    per_person = people.workers / people.size
    units = labour_units(h, skill, people.people * per_person, blocks)
    wage = survey_payments(base, base.markets.labour_payments) / units
    said = labour_income(h, skill, per_person, wage / YUAN, blocks)
    return np.asarray(people.sources[:, :2].sum(1) / said)


def survey_payments(
    base: BaseYear, payments: Float[np.ndarray, "zone sector type"]
) -> Float[np.ndarray, "zone type"]:
    """Return labour income as the survey counts it, 100m yuan: payments times the zone's wedge."""
    return np.asarray(payments.sum(1) * base.wedges.labour[:, None])


def inheritance_inside_zones(
    base: BaseYear, values: Mapping[str, float], blocks: ZoneBlocks
) -> float:
    """(E25) Return the inheritance inside zones that gives the nation's elasticity."""
    people = base.households
    persons = blocks.totals(people.people)
    log_income = np.log(people.income)
    mean = blocks.means(log_income, people.people)
    variance = blocks.means((log_income - blocks.spread(mean)) ** 2, people.people)
    flows = base_flows(base, values, persons)
    years = round(values["generation_years"])
    return fit_inheritance(
        mean,
        variance,
        persons,
        destinations(flows, persons, years=years),
        mover_gap=math.log(values["mover_productivity"]),
        elasticity=values["intergenerational_elasticity"],
    )


def base_flows(
    base: BaseYear, values: Mapping[str, float], persons: Float[np.ndarray, " zone"]
) -> Float[np.ndarray, "zone zone"]:
    """(E24) Return persons who move in a year at the incomes of the base year, 10k."""
    income = base.zones.income
    return migration_flows(
        persons,
        income,
        income[0::2] / income[1::2],
        np.zeros(len(persons)),
        rate=values["migration_rate"],
        elasticity=values["migration_elasticity"],
    )
