"""Counting the poor at a cut-off, by group and indicator, and comparing cut-offs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from jaxtyping import Bool, Float

from gongfu.core import Estimate, InputError
from gongfu.core.deprivations import DeprivationSpec
from gongfu.measure.linearised import Linearised
from gongfu.measure.named_measure import SHARE
from gongfu.measure.poverty.alkire_foster import AlkireFoster, alkire_foster
from gongfu.measure.poverty.deprivation_result import RobustOrder
from gongfu.measure.table_estimates import Speaker, domains
from gongfu.measure.table_result import Skipped

__all__ = ["AtCutoff", "Counting"]


@dataclass(frozen=True, slots=True, eq=False)
class AtCutoff:
    """What was found at one cut-off k, of all rows (group none) and of each group."""

    k: float
    of_group: dict[str | None, AlkireFoster] = field(default_factory=dict)
    members: dict[str | None, Bool[np.ndarray, " row"]] = field(default_factory=dict)
    estimates: list[Estimate] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class Counting:
    """The rows, ready to be counted at any cut-off.

    Parameters
    ----------
    deprived : of all rows, those left out included.
    shares : weight of each indicator, adding up to 1.
    """

    speaker: Speaker
    spec: DeprivationSpec
    deprived: Bool[np.ndarray, "row indicator"]
    shares: Float[np.ndarray, " indicator"]

    def at(self, k: float) -> AtCutoff:
        """Return H, A and M0 at a cut-off."""
        out = AtCutoff(k)
        weight = self.speaker.rows.weight
        for group, member in domains(self.speaker.rows):
            people = None if weight is None else weight[member]
            found = alkire_foster(self.deprived[member], people, shares=self.shares, k=k)
            out.of_group[group], out.members[group] = found, member
            for name, statistic in (
                ("H", found.headcount),
                ("A", found.intensity),
                ("M0", found.adjusted),
            ):
                if statistic is None:
                    out.skipped.append(Skipped(name, group, "nobody is poor at this cut-off"))
                    continue
                try:
                    out.estimates.append(self._said(name, statistic, member, k, group))
                except InputError as error:
                    if group is None:
                        raise
                    out.skipped.append(Skipped(name, group, str(error)))
        return out

    def indicators(self, found: AtCutoff) -> Iterator[Estimate]:
        """Yield headcounts and contribution of each indicator, all rows."""
        everybody, member = found.of_group[None], found.members[None]
        for name, statistics in (
            ("deprived", everybody.uncensored),
            ("poor and deprived", everybody.censored),
            ("contribution", everybody.contributions or ()),
        ):
            for one, statistic in zip(self.spec.indicators, statistics, strict=False):
                yield self._said(f"{name} {one.name}", statistic, member, found.k, None)

    def groups(self, found: AtCutoff) -> Iterator[Estimate]:
        """Yield each group's share of people and of M0."""
        rows, whole = self.speaker.rows, found.of_group[None].adjusted
        everybody = found.members[None]
        people = np.ones(len(everybody)) if rows.weight is None else rows.weight
        total = float(people[everybody].sum())
        for group, member in found.members.items():
            if group is None:
                continue
            share = float(people[member].sum()) / total
            influence = np.where(everybody, (member - share) / total, 0.0)
            size = Linearised(share, influence)
            yield self._of_all(f"people in {group}", size, found.k, group)
            if whole.value > 0:
                own = found.of_group[group].adjusted.in_domain(member)
                part = size * own / whole.in_domain(everybody)
                yield self._of_all(f"contribution of {group}", part, found.k, group)

    def robust(self, found: AtCutoff, tried: Sequence[AtCutoff]) -> RobustOrder | None:
        """Return how many pairs of groups keep their order at all cut-offs tried."""
        names = [group for group in found.of_group if group is not None]
        if len(names) < 2:
            return None
        pairs = list(combinations(names, 2))
        apart = [pair for pair in pairs if self._are_apart(found, *pair)]
        kept = [
            (a, b) for a, b in apart if len({_sign(at, a, b) for at in (found, *tried)} - {0}) == 1
        ]
        return RobustOrder(len(pairs), len(apart), len(kept))

    def _are_apart(self, found: AtCutoff, a: str, b: str) -> bool:
        gap = found.of_group[a].adjusted.in_domain(found.members[a]) - found.of_group[
            b
        ].adjusted.in_domain(found.members[b])
        if self.speaker.population:
            return gap.value != 0
        either = found.members[a] | found.members[b]
        said = self.speaker.estimate_of_all(
            gap, either, measure="M0 difference", unit=SHARE, convention=""
        )
        return said.interval is not None and 0.0 not in said.interval

    def _of_all(self, name: str, statistic: Linearised, k: float, group: str) -> Estimate:
        return self.speaker.estimate_of_all(
            statistic,
            self.speaker.rows.has_income,
            measure=name,
            unit=SHARE,
            convention=self._convention(k),
            group=group,
        )

    def _said(
        self,
        name: str,
        statistic: Linearised,
        member: Bool[np.ndarray, " row"],
        k: float,
        group: str | None,
    ) -> Estimate:
        return self.speaker.estimate(
            statistic,
            member,
            measure=name,
            unit=SHARE,
            convention=self._convention(k),
            group=group,
        )

    def _convention(self, k: float) -> str:
        count = len(self.spec.indicators)
        return f"Alkire-Foster, {count} indicators, poor from a weighted share of {k:g}"


def _sign(at: AtCutoff, a: str, b: str) -> int:
    return int(np.sign(at.of_group[a].adjusted.value - at.of_group[b].adjusted.value))
