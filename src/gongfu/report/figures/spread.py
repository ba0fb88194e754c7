"""Room for labels: none covers another, and each stays as near its mark as it can."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

__all__ = ["Label", "overlap", "place_labels", "spread"]


def spread(
    places: Sequence[float], heights: Sequence[float], low: float, high: float
) -> list[float]:
    """Return centres near the wanted places at which no two labels of a column overlap.

    Parameters
    ----------
    places : wanted centres; heights : of the labels, in the same unit.
    low, high : the column's ends; labels that cannot all fit run over the lower one.
    """
    order = sorted(range(len(places)), key=lambda i: places[i])
    centres = [0.0] * len(places)
    groups: list[list[int]] = []
    for i in order:
        groups.append([i])
        while len(groups) > 1 and _top(groups[-2], places, heights, low, high) > _bottom(
            groups[-1], places, heights, low, high
        ):
            groups[-2:] = [groups[-2] + groups[-1]]
    for group in groups:
        edge = _bottom(group, places, heights, low, high)
        for i in group:
            centres[i] = edge + heights[i] / 2
            edge += heights[i]
    return centres


def _bottom(
    group: list[int], places: Sequence[float], heights: Sequence[float], low: float, high: float
) -> float:
    """Return the lower edge of a pile of labels, centred on the mean of their wanted places."""
    size = sum(heights[i] for i in group)
    middle = sum(places[i] for i in group) / len(group)
    return max(low, min(middle - size / 2, high - size))


def _top(
    group: list[int], places: Sequence[float], heights: Sequence[float], low: float, high: float
) -> float:
    return _bottom(group, places, heights, low, high) + sum(heights[i] for i in group)


@dataclass(frozen=True, slots=True)
class Label:
    """Where a label went: its centre, and whether it is far enough to need a leader line."""

    x: float
    y: float
    needs_leader: bool


def place_labels(
    points: Float[np.ndarray, "point 2"],
    sizes: Float[np.ndarray, "point 2"],
    bounds: tuple[float, float],
    radius: float,
    obstacles: Float[np.ndarray, "obstacle 2"] | None = None,
) -> list[Label]:
    """Return a place beside each point at which labels cover neither points nor each other.

    Parameters
    ----------
    points : centres of the marks; sizes : width and height of the labels; all in points of type.
    bounds : width and height of the plot.
    radius : of a mark.
    obstacles : centres of further places that no label should cover.

    Notes
    -----
    Every label has 16 directions at growing distances to choose from. Labels in crowded places
    choose first; then each chooses again, three times, given all others. The cost is the area of
    overlap, with the distance from the mark as a tie-break.
    """
    marks = points if obstacles is None else np.vstack([points, obstacles])
    candidates = _candidates(points, sizes, radius)
    board = _Board(points, marks, sizes, candidates, np.array(bounds, dtype=float), radius)
    chosen = np.zeros(len(points), dtype=int)
    placed = np.zeros(len(points), dtype=bool)
    for _ in range(4):
        for i in np.argsort(-_crowding(points), kind="stable").tolist():
            placed[i] = False
            chosen[i] = int(np.argmin(board.costs(i, chosen, placed)))
            placed[i] = True
    centres = board.candidates[np.arange(len(points)), chosen]
    far = chosen >= _DIRECTIONS
    return [Label(float(x), float(y), bool(f)) for (x, y), f in zip(centres, far, strict=True)]


_DIRECTIONS = 16
_DISTANCES = (1.0, 6.0, 11.0, 17.0, 24.0, 32.0)
_OVERLAP, _OUTSIDE, _DISTANCE = 4.0, 50.0, 0.3  # prices of a bad place, in square points


@dataclass(frozen=True, slots=True, eq=False)
class _Board:
    """Marks, label sizes, and where each label could stand."""

    points: Float[np.ndarray, "point 2"]
    marks: Float[np.ndarray, "mark 2"]
    sizes: Float[np.ndarray, "point 2"]
    candidates: Float[np.ndarray, "point candidate 2"]
    bounds: Float[np.ndarray, " 2"]
    radius: float

    def costs(
        self, i: int, chosen: Int[np.ndarray, " point"], placed: Bool[np.ndarray, " point"]
    ) -> Float[np.ndarray, " candidate"]:
        """Return the price of every place of label ``i``, given where the placed labels stand."""
        places, size, others = self.candidates[i], self.sizes[i], np.flatnonzero(placed)
        labels = self.candidates[others, chosen[others]]
        extents = np.full_like(self.marks, 2 * self.radius + 1)
        covered = overlap(places, size, labels, self.sizes[others])
        covered += overlap(places, size, self.marks, extents)
        outside = np.maximum(size / 2 - places, 0) + np.maximum(places + size / 2 - self.bounds, 0)
        distance = np.hypot(*(places - self.points[i]).T)
        price: Float[np.ndarray, " candidate"] = (
            _OVERLAP * covered + _OUTSIDE * outside.sum(axis=1) + _DISTANCE * distance
        )
        return price


def _candidates(
    points: Float[np.ndarray, "point 2"], sizes: Float[np.ndarray, "point 2"], radius: float
) -> Float[np.ndarray, "point candidate 2"]:
    """Return centres a label may take: all directions near the mark, then further away."""
    angles = np.arange(_DIRECTIONS) * 2 * np.pi / _DIRECTIONS
    circle = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    directions = np.tile(circle, (len(_DISTANCES), 1))
    reach = radius + np.repeat(_DISTANCES, _DIRECTIONS)
    # Not its centre but its nearest edge keeps the distance: a label is wider than high.
    half = sizes[:, None, :] / 2 * np.clip(directions * 1.4, -1, 1)
    centres: Float[np.ndarray, "point candidate 2"] = (
        points[:, None, :] + directions * reach[:, None] + half
    )
    return centres


def _crowding(points: Float[np.ndarray, "point 2"]) -> Float[np.ndarray, " point"]:
    apart = points[:, None, :] - points[None, :, :]
    crowd: Float[np.ndarray, " point"] = np.exp(-np.hypot(*apart.transpose(2, 0, 1)) / 15).sum(1)
    return crowd


def overlap(
    centres: Float[np.ndarray, "candidate 2"],
    size: Float[np.ndarray, " 2"],
    others: Float[np.ndarray, "other 2"],
    other_sizes: Float[np.ndarray, "other 2"],
) -> Float[np.ndarray, " candidate"]:
    """Return the area each candidate shares with the others."""
    apart = np.abs(centres[:, None, :] - others[None, :, :])
    shared = np.clip((size + other_sizes)[None] / 2 - apart, 0, None)
    area: Float[np.ndarray, " candidate"] = shared.prod(axis=2).sum(axis=1)
    return area
