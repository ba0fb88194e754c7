"""Getis-Ord statistics: whether high values stand together, or low ones, and where.

References
----------
[Getis-Ord 1992] The analysis of spatial association by use of distance statistics. Geographical
Analysis 24(3).
[Ord-Getis 1995] Local spatial autocorrelation statistics: distributional issues and an application.
Geographical Analysis 27(4).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Shaped
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.measure.space.autocorrelation import (
    AutocorrelationTest,
    NullMoments,
    checked_values,
    global_test,
)
from gongfu.measure.space.conditional import lags_by_chance, local_p
from gongfu.measure.space.permutation import Alternative, adjusted_for_false_discovery
from gongfu.measure.space.weights import SpatialWeights

__all__ = ["LocalGetisOrd", "getis_ord", "local_getis_ord"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LocalGetisOrd:
    """Local Getis-Ord scores, one a unit; NaN for a unit without a neighbour.

    Parameters
    ----------
    z : standardised statistic, above zero where high values stand together (hot spot) and below
        where low ones do (cold spot).
    star : whether the unit itself counts among its neighbours.
    p : of the conditional permutation test; ``p_adjusted`` holds the false discovery rate.
    """

    z: Float[np.ndarray, " unit"]
    star: bool
    p: Float[np.ndarray, " unit"]
    p_adjusted: Float[np.ndarray, " unit"]
    alternative: Alternative
    draws: int
    seed: int
    convention: str


def getis_ord(
    values: ArrayLike,
    weights: SpatialWeights,
    *,
    alternative: Alternative = "two-sided",
    seed: int | None = None,
    draws: int = 999,
) -> AutocorrelationTest:
    """Return the global G: above its expectation when high values stand next to high ones.

    Parameters
    ----------
    values : natural ratio scale, not below zero (income, not a deviation), not all equal.
    weights : 0 or 1, or row-standardised; [Getis-Ord 1992] means weights of 1 within a distance.
    alternative : positive means that high values stand together, negative that low ones do.
    seed, draws : of the permutation test; without a seed there is none.

    Raises
    ------
    InputError
        If a value is below zero or missing, all are equal, or they do not fit the weights.

    Notes
    -----
    ``G = sum(w[i,j] x[i] x[j]) / sum(x[i] x[j])`` over pairs i, j that differ, expected
    ``S0 / (n (n - 1))``; variance under randomisation as in [Getis-Ord 1992].
    """
    x = checked_values(values, weights, "Getis-Ord's G")
    _refuse_negative(x)
    return global_test(
        "Getis-Ord's G",
        lambda block: _g_of_columns(block, weights),
        x,
        _moments(x, weights),
        alternative=alternative,
        seed=seed,
        draws=draws,
        convention=f"weights: {weights.convention}",
    )


def local_getis_ord(
    values: ArrayLike,
    weights: SpatialWeights,
    *,
    seed: int,
    star: bool = True,
    draws: int = 9999,
    alternative: Alternative = "two-sided",
) -> LocalGetisOrd:
    """Return the scores G* (the unit counts among its neighbours) or G (it does not).

    Parameters
    ----------
    values : one number a unit, not all equal; any sign.
    weights : with ``star``, the unit itself gets the mean weight of its neighbours: 1 for weights
        of 1, ``1 / k`` for row-standardised ones, the choice that leaves the score the same.
    seed, draws : of the conditional permutation test, see ``local_moran``.
    alternative : positive means a hot spot.

    Raises
    ------
    InputError
        If values are missing, all equal, fewer than four, or do not fit the weights.

    Notes
    -----
    ``z = (sum(w x) - W mean) / (s sqrt((m Q - W**2) / (m - 1)))`` with ``W`` and ``Q`` the sum of
    the unit's weights and of their squares; mean, standard deviation s (divided by m) and number m
    are those of all units for G*, and of all others for G [Ord-Getis 1995].
    """
    x = checked_values(values, weights, "Getis-Ord's local G")
    counts = lags_by_chance(x, weights, draws=draws, seed=seed)
    p = local_p(counts, weights, draws, alternative)
    score = _star_score(x, weights) if star else _score(x, weights)
    return LocalGetisOrd(
        z=np.where(weights.counts == 0, np.nan, score),
        star=star,
        p=p,
        p_adjusted=adjusted_for_false_discovery(p),
        alternative=alternative,
        draws=draws,
        seed=seed,
        convention=f"weights: {weights.convention}; variance of the values with n",
    )


def _refuse_negative(x: Float[np.ndarray, " unit"]) -> None:
    if x.min() < 0:
        raise InputError(
            Problem(
                "Getis-Ord's G needs values of at least 0",
                found=f"{np.count_nonzero(x < 0)} below zero, lowest {x.min():g}",
                fix="Take Moran's I, or values on a ratio scale instead of deviations.",
            )
        )


def _g_of_columns(
    x: Float[np.ndarray, "unit block"], weights: SpatialWeights
) -> Float[np.ndarray, " block"]:
    total = x.sum(axis=0)
    pairs = total**2 - np.einsum("ib,ib->b", x, x)
    g: Float[np.ndarray, " block"] = np.einsum("ib,ib->b", x, weights.lag(x)) / pairs
    return g


def _moments(x: Float[np.ndarray, " unit"], weights: SpatialWeights) -> NullMoments:
    n, sums = weights.n, weights.sums
    s0, s1, s2 = sums.s0**2, sums.s1, sums.s2
    x = x / x.mean()  # free of scale; the fourth powers below stay of moderate size
    m1, m2, m3, m4 = (float(np.sum(x**power)) for power in (1, 2, 3, 4))
    square = (
        ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * s0) * m2**2
        - ((n**2 - n) * s1 - 2 * n * s2 + 6 * s0) * m4
        - (2 * n * s1 - (n + 3) * s2 + 6 * s0) * m1**2 * m2
        + (4 * (n - 1) * s1 - 2 * (n + 1) * s2 + 8 * s0) * m1 * m3
        + (s1 - s2 + s0) * m1**4
    ) / ((m1**2 - m2) ** 2 * n * (n - 1) * (n - 2) * (n - 3))
    expected = sums.s0 / (n * (n - 1))
    return NullMoments(expected=expected, normality=None, randomisation=square - expected**2)


def _score(x: Float[np.ndarray, " unit"], weights: SpatialWeights) -> Float[np.ndarray, " unit"]:
    others = weights.n - 1
    z = x - x.mean()
    mean = -z / others
    deviation = np.sqrt(np.maximum((float(np.sum(z**2)) - z**2) / others - mean**2, 0.0))
    total, squares = weights.row_sums, weights.row_squares
    spread = np.sqrt(np.maximum(others * squares - total**2, 0.0) / (others - 1))
    return _divide(weights.lag(z) - total * mean, deviation * spread)


def _star_score(
    x: Float[np.ndarray, " unit"], weights: SpatialWeights
) -> Float[np.ndarray, " unit"]:
    n = weights.n
    z = x - x.mean()
    total, squares = weights.row_sums, weights.row_squares
    own = _divide(total, weights.counts)
    total, squares = total + own, squares + own**2
    spread = np.sqrt(np.maximum(n * squares - total**2, 0.0) / (n - 1))
    return _divide(weights.lag(z) + own * z, math.sqrt(float(np.mean(z**2))) * spread)


def _divide(
    top: Float[np.ndarray, " unit"], bottom: Shaped[np.ndarray, " unit"]
) -> Float[np.ndarray, " unit"]:
    out = np.full(len(top), np.nan)
    np.divide(top, bottom, out=out, where=bottom > 0)
    return out
