"""Markov chains of classes: how regions move up, down and stay.

References
----------
[Quah 1993] Empirical cross-section dynamics in economic growth. European Economic Review 37(2/3).
[Anderson-Goodman 1957] Statistical inference about Markov chains. Annals of Mathematical Statistics
28(1).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.measure.dynamics.classes import Classes
from gongfu.measure.dynamics.intervals import ProbabilityIntervals, by_redrawing_units, wilson
from gongfu.measure.dynamics.long_run import (
    ergodic_distribution,
    first_passage_times,
    half_life,
    sojourn_times,
)
from gongfu.measure.dynamics.transitions import count_by_unit, count_transitions, probabilities
from gongfu.measure.dynamics.trend_warning import TrendWarning

__all__ = ["MarkovChain", "markov"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MarkovChain:
    """Transition probabilities of classes with their intervals.

    Parameters
    ----------
    counts : moves seen.
    probabilities : of each destination (column) from each origin (row); NaN in the row of a class
        that was never left.
    interval : of each probability.
    step : years of one move.
    convention : how the classes were made.
    warning : set when the classes measure a common trend; to be shown beside the numbers.
    """

    counts: Float[np.ndarray, "origin destination"]
    probabilities: Float[np.ndarray, "origin destination"]
    interval: ProbabilityIntervals
    step: int
    convention: str
    warning: TrendWarning | None

    @property
    def ergodic(self) -> Float[np.ndarray, " state"]:
        """Distribution over classes in the long run; see ``ergodic_distribution``."""
        return ergodic_distribution(self.probabilities)

    @property
    def first_passage_years(self) -> Float[np.ndarray, "origin destination"]:
        """Expected years until a class is first reached; see ``first_passage_times``."""
        return self.step * first_passage_times(self.probabilities)

    @property
    def sojourn_years(self) -> Float[np.ndarray, " state"]:
        """Expected years in a class before it is left."""
        return self.step * sojourn_times(self.probabilities)

    @property
    def half_life_years(self) -> float:
        """Years in which the distance to the long-run distribution halves."""
        return self.step * half_life(self.probabilities)


def markov(
    classes: Classes,
    *,
    step: int = 1,
    level: float = 0.95,
    seed: int | None = None,
    draws: int = 999,
) -> MarkovChain:
    """Return the Markov chain of classes.

    Parameters
    ----------
    classes : such as ``relative_classes(values)``.
    step : years of one move.
    level : of the intervals.
    seed : with one, intervals come from drawing whole units anew ``draws`` times; without, they are
        score intervals that take every move for an independent draw.

    Raises
    ------
    InputError
        If there are not more years than ``step``, or the level is out of range.

    Notes
    -----
    ``p_ij = n_ij / n_i`` is the maximum likelihood estimate [Anderson-Goodman 1957]. The intervals
    are about the chain that could have produced these moves, not about other regions: the regions
    of a country are no sample. They hold for one chain that does not change over the years; see
    ``stationarity_test`` and ``order_test``.
    """
    counts = count_transitions(classes.code, classes.k, step=step)
    if seed is None:
        interval = wilson(counts, level)
    else:
        per_unit = count_by_unit(classes.code, classes.k, step=step)
        interval = by_redrawing_units(per_unit, seed=seed, draws=draws, level=level)
    return MarkovChain(
        counts=counts,
        probabilities=probabilities(counts),
        interval=interval,
        step=step,
        convention=classes.convention,
        warning=classes.warning,
    )
