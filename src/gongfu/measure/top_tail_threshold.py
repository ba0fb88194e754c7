"""Where a Pareto tail begins: the threshold beyond which the tail looks most like Pareto's.

References
----------
[Clauset-Shalizi-Newman 2009] Power-law distributions in empirical data. SIAM Review 51(4).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.measure.quantiles import quantile_value
from gongfu.measure.sample import Incomes, Sample

__all__ = ["TailThreshold", "tail_threshold"]


@dataclass(frozen=True, slots=True)
class TailThreshold:
    """A threshold and how well a Pareto tail fits beyond it.

    Parameters
    ----------
    threshold : currency.
    distance : largest gap between the shares of people above each income in the tail and those of
        the Pareto tail with its index (Kolmogorov-Smirnov), 0-1.
    rows : above the threshold.
    """

    threshold: float
    distance: float
    rows: int


def tail_threshold(
    income: Incomes,
    weight: ArrayLike | None = None,
    *,
    least: int = 50,
    candidates: int = 200,
) -> TailThreshold:
    """Return the threshold above the median beyond which incomes are nearest to a Pareto tail.

    Parameters
    ----------
    income : currency per year, above 0 in the upper half.
    weight : people each row stands for, above zero; only relative size matters.
    least : rows that must remain above the threshold.
    candidates : thresholds tried, evenly spread over the rows of the upper half.

    Raises
    ------
    InputError
        If no more than ``least`` rows lie above the median, or the median is not above zero.

    Notes
    -----
    The candidate with the least Kolmogorov-Smirnov distance to the Pareto tail of its own maximum
    likelihood [Clauset-Shalizi-Newman 2009]. Errors computed afterwards hold the choice fixed: they
    are too small by what the choice itself varies.
    """
    rows = Sample.of(income, weight)
    middle = quantile_value(rows, 0.5)
    upper = np.flatnonzero(rows.sorted_income > middle)
    if not (middle > 0 and len(upper) > least):
        raise InputError(
            Problem(
                "the threshold of a tail needs incomes above zero and more rows above the median",
                expected=f"more than {least} rows",
                found=f"{len(upper)} rows above {middle:g}",
                fix="Give the threshold or the top share yourself.",
            )
        )
    incomes, weights = rows.sorted_income[upper], _sorted_weights(rows)[upper]
    places = np.linspace(0, len(upper) - least - 1, candidates).astype(np.intp)
    tried = [_fit(incomes, weights, float(t)) for t in np.unique(incomes[np.unique(places)])]
    fits = [fit for fit in tried if fit.rows >= least]
    if not fits:
        raise InputError(
            Problem("incomes are too heaped above the median to find the threshold of a tail")
        )
    return min(fits, key=lambda fit: fit.distance)


def _sorted_weights(rows: Sample) -> Float[np.ndarray, " row"]:
    return rows.weight if rows.has_equal_weights else rows.weight[rows.order]


def _fit(
    incomes: Float[np.ndarray, " row"], weights: Float[np.ndarray, " row"], threshold: float
) -> TailThreshold:
    first = int(np.searchsorted(incomes, threshold, side="right"))
    log_excess, weight = np.log(incomes[first:] / threshold), weights[first:]
    if len(log_excess) < 2 or not log_excess[-1] > 0:
        return TailThreshold(threshold, 1.0, 0)
    total = float(weight.sum())
    index = total / float(np.einsum("i,i->", weight, log_excess))
    model = -np.expm1(-index * log_excess)
    reached = np.cumsum(weight) / total
    below = reached - weight / total
    distance = float(max(np.abs(reached - model).max(), np.abs(below - model).max()))
    return TailThreshold(threshold, distance, len(log_excess))
