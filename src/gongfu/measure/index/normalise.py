"""Scores on one scale, in which more is always better.

References
----------
[OECD 2008] OECD and JRC: Handbook on Constructing Composite Indicators, step 5.
[Mazziotta-Pareto 2016] On a generalized non-compensatory composite index for measuring
socio-economic phenomena. Social Indicators Research 127, 983-1003.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError, Problem
from gongfu.core.index_tree import Direction, Normalisation

__all__ = ["average_ranks", "normalise"]

DEVIATIONS_TO_AN_END = 3.0
"""A z score lies half way at the mean and reaches an end three standard deviations away, so that
the penalty scale 70-130 turns it into the published 100 + 10 z [Mazziotta-Pareto 2016]."""


def normalise(
    values: Float[np.ndarray, "row indicator"],
    directions: Sequence[Direction],
    method: Normalisation = "bounds",
    *,
    bounds: Float[np.ndarray, "indicator 2"] | None = None,
    score_range: tuple[float, float] = (0.0, 1.0),
) -> Float[np.ndarray, "row indicator"]:
    """Return scores; a missing value has a missing score.

    Parameters
    ----------
    values : all units and years below each other (pooled), each column in its own unit.
    directions : ``+`` or ``-`` of each column.
    method : ``bounds`` (fixed ends, values beyond them count as the end), ``min-max`` (ends of the
        pooled rows), ``z`` (pooled mean and population standard deviation) or ``rank`` (pooled).
    bounds : low and high of each column, for ``bounds``.
    score_range : scores of the two ends.

    Raises
    ------
    InputError
        If bounds are missing or empty, or a column does not vary where its spread is divided by.

    Notes
    -----
    ``bounds``, ``min-max``: s = (x - low) / (high - low); ``rank``: s = (r - 1/2) / n with mean
    ranks for ties; ``z``: s = 1/2 + (x - mean) / (6 sd), not cut; each reversed to 1 - s where
    less is better, then ``a + (b - a) s`` for the score range (a, b). Only ``bounds`` leaves the
    scores of past years alone when a year is added.
    """
    share = _shares(values, method, bounds)
    upward = np.asarray(directions) == "+"
    share = np.where(upward, share, 1.0 - share)
    low, high = score_range
    scores: Float[np.ndarray, "row indicator"] = low + (high - low) * share
    return scores


def average_ranks(values: Float[np.ndarray, " row"]) -> Float[np.ndarray, " row"]:
    """Return ranks from 1 (lowest), ties at their mean; missing values have none."""
    ranks = np.full(len(values), np.nan)
    known = ~np.isnan(values)
    _, place, count = np.unique(values[known], return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    ranks[known] = (last - (count - 1) / 2)[place]
    return ranks


def _shares(
    values: Float[np.ndarray, "row indicator"],
    method: Normalisation,
    bounds: Float[np.ndarray, "indicator 2"] | None,
) -> Float[np.ndarray, "row indicator"]:
    _refuse_empty(values)
    if method == "bounds":
        ends = _stated(bounds, values.shape[1])
        return np.asarray(np.clip((values - ends[:, 0]) / (ends[:, 1] - ends[:, 0]), 0.0, 1.0))
    if method == "rank":
        known = (~np.isnan(values)).sum(axis=0)
        ranks = np.stack([average_ranks(column) for column in values.T], axis=1)
        return np.asarray((ranks - 0.5) / known)
    _refuse_constant(values)
    if method == "min-max":
        low, high = np.nanmin(values, axis=0), np.nanmax(values, axis=0)
        return np.asarray((values - low) / (high - low))
    mean, spread = np.nanmean(values, axis=0), np.nanstd(values, axis=0)
    return np.asarray(0.5 + (values - mean) / (2 * DEVIATIONS_TO_AN_END * spread))


def _stated(
    bounds: Float[np.ndarray, "indicator 2"] | None, columns: int
) -> Float[np.ndarray, "indicator 2"]:
    if bounds is None or len(bounds) != columns or np.isnan(bounds).any():
        raise InputError(
            Problem(
                "an indicator has no bounds",
                expected="a low and a high for every indicator",
                fix="State bounds = [low, high], or choose another normalisation.",
            )
        )
    if not (bounds[:, 0] < bounds[:, 1]).all():
        raise InputError("bounds need low < high; the direction says which end is good")
    return bounds


def _refuse_empty(values: Float[np.ndarray, "row indicator"]) -> None:
    empty = np.flatnonzero(np.isnan(values).all(axis=0))
    if len(empty):
        raise InputError(
            Problem("an indicator has no value at all", column=str(int(column))) for column in empty
        )


def _refuse_constant(values: Float[np.ndarray, "row indicator"]) -> None:
    constant = np.flatnonzero(np.nanmax(values, axis=0) == np.nanmin(values, axis=0))
    if len(constant):
        raise InputError(
            Problem(
                "an indicator has the same value everywhere",
                column=str(int(column)),
                fix="Leave it out: it orders nothing.",
            )
            for column in constant
        )
