"""Levers, settings and policies: what somebody decides, from when, where and for whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from jaxtyping import Float

from gongfu.core.errors import InputError, Problem, nearest_name
from gongfu.core.evidence import Evidence

__all__ = ["Closure", "CostBasis", "Lever", "LeverLevel", "Policy", "Scenario", "Setting"]

LeverLevel = Literal["national", "enterprise", "individual"]
Closure = Literal["vat", "income_tax", "reallocation", "deficit"]
CostBasis = Literal[
    "coverage_gained", "people_reached", "adoption_spending", "output", "profit", "transfer", "none"
]
"""What a lever's unit cost multiplies: rural people newly covered, people reached in the year,
adoption spending of firms, output, profit, the amount transferred itself, or nothing."""


@dataclass(frozen=True, slots=True)
class Lever:
    """Something a government, an enterprise or a person decides.

    Parameters
    ----------
    name : spelling in files and code.
    zh, en : label shown to people.
    level : who decides.
    unit, unit_zh : of its value, in English and Chinese.
    low, high : bounds a scenario may set.
    neutral : value at which it does nothing; every lever is neutral in the baseline.
    cost_basis, unit_cost : the yearly cost is ``unit_cost`` times the basis; ``unit_cost`` names an
        assumption, so that it carries a range and a source; empty where there is none.
    payer : who bears the cost: ``government`` or ``enterprises``.
    areas : zones it can reach, ``urban``, ``rural`` or both.
    mechanism : tags of the equations it enters.
    evidence, source : what is known about its effect, and who says so.
    """

    name: str
    zh: str
    en: str
    level: LeverLevel
    unit: str
    unit_zh: str
    low: float
    high: float
    neutral: float
    cost_basis: CostBasis
    unit_cost: str
    payer: Literal["government", "enterprises"]
    areas: tuple[Literal["urban", "rural"], ...]
    mechanism: tuple[str, ...]
    evidence: Evidence
    source: str

    def label(self, language: str) -> str:
        """Return the label in ``zh`` or ``en``."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Setting:
    """A lever's value by date, in some zones.

    Parameters
    ----------
    lever : its name.
    values : ``{year: value}``; a value holds from its year until the next; before the first year
        the lever is neutral.
    zones : codes such as ``51-rural``; empty means everywhere the lever reaches.
    """

    lever: str
    values: Mapping[int, float]
    zones: tuple[str, ...] = ()

    def at(self, year: int) -> float | None:
        """Return the value in force in a year, or nothing before the first date."""
        dates = [date for date in self.values if date <= year]
        return self.values[max(dates)] if dates else None


@dataclass(frozen=True, slots=True)
class Policy:
    """All settings that differ from the baseline; the empty policy is the baseline."""

    settings: tuple[Setting, ...] = ()
    closure: Closure = "vat"

    def paths(
        self, years: Sequence[int], levers: Sequence[Lever], zones: Sequence[str]
    ) -> Float[np.ndarray, "year lever zone"]:
        """Return the value of every lever in every year and zone.

        Parameters
        ----------
        years, levers, zones : in the order of the axes.

        Raises
        ------
        InputError
            If a setting names an unknown lever or zone.
        """
        out = np.empty((len(years), len(levers), len(zones)))
        out[:] = np.array([lever.neutral for lever in levers])[None, :, None]
        position = {lever.name: i for i, lever in enumerate(levers)}
        for setting in self.settings:
            index = _position(setting.lever, position)
            reached = _reached(setting, levers[index], zones)
            for i, year in enumerate(years):
                value = setting.at(year)
                if value is not None:
                    out[i, index, reached] = value
        return out

    def without(self, lever: str) -> Policy:
        """Return the policy without one lever."""
        kept = tuple(setting for setting in self.settings if setting.lever != lever)
        return Policy(kept, self.closure)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A policy with a name and the span it is simulated over.

    Parameters
    ----------
    name, zh, en : key and titles.
    policy : the reform; the baseline is the same economy without it.
    base, to : first (base) and last year.
    notes : what the author wants readers to know, by language.
    """

    name: str
    zh: str
    en: str
    policy: Policy
    base: int
    to: int
    notes: Mapping[str, str] = field(default_factory=dict)

    def label(self, language: str) -> str:
        """Return the title in ``zh`` or ``en``."""
        return self.zh if language == "zh" else self.en

    @property
    def years(self) -> tuple[int, ...]:
        """Every year from the base to the last."""
        return tuple(range(self.base, self.to + 1))


def _position(name: str, position: Mapping[str, int]) -> int:
    if name not in position:
        fix = nearest_name(name, list(position))
        raise InputError(Problem(f"no lever is called {name!r}", fix=fix))
    return position[name]


def _reached(setting: Setting, lever: Lever, zones: Sequence[str]) -> list[int]:
    unknown = [zone for zone in setting.zones if zone not in zones]
    if unknown:
        raise InputError(Problem(f"no zone {zone!r} for lever {lever.name}") for zone in unknown)
    wanted = setting.zones or zones
    return [
        i
        for i, zone in enumerate(zones)
        if zone in wanted and zone.rpartition("-")[2] in lever.areas
    ]
