"""The top of the distribution: Pareto's tail index, mean excess and the inverted coefficient.

References
----------
[Hill 1975] A simple general approach to inference about the tail of a distribution. Annals of
Statistics 3(5).
[Atkinson-Piketty-Saez 2011] Top incomes in the long run of history. Journal of Economic Literature
49(1).
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Bool, Float
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.measure.linearised import Linearised
from gongfu.measure.quantiles import quantile
from gongfu.measure.sample import Incomes, Sample

__all__ = ["hill", "inverted_pareto", "mean_excess", "tail_share"]


def hill(
    income: Incomes,
    weight: ArrayLike | None = None,
    *,
    top: float | None = None,
    threshold: float | None = None,
) -> Linearised:
    """Return Pareto's tail index of the top incomes; lower means a heavier tail.

    Parameters
    ----------
    income : currency per year.
    weight : people each row stands for, above zero; only relative size matters.
    top : share of people in the tail, between 0 and 1: the threshold is then a quantile, estimated.
    threshold : amount in the currency of ``income`` where the tail begins, above 0. Give this or
        ``top``.

    Raises
    ------
    InputError
        If not exactly one of the two is given or it is out of range, or fewer than two rows or only
        incomes equal to one another lie above the threshold.

    Notes
    -----
    Maximum likelihood for a Pareto tail beyond u, rows weighted [Hill 1975]::

        a = 1 / average(log(y / u) | y > u)

    With k rows of equal weight the standard error is near ``a / sqrt(k)`` if the tail is Pareto's;
    here it follows from the influence values, Pareto or not. A threshold from ``top`` adds the
    influence of the quantile, ``-d log u`` to the average.
    """
    rows = Sample.of(income, weight)
    border = _border(rows, top, threshold)
    if not border.value > 0:
        raise InputError(Problem("hill needs a threshold above 0", found=f"{border.value:g}"))
    above = _above(rows, border.value, "hill")
    log_excess = np.zeros(len(above))
    log_excess[above] = np.log(rows.income[above] / border.value)
    inverse = _tail_mean(rows, border, above, log_excess, slope=-1.0 / border.value)
    return inverse.changed(1.0 / inverse.value, -1.0 / inverse.value**2)


def mean_excess(
    income: Incomes,
    weight: ArrayLike | None = None,
    *,
    top: float | None = None,
    threshold: float | None = None,
) -> Linearised:
    """Return how far people above a threshold lie above it on average, in currency.

    Parameters
    ----------
    income, weight, top, threshold : as for ``hill``; the threshold may be any amount.

    Raises
    ------
    InputError
        If not exactly one of the two is given or fewer than two rows lie above the threshold.

    Notes
    -----
    ``e(u) = average(y - u | y > u)``: a line through 0 with slope ``1 / (a - 1)`` where the
    tail is Pareto's with index a above 1; falling where it is lighter than exponential.
    """
    rows = Sample.of(income, weight)
    border = _border(rows, top, threshold)
    above = _above(rows, border.value, "mean excess")
    excess = np.maximum(rows.income - border.value, 0.0)
    return _tail_mean(rows, border, above, excess, slope=-1.0)


def inverted_pareto(
    income: Incomes,
    weight: ArrayLike | None = None,
    *,
    top: float | None = None,
    threshold: float | None = None,
) -> Linearised:
    """Return mean income above a threshold over that threshold; higher means a heavier tail.

    Parameters
    ----------
    income, weight, top, threshold : as for ``hill``.

    Raises
    ------
    InputError
        As for ``hill``.

    Notes
    -----
    ``b(u) = 1 + e(u) / u``, the same at every u and equal to ``a / (a - 1)`` where the tail is
    Pareto's with index a above 1 [Atkinson-Piketty-Saez 2011].
    """
    rows = Sample.of(income, weight)
    border = _border(rows, top, threshold)
    if not border.value > 0:
        raise InputError(
            Problem("inverted pareto needs a threshold above 0", found=f"{border.value:g}")
        )
    return 1.0 + mean_excess(rows, top=top, threshold=threshold) / border


def tail_share(income: Incomes, weight: ArrayLike | None = None, *, threshold: float) -> Linearised:
    """Return the share of people (0-1) above an amount."""
    rows = Sample.of(income, weight)
    above = (rows.income > threshold).astype(np.float64)
    value = rows.average(above)
    return Linearised(value, (above - value) / rows.total_weight)


def _border(rows: Sample, top: float | None, threshold: float | None) -> Linearised:
    if (top is None) == (threshold is None):
        raise InputError(
            Problem("the tail begins at a threshold or holds a top share: give one of the two")
        )
    if threshold is not None:
        return Linearised(threshold, np.zeros(len(rows.income)))
    if top is None or not 0 < top < 1:
        raise InputError(Problem("a top share lies between 0 and 1", found=f"{top}"))
    return quantile(rows, probability=1.0 - top)


def _above(rows: Sample, border: float, measure: str) -> Bool[np.ndarray, " row"]:
    above: Bool[np.ndarray, " row"] = rows.income > border
    count = int(np.count_nonzero(above))
    if count < 2 or rows.income[above].max() == rows.income[above].min():
        raise InputError(
            Problem(
                f"{measure} needs two or more different incomes above the threshold",
                found=f"{count} rows above {border:g}",
                fix="Lower the threshold.",
            )
        )
    return above


def _tail_mean(
    rows: Sample,
    border: Linearised,
    above: Bool[np.ndarray, " row"],
    excess: Float[np.ndarray, " row"],
    *,
    slope: float,
) -> Linearised:
    """Return the mean excess over the tail; ``slope`` is that of one person's in the border."""
    people = rows.average(above.astype(np.float64))
    value = rows.average(excess) / people
    if border.influence.any():
        # The share of people above an estimated quantile is given, so only the excess varies.
        own = (excess - value * people) / (people * rows.total_weight)
        return Linearised(value, own + slope * border.influence)
    return Linearised(value, (excess - value * above) / (people * rows.total_weight))
