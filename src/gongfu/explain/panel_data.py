"""The rows of a panel as arrays, checked once: which unit, which time, dependent, regressors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float, Int
from narwhals.typing import IntoFrame
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.core.errors import nearest_name
from gongfu.core.panel import as_polars

__all__ = ["PanelData"]

_SHOWN = 5
"""Rows named in one message."""


@dataclass(frozen=True, slots=True, eq=False)
class PanelData:
    """A long panel: one row per entity and time, in any order, with or without holes.

    Parameters
    ----------
    dependent, regressors : finite numbers.
    entity, time : position of each row's entity and time in ``entities`` and ``times``.
    entities, times : labels in ascending order.
    names, dependent_name : of the columns.

    See Also
    --------
    PanelData.from_arrays, PanelData.from_frame : build one and check it.
    """

    dependent: Float[np.ndarray, " row"]
    regressors: Float[np.ndarray, "row regressor"]
    entity: Int[np.ndarray, " row"]
    time: Int[np.ndarray, " row"]
    entities: np.ndarray
    times: np.ndarray
    names: tuple[str, ...]
    dependent_name: str = "y"

    @classmethod
    def from_arrays(
        cls,
        dependent: ArrayLike,
        regressors: ArrayLike,
        *,
        entity: ArrayLike,
        time: ArrayLike,
        names: Sequence[str] | None = None,
        dependent_name: str = "y",
    ) -> PanelData:
        """Return the panel of four arrays with one row per entity and time.

        Parameters
        ----------
        dependent : one number a row.
        regressors : one column per regressor, without a constant.
        entity, time : labels of any kind that can be sorted.

        Raises
        ------
        InputError
            With everything that is wrong: lengths, names, missing numbers, duplicated rows.
        """
        y = np.asarray(dependent, dtype=np.float64)
        x = np.asarray(regressors, dtype=np.float64)
        x = x[:, None] if x.ndim == 1 else x
        names = tuple(names) if names is not None else tuple(f"x{j + 1}" for j in range(x.shape[1]))
        units, moments = np.asarray(entity), np.asarray(time)
        problems = [*_shape_problems(y, x, units, moments, names)]
        if problems:
            raise InputError(problems)
        problems = [*_missing_problems(np.column_stack([y, x]), (dependent_name, *names))]
        (entities, entity_code), (times, time_code) = _coded(units), _coded(moments)
        problems += _duplicate_problems(entity_code, time_code, entities, times)
        if problems:
            raise InputError(problems)
        return cls(y, x, entity_code, time_code, entities, times, names, dependent_name)

    @classmethod
    def from_frame(
        cls,
        frame: IntoFrame,
        dependent: str,
        regressors: Sequence[str],
        *,
        entity: str,
        time: str,
    ) -> PanelData:
        """Return the panel of named columns of any dataframe; rows with a hole are refused.

        Raises
        ------
        InputError
            If a column is missing, or as in ``from_arrays``.
        """
        table = as_polars(frame)
        unknown = [c for c in (dependent, *regressors, entity, time) if c not in table.columns]
        if unknown:
            raise InputError(
                Problem(f"no column {c!r}", fix=nearest_name(c, table.columns)) for c in unknown
            )
        return cls.from_arrays(
            table[dependent].cast(float).to_numpy(),
            np.column_stack([table[c].cast(float).to_numpy() for c in regressors]),
            entity=table[entity].to_numpy(),
            time=table[time].to_numpy(),
            names=regressors,
            dependent_name=dependent,
        )

    @property
    def n(self) -> int:
        """Number of rows."""
        return len(self.dependent)

    @property
    def is_balanced(self) -> bool:
        """Whether every entity has a row at every time."""
        return self.n == len(self.entities) * len(self.times)

    def cube(self, values: Float[np.ndarray, "row ..."]) -> Float[np.ndarray, "entity time ..."]:
        """Return row values by entity and time.

        Raises
        ------
        InputError
            If some entity has no row at some time.
        """
        self.require_balanced()
        out = np.empty((len(self.entities), len(self.times), *values.shape[1:]))
        out[self.entity, self.time] = values
        return out

    def require_balanced(self) -> None:
        """Raise an InputError that names the missing cells, if there are any."""
        if self.is_balanced:
            return
        present = np.zeros((len(self.entities), len(self.times)), dtype=bool)
        present[self.entity, self.time] = True
        holes = np.argwhere(~present)
        shown = ", ".join(f"{self.entities[i]} in {self.times[t]}" for i, t in holes[:_SHOWN])
        raise InputError(
            Problem(
                f"{len(holes)} entity-times have no row",
                expected="a row for every entity at every time",
                found=f"none for {shown}{', ...' if len(holes) > _SHOWN else ''}",
                fix="Fill them from a source, or drop the entities or times that have holes.",
            )
        )


def _shape_problems(
    y: np.ndarray, x: np.ndarray, entity: np.ndarray, time: np.ndarray, names: tuple[str, ...]
) -> Iterable[Problem]:
    lengths = {"dependent": y.shape, "entity": entity.shape, "time": time.shape}
    for name, shape in lengths.items():
        if shape != (len(x),):
            yield Problem(
                f"{name} does not fit the regressors",
                expected=f"{len(x)} rows",
                found=f"an array of shape {shape}",
            )
    if x.ndim != 2 or len(names) != x.shape[1]:
        yield Problem(
            "regressors and names differ",
            expected=f"{len(names)} columns",
            found=f"an array of shape {x.shape}",
        )
    if len(set(names)) < len(names):
        yield Problem("a regressor stands twice", found=", ".join(names), fix="Keep one of them.")


def _missing_problems(values: np.ndarray, names: tuple[str, ...]) -> Iterable[Problem]:
    for column, name in zip(values.T, names, strict=True):
        bad = np.flatnonzero(~np.isfinite(column))
        if len(bad):
            yield Problem(
                f"{len(bad)} values of {name} are missing or infinite",
                found=f"the first in row {bad[0]} (counted from 0)",
                fix="Leave those rows out, or fill them from a source.",
            )


def _coded(labels: np.ndarray) -> tuple[np.ndarray, Int[np.ndarray, " row"]]:
    if labels.dtype.kind in "iu" and len(labels):
        low, high = int(labels.min()), int(labels.max())
        if high - low < 4 * len(labels) + 1000:
            return _coded_by_counting(labels, low, high)
    values, codes = np.unique(labels, return_inverse=True)
    return values, codes.astype(np.int64)


def _coded_by_counting(
    labels: np.ndarray, low: int, high: int
) -> tuple[np.ndarray, Int[np.ndarray, " row"]]:
    offset = labels.astype(np.int64) - low
    used = np.zeros(high - low + 1, dtype=bool)
    used[offset] = True
    return np.flatnonzero(used) + low, (np.cumsum(used) - 1)[offset]


def _duplicate_problems(
    entity: np.ndarray, time: np.ndarray, entities: np.ndarray, times: np.ndarray
) -> list[Problem]:
    cell = entity * len(times) + time
    dense = len(entities) * len(times) <= 8 * len(cell) + 1000
    counted: tuple[Any, Any] = (
        _dense_counts(cell, len(entities) * len(times))
        if dense
        else np.unique(cell, return_counts=True)
    )
    cells, counts = counted[0][counted[1] > 1], counted[1][counted[1] > 1]
    if not len(cells):
        return []
    shown = ", ".join(
        f"{entities[c // len(times)]} in {times[c % len(times)]} ({k} rows)"
        for c, k in zip(cells[:_SHOWN], counts[:_SHOWN], strict=True)
    )
    return [
        Problem(
            f"{len(cells)} entity-times stand more than once",
            expected="one row per entity and time",
            found=f"{shown}{', ...' if len(cells) > _SHOWN else ''}",
            fix="Keep one row of each.",
        )
    ]


def _dense_counts(cell: np.ndarray, cells: int) -> tuple[np.ndarray, np.ndarray]:
    return np.arange(cells), np.bincount(cell, minlength=cells)
