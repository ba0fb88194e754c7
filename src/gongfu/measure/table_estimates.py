"""Estimates of a table's rows: by group and measure, and the parts of a decomposition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from jaxtyping import Bool, Shaped

from gongfu.core import Estimate, Evidence, InputError, Uncertainty
from gongfu.measure.catalogue import INDEX_POINTS, MONEY, NamedMeasure
from gongfu.measure.dagum import dagum
from gongfu.measure.decomposition import nested_entropy
from gongfu.measure.design import estimate
from gongfu.measure.linearised import Linearised
from gongfu.measure.sample import Sample
from gongfu.measure.table_result import Skipped
from gongfu.measure.table_rows import Rows

__all__ = [
    "DECOMPOSITIONS",
    "Decomposition",
    "Speaker",
    "domains",
    "measured",
    "need_words",
    "parts",
    "sample_of",
]

Decomposition = Literal["dagum", "theil", "mld"]
DECOMPOSITIONS: tuple[Decomposition, ...] = ("dagum", "theil", "mld")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Turns statistics of the rows into estimates with everything a reader needs.

    Parameters
    ----------
    population : true when the rows are all there are, so that no error exists.
    unit : of the income.
    """

    rows: Rows
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
        words = self.rows.design.words
        return words if self.rows.weight is None else f"weighted, {words}"

    @property
    def _unsampled(self) -> Uncertainty:
        is_simulated = self.evidence is Evidence.SIMULATED
        return Uncertainty.UNKNOWN if is_simulated else Uncertainty.NOT_PUBLISHED

    def estimate(
        self,
        statistic: Linearised,
        member: Bool[np.ndarray, " row"],
        *,
        measure: str,
        unit: str,
        convention: str,
        group: str | None = None,
    ) -> Estimate:
        """Return a statistic of the rows ``member`` as an estimate."""
        return self.estimate_of_all(
            statistic.in_domain(member),
            member,
            measure=measure,
            unit=unit,
            convention=convention,
            group=group,
        )

    def estimate_of_all(
        self,
        statistic: Linearised,
        member: Bool[np.ndarray, " row"],
        *,
        measure: str,
        unit: str,
        convention: str,
        group: str | None = None,
    ) -> Estimate:
        """Return a statistic about the rows ``member`` that other rows bear on, too.

        Parameters
        ----------
        statistic : with the influence of every row: a group's poverty under a line estimated from
            all rows, say.
        """
        labels: dict[str, Any] = {
            "measure": measure,
            "unit": self.unit if unit == MONEY else unit,
            "evidence": self.evidence,
            "year": self.year,
            "price_base": self.price_base if unit == MONEY else None,
            "group": group,
        }
        if self.population:
            return Estimate(
                value=statistic.value,
                convention=f"{convention}; {self.design_words}",
                uncertainty=self._unsampled,
                n=int(np.count_nonzero(member)),
                **labels,
            )
        found = estimate(
            statistic,
            self.rows.design,
            convention=convention,
            confidence=self.confidence,
            member=None if member.all() else member,
            **labels,
        )
        # Influence values of every measure and group would hold the table's memory many times.
        return found.replace(influence=None)


def measured(
    speaker: Speaker, chosen: Sequence[NamedMeasure], *, must: bool
) -> tuple[list[Estimate], list[Skipped]]:
    """Return the measures over all rows and by group, and those that are not possible.

    Parameters
    ----------
    must : refuse, rather than skip, a measure that is not possible over all rows.
    """
    estimates: list[Estimate] = []
    skipped: list[Skipped] = []
    for group, member in domains(speaker.rows):
        sample = sample_of(speaker.rows, member)
        for measure in chosen:
            try:
                estimates.append(_one(speaker, measure, sample, group, member))
            except InputError as error:
                if must and group is None:
                    raise
                skipped.append(Skipped(measure.name, group, need_words(error)))
    return estimates, skipped


def need_words(error: InputError) -> str:
    """Return why a measure is not possible, without its name."""
    # "ge(1) needs incomes > 0" is a need that several measures share.
    return re.sub(r"^.*? needs", "needs", str(error))


def _one(
    speaker: Speaker,
    measure: NamedMeasure,
    sample: Sample,
    group: str | None,
    member: Bool[np.ndarray, " row"],
) -> Estimate:
    return speaker.estimate(
        measure.of(sample),
        member,
        measure=measure.name,
        unit=measure.unit,
        convention=measure.convention,
        group=group,
    )


def domains(rows: Rows) -> Iterator[tuple[str | None, Bool[np.ndarray, " row"]]]:
    """Yield all rows with an income, without a name, then each group of them with its name."""
    yield None, rows.has_income
    if rows.by is None:
        return
    for label in np.unique(rows.by):
        member = rows.has_income & (rows.by == label)
        if member.any():
            yield str(label), member


def sample_of(rows: Rows, member: Bool[np.ndarray, " row"]) -> Sample:
    """Return the incomes and weights of some rows."""
    return Sample.of(rows.income[member], None if rows.weight is None else rows.weight[member])


def parts(speaker: Speaker, names: Sequence[str], decompose: Decomposition) -> Iterator[Estimate]:
    """Yield the total and the parts of a decomposition by the groupings of the rows."""
    member = speaker.rows.has_income
    sample = sample_of(speaker.rows, member)
    levels = [labels[member] for labels in speaker.rows.groups]
    if decompose == "dagum":
        statistics = _dagum_parts(sample, levels[0])
        convention = f"Dagum's decomposition of the Gini by {names[0]}, overlap = transvariation"
    else:
        statistics = _entropy_parts(sample, levels, names, decompose)
        convention = f"decomposition of {decompose} by {', then '.join(names)}"
    for part, statistic in statistics:
        yield speaker.estimate(
            statistic,
            member,
            measure=f"{decompose} {part}",
            unit=INDEX_POINTS,
            convention=convention,
        )


def _dagum_parts(
    sample: Sample, groups: Shaped[np.ndarray, " row"]
) -> Iterator[tuple[str, Linearised]]:
    split = dagum(sample, groups)
    yield "total", split.total
    yield "within", split.within
    yield "net between", split.net_between
    yield "overlap", split.transvariation


def _entropy_parts(
    sample: Sample,
    levels: list[Shaped[np.ndarray, " row"]],
    names: Sequence[str],
    decompose: Decomposition,
) -> Iterator[tuple[str, Linearised]]:
    split = nested_entropy(sample, levels, alpha=_ALPHA[decompose])
    yield "total", split.total
    for name, between in zip(names, split.between, strict=True):
        yield f"between {name}", between
    yield "within", split.within


_ALPHA = {"theil": 1.0, "mld": 0.0}
