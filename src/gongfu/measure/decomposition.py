"""Generalised entropy split over nested groupings, exactly and with influence values.

References
----------
[Shorrocks 1980] The class of additively decomposable inequality measures. Econometrica 48(3),
613-625.
[Akita 2003] Decomposing regional income inequality in China and Indonesia using two-stage nested
Theil decomposition method. Annals of Regional Science 37(1), 55-77.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from jaxtyping import Float, Int
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.measure.boxcox import box_cox
from gongfu.measure.grouping import Grouping, group_rows
from gongfu.measure.linearised import Linearised
from gongfu.measure.sample import Incomes, Sample, require_not_negative, require_positive

__all__ = [
    "EntropyPart",
    "NestedDecomposition",
    "entropy_distance",
    "entropy_slope",
    "nested_entropy",
    "not_nested",
]


@dataclass(frozen=True, slots=True, eq=False)
class EntropyPart:
    """Inequality between the units of one level, inside each group of the level above.

    Parameters
    ----------
    total : sum over the groups, index.
    groups : names of the groups of the level above; one empty name when that is everybody.
    contribution : of each group; adds up to ``total``.
    """

    total: Linearised
    groups: tuple[str, ...]
    contribution: Float[np.ndarray, " group"]


@dataclass(frozen=True, slots=True, eq=False)
class NestedDecomposition:
    """GE(alpha) = between first-level groups + between the second level inside them + ... + within.

    Parameters
    ----------
    alpha : sensitivity of the index: 0 is the mean log deviation, 1 Theil's index.
    parts : one per level, from coarse to fine, then the part inside the finest groups; each is at
        least zero.
    """

    alpha: float
    parts: tuple[EntropyPart, ...]

    @property
    def total(self) -> Linearised:
        """GE(alpha) of all rows."""
        first, *rest = (part.total for part in self.parts)
        return sum(rest, start=first)

    @property
    def between(self) -> tuple[Linearised, ...]:
        """Between the groups of each level, inside the level above, from coarse to fine."""
        return tuple(part.total for part in self.parts[:-1])

    @property
    def within(self) -> Linearised:
        """Inside the groups of the finest level."""
        return self.parts[-1].total


def nested_entropy(
    income: Incomes,
    levels: Sequence[Sequence[Any] | np.ndarray],
    weight: ArrayLike | None = None,
    *,
    alpha: float = 0.0,
) -> NestedDecomposition:
    """Return the generalised entropy index split over nested groupings.

    Parameters
    ----------
    income : currency per year, at least 0; above 0 when ``alpha`` is 0 or less.
    levels : group labels of each row, from the coarsest grouping to the finest, such as
        ``[region, province]``; at least one.
    weight : people each row stands for, above zero; only relative size matters.
    alpha : sensitivity; 0 is the mean log deviation, 1 Theil's index.

    Raises
    ------
    InputError
        If an income lies outside the range, a row has no group, or a group of a finer level lies
        in two groups of the level above.

    Notes
    -----
    With shares of people ``p`` and of income ``s``, a group counts with weight
    ``p^(1-alpha) s^alpha`` [Shorrocks 1980], so that for units u (groups of one level, or rows)
    inside a group c of the level above, with ``r = mean_u / mean_c``::

        part = sum_c (mean_c / mean)^alpha sum_u p_u f(r)
        f(r) = (r^alpha - 1 - alpha (r - 1)) / (alpha (alpha - 1))
        f(r) = r - 1 - ln r  for alpha = 0,   r ln r - (r - 1)  for alpha = 1

    The terms linear in r add up to zero inside each c and make every summand non-negative. The
    weights add up to one for alpha 0 and 1 only [Akita 2003 for alpha 1].
    """
    rows = Sample.of(income, weight)
    (require_positive if alpha <= 0 else require_not_negative)(rows, f"ge({alpha:g})")
    if not levels:
        raise InputError(Problem("a nested decomposition needs at least one level of groups"))
    groupings = [group_rows(labels, len(rows.income)) for labels in levels]
    problems = [
        problem
        for depth, (upper, lower) in enumerate(pairwise(groupings), 1)
        for problem in not_nested(upper, lower, depth)
    ]
    if problems:
        raise InputError(problems)
    return NestedDecomposition(alpha, tuple(_parts(rows, groupings, alpha)))


def not_nested(upper: Grouping, lower: Grouping, depth: int) -> Iterator[Problem]:
    """Yield every group of a level that lies in several groups of the level above (``depth``)."""
    width = len(lower.names)
    pairs = np.unique(upper.code * width + lower.code)
    for group in np.flatnonzero(np.bincount(pairs % width) > 1):
        parents = [upper.names[pair // width] for pair in pairs[pairs % width == group]]
        yield Problem(
            f"group {lower.names[group]!r} of level {depth + 1} lies in {len(parents)} groups of "
            f"level {depth}",
            expected="one group of the level above",
            found=", ".join(map(repr, parents[:5])),
            fix="Put the coarser label into the finer one, such as 'Sichuan/urban'.",
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Level:
    """Units of one level; ``code`` is each row's unit, none when a unit is a row."""

    names: tuple[str, ...]
    code: Int[np.ndarray, " row"] | None
    weight: Float[np.ndarray, " unit"]
    relative: Float[np.ndarray, " unit"]

    def of_rows(self, values: Float[np.ndarray, " unit"]) -> Float[np.ndarray, " row"]:
        return values if self.code is None else values[self.code]


def _parts(rows: Sample, groupings: Sequence[Grouping], alpha: float) -> Iterator[EntropyPart]:
    everybody = Grouping(("",), np.zeros(len(rows.income), np.int64))
    levels = [_level(rows, grouping) for grouping in (everybody, *groupings)]
    units = _Level((), None, rows.weight, rows.relative)
    influence = [_gradient(level, rows, alpha) for level in (*levels, units)]
    for k, (upper, lower) in enumerate(zip(levels, [*levels[1:], units], strict=True)):
        contribution = _contributions(upper, lower, alpha) / rows.total_weight
        total = Linearised(float(contribution.sum()), influence[k + 1] - influence[k])
        yield EntropyPart(total, upper.names, contribution)


def _level(rows: Sample, grouping: Grouping) -> _Level:
    people = np.bincount(grouping.code, rows.weight)
    money = np.bincount(grouping.code, rows.weight * rows.relative)
    return _Level(grouping.names, grouping.code, people, money / people)


def _contributions(upper: _Level, lower: _Level, alpha: float) -> Float[np.ndarray, " group"]:
    """Return the part of each group of ``upper``, times the total weight."""
    parent = _parents(upper, lower)
    above = upper.relative[parent]
    # In a group where nobody has income nobody differs.
    ratio = np.ones_like(above)
    np.divide(lower.relative, above, out=ratio, where=above > 0)
    terms = lower.weight * above**alpha * entropy_distance(ratio, alpha)
    return np.bincount(parent, terms, len(upper.names))


def _parents(upper: _Level, lower: _Level) -> Int[np.ndarray, " unit"]:
    assert upper.code is not None
    if lower.code is None:
        return upper.code
    parent = np.empty(len(lower.names), np.int64)
    parent[lower.code] = upper.code
    return parent


def _gradient(level: _Level, rows: Sample, alpha: float) -> Float[np.ndarray, " row"]:
    """Return the influence values of ``E = sum_u p_u f(r_u)``, inequality between all units."""
    share = level.weight / rows.total_weight
    distance, slope = entropy_distance(level.relative, alpha), entropy_slope(level.relative, alpha)
    excess = float(share @ (level.relative * slope))
    of_unit = distance - slope * level.relative - float(share @ distance) + excess
    gradient: Float[np.ndarray, " row"]
    gradient = level.of_rows(of_unit) + (level.of_rows(slope) - excess) * rows.relative
    gradient /= rows.total_weight
    return gradient


def entropy_distance(ratio: Float[np.ndarray, " unit"], alpha: float) -> Float[np.ndarray, " unit"]:
    """Return ``f(r)`` of the notes of ``nested_entropy``: 0 at 1, positive elsewhere."""
    distance: Float[np.ndarray, " unit"]
    if alpha < 0.5:
        distance = (box_cox(ratio, alpha) - (ratio - 1)) / (alpha - 1)
    else:
        distance = (ratio * entropy_slope(ratio, alpha) - (ratio - 1)) / alpha
    np.maximum(distance, 0.0, out=distance)  # never below zero but by rounding
    return distance


def entropy_slope(ratio: Float[np.ndarray, " unit"], alpha: float) -> Float[np.ndarray, " unit"]:
    """Return ``f'(r)``; at 0 it may be infinite, but only ever meets a factor of zero: 0."""
    return np.where(ratio > 0, box_cox(ratio, alpha - 1), 0.0)
