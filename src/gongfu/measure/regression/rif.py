"""Recentred influence functions: one value a row whose mean is the statistic.

References
----------
[Firpo-Fortin-Lemieux 2009] Unconditional quantile regressions. Econometrica 77(3).
[Firpo-Fortin-Lemieux 2018] Decomposing wage distributions using recentered influence function
regressions. Econometrics 6(2).
"""

from __future__ import annotations

import math
from functools import partial

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.measure.catalogue import named_measures
from gongfu.measure.linearised import Linearised, Measure
from gongfu.measure.sample import Incomes, Sample, require_positive

__all__ = ["RIF_MEASURES", "rif_measure", "rif_values", "variance"]

RIF_MEASURES = ("p10", "p50", "p90", "gini", "mld", "theil", "variance", "log variance")
"""Examples of names; every measure of the catalogue has a recentred influence function."""


def rif_values(
    measure: Measure, income: Incomes, weight: ArrayLike | None = None
) -> Float[np.ndarray, " row"]:
    """Return the recentred influence function of a measure at each row.

    Parameters
    ----------
    measure : function of incomes and weights, such as ``gini``, ``partial(quantile,
        probability=0.5)`` or what ``rif_measure`` returns.
    income : in the range the measure needs.
    weight : people each row stands for, above zero; only relative size matters.

    Notes
    -----
    ``RIF(y) = v + IF(y)`` with the weighted mean v [Firpo-Fortin-Lemieux 2009]. IF is the
    influence of ``Linearised`` times the sum of weights: the same values that errors are made of.
    """
    rows = Sample.of(income, weight)
    found = measure(rows, rows.weight)  # type: ignore[arg-type]
    values: Float[np.ndarray, " row"] = found.value + rows.total_weight * found.influence
    return values


def rif_measure(name: str) -> Measure:
    """Return a measure by name: ``variance``, ``log variance``, or one of the catalogue.

    Raises
    ------
    InputError
        If there is no such measure.
    """
    own: dict[str, Measure] = {
        "variance": variance,
        "log variance": partial(variance, in_logs=True),
    }
    if name in own:
        return own[name]
    chosen = named_measures([name])
    if not chosen:
        raise InputError(Problem(f"no measure {name!r}", expected=", ".join(RIF_MEASURES)))
    return lambda income, weight: chosen[0].of(Sample.of(income, weight))


def variance(
    income: Incomes, weight: ArrayLike | None = None, *, in_logs: bool = False
) -> Linearised:
    """Return the variance of income, or of its logarithm, in squared units.

    Parameters
    ----------
    income : currency per year; above zero with ``in_logs``.
    weight : people each row stands for, above zero; only relative size matters.

    Notes
    -----
    ``s = sum(w (y - m)**2) / W`` with influence ``((y - m)**2 - s) / W``.
    """
    rows = Sample.of(income, weight)
    if in_logs:
        require_positive(rows, "a variance of logs")
    values = np.log(rows.income) if in_logs else rows.income
    squares = (values - rows.average(values)) ** 2
    value = rows.average(squares)
    if not math.isfinite(value):
        raise InputError(Problem("the variance is not a finite number"))
    return Linearised(value, (squares - value) / rows.total_weight)
