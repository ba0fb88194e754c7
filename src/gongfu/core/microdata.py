"""Rows of persons or households with their weight and sampling design; may exceed memory."""

from __future__ import annotations

from dataclasses import dataclass

import narwhals as nw
import polars as pl
from narwhals.typing import IntoFrame

from gongfu.core.errors import InputError, Problem, nearest_name
from gongfu.core.evidence import Evidence

__all__ = ["Microdata"]


@dataclass(frozen=True, slots=True)
class Microdata:
    """Sampled rows, lazy, with the columns that say how they were sampled.

    Parameters
    ----------
    frame : one row a person or household.
    weight : column of sampling weights (people each row stands for); none means equal weights.
    strata, psu : columns of strata and primary sampling units, where the design has them.
    replicate_weights : columns of replicate weights, where the office publishes those instead.
    evidence : ``estimated`` for a survey, ``simulated`` for rows from a generator.

    Raises
    ------
    InputError
        If a named column is not in the frame.
    """

    frame: pl.LazyFrame
    weight: str | None = None
    strata: str | None = None
    psu: str | None = None
    replicate_weights: tuple[str, ...] = ()
    evidence: Evidence = Evidence.ESTIMATED

    def __post_init__(self) -> None:
        named = (self.weight, self.strata, self.psu, *self.replicate_weights)
        known = self.frame.collect_schema().names()
        missing = [name for name in named if name is not None and name not in known]
        if missing:
            raise InputError(
                Problem(
                    f"no column {name!r}",
                    expected=f"one of {', '.join(known)}",
                    fix=nearest_name(name, known),
                )
                for name in missing
            )

    @classmethod
    def from_frame(cls, frame: IntoFrame, **roles: str | None) -> Microdata:
        """Return microdata from pandas, Polars, Arrow or any frame that narwhals reads."""
        native = nw.from_native(frame)
        if isinstance(native, nw.LazyFrame):
            native = native.collect()
        return cls(native.to_polars().lazy(), **roles)  # type: ignore[arg-type]

    def columns(self, *names: str) -> pl.DataFrame:
        """Return the named columns only, read into memory."""
        return self.frame.select(names).collect()
