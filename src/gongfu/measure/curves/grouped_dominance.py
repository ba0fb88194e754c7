"""Dominance of published group means, such as fifths: at the cut points, as published.

References
----------
[Shorrocks 1983] Ranking income distributions. Economica 50 (generalised Lorenz).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem

__all__ = ["GroupCurve", "GroupDominance", "GroupVerdict", "group_dominance"]

GroupCurve = Literal["lorenz", "generalised-lorenz"]
GroupVerdict = Literal["first dominates", "second dominates", "curves cross", "curves coincide"]

_ROUNDING = 1e-12
"""Difference, relative to the end of the curve, that sums in double precision leave behind."""


@dataclass(frozen=True, slots=True, eq=False)
class GroupDominance:
    """Two curves of group means compared where they are known.

    Parameters
    ----------
    curve : ``lorenz``, shares of all income; ``generalised-lorenz``, the same times the mean.
    rank : cumulative share of people at the upper end of each group, 0-1; the last is 1.
    first, second : both curves there.
    verdict : ``first dominates`` where it is higher at some rank and lower at none.
    """

    curve: GroupCurve
    rank: Float[np.ndarray, " group"]
    first: Float[np.ndarray, " group"]
    second: Float[np.ndarray, " group"]
    verdict: GroupVerdict

    @property
    def difference(self) -> Float[np.ndarray, " group"]:
        """First less second at each rank."""
        gap: Float[np.ndarray, " group"] = self.first - self.second
        return gap


def group_dominance(
    first: ArrayLike,
    second: ArrayLike,
    *,
    curve: GroupCurve = "lorenz",
    shares: Sequence[float] | None = None,
) -> GroupDominance:
    """Return which of two published distributions lies higher at the cut points.

    Parameters
    ----------
    first, second : mean income of each group, zero or more, from poor to rich; for the generalised
        curve in the same prices.
    shares : share of people of each group, the same in both; equal if not given.

    Raises
    ------
    InputError
        If the groups differ in number, a mean is below zero or not finite, or all are zero.

    Notes
    -----
    With shares n, means y and the overall mean m the Lorenz ordinate behind group k is
    ``sum_(j<=k) n_j y_j / m``, the generalised one leaves out the division [Shorrocks 1983].
    Between the cut points the curves are not known, and two curves that do not cross at them may
    cross in between. No error is published for such means, so none is taken into account.
    """
    means = [np.asarray(one, dtype=np.float64) for one in (first, second)]
    _check(*means)
    weight = np.ones(means[0].size) if shares is None else np.asarray(shares, dtype=np.float64)
    weight = weight / weight.sum()
    ends = [np.cumsum(weight * one) for one in means]
    curves = [one / one[-1] for one in ends] if curve == "lorenz" else ends
    return GroupDominance(curve, np.cumsum(weight), curves[0], curves[1], _verdict(*curves))


def _check(first: np.ndarray, second: np.ndarray) -> None:
    if first.ndim != 1 or first.shape != second.shape or first.size < 2:
        found = f"{first.size} and {second.size} means"
        raise InputError(Problem("two curves need the same groups", "two or more", found))
    for means in (first, second):
        if not (np.isfinite(means).all() and means.min() >= 0 and means.max() > 0):
            raise InputError(
                Problem("group means must be finite and zero or more, not all zero", f"{means}")
            )


def _verdict(first: np.ndarray, second: np.ndarray) -> GroupVerdict:
    gap = (first - second) / max(first[-1], second[-1])
    above, below = bool((gap > _ROUNDING).any()), bool((gap < -_ROUNDING).any())
    if above and below:
        return "curves cross"
    if above:
        return "first dominates"
    return "second dominates" if below else "curves coincide"
