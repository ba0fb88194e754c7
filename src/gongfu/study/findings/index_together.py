"""Indices of a study by larger region over time, and two of them coupled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import numpy as np
from jaxtyping import Float

from gongfu.measure.index.coupling import coupling_intervals
from gongfu.measure.index.uncertainty import spread
from gongfu.study.indices import StudyIndex
from gongfu.study.settings import IndexSettings

__all__ = ["area_rows", "coupling_rows"]


def area_rows(one: StudyIndex) -> Iterator[dict[str, Any]]:
    """Yield population-weighted means over the units of a region that have every year."""
    built = one.built
    if not one.regions or "population" not in one.figures.names:
        return
    people = one.figures.array("population", built.units, built.years)
    complete = ~np.isnan(built.index).any(axis=1) & ~np.isnan(people).any(axis=1)
    regions = np.array([one.regions.get(unit, "") for unit in built.units])
    for region in dict.fromkeys(regions[complete].tolist()):
        members = complete & (regions == region)
        means = _weighted(built.index[members], people[members])
        for year, value in zip(built.years, means.tolist(), strict=True):
            yield {
                "index": one.tree.name,
                "area": region.lower(),
                "year": year,
                "value": value,
                "units": int(members.sum()),
            }


def _weighted(
    values: Float[np.ndarray, "unit year"], people: Float[np.ndarray, "unit year"]
) -> Float[np.ndarray, " year"]:
    return np.asarray((values * people).sum(axis=0) / people.sum(axis=0))


def coupling_rows(
    indices: Sequence[StudyIndex], settings: IndexSettings
) -> Iterator[dict[str, Any]]:
    """Yield coordination in the last common year, over the choices without random weights."""
    for one, other in combinations(indices, 2):
        latest = min(one.year, other.year)
        common = sorted(y for y in {*one.built.years} & {*other.built.years} if y <= latest)
        if not common:
            continue
        spreads = [
            spread(
                each.panel,
                each.tree,
                common[-1],
                normalisations=settings.normalisations,
                weightings=settings.weightings,
                aggregations=settings.aggregations,
            )
            for each in (one, other)
        ]
        for row in coupling_intervals(spreads, level=settings.level):
            yield {
                "index": one.tree.name,
                "other": other.tree.name,
                "code": row.unit,
                "year": common[-1],
                "coordination": row.stated,
                "median": row.median,
                "low": row.low,
                "high": row.high,
            }
