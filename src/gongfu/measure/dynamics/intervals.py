"""Intervals for transition probabilities, and for anything computed from them.

References
----------
[Wilson 1927] Probable inference, the law of succession, and statistical inference. Journal of the
American Statistical Association 22(158).
[Efron-Tibshirani 1993] An Introduction to the Bootstrap. Chapman and Hall. Chapter 13.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError, Problem
from gongfu.measure.dynamics.transitions import probabilities
from gongfu.measure.space.permutation import random_numbers

__all__ = ["ProbabilityIntervals", "by_redrawing_units", "redrawn_counts", "wilson"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ProbabilityIntervals:
    """Lower and upper bounds, NaN where there is nothing to bound.

    Parameters
    ----------
    low, high : of each entry.
    level : coverage, 0-1.
    convention : which uncertainty they express.
    """

    low: Float[np.ndarray, "*shape"]
    high: Float[np.ndarray, "*shape"]
    level: float
    convention: str


def wilson(
    counts: Float[np.ndarray, "*group origin destination"], level: float = 0.95
) -> ProbabilityIntervals:
    """Return score intervals of the probabilities of each row.

    Parameters
    ----------
    counts : of moves.
    level : between 0 and 1.

    Raises
    ------
    InputError
        If the level is out of range.

    Notes
    -----
    With p the share and z the normal quantile, [Wilson 1927]::

        (p + z**2 / 2n -+ z sqrt(p (1 - p) / n + z**2 / 4n**2)) / (1 + z**2 / n)

    They stay within 0 and 1 and have a length above zero where no move was seen. They count every
    yearly move as a fresh draw from one chain. Units that keep their ways make them too short:
    compare with ``by_redrawing_units``.
    """
    z = NormalDist().inv_cdf(0.5 + _checked_level(level) / 2)
    n = counts.sum(axis=-1, keepdims=True)
    n = np.where(n > 0, n, np.nan)
    share = counts / n
    centre = share + z**2 / (2 * n)
    half = z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return ProbabilityIntervals(
        low=np.clip((centre - half) / (1 + z**2 / n), 0.0, share),
        high=np.clip((centre + half) / (1 + z**2 / n), share, 1.0),
        level=level,
        convention="score interval; every move a fresh draw from one chain",
    )


def by_redrawing_units(
    per_unit: Float[np.ndarray, "unit *group origin destination"],
    *,
    seed: int,
    draws: int = 999,
    level: float = 0.95,
    of: Callable[[Float[np.ndarray, "*group origin destination"]], np.ndarray] = probabilities,
) -> ProbabilityIntervals:
    """Return percentile intervals from drawing whole units, with all their years, anew.

    Parameters
    ----------
    per_unit : counts of moves of each unit.
    seed, draws : of the bootstrap.
    level : between 0 and 1.
    of : statistic of the counts; draws in which it is missing or infinite are left out.

    Raises
    ------
    InputError
        If the level is out of range.

    Notes
    -----
    Moves of one unit may depend on each other in any way; units must not [Efron-Tibshirani 1993].
    A move that no unit made has the interval 0 to 0: there the score interval says more.
    """
    tail = (1 - _checked_level(level)) / 2
    values = np.stack([of(counts) for counts in redrawn_counts(per_unit, seed=seed, draws=draws)])
    values = np.where(np.isfinite(values), values, np.nan)
    missing = np.isnan(values).all(axis=0)
    values[:, missing] = 0.0
    low, high = np.nanquantile(values, [tail, 1 - tail], axis=0)
    return ProbabilityIntervals(
        low=np.where(missing, np.nan, low),
        high=np.where(missing, np.nan, high),
        level=level,
        convention=f"percentiles of {draws} draws of whole units, seed {seed}",
    )


def redrawn_counts(
    per_unit: Float[np.ndarray, "unit *group origin destination"], *, seed: int, draws: int
) -> Float[np.ndarray, "draw *group origin destination"]:
    """Return the counts of as many units as there are, drawn with replacement."""
    rng = random_numbers(seed)
    n = len(per_unit)
    times = rng.multinomial(n, np.full(n, 1 / n), size=draws).astype(np.float64)
    # Sums of whole numbers: exact in any order, so a threaded product is safe.
    counts: Float[np.ndarray, "draw ..."] = times @ per_unit.reshape(n, -1)
    return counts.reshape(draws, *per_unit.shape[1:])


def _checked_level(level: float) -> float:
    if not 0 < level < 1:
        raise InputError(Problem("a level lies between 0 and 1", found=f"{level:g}"))
    return level
