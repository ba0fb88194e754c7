"""Simulate a package from Python in one call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongfu.core import Outcomes
from gongfu.core.policy import Scenario
from gongfu.data.calibration_files import calibrated, read_calibration
from gongfu.data.scenario_files import preset, read_scenario
from gongfu.economy.parameter_draws import draw_assumptions
from gongfu.economy.results.effects import effect_rows
from gongfu.economy.results.groups import GroupEffect, group_effects
from gongfu.economy.results.measures import outcomes
from gongfu.economy.simulate import Simulation
from gongfu.economy.simulate import simulate as run

__all__ = ["PolicyResult", "simulate"]


@dataclass(frozen=True, slots=True, eq=False)
class PolicyResult:
    """What a package would do, beside its baseline.

    Parameters
    ----------
    runs : the central run first, then one per draw of the parameters.
    """

    runs: Sequence[Simulation]

    @property
    def outcomes(self) -> Outcomes:
        """National measures by scenario, draw and year; ``reform - baseline`` pairs by draw."""
        return outcomes(self.runs)

    @property
    def effects(self) -> list[dict[str, Any]]:
        """Effects by year with their range over draws."""
        return effect_rows(self.runs)

    def groups(self, year: int) -> list[GroupEffect]:
        """Return who gains and who loses in a year."""
        return group_effects(self.runs, self.runs[0].years.index(year))


def simulate(
    scenario: Scenario | str | Path,
    *,
    households: int = 20_000,
    enterprises: int = 4_000,
    draws: int = 0,
    seed: int = 1,
    calibration: str | Path | None = None,
) -> PolicyResult:
    """Return what a scenario would do.

    Parameters
    ----------
    scenario : a preset's name, a scenario file, or a ``Scenario``.
    households, enterprises : records that stand for all.
    draws : of all parameters over their stated ranges; without them no range is given.
    seed : of all draws.
    calibration : file of estimates that take the place of assumptions.

    Raises
    ------
    InputError
        If the scenario or the calibration is unknown or wrong; all problems at once.
    ConvergenceError
        If a year's markets or financing do not settle.
    """
    if not isinstance(scenario, Scenario):
        name = str(scenario)
        scenario = read_scenario(name) if name.endswith(".toml") else preset(name)
    known = None if calibration is None else calibrated(read_calibration(calibration))
    return PolicyResult(
        [
            run(
                scenario,
                households=households,
                enterprises=enterprises,
                seed=seed,
                assumptions=assumptions,
            )
            for assumptions in draw_assumptions(draws, seed, known)
        ]
    )
