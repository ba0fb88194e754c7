"""What the global tests of spatial autocorrelation have in common."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.measure.space.permutation import (
    Alternative,
    PermutationTest,
    normal_p,
    permutation_test,
    shuffled_columns,
)
from gongfu.measure.space.weights import SpatialWeights

__all__ = [
    "AutocorrelationTest",
    "NormalTest",
    "NullMoments",
    "checked_values",
    "global_test",
    "normal_test",
]

_FEWEST_UNITS = 4
"""The variance under randomisation divides by (n - 1)(n - 2)(n - 3)."""


@dataclass(frozen=True, slots=True)
class NormalTest:
    """A normal approximation: variance under the null, score and p-value.

    Parameters
    ----------
    z : above zero for positive autocorrelation, whatever the statistic's own sign.
    """

    variance: float
    z: float
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AutocorrelationTest:
    """A global measure of spatial autocorrelation with its tests.

    Parameters
    ----------
    value : the statistic; ``expected`` is its mean when places do not matter.
    normality : variance if the values were independent normal; none where not defined.
    randomisation : variance over all permutations of the values over the places.
    permutation : test by drawn permutations, when a seed was given.
    """

    statistic: str
    value: float
    expected: float
    normality: NormalTest | None
    randomisation: NormalTest
    permutation: PermutationTest | None
    alternative: Alternative
    n: int
    convention: str


def checked_values(
    values: ArrayLike, weights: SpatialWeights, measure: str
) -> Float[np.ndarray, " unit"]:
    """Return one finite number a unit.

    Raises
    ------
    InputError
        If lengths differ, there are fewer than four units, a value is missing, or all are equal.
    """
    array = np.asarray(values, dtype=np.float64)
    if array.shape != (weights.n,):
        raise InputError(
            Problem(
                f"{measure} needs one value a unit of the weights",
                expected=f"{weights.n} values",
                found=f"an array of shape {array.shape}",
            )
        )
    if weights.n < _FEWEST_UNITS:
        raise InputError(
            Problem(f"{measure} needs at least {_FEWEST_UNITS} units", found=f"{weights.n}")
        )
    missing = np.flatnonzero(~np.isfinite(array))
    if len(missing):
        raise InputError(
            Problem(
                f"{len(missing)} values are missing or infinite",
                found=f"at position {missing[0]} (counted from 0)",
                fix="Leave these units out of values and weights, and say so.",
            )
        )
    if np.ptp(array) == 0:
        raise InputError(
            Problem(f"{measure} of a constant does not exist", found=f"{array[0]:g} everywhere")
        )
    return array


def normal_test(
    value: float, expected: float, variance: float, alternative: Alternative, *, sign: int = 1
) -> NormalTest:
    """Return the score of a value; ``sign`` -1 for statistics that fall as association rises."""
    z = sign * (value - expected) / math.sqrt(variance) if variance > 0 else math.nan
    return NormalTest(variance, z, normal_p(z, alternative))


@dataclass(frozen=True, slots=True, kw_only=True)
class NullMoments:
    """Mean and variances of a statistic when places do not matter.

    Parameters
    ----------
    normality : variance if the values were independent normal; none where not defined.
    randomisation : variance over all permutations.
    """

    expected: float
    normality: float | None
    randomisation: float


def global_test(
    statistic: str,
    of_columns: Callable[[Float[np.ndarray, "unit block"]], Float[np.ndarray, " block"]],
    values: Float[np.ndarray, " unit"],
    null: NullMoments,
    *,
    alternative: Alternative,
    seed: int | None,
    draws: int,
    convention: str,
    sign: int = 1,
) -> AutocorrelationTest:
    """Return a statistic of values with all its tests.

    Parameters
    ----------
    of_columns : the statistic of each column of values.
    seed, draws : of the permutation test; without a seed there is none.
    sign : -1 for statistics that fall as association rises.
    """
    value = float(of_columns(values[:, None])[0])
    score = partial(normal_test, value, null.expected, alternative=alternative, sign=sign)
    return AutocorrelationTest(
        statistic=statistic,
        value=value,
        expected=null.expected,
        normality=None if null.normality is None else score(null.normality),
        randomisation=score(null.randomisation),
        permutation=None
        if seed is None
        else _chance_test(
            of_columns, values, draws=draws, seed=seed, alternative=alternative, sign=sign
        ),
        alternative=alternative,
        n=len(values),
        convention=convention,
    )


def _chance_test(
    of_columns: Callable[[Float[np.ndarray, "unit block"]], Float[np.ndarray, " block"]],
    values: Float[np.ndarray, " unit"],
    *,
    draws: int,
    seed: int,
    alternative: Alternative,
    sign: int,
) -> PermutationTest:
    observed = sign * float(of_columns(values[:, None])[0])
    blocks = shuffled_columns(values, draws=draws, seed=seed)
    drawn = sign * np.concatenate([of_columns(block) for block in blocks])
    test = permutation_test(observed, drawn, seed=seed, alternative=alternative)
    return replace(test, mean=sign * test.mean)
