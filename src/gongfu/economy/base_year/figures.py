"""The published figures a base year may see: nothing after the year asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from jaxtyping import Float

from gongfu.core import InputError, Panel, Problem
from gongfu.data import (
    NATION,
    estimate_missing,
    load_china,
    load_china_national,
    load_secondary,
    provinces,
)

__all__ = ["Figures", "load_figures", "regions"]


@dataclass(frozen=True, slots=True)
class Figures:
    """Panels of provinces, of the nation and of secondary provincial series."""

    provinces: Panel
    nation: Panel
    secondary: Panel

    def until(self, year: int) -> Figures:
        """Return the figures without any after ``year``: what a base year or backcast may see."""
        return Figures(
            *(part.until(year) for part in (self.provinces, self.nation, self.secondary))
        )

    def regional(self, variable: str, years: Sequence[int]) -> Float[np.ndarray, "year region"]:
        """Return a provincial series, complete.

        Raises
        ------
        InputError
            If a figure is missing; all missing cells at once.
        """
        values = self.provinces.array(variable, regions(), years).T
        missing = np.argwhere(np.isnan(values))
        if missing.size:
            raise InputError(
                Problem(
                    f"no {variable} of {regions()[r]} in {years[t]}", fix="Choose another year."
                )
                for t, r in missing
            )
        return values

    def regional_filled(
        self, variable: str, years: Sequence[int]
    ) -> Float[np.ndarray, "year region"]:
        """Return a provincial series from either table with gaps estimated, NaN where none can be.

        A gap between two figures is filled in a straight line, a gap at the end with the last
        figure; what stands in the secondary table counts where the main table has no cell.
        """
        parts = [
            part.select(variable)
            for part in (self.provinces, self.secondary)
            if variable in part.names
        ]
        known = parts[0].join(*parts[1:])
        between = known.join(estimate_missing(known, variable, "interpolate"))
        complete = between.join(estimate_missing(between, variable, "carry", until=max(years)))
        return complete.array(variable, regions(), years).T

    def national(self, variable: str, years: Sequence[int]) -> Float[np.ndarray, " year"]:
        """Return a national series; NaN where nothing was published."""
        if variable not in self.nation.names:
            return np.full(len(years), np.nan)
        values: Float[np.ndarray, " year"] = self.nation.array(variable, [NATION], years)[0]
        return values

    def years_of(self, variable: str) -> list[int]:
        """Return the years with a national figure."""
        rows = self.nation.frame.filter(pl.col("variable") == variable)
        return sorted(rows["year"].unique().to_list())


def load_figures() -> Figures:
    """Return the embedded figures of China."""
    return Figures(load_china(), load_china_national(), load_secondary())


def regions() -> list[str]:
    """Return the codes of the 31 provinces in ascending order: the region axis."""
    return sorted(place.code for place in provinces())
