"""National and zone measures of simulated years, as labelled outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from gongfu.core import Outcomes
from gongfu.economy.decisions import zone_codes
from gongfu.economy.enterprises import concentration_ratio, herfindahl
from gongfu.economy.enterprises.markets import DIGITAL_MARKETS, REGIONAL_SECTORS
from gongfu.economy.simulate import Simulation
from gongfu.economy.world import YUAN, World
from gongfu.economy.year import Year
from gongfu.measure.gini import gini
from gongfu.measure.grow_divide import Snapshot

__all__ = ["NATIONAL", "national_measures", "outcomes", "snapshot"]

NATIONAL: Mapping[str, str] = {
    "gdp": "100m yuan",
    "gdp_per_head": "yuan per person",
    "mean_income": "yuan per person",
    "household_share": "share of GDP",
    "gini": "index 0-1",
    "equality_atkinson_1": "index 0-1",
    "urban_rural_ratio": "ratio",
    "adoption": "share 0-1",
    "digital_skill": "share 0-1",
    "online": "share 0-1",
    "displaced": "share 0-1",
    "markup_digital": "ratio",
    "hhi_digital": "index 0-1",
    "cr4_digital": "share 0-1",
    "hhi_regional": "index 0-1",
    "lost_jobs": "10k persons",
    "package_cost": "100m yuan",
    "enterprise_cost": "100m yuan",
    "debt": "100m yuan",
}
"""Measures of the nation and their units; money in base-year prices."""


def national_measures(world: World, year: Year) -> dict[str, float]:
    """Return every measure of one year."""
    people, blocks = year.people, world.blocks
    persons = people.people
    total = float(persons.sum())
    taken = snapshot(world, year)
    gdp = float(year.markets.output.sum())
    mean = float(np.average(people.income, weights=persons))
    zone_income = blocks.means(people.income, persons)
    zone_people = blocks.totals(persons)
    urban, rural = (float(np.average(zone_income[i::2], weights=zone_people[i::2])) for i in (0, 1))
    return {
        "gdp": gdp,
        "gdp_per_head": gdp / total / YUAN,
        "mean_income": mean,
        "household_share": mean * total * YUAN / gdp,
        "gini": gini(people.income, persons).value,
        "equality_atkinson_1": float(np.exp(taken.log_equality("atkinson_1").value)),
        "urban_rural_ratio": urban / rural,
        "adoption": float(np.average(year.firms.adoption, weights=year.markets.output)),
        "digital_skill": float(np.average(people.skill, weights=persons)),
        "online": float(np.average(people.online, weights=persons)),
        "displaced": float(np.average(people.jobs.displaced, weights=persons)),
        "markup_digital": float(year.firms.by_region.markup[0, -1]),
        **_concentration(year),
        "lost_jobs": float(persons * world.worker_share @ people.jobs.displaced),
        "package_cost": year.budget.cost,
        "enterprise_cost": sum(year.enterprise_costs.values()),
        "debt": year.state.debt,
    }


def _concentration(year: Year) -> dict[str, float]:
    """(E4) Return how concentrated markets are: digital ones, and regional ones by their sales."""
    found = year.firms.year
    firms, share = found.enterprises, found.competition.share
    index = herfindahl(share, firms.market, firms.weight, firms.markets)
    largest = concentration_ratio(share, firms.market, firms.weight, firms.markets)
    regional = year.markets.output[:, :REGIONAL_SECTORS]
    return {
        "hhi_digital": float(index[-DIGITAL_MARKETS:].mean()),
        "cr4_digital": float(largest[-DIGITAL_MARKETS:].mean()),
        "hhi_regional": float(np.average(index[:-DIGITAL_MARKETS], weights=regional.ravel())),
    }


def snapshot(world: World, year: Year) -> Snapshot:
    """Return who had which income, grouped by zone, for the grow-divide account."""
    codes = np.array(zone_codes())
    return Snapshot(
        year.state.year,
        year.people.income,
        year.people.people,
        {"area": np.char.rpartition(codes, "-")[:, 2][world.blocks.zone]},
    )


def outcomes(simulations: Sequence[Simulation]) -> Outcomes:
    """Return national measures of the baseline and the reform of several draws of one scenario.

    Parameters
    ----------
    simulations : one per draw, of the same scenario; draw 0 has the central values.
    """
    first = simulations[0]
    names = tuple(NATIONAL)
    values = [[_path(one, which, names) for one in simulations] for which in ("baseline", "reform")]
    return Outcomes(
        np.array(values),
        ("baseline", first.scenario.name),
        tuple(range(len(simulations))),
        first.years,
        ("CN",),
        names,
        tuple(NATIONAL.values()),
    )


def _path(simulation: Simulation, which: str, names: tuple[str, ...]) -> list[list[list[float]]]:
    years: tuple[Year, ...] = getattr(simulation, which)
    found = [national_measures(simulation.world, year) for year in years]
    return [[[measures[name] for name in names]] for measures in found]
