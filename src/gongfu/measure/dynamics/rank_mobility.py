"""Mobility of persons or regions between two dates: rank slope and income elasticity, with errors.

References
----------
[Dahl-DeLeire 2008] The association between children's earnings and fathers' lifetime earnings:
estimates using administrative data. Institute for Research on Poverty, discussion paper 1342-08.
[Chetty et al. 2014] Where is the land of opportunity? The geography of intergenerational mobility
in the United States. Quarterly Journal of Economics 129(4).
[Chetverikov-Wilhelm 2023] Inference for rank-rank regressions. arXiv 2310.15512: why ranks are not
to be taken as given.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.measure.linearised import Linearised
from gongfu.measure.sample import Sample, require_positive

__all__ = ["income_elasticity", "mid_ranks", "rank_slope"]


def rank_slope(
    origin: ArrayLike, destination: ArrayLike, weight: ArrayLike | None = None
) -> Linearised:
    """Return the slope of the rank at the end on the rank at the start: 1 no mobility, 0 full.

    Parameters
    ----------
    origin, destination : income of the same rows at two dates (or of parent and child); any sign.
    weight : people each row stands for.

    Raises
    ------
    InputError
        If a value is missing, lengths differ, or all have the same origin.

    Notes
    -----
    Weighted mid-ranks in (0, 1), least squares [Dahl-DeLeire 2008; Chetty et al. 2014]. Ranks are
    estimated too: adding a row moves the rank of every other one. The influence carries both
    dates' ranks along, so that errors need no further correction [Chetverikov-Wilhelm 2023].
    """
    start, end = _pairs(origin, destination, weight)
    x, y = mid_ranks(start), mid_ranks(end)
    dx, dy = x - start.average(x), y - start.average(y)
    spread = start.average(dx**2)
    if spread == 0:
        raise InputError(Problem("a rank slope needs origins that differ"))
    slope = start.average(dx * dy) / spread
    residual = dy - slope * dx
    # The row itself, what it does to the ranks at the start, and to those at the end.
    moved = dx * residual
    moved += _moved_ranks(start, residual - slope * dx)
    moved += _moved_ranks(end, dx)
    return Linearised(slope, moved / (spread * start.total_weight))


def income_elasticity(
    origin: ArrayLike, destination: ArrayLike, weight: ArrayLike | None = None
) -> Linearised:
    """Return the slope of log income at the end on log income at the start (IGE for generations).

    Parameters
    ----------
    origin, destination : income of the same rows, above zero.
    weight : people each row stands for.

    Raises
    ------
    InputError
        If an income is not above zero, lengths differ, or all have the same origin.

    Notes
    -----
    Influence ``(x - mean x) residual / (variance of x * W)``, the residual taken around the fitted
    line: with a survey design this is the robust (sandwich) error.
    """
    start, end = _pairs(origin, destination, weight)
    require_positive(start, "income_elasticity")
    require_positive(end, "income_elasticity")
    x, y = np.log(start.income), np.log(end.income)
    dx, dy = x - start.average(x), y - start.average(y)
    spread = start.average(dx**2)
    if spread == 0:
        raise InputError(Problem("an elasticity needs origins that differ"))
    slope = start.average(dx * dy) / spread
    return Linearised(slope, dx * (dy - slope * dx) / (spread * start.total_weight))


def mid_ranks(rows: Sample) -> Float[np.ndarray, " row"]:
    """Return the share of people below each row plus half of those level with it."""
    order, first, last = _ties(rows)
    cumulative = np.concatenate([[0.0], np.cumsum(rows.weight[order])])
    out = np.empty(len(order))
    out[order] = (cumulative[first] + cumulative[last]) / (2 * rows.total_weight)
    return out


def _moved_ranks(rows: Sample, pull: Float[np.ndarray, " row"]) -> Float[np.ndarray, " row"]:
    """Return ``sum_i w_i pull_i d rank_i / d w_k`` times W, for each row k; the pull averages 0."""
    # d rank_i / d w_k = (1[k below i] + 1[level] / 2 - rank_i) / W
    order, first, last = _ties(rows)
    weighted = rows.weight * pull
    cumulative = np.concatenate([[0.0], np.cumsum(weighted[order])])
    above = np.empty(len(order))
    above[order] = cumulative[-1] - (cumulative[first] + cumulative[last]) / 2
    moved: Float[np.ndarray, " row"] = above - float(weighted @ mid_ranks(rows))
    return moved / rows.total_weight


def _ties(rows: Sample) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the order of the rows and where in it the group of equal incomes starts and ends."""
    order = rows.order
    ordered = rows.income[order]
    return (
        order,
        np.searchsorted(ordered, ordered, side="left"),
        np.searchsorted(ordered, ordered, side="right"),
    )


def _pairs(
    origin: ArrayLike, destination: ArrayLike, weight: ArrayLike | None
) -> tuple[Sample, Sample]:
    start = Sample.of(origin, weight)
    end = Sample.of(destination, weight)
    if len(start.income) != len(end.income):
        raise InputError(
            Problem(
                "mobility needs both incomes of every row",
                expected=f"{len(start.income)} destinations",
                found=f"{len(end.income)}",
            )
        )
    return start, end
