"""Spatial Markov chains: how regions move among richer and among poorer neighbours.

References
----------
[Rey 2001] Spatial empirics for economic growth and convergence. Geographical Analysis 33(3).
[Rey-Kang-Wolf 2016] The properties of tests for spatial effects in discrete Markov chain models of
regional income distribution dynamics. Journal of Geographical Systems 18(4).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.measure.dynamics.classes import (
    Classes,
    assign,
    checked_cutoffs,
    quantile_cutoffs,
    quantiles,
)
from gongfu.measure.dynamics.intervals import ProbabilityIntervals, by_redrawing_units, wilson
from gongfu.measure.dynamics.long_run import ergodic_distribution
from gongfu.measure.dynamics.markov_tests import HomogeneityTest, homogeneity_test, pearson
from gongfu.measure.dynamics.transitions import count_by_group, probabilities
from gongfu.measure.dynamics.trend_warning import TrendWarning
from gongfu.measure.space.permutation import PermutationTest, permutation_test, random_numbers
from gongfu.measure.space.weights import SpatialWeights

__all__ = ["SpatialMarkov", "spatial_markov"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SpatialMarkov:
    """One Markov chain for each class of the neighbours' mean.

    Parameters
    ----------
    counts : moves by class of the neighbours (in the year a move starts), origin and destination.
    probabilities : shares of each row; NaN in the row of a class never left among such neighbours.
    interval : of each probability.
    lag_code : class of the neighbours' mean of each unit and year.
    lag_cutoffs : upper bounds of the classes of the neighbours, as in ``Classes``.
    test : whether all chains are the same.
    permutation : the same by dealing the regions' histories out over the map, if a seed was given.
    convention : how units and neighbours were classified.
    warning : set when the classes measure a common trend; to be shown beside the numbers.
    """

    counts: Float[np.ndarray, "neighbours origin destination"]
    probabilities: Float[np.ndarray, "neighbours origin destination"]
    interval: ProbabilityIntervals
    lag_code: Int[np.ndarray, "unit year"]
    lag_cutoffs: Float[np.ndarray, " cutoff"] | Float[np.ndarray, "cutoff year"]
    test: HomogeneityTest
    permutation: PermutationTest | None
    convention: str
    warning: TrendWarning | None

    @property
    def pooled(self) -> Float[np.ndarray, "origin destination"]:
        """Probabilities whatever the neighbours."""
        return probabilities(self.counts.sum(axis=0))

    @property
    def ergodic(self) -> Float[np.ndarray, "neighbours state"]:
        """Long-run distribution with each class of neighbours; NaN where there is no single one."""
        return np.stack([_ergodic_or_missing(p) for p in self.probabilities])


def spatial_markov(
    classes: Classes,
    weights: SpatialWeights,
    *,
    lags: int | None = None,
    lag_cutoffs: ArrayLike | None = None,
    level: float = 0.95,
    seed: int | None = None,
    draws: int = 999,
) -> SpatialMarkov:
    """Return transition probabilities by class of the neighbours, with tests that these matter.

    Parameters
    ----------
    classes : such as ``relative_classes(values)``; the mean of the neighbours is one of
        ``classes.values``.
    weights : row-standardised, every unit with a neighbour.
    lags : number of classes of neighbours, by quantiles of their mean; as many as units have if not
        given.
    lag_cutoffs : cutoffs for the neighbours' mean instead; ``classes.cutoffs`` gives neighbours the
        units' own classes [Rey 2001].
    level : of the intervals.
    seed, draws : of the permutation test and of the intervals, which then come from drawing whole
        units anew; without a seed there is no such test and intervals are score intervals.

    Raises
    ------
    InputError
        If the weights are not row-standardised, leave units without neighbours or do not fit.

    Notes
    -----
    The chi-square test takes every move for an independent draw and rejects too often when units
    keep their ways [Rey-Kang-Wolf 2016]. The permutation test asks whether it matters *where* the
    histories take place: it deals whole histories out over the map, finds neighbours, their
    classes and Q again, and so leaves each region's own dynamics as they are.
    """
    _check(classes, weights)
    rule = _LagRule.of(classes, lags, lag_cutoffs)
    lag = weights.lag(classes.values)
    cutoffs = rule.cutoffs(lag, quantile_cutoffs)
    lag_code = assign(lag, cutoffs)
    counts = count_by_group(classes.code, classes.k, lag_code[:, :-1], rule.k)
    return SpatialMarkov(
        counts=counts,
        probabilities=probabilities(counts),
        interval=_intervals(classes, lag_code, rule.k, counts, level=level, seed=seed, draws=draws),
        lag_code=lag_code,
        lag_cutoffs=cutoffs,
        test=homogeneity_test(counts),
        permutation=_test_by_chance(
            classes, weights, rule, pearson(counts), seed=seed, draws=draws
        ),
        convention=f"{classes.convention}; neighbours: {rule.words}, {weights.convention}",
        warning=classes.warning,
    )


@dataclass(frozen=True, slots=True)
class _LagRule:
    """How the neighbours' mean is classified: given cutoffs, or quantiles of all or each year."""

    k: int
    given: Float[np.ndarray, " cutoff"] | Float[np.ndarray, "cutoff year"] | None
    is_yearly: bool

    @classmethod
    def of(cls, classes: Classes, lags: int | None, given: ArrayLike | None) -> _LagRule:
        if given is None:
            return cls(classes.k if lags is None else lags, None, classes.are_yearly)
        cutoffs = checked_cutoffs(given)
        return cls(len(cutoffs) + 1, cutoffs, cutoffs.ndim == 2)

    @property
    def words(self) -> str:
        if self.given is not None:
            return f"{self.k} classes by given cutoffs"
        return f"{self.k} classes by {'yearly' if self.is_yearly else 'pooled'} quantiles"

    def cutoffs(
        self,
        lag: Float[np.ndarray, "unit year"],
        cut: Callable[[np.ndarray, int], Float[np.ndarray, " cutoff"]],
    ) -> Float[np.ndarray, " cutoff"] | Float[np.ndarray, "cutoff year"]:
        if self.given is not None:
            return self.given
        if self.is_yearly:
            return np.stack([cut(column, self.k) for column in lag.T], axis=1)
        return cut(lag, self.k)


def _check(classes: Classes, weights: SpatialWeights) -> None:
    problems = []
    if weights.n != len(classes.code):
        problems.append(
            Problem("weights and classes differ", f"{len(classes.code)} units", f"{weights.n}")
        )
    if len(weights.islands):
        problems.append(
            Problem(
                f"{len(weights.islands)} units have no neighbour whose class could matter",
                found=f"units {weights.islands.tolist()} (counted from 0)",
                fix="Leave these units out of values and weights.",
            )
        )
    elif not np.allclose(weights.row_sums, 1.0, rtol=0, atol=1e-9):
        problems.append(
            Problem(
                "the neighbours' mean needs row-standardised weights",
                fix="Use weights.standardised().",
            )
        )
    if problems:
        raise InputError(problems)


def _ergodic_or_missing(p: Float[np.ndarray, "origin destination"]) -> Float[np.ndarray, " state"]:
    try:
        return ergodic_distribution(p)
    except InputError:
        return np.full(len(p), np.nan)


def _intervals(
    classes: Classes,
    lag_code: Int[np.ndarray, "unit year"],
    lags: int,
    counts: Float[np.ndarray, "neighbours origin destination"],
    *,
    level: float,
    seed: int | None,
    draws: int,
) -> ProbabilityIntervals:
    if seed is None:
        return wilson(counts, level)
    n, k = len(classes.code), classes.k
    group = np.arange(n)[:, None] * lags + lag_code[:, :-1]
    per_unit = count_by_group(classes.code, k, group, n * lags).reshape(n, lags, k, k)
    return by_redrawing_units(per_unit, seed=seed, draws=draws, level=level)


def _test_by_chance(
    classes: Classes,
    weights: SpatialWeights,
    rule: _LagRule,
    observed: float,
    *,
    seed: int | None,
    draws: int,
) -> PermutationTest | None:
    if seed is None:
        return None
    rng = random_numbers(seed)
    k, move = classes.k, classes.code[:, :-1] * classes.k + classes.code[:, 1:]
    drawn = np.empty(draws)
    for draw in range(draws):
        order = rng.permutation(weights.n)
        lag = weights.lag(classes.values[order])
        group = assign(lag, rule.cutoffs(lag, quantiles))[:, :-1]
        cells = np.bincount((group * k * k + move[order]).ravel(), minlength=rule.k * k * k)
        drawn[draw] = pearson(cells.reshape(rule.k, k, k).astype(np.float64))
    return permutation_test(observed, drawn, seed=seed, alternative="positive")
