"""Who is online: coverage, price against income, age and education (E12).

Each household keeps a *taste* for life, a number between 0 and 1, and wants to be online when its
propensity exceeds that taste. A policy moves the propensity; wishes come true at a yearly rate.
Whoever nothing happens to stays what it is: the base is steady bit by bit, not only on average.
"""

from __future__ import annotations

from types import ModuleType

import numpy as np
from jaxtyping import Float

from gongfu.core import ConvergenceError, InputError, Problem
from gongfu.economy.draws import Chance, chance
from gongfu.economy.households.blocks import ZoneBlocks

__all__ = [
    "adopt_internet",
    "online_index",
    "online_intercepts",
    "online_propensity",
    "online_taste",
]


def online_index(
    *,
    coverage: Float[np.ndarray, " zone"],
    affordability: Float[np.ndarray, " household"],
    age: Float[np.ndarray, " household"],
    education: Float[np.ndarray, " household"],
    help_reach: Float[np.ndarray, " zone"],
    blocks: ZoneBlocks,
    coverage_effect: float,
    affordability_effect: float,
    age_effect: float,
    education_effect: float,
    help_effect: float,
    elderly_age: float,
    xp: ModuleType = np,
) -> Float[np.ndarray, " household"]:
    """(E12) Return the log-odds of being online, up to a constant of each zone.

    Parameters
    ----------
    coverage : share of households a network reaches, 0-1.
    affordability : log of income over the price of access.
    age : years, of the head of household.
    education : log human capital.
    help_reach : share of elderly households that helpers visit, 0-1.
    age_effect : log-odds per ten years of age; negative.
    help_effect : log-odds for a household of ``elderly_age`` or more, at full reach.

    Notes
    -----
    ``b_c coverage + b_p ln(income/price) + b_a age/10 + b_h h + b_e help [age >= 60]``.
    """
    zone_part = blocks.spread(coverage_effect * coverage)
    help_part = xp.where(age >= elderly_age, blocks.spread(help_effect * help_reach), 0.0)
    own_part = affordability_effect * affordability + education_effect * education
    return zone_part + help_part + own_part + (age_effect / 10.0) * age


def online_propensity(
    index: Float[np.ndarray, " household"],
    intercept: Float[np.ndarray, " zone"],
    blocks: ZoneBlocks,
    *,
    xp: ModuleType = np,
) -> Float[np.ndarray, " household"]:
    """(E12) Return the share of such households that want to be online, 0-1."""
    return _logistic(index + blocks.spread(intercept), xp)


def adopt_internet(
    online: Float[np.ndarray, " household"],
    propensity: Float[np.ndarray, " household"],
    taste: Float[np.ndarray, " household"],
    draw: Float[np.ndarray, " household"],
    *,
    adjustment_rate: float,
    mode: Chance = "hard",
    xp: ModuleType = np,
) -> Float[np.ndarray, " household"]:
    """(E12) Return who is online after the year (0 or 1, or a probability in ``soft`` mode).

    Parameters
    ----------
    adjustment_rate : share a year, 0-1, of those who want to join or leave who do.

    Notes
    -----
    ``P(o' = 1) = o + rate (w - o)`` with ``w = 1[taste < propensity]``. Soft: ``w`` is the
    propensity.
    """
    wanted = chance(propensity, taste, mode=mode, xp=xp)
    return chance(online + adjustment_rate * (wanted - online), draw, mode=mode, xp=xp)


def online_taste(
    online: Float[np.ndarray, " household"],
    propensity: Float[np.ndarray, " household"],
    draw: Float[np.ndarray, " household"],
    *,
    xp: ModuleType = np,
) -> Float[np.ndarray, " household"]:
    """(E12) Return a taste that agrees with who is online in the base year.

    Notes
    -----
    Uniform below the propensity for those online, above it for the rest; uniform between 0 and 1
    over all when the base year was drawn from the propensity.
    """
    return xp.where(online > 0.5, draw * propensity, propensity + draw * (1.0 - propensity))


def online_intercepts(
    index: Float[np.ndarray, " household"],
    share: Float[np.ndarray, " zone"],
    people: Float[np.ndarray, " household"],
    blocks: ZoneBlocks,
    *,
    tolerance: float = 1e-12,
    steps: int = 50,
) -> Float[np.ndarray, " zone"]:
    """(E12) Return the constants at which each zone's mean propensity is its published share.

    Parameters
    ----------
    share : people online, above 0 and below 1.

    Raises
    ------
    InputError
        If a share is not between 0 and 1.
    ConvergenceError
        If Newton's method does not reach the tolerance.
    """
    _refuse_shares(share)
    odds = np.log(share / (1.0 - share))
    intercept = odds - blocks.means(index, people)
    for _ in range(steps):
        propensity = online_propensity(index, intercept, blocks)
        mean = blocks.means(propensity, people)
        gap = np.log(mean / (1.0 - mean)) - odds
        if np.max(np.abs(gap)) < tolerance:
            return intercept
        slope = blocks.means(propensity * (1.0 - propensity), people) / (mean * (1.0 - mean))
        intercept = intercept - gap / slope
    raise ConvergenceError(
        f"online shares: log-odds still {np.max(np.abs(gap)):.1e} off after {steps} steps; "
        "a smaller spread of incomes or ages inside zones helps"
    )


def _logistic(
    value: Float[np.ndarray, " household"], xp: ModuleType
) -> Float[np.ndarray, " household"]:
    return 0.5 + 0.5 * xp.tanh(0.5 * value)  # exp would overflow


def _refuse_shares(share: Float[np.ndarray, " zone"]) -> None:
    bad = [
        Problem(
            f"share of people online in zone {z}",
            expected="above 0 and below 1",
            found=f"{value:g}",
        )
        for z, value in enumerate(share.tolist())
        if not 0.0 < value < 1.0
    ]
    if bad:
        raise InputError(bad)
