"""Taking entity and time means out of panel columns, exactly, with or without holes.

References
----------
[Wansbeek-Kapteyn 1989] Estimation of the error-components model with incomplete panels.
Journal of Econometrics 41(3).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float, Int

from gongfu.core import ConvergenceError
from gongfu.explain.panel_data import PanelData

__all__ = ["TOLERANCE", "Effects", "Within", "within"]

Effects = Literal["entity", "time", "two-way"]

TOLERANCE = 1e-12
"""Largest remaining mean, relative to the column's size, where means are removed by iteration."""
_ABSENT = 1e-12
"""Eigenvalue, relative to the largest, that counts as zero: one for each group without links."""

_MOST_STEPS = 1000
_MOST_PASSES = 5
_MOST_DENSE_LEVELS = 1000
_MOST_DENSE_WORK = 2_000_000_000

Column = Float[np.ndarray, " row"]
Columns = Float[np.ndarray, "row column"]


@dataclass(frozen=True, slots=True)
class Within:
    """A within transformation.

    Parameters
    ----------
    effects : which means it removes.
    absorbed : how many free effects that costs.
    remove : returns columns without those means.
    """

    effects: Effects
    absorbed: int
    remove: Callable[[Columns], Columns]


def within(data: PanelData, effects: Effects) -> Within:
    """Return the transformation that removes the means of entities, times or both.

    Raises
    ------
    ConvergenceError
        From ``remove``, if an iteration misses ``TOLERANCE``.

    Notes
    -----
    One way: group means. Two-way and balanced: ``x - x[i.] - x[.t] + x[..]``. Two-way with holes:
    entity means are removed, then the time effects solve
    ``(D_t - N' D_i**-1 N) tau = N'-swept time sums`` [Wansbeek-Kapteyn 1989] with N the table of
    cells: directly up to 1,000 levels, beyond that by conjugate gradients to ``TOLERANCE``.
    """
    entity, time = (data.entity, len(data.entities)), (data.time, len(data.times))
    if effects == "entity":
        return Within(effects, entity[1], _by_column(_one_way(*entity)))
    if effects == "time":
        return Within(effects, time[1], _by_column(_one_way(*time)))
    many, few = (entity, time) if entity[1] >= time[1] else (time, entity)
    if data.is_balanced:
        return Within(effects, many[1] + few[1] - 1, _by_column(_balanced(*many, *few)))
    absorbed = many[1] + few[1] - _components(many[0], few[0], many[1], few[1])
    return Within(effects, absorbed, _by_column(_with_holes(*many, *few)))


def level_sums(
    values: Columns, codes: Int[np.ndarray, " row"], levels: int
) -> Float[np.ndarray, "level column"]:
    """Return the sum of each column over the rows of each level."""
    return np.stack([np.bincount(codes, column, levels) for column in values.T], axis=1)


def _by_column(remove: Callable[[Column], Column]) -> Callable[[Columns], Columns]:
    # Columns one by one, each contiguous: several times faster than rows of a few numbers.
    return lambda values: np.stack([remove(c - c.mean()) for c in np.array(values.T, order="C")]).T


def _one_way(codes: np.ndarray, levels: int) -> Callable[[Column], Column]:
    share = 1 / np.bincount(codes, minlength=levels)
    return lambda column: column - (np.bincount(codes, column, levels) * share)[codes]


def _balanced(
    many: np.ndarray, levels: int, few: np.ndarray, few_levels: int
) -> Callable[[Column], Column]:
    first, second = _one_way(many, levels), _one_way(few, few_levels)
    return lambda column: second(first(column))


def _with_holes(
    many: np.ndarray, levels: int, few: np.ndarray, few_levels: int
) -> Callable[[Column], Column]:
    few_enough = few_levels <= _MOST_DENSE_LEVELS
    if not (few_enough and levels * few_levels**2 <= _MOST_DENSE_WORK):
        sweep = _one_way(many, levels)
        return lambda column: _by_conjugate_gradients(column, sweep, few, few_levels)
    cells = np.bincount(many * few_levels + few, minlength=levels * few_levels)
    table = cells.reshape(levels, few_levels).astype(np.float64)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    shares = table / rows[:, None]
    inverse = np.linalg.pinv(np.diag(columns) - table.T @ shares, rcond=_ABSENT, hermitian=True)

    def remove(column: Column) -> Column:
        size = _size(column)
        for _ in range(_MOST_PASSES):
            means = np.bincount(many, column, levels) / rows
            effect = inverse @ (np.bincount(few, column, few_levels) - table.T @ means)
            column = column - (means - shares @ effect)[many] - effect[few]
            left = np.abs(np.bincount(few, column, few_levels) / columns).max()
            if left <= TOLERANCE * size:
                return column
        raise _not_reached(left / size, _MOST_PASSES)

    return remove


def _by_conjugate_gradients(
    column: Column, sweep: Callable[[Column], Column], few: np.ndarray, levels: int
) -> Column:
    counts, size = np.bincount(few, minlength=levels), _size(column)
    swept, effect = sweep(column), np.zeros(levels)
    left = np.bincount(few, swept, levels)
    direction = left / counts
    squared = float(left @ direction)
    for _ in range(_MOST_STEPS):
        worst = float(np.abs(left / counts).max()) / size
        if worst <= TOLERANCE:
            return sweep(swept - effect[few])
        image = np.bincount(few, sweep(direction[few]), levels)
        step = squared / float(direction @ image)
        effect += step * direction
        left = left - step * image
        previous, squared = squared, float(left @ (left / counts))
        direction = left / counts + squared / previous * direction
    raise _not_reached(worst, _MOST_STEPS)


def _size(column: Column) -> float:
    return float(np.sqrt(np.mean(column**2)) + np.finfo(np.float64).tiny)


def _not_reached(worst: float, steps: int) -> ConvergenceError:
    return ConvergenceError(
        f"two-way means still differ from zero by {worst:.1e} of a column's size after {steps} "
        f"steps (tolerance {TOLERANCE:.0e}). Drop entities with a single row."
    )


def _components(many: np.ndarray, few: np.ndarray, levels: int, few_levels: int) -> int:
    """Groups of entities and times that no row connects: each costs one effect less."""
    label = np.arange(few_levels)
    while True:
        least = np.full(levels, few_levels)
        np.minimum.at(least, many, label[few])
        new = label.copy()
        np.minimum.at(new, few, least[many])
        new = new[new]
        if np.array_equal(new, label):
            return len(np.unique(label))
        label = new
