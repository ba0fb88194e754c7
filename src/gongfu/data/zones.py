"""62 zones: the urban and the rural part of each province, with income and population."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import polars as pl

from gongfu.core import Panel
from gongfu.data.dictionary import find_variable
from gongfu.data.flags import Language, load_notes
from gongfu.data.places import Area, provinces
from gongfu.data.yearbook import load_china

__all__ = ["load_zones", "zone_code", "zone_labels"]

_AREA_NAMES: Mapping[str, Mapping[Area, str]] = MappingProxyType(
    {"zh": {"urban": "城镇", "rural": "农村"}, "en": {"urban": " urban", "rural": " rural"}}
)


@cache
def load_zones(*, language: Language = "en") -> Panel:
    """Return income per head and population of 62 zones, 2013-2024.

    Parameters
    ----------
    language : of the notes on cells.

    Returns
    -------
    Panel
        Units ``"51-urban"``, ``"51-rural"`` ...; variables ``income_pc`` (yuan per person, current
        prices) and ``population`` (10k persons at year end).

    Notes
    -----
    Rural population is resident minus urban population. Survey incomes of all residents are *not*
    the census-weighted mean of the two zones: the implied survey weight of rural residents stands
    above the census share, so totals from zones differ from published totals.
    """
    china = load_china(language=language)
    frames = [_zone_values(china, area, language) for area in ("urban", "rural")]
    cells = pl.concat(frames)
    with_income = cells.filter(pl.col("variable") == "income_pc").select("unit", "year")
    entries = {name: find_variable(name) for name in ("income_pc", "population")}
    return Panel(cells.join(with_income, on=["unit", "year"]), entries, zone_labels())


def zone_code(province: str, area: Area) -> str:
    """Return the code of a zone, such as ``51-urban``, from a two-digit code and an area."""
    return f"{province}-{area}"


def zone_labels() -> dict[str, dict[str, str]]:
    """Return the names of zones by language and code, such as 四川城镇 and Sichuan urban."""
    return {
        language: {
            zone_code(place.code, area): f"{place.label(language)}{name}"
            for place in provinces()
            for area, name in names.items()
        }
        for language, names in _AREA_NAMES.items()
    }


def _zone_values(china: Panel, area: Area, language: Language) -> pl.DataFrame:
    income = china.select(f"income_pc_{area}").frame.with_columns(variable=pl.lit("income_pc"))
    people = (
        china.select("population_urban").frame.with_columns(variable=pl.lit("population"))
        if area == "urban"
        else _rural_population(china, language)
    )
    return pl.concat([income, people]).with_columns(
        unit=pl.concat_str("unit", pl.lit(f"-{area}")),
    )


def _rural_population(china: Panel, language: Language) -> pl.DataFrame:
    everyone = china.select("population").frame
    urban = china.select("population_urban").frame.select("unit", "year", urban="value")
    note = load_notes().filter(pl.col("id") == "zone-difference")[language].item()
    return everyone.join(urban, on=["unit", "year"]).select(
        "unit",
        "year",
        "variable",
        pl.col("value") - pl.col("urban"),
        "evidence",
        note=pl.lit(note),
    )
