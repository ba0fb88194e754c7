"""Polarisation: a vanishing middle (Wolfson), groups apart (Esteban-Ray) and the density itself.

References
----------
[Wolfson 1994] When inequalities diverge. American Economic Review 84(2).
[Esteban-Ray 1994] On the measurement of polarization. Econometrica 62(4).
[Duclos-Esteban-Ray 2004] Polarization: concepts, measurement, estimation. Econometrica 72(6).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.measure.gini import gini
from gongfu.measure.grouping import group_rows
from gongfu.measure.linearised import Linearised
from gongfu.measure.lorenz import lorenz
from gongfu.measure.mean import mean
from gongfu.measure.quantiles import quantile
from gongfu.measure.sample import Incomes, Sample, require_not_negative

__all__ = ["esteban_ray", "no_median", "wolfson"]


def wolfson(income: Incomes, weight: ArrayLike | None = None) -> Linearised:
    """Return Wolfson's index of polarisation, 0 when all have the same; higher, less of a middle.

    Parameters
    ----------
    income : currency per year, at least 0, with a median above 0.
    weight : people each row stands for, above zero; only relative size matters.

    Raises
    ------
    InputError
        If an income is below zero or the median is zero.

    Notes
    -----
    ``P = 4 (mean / median) (1/2 - L(1/2) - G/2)`` with the Lorenz ordinate of the poorer half and
    the Gini [Wolfson 1994]; 1 when one half has nothing and the other shares all equally. Some
    tools leave out the factor 4 or divide it by two. Influence by the product rule; that of the
    median carries its density.
    """
    rows = Sample.of(income, weight)
    require_not_negative(rows, "wolfson")
    middle = quantile(rows, probability=0.5)
    if not middle.value > 0:
        raise no_median(middle.value)
    spread = 0.5 - lorenz(rows, share=0.5) - 0.5 * gini(rows)
    return 4.0 * (mean(rows) / middle) * spread


def no_median(found: float) -> InputError:
    """Return the refusal of a median of zero or less."""
    return InputError(Problem("wolfson needs a median above zero", found=f"{found:g}"))


def esteban_ray(
    income: Incomes,
    weight: ArrayLike | None = None,
    *,
    groups: Sequence[Any] | np.ndarray,
    alpha: float,
) -> Linearised:
    """Return the polarisation of groups after Esteban and Ray, 0 when all means are equal.

    Parameters
    ----------
    income : currency per year; the mean must be above zero.
    weight : people each row stands for, above zero; only relative size matters.
    groups : label of each row's group.
    alpha : weight of identification with the own group, from 0 (twice the Gini between groups) to
        1.6, the range of [Esteban-Ray 1994].

    Raises
    ------
    InputError
        If ``alpha`` is out of range, the mean is not above zero or a row has no group.

    Notes
    -----
    With shares of people p and group means m relative to the overall mean::

        ER = sum over i, j of p[i]**(1 + alpha) p[j] |m[i] - m[j]|

    The constant K of [Esteban-Ray 1994] is 1. Influence by the chain rule through shares and means.
    """
    rows = Sample.of(income, weight)
    _check(rows, alpha)
    grouping = group_rows(groups, len(rows.income))
    code, count = grouping.code, len(grouping.names)
    people = np.bincount(code, rows.weight, minlength=count)
    share = people / rows.total_weight
    centre = np.bincount(code, rows.weight * rows.income, minlength=count) / people / rows.mean
    value, by_share, by_centre = _pairs(share, centre, alpha)
    # d share[g] / d w = (1(g) - share) / W;  d centre[g] / d w = 1(g) (r - centre) / people
    # from the group's mean, and - centre (r - 1) / W from the overall mean.
    influence = by_share[code] - float(share @ by_share)
    influence += by_centre[code] * (rows.relative - centre[code]) / share[code]
    influence -= float(centre @ by_centre) * (rows.relative - 1.0)
    return Linearised(value, influence / rows.total_weight)


def _pairs(
    share: Float[np.ndarray, " group"], centre: Float[np.ndarray, " group"], alpha: float
) -> tuple[float, Float[np.ndarray, " group"], Float[np.ndarray, " group"]]:
    """Return the index and its derivatives with respect to shares and relative means."""
    identified = share ** (1 + alpha)
    apart = np.abs(centre[:, None] - centre)
    side = np.sign(centre[:, None] - centre)
    alienated = apart @ share
    by_share = (1 + alpha) * share**alpha * alienated + apart @ identified
    by_centre = identified * (side @ share) + share * (side @ identified)
    return float(identified @ alienated), by_share, by_centre


def _check(rows: Sample, alpha: float) -> None:
    problems = []
    if not 0 <= alpha <= 1.6:
        problems.append(Problem("esteban-ray needs alpha between 0 and 1.6", found=f"{alpha:g}"))
    if not rows.mean > 0:
        problems.append(
            Problem("esteban-ray needs a mean income above zero", found=f"{rows.mean:g}")
        )
    if problems:
        raise InputError(problems)
