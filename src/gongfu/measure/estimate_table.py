"""A table of estimates about one column: what poverty, polarisation and top tails come back as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gongfu.core import Estimate
from gongfu.core.errors import nearest_name
from gongfu.measure.table_result import Backend, Skipped, estimates_frame
from gongfu.measure.table_view import table_text

__all__ = ["EstimateTable"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class EstimateTable:
    """Estimates with their errors.

    Parameters
    ----------
    subject : what they are about, such as ``Poverty``.
    income : name of the column.
    design : how the rows were sampled, in words.
    estimates : all rows first, then group by group.
    parts : what the estimates are split into or drawn from: shares of groups, points of a plot.
    skipped : measures the rows cannot support.
    warnings : what a reader must know.
    backend : library of the frame that came in; ``to_frame`` gives the same back.
    """

    subject: str
    income: str
    design: str
    estimates: tuple[Estimate, ...]
    parts: tuple[Estimate, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    warnings: tuple[str, ...] = ()
    backend: Backend = "polars"

    def __getitem__(self, measure: str) -> Estimate:
        """Return the estimate of a measure over all rows."""
        overall = {found.measure: found for found in self.estimates if found.group is None}
        if measure not in overall:
            raise KeyError(f"no measure {measure!r}. {nearest_name(measure, list(overall))}")
        return overall[measure]

    def to_frame(self) -> Any:
        """Return one row an estimate, as a frame of the library that came in."""
        return estimates_frame([*self.estimates, *self.parts], self.backend)

    def to_dict(self) -> dict[str, Any]:
        """Return full-precision JSON values."""
        return {
            "income": self.income,
            "design": self.design,
            "estimates": [found.to_dict() for found in self.estimates],
            "parts": [found.to_dict() for found in self.parts],
            "skipped": [
                {"measure": lack.measure, "group": lack.group, "reason": lack.reason}
                for lack in self.skipped
            ],
            "warnings": list(self.warnings),
        }

    def __repr__(self) -> str:
        return table_text(self, self.subject)
