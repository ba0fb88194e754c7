"""The concentration index: whether access, use or benefit sits with the rich or the poor.

References
----------
[Kakwani-Wagstaff-van Doorslaer 1997] Socioeconomic inequalities in health: measurement,
computation, and statistical inference. Journal of Econometrics 77(1).
[Wagstaff 2005] The bounds of the concentration index when the variable of interest is binary,
with an application to immunization inequality. Health Economics 14(4).
[Erreygers 2009] Correcting the concentration index. Journal of Health Economics 28(2).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.core.errors import nearest_name
from gongfu.measure.divide.ranks import Ranks
from gongfu.measure.linearised import Linearised
from gongfu.measure.mean import mean
from gongfu.measure.sample import Sample

__all__ = [
    "CORRECTIONS",
    "ConcentrationCurve",
    "Correction",
    "concentration_curve",
    "concentration_index",
]

Correction = Literal["none", "generalised", "wagstaff", "erreygers"]
"""``none``: relative index. ``generalised``: times the mean. ``wagstaff`` and ``erreygers``: for a
variable between two bounds, where the relative index of access and of lack of access disagree."""

CORRECTIONS: tuple[Correction, ...] = get_args(Correction)


@dataclass(frozen=True, slots=True, eq=False)
class ConcentrationCurve:
    """Cumulative shares from the lowest rank to the highest, both from 0 to 1.

    Parameters
    ----------
    people : share of people up to each rank.
    outcome : share of the outcome they have. A curve below the diagonal favours the rich.
    """

    people: Float[np.ndarray, " point"]
    outcome: Float[np.ndarray, " point"]


def concentration_index(
    outcome: ArrayLike,
    rank_by: ArrayLike,
    weight: ArrayLike | None = None,
    *,
    correction: Correction = "none",
    bounds: tuple[float, float] | None = None,
) -> Linearised:
    """Return the concentration index of an outcome over the ranks of another variable.

    Parameters
    ----------
    outcome : access, use or benefit of each row, in any unit; its mean must be above zero.
    rank_by : what ranks the rows, such as income in currency per year; rows that tie share a rank.
    weight : people each row stands for, above zero; only relative size matters.
    correction : see ``Correction``.
    bounds : lowest and highest possible outcome, such as (0, 1) for a share; needed by
        ``wagstaff`` and ``erreygers``.

    Returns
    -------
    Linearised
        Above zero when those of higher rank have more; between -1 and 1 (``generalised``: in the
        unit of the outcome).

    Raises
    ------
    InputError
        If values are missing, lengths differ, the mean is not above zero, or the bounds are
        missing or do not hold.

    Notes
    -----
    With mid-interval ranks R, ``C = 2 sum(w h R) / sum(w h) - 1``
    [Kakwani-Wagstaff-van Doorslaer 1997]. Its influence, with H = sum(w h), W = sum(w) and A(k)
    the outcome of those who rank above k (half of those who tie)::

        2 h R / H + 2 A / (W H) - (1 + C) (1 / W + h / H)

    Corrections, for bounds a < b and mean m::

        wagstaff   (b - a) m / ((b - m) (m - a)) C
        erreygers  4 m / (b - a) C
    """
    rows, ranks = _checked(outcome, rank_by, weight, correction, bounds)
    relative = _relative(rows, ranks)
    if correction == "none":
        return relative
    average = mean(rows)
    if correction == "generalised":
        return average * relative
    low, high = bounds or (0.0, 1.0)
    if correction == "erreygers":
        return average * relative * (4.0 / (high - low))
    return average * relative * (high - low) / ((high - average) * (average - low))


def concentration_curve(
    outcome: ArrayLike, rank_by: ArrayLike, weight: ArrayLike | None = None
) -> ConcentrationCurve:
    """Return the concentration curve; rows that tie in rank are one step.

    Parameters
    ----------
    outcome, rank_by, weight : as for ``concentration_index``.

    Raises
    ------
    InputError
        As for ``concentration_index``.
    """
    rows, ranks = _checked(outcome, rank_by, weight, "none", None)
    people, held = ranks.sums(rows.weight), ranks.sums(rows.weight * rows.income)
    return ConcentrationCurve(
        np.concatenate([[0.0], np.cumsum(people) / people.sum()]),
        np.concatenate([[0.0], np.cumsum(held) / held.sum()]),
    )


def _relative(rows: Sample, ranks: Ranks) -> Linearised:
    held = rows.weight * rows.income
    total, people = float(held.sum()), rows.total_weight
    rank = ranks.below(rows.weight) / people
    index = 2.0 * float(np.sum(held * rank)) / total - 1.0
    influence = 2.0 * (rows.income * rank / total + ranks.above(held) / (people * total))
    influence -= (1.0 + index) * (1.0 / people + rows.income / total)
    return Linearised(index, influence)


def _checked(
    outcome: ArrayLike,
    rank_by: ArrayLike,
    weight: ArrayLike | None,
    correction: str,
    bounds: tuple[float, float] | None,
) -> tuple[Sample, Ranks]:
    rows = Sample.of(outcome, weight)
    order = np.asarray(rank_by, dtype=np.float64)
    problems = [*_problems(rows, order, correction, bounds)]
    if problems:
        raise InputError(problems)
    return rows, Ranks.of(order)


def _problems(
    rows: Sample, order: np.ndarray, correction: str, bounds: tuple[float, float] | None
) -> Iterator[Problem]:
    if order.shape != rows.income.shape:
        yield Problem(
            "there is not one ranking value per outcome",
            expected=f"{len(rows.income)} values",
            found=f"an array of shape {order.shape}",
        )
    elif not np.isfinite(order).all():
        count = int(np.count_nonzero(~np.isfinite(order)))
        yield Problem(
            f"{count} ranking values are missing or infinite", fix="Leave these rows out."
        )
    if rows.mean <= 0:
        yield Problem("a concentration index needs a mean above zero", found=f"{rows.mean:g}")
    if correction not in CORRECTIONS:
        yield Problem(
            f"no correction {correction!r}",
            expected=f"one of {', '.join(CORRECTIONS)}",
            fix=nearest_name(correction, CORRECTIONS),
        )
    if correction in ("wagstaff", "erreygers"):
        yield from _bound_problems(rows, correction, bounds)


def _bound_problems(
    rows: Sample, correction: str, bounds: tuple[float, float] | None
) -> Iterator[Problem]:
    if bounds is None or not bounds[0] < bounds[1]:
        yield Problem(
            f"the {correction} correction needs the lowest and highest possible outcome",
            expected="bounds such as (0, 1) or (0, 100)",
            found="none" if bounds is None else f"{bounds[0]:g} and {bounds[1]:g}",
        )
        return
    low, high = bounds
    outside = int(np.count_nonzero((rows.income < low) | (rows.income > high)))
    if outside:
        yield Problem(
            f"{outside} outcomes lie outside the bounds",
            expected=f"{low:g} to {high:g}",
            found=f"{rows.income.min():g} to {rows.income.max():g}",
            fix="A quantity without a highest value, such as lines per 100 people, has no "
            "bounds: use the relative index.",
        )
    elif correction == "wagstaff" and not low < rows.mean < high:
        yield Problem(
            "wagstaff's correction needs a mean inside the bounds", found=f"{rows.mean:g}"
        )
