"""From current to constant prices: deflators, and the years that have one.

References
----------
[SNA 2008] System of National Accounts 2008, chapter 15: price and volume measures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
import polars as pl
from jaxtyping import Float

from gongfu.core import InputError, Panel, Problem
from gongfu.data.dictionary import find_variable, require_one_vintage
from gongfu.data.yearbook import NATION

__all__ = ["Deflator", "consumer_deflator", "deflate", "national_deflator", "regional_deflator"]

DEFAULT_BASE_YEAR = 2020
"""Prices of the last census year; a choice of presentation, every function takes another."""


@dataclass(frozen=True, slots=True)
class Deflator:
    """Price level by unit and year, 1 in the base year.

    Parameters
    ----------
    base_year : year whose prices real values are counted in.
    levels : ``{unit: {year: price level}}``; a zone such as ``"51-urban"`` takes the level of its
        province, and ``"CN"`` alone serves every unit.
    convention : how it was made, in words.
    """

    base_year: int
    levels: Mapping[str, Mapping[int, float]]
    convention: str

    @property
    def years(self) -> list[int]:
        """Years for which *every* unit has a price level: outside them values stay nominal."""
        by_unit = [set(years) for years in self.levels.values()]
        return sorted(set.intersection(*by_unit)) if by_unit else []

    def at(self, unit: str, year: int) -> float:
        """Return the price level of a unit in a year.

        Raises
        ------
        InputError
            If no price level exists for that year or unit.
        """
        province = unit.split("-", maxsplit=1)[0]
        known = (self.levels.get(key) for key in (unit, province, NATION))
        levels = next((found for found in known if found is not None), {})
        if year not in levels:
            raise InputError(self._missing(unit, year))
        return levels[year]

    def _missing(self, unit: str, year: int) -> Problem:
        years = self.years
        return Problem(
            f"no price level of {unit} in {year}: a real value of that year cannot be computed",
            expected=f"a year from {years[0]} to {years[-1]}" if years else "a deflator with years",
            found=str(year),
            fix="Keep the value nominal and say so, or cut the panel to the years with prices.",
        )


def national_deflator(panel: Panel, *, base_year: int = DEFAULT_BASE_YEAR) -> Deflator:
    """Return the one price level of the nation, from the accounts of its regions.

    Parameters
    ----------
    panel : with ``gdp`` (current prices) and ``gdp_index`` (previous year = 100) of every region.

    Raises
    ------
    InputError
        If the base year has no volume index, or the panel mixes vintages.

    Notes
    -----
    Ratio of sums, not a mean of regional ratios [SNA 2008, chapter 15]::

        real[i, t] = gdp[i, b] * prod(gdp_index[i, s] / 100 for s in b+1 .. t)
        level[t]   = sum(gdp[i, t] for i) / sum(real[i, t] for i)

    with base year b; before b the index divides. Years in which a region lacks an index have no
    level. Published volume indices were not revised together with the levels after the censuses:
    where an old growth rate was too high for the revised levels, the price level takes it up.
    """
    units, years, nominal, real = _volumes(panel, base_year)
    complete = ~np.isnan(nominal + real).any(axis=0)
    level = nominal.sum(axis=0) / real.sum(axis=0)
    levels = {year: float(x) for year, x, ok in zip(years, level, complete, strict=True) if ok}
    return Deflator(
        base_year,
        MappingProxyType({NATION: MappingProxyType(levels)}),
        f"national GDP deflator, sum of {len(units)} regions, prices of {base_year}",
    )


def regional_deflator(panel: Panel, *, base_year: int = DEFAULT_BASE_YEAR) -> Deflator:
    """Return the price level implied by each region's own accounts, for sensitivity.

    Notes
    -----
    ``level[i, t] = gdp[i, t] / real[i, t]``; see :func:`national_deflator`. It carries the errors
    of two published series and swings with the price of a region's main product.
    """
    units, years, nominal, real = _volumes(panel, base_year)
    levels = _by_unit(units, years, nominal / real)
    return Deflator(base_year, levels, f"regional GDP deflators, prices of {base_year}")


def consumer_deflator(panel: Panel, *, base_year: int | None = None) -> Deflator:
    """Return each region's consumer price level, chained from ``cpi``, for sensitivity.

    Parameters
    ----------
    base_year : one of the years with an index; without it the last one.
    """
    known = panel.years("cpi")
    base = known[-1] if base_year is None else base_year
    _require_base_year("cpi", base, known)
    units, years = panel.select("cpi").units, _span(known)
    index = panel.array("cpi", units, years)
    levels = _by_unit(units, years, _chain(index, years.index(base)))
    return Deflator(base, levels, f"regional consumer price indices, prices of {base}")


def deflate(panel: Panel, variable: str, deflator: Deflator) -> Panel:
    """Return one money variable at constant prices.

    Parameters
    ----------
    variable : a flow, stock or mean at current prices.

    Returns
    -------
    Panel
        The variable under its own name; ``price_base`` of its entry says the base year.

    Raises
    ------
    InputError
        If the variable is no money at current prices, or a value lies in a year without a price
        level (cut the panel first: ``panel.until(deflator.years[-1])``).

    Notes
    -----
    ``real[i, t] = nominal[i, t] / level[i, t]``.
    """
    entry = panel.variables.get(variable) or find_variable(variable)
    if entry.price_base != "current prices":
        raise InputError(f"{variable} is not counted in current prices, so it cannot be deflated")
    cells = panel.select(variable).frame
    levels = _levels_of(cells, deflator)
    real = replace(entry, price_base=f"prices of {deflator.base_year}")
    note = pl.lit(f"At constant prices: {deflator.convention}.")
    described = pl.concat_str("note", note, separator=" ").str.strip_chars()
    frame = cells.with_columns(pl.col("value") / pl.Series(levels), note=described)
    return Panel(frame, {variable: real}, panel.labels)


def _levels_of(cells: pl.DataFrame, deflator: Deflator) -> list[float]:
    problems: dict[int, InputError] = {}
    levels = []
    for unit, year in cells.select("unit", "year").iter_rows():
        try:
            levels.append(deflator.at(unit, year))
        except InputError as error:
            problems.setdefault(year, error)
    if problems:
        raise InputError(error.problems[0] for _, error in sorted(problems.items()))
    return levels


def _volumes(
    panel: Panel, base_year: int
) -> tuple[
    list[str], list[int], Float[np.ndarray, "region year"], Float[np.ndarray, "region year"]
]:
    require_one_vintage(panel, "gdp", "gdp_index")
    known = panel.years("gdp", "gdp_index")
    _require_base_year("gdp_index", base_year, known)
    units, years = panel.select("gdp").units, _span(known)
    nominal = panel.array("gdp", units, years)
    base = years.index(base_year)
    volume = _chain(panel.array("gdp_index", units, years), base)
    return units, years, nominal, nominal[:, [base]] * volume


def _chain(index: Float[np.ndarray, "region year"], base: int) -> Float[np.ndarray, "region year"]:
    """Link outwards from the base year, so that a gap ends the chain only beyond itself."""
    steps = index / 100
    after = np.cumprod(steps[:, base + 1 :], axis=1)
    before = 1 / np.cumprod(steps[:, base:0:-1], axis=1)[:, ::-1]
    return np.hstack([before, np.ones((len(index), 1)), after])


def _span(years: Sequence[int]) -> list[int]:
    """Return every year from the first to the last: a missing one is a gap, not a longer step."""
    return list(range(min(years), max(years) + 1)) if years else []


def _require_base_year(variable: str, base_year: int, years: Sequence[int]) -> None:
    if base_year not in years:
        raise InputError(
            Problem(
                f"{variable} has no index for the base year",
                expected=f"a year from {min(years)} to {max(years)}" if years else "any index",
                found=str(base_year),
                fix="Choose a base year with an index.",
            )
        )


def _by_unit(
    units: Sequence[str], years: Sequence[int], level: Float[np.ndarray, "region year"]
) -> Mapping[str, Mapping[int, float]]:
    return MappingProxyType(
        {
            unit: MappingProxyType(
                {year: float(x) for year, x in zip(years, row, strict=True) if np.isfinite(x)}
            )
            for unit, row in zip(units, level, strict=True)
        }
    )
