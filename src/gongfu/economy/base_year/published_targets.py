"""The published side of the base-year table; a figure that does not exist has no entry."""

from __future__ import annotations

import math

import numpy as np

from gongfu.core import Evidence
from gongfu.economy.base_year.build import BaseYear
from gongfu.economy.base_year.figures import Figures
from gongfu.economy.base_year.income_sources import SOURCES
from gongfu.economy.base_year.published_incomes import published_incomes
from gongfu.economy.base_year.weights import survey_rural_share
from gongfu.economy.base_year.zones import AREAS, implied_urban_internet

__all__ = ["published_targets"]

_EVERYONE = ("all", *AREAS)


def published_targets(base: BaseYear) -> dict[str, float]:
    """Return the published figures of the year by name of the target."""
    figures, year = base.figures, base.year
    found = {
        **_accounts(figures, year),
        **_incomes(figures, year),
        **_people(figures, year),
        **_from_assumptions(base),
        "accounts_residual": 0.0,
        "zone_income_error": 0.0,
    }
    return {name: value for name, value in found.items() if not math.isnan(value)}


def _one(figures: Figures, variable: str, year: int) -> float:
    return float(figures.national(variable, [year])[0])


def _accounts(figures: Figures, year: int) -> dict[str, float]:
    gdp = _one(figures, "gdp", year)
    industries = ("primary", "secondary", "tertiary")
    shares = {f"{name}_share": _one(figures, f"gdp_{name}", year) / gdp for name in industries}
    return {"gdp": gdp, **shares}


def _incomes(figures: Figures, year: int) -> dict[str, float]:
    means = {area: _one(figures, f"income_pc_{area}", year) for area in _EVERYONE}
    groups = published_incomes(figures, year)
    return {
        **{f"income_{area}": value for area, value in means.items()},
        "urban_rural_ratio": means["urban"] / means["rural"],
        **{
            f"{source}_{area}": _one(figures, f"income_pc_{source}_{area}", year)
            for source in SOURCES
            for area in _EVERYONE
        },
        **{f"median_{area}": float(x) for area, x in zip(_EVERYONE, groups.medians, strict=True)},
        **{f"quintile_{k}": float(x) for k, x in enumerate(groups.quintiles, 1)},
        "household_person_gap": float(groups.quintiles.mean()) / means["all"] - 1.0,
        "gini": _one(figures, "gini_income", year),
        "rural_share_survey": float(
            survey_rural_share(*np.array([[x] for x in means.values()]))[0]
        ),
    }


def _people(figures: Figures, year: int) -> dict[str, float]:
    everyone = _one(figures, "population", year)
    urban = implied_urban_internet(figures)
    published = {area: f"internet_penetration_{area}" for area in ("all", "rural", "age60plus")}
    return {
        "population": everyone,
        "employment": _one(figures, "employment_total", year),
        "rural_share_census": _one(figures, "population_rural", year) / everyone,
        **{
            f"internet_{area}": _one(figures, name, year) / 100.0
            for area, name in published.items()
        },
        "internet_urban": urban.get(year, math.nan),
    }


def _from_assumptions(base: BaseYear) -> dict[str, float]:
    """Return census figures that stand in the assumption file and were observed."""
    names = {f"{name}_{base.year}": name for name in ("digital_core_share", "digital_core_east")}
    return {
        target: base.assumptions[name].value
        for name, target in names.items()
        if name in base.assumptions and base.assumptions[name].evidence is Evidence.OBSERVED
    }
