"""The exact parts of the two terms of a grow-divide account.

References
----------
[Ang 2015] LMDI decomposition approach: a guide for implementation. Energy Policy 86.
[Dagum 1997] A new approach to the decomposition of the Gini income inequality ratio. Empirical
Economics 22.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float, Shaped

from gongfu.measure.dagum import dagum
from gongfu.measure.decomposition import nested_entropy
from gongfu.measure.logmean import lmdi, log_mean
from gongfu.measure.snapshot import Index, Snapshot

__all__ = ["Part", "cake_parts", "division_parts"]


@dataclass(frozen=True, slots=True)
class Part:
    """One exact part of a term.

    Parameters
    ----------
    term : ``cake`` or ``division``.
    kind : ``growth``, ``shift``, ``between``, ``within``, ``net_between`` or ``transvariation``.
    of : the group (for growth) or the level (for the others) it speaks of; empty for none.
    value : log points; the parts of a term add up to the term.
    """

    term: Literal["cake", "division"]
    kind: str
    of: str
    value: float


def cake_parts(start: Snapshot, end: Snapshot, by: str) -> Iterator[Part]:
    """Yield growth inside the finest groups, summed by the groups of ``by``, and people's shift."""
    if not start.levels:
        yield Part("cake", "growth", "", end.log_mean().value - start.log_mean().value)
        return
    groups = np.unique(start.paths()[-1])
    growth, shift = lmdi(*_shares_and_means(start, groups), *_shares_and_means(end, groups))
    labels = _group_labels(start, by)
    for label in np.unique(labels):
        yield Part("cake", "growth", str(label), float(growth[labels == label].sum()))
    yield Part("cake", "shift", "", float(shift.sum()))


def _shares_and_means(
    snapshot: Snapshot, groups: Shaped[np.ndarray, " group"]
) -> tuple[Float[np.ndarray, " group"], Float[np.ndarray, " group"]]:
    position = np.searchsorted(groups, snapshot.paths()[-1])
    people = np.bincount(position, snapshot.weight, len(groups))
    money = np.bincount(position, snapshot.weight * snapshot.income, len(groups))
    return people / people.sum(), money / people


def _group_labels(snapshot: Snapshot, by: str) -> Shaped[np.ndarray, " group"]:
    """Return the label at level ``by`` of each finest group, in ascending order of the groups."""
    _, first = np.unique(snapshot.paths()[-1], return_index=True)
    return np.asarray(snapshot.levels[by]).astype(str)[first]


def division_parts(start: Snapshot, end: Snapshot, index: Index, by: str) -> Iterator[Part]:
    """Yield the parts of the change of ln(1 - I): Dagum parts by ``by``, or nested levels."""
    if not start.levels:
        change = end.log_equality(index).value - start.log_equality(index).value
        yield Part("division", "within", "", change)
    elif index == "gini":
        yield from _gini_parts(start, end, by)
    else:
        yield from _atkinson_parts(start, end)


def _gini_parts(start: Snapshot, end: Snapshot, by: str) -> Iterator[Part]:
    """Dagum parts of the change of G, as parts of d ln(1 - G)."""
    before, after = (dagum(s.income, s.levels[by], s.weight, errors=False) for s in (start, end))
    scale = log_mean(1.0 - before.total.value, 1.0 - after.total.value)
    for kind in ("within", "net_between", "transvariation"):
        change = getattr(after, kind).value - getattr(before, kind).value
        yield Part("division", kind, by, -change / scale)


def _atkinson_parts(start: Snapshot, end: Snapshot) -> Iterator[Part]:
    """Nested parts of the change of the mean log deviation, since ln(1 - A1) = -MLD."""
    before, after = (nested_entropy(s.income, s.paths(), s.weight, alpha=0) for s in (start, end))
    for level, old, new in zip(start.levels, before.between, after.between, strict=True):
        yield Part("division", "between", level, old.value - new.value)
    finest = list(start.levels)[-1]
    if len(np.unique(start.paths()[-1])) < len(start.income):
        within = before.within.value - after.within.value
        yield Part("division", "within", finest, within)
