"""Kendall's tau: how far two dates agree on who stands above whom.

References
----------
[Kendall 1970] Rank Correlation Methods, 4th ed. Griffin.
[Knight 1966] A computer method for calculating Kendall's tau with ungrouped data. Journal of the
American Statistical Association 61(314).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.measure.sample import Sample
from gongfu.measure.space.permutation import Alternative, normal_p

__all__ = ["RankConcordance", "rank_concordance"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RankConcordance:
    """Agreement of two rankings.

    Parameters
    ----------
    tau : 1 the same order, -1 the reverse; tau-b, which allows for ties.
    overtaken_share : share of pairs, 0-1, whose order is reversed.
    z, p : normal approximation for rankings that have nothing to do with each other.
    """

    tau: float
    overtaken_share: float
    z: float
    p: float
    n: int


def rank_concordance(
    first: ArrayLike, second: ArrayLike, *, alternative: Alternative = "two-sided"
) -> RankConcordance:
    """Return how far two dates agree on the order of the units.

    Parameters
    ----------
    first, second : values of the same units, at least three.
    alternative : positive means agreement.

    Raises
    ------
    InputError
        If a value is missing, lengths differ, or all values of a date are equal.

    Notes
    -----
    ``tau-b = (C - D) / sqrt((P - T1) (P - T2))`` with concordant and discordant pairs, all pairs
    P and pairs tied at either date; variance of ``C - D`` with ties as in [Kendall 1970, ch. 4].
    The discordant pairs are counted by sorting [Knight 1966].
    """
    x, y = Sample.of(first).income, Sample.of(second).income
    _check(x, y)
    n = len(x)
    pairs = n * (n - 1) // 2
    order = np.lexsort((y, x))
    sizes_x, sizes_y = (np.unique(v, return_counts=True)[1] for v in (x, y))
    sizes_both = np.unique(np.stack([x, y]), axis=1, return_counts=True)[1]
    tied_x, tied_y, tied_both = (_tied(sizes) for sizes in (sizes_x, sizes_y, sizes_both))
    discordant = _inversions(np.unique(y, return_inverse=True)[1][order])
    score = pairs - tied_x - tied_y + tied_both - 2 * discordant
    z = score / math.sqrt(_variance(n, sizes_x, sizes_y))
    return RankConcordance(
        tau=score / math.sqrt((pairs - tied_x) * (pairs - tied_y)),
        overtaken_share=discordant / pairs,
        z=z,
        p=normal_p(z, alternative),
        n=n,
    )


def _tied(sizes: Int[np.ndarray, " group"]) -> int:
    return int(np.sum(sizes * (sizes - 1) // 2))


def _inversions(code: Int[np.ndarray, " row"]) -> int:
    """Count pairs in which an earlier number is greater, bit by bit from the highest."""
    total, group = 0, np.zeros(len(code), dtype=np.int64)
    for bit in range(int(code.max()).bit_length() - 1, -1, -1):
        is_set = (code >> bit) & 1
        # Within a group the higher bits agree: a pair is out of order if a set bit comes first.
        order = np.argsort(group, kind="stable")
        ones, starts = np.cumsum(is_set[order]), _group_starts(group[order])
        before = ones - np.where(starts > 0, ones[starts - 1], 0)
        total += int(np.sum(before[is_set[order] == 0]))
        group = group * 2 + is_set
    return total


def _group_starts(group: Int[np.ndarray, " row"]) -> Int[np.ndarray, " row"]:
    return np.searchsorted(group, group, side="left")


def _variance(n: int, x: Int[np.ndarray, " group"], y: Int[np.ndarray, " other"]) -> float:
    def sums(sizes: np.ndarray) -> tuple[float, float, float]:
        t = sizes.astype(np.float64)
        pairs, triples = np.sum(t * (t - 1)), np.sum(t * (t - 1) * (t - 2))
        return float(np.sum(t * (t - 1) * (2 * t + 5))), float(pairs), float(triples)

    (vx, px, tx), (vy, py, ty) = sums(x), sums(y)
    plain = (n * (n - 1) * (2 * n + 5) - vx - vy) / 18
    return plain + px * py / (2 * n * (n - 1)) + tx * ty / (9 * n * (n - 1) * (n - 2))


def _check(x: Float[np.ndarray, " row"], y: Float[np.ndarray, " other"]) -> None:
    if len(x) != len(y) or len(x) < 3:
        raise InputError(
            Problem(
                "a rank correlation needs two values of at least three units",
                found=f"{len(x)} and {len(y)} values",
            )
        )
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        raise InputError(Problem("a rank correlation needs values that differ at both dates"))
