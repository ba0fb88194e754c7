"""Differences of a dynamic panel, and the levels that are instruments for them.

References
----------
[Arellano-Bond 1991] Some tests of specification for panel data: Monte Carlo evidence and an
application to employment equations. Review of Economic Studies 58(2).
[Roodman 2009] A note on the theme of too many instruments. Oxford Bulletin of Economics and
Statistics 71(1).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from gongfu.core import InputError, Problem
from gongfu.core.errors import nearest_name
from gongfu.explain.least_squares import require_identified
from gongfu.explain.panel_data import PanelData

__all__ = ["DynamicColumns", "DynamicModel", "dynamic_columns"]


@dataclass(frozen=True, slots=True)
class DynamicModel:
    """Which lags stand in the equation and which levels are instruments.

    Parameters
    ----------
    lags : of the dependent among the regressors, 1 or more.
    regressor_lags : lags of each regressor, such as ``{"wage": (0, 1)}``; 0 alone by default.
    predetermined, endogenous : regressors that past, or past and present errors may move; their
        levels from lag 1, or 2, on are instruments. All others are strictly exogenous.
    deepest : deepest lag of a level used as instrument; all by default.
    collapse : one instrument per lag in place of one per lag and time [Roodman 2009].
    time_effects : whether each time has an effect of its own.
    """

    lags: int = 1
    regressor_lags: Mapping[str, Sequence[int]] | None = None
    predetermined: Sequence[str] = ()
    endogenous: Sequence[str] = ()
    deepest: int | None = None
    collapse: bool = False
    time_effects: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class DynamicColumns:
    """Differenced equations by entity and time; cells without an equation are zero.

    Parameters
    ----------
    y, x, z : dependent, regressors, instruments.
    present : where there is an equation.
    """

    y: Float[np.ndarray, "entity time"]
    x: Float[np.ndarray, "entity time regressor"]
    z: Float[np.ndarray, "entity time instrument"]
    present: Bool[np.ndarray, "entity time"]
    names: tuple[str, ...]

    @property
    def n(self) -> int:
        """Number of equations."""
        return int(np.count_nonzero(self.present))

    @property
    def entities(self) -> int:
        """Entities with an equation."""
        return int(np.count_nonzero(self.present.any(axis=1)))


def dynamic_columns(data: PanelData, model: DynamicModel) -> DynamicColumns:
    """Return the columns of a differenced dynamic panel.

    Raises
    ------
    InputError
        If times are not whole numbers, names or lags are wrong, no entity has enough consecutive
        times, or a regressor does not change over time or combines others.
    """
    problems = [*_problems(data, model)]
    if problems:
        raise InputError(problems)
    levels = _levels(data)
    lagged = model.regressor_lags or {}
    terms = [(data.dependent_name, lag) for lag in range(1, model.lags + 1)]
    terms += [(name, lag) for name in data.names for lag in lagged.get(name, (0,))]
    y = _difference(levels[data.dependent_name])
    x = np.stack([_difference(_lag(levels[name], lag)) for name, lag in terms], axis=2)
    present = np.isfinite(y) & np.isfinite(x).all(axis=2)
    if not present.any():
        raise InputError(
            Problem(
                "no entity has enough consecutive times",
                expected=f"{model.lags + 2} or more",
                fix="Use fewer lags, or fill the holes from a source.",
            )
        )
    names = tuple(_term_name(name, lag) for name, lag in terms)
    if model.time_effects:
        used = np.flatnonzero(present.any(axis=0))
        dummies = np.eye(y.shape[1])[:, used]
        x = np.concatenate([x, np.broadcast_to(dummies, (*y.shape, len(used)))], axis=2)
        first = round(float(data.times.min()))
        names += tuple(f"difference at {first + t}" for t in used)
    x, y = np.where(present[..., None], x, 0.0), np.where(present, y, 0.0)
    _require_told_apart(x[present], names)
    z = _instruments(levels, x, terms, model, present)
    return DynamicColumns(y, x, z, present, names)


def _problems(data: PanelData, model: DynamicModel) -> Iterable[Problem]:
    if data.times.dtype.kind not in "iuf" or (data.times != np.round(data.times)).any():
        yield Problem("lags need times that are whole numbers", found=str(data.times[:3]))
    if model.lags < 1:
        yield Problem(f"lags of the dependent start at 1, got {model.lags}")
    if model.deepest is not None and model.deepest < 2:
        yield Problem(f"the deepest instrument lag is 2 or more, got {model.deepest}")
    lagged = model.regressor_lags or {}
    for name in {*lagged, *model.predetermined, *model.endogenous} - {*data.names}:
        yield Problem(f"no regressor {name!r}", fix=nearest_name(name, data.names))
    for name in {*model.predetermined} & {*model.endogenous}:
        yield Problem(f"{name} is called both predetermined and endogenous")
    for name, lags in lagged.items():
        if not lags or min(lags) < 0 or len(set(lags)) < len(lags):
            yield Problem(f"lags of {name} are different whole numbers from 0", found=str(lags))


def _levels(data: PanelData) -> dict[str, Float[np.ndarray, "entity time"]]:
    years = np.round(data.times).astype(np.int64)
    place = (years - years.min())[data.time]
    out = {}
    columns = np.column_stack([data.dependent, data.regressors]).T
    for name, column in zip((data.dependent_name, *data.names), columns, strict=True):
        cube = np.full((len(data.entities), int(np.ptp(years)) + 1), np.nan)
        cube[data.entity, place] = column
        out[name] = cube
    return out


def _lag(values: np.ndarray, lag: int) -> np.ndarray:
    out = np.full(values.shape, np.nan)
    out[:, lag:] = values[:, : values.shape[1] - lag]
    return out


def _difference(values: np.ndarray) -> np.ndarray:
    return np.asarray(values - _lag(values, 1))


def _term_name(name: str, lag: int) -> str:
    return f"{name}, lag {lag}" if lag else name


def _require_told_apart(rows: np.ndarray, names: tuple[str, ...]) -> None:
    size = np.maximum(np.linalg.norm(rows, axis=0), 1e-300)
    constant = [n for n, column in zip(names, rows.T, strict=True) if not column.any()]
    if constant:
        raise InputError(
            Problem(f"{name} does not change over time: differences take it out")
            for name in constant
        )
    require_identified(rows, size, names, "", len(names))


def _instruments(
    levels: Mapping[str, np.ndarray],
    x: np.ndarray,
    terms: Sequence[tuple[str, int]],
    model: DynamicModel,
    present: np.ndarray,
) -> Float[np.ndarray, "entity time instrument"]:
    shallowest = {terms[0][0]: 2}  # the dependent, whose lags stand first
    shallowest |= dict.fromkeys(model.predetermined, 1) | dict.fromkeys(model.endogenous, 2)
    blocks = [
        _level_block(levels[name], first, model, present) for name, first in shallowest.items()
    ]
    exogenous = [j for j, (name, _) in enumerate(terms) if name not in shallowest]
    blocks.append(x[..., [*exogenous, *range(len(terms), x.shape[2])]])
    z = np.concatenate(blocks, axis=2)
    return np.asarray(z[..., z.any(axis=(0, 1))])


def _level_block(
    values: np.ndarray, first: int, model: DynamicModel, present: np.ndarray
) -> np.ndarray:
    times = values.shape[1]
    deepest = times - 1 if model.deepest is None else min(model.deepest, times - 1)
    columns = [
        np.where(present, np.nan_to_num(_lag(values, lag)), 0.0)
        for lag in range(first, deepest + 1)
    ]
    if model.collapse:
        return np.stack(columns, axis=2)
    own_time = [np.eye(times) * column[..., None] for column in columns]
    return np.concatenate(own_time, axis=2)
