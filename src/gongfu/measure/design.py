"""How rows were sampled, and the standard error that follows for any linearised statistic.

References
----------
[Deville 1999] Variance estimation for complex statistics and estimators: linearization and
residual techniques. Survey Methodology 25(2).
[Wolter 2007] Introduction to Variance Estimation, 2nd ed., section 2.4 (ultimate clusters).
[Lumley 2004] Analysis of complex survey samples. Journal of Statistical Software 9(8).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, get_args

import numpy as np
from jaxtyping import Bool, Float, Int, Shaped

from gongfu.core import Estimate, Evidence, InputError, Interval, Problem, Uncertainty
from gongfu.measure.linearised import Linearised
from gongfu.measure.student import two_sided_t

__all__ = ["Lonely", "SurveyDesign", "estimate"]

Lonely = Literal["error", "centre", "certainty"]
"""What a stratum with a single sampling unit contributes to the variance: nothing can be said
(``error``); its squared distance from the mean of all units (``centre``); or nothing, because the
unit was taken with certainty (``certainty``)."""


@dataclass(frozen=True, eq=False)
class SurveyDesign:
    """Weights, strata and primary sampling units (PSUs) of sampled rows.

    Parameters
    ----------
    weight : people each row stands for, above zero.
    strata : label of each row's stratum; none means one stratum.
    psu : label of each row's PSU, read inside its stratum; none means every row was sampled by
        itself.
    lonely : what to do with a stratum that has a single PSU.

    Raises
    ------
    InputError
        If the lengths differ, ``lonely`` is unknown, or it is ``error`` and a stratum has a single
        PSU.

    Notes
    -----
    PSUs count as drawn with replacement ("ultimate clusters", no finite population correction):
    what happens inside a PSU needs no description, and where few PSUs exist the error is rather
    too large than too small [Wolter 2007].
    """

    weight: Float[np.ndarray, " row"]
    strata: Shaped[np.ndarray, " row"] | None = None
    psu: Shaped[np.ndarray, " row"] | None = None
    lonely: Lonely = "error"

    def __post_init__(self) -> None:
        for name in ("strata", "psu"):
            labels = getattr(self, name)
            if labels is not None and len(labels) != len(self.weight):
                raise InputError(
                    Problem(
                        f"{name} and weight differ in length",
                        expected=f"{len(self.weight)} labels",
                        found=f"{len(labels)}",
                    )
                )
        if self.lonely not in get_args(Lonely):
            raise InputError(
                Problem(
                    f"lonely {self.lonely!r} is not known",
                    expected=f"one of {', '.join(get_args(Lonely))}",
                )
            )
        problems = [*self._lonely_strata()] if self.lonely == "error" else []
        if problems:
            raise InputError(problems)

    @classmethod
    def simple(cls, n: int) -> SurveyDesign:
        """Return the design of ``n`` rows drawn one by one with equal chances."""
        return cls(np.ones(n))

    @cached_property
    def units(self) -> SamplingUnits:
        """The PSUs as numbers."""
        return _sampling_units(len(self.weight), self.strata, self.psu)

    def variance(self, statistic: Linearised) -> float:
        """Return the design variance of ``sum(weight * influence)`` [Deville 1999]."""
        distance, factor = self._distances(statistic)
        return float(np.sum(factor * distance**2))

    def deviations(self, statistic: Linearised) -> Float[np.ndarray, " psu"]:
        """Return one number a PSU; products of two statistics add up to their covariance."""
        distance, factor = self._distances(statistic)
        scaled: Float[np.ndarray, " psu"] = distance * np.sqrt(factor)
        return scaled

    def _distances(
        self, statistic: Linearised
    ) -> tuple[Float[np.ndarray, " psu"], Float[np.ndarray, " psu"]]:
        """Return each PSU's distance from its stratum and the factor of its square."""
        totals = self.units.totals(self.weight * statistic.influence)
        stratum, count = self.units.stratum, self.units.psus_in_stratum
        centre = np.bincount(stratum, totals) / count
        factor = count / np.maximum(count - 1, 1)
        if self.lonely == "centre":
            centre[count == 1] = totals.mean()
        return totals - centre[stratum], factor[stratum]

    def degrees_of_freedom(self, member: Bool[np.ndarray, " row"] | None = None) -> int:
        """Return PSUs less strata, counting only those that reach the domain ``member``."""
        reached = self.units.reached(member)
        return int(len(reached) - len(np.unique(self.units.stratum[reached])))

    @property
    def words(self) -> str:
        """The design in a few words."""
        strata, psus = len(self.units.psus_in_stratum), len(self.units.stratum)
        if self.strata is None and self.psu is None:
            return f"simple random sample of {psus} rows"
        kind = "rows" if self.psu is None else "PSUs"
        return f"{strata} strata, {psus} {kind}, drawn with replacement"

    def _lonely_strata(self) -> Iterator[Problem]:
        for position in np.flatnonzero(self.units.psus_in_stratum == 1):
            name = "the sample" if self.strata is None else f"stratum {self.units.names[position]}"
            yield Problem(
                f"{name} has a single sampling unit",
                expected="at least two, or its variance cannot be known",
                fix="Merge it with a similar stratum, or choose lonely='centre' (distance from "
                "the mean of all units) or 'certainty' (no contribution).",
            )


@dataclass(frozen=True, slots=True, eq=False)
class SamplingUnits:
    """PSUs and strata numbered from 0.

    Parameters
    ----------
    unit : PSU of each row, or none when every row is its own.
    stratum : stratum of each PSU.
    psus_in_stratum : PSUs of each stratum.
    names : label of each stratum.
    """

    unit: Int[np.ndarray, " row"] | None
    stratum: Int[np.ndarray, " psu"]
    psus_in_stratum: Int[np.ndarray, " stratum"]
    names: Shaped[np.ndarray, " stratum"]

    def totals(self, values: Float[np.ndarray, " row"]) -> Float[np.ndarray, " psu"]:
        """Return the sum of ``values`` in each PSU."""
        if self.unit is None:
            return values
        return np.bincount(self.unit, values, minlength=len(self.stratum))

    def reached(self, member: Bool[np.ndarray, " row"] | None) -> Int[np.ndarray, " some_psu"]:
        """Return the PSUs with at least one member of a domain."""
        if member is None:
            return np.arange(len(self.stratum))
        return np.flatnonzero(member) if self.unit is None else np.unique(self.unit[member])


def estimate(
    statistic: Linearised,
    design: SurveyDesign,
    *,
    measure: str,
    unit: str,
    convention: str,
    confidence: float = 0.95,
    member: Bool[np.ndarray, " row"] | None = None,
    evidence: Evidence = Evidence.ESTIMATED,
    **labels: Any,
) -> Estimate:
    """Return a statistic with its standard error and t interval under a design.

    Parameters
    ----------
    statistic : with the influence of every row of the design (zero outside a domain).
    measure, unit, convention : as in ``Estimate``; the design is added to the convention.
    confidence : coverage of the interval, between 0 and 1.
    member : rows of the domain the statistic speaks of; none means all.
    labels : further fields of ``Estimate``, such as ``year``, ``price_base``, ``group``.

    Raises
    ------
    InputError
        If the domain reaches too few PSUs for a variance, the rows do not match the design, or
        the statistic is not finite.

    Notes
    -----
    ``value -+ t se`` with PSUs less strata degrees of freedom, as in R survey [Lumley 2004].
    """
    freedom = design.degrees_of_freedom(member)
    problems = [*_problems(statistic, design, measure, confidence, freedom)]
    if problems:
        raise InputError(problems)
    error = math.sqrt(design.variance(statistic))
    reach = two_sided_t(confidence, freedom) * error
    return Estimate(
        measure=measure,
        value=statistic.value,
        unit=unit,
        convention=f"{convention}; error: linearised, {design.words}, t with {freedom} df",
        evidence=evidence,
        uncertainty=Uncertainty.SAMPLING,
        standard_error=error,
        interval=Interval(statistic.value - reach, statistic.value + reach, confidence),
        n=len(design.weight) if member is None else int(np.count_nonzero(member)),
        influence=statistic.influence,
        **labels,
    )


def _problems(
    statistic: Linearised, design: SurveyDesign, measure: str, confidence: float, freedom: int
) -> Iterator[Problem]:
    if len(statistic.influence) != len(design.weight):
        yield Problem(
            f"{measure}: influence values and design differ in length",
            expected=f"{len(design.weight)} rows",
            found=f"{len(statistic.influence)}",
            fix="A statistic of some rows only needs in_domain() first.",
        )
    if not math.isfinite(statistic.value):
        yield Problem(f"{measure} is not a finite number", found=f"{statistic.value}")
    if not 0 < confidence < 1:
        yield Problem("confidence lies between 0 and 1", found=f"{confidence:g}")
    if freedom < 1:
        yield Problem(
            "too few sampling units for a standard error",
            expected="more PSUs (or rows) than strata",
            found=f"{freedom} degrees of freedom",
        )


def _sampling_units(
    n: int, strata: Shaped[np.ndarray, " row"] | None, psu: Shaped[np.ndarray, " row"] | None
) -> SamplingUnits:
    if strata is None:
        names, of_row = np.array(["all"]), np.zeros(n, dtype=np.intp)
    else:
        names, of_row = np.unique(strata, return_inverse=True)
    if psu is None:
        return SamplingUnits(None, of_row, np.bincount(of_row), names)
    labels, number = np.unique(psu, return_inverse=True)
    pairs, unit = np.unique(of_row * len(labels) + number, return_inverse=True)
    stratum = pairs // len(labels)
    return SamplingUnits(unit, stratum, np.bincount(stratum), names)
