"""Ranks of units, 1 for the best."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

__all__ = ["rank_descending"]


def rank_descending(
    values: Float[np.ndarray, " unit *other"],
) -> Float[np.ndarray, " unit *other"]:
    """Return ranks along the first axis: 1 plus the number of units that are better.

    Ties share the better rank, as in printed league tables; missing values have none and count
    for nobody.
    """
    order = np.argsort(-values, axis=0, kind="stable")
    ranked = np.take_along_axis(values, order, axis=0)
    place = np.arange(1, len(values) + 1, dtype=float).reshape(-1, *[1] * (values.ndim - 1))
    is_new = np.ones(values.shape, dtype=bool)
    is_new[1:] = ranked[1:] != ranked[:-1]
    first_of_ties = np.maximum.accumulate(np.where(is_new, place, 0.0), axis=0)
    ranks = np.empty(values.shape)
    np.put_along_axis(ranks, order, first_of_ties, axis=0)
    ranks[np.isnan(values)] = np.nan
    return ranks
