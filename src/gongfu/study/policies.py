"""The packages of a study, simulated: one central run and the draws of each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from gongfu.core import InputError, Problem
from gongfu.core.policy import Scenario
from gongfu.data.scenario_files import preset, read_scenario
from gongfu.economy.parameter_draws import draw_assumptions
from gongfu.economy.simulate import Simulation, run_policy
from gongfu.economy.world import build_world
from gongfu.study.settings import PolicySettings

__all__ = ["simulate_policies", "study_scenarios"]

Progress = Callable[[str], None]


def study_scenarios(settings: PolicySettings, folder: Path) -> list[Scenario]:
    """Return the scenarios a study names, every problem of all of them at once.

    Raises
    ------
    InputError
        If a preset or file is unknown or wrong, or the scenarios differ in base or last year.
    """
    found: list[Scenario] = []
    problems: list[Problem] = []
    for name in settings.scenarios:
        try:
            path = folder / name
            found.append(read_scenario(path) if name.endswith(".toml") else preset(name))
        except InputError as error:
            problems.extend(error.problems)
    spans = {(one.base, one.to) for one in found}
    if len(spans) > 1:
        problems.append(
            Problem(
                "the scenarios of a study run over different years",
                found=", ".join(f"{base}-{to}" for base, to in sorted(spans)),
                fix="Give them the same 'base' and 'to'; they share one baseline.",
            )
        )
    if problems:
        raise InputError(problems)
    return found


def simulate_policies(
    settings: PolicySettings, scenarios: list[Scenario], progress: Progress = lambda _: None
) -> dict[str, list[Simulation]]:
    """Return the runs of each scenario: central values first, then the draws.

    All scenarios of a draw share its world and its baseline.
    """
    runs: dict[str, list[Simulation]] = {one.name: [] for one in scenarios}
    for number, assumptions in enumerate(draw_assumptions(settings.draws, settings.seed)):
        progress(f"simulate {number + 1}/{settings.draws + 1}")
        world = build_world(
            scenarios[0].base,
            households=settings.households,
            enterprises=settings.enterprises,
            seed=settings.seed,
            assumptions=assumptions,
        )
        years = scenarios[0].years[1:]
        baselines = {}
        for one in scenarios:
            closure = one.policy.closure
            if closure not in baselines:
                nothing = type(one.policy)(closure=closure)
                baselines[closure] = run_policy(world, nothing, years, "baseline")
            reform = run_policy(world, one.policy, years, one.name)
            runs[one.name].append(Simulation(one, world, baselines[closure], reform))
    return runs
