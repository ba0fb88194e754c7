"""Upward mobility out of nothing: raw values with a common trend, cut at pooled quantiles.

References
----------
[Quah 1993] Galton's fallacy and tests of the convergence hypothesis. Scandinavian Journal of
Economics 95(4): why values are taken relative to the average of their year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float, Int

__all__ = ["TREND_TOLERANCE", "Language", "Moves", "TrendWarning", "find_trend"]

Language = Literal["zh", "en"]

TREND_TOLERANCE = 0.02
"""Share of units a year that may move up more than down, or down more than up, with frozen ranks:
what a stationary panel of a few dozen units shows by chance."""


@dataclass(frozen=True, slots=True)
class Moves:
    """Share of units, 0-1, that move to a higher and to a lower class from a year to the next."""

    up: float
    down: float

    def words(self, language: Language) -> str:
        """Return both shares in words, in ``zh`` or ``en``."""
        up, down = f"{100 * self.up:.1f}", f"{100 * self.down:.1f}"
        if language == "zh":
            return f"有{up}%上移、{down}%下移"
        return f"{up} % up and {down} % down"


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

    def message(self, language: Language = "en") -> str:
        """Return what is wrong, the evidence and what to do, in ``zh`` or ``en``."""
        return _MESSAGE[language].format(
            observed=self.observed.words(language),
            frozen=self.with_frozen_ranks.words(language),
            ranks=self.between_ranks.words(language),
            share=f"{100 * self.year_share:.0f}",
        )


_MESSAGE: Mapping[Language, str] = {
    "zh": (
        "按原始数值划分的等级测到的是共同趋势：每年{observed}，但即使没有任何单元超过另一个，"
        "也会{frozen}。{share}%的方差来自年份之间；按名次划分等级时，每年{ranks}。"
        "请改用 relative_classes（数值与当年均值之比；--classes relative）"
        "或 yearly_classes（名次；--classes rank）。"
    ),
    "en": (
        "Classes of raw values measure the common trend: a year moves {observed}, but {frozen} if "
        "no unit ever overtook another. {share} % of the variance lies between years; between "
        "classes by rank {ranks}. Use relative_classes (value over the mean of its year; --classes "
        "relative) or yearly_classes (ranks; --classes rank)."
    ),
}


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
