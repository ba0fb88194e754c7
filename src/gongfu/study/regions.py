"""The regions a study compares over time and space: one variable, without a gap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.core import Evidence, InputError, Problem
from gongfu.core.errors import nearest_name
from gongfu.measure.space import SpatialWeights
from gongfu.report.document import Words
from gongfu.study.settings import RegionSettings
from gongfu.study.tables import StudyTables
from gongfu.study.weights import province_weights

__all__ = ["Regions", "study_regions"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Regions:
    """Values of regions by years, above zero.

    Parameters
    ----------
    values, people : one row a region, one column a year; no people: every region counts once.
    weights : who is whose neighbour, by name; the first speaks for the map.
    classes, draws, seed : of the Markov chains and of all tests by chance.
    label, unit, price_base : of the variable.
    is_embedded : whether the figures are those that come with gongfu.
    evidence : the weakest kind among the figures.
    """

    codes: tuple[str, ...]
    years: tuple[int, ...]
    values: Float[np.ndarray, "unit year"]
    people: Float[np.ndarray, "unit year"] | None
    weights: Mapping[str, SpatialWeights]
    classes: int
    draws: int
    seed: int
    label: Words
    unit: str
    price_base: str
    is_embedded: bool
    evidence: Evidence

    @property
    def relative(self) -> Float[np.ndarray, "unit year"]:
        """Value over the plain mean of all regions in the same year."""
        relative: Float[np.ndarray, "unit year"] = self.values / self.values.mean(axis=0)
        return relative


def study_regions(settings: RegionSettings, tables: StudyTables, seed: int) -> Regions:
    """Return the regions a study names.

    Raises
    ------
    InputError
        If the table is no table of regions, a variable is unknown, a value is missing or not above
        zero, or borders and distances are asked for units that are no provinces.
    """
    if settings.data not in tables.units:
        raise InputError(Problem(f"[regions] needs a table of regions, not {settings.data!r}"))
    panel = tables.units[settings.data].panel
    names = [settings.variable, *([settings.population] if settings.population else [])]
    unknown = [name for name in names if name not in panel.names]
    if unknown:
        raise InputError(
            Problem(
                f"[regions] names a variable its table does not have: {name!r}",
                fix=nearest_name(name, panel.names),
            )
            for name in unknown
        )
    years = [year for year in panel.years(*names) if settings.start <= year <= settings.end]
    codes = sorted(panel.at(settings.variable, years[0])) if years else []
    values, *people = (panel.array(name, codes, years) for name in names)
    _refuse_gaps(settings, codes, years, np.stack([values, *people]))
    entry, tags = panel.variables.get(settings.variable), panel.select(*names).frame["evidence"]
    return Regions(
        codes=tuple(codes),
        years=tuple(years),
        values=values,
        people=people[0] if people else None,
        weights=province_weights(settings.weights, codes, values[:, 0]),
        classes=settings.classes,
        draws=settings.draws,
        seed=seed,
        label=Words(entry.zh, entry.en) if entry else Words(settings.variable, settings.variable),
        unit=entry.unit if entry else "",
        price_base=entry.price_base if entry else "",
        is_embedded=bool(tables.units[settings.data].embedded),
        evidence=max(map(Evidence, tags), key=list(Evidence).index),
    )


def _refuse_gaps(
    settings: RegionSettings, codes: list[str], years: list[int], values: np.ndarray
) -> None:
    if len(years) < _FEWEST_YEARS or len(codes) < _FEWEST_UNITS:
        raise InputError(
            Problem(
                f"[regions] needs {_FEWEST_UNITS} regions and {_FEWEST_YEARS} years",
                found=f"{len(codes)} regions and {len(years)} years of {settings.variable}",
            )
        )
    bad = np.argwhere(~(values > 0))
    if len(bad):
        _, unit, year = bad[0].tolist()
        raise InputError(
            Problem(
                f"[regions] {settings.variable}: {len(bad)} values are missing or not above zero",
                found=f"{codes[unit]} in {years[year]}",
                fix="Take years in which every region has a value.",
            )
        )


_FEWEST_YEARS = 10
_FEWEST_UNITS = 10
"""Fewer make clubs, chains and tests of patterns out of noise."""
