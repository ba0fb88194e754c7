"""Means over the households of each zone, and intercepts that make them hit a target."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float, Int

from gongfu.core import ConvergenceError, InputError, Problem

__all__ = ["logistic", "solve_intercepts", "zone_mean", "zone_sum"]

_STEPS = 100
_CLOSE = 1e-12


def zone_sum(
    values: Float[np.ndarray, " household *rest"], start: Int[np.ndarray, " zone_edge"]
) -> Float[np.ndarray, " zone *rest"]:
    """Return sums over the rows of each zone; ``start`` holds first rows and the row count."""
    total: Float[np.ndarray, " zone *rest"] = np.add.reduceat(values, start[:-1], axis=0)
    return total


def zone_mean(
    values: Float[np.ndarray, " household"],
    weight: Float[np.ndarray, " household"],
    start: Int[np.ndarray, " zone_edge"],
) -> Float[np.ndarray, " zone"]:
    """Return weighted means over the rows of each zone."""
    mean: Float[np.ndarray, " zone"] = zone_sum(weight * values, start) / zone_sum(weight, start)
    return mean


def solve_intercepts(
    slope_part: Float[np.ndarray, " household"],
    weight: Float[np.ndarray, " household"],
    start: Int[np.ndarray, " zone_edge"],
    target: Float[np.ndarray, " zone"],
    ceiling: Float[np.ndarray, " household"],
) -> Float[np.ndarray, " household"]:
    """Return ``ceiling * logistic(intercept of the zone + slope_part)`` with the zone means wanted.

    Parameters
    ----------
    slope_part : log odds apart from the intercept.
    weight : of a household in its zone's mean.
    target : wanted mean of each zone, between 0 and the mean of ``ceiling``, both exclusive.
    ceiling : highest value a household can have, 0-1.

    Raises
    ------
    InputError
        If a target is out of reach; all such zones at once.
    ConvergenceError
        If the search does not end.
    """
    zone = np.repeat(np.arange(len(target)), np.diff(start))
    share = weight / zone_sum(weight, start)[zone]
    _refuse_unreachable(target, zone_sum(share * ceiling, start))
    low, high = np.full(len(target), -40.0), np.full(len(target), 40.0)
    intercept = np.log(target / (1.0 - target))
    for _ in range(_STEPS):
        inner = logistic(intercept[zone] + slope_part)
        value = ceiling * inner
        gap = zone_sum(share * value, start) - target
        if np.abs(gap).max() < _CLOSE:
            return value
        low, high = np.where(gap < 0, intercept, low), np.where(gap > 0, intercept, high)
        step = intercept - gap / zone_sum(share * value * (1.0 - inner), start)
        intercept = np.where((step >= low) & (step <= high), step, 0.5 * (low + high))
    raise ConvergenceError(f"intercepts of zones not found, residual {np.abs(gap).max():.1e}")


def logistic(log_odds: Float[np.ndarray, "*shape"]) -> Float[np.ndarray, "*shape"]:
    """Return the probability of given log odds."""
    probability: Float[np.ndarray, "*shape"] = 1.0 / (1.0 + np.exp(-log_odds))
    return probability


def _refuse_unreachable(
    target: Float[np.ndarray, " zone"], highest: Float[np.ndarray, " zone"]
) -> None:
    beyond = np.flatnonzero((target <= 0.0) | (target >= highest))
    if beyond.size:
        raise InputError(
            Problem(
                f"zone {zone} cannot have a mean of {target[zone]:.4f}",
                expected=f"above 0 and below {highest[zone]:.4f}",
                fix="Change the assumption that sets this mean.",
            )
            for zone in beyond
        )
