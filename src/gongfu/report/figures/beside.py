"""Room for labels of marks with arms: each at the end of an arm, so that few need a leader."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float, Int

from gongfu.report.figures.spread import overlap

__all__ = ["place_beside"]

_LINE = 10.0  # points a label may stand further off
_ROOM = 5.0  # points kept free around a place along an arm
_COVERED, _NEAR, _OUTSIDE, _OTHERS = 4.0, 0.8, 500.0, 40.0  # prices of a bad place


def place_beside(
    points: Float[np.ndarray, "item 2"],
    reaches: Float[np.ndarray, "item 4"],
    sizes: Float[np.ndarray, "item 2"],
    bounds: tuple[float, float],
    obstacles: Float[np.ndarray, "obstacle 3"],
) -> Float[np.ndarray, "item 2"]:
    """Return the centre of a label at one of the four ends of each mark with arms.

    Parameters
    ----------
    points : where the arms cross; reaches : their ends (left, bottom, right, top); sizes : of the
        labels; bounds : of the plot; obstacles : places no label should cover, each with the item
        it belongs to, or -1, in the third column. All in points of type.

    Notes
    -----
    A label stands beside the end of an arm, or above or below it centred or flush with it, so that
    it needs no leader, and rather far from other marks, so that it is not read as theirs. They
    choose in turn, in several orders, of which the cheapest outcome is taken.
    """
    candidates = _beside(points, reaches, sizes)
    own = np.array(
        [_alone(i, candidates[i], sizes[i], bounds, obstacles) for i in range(len(points))]
    )
    line = list(range(len(points)))
    starts = [line[i:] + line[:i] for i in line] + [line[i::-1] + line[:i:-1] for i in line]
    found = [_take_turns(order, candidates, sizes, own) for order in starts]
    chosen = min(found, key=lambda one: one[0])[1]
    centres: Float[np.ndarray, "item 2"] = candidates[np.arange(len(points)), chosen]
    return centres


def _alone(
    i: int,
    places: Float[np.ndarray, "candidate 2"],
    size: Float[np.ndarray, " 2"],
    bounds: tuple[float, float],
    obstacles: Float[np.ndarray, "obstacle 3"],
) -> Float[np.ndarray, " candidate"]:
    """Return the price of each place of one label, whatever the others do."""
    marks, owners = obstacles[:, :2], obstacles[:, 2]
    extents = np.full_like(marks, _ROOM)
    foreign = (owners != i) & (owners >= 0)
    outside = np.maximum(size / 2 - places, 0) + np.maximum(places + size / 2 - np.array(bounds), 0)
    price: Float[np.ndarray, " candidate"] = (
        _COVERED * overlap(places, size, marks, extents)
        + _NEAR * overlap(places, size + 12, marks[foreign], extents[foreign])
        + _OUTSIDE * outside.sum(axis=1)
        + 0.5 * np.arange(len(places))  # earlier places read more easily
    )
    return price


def _take_turns(
    order: Sequence[int],
    candidates: Float[np.ndarray, "item candidate 2"],
    sizes: Float[np.ndarray, "item 2"],
    own: Float[np.ndarray, "item candidate"],
) -> tuple[float, Int[np.ndarray, " item"]]:
    """Return the price and the places when labels choose one after the other, three times."""
    chosen = np.argmin(own, axis=1)
    for _ in range(3):
        for i in order:
            chosen[i] = np.argmin(own[i] + _with_others(i, chosen, candidates, sizes))
    total = sum(
        float(own[i, chosen[i]] + _with_others(i, chosen, candidates, sizes)[chosen[i]])
        for i in order
    )
    return total, chosen


def _with_others(
    i: int,
    chosen: Int[np.ndarray, " item"],
    candidates: Float[np.ndarray, "item candidate 2"],
    sizes: Float[np.ndarray, "item 2"],
) -> Float[np.ndarray, " candidate"]:
    """Return what each place of a label costs by covering the labels that stand already."""
    others = np.flatnonzero(np.arange(len(chosen)) != i)
    labels = candidates[others, chosen[others]]
    return _OTHERS * overlap(candidates[i], sizes[i], labels, sizes[others])


def _beside(
    points: Float[np.ndarray, "item 2"],
    reaches: Float[np.ndarray, "item 4"],
    sizes: Float[np.ndarray, "item 2"],
) -> Float[np.ndarray, "item candidate 2"]:
    """Return centres beside the right and left end, then above and below, near and a line off."""
    left, bottom, right, top = reaches.T
    (x, y), (width, height) = points.T, sizes.T
    flush = width / 2 - 4
    across = [
        np.stack([right + 4 + width / 2, y], axis=1),
        np.stack([left - 4 - width / 2, y], axis=1),
    ]
    level = [
        np.stack([x + side * flush, place], axis=1)
        for away in (1.0, 1.0 + _LINE, 1.0 + 2 * _LINE)
        for place in (top + away + height / 2, bottom - away - height / 2)
        for side in (0, 1, -1)
    ]
    return np.stack([*across, *level], axis=1)
