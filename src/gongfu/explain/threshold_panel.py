"""The panel of a threshold regression: rows sorted by unit, effects taken out, problems named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int, Shaped

from gongfu.core import InputError, Problem

__all__ = ["ThresholdPanel", "orthonormal", "threshold_panel"]

_RANK = 1e-7
"""Singular value, relative to columns of length one, below which a direction is absent; cross
products in double precision tell no smaller one from rounding."""

_ABSORBED = 1e-9
"""Length of a column without its effects, relative to its own, that counts as rounding."""


@dataclass(frozen=True, slots=True, eq=False)
class ThresholdPanel:
    """Rows sorted by unit and period.

    Parameters
    ----------
    dependent, slopes : without unit and time effects; slopes are regime regressors, then controls.
    regime, threshold : as given; an interaction is demeaned after, not before, it is formed.
    unit, start, length : code of each row's unit, first row and number of rows of each unit.
    effects : orthonormal basis of the time effects within units; no column without them.
    order : rows in ascending order of the threshold variable.
    is_balanced : every unit has the same periods.
    """

    dependent: Float[np.ndarray, " row"]
    slopes: Float[np.ndarray, "row slope"]
    regime: Float[np.ndarray, "row regime"]
    threshold: Float[np.ndarray, " row"]
    unit: Int[np.ndarray, " row"]
    start: Int[np.ndarray, " unit"]
    length: Int[np.ndarray, " unit"]
    effects: Float[np.ndarray, "row effect"]
    order: Int[np.ndarray, " row"]
    is_balanced: bool

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.dependent)

    @property
    def degrees_of_freedom(self) -> int:
        """Rows less unit and time effects: n (T - 1) in a balanced panel without time effects."""
        return self.rows - len(self.start) - int(self.effects.shape[1])

    def within(self, columns: Float[np.ndarray, "row column"]) -> Float[np.ndarray, "row column"]:
        """Return the columns without unit and time effects."""
        return _off(_demeaned(columns, self.start, self.length), self.effects)


def threshold_panel(
    dependent: Float[np.ndarray, " row"],
    regime: Float[np.ndarray, "row regime"],
    controls: Float[np.ndarray, "row control"],
    threshold: Float[np.ndarray, " row"],
    *,
    entity: Shaped[np.ndarray, " row"],
    time: Shaped[np.ndarray, " row"],
    time_effects: bool,
    roles: Sequence[str] = (),
) -> ThresholdPanel:
    """Return the rows ready for a search.

    Parameters
    ----------
    roles : what messages call the regime regressors; numbered when left out.

    Raises
    ------
    InputError
        If a value is missing, a row appears twice, or a regressor is absorbed or collinear.
    """
    units, code = np.unique(entity, return_inverse=True)
    periods, period = np.unique(time, return_inverse=True)
    _refuse(
        np.column_stack([dependent, regime, controls, threshold]),
        code * len(periods) + period,
        len(units),
    )
    rows = np.lexsort((period, code))
    code, period, regime = code[rows], period[rows], regime[rows]
    length = np.bincount(code)
    start = np.concatenate([[0], np.cumsum(length)[:-1]])
    dummies = np.eye(len(periods))[period] if time_effects else np.empty((len(rows), 0))
    effects = orthonormal(_demeaned(dummies, start, length), np.ones(dummies.shape[1]))
    raw = np.column_stack([regime, controls[rows]])
    slopes = _off(_demeaned(raw, start, length), effects)
    given = roles or [f"regime regressor {j + 1}" for j in range(regime.shape[1])]
    plain = [f"control {j + 1}" for j in range(controls.shape[1])]
    _refuse_absorbed(slopes, raw, [*given, *plain])
    demeaned = _demeaned(dependent[rows][:, None], start, length)
    return ThresholdPanel(
        dependent=_off(demeaned, effects)[:, 0],
        slopes=slopes,
        regime=regime,
        threshold=threshold[rows],
        unit=code,
        start=start,
        length=length,
        effects=effects,
        order=np.argsort(threshold[rows], kind="stable"),
        is_balanced=len(rows) == len(units) * len(periods),
    )


def orthonormal(
    columns: Float[np.ndarray, "row column"], scale: Float[np.ndarray, " column"] | None = None
) -> Float[np.ndarray, "row rank"]:
    """Return an orthonormal basis of the columns' span.

    Parameters
    ----------
    scale : length against which a direction counts as absent; the column's own by default.
    """
    if columns.shape[1] == 0:
        return columns
    norm = np.sqrt(np.einsum("ij,ij->j", columns, columns)) if scale is None else scale
    basis = columns / np.where(norm > 0, norm, 1.0)
    for _ in range(2):  # by cross products, ten times faster than QR; the second pass repairs it
        size, turn = np.linalg.eigh(basis.T @ basis)
        kept = size > _RANK**2
        basis = basis @ (turn[:, kept] / np.sqrt(size[kept]))
    return basis


def _demeaned(
    columns: np.ndarray, start: np.ndarray, length: np.ndarray
) -> Float[np.ndarray, "row column"]:
    if columns.shape[1] == 0:
        return columns
    means = np.add.reduceat(columns, start, axis=0) / length[:, None]
    return columns - np.repeat(means, length, axis=0)  # type: ignore[no-any-return]


def _off(columns: np.ndarray, basis: np.ndarray) -> Float[np.ndarray, "row column"]:
    return columns - basis @ (basis.T @ columns)  # type: ignore[no-any-return]


def _refuse(
    columns: Float[np.ndarray, "row column"], cell: Int[np.ndarray, " row"], units: int
) -> None:
    problems = []
    bad = ~np.isfinite(columns).all(axis=1)
    if bad.any():
        problems.append(
            Problem(
                "a threshold regression needs a number in every cell",
                found=f"{int(bad.sum())} rows without, the first is row {_first(bad)}",
                fix="Drop those rows first.",
            )
        )
    _, place, times = np.unique(cell, return_index=True, return_counts=True)
    if (times > 1).any():
        problems.append(
            Problem(
                "each unit and period may stand in one row only",
                found=f"{int((times > 1).sum())} in several, one is row {place[times > 1][0] + 1}",
            )
        )
    if units < 2 or len(cell) < units + columns.shape[1]:
        problems.append(
            Problem(
                "too few rows",
                expected="at least two units and more rows than units and regressors",
                found=f"{units} units, {len(cell)} rows",
            )
        )
    if problems:
        raise InputError(problems)


def _refuse_absorbed(slopes: np.ndarray, raw: np.ndarray, roles: Sequence[str]) -> None:
    spread = np.sqrt(np.einsum("ij,ij->j", slopes, slopes))
    absorbed = spread <= _ABSORBED * np.sqrt(np.einsum("ij,ij->j", raw, raw))
    if absorbed.any():
        raise InputError(
            [
                Problem(
                    "a regressor does not vary once unit and time effects are taken out",
                    column=roles[int(j)],
                    fix="Leave it out, or leave the effects out that absorb it.",
                )
                for j in np.flatnonzero(absorbed)
            ]
        )
    if orthonormal(slopes).shape[1] < slopes.shape[1]:
        raise InputError(
            Problem("regressors are collinear within units", fix="Leave one of them out.")
        )


def _first(bad: Bool[np.ndarray, " row"]) -> int:
    return int(np.argmax(bad)) + 1
