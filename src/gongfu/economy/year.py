"""One year of the economy, as the list of its moves.

What is decided -> networks and skills -> enterprises -> jobs -> markets -> incomes -> taxes and
benefits -> who pays for the package -> where people live. Nothing calls back up.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from gongfu.core import ConvergenceError
from gongfu.economy.decisions import Decisions
from gongfu.economy.government.financing import Budget, close_budget, vat_rate
from gongfu.economy.households import update_reference
from gongfu.economy.markets import MarketOutcome
from gongfu.economy.markets.capital import accumulate_capital, investment
from gongfu.economy.moves.incomes import Incomes, pay_incomes
from gongfu.economy.moves.lives import age_a_year
from gongfu.economy.moves.migrate import migrate
from gongfu.economy.moves.produce import (
    Firms,
    clear_markets,
    displace_and_rehire,
    run_enterprises,
)
from gongfu.economy.moves.redistribute import (
    Redistribution,
    enterprise_costs,
    fixed_costs,
    redistribute,
)
from gongfu.economy.moves.skills import Reached, diffuse_access, reached_people, teach
from gongfu.economy.state import People, State
from gongfu.economy.switches import Held
from gongfu.economy.world import YUAN, World, adoption_by_zone

__all__ = ["Year", "simulate_year"]

NOTHING_HELD = Held()
_CLOSES = 1e-9
"""Share of GDP by which financing may miss the cost before another pass is made."""
_PASSES = 40


@dataclass(frozen=True, slots=True, eq=False)
class Year:
    """What a year brought; ``state`` is where the next one starts.

    Parameters
    ----------
    people : households as they earned, before the moves of the year's end.
    financed : what the financing of the package takes from each person, yuan a year.
    """

    state: State
    people: People
    firms: Firms
    markets: MarketOutcome
    incomes: Incomes
    measures: Redistribution
    financed: Float[np.ndarray, " household"]
    enterprise_costs: dict[str, float]
    budget: Budget
    reached: Reached


def simulate_year(
    world: World, state: State, decisions: Decisions, held: Held = NOTHING_HELD
) -> Year:
    """Return the year after ``state`` under what is decided.

    Parameters
    ----------
    held : mechanisms kept at the baseline, for attribution.
    """
    year = state.year + 1
    people = age_a_year(world, state.people, year)
    people = held.access(diffuse_access(world, people, decisions, year))
    people = held.skills(teach(world, people, decisions, year))
    reached = reached_people(world, people, decisions)
    firms = held.firms(run_enterprises(world, state, people, decisions))
    adoption = adoption_by_zone(firms.adoption, world.markets)
    people = held.jobs(displace_and_rehire(world, state, people, adoption))
    found = _settle(world, _Before(state, people, firms, decisions, reached))
    income = found.incomes.total + found.measures.received - found.financed
    people = replace(people, income=income)
    after = State(
        year=year,
        people=held.residence(migrate(world, people)),
        enterprises=firms.year.enterprises,
        capital_hat=_next_capital(world, state, people, found),
        output=float(found.markets.output.sum()),
        adoption=adoption,
        reference=update_reference(
            state.reference,
            adoption - state.adoption,
            speed=world.values["displacement_reference_speed"],
        ),
        debt=found.budget.debt,
    )
    return Year(
        state=after,
        people=people,
        firms=firms,
        markets=found.markets,
        incomes=found.incomes,
        measures=found.measures,
        financed=found.financed,
        enterprise_costs=found.enterprise_costs,
        budget=found.budget,
        reached=reached,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Settlement:
    """Markets, incomes and a budget that agree with each other."""

    markets: MarketOutcome
    incomes: Incomes
    measures: Redistribution
    financed: Float[np.ndarray, " household"]
    enterprise_costs: dict[str, float]
    budget: Budget


@dataclass(frozen=True, slots=True, eq=False)
class _Before:
    """All that is known of a year before its markets open."""

    state: State
    people: People
    firms: Firms
    decisions: Decisions
    reached: Reached


def _settle(world: World, before: _Before) -> _Settlement:
    """Repeat markets, incomes and costs until the financing pays for the package exactly."""
    state = before.state
    fixed = fixed_costs(world, state, before.reached, before.firms, before.decisions)
    cost = {lever: amount for lever, amount in fixed.items() if amount.any()}
    for _ in range(_PASSES):
        found = _one_pass(world, before, cost)
        again = {**fixed, **found.measures.cost}
        gap = _total(again) - _total(cost)
        if abs(gap) <= _CLOSES * state.output:
            return found
        cost = again
    raise ConvergenceError(
        f"the package of {state.year + 1} is not paid for after {_PASSES} passes: cost and "
        f"financing differ by {gap:.3g} (100m yuan). Choose smaller values, or another closure."
    )


def _one_pass(
    world: World, before: _Before, cost: dict[str, Float[np.ndarray, " zone"]]
) -> _Settlement:
    state, people, decisions = before.state, before.people, before.decisions
    interest = world.values["real_interest"]
    totals = {lever: float(amount.sum()) for lever, amount in cost.items()}
    budget = close_budget(totals, decisions.closure, debt=state.debt, interest=interest)
    tax = world.markets.production_tax
    if budget.vat:
        tax = vat_rate(tax, budget.vat, state.output)
    spent = sum(cost.values(), start=np.zeros(len(world.base.zones.people)))
    markets = clear_markets(
        world, state, people, before.firms, decisions, tax=tax, transfers=_moved(world, spent)
    )
    paid = enterprise_costs(world, state, before.reached, markets, decisions)
    incomes = pay_incomes(world, people, markets, sum(paid.values()))
    measures = redistribute(
        world, state, people, incomes, decisions, gifts=paid["corporate_giving"]
    )
    financed = _financed(people, incomes, budget)
    return _Settlement(markets, incomes, measures, financed, paid, budget)


def _total(cost: dict[str, Float[np.ndarray, " zone"]]) -> float:
    return float(sum(amount.sum() for amount in cost.values()))


def _moved(world: World, spent: Float[np.ndarray, " zone"]) -> Float[np.ndarray, " region"]:
    """Return what the package moves into each region: spent there less its part of the bill."""
    by_region = spent.reshape(-1, 2).sum(1)
    output = world.markets.output.sum(1)
    moved = by_region - by_region.sum() * output / output.sum()
    return np.asarray(moved - moved.sum() / len(moved))


def _financed(people: People, incomes: Incomes, budget: Budget) -> Float[np.ndarray, " household"]:
    """Return what an income tax takes per person: one share of market income."""
    market = np.maximum(incomes.labour + incomes.owners, 0.0)
    base = float((people.people * market).sum()) * YUAN
    return np.asarray(market * (budget.income_tax / base))


def _next_capital(world: World, state: State, people: People, found: _Settlement) -> float:
    """(E11) Return next year's capital relative to the base year."""
    values = world.values
    stock = values["capital_output_ratio"] * float(world.markets.output.sum())
    invested = investment(
        found.markets.profit,
        found.markets.capital_payments,
        values["retained_earnings_share"],
        np.array(values["household_saving_share"] * float(people.people @ people.income) * YUAN),
        found.budget.borrowed,
    )
    kept = accumulate_capital(
        stock * state.capital_hat, invested, depreciation=values["capital_depreciation"]
    )
    return kept / stock
