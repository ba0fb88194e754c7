"""The top tail of rows: Pareto index, mean excess, top share and the data of a tail plot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from jaxtyping import Bool
from narwhals.typing import IntoFrame

from gongfu.core import Estimate, InputError, Microdata, Problem
from gongfu.measure.catalogue import named_measures
from gongfu.measure.catalogue_families import TAIL_KINDS, tail_measure
from gongfu.measure.design import Lonely
from gongfu.measure.estimate_table import EstimateTable
from gongfu.measure.linearised import Linearised
from gongfu.measure.named_measure import MONEY, SHARE, NamedMeasure
from gongfu.measure.quantiles import quantile
from gongfu.measure.sample import Sample
from gongfu.measure.table_estimates import Speaker, measured, need_words, sample_of
from gongfu.measure.table_result import Skipped
from gongfu.measure.table_rows import Columns
from gongfu.measure.table_source import confidence_problems, missing_note, open_source
from gongfu.measure.top_tail import tail_share
from gongfu.measure.top_tail_threshold import tail_threshold

__all__ = ["top_tail"]

PLOTTED = (30.0, 25.0, 20.0, 15.0, 12.5, 10.0, 7.5, 5.0, 4.0, 3.0, 2.0, 1.5, 1.0, 0.75, 0.5)
"""Top shares in per cent at which a tail plot is drawn, as far as the rows reach."""


def top_tail(
    frame: IntoFrame | Microdata,
    income: str,
    *,
    top: float | None = None,
    threshold: float | None = None,
    weight: str | None = None,
    strata: str | None = None,
    psu: str | None = None,
    by: str | None = None,
    plotted: Sequence[float] = PLOTTED,
    confidence: float = 0.95,
    lonely: Lonely = "error",
    population: bool = False,
    unit: str | None = None,
    year: int | None = None,
    price_base: str | None = None,
) -> EstimateTable:
    """Return measures of the top incomes with standard errors and intervals.

    Parameters
    ----------
    frame, income, weight, strata, psu, by, confidence, lonely, population, unit, year, price_base :
        as for ``gongfu.inequality``.
    top : per cent of people in the tail, such as 5.
    threshold : amount from which the tail begins. With neither, the threshold beyond which incomes
        are nearest to a Pareto tail is looked for among all rows (and said in the warnings).
    plotted : top shares in per cent whose tail index and mean excess are the ``parts`` of the
        table: the data of a tail plot. Those the rows do not reach are left out.

    Raises
    ------
    InputError
        With every problem of the columns, the tail and the design.
    """
    _check(top, threshold, confidence)
    source = open_source(frame, Columns(income, weight, strata, psu, by), population=population)
    speaker = source.speaker(
        confidence=confidence,
        lonely=lonely,
        population=population,
        unit=unit,
        year=year,
        price_base=price_base,
    )
    everybody = speaker.rows.has_income
    sample = sample_of(speaker.rows, everybody)
    notes = [*missing_note(speaker.rows, income)]
    if top is None and threshold is None:
        threshold, note = _looked_for(sample)
        notes.append(note)
    border, bound = _border(speaker, sample, everybody, top, threshold)
    estimates, skipped = measured(speaker, bound, must=True)
    return EstimateTable(
        "Top tail",
        income,
        speaker.design_words,
        (*border, *estimates),
        tuple(_plot(speaker, sample, everybody, plotted)),
        tuple(skipped),
        tuple(notes),
        source.backend,
    )


def _check(top: float | None, threshold: float | None, confidence: float) -> None:
    problems = [*confidence_problems(confidence)]
    if top is not None and threshold is not None:
        problems.append(Problem("the tail has a top share or a threshold, not both"))
    if top is not None and not 0 < top < 100:
        problems.append(Problem("a top share lies between 0 and 100 per cent", found=f"{top:g}"))
    if threshold is not None and not threshold > 0:
        problems.append(Problem("the threshold of a tail must be above 0", found=f"{threshold:g}"))
    if problems:
        raise InputError(problems)


def _looked_for(sample: Sample) -> tuple[float, str]:
    found = tail_threshold(sample)
    return found.threshold, (
        f"the threshold {found.threshold:,.10g} was looked for: of the thresholds above the "
        f"median, the {found.rows} incomes beyond it are nearest to a Pareto tail (largest gap "
        f"{found.distance:.3f}). The errors hold it fixed, so they are too small."
    )


def _border(
    speaker: Speaker,
    sample: Sample,
    everybody: Bool[np.ndarray, " row"],
    top: float | None,
    threshold: float | None,
) -> tuple[list[Estimate], list[NamedMeasure]]:
    """Return where the tail begins or how many people it holds, and its measures."""
    if top is not None:
        place = quantile(sample, probability=1 - top / 100)
        words = "inverse of the weighted distribution function"
        shown = speaker.estimate(
            place, everybody, measure=f"threshold({top:g})", unit=MONEY, convention=words
        )
        kinds = [tail_measure(kind, top=top) for kind in TAIL_KINDS]
        return [shown], [*named_measures([f"share({100 - top:.10g},100)"]), *kinds]
    amount = 0.0 if threshold is None else threshold
    people = speaker.estimate(
        tail_share(sample, threshold=amount),
        everybody,
        measure=f"people(>{amount:.10g})",
        unit=SHARE,
        convention="share of people above the threshold",
    )
    held = speaker.estimate(
        _income_share(sample, amount),
        everybody,
        measure=f"income(>{amount:.10g})",
        unit=SHARE,
        convention="share of all income held by people above the threshold",
    )
    return [people, held], [tail_measure(kind, threshold=amount) for kind in TAIL_KINDS]


def _income_share(sample: Sample, threshold: float) -> Linearised:
    above = sample.relative * (sample.income > threshold)
    value = sample.average(above)
    return Linearised(value, (above - value * sample.relative) / sample.total_weight)


def _plot(
    speaker: Speaker,
    sample: Sample,
    everybody: Bool[np.ndarray, " row"],
    plotted: Sequence[float],
) -> Iterator[Estimate]:
    for top in plotted:
        kinds = (tail_measure(kind, top=top) for kind in ("hill", "mean-excess"))
        for measure in (*kinds, *named_measures([f"p{100 - top:.10g}"])):
            found = _point(speaker, measure, sample, everybody)
            if isinstance(found, Estimate):
                yield found


def _point(
    speaker: Speaker, measure: NamedMeasure, sample: Sample, everybody: Bool[np.ndarray, " row"]
) -> Estimate | Skipped:
    try:
        return speaker.estimate(
            measure.of(sample),
            everybody,
            measure=measure.name,
            unit=measure.unit,
            convention=measure.convention,
        )
    except InputError as error:
        return Skipped(measure.name, None, need_words(error))
