"""The base year's side of the table, measured on its accounts and households."""

from __future__ import annotations

import numpy as np
from jaxtyping import Bool, Float

from gongfu.data import provinces
from gongfu.economy.base_year.build import BaseYear
from gongfu.economy.base_year.income_sources import SOURCES
from gongfu.economy.base_year.population import Households
from gongfu.economy.base_year.zone_sums import zone_mean
from gongfu.economy.base_year.zones import AREAS
from gongfu.measure.gini import gini

__all__ = ["group_means", "reproduced_targets"]

_DIGITAL = 3
_GROUPS = 5


def reproduced_targets(base: BaseYear) -> dict[str, float]:
    """Return what the base year has, by name of the target."""
    return {
        **_accounts(base),
        **_means(base.households),
        **_distribution(base.households),
        **_people(base),
        **_wedges(base),
    }


def _accounts(base: BaseYear) -> dict[str, float]:
    output, figures = base.output, base.figures
    total = float(output.sum())
    secondary = float(figures.regional("gdp_secondary", [base.year]).sum())
    primary = float(output[:, 0].sum())
    digital = output[:, _DIGITAL]
    is_east = np.array([place.region == "East" for place in provinces()])
    return {
        "gdp": total,
        "primary_share": primary / total,
        "secondary_share": secondary / total,
        "tertiary_share": 1.0 - (primary + secondary) / total,
        "digital_core_share": float(digital.sum()) / total,
        "digital_core_east": float(digital[is_east].sum() / digital.sum()),
        "accounts_residual": _residual(base),
    }


def _residual(base: BaseYear) -> float:
    """Return the largest gap between output and payments, and of labour by zone, over output."""
    parts, markets = base.payments, base.markets
    paid = parts.tax + parts.labour + parts.capital + parts.profit
    by_zone = markets.labour_payments.sum(axis=2)
    labour = by_zone[0::2] + by_zone[1::2]
    gaps = np.abs(np.stack([paid - base.output, labour - parts.labour])) / base.output
    return max(float(gaps.max()), abs(float(markets.net_transfers.sum() / base.output.sum())))


def _means(households: Households) -> dict[str, float]:
    areas = _areas(households)
    income = {area: _mean(households.income, households, part) for area, part in areas.items()}
    return {
        **{f"income_{area}": value for area, value in income.items()},
        "urban_rural_ratio": income["urban"] / income["rural"],
        **{
            f"{source}_{area}": _mean(households.sources[:, k], households, part)
            for k, source in enumerate(SOURCES)
            for area, part in areas.items()
        },
    }


def _distribution(households: Households) -> dict[str, float]:
    income, weight, people = households.income, households.weight, households.people
    quintiles = group_means(income, weight, people)
    medians = {
        area: _median(income[part], weight[part]) for area, part in _areas(households).items()
    }
    return {
        **{f"median_{area}": value for area, value in medians.items()},
        **{f"quintile_{k}": float(value) for k, value in enumerate(quintiles, 1)},
        "household_person_gap": float(quintiles.mean() / np.average(income, weights=people)) - 1.0,
        "gini": gini(income, people).value,
    }


def _people(base: BaseYear) -> dict[str, float]:
    households, zones = base.households, base.zones
    census, is_online = households.census_people, households.is_online
    is_old = households.age >= base.assumptions["elderly_age"].value
    rural_share = float(zones.people[1::2].sum() / zones.people.sum())
    zone_income = zone_mean(households.income, households.people, households.start)
    return {
        "population": float(zones.census.sum()),
        "zone_income_error": float(np.abs(zone_income / zones.income - 1.0).max()),
        "rural_share_survey": rural_share,
        "rural_share_census": rural_share,
        "employment": float((households.census_weight * households.workers).sum()),
        "internet_age60plus": float(np.average(is_online[is_old], weights=census[is_old])),
        **{
            f"internet_{area}": float(np.average(is_online[part], weights=census[part]))
            for area, part in _areas(households).items()
        },
    }


def _wedges(base: BaseYear) -> dict[str, float]:
    households, wedge = base.households, base.wedges.labour
    units = households.weight * households.workers * np.exp(households.log_human_capital)
    areas = _areas(households)
    return {
        **{
            f"digital_units_{area}": float(
                np.average(households.digital_skill[areas[area]], weights=units[areas[area]])
            )
            for area in AREAS
        },
        "labour_wedge_lowest": float(wedge.min()),
        "labour_wedge_median": float(np.median(wedge)),
        "labour_wedge_highest": float(wedge.max()),
        "pass_through": base.wedges.pass_through,
    }


def _areas(households: Households) -> dict[str, Bool[np.ndarray, " household"]]:
    is_rural = households.zone % 2 == 1
    return {"all": np.ones_like(is_rural), "urban": ~is_rural, "rural": is_rural}


def _mean(
    values: Float[np.ndarray, " household"],
    households: Households,
    part: Bool[np.ndarray, " household"],
) -> float:
    return float(np.average(values[part], weights=households.people[part]))


def _median(income: Float[np.ndarray, " row"], weight: Float[np.ndarray, " row"]) -> float:
    """Return the income of the household in the middle, between the two records around it."""
    order = np.argsort(income, kind="stable")
    running = np.cumsum(weight[order]) - 0.5 * weight[order]
    return float(np.interp(0.5 * weight.sum(), running, income[order]))


def group_means(
    income: Float[np.ndarray, " row"],
    weight: Float[np.ndarray, " row"],
    people: Float[np.ndarray, " row"],
) -> Float[np.ndarray, " group"]:
    """Return income per person of five groups of equally many households, records cut at limits."""
    order = np.argsort(income, kind="stable")
    edge = np.concatenate([[0.0], np.cumsum(weight[order])])
    limits = edge[-1] * np.arange(_GROUPS + 1) / _GROUPS
    persons, money = (
        np.interp(limits, edge, np.concatenate([[0.0], np.cumsum(total[order])]))
        for total in (people, people * income)
    )
    means: Float[np.ndarray, " group"] = np.diff(money) / np.diff(persons)
    return means
