"""Columns of a balanced panel, their spatial lags, and both without effects.

References
----------
[Lee-Yu 2010] Estimation of spatial autoregressive panel data models with fixed effects. Journal
of Econometrics 154(2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError, Problem
from gongfu.core.errors import nearest_name
from gongfu.explain.panel_data import PanelData
from gongfu.explain.spatial_spectrum import Determinant, Multiplier, WeightSpectrum
from gongfu.explain.within import Effects

__all__ = ["SpatialColumns", "spatial_columns", "without_means"]

Cube = Float[np.ndarray, "unit time column"]


@dataclass(frozen=True, slots=True, eq=False)
class SpatialColumns:
    """Rows by unit, then time, with effects taken out.

    Parameters
    ----------
    y, y_lagged, x : dependent, its spatial lag, regressors with their lags.
    sizes : norm of each regressor before effects were taken out.
    lagged_names : regressors whose lag stands in ``x``.
    determinant, free, times : of the likelihood: of ``I - rho W``, rows that count, how often.
    effects : which are out.
    """

    y: Float[np.ndarray, " row"]
    y_lagged: Float[np.ndarray, " row"]
    x: Float[np.ndarray, "row regressor"]
    sizes: Float[np.ndarray, " regressor"]
    lagged_names: tuple[str, ...]
    determinant: Determinant
    free: int
    times: int
    effects: Effects
    shape: tuple[int, int]
    raw: Cube
    row: np.ndarray
    warnings: tuple[str, ...]

    @property
    def parameters(self) -> int:
        """Coefficients, rho and absorbed effects."""
        units, times = self.shape
        absorbed = {"entity": units, "time": times, "two-way": units + times - 1}
        return int(self.x.shape[1]) + 1 + absorbed[self.effects]

    def spread(
        self,
        gain: Float[np.ndarray, "unit unit"] | Multiplier,
        values: Float[np.ndarray, " row"],
    ) -> Float[np.ndarray, " row"]:
        """Return a matrix of units times the values of each time, without effects."""
        cube = values.reshape(self.shape)
        spread = gain.times(cube) if isinstance(gain, Multiplier) else gain @ cube
        return without_means(spread[..., None], self.effects).ravel()

    def lag_of_regressors(self, spectrum: WeightSpectrum) -> Float[np.ndarray, "row regressor"]:
        """Return the spatial lag of the unlagged regressors, without effects."""
        lagged = without_means(lag(spectrum, self.raw), self.effects)
        return lagged.reshape(len(self.y), -1)

    def in_row_order(self, values: Float[np.ndarray, " row"]) -> Float[np.ndarray, " row"]:
        """Return values in the order of the rows of the data."""
        return np.asarray(values[self.row])


def spatial_columns(
    data: PanelData,
    spectrum: WeightSpectrum,
    *,
    effects: Effects,
    lee_yu: bool,
    lagged: Sequence[str] = (),
    order: Sequence[object] | None = None,
) -> SpatialColumns:
    """Return the columns of a spatial model; every mismatch is one InputError.

    Parameters
    ----------
    lee_yu : whether absorbed effects are taken out of the likelihood [Lee-Yu 2010].
    lagged : regressors whose spatial lag is a regressor too.
    order : entity of each row of the weights; ascending labels by default.
    """
    _check(data, spectrum, effects=effects, lee_yu=lee_yu, lagged=lagged, order=order)
    position = _positions(data, order)
    cube = np.empty((len(data.entities), len(data.times), len(data.names) + 1))
    cube[position[data.entity], data.time] = np.column_stack([data.dependent, data.regressors])
    y, raw = cube[..., :1], cube[..., 1:]
    durbin = lag(spectrum, raw[..., [data.names.index(name) for name in lagged]])
    stacked = np.concatenate([y, lag(spectrum, y), raw, durbin], axis=2)
    flat = without_means(stacked, effects).reshape(data.n, -1)
    units, times = cube.shape[:2]
    drops_mean = lee_yu and effects != "entity"
    drops_time = lee_yu and effects != "time"
    return SpatialColumns(
        y=flat[:, 0],
        y_lagged=flat[:, 1],
        x=flat[:, 2:],
        sizes=np.sqrt((stacked[..., 2:] ** 2).sum(axis=(0, 1))),
        lagged_names=tuple(lagged),
        determinant=spectrum.determinant(drops_one=drops_mean),
        free=(units - drops_mean) * (times - drops_time),
        times=times - drops_time,
        effects=effects,
        shape=(units, times),
        raw=raw,
        row=position[data.entity] * times + data.time,
        warnings=(*_isolated(units, spectrum), *_uncorrected(effects, lee_yu)),
    )


def lag(spectrum: WeightSpectrum, cube: Cube) -> Cube:
    """Return the spatial lag of each column at each time."""
    flat = spectrum.matrix @ cube.reshape(len(cube), -1)
    return np.asarray(flat.reshape(cube.shape))


def without_means(cube: Cube, effects: Effects) -> Cube:
    """Return columns without the means of units, of times or of both."""
    for _ in range(2):  # the second pass removes what rounding left of large means
        if effects != "time":
            cube = cube - cube.mean(axis=1, keepdims=True)
        if effects != "entity":
            cube = cube - cube.mean(axis=0, keepdims=True)
    return cube


def _check(
    data: PanelData,
    spectrum: WeightSpectrum,
    *,
    effects: Effects,
    lee_yu: bool,
    lagged: Sequence[str],
    order: Sequence[object] | None,
) -> None:
    if effects not in ("entity", "time", "two-way"):
        raise InputError(f"effects are entity, time or two-way, not {effects!r}")
    data.require_balanced()
    problems = [
        Problem(f"no regressor {name!r} to lag", fix=nearest_name(name, data.names))
        for name in lagged
        if name not in data.names
    ]
    if spectrum.weights.n != len(data.entities):
        problems.append(
            Problem(
                "the weights do not fit the panel",
                expected=f"{len(data.entities)} units, one per entity",
                found=f"{spectrum.weights.n}",
                fix="Build the weights from the entities of this panel, in ascending order.",
            )
        )
    if order is not None and sorted(map(str, order)) != sorted(map(str, data.entities)):
        strange = sorted({str(e) for e in order} ^ {str(e) for e in data.entities})
        problems.append(
            Problem("order does not name each entity once", found=", ".join(strange[:5]))
        )
    if lee_yu and effects != "entity" and not spectrum.is_row_standardised:
        problems.append(
            Problem(
                "the Lee-Yu correction for time effects needs row-standardised weights",
                found="rows that do not add up to 1",
                fix="Pass weights.standardised(), link units without neighbours, "
                "or choose lee_yu=False.",
            )
        )
    if problems:
        raise InputError(problems)


def _positions(data: PanelData, order: Sequence[object] | None) -> np.ndarray:
    if order is None:
        return np.arange(len(data.entities))
    place = {str(label): i for i, label in enumerate(order)}
    return np.array([place[str(label)] for label in data.entities])


def _isolated(units: int, spectrum: WeightSpectrum) -> tuple[str, ...]:
    islands = len(spectrum.weights.islands)
    if not islands:
        return ()
    return (f"{islands} of {units} units have no neighbour: no spillover reaches them.",)


def _uncorrected(effects: Effects, lee_yu: bool) -> tuple[str, ...]:
    if lee_yu:
        return ()
    rho = "" if effects == "entity" else ", and rho biased, so that its intervals cover too little"
    return (f"Without the Lee-Yu correction the error variance is too small{rho}.",)
