"""Upward mobility out of nothing: raw values with a common trend, cut at pooled quantiles.

References
----------
[Quah 1993] Galton's fallacy and tests of the convergence hypothesis. Scandinavian Journal of
Economics 95(4): why values are taken relative to the average of their year.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

__all__ = ["TREND_TOLERANCE", "Moves", "TrendWarning", "find_trend"]

TREND_TOLERANCE = 0.02
"""Share of units a year that may move up more than down, or down more than up, with frozen ranks:
what a stationary panel of a few dozen units shows by chance."""


@dataclass(frozen=True, slots=True)
class Moves:
    """Share of units, 0-1, that move to a higher and to a lower class from a year to the next."""

    up: float
    down: float

    def __str__(self) -> str:
        return f"{100 * self.up:.1f} % up and {100 * self.down:.1f} % down"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendWarning:
    """Evidence that classes of raw values measure a common trend.

    Parameters
    ----------
    observed : moves between the classes.
    with_frozen_ranks : moves between the same classes if every year had the values it had but no
        unit ever overtook another: nobody gains on anybody.
    between_ranks : moves between classes of equal size in each year.
    year_share : share of the variance of all values, 0-1, that lies between years.
    tolerance : excess of moves in one direction that would have passed.
    """

    observed: Moves
    with_frozen_ranks: Moves
    between_ranks: Moves
    year_share: float
    tolerance: float

    @property
    def message(self) -> str:
        """What is wrong, the evidence and what to do."""
        percent = f"{100 * self.year_share:.0f} %"
        return (
            f"Classes of raw values measure the common trend: a year moves {self.observed}, but "
            f"{self.with_frozen_ranks} if no unit ever overtook another. {percent} of the variance "
            f"lies between years; between classes by rank {self.between_ranks}. "
            "Use relative_classes (value over the mean of its year) or yearly_classes (ranks)."
        )


def find_trend(
    values: Float[np.ndarray, "unit year"],
    cutoffs: Float[np.ndarray, " cutoff"],
    k: int,
    tolerance: float,
) -> TrendWarning | None:
    """Return the evidence of a common trend, or none when frozen ranks leave units where they are.

    Parameters
    ----------
    values : raw values that were classified by ``cutoffs``.
    k : number of classes.
    tolerance : share of units a year, 0-1.
    """
    frozen = _moves(_classes(_with_frozen_ranks(values), cutoffs))
    if abs(frozen.up - frozen.down) <= tolerance:
        return None
    return TrendWarning(
        observed=_moves(_classes(values, cutoffs)),
        with_frozen_ranks=frozen,
        between_ranks=_moves(_ranks(values) * k // len(values)),
        year_share=float(values.mean(axis=0).var() / values.var()),
        tolerance=tolerance,
    )


def _with_frozen_ranks(values: Float[np.ndarray, "unit year"]) -> Float[np.ndarray, "unit year"]:
    place = _ranks(_ranks(values).mean(axis=1)[:, None])[:, 0]
    frozen: Float[np.ndarray, "unit year"] = np.sort(values, axis=0)[place]
    return frozen


def _ranks(values: Float[np.ndarray, "unit year"]) -> Int[np.ndarray, "unit year"]:
    return np.argsort(np.argsort(values, axis=0, kind="stable"), axis=0, kind="stable")


def _classes(
    values: Float[np.ndarray, "unit year"], cutoffs: Float[np.ndarray, " cutoff"]
) -> Int[np.ndarray, "unit year"]:
    return np.searchsorted(cutoffs, values)


def _moves(code: Int[np.ndarray, "unit year"]) -> Moves:
    change = np.diff(code, axis=1)
    return Moves(float(np.mean(change > 0)), float(np.mean(change < 0)))
