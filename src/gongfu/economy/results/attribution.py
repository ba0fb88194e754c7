"""Which levers bring how much of a package's effect: exact Shapley shares (E27)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np

from gongfu.core.policy import Policy
from gongfu.data.lever_files import find_lever
from gongfu.economy.results.account import EffectAccount, effect_account
from gongfu.economy.simulate import Simulation, run_policy
from gongfu.economy.switches import MECHANISMS
from gongfu.economy.year import Year
from gongfu.measure.shapley import shapley

__all__ = ["DIRECT", "Players", "attribute", "players_of"]

Players = Literal["level", "lever", "mechanism"]
DIRECT = "direct"
"""What is left of the effect when every mechanism is held: prices, taxes, transfers, gifts."""
TERMS = ("cake", "household_share", "division")


def players_of(policy: Policy, by: Players) -> dict[str, tuple[str, ...]]:
    """Return the players of the game: each level of decision, or each lever, with its levers."""
    found: dict[str, list[str]] = {}
    for setting in policy.settings:
        name = find_lever(setting.lever).level if by == "level" else setting.lever
        found.setdefault(name, []).append(setting.lever)
    return {name: tuple(dict.fromkeys(levers)) for name, levers in found.items()}


def attribute(
    simulation: Simulation, position: int, *, by: Players = "level"
) -> Mapping[str, EffectAccount]:
    """(E27) Return what each level or lever contributes to the account of the effect.

    Parameters
    ----------
    simulation : of the whole package.
    position : of the simulated year, from 0.
    by : players: levels of decision, levers, or the mechanisms that carry the effect, with what
        is direct beside them; at most a dozen, two to their number of runs are made.

    Raises
    ------
    InputError
        If there are too many players for the exact sum.

    Notes
    -----
    The financing closure is that of the package in every run, so that each player brings its own
    bill. Contributions add up to the effect of the package, term by term.
    """
    if by == "mechanism":
        return _by_mechanism(simulation, position)
    policy = simulation.scenario.policy
    players = players_of(policy, by)
    years = simulation.years[: position + 1]

    def value(chosen: frozenset[str]) -> np.ndarray:
        levers = {lever for player in chosen for lever in players[player]}
        if not levers:
            return np.zeros(len(TERMS))
        after = run_policy(simulation.world, _only(policy, levers), years)[-1]
        return _terms(simulation, position, after)

    shares = shapley(list(players), value)
    return {name: _account(simulation, position, share) for name, share in shares.items()}


def _by_mechanism(simulation: Simulation, position: int) -> Mapping[str, EffectAccount]:
    """Return what each mechanism carries when it is switched on, and what is direct."""
    years = simulation.years[: position + 1]

    def value(switched_on: frozenset[str]) -> np.ndarray:
        after = run_policy(
            simulation.world,
            simulation.scenario.policy,
            years,
            baseline=simulation.baseline,
            held=[name for name in MECHANISMS if name not in switched_on],
        )[-1]
        return _terms(simulation, position, after)

    shares = shapley(MECHANISMS, value)
    direct = value(frozenset())
    found = {name: _account(simulation, position, share) for name, share in shares.items()}
    return {DIRECT: _account(simulation, position, direct), **found}


def _terms(simulation: Simulation, position: int, after: Year) -> np.ndarray:
    account = effect_account(simulation.world, simulation.baseline[position], after, "gini")
    return np.array([getattr(account, term) for term in TERMS])


def _account(simulation: Simulation, position: int, terms: np.ndarray) -> EffectAccount:
    return EffectAccount(simulation.years[position], "gini", *map(float, terms))


def _only(policy: Policy, levers: Sequence[str] | set[str]) -> Policy:
    kept = tuple(setting for setting in policy.settings if setting.lever in levers)
    return Policy(kept, policy.closure)
