"""From sums over sampling units to estimates with error, interval and everything a reader needs."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from jaxtyping import Int, Shaped

from gongfu.core import Estimate, Evidence, InputError, Interval, Problem, Uncertainty
from gongfu.measure.catalogue import MONEY
from gongfu.measure.design import Lonely, SurveyDesign
from gongfu.measure.large.blocks import BLOCK
from gongfu.measure.large.errors import UnitSums, variance_of_rows
from gongfu.measure.large.labels import Coding, Units
from gongfu.measure.linearised import Linearised
from gongfu.measure.student import two_sided_t

__all__ = ["LargeDesign", "LargeSpeaker"]


@dataclass(frozen=True, slots=True, eq=False)
class LargeDesign:
    """How rows were sampled, by counts of rows and PSUs.

    Parameters
    ----------
    rows : sampled in each stratum, those without an income included.
    psus : design of the PSUs, one row each; none where rows were sampled by themselves.
    lonely : what a stratum with a single unit contributes.
    """

    rows: Int[np.ndarray, " stratum"]
    psus: SurveyDesign | None
    lonely: Lonely
    has_strata: bool

    @classmethod
    def read(cls, frame: pl.LazyFrame, units: Units, rows: int, lonely: Lonely) -> LargeDesign:
        """Return the design of all rows.

        Raises
        ------
        InputError
            If ``lonely`` is ``error`` and a stratum has a single unit; names all of them.
        """
        names = None if units.strata is None else _labels(units.strata)
        if units.psu is not None:
            count = len(units)
            strata = None if names is None else names[units.stratum]
            psus = SurveyDesign(np.ones(count), strata, np.arange(count), lonely)
            return cls(np.array([rows]), psus, lonely, names is not None)
        if units.strata is None or names is None:
            SurveyDesign(np.ones(min(rows, 2)), lonely=lonely)
            return cls(np.array([rows]), None, lonely, has_strata=False)
        counted = _rows_by_label(frame, units.strata)
        # Two rows of a stratum tell as much as all of them whether it has more than one.
        SurveyDesign(
            np.ones(int(np.minimum(counted, 2).sum())),
            np.repeat(names, np.minimum(counted, 2)),
            lonely=lonely,
        )
        return cls(counted, None, lonely, has_strata=True)

    @property
    def words(self) -> str:
        """The design in a few words, those of ``SurveyDesign``."""
        if self.psus is not None:
            return self.psus.words
        if not self.has_strata:
            return f"simple random sample of {int(self.rows.sum())} rows"
        rows = int(self.rows.sum())
        return f"{len(self.rows)} strata, {rows} rows, drawn with replacement"

    def variance(self, sums: UnitSums, statistic: int) -> float:
        """Return the variance of a statistic."""
        if self.psus is not None:
            return self.psus.variance(Linearised(0.0, sums.total.value[statistic]))
        return variance_of_rows(sums, statistic, self.rows, self.lonely)

    def degrees_of_freedom(self, sums: UnitSums) -> int:
        """Return units less strata, counting those that reach the domain."""
        if self.psus is not None:
            return self.psus.degrees_of_freedom(sums.reached > 0)
        return int(sums.reached.sum() - np.count_nonzero(sums.reached))


@dataclass(frozen=True, slots=True, eq=False)
class LargeSpeaker:
    """Turns statistics and sums over sampling units into estimates."""

    design: LargeDesign
    weighted: bool
    confidence: float
    population: bool
    evidence: Evidence
    unit: str
    year: int | None
    price_base: str | None

    @property
    def design_words(self) -> str:
        """How the rows were sampled."""
        if self.population:
            return "all rows there are, no sampling error"
        return f"weighted, {self.design.words}" if self.weighted else self.design.words

    def estimate(
        self,
        value: float,
        sums: UnitSums | None,
        place: int,
        *,
        measure: str,
        unit: str,
        convention: str,
        n: int,
        group: str | None = None,
    ) -> Estimate:
        """Return a value with the error that follows from its sums, where rows were sampled.

        Raises
        ------
        InputError
            If the value is not finite or there are too few sampling units.
        """
        labels: dict[str, Any] = {
            "measure": measure,
            "value": value,
            "unit": self.unit if unit == MONEY else unit,
            "evidence": self.evidence,
            "year": self.year,
            "price_base": self.price_base if unit == MONEY else None,
            "group": group,
            "n": n,
        }
        streamed = f"{convention}; streamed in blocks of {BLOCK:,} rows"
        if sums is None:
            return Estimate(
                convention=f"{streamed}; {self.design_words}",
                uncertainty=self._unsampled,
                **labels,
            )
        freedom = self.design.degrees_of_freedom(sums)
        problems = [*_problems(measure, value, freedom)]
        if problems:
            raise InputError(problems)
        error = math.sqrt(self.design.variance(sums, place))
        reach = two_sided_t(self.confidence, freedom) * error
        words = f"linearised, {self.design.words}, t with {freedom} df"
        return Estimate(
            convention=f"{streamed}; error: {words}",
            uncertainty=Uncertainty.SAMPLING,
            standard_error=error,
            interval=Interval(value - reach, value + reach, self.confidence),
            **labels,
        )

    @property
    def _unsampled(self) -> Uncertainty:
        is_simulated = self.evidence is Evidence.SIMULATED
        return Uncertainty.UNKNOWN if is_simulated else Uncertainty.NOT_PUBLISHED


def _labels(coding: Coding) -> Shaped[np.ndarray, " stratum"]:
    return np.array(coding.names) if coding.numbers is None else coding.numbers


def _rows_by_label(frame: pl.LazyFrame, coding: Coding) -> Int[np.ndarray, " stratum"]:
    counted = frame.group_by(coding.column).len().collect(engine="streaming")
    rows = np.zeros(len(coding), dtype=np.int64)
    np.add.at(rows, coding.codes(counted[coding.column]), counted["len"].to_numpy())
    return rows


def _problems(measure: str, value: float, freedom: int) -> Iterator[Problem]:
    if not math.isfinite(value):
        yield Problem(f"{measure} is not a finite number", found=f"{value}")
    if freedom < 1:
        yield Problem(
            "too few sampling units for a standard error",
            expected="more PSUs (or rows) than strata",
            found=f"{freedom} degrees of freedom",
        )
