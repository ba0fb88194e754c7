"""Who is online and how much digital skill each household has, given what zones show."""

from __future__ import annotations

import numpy as np
from jaxtyping import Bool, Float, Int

from gongfu.economy.base_year.zone_sums import solve_intercepts, zone_sum

__all__ = ["digital_skill", "digital_skill_needed", "internet_by_zone", "online"]

_DECADE = 10.0


def internet_by_zone(
    area: Float[np.ndarray, " area"],
    income: Float[np.ndarray, " zone"],
    population: Float[np.ndarray, " zone"],
    *,
    income_slope: float,
) -> Float[np.ndarray, " zone"]:
    """(E12) Return internet penetration by zone; urban and rural means as published.

    Parameters
    ----------
    area : urban and rural penetration of the nation, 0-1.
    income : mean per person.
    population : census population.
    income_slope : log odds per log income, across zones of one area.
    """
    penetration = np.empty(len(income))
    for k in (0, 1):
        part = slice(k, None, 2)
        penetration[part] = _spread(
            float(area[k]), income_slope * np.log(income[part]), population[part]
        )
    return penetration


def online(
    uniform: Float[np.ndarray, " household"],
    *,
    log_deviation: Float[np.ndarray, " household"],
    age: Float[np.ndarray, " household"],
    people: Float[np.ndarray, " household"],
    start: Int[np.ndarray, " zone_edge"],
    penetration: Float[np.ndarray, " zone"],
    income_slope: float,
    age_slope: float,
) -> Bool[np.ndarray, " household"]:
    """(E12) Return who is online; zones have their penetration within half a record.

    Parameters
    ----------
    uniform : evenly spread draws in (0, 1).
    log_deviation : log income relative to the zone's middle household.
    age : of the reference person, years.
    people : people a record stands for.
    penetration : wanted share of people online by zone, 0-1, exclusive.
    income_slope : log odds per log income.
    age_slope : fall of log odds per ten years of age.

    Notes
    -----
    Online is who has ``logit(uniform) < intercept + slopes``; the intercept of a zone is moved
    until the share that came out is the one wanted.
    """
    score = income_slope * log_deviation - age_slope * age / _DECADE
    reluctance = np.log(uniform / (1.0 - uniform)) - score
    zone = np.repeat(np.arange(len(penetration)), np.diff(start))
    order = np.lexsort((reluctance, zone))
    share = people[order] / zone_sum(people, start)[zone]
    before = np.cumsum(share) - zone
    is_online = np.empty(len(age), dtype=bool)
    is_online[order] = before - 0.5 * share < penetration[zone]
    return is_online


def digital_skill_needed(
    payments: Float[np.ndarray, "zone type"], *, premium: float
) -> Float[np.ndarray, " zone"]:
    """(E14) Return the part of labour units that is digital, from payments by type.

    Parameters
    ----------
    payments : digital and routine labour payments.
    premium : pay of a digital unit over a routine unit.

    Notes
    -----
    Units ``e^h d`` and ``e^h (1-d)``: with payments D and R the part is ``D / (D + premium R)``.
    """
    digital, routine = payments[:, 0], payments[:, 1]
    part: Float[np.ndarray, " zone"] = digital / (digital + premium * routine)
    return part


def digital_skill(
    log_human_capital: Float[np.ndarray, " household"],
    is_online: Bool[np.ndarray, " household"],
    labour: Float[np.ndarray, " household"],
    start: Int[np.ndarray, " zone_edge"],
    needed: Float[np.ndarray, " zone"],
    *,
    income_slope: float,
    offline_ratio: float,
) -> Float[np.ndarray, " household"]:
    """(E14) Return digital skill, 0-1, such that zones supply the labour by type that is paid.

    Parameters
    ----------
    log_human_capital : h.
    labour : labour units of a record, workers times e^h times weight.
    needed : see :func:`digital_skill_needed`.
    income_slope : log odds per unit of h.
    offline_ratio : skill offline over skill online, 0-1.
    """
    ceiling = np.where(is_online, 1.0, offline_ratio)
    return solve_intercepts(income_slope * log_human_capital, labour, start, needed, ceiling)


def _spread(
    mean: float, score: Float[np.ndarray, " zone"], weight: Float[np.ndarray, " zone"]
) -> Float[np.ndarray, " zone"]:
    edges = np.array([0, len(score)])
    return solve_intercepts(
        score - score.mean(), weight, edges, np.array([mean]), np.ones(len(score))
    )
