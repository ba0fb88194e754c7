"""Indicators looked at before anything is computed: gaps, spread, outliers, ends of the scale.

References
----------
[OECD 2008] OECD and JRC: Handbook on Constructing Composite Indicators, steps 2 to 4.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.measure.index.build import BuiltIndex
from gongfu.measure.index.treat import kurtosis, skewness

__all__ = ["Screened", "screen"]


@dataclass(frozen=True, slots=True)
class Screened:
    """One indicator over all units and years of an index.

    Parameters
    ----------
    name : of the indicator.
    coverage : share (0-1) of units times years with a figure.
    gaps : units without a figure in some year.
    low, high : smallest and largest value, in its unit.
    skewness, kurtosis : of the pooled values, kurtosis less 3.
    at_ends : share (0-1) of the figures at or beyond a fixed bound; none without bounds.
    year_share : share (0-1) of the pooled variance that is the common movement of the years.
    twin, twin_correlation : indicator most correlated within years, and how much.
    """

    name: str
    coverage: float
    gaps: tuple[str, ...]
    low: float
    high: float
    skewness: float
    kurtosis: float
    at_ends: float | None
    year_share: float
    twin: str
    twin_correlation: float


def screen(built: BuiltIndex) -> tuple[Screened, ...]:
    """Return what every indicator of an index looks like, in the order of the tree."""
    names = [one.name for one in built.tree.indicators]
    correlation = _within_year_correlation(built.values)
    np.fill_diagonal(correlation, 0.0)
    out = []
    for j, one in enumerate(built.tree.indicators):
        values = built.values[..., j]
        known = ~np.isnan(values)
        twin = int(np.abs(correlation[j]).argmax())
        out.append(
            Screened(
                name=one.name,
                coverage=float(known.mean()),
                gaps=tuple(np.array(built.units)[~known.all(axis=1)].tolist()),
                low=float(np.nanmin(values)),
                high=float(np.nanmax(values)),
                skewness=skewness(values.ravel()),
                kurtosis=kurtosis(values.ravel()),
                at_ends=_at_ends(values[known], one.bounds),
                year_share=_year_share(values),
                twin=names[twin] if len(names) > 1 else "",
                twin_correlation=float(correlation[j, twin]),
            )
        )
    return tuple(out)


def _at_ends(values: Float[np.ndarray, " row"], bounds: tuple[float, float] | None) -> float | None:
    if bounds is None:
        return None
    low, high = bounds
    return float(np.mean((values <= low) | (values >= high)))


def _year_share(values: Float[np.ndarray, "unit year"]) -> float:
    whole = float(np.nanvar(values))
    seen = values[:, ~np.isnan(values).all(axis=0)]
    return 1.0 - float(np.nanvar(seen - np.nanmean(seen, axis=0))) / whole if whole > 0 else 0.0


def _within_year_correlation(
    values: Float[np.ndarray, "unit year indicator"],
) -> Float[np.ndarray, "indicator indicator"]:
    rows = values.reshape(-1, values.shape[-1])
    year = np.tile(np.arange(values.shape[1]), values.shape[0])
    complete = ~np.isnan(rows).any(axis=1)
    rows, year = rows[complete], year[complete]
    centred = rows.copy()
    for one in np.unique(year):
        centred[year == one] -= rows[year == one].mean(axis=0)
    length = np.linalg.norm(centred, axis=0)
    units = np.divide(centred, length, out=np.zeros_like(centred), where=length > 0)
    return np.asarray(units.T @ units)
