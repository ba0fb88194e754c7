"""Several columns of the same sampled rows, with their design: what a decomposition needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Bool, Float, Shaped
from narwhals.typing import IntoFrame

from gongfu.core import Estimate, Evidence, InputError, Microdata, Problem, Uncertainty
from gongfu.measure.design import Lonely, SurveyDesign, estimate
from gongfu.measure.linearised import Linearised
from gongfu.measure.table_rows import Columns, read_rows
from gongfu.measure.table_source import design_columns, open_source

__all__ = ["Survey", "Wave", "read_survey"]


@dataclass(frozen=True, slots=True, eq=False)
class Wave:
    """Incomes of one sample and how it was drawn.

    Parameters
    ----------
    income : currency per year.
    design : of the same rows; its weights are the people each row stands for.
    """

    income: Float[np.ndarray, " row"]
    design: SurveyDesign

    @property
    def weight(self) -> Float[np.ndarray, " row"]:
        """People each row stands for."""
        return self.design.weight


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """Columns of sampled rows, complete in every row.

    Parameters
    ----------
    values : numbers by column.
    labels : group labels by column.
    design : how the rows were sampled.
    evidence : what the rows are.
    population : true when the rows are all there are: no sampling error.
    notes : what a reader must know, such as how many rows were left out.
    """

    values: Mapping[str, Float[np.ndarray, " row"]]
    labels: Mapping[str, Shaped[np.ndarray, " row"]]
    design: SurveyDesign
    evidence: Evidence
    population: bool = False
    notes: tuple[str, ...] = ()

    @property
    def weight(self) -> Float[np.ndarray, " row"]:
        """People each row stands for."""
        return self.design.weight

    @property
    def uncertainty(self) -> Uncertainty:
        """Which error the numbers have."""
        if not self.population:
            return Uncertainty.SAMPLING
        is_simulated = self.evidence is Evidence.SIMULATED
        return Uncertainty.UNKNOWN if is_simulated else Uncertainty.NOT_PUBLISHED

    @property
    def words(self) -> str:
        """How the rows were sampled."""
        return "all rows there are" if self.population else self.design.words

    def where(self, member: Bool[np.ndarray, " row"]) -> Survey:
        """Return the survey of some rows."""
        return Survey(
            {name: column[member] for name, column in self.values.items()},
            {name: column[member] for name, column in self.labels.items()},
            _design_of(self.design, member),
            self.evidence,
            self.population,
            self.notes,
        )

    def member(self, column: str, label: object) -> Bool[np.ndarray, " row"]:
        """Return which rows have a label; ``2018`` is also found where a file says ``2018.0``.

        Raises
        ------
        InputError
            If there is no such row.
        """
        labels = self.labels[column]
        present = np.unique(labels)
        wanted = [one for one in present if _plain(str(one)) == _plain(str(label))]
        if not wanted:
            known = ", ".join(_plain(str(one)) for one in present[:20])
            raise InputError(
                Problem(f"no rows of {label!s}", expected=f"one of {known}", column=column)
            )
        found: Bool[np.ndarray, " row"] = np.isin(labels, wanted)
        return found

    def wave(self, income: str, column: str, label: object) -> Wave:
        """Return the incomes of the rows with a label, such as a year.

        Raises
        ------
        InputError
            If there is no such row.
        """
        rows = self.where(self.member(column, label))
        return Wave(rows.values[income], rows.design)

    def estimate(
        self, statistic: Linearised, *, confidence: float = 0.95, **labels: Any
    ) -> Estimate:
        """Return a statistic of all rows with its error, or without one for a population."""
        if self.population:
            return Estimate(
                value=statistic.value, evidence=self.evidence, uncertainty=self.uncertainty,
                n=len(self.weight), **labels,
            )  # fmt: skip
        found = estimate(
            statistic, self.design, confidence=confidence, evidence=self.evidence, **labels
        )
        return found.replace(influence=None)


def read_survey(
    frame: IntoFrame | Microdata,
    values: Sequence[str],
    *,
    labels: Sequence[str] = (),
    weight: str | None = None,
    strata: str | None = None,
    psu: str | None = None,
    lonely: Lonely = "error",
    population: bool = False,
) -> Survey:
    """Return columns of a frame; rows that lack one of the values are left out and counted.

    Parameters
    ----------
    frame : pandas, Polars, Arrow or any frame narwhals reads, or ``Microdata``.
    values, labels : columns of numbers and of groups; at least one of numbers.
    weight, strata, psu, lonely : the sampling design.
    population : true when the rows are all there are.

    Raises
    ------
    InputError
        With every faulty column and cell.
    """
    numbers, groups = list(dict.fromkeys(values)), list(dict.fromkeys(labels))
    design = design_columns(frame, Columns(numbers[0], weight, strata, psu))
    everything = Columns(
        numbers[0], design.weight, design.strata, design.psu, None, (*numbers[1:], *groups)
    )
    source = open_source(frame, everything, population=population)
    of_labels = Columns(numbers[0], design.weight, design.strata, design.psu, None, tuple(groups))
    first = read_rows(source.table, of_labels, lonely)
    columns = {numbers[0]: first.income}
    for name in numbers[1:]:
        columns[name] = read_rows(source.table, Columns(name), lonely).income
    found = Survey(
        columns, dict(zip(groups, first.groups, strict=True)), first.design, source.evidence,
        population,
    )  # fmt: skip
    return _complete(found)


def _complete(survey: Survey) -> Survey:
    known = np.all([~np.isnan(column) for column in survey.values.values()], axis=0)
    if known.all():
        return survey
    notes = tuple(_missing(known, list(survey.values)))
    if not known.any():
        raise InputError(Problem("no row has all of the columns", found=", ".join(survey.values)))
    rows = survey.where(known)
    return Survey(rows.values, rows.labels, rows.design, rows.evidence, rows.population, notes)


def _missing(known: Bool[np.ndarray, " row"], names: Sequence[str]) -> Iterator[str]:
    yield (
        f"{np.count_nonzero(~known)} of {len(known)} rows lack one of {', '.join(names)} and are "
        "left out; if they differ from the others, the estimates are biased."
    )


def _design_of(design: SurveyDesign, member: Bool[np.ndarray, " row"]) -> SurveyDesign:
    def some(
        values: Shaped[np.ndarray, " row"] | None,
    ) -> Shaped[np.ndarray, " some_row"] | None:
        return None if values is None else values[member]

    return SurveyDesign(design.weight[member], some(design.strata), some(design.psu), design.lonely)


def _plain(label: str) -> str:
    """Return a whole number without the zeros that some files give it."""
    return label[:-2] if re.fullmatch(r"-?\d+\.0", label) else label
