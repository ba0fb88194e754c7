"""The result of ``inequality``: estimates by group and measure, and parts of a decomposition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import narwhals as nw

from gongfu.core import Estimate
from gongfu.core.errors import nearest_name
from gongfu.measure.table_view import table_text

__all__ = ["Backend", "InequalityTable", "Skipped", "estimates_frame"]

Backend = Literal["polars", "pandas", "pyarrow"]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A measure the rows of a group cannot support, with the reason."""

    measure: str
    group: str | None
    reason: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class InequalityTable:
    """Measures of one income column, with their errors.

    Parameters
    ----------
    income : name of the column.
    design : how the rows were sampled, in words.
    estimates : all rows first, then group by group; within these in the order of the measures.
    parts : parts of the decomposition asked for, the total first; else empty.
    skipped : measures the rows cannot support.
    warnings : what a reader must know, such as how many rows have no income.
    backend : library of the frame that came in; ``to_frame`` gives the same back.
    """

    income: str
    design: str
    estimates: tuple[Estimate, ...]
    parts: tuple[Estimate, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    warnings: tuple[str, ...] = ()
    backend: Backend = "polars"

    def __getitem__(self, measure: str) -> Estimate:
        """Return the estimate of a measure, or of a part, over all rows."""
        overall = {
            found.measure: found
            for found in (*self.estimates, *self.parts)[::-1]
            if found.group is None
        }
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
            "decomposition": [part.to_dict() for part in self.parts],
            "skipped": [
                {"measure": lack.measure, "group": lack.group, "reason": lack.reason}
                for lack in self.skipped
            ],
            "warnings": list(self.warnings),
        }

    def __repr__(self) -> str:
        return table_text(self)


def estimates_frame(estimates: Sequence[Estimate], backend: Backend) -> Any:
    """Return one row an estimate, as a frame of a library."""
    rows = [_record(found) for found in estimates]
    columns = {name: [row[name] for row in rows] for name in _SCHEMA}
    schema = dict(_SCHEMA)
    if backend == "pandas" and None in columns["year"]:
        schema["year"] = nw.Float64()  # pandas integers know no missing value
    return nw.from_dict(columns, schema=schema, backend=backend).to_native()


_SCHEMA = {
    "group": nw.String(),
    "measure": nw.String(),
    "value": nw.Float64(),
    "standard_error": nw.Float64(),
    "low": nw.Float64(),
    "high": nw.Float64(),
    "confidence": nw.Float64(),
    "n": nw.Int64(),
    "unit": nw.String(),
    "year": nw.Int64(),
    "price_base": nw.String(),
    "uncertainty": nw.String(),
    "evidence": nw.String(),
    "convention": nw.String(),
}


def _record(found: Estimate) -> dict[str, Any]:
    record = found.to_dict()
    interval = record.pop("interval") or {"low": None, "high": None, "level": None}
    return {**record, **interval, "confidence": interval["level"]}
