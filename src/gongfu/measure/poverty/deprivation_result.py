"""The result of ``deprivation``: multidimensional poverty by group, indicator and cut-off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gongfu.core import Estimate
from gongfu.core.deprivations import DeprivationSpec
from gongfu.measure.table_result import Backend, Skipped, estimates_frame

__all__ = ["DeprivationTable", "RobustOrder"]


@dataclass(frozen=True, slots=True)
class RobustOrder:
    """How many pairs of groups keep their order at every cut-off tried.

    Parameters
    ----------
    pairs : of groups.
    apart : pairs whose M0 differ at the chosen cut-off by more than their error allows.
    kept : those of them whose order is turned round at no other cut-off.
    """

    pairs: int
    apart: int
    kept: int


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class DeprivationTable:
    """Multidimensional poverty with its errors.

    Parameters
    ----------
    spec : indicators and cut-offs.
    k : poverty cut-off used.
    design : how the rows were sampled, in words.
    estimates : H, A and M0 of all rows, then of each group.
    indicators : uncensored and censored headcounts and contribution of each indicator, all rows.
    groups : each group's share of people and of M0.
    cutoffs : H, A and M0 at each cut-off tried, of all rows and of groups.
    robust : what the order of the groups owes to k; none without groups.
    """

    spec: DeprivationSpec
    k: float
    design: str
    estimates: tuple[Estimate, ...]
    indicators: tuple[Estimate, ...]
    groups: tuple[Estimate, ...]
    cutoffs: tuple[tuple[float, tuple[Estimate, ...]], ...]
    robust: RobustOrder | None
    skipped: tuple[Skipped, ...]
    warnings: tuple[str, ...]
    backend: Backend = "polars"

    def __getitem__(self, measure: str) -> Estimate:
        """Return H, A, M0 or a number of an indicator, such as ``contribution fuel``."""
        for found in (*self.estimates, *self.indicators):
            if found.group is None and found.measure == measure:
                return found
        raise KeyError(f"no measure {measure!r}")

    def to_frame(self) -> Any:
        """Return one row an estimate at the chosen cut-off, as a frame of the library that came."""
        return estimates_frame([*self.estimates, *self.indicators, *self.groups], self.backend)

    def to_dict(self) -> dict[str, Any]:
        """Return full-precision JSON values."""
        return {
            "name": self.spec.name,
            "title": {"zh": self.spec.zh, "en": self.spec.en},
            "k": self.k,
            "design": self.design,
            "weights": {one.name: one.weight for one in self.spec.indicators},
            "estimates": [found.to_dict() for found in self.estimates],
            "indicators": [found.to_dict() for found in self.indicators],
            "groups": [found.to_dict() for found in self.groups],
            "cutoffs": [
                {"k": k, "estimates": [found.to_dict() for found in those]}
                for k, those in self.cutoffs
            ],
            "robust": None
            if self.robust is None
            else {"pairs": self.robust.pairs, "apart": self.robust.apart, "kept": self.robust.kept},
            "skipped": [
                {"measure": lack.measure, "group": lack.group, "reason": lack.reason}
                for lack in self.skipped
            ],
            "warnings": list(self.warnings),
        }
