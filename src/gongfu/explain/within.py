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
_MOST_STEPS = 1000
_MOST_DENSE_LEVELS = 1000
_MOST_DENSE_WORK = 2_000_000_000

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
        From ``remove``, if an iteration (only very large panels with holes) misses ``TOLERANCE``.

    Notes
    -----
    One way: group means. Two-way and balanced: ``x - x[i.] - x[.t] + x[..]``. Two-way with holes:
    entity means are removed, then the time effects solve
    ``(D_t - N' D_i**-1 N) tau = N'-swept time sums`` [Wansbeek-Kapteyn 1989] with N the table of
    cells: directly up to 1,000 levels, beyond that by conjugate gradients to ``TOLERANCE``.
    """
    entity, time = (data.entity, len(data.entities)), (data.time, len(data.times))
    if effects == "entity":
        return Within(effects, entity[1], _one_way(*entity))
    if effects == "time":
        return Within(effects, time[1], _one_way(*time))
    many, few = (entity, time) if entity[1] >= time[1] else (time, entity)
    if data.is_balanced:
        return Within(effects, many[1] + few[1] - 1, _balanced(*many, *few))
    absorbed = many[1] + few[1] - _components(many[0], few[0], many[1], few[1])
    return Within(effects, absorbed, _with_holes(*many, *few))


def level_sums(
    values: Columns, codes: Int[np.ndarray, " row"], levels: int
) -> Float[np.ndarray, "level column"]:
    """Return the sum of each column over the rows of each level."""
    return np.stack([np.bincount(codes, column, levels) for column in values.T], axis=1)


def _one_way(codes: np.ndarray, levels: int) -> Callable[[Columns], Columns]:
    counts = np.bincount(codes, minlength=levels)[:, None]

    def remove(values: Columns) -> Columns:
        # Twice: what rounding leaves of a large mean is removed by the second pass.
        once = values - (level_sums(values, codes, levels) / counts)[codes]
        return np.asarray(once - (level_sums(once, codes, levels) / counts)[codes])

    return remove


def _balanced(
    many: np.ndarray, levels: int, few: np.ndarray, few_levels: int
) -> Callable[[Columns], Columns]:
    first, second = _one_way(many, levels), _one_way(few, few_levels)
    return lambda values: second(first(values))


def _with_holes(
    many: np.ndarray, levels: int, few: np.ndarray, few_levels: int
) -> Callable[[Columns], Columns]:
    sweep = _one_way(many, levels)
    few_enough = few_levels <= _MOST_DENSE_LEVELS
    if few_enough and levels * few_levels**2 <= _MOST_DENSE_WORK:
        inverse = np.linalg.pinv(_swept_table(many, levels, few, few_levels), hermitian=True)

        def remove(values: Columns) -> Columns:
            for _ in range(2):
                swept = sweep(values)
                values = sweep(swept - (inverse @ level_sums(swept, few, few_levels))[few])
            return values

        return remove
    return lambda values: _by_conjugate_gradients(values, sweep, few, few_levels)


def _swept_table(
    many: np.ndarray, levels: int, few: np.ndarray, few_levels: int
) -> Float[np.ndarray, "level level"]:
    cells = np.bincount(many * few_levels + few, minlength=levels * few_levels)
    table = cells.reshape(levels, few_levels).astype(np.float64)
    return np.asarray(
        np.diag(table.sum(axis=0)) - np.asarray(table.T @ (table / table.sum(axis=1)[:, None]))
    )


def _by_conjugate_gradients(
    values: Columns, sweep: Callable[[Columns], Columns], few: np.ndarray, levels: int
) -> Columns:
    counts = np.bincount(few, minlength=levels)[:, None]
    swept = sweep(values)
    size = np.sqrt(np.mean(values**2, axis=0)) + np.finfo(np.float64).tiny
    effect = np.zeros((levels, values.shape[1]))
    left = level_sums(swept, few, levels)
    scaled = left / counts
    direction, squared = scaled.copy(), np.sum(left * scaled, axis=0)
    for _ in range(_MOST_STEPS):
        if np.all(np.abs(left / counts).max(axis=0) <= TOLERANCE * size):
            return sweep(swept - effect[few])
        image = level_sums(sweep(direction[few]), few, levels)
        step = _ratio(squared, np.sum(direction * image, axis=0))
        effect += step * direction
        left = left - step * image
        scaled = left / counts
        previous, squared = squared, np.sum(left * scaled, axis=0)
        direction = scaled + _ratio(squared, previous) * direction
    worst = float((np.abs(left / counts).max(axis=0) / size).max())
    raise ConvergenceError(
        f"two-way means still differ from zero by {worst:.1e} of a column's size after "
        f"{_MOST_STEPS} steps (tolerance {TOLERANCE:.0e}). Drop entities with a single row."
    )


def _ratio(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    return np.asarray(np.divide(above, below, out=np.zeros_like(above), where=below > 0))


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
