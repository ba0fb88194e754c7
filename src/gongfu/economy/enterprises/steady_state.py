"""The base year: nothing is decided, and sizes, data and markups come to rest.

The draws of productivity say which firm is better; how large it is follows from them, and so does
its data, which make it better again. This loop finds where that ends.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from gongfu.core import ConvergenceError, InputError, Problem
from gongfu.economy.enterprises.competition import Competition
from gongfu.economy.enterprises.data_stock import BaseStocks, base_stocks
from gongfu.economy.enterprises.moves import compete_for_sales, reach_data, technology_gain
from gongfu.economy.enterprises.population import Enterprises
from gongfu.economy.enterprises.rules import EnterpriseLevers, EnterpriseRules

__all__ = ["BaseYear", "settle"]


@dataclass(frozen=True, slots=True, eq=False)
class BaseYear:
    """Enterprises at rest, and what later years are measured against.

    Parameters
    ----------
    enterprises : their state; a year without adoption and without levers gives it back.
    stocks : data of each market (D0), frozen.
    competition : shares, markups and prices of the base year.
    passes : passes it took.
    """

    enterprises: Enterprises
    stocks: BaseStocks
    competition: Competition
    passes: int


def settle(
    enterprises: Enterprises,
    *,
    skill: Float[np.ndarray, " market"],
    elasticity: Float[np.ndarray, " market"],
    levers: EnterpriseLevers,
    rules: EnterpriseRules,
    years: int = 60,
    tolerance: float = 1e-12,
) -> BaseYear:
    """(E1-E4) Return the base year of enterprises that have drawn their productivity.

    Parameters
    ----------
    skill : digital skill of the workforce by market relative to the national mean.
    elasticity : of demand for each market.
    levers : as they stand in the base year.
    years : passes at most.
    tolerance : largest relative change of a firm's size in the last pass.

    Raises
    ------
    InputError
        If the levers contain a compliance cost: base productivity already does.
    ConvergenceError
        If sizes still move after ``years`` passes.

    Notes
    -----
    Each pass sets data to where E3 would let them rest, ``D = s N``, measures the base stocks
    again, and lets firms compete. At the end productivity is frozen at the value the last
    equilibrium was computed from, so that later years repeat it to the last bit.
    """
    if np.any(levers.compliance_cost != 0):
        raise InputError(Problem("the base year has a compliance cost", "zero in every market"))
    state = replace(enterprises, data=enterprises.size)
    moved = np.inf
    for passes in range(1, years + 1):
        log_a, state, competition = _rest(state, skill, elasticity, levers, rules)
        moved = float(np.max(np.abs(state.size / state.data - 1)))
        state = replace(state, data=state.size)
        if moved < tolerance:
            rested = _freeze(state, log_a, skill, levers, rules)
            return BaseYear(rested, _stocks(state), competition, passes)
    raise ConvergenceError(
        f"enterprises were not at rest after {years} passes: a size moves by {moved:.1e} a pass, "
        f"tolerance {tolerance:.0e}. Lower data_elasticity or firm_substitution, or allow more."
    )


def _rest(
    state: Enterprises,
    skill: Float[np.ndarray, " market"],
    elasticity: Float[np.ndarray, " market"],
    levers: EnterpriseLevers,
    rules: EnterpriseRules,
) -> tuple[Float[np.ndarray, " firm"], Enterprises, Competition]:
    """Return log productivity, sizes and equilibrium that follow from the present data."""
    reached = reach_data(state, _stocks(state), levers=levers, rules=rules)
    log_a = state.productivity + technology_gain(state, reached, skill=skill, rules=rules)
    after, competition = compete_for_sales(
        state, reached, skill=skill, elasticity=elasticity, levers=levers, rules=rules
    )
    return log_a, after, competition


def _freeze(
    state: Enterprises,
    log_a: Float[np.ndarray, " firm"],
    skill: Float[np.ndarray, " market"],
    levers: EnterpriseLevers,
    rules: EnterpriseRules,
) -> Enterprises:
    """Return enterprises whose base is where they stand."""
    reached = reach_data(state, _stocks(state), levers=levers, rules=rules)
    gain = technology_gain(state, reached, skill=skill, rules=rules)
    return replace(state, productivity=log_a, digital_gain=gain, size_base=state.size)


def _stocks(state: Enterprises) -> BaseStocks:
    return base_stocks(state.data, state.size, state.market, state.weight, state.markets)
