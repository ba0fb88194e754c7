"""What packages would do: effects, costs, groups and paths, as result tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gongfu.core import Evidence, Uncertainty
from gongfu.economy.results.effects import EFFECTS, effect_rows
from gongfu.economy.results.groups import CLASSES, group_effects
from gongfu.economy.results.lorenz import lorenz_effects
from gongfu.economy.results.measures import national_measures
from gongfu.economy.simulate import Simulation
from gongfu.report.document import ResultTable, Words
from gongfu.study.findings.describe import describe

__all__ = ["policy_tables"]

HORIZONS = (1, 5, 10)
"""Years after the base year that effects are printed for, besides the last."""

_SOURCE = Words(
    "模拟经济；起点为公布数字", "The simulated economy; it starts from published figures"
)
_NOTE = Words(
    "模拟值，相对于同一住户、企业与随机数下的基准。区间为参数在所述范围内抽样的5%—95%，不是置信区间；"
    "区间含零者不能判断方向。",
    "Simulated, against a baseline with the same households, firms and chances. Ranges are 5 to "
    "95 % over draws of the parameters, not confidence intervals; one that holds zero cannot tell.",
)


def policy_tables(runs: Mapping[str, Sequence[Simulation]]) -> Iterator[ResultTable | None]:
    """Yield ``policy_effects``, ``_groups``, ``_lorenz``, ``_baseline`` and ``_setup``."""
    if not runs:
        return
    first = next(iter(runs.values()))
    has_draws = len(first) > 1
    told: dict[str, Any] = {
        "evidence": Evidence.SIMULATED,
        "uncertainty": Uncertainty.ASSUMPTIONS if has_draws else Uncertainty.UNKNOWN,
        "source": _SOURCE,
        "note": _NOTE,
    }
    yield describe("policy_effects", (r for one in runs.values() for r in _effects(one)), **told)
    yield describe("policy_groups", (r for one in runs.values() for r in _groups(one)), **told)
    yield describe("policy_lorenz", (r for one in runs.values() for r in _lorenz(one)), **told)
    yield describe("policy_baseline", _baseline(first[0]), **told)
    yield describe("policy_setup", [_setup(first)], **told)


def _effects(simulations: Sequence[Simulation]) -> Iterator[dict[str, Any]]:
    scenario = simulations[0].scenario
    for number, row in enumerate(effect_rows(simulations), 1):
        for name in EFFECTS:
            found = row[name]
            yield {
                "scenario": scenario.name,
                "label_zh": scenario.zh,
                "label_en": scenario.en,
                "year": row["year"],
                "horizon": number,
                "is_shown": number in HORIZONS or row["year"] == scenario.to,
                "effect": name,
                "unit": found["unit"],
                "value": found["value"],
                "low": found["low"],
                "high": found["high"],
                "verdict": _verdict(found["low"], found["high"]),
                "closure": scenario.policy.closure,
            }


def _groups(simulations: Sequence[Simulation]) -> Iterator[dict[str, Any]]:
    scenario, position = simulations[0].scenario, _position(simulations)
    for effect in group_effects(simulations, position):
        yield {
            "scenario": scenario.name,
            "year": simulations[0].years[position],
            "dimension": effect.dimension,
            "group": effect.group,
            "people": effect.people,
            "mean_change": effect.mean_change,
            "percent": effect.percent,
            "low": effect.low,
            "high": effect.high,
            "verdict": effect.verdict,
            **dict(zip(CLASSES, effect.shares, strict=True)),
        }


def _lorenz(simulations: Sequence[Simulation]) -> Iterator[dict[str, Any]]:
    scenario, position = simulations[0].scenario, _position(simulations)
    for effect in lorenz_effects(simulations, position):
        yield {
            "scenario": scenario.name,
            "year": simulations[0].years[position],
            "rank": effect.rank,
            "share_baseline": effect.baseline,
            "share_reform": effect.reform,
            "difference": effect.difference,
            "low": effect.low,
            "high": effect.high,
            "verdict": _verdict(effect.low, effect.high),
        }


def _position(simulations: Sequence[Simulation]) -> int:
    """Return the simulated year that groups and curves speak of: the tenth, or the last."""
    return min(10, len(simulations[0].years)) - 1


def _baseline(simulation: Simulation) -> Iterator[dict[str, Any]]:
    for year in simulation.baseline:
        found = national_measures(simulation.world, year)
        yield {
            "year": year.state.year,
            "base": simulation.scenario.base,
            **{name: found[name] for name in _BASELINE},
        }


def _setup(simulations: Sequence[Simulation]) -> dict[str, Any]:
    """Return how finely the economy was simulated; the first run has central values, no draw."""
    world = simulations[0].world
    return {
        "households": len(world.blocks.zone),
        "enterprises": len(world.enterprises.enterprises.market),
        "draws": len(simulations) - 1,
        "seed": world.seed,
    }


_BASELINE = (
    "gdp_per_head",
    "mean_income",
    "household_share",
    "gini",
    "urban_rural_ratio",
    "adoption",
    "online",
)


def _verdict(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return "cannot tell"
    if low == high == 0:
        return "none"
    return "up" if low > 0 else "down" if high < 0 else "cannot tell"
