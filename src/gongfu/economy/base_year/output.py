"""Output by region and sector from one vintage of the regional accounts (steps 1 and 2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.economy.base_year.digital_core import carve_digital_core
from gongfu.economy.base_year.figures import Figures
from gongfu.economy.base_year.paths import assumed_nodes, value_path

__all__ = ["SECTORS", "OutputPath", "output_path"]

SECTORS = ("agriculture", "industry", "services", "digital")
"""The sector axis; ``digital`` is carved out of industry and services."""

_TRACES = ("hightech_revenue", "software_revenue", "ict_employment_urban_units")


@dataclass(frozen=True, slots=True)
class OutputPath:
    """Value added by year, region and sector, as seen from the last year.

    Parameters
    ----------
    years : the year axis; the last one is the base year.
    output : value added, 100m yuan at current prices.
    digital_share : digital core as a share of GDP by year.
    notes : what was estimated, one sentence each.
    """

    years: tuple[int, ...]
    output: Float[np.ndarray, "year region sector"]
    digital_share: Float[np.ndarray, " year"]
    notes: tuple[str, ...]


def output_path(figures: Figures, years: Sequence[int], assumed: Mapping[str, float]) -> OutputPath:
    """(E9) Return value added by year, region and sector, from figures up to the last year only.

    Parameters
    ----------
    years : ascending, 2013-2023; the last one is the origin: no later figure enters.
    assumed : values of the assumptions by name.

    Raises
    ------
    InputError
        If a region's accounts lack a year.

    Notes
    -----
    Total and secondary value added of one vintage; primary = yearbook share of primary in the
    region's total, times the total, scaled to the national share of primary; tertiary = rest. The
    yearbook is of another vintage, so only its shares are used; after its last year they are
    carried forward. Then :func:`gongfu.economy.base_year.digital_core.carve_digital_core`.
    """
    seen = figures.until(years[-1])
    gdp = seen.regional("gdp", years)
    secondary = seen.regional("gdp_secondary", years)
    primary = _primary(seen, years, gdp)
    tertiary = gdp - primary - secondary
    share = value_path(assumed_nodes(assumed, "digital_core_share"), years, origin=years[-1])
    core = _core(_traces(seen, years), secondary, tertiary, share * gdp.sum(1), assumed)
    output = np.stack([primary, secondary - core[:, 0], tertiary - core[:, 1], core.sum(1)], 2)
    return OutputPath(tuple(years), output, share, tuple(_notes(seen, years)))


def _primary(
    figures: Figures, years: Sequence[int], gdp: Float[np.ndarray, "year region"]
) -> Float[np.ndarray, "year region"]:
    shares = figures.regional_filled("gdp_primary_yearbook", years) / figures.regional_filled(
        "gdp_yearbook", years
    )
    national = figures.national("gdp_primary", years) / figures.national("gdp", years)
    raw = shares * gdp
    return raw * (national * gdp.sum(1) / raw.sum(1))[:, None]


def _traces(figures: Figures, years: Sequence[int]) -> tuple[Float[np.ndarray, "year region"], ...]:
    # A region without any figure so far (none from 2013 on) counts as having none of the trace.
    return tuple(np.nan_to_num(figures.regional_filled(name, years)) for name in _TRACES)


def _core(
    traces: tuple[Float[np.ndarray, "year region"], ...],
    secondary: Float[np.ndarray, "year region"],
    tertiary: Float[np.ndarray, "year region"],
    total: Float[np.ndarray, " year"],
    assumed: Mapping[str, float],
) -> Float[np.ndarray, "year part region"]:
    hightech, software, ict = traces
    return np.stack(
        [
            carve_digital_core(
                secondary[t],
                tertiary[t],
                total=float(total[t]),
                hightech_revenue=hightech[t],
                software_revenue=software[t],
                ict_employment=ict[t],
                from_hightech=assumed["digital_core_from_hightech"],
                from_software=assumed["digital_core_from_software"],
                cap=assumed["digital_core_cap"],
            )
            for t in range(len(total))
        ]
    )


def _notes(figures: Figures, years: Sequence[int]) -> list[str]:
    last = max(figures.secondary.years("gdp_primary_yearbook"))
    notes = []
    if last < years[-1]:
        notes.append(f"Primary value added after {last}: shares of {last} carried forward.")
    for name in _TRACES:
        missing = _missing_cells(figures, name, years[-1])
        if missing:
            notes.append(f"{name} in {years[-1]}: {missing} of 31 provinces estimated.")
    return notes


def _missing_cells(figures: Figures, name: str, year: int) -> int:
    units = set(figures.provinces.at(name, year))
    if name in figures.secondary.names:
        units |= set(figures.secondary.at(name, year))
    return 31 - len(units)
