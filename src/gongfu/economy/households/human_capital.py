"""Households rise and fall inside their zone; the zone's distribution stays (E16).

Each household carries a *score*, standard normal over its zone in the base year. A curve of the
zone turns it into log human capital. Chance moves scores only: whatever shape the published
incomes gave the base year, years of chance do not bend it towards a normal one.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType

import numpy as np
from jaxtyping import Float

from gongfu.economy.households.blocks import ZoneBlocks

__all__ = ["ScoreCurve", "churn", "fit_curve", "keep_level", "keep_mean_and_spread", "resize"]

_LOWEST, _STEP, _KNOTS = -4.5, 0.25, 37  # scores; zero is a knot, for incomes may have a kink there
_EDGE = 1.0  # last stretch of scores, whose slope goes on beyond the outermost household


@dataclass(frozen=True, slots=True, eq=False)
class ScoreCurve:
    """A value by score, such as log human capital, in each zone: its height at spaced scores."""

    knots: Float[np.ndarray, "zone knot"]

    def at(
        self, score: Float[np.ndarray, " household"], blocks: ZoneBlocks, *, xp: ModuleType = np
    ) -> Float[np.ndarray, " household"]:
        """Return the value at each household's score, in straight lines between knots."""
        position = (score - _LOWEST) / _STEP
        left = xp.clip(xp.floor(position), 0, _KNOTS - 2)
        first = blocks.zone * _KNOTS + left.astype(blocks.zone.dtype)
        flat = self.knots.reshape(-1)
        low, high = flat[first], flat[first + 1]
        return low + (position - left) * (high - low)


def fit_curve(
    score: Float[np.ndarray, " household"],
    values: Float[np.ndarray, " household"],
    blocks: ZoneBlocks,
) -> ScoreCurve:
    """(E16) Return the curve of each zone through its base-year households.

    Parameters
    ----------
    score : standard normal over each zone's households.
    values : log human capital, or log income relative to the middle of the zone.

    Notes
    -----
    Straight lines between the means of steps of a quarter of a score. Beyond the outermost steps
    the curve goes on as straight as over the last unit of score. What households deviate from it
    stays with them.
    """
    step = np.round((score - _LOWEST) / _STEP).clip(0, _KNOTS - 1).astype(np.intp)
    cell = blocks.zone * _KNOTS + step
    zones = len(blocks.starts)
    count, scores, sums = (
        np.bincount(cell, weights, zones * _KNOTS).reshape(zones, _KNOTS)
        for weights in (None, score, values)
    )
    at = _LOWEST + _STEP * np.arange(_KNOTS)
    rows = zip(count, scores, sums, strict=True)
    return ScoreCurve(
        np.stack([_zone_curve(s[n > 0] / n[n > 0], v[n > 0] / n[n > 0], at) for n, s, v in rows])
    )


def churn(
    score: Float[np.ndarray, " household"],
    shock: Float[np.ndarray, " household"],
    weight: Float[np.ndarray, " household"],
    blocks: ZoneBlocks,
    *,
    persistence: float,
    xp: ModuleType = np,
) -> Float[np.ndarray, " household"]:
    """(E16) Return scores a year on: households change places, the zone's mean and spread stay.

    Parameters
    ----------
    shock : standard normal.
    weight : households each record stands for.
    persistence : of a household's distance from its zone's mean, 0-1 a year.

    Notes
    -----
    ``e' - m = rho (e - m) + sqrt(1 - rho^2) s shock`` with ``m`` and ``s`` of the zone, which the
    draws of a finite zone would move by chance: `keep_mean_and_spread` sets them back.
    """
    centred = score - blocks.spread(blocks.means(score, weight, xp=xp))
    spread = xp.sqrt((1.0 - persistence**2) * blocks.means(centred**2, weight, xp=xp))
    drawn = persistence * centred + blocks.spread(spread) * shock
    return keep_mean_and_spread(drawn, score, weight, blocks, xp=xp)


def keep_mean_and_spread(
    new: Float[np.ndarray, " household"],
    old: Float[np.ndarray, " household"],
    weight: Float[np.ndarray, " household"],
    blocks: ZoneBlocks,
    *,
    xp: ModuleType = np,
) -> Float[np.ndarray, " household"]:
    """(E16) Return new values with each zone's old mean and standard deviation."""
    mean = blocks.means(old, weight, xp=xp)
    before = old - blocks.spread(mean)
    after = new - blocks.spread(blocks.means(new, weight, xp=xp))
    kept = blocks.means(before**2, weight, xp=xp)
    drawn = blocks.means(after**2, weight, xp=xp)
    stretch = xp.sqrt(kept / xp.where(drawn > 0, drawn, 1.0))
    return blocks.spread(mean) + after * blocks.spread(stretch)


def keep_level(
    new: Float[np.ndarray, " household"],
    new_weight: Float[np.ndarray, " household"],
    old: Float[np.ndarray, " household"],
    old_weight: Float[np.ndarray, " household"],
    blocks: ZoneBlocks,
    *,
    xp: ModuleType = np,
) -> Float[np.ndarray, " household"]:
    """(E16) Return what to add to log human capital so that each zone has as much as before.

    Parameters
    ----------
    new, old : log human capital after and before `churn`.
    new_weight, old_weight : workers (or people) each record stands for.

    Notes
    -----
    ``ln(sum w e^h before / sum w e^h after)``: luck moves households, not zones.
    """
    before = blocks.totals(old_weight * xp.exp(old), xp=xp)
    after = blocks.totals(new_weight * xp.exp(new), xp=xp)
    return blocks.spread(xp.log(before / after))


def resize(
    size: Float[np.ndarray, " household"],
    weight: Float[np.ndarray, " household"],
    rise: Float[np.ndarray, " household"],
    blocks: ZoneBlocks,
    *,
    elasticity: float,
    xp: ModuleType = np,
) -> Float[np.ndarray, " household"]:
    """(E17) Return persons per household after ranks changed: poor households stay the larger.

    Parameters
    ----------
    weight : households each record stands for; each zone's persons stay the same in total.
    rise : of log income relative to the zone, by the change of rank.
    elasticity : of size to income inside a zone; negative, as fitted to the base year.

    Notes
    -----
    Without it the gap between household and person means (5.6 % in 2023) would fade as ranks mix.
    """
    persons = blocks.totals(weight * size, xp=xp)
    resized = size * xp.exp(elasticity * rise)
    return resized * blocks.spread(persons / blocks.totals(weight * resized, xp=xp))


def _zone_curve(
    score: Float[np.ndarray, " point"],
    value: Float[np.ndarray, " point"],
    at: Float[np.ndarray, " knot"],
) -> Float[np.ndarray, " knot"]:
    below = value[0] + _slope(score, value, score[0]) * (at - score[0])
    above = value[-1] + _slope(score, value, score[-1]) * (at - score[-1])
    inside = np.interp(at, score, value)
    return np.where(at < score[0], below, np.where(at > score[-1], above, inside))


def _slope(
    score: Float[np.ndarray, " point"], value: Float[np.ndarray, " point"], end: float
) -> float:
    near = np.abs(score - end) <= _EDGE
    centred = score[near] - score[near].mean()
    spread = float(centred @ centred)
    return float(centred @ value[near]) / spread if spread > 0 else 0.0
