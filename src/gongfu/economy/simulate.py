"""Run a scenario: the baseline and the reform, on the same households, firms and chances."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from gongfu.core.assumption import Assumption
from gongfu.core.policy import Policy, Scenario
from gongfu.economy.base_year import Figures
from gongfu.economy.decisions import decide
from gongfu.economy.state import first_state
from gongfu.economy.switches import Held
from gongfu.economy.world import World, build_world
from gongfu.economy.year import Year, simulate_year

__all__ = ["Progress", "Simulation", "run_policy", "simulate"]

Progress = Callable[[str, int], None]
"""Called with ``baseline`` or ``reform`` and the year that begins; raise to cancel."""


@dataclass(frozen=True, slots=True, eq=False)
class Simulation:
    """A scenario beside its baseline.

    Parameters
    ----------
    scenario : what was asked.
    world : the economy both ran in.
    baseline, reform : the years after the base year, in order.
    """

    scenario: Scenario
    world: World
    baseline: tuple[Year, ...]
    reform: tuple[Year, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """The simulated years."""
        return self.scenario.years[1:]


def simulate(
    scenario: Scenario,
    *,
    households: int = 20_000,
    enterprises: int = 4_000,
    seed: int = 1,
    assumptions: Mapping[str, Assumption] | None = None,
    figures: Figures | None = None,
    world: World | None = None,
    progress: Progress = lambda *_: None,
) -> Simulation:
    """Return the baseline and the reform of a scenario.

    Parameters
    ----------
    scenario : from ``gongfu.data.scenario_files``.
    households, enterprises : records that stand for all; more give a finer grain, not another
        economy.
    seed : of all draws; baseline and reform share every draw.
    assumptions : the files, or one draw over their ranges.
    figures : without them the embedded ones; nothing after the base year is read.
    world : of an earlier run with the same base, records and seed, to save setting it up.
    progress : told each year as it begins.

    Raises
    ------
    InputError
        If the base year cannot be built.
    ConvergenceError
        If a year's markets or financing do not settle.
    """
    if world is None:
        world = build_world(
            scenario.base,
            households=households,
            enterprises=enterprises,
            seed=seed,
            assumptions=assumptions,
            figures=figures,
        )
    years = scenario.years[1:]
    baseline = run_policy(
        world, Policy(closure=scenario.policy.closure), years, "baseline", progress
    )
    reform = run_policy(world, scenario.policy, years, "reform", progress)
    return Simulation(scenario, world, baseline, reform)


def run_policy(
    world: World,
    policy: Policy,
    years: tuple[int, ...],
    name: str = "reform",
    progress: Progress = lambda *_: None,
    *,
    baseline: Sequence[Year] = (),
    held: Collection[str] = (),
) -> tuple[Year, ...]:
    """Return the years of one policy, from the base year on.

    Parameters
    ----------
    baseline, held : years of the baseline, and the mechanisms kept as they are in it.
    """
    found: list[Year] = []
    state = first_state(world)
    for position, decisions in enumerate(decide(policy, years)):
        progress(name, years[position])
        switches = Held(baseline[position], held) if held else Held()
        found.append(simulate_year(world, state, decisions, switches))
        state = found[-1].state
    return tuple(found)
