"""Multidimensional poverty of a dataframe's rows: by group, by indicator and over cut-offs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import polars as pl
from jaxtyping import Bool, Float
from narwhals.typing import IntoFrame

from gongfu.core import InputError, Microdata, Problem
from gongfu.core.deprivations import DeprivationSpec
from gongfu.measure.design import Lonely
from gongfu.measure.poverty.alkire_foster import deprivation_scores
from gongfu.measure.poverty.deprivation_counts import Counting
from gongfu.measure.poverty.deprivation_result import DeprivationTable
from gongfu.measure.poverty.deprived import deprived_rows
from gongfu.measure.table_rows import Columns
from gongfu.measure.table_source import confidence_problems, open_source

__all__ = ["deprivation"]

_MOST_CUTOFFS = 10
"""Cut-offs tried at most when none are given."""

_SCORE = "deprivation score"


def deprivation(
    frame: IntoFrame | Microdata,
    spec: DeprivationSpec,
    *,
    weight: str | None = None,
    strata: str | None = None,
    psu: str | None = None,
    by: str | None = None,
    k: float | None = None,
    cutoffs: Sequence[float] | None = None,
    confidence: float = 0.95,
    lonely: Lonely = "error",
    population: bool = False,
    year: int | None = None,
) -> DeprivationTable:
    """Return Alkire-Foster poverty of a table's rows with standard errors and intervals.

    Parameters
    ----------
    frame, weight, strata, psu, confidence, lonely, population, year : as for
        ``gongfu.inequality``.
    spec : indicators and cut-offs, as ``gongfu.data.deprivation_file.read_deprivations`` reads.
    by : column whose groups get their own estimates and their share in M0.
    k : poverty cut-off instead of that of ``spec``.
    cutoffs : other values of k to try; by default the scores that occur, or ten evenly spaced
        values if more than ten occur.

    Raises
    ------
    InputError
        With every problem of the columns, the cut-offs and the design.
    """
    chosen = spec.k if k is None else k
    _check_arguments(chosen, cutoffs or (), confidence)
    first, *others = spec.columns
    asked = Columns(first, weight, strata, psu, by, tuple(others))
    source = open_source(frame, asked, population=population)
    deprived, known = deprived_rows(source.table, spec)
    if not known.all(axis=1).any():
        raise InputError(
            Problem(
                "no row has a value in every indicator",
                expected=", ".join(spec.columns),
                fix="Leave out the indicator that is missing most often.",
            )
        )
    shares = np.array([one.weight for one in spec.indicators])
    score = np.where(known.all(axis=1), deprivation_scores(deprived, shares), np.nan)
    columns = replace(source.columns, income=_SCORE, groups=())
    counted = source.table.with_columns(pl.Series(_SCORE, score))
    speaker = replace(source, table=counted, columns=columns).speaker(
        confidence=confidence,
        lonely=lonely,
        population=population,
        unit=None,
        year=year,
        price_base=None,
    )
    counting = Counting(speaker, spec, deprived, shares)
    found = counting.at(chosen)
    tried = sorted({*(_tried(score) if cutoffs is None else cutoffs), chosen})
    return DeprivationTable(
        spec,
        chosen,
        speaker.design_words,
        tuple(found.estimates),
        tuple(counting.indicators(found)),
        tuple(counting.groups(found)),
        tuple((value, tuple(counting.at(value).estimates)) for value in tried),
        counting.robust(found, [counting.at(value) for value in tried]),
        tuple(found.skipped),
        tuple(_notes(spec, known)),
        source.backend,
    )


def _check_arguments(k: float, cutoffs: Sequence[float], confidence: float) -> None:
    problems = [*confidence_problems(confidence)]
    problems += [
        Problem("a poverty cut-off k lies above 0 and is at most 1", found=f"{value:g}")
        for value in (k, *cutoffs)
        if not 0 < value <= 1
    ]
    if problems:
        raise InputError(problems)


def _tried(score: Float[np.ndarray, " row"]) -> list[float]:
    occurring = np.unique(np.round(score[np.nan_to_num(score) > 0], 9))
    if len(occurring) <= _MOST_CUTOFFS:
        return [min(float(value), 1.0) for value in occurring]
    return [(i + 1) / _MOST_CUTOFFS for i in range(_MOST_CUTOFFS)]


def _notes(spec: DeprivationSpec, known: Bool[np.ndarray, "row indicator"]) -> Iterator[str]:
    missing = int(np.count_nonzero(~known.all(axis=1)))
    if missing:
        worst = int(known.sum(axis=0).argmin())
        yield (
            f"{missing} of {len(known)} rows lack an indicator and are left out "
            f"({spec.indicators[worst].name} most often, in {int((~known[:, worst]).sum())}); "
            "if they differ from the others, the estimates are biased."
        )
