"""Outliers of indicators drawn in before scores are made.

References
----------
[COINr] Becker, Caperna, Del Sorbo, Norlen, Papadimitriou, Saisana 2022: COINr: an R package for
developing composite indicators. Journal of Open Source Software 7(78), 4567.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from jaxtyping import Bool, Float

__all__ = ["Treated", "Treatment", "kurtosis", "skewness", "treat"]

Treatment: TypeAlias = Literal["none", "winsorise"]


@dataclass(frozen=True, slots=True, eq=False)
class Treated:
    """Values after treatment and which of them were changed."""

    values: Float[np.ndarray, "row indicator"]
    changed: Bool[np.ndarray, "row indicator"]


def treat(
    values: Float[np.ndarray, "row indicator"],
    method: Treatment = "none",
    *,
    largest_skewness: float = 2.0,
    largest_kurtosis: float = 3.5,
    most_points: int = 5,
) -> Treated:
    """Return values with extreme points set to the next value inside.

    Parameters
    ----------
    values : all units and years pooled; missing values stay missing.
    largest_skewness, largest_kurtosis : a column is treated while its skewness, in size, *and* its
        excess kurtosis pass these.
    most_points : values changed in one column at most.

    Notes
    -----
    The rule of the European Commission's indices as in [COINr]. It looks at the pooled rows, so a
    new year can change past years; with fixed bounds it is not needed.
    """
    out = values.copy()
    if method == "winsorise":
        for column in out.T:
            _draw_in(column, largest_skewness, largest_kurtosis, most_points)
    return Treated(out, ~np.isnan(values) & (out != values))


def skewness(values: Float[np.ndarray, " row"]) -> float:
    """Return the standardised third moment, 0 where the values do not vary."""
    return _moment(values, 3)


def kurtosis(values: Float[np.ndarray, " row"]) -> float:
    """Return the standardised fourth moment less 3, -3 where the values do not vary."""
    return _moment(values, 4) - 3.0


def _moment(values: Float[np.ndarray, " row"], power: int) -> float:
    known = values[~np.isnan(values)]
    spread = known.std() if len(known) else 0.0
    return float(np.mean(((known - known.mean()) / spread) ** power)) if spread > 0 else 0.0


def _draw_in(
    column: Float[np.ndarray, " row"], most_skewed: float, most_peaked: float, most_points: int
) -> None:
    for points in range(1, most_points + 1):
        skewed = skewness(column)
        if abs(skewed) <= most_skewed or kurtosis(column) <= most_peaked:
            return
        order = np.argsort(column)  # missing values last
        known = order[: np.count_nonzero(~np.isnan(column))]
        outer = known[-points:] if skewed > 0 else known[:points]
        inner = known[-points - 1] if skewed > 0 else known[points]
        column[outer] = column[inner]
