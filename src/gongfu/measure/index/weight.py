"""Weights of indicators or dimensions, stated or drawn from the scores.

Weights drawn from the data say how much a column varies or how little it repeats the others, not
how much it matters: use them to see how far a ranking depends on equal weights.

References
----------
[OECD 2008] OECD and JRC: Handbook on Constructing Composite Indicators, step 6.
[Shannon 1948] A mathematical theory of communication. Bell System Technical Journal 27.
[Diakoulaki 1995] Determining objective weights in multiple criteria problems: the CRITIC method.
Computers and Operations Research 22(7), 763-770.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError, Problem
from gongfu.core.index_tree import Weighting
from gongfu.measure.index.weight_removal import cilos, idocriw, merec

__all__ = ["critic", "entropies", "entropy", "pca", "standard_deviation", "weigh"]

ROUNDING = 1e-12
"""How far entropies may lie from 1 by rounding alone."""


def weigh(
    scores: Float[np.ndarray, "row item"],
    method: Weighting = "equal",
    stated: Float[np.ndarray, " item"] | None = None,
) -> Float[np.ndarray, " item"]:
    """Return weights that add up to 1.

    Parameters
    ----------
    scores : more is better; rows with a missing score are not used.
    method : see the functions of this module and of ``weight_removal``.
    stated : relative weights, for ``expert``.

    Raises
    ------
    InputError
        If the method does not fit the scores.
    """
    items = scores.shape[1]
    if items == 1 or method == "equal":
        return np.full(items, 1.0 / items)
    if method == "expert":
        return _as_shares(np.ones(items) if stated is None else np.asarray(stated, float))
    rows = scores[~np.isnan(scores).any(axis=1)]
    if len(rows) < 2:
        raise InputError(f"{method} weights need at least two complete rows")
    return _DRAWN[method](rows)


def entropy(
    scores: Float[np.ndarray, "row item"], *, pooled_rows: int | None = None
) -> Float[np.ndarray, " item"]:
    """Return entropy weights ``(1 - e) / sum(1 - e)``; see :func:`entropies`."""
    spare = 1.0 - entropies(scores, pooled_rows=pooled_rows)
    if not spare.sum() > ROUNDING:
        raise InputError("all columns are spread evenly, entropy weights do not exist")
    return _as_shares(spare)


def entropies(
    scores: Float[np.ndarray, "row item"], *, pooled_rows: int | None = None
) -> Float[np.ndarray, " item"]:
    """Return the entropy of each column, 0 (all in one row) to 1 (all rows the same).

    Parameters
    ----------
    scores : zero or more, all units and years below each other.
    pooled_rows : n of the constant; left out it is the number of rows, which is right.

    Raises
    ------
    InputError
        If a score is negative or an entropy lies above 1, the sign of a wrong constant.

    Notes
    -----
    ``e = -sum(p ln p) / ln n`` with p = z / sum(z) and n the number of pooled rows [Shannon 1948].
    With n = years of one unit, as in programs that circulate, e passes 1, 1 - e turns negative
    and the weights order the columns the wrong way round.
    """
    if not (scores >= 0).all() or not (scores.sum(axis=0) > 0).all():
        raise InputError(
            Problem(
                "entropy needs scores of zero or more, and one above zero in each column",
                fix="Use bounds, min-max or ranks instead of z scores.",
            )
        )
    part = scores / scores.sum(axis=0)
    logs = np.log(part, out=np.zeros_like(part), where=part > 0)
    found = -(part * logs).sum(axis=0) / np.log(len(scores) if pooled_rows is None else pooled_rows)
    if (found > 1 + ROUNDING).any():
        raise InputError(
            Problem(
                "an entropy lies above 1, so the constant is wrong",
                expected=f"ln n with n = {len(scores)}, the number of pooled rows",
                found=f"n = {pooled_rows}, largest entropy {found.max():.4f}",
                fix="Use the rows of all units and years together.",
            )
        )
    return np.asarray(np.clip(found, 0.0, 1.0))


def critic(scores: Float[np.ndarray, "row item"]) -> Float[np.ndarray, " item"]:
    """Return CRITIC weights: spread times conflict with the other columns [Diakoulaki 1995].

    Notes
    -----
    ``sd_j * sum_k(1 - r_jk)`` of the columns stretched to 0-1 over the rows.
    """
    low, high = scores.min(axis=0), scores.max(axis=0)
    if (high == low).any():
        raise InputError("CRITIC needs every column to vary")
    stretched = (scores - low) / (high - low)
    correlation = np.corrcoef(stretched, rowvar=False)
    return _as_shares(stretched.std(axis=0, ddof=1) * (1.0 - correlation).sum(axis=0))


def standard_deviation(scores: Float[np.ndarray, "row item"]) -> Float[np.ndarray, " item"]:
    """Return weights in proportion to the standard deviation of each column."""
    return _as_shares(scores.std(axis=0))


def pca(scores: Float[np.ndarray, "row item"]) -> Float[np.ndarray, " item"]:
    """Return squared loadings of the first principal component of the correlations.

    Notes
    -----
    They add up to 1 [OECD 2008, step 6]. A column that pulls against the others gets a weight all
    the same: the audit says so.
    """
    return np.asarray(first_component(scores) ** 2)


def first_component(scores: Float[np.ndarray, "row item"]) -> Float[np.ndarray, " item"]:
    """Return the loadings (length 1) of the first principal component, their sum not negative."""
    if (scores.std(axis=0) == 0).any():
        raise InputError("principal components need every column to vary")
    _, vectors = np.linalg.eigh(np.corrcoef(scores, rowvar=False))
    first: Float[np.ndarray, " item"] = vectors[:, -1]
    return first if first.sum() >= 0 else -first


_DRAWN: Mapping[str, Callable[[Float[np.ndarray, "row item"]], Float[np.ndarray, " item"]]] = {
    "standard-deviation": standard_deviation,
    "entropy": entropy,
    "critic": critic,
    "pca": pca,
    "merec": merec,
    "cilos": cilos,
    "idocriw": lambda rows: idocriw(rows, entropy(rows)),
}


def _as_shares(weights: Float[np.ndarray, " item"]) -> Float[np.ndarray, " item"]:
    total = weights.sum()
    if (weights < 0).any() or not total > 0:
        raise InputError("weights must not be negative and must add up to more than zero")
    shares: Float[np.ndarray, " item"] = weights / total
    return shares
