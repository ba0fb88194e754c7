"""Scores of several items into one, per node of an index.

References
----------
[OECD 2008] OECD and JRC: Handbook on Constructing Composite Indicators, step 6.
[Mazziotta-Pareto 2016] On a generalized non-compensatory composite index for measuring
socio-economic phenomena. Social Indicators Research 127, 983-1003.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError
from gongfu.core.index_tree import Aggregation
from gongfu.measure.index.benefit_of_doubt import benefit_of_doubt
from gongfu.measure.index.distance_methods import topsis, vikor
from gongfu.measure.index.outranking import promethee

__all__ = [
    "PENALTY_SCALE",
    "aggregate",
    "arithmetic",
    "geometric",
    "judges_rows_alone",
    "mazziotta_pareto",
    "mazziotta_pareto_slopes",
]

PENALTY_SCALE = (70.0, 130.0)
"""Where scores 0 and 1 lie in the adjusted Mazziotta-Pareto index as published."""

LEAST_SCORE = 0.01
"""Scores below it count as this much in a geometric mean, which one zero would turn to zero."""


def aggregate(
    scores: Float[np.ndarray, "row item"],
    weights: Float[np.ndarray, "*each item"],
    method: Aggregation = "mazziotta-pareto-",
    *,
    penalty_scale: tuple[float, float] = PENALTY_SCALE,
    ideal: tuple[float, float] | None = None,
) -> Float[np.ndarray, " row"]:
    """Return one number per row, higher is better; a row with a missing score has none.

    Parameters
    ----------
    scores : more is better, on one scale.
    weights : add up to 1, one set for all rows or, where a row is judged by itself
        (:func:`judges_rows_alone`), one for each; ``benefit-of-doubt`` does not use them.
    penalty_scale : see :func:`mazziotta_pareto`.
    ideal : worst and best possible score, for ``topsis``; none takes those of the rows.

    Notes
    -----
    ``vikor``, ``promethee`` and ``benefit-of-doubt``, and ``topsis`` without ``ideal``, place a row
    among the other rows: a new year changes the numbers of past years. VIKOR is turned into
    1 - Q and the net flow of PROMETHEE II into (1 + flow) / 2, so that more is better.
    """
    complete = ~np.isnan(scores).any(axis=1)
    out = np.full(len(scores), np.nan)
    if not complete.any():
        return out
    rows = scores if complete.all() else scores[complete]
    if weights.ndim == 2:
        weights = weights[complete]
    if method.startswith("mazziotta"):
        sign = method.removeprefix("mazziotta-pareto")
        found = mazziotta_pareto(rows, weights, sign=sign, penalty_scale=penalty_scale)
    elif method == "topsis":
        found = topsis(rows, weights, ideal=ideal)
    else:
        found = _METHODS[method](rows, weights)
    out[complete] = found
    return out


def judges_rows_alone(method: Aggregation, *, has_ideal: bool) -> bool:
    """Return whether a row gets the same number whatever the other rows are.

    Parameters
    ----------
    has_ideal : worst and best possible score are stated, for ``topsis``.
    """
    is_mean = method in {"arithmetic", "geometric"} or method.startswith("mazziotta")
    return is_mean or (method == "topsis" and has_ideal)


def arithmetic(
    scores: Float[np.ndarray, "row item"], weights: Float[np.ndarray, "*each item"]
) -> Float[np.ndarray, " row"]:
    """Return the weighted mean: a low score is made up for by a high one, point by point."""
    return _mean(scores, weights)


def geometric(
    scores: Float[np.ndarray, "row item"], weights: Float[np.ndarray, "*each item"]
) -> Float[np.ndarray, " row"]:
    """Return the weighted geometric mean, scores below 0.01 counted as 0.01."""
    return np.asarray(np.exp(_mean(np.log(np.maximum(scores, LEAST_SCORE)), weights)))


def mazziotta_pareto(
    scores: Float[np.ndarray, "row item"],
    weights: Float[np.ndarray, "*each item"],
    *,
    sign: str = "-",
    penalty_scale: tuple[float, float] = PENALTY_SCALE,
) -> Float[np.ndarray, " row"]:
    """Return the mean less (``-``) or plus (``+``) a penalty for unequal scores.

    Parameters
    ----------
    sign : ``-`` where balance is good, ``+`` where an index counts harm.
    penalty_scale : scale (a, b) that scores 0 to 1 are stretched to when the penalty is
        computed; ``(0, 1)`` leaves them as they are and makes the penalty several times as hard.

    Raises
    ------
    InputError
        If a mean on the penalty scale is not above zero.

    Notes
    -----
    ``M -+ S^2 / M`` with mean M and population variance S^2 of the items of a row
    [Mazziotta-Pareto 2016]. On the scale (a, b), taken back to 0-1, it reads
    ``M -+ S^2 / (M + a / (b - a))``. Raising a score lowers the index where that score lies so far
    above the mean that :func:`mazziotta_pareto_slopes` is negative; on 70-130 with equal weights
    this cannot happen with four items or fewer, on 0-1 with two.
    """
    mean, variance, middle = _moments(scores, weights, penalty_scale)
    penalty = variance / middle
    return np.asarray(mean - penalty if sign == "-" else mean + penalty)


def mazziotta_pareto_slopes(
    scores: Float[np.ndarray, "row item"],
    weights: Float[np.ndarray, " item"],
    *,
    sign: str = "-",
    penalty_scale: tuple[float, float] = PENALTY_SCALE,
) -> Float[np.ndarray, "row item"]:
    """Return how much the index of each row gains per unit of each score.

    Notes
    -----
    ``w_i (1 -+ [2 (x_i - M) / m - S^2 / m^2])`` with m = M + a / (b - a).
    """
    mean, variance, middle = _moments(scores, weights, penalty_scale)
    pull = 2 * (scores - mean[:, None]) / middle[:, None] - (variance / middle**2)[:, None]
    slopes: Float[np.ndarray, "row item"] = weights * (1 - pull if sign == "-" else 1 + pull)
    return slopes


def _moments(
    scores: Float[np.ndarray, "row item"],
    weights: Float[np.ndarray, "*each item"],
    penalty_scale: tuple[float, float],
) -> tuple[Float[np.ndarray, " row"], Float[np.ndarray, " row"], Float[np.ndarray, " row"]]:
    low, high = penalty_scale
    mean = _mean(scores, weights)
    variance = _mean((scores - mean[:, None]) ** 2, weights)
    middle = mean + low / (high - low)
    if not (middle > 0).all():
        raise InputError("a Mazziotta-Pareto penalty needs a mean above zero on its scale")
    return mean, variance, middle


def _mean(
    scores: Float[np.ndarray, "row item"], weights: Float[np.ndarray, "*each item"]
) -> Float[np.ndarray, " row"]:
    """Sum each row by itself: in a matrix product its last bit can depend on the other rows."""
    return np.asarray((scores * weights).sum(axis=1))


_METHODS: Mapping[
    str,
    Callable[
        [Float[np.ndarray, "row item"], Float[np.ndarray, "*each item"]], Float[np.ndarray, " row"]
    ],
] = {
    "arithmetic": arithmetic,
    "geometric": geometric,
    "vikor": lambda scores, weights: 1.0 - vikor(scores, weights),
    "promethee": lambda scores, weights: (1.0 + promethee(scores, weights)) / 2,
    "benefit-of-doubt": lambda scores, _: benefit_of_doubt(scores).values,
}
