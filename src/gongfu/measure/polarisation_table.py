"""Polarisation of a dataframe's rows: Wolfson, Duclos-Esteban-Ray and groups, with errors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from narwhals.typing import IntoFrame

from gongfu.core import Estimate, InputError, Microdata
from gongfu.measure.catalogue import named_measures
from gongfu.measure.design import Lonely
from gongfu.measure.estimate_table import EstimateTable
from gongfu.measure.named_measure import FROM_ZERO
from gongfu.measure.polarisation import esteban_ray
from gongfu.measure.table_estimates import Speaker, domains, measured, need_words, sample_of
from gongfu.measure.table_result import Skipped
from gongfu.measure.table_rows import Columns
from gongfu.measure.table_source import confidence_problems, missing_note, open_source

__all__ = ["polarisation"]


def polarisation(
    frame: IntoFrame | Microdata,
    income: str,
    *,
    groups: str | None = None,
    alpha: Sequence[float] = (0.5, 1.0),
    weight: str | None = None,
    strata: str | None = None,
    psu: str | None = None,
    by: str | None = None,
    confidence: float = 0.95,
    lonely: Lonely = "error",
    population: bool = False,
    unit: str | None = None,
    year: int | None = None,
    price_base: str | None = None,
) -> EstimateTable:
    """Return polarisation measures of an income column with standard errors and intervals.

    Parameters
    ----------
    frame, income, weight, strata, psu, by, confidence, lonely, population, unit, year, price_base :
        as for ``gongfu.inequality``.
    groups : column of groups that may stand apart; adds the index of Esteban and Ray.
    alpha : weights of identification, each from 0.25 to 1.

    Raises
    ------
    InputError
        With every problem of the columns, the weights of identification and the design.
    """
    problems = [*confidence_problems(confidence)]
    if problems:
        raise InputError(problems)
    chosen = named_measures(["wolfson", *(f"der({one:g})" for one in alpha)])
    columns = Columns(income, weight, strata, psu, by, () if groups is None else (groups,))
    source = open_source(frame, columns, population=population)
    speaker = source.speaker(
        confidence=confidence,
        lonely=lonely,
        population=population,
        unit=unit,
        year=year,
        price_base=price_base,
    )
    estimates, skipped = measured(speaker, chosen, must=True)
    if groups is not None:
        for found in _groups_apart(speaker, groups, alpha):
            if isinstance(found, Skipped):
                skipped.append(found)
            else:
                estimates.append(found)
    return EstimateTable(
        "Polarisation",
        income,
        speaker.design_words,
        tuple(sorted(estimates, key=lambda found: (found.group is not None, found.group or ""))),
        skipped=tuple(skipped),
        warnings=tuple(missing_note(speaker.rows, income)),
        backend=source.backend,
    )


def _groups_apart(
    speaker: Speaker, groups: str, alpha: Sequence[float]
) -> Iterator[Estimate | Skipped]:
    labels = speaker.rows.groups[0]
    for group, member in domains(speaker.rows):
        sample = sample_of(speaker.rows, member)
        for one in alpha:
            name = f"esteban-ray({one:g})"
            try:
                yield speaker.estimate(
                    esteban_ray(sample, groups=labels[member], alpha=one),
                    member,
                    measure=name,
                    unit=FROM_ZERO,
                    convention=f"groups of {groups}, means relative to the overall mean, K = 1",
                    group=group,
                )
            except InputError as error:
                if group is None:
                    raise
                yield Skipped(name, group, need_words(error))
