"""Effects of a package by year, with their range over parameter draws."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from gongfu.economy.results.account import effect_account
from gongfu.economy.results.measures import national_measures
from gongfu.economy.simulate import Simulation
from gongfu.economy.year import Year

__all__ = ["EFFECTS", "RANGE", "effect_rows"]

RANGE = (0.05, 0.95)
"""Quantiles over draws that are printed as the range."""

EFFECTS: Mapping[str, str] = {
    "cake": "100 x log change",
    "household_share": "100 x log change",
    "division": "100 x log change",
    "prosperity": "100 x log change",
    "gdp": "%",
    "mean_income": "%",
    "gini": "points",
    "urban_rural_ratio": "%",
    "package_cost": "% of GDP",
    "enterprise_cost": "% of GDP",
}
"""Effects and their units: the account of E26 by the Gini, then single measures."""


def effect_rows(simulations: Sequence[Simulation]) -> list[dict[str, Any]]:
    """Return one row per year: the central effect and its range over draws.

    Parameters
    ----------
    simulations : of one scenario; the first with central values, further ones are draws.

    Returns
    -------
    Each effect as ``{"value", "low", "high"}``; without draws low and high are None. Every draw is
    paired with its own baseline: same households, firms, chances and parameters.
    """
    return [_row(simulations, position) for position in range(len(simulations[0].years))]


def _row(simulations: Sequence[Simulation], position: int) -> dict[str, Any]:
    found = [_effects(one, one.baseline[position], one.reform[position]) for one in simulations]
    row: dict[str, Any] = {"year": simulations[0].years[position]}
    for name in EFFECTS:
        low, high = (None, None)
        if len(found) > 1:
            low, high = (float(q) for q in np.quantile([one[name] for one in found[1:]], RANGE))
        row[name] = {"value": found[0][name], "low": low, "high": high, "unit": EFFECTS[name]}
    return row


def _effects(simulation: Simulation, baseline: Year, reform: Year) -> dict[str, float]:
    world = simulation.world
    account = effect_account(world, baseline, reform, "gini")
    before, after = (national_measures(world, year) for year in (baseline, reform))
    terms = asdict(account)
    return {
        **{term: 100 * terms[term] for term in ("cake", "household_share", "division")},
        "prosperity": 100 * account.prosperity,
        **{
            name: 100 * math.expm1(math.log(after[name] / before[name]))
            for name in ("gdp", "mean_income", "urban_rural_ratio")
        },
        "gini": 100 * (after["gini"] - before["gini"]),
        "package_cost": 100 * after["package_cost"] / after["gdp"],
        "enterprise_cost": 100 * after["enterprise_cost"] / after["gdp"],
    }
