"""Mechanisms that can be held at the baseline, to see what each of them carries (E27)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from gongfu.economy.state import People

if TYPE_CHECKING:
    from gongfu.economy.moves.produce import Firms
    from gongfu.economy.year import Year

__all__ = ["MECHANISMS", "Held"]

MECHANISMS = ("access", "skills", "enterprises", "jobs", "migration")
"""What can be held: who is online, digital skill, enterprises (adoption, data, competition), jobs,
where people live. What remains with all held is direct: prices, taxes, transfers, gifts."""


class Held:
    """Mechanisms held at the baseline in one year; nothing is held by default."""

    def __init__(self, baseline: Year | None = None, names: Collection[str] = ()) -> None:
        self.baseline = baseline
        self.names = frozenset(names)

    def access(self, people: People) -> People:
        """Return households, online as in the baseline where access is held."""
        before = self._people("access")
        return people if before is None else replace(people, online=before.online)

    def skills(self, people: People) -> People:
        """Return households with the digital skill of the baseline where skills are held."""
        before = self._people("skills")
        if before is None:
            return people
        return replace(people, skill=before.skill, learning=before.learning, trained=before.trained)

    def jobs(self, people: People) -> People:
        """Return households with the jobs of the baseline where jobs are held."""
        before = self._people("jobs")
        return people if before is None else replace(people, jobs=before.jobs)

    def residence(self, moved: People) -> People:
        """Return households where they live in the baseline where migration is held."""
        if self.baseline is None or "migration" not in self.names:
            return moved
        return replace(moved, people=self.baseline.state.people.people)

    def firms(self, firms: Firms) -> Firms:
        """Return the enterprises of the baseline where enterprises are held."""
        if self.baseline is None or "enterprises" not in self.names:
            return firms
        return self.baseline.firms

    def _people(self, name: str) -> People | None:
        if self.baseline is None or name not in self.names:
            return None
        return self.baseline.people
