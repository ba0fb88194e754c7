"""Estimates whose errors are the spread of bootstrap replicates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from jaxtyping import Float

from gongfu.core import Estimate, InputError, Interval, Problem, Uncertainty
from gongfu.measure.bootstrap import bootstrap_weights
from gongfu.measure.design import SurveyDesign
from gongfu.measure.student import two_sided_t

__all__ = ["REPLICATIONS", "Resampling", "bootstrap_estimates"]

REPLICATIONS = 400
"""The standard error then has a simulation error of about 4 %."""

Resampling = Callable[[Float[np.ndarray, " row"]], Float[np.ndarray, " value"]]
"""A function of the weights that gives all values at once; rows drawn never have weight zero."""


def bootstrap_estimates(
    names: Sequence[str],
    values_of: Resampling,
    design: SurveyDesign,
    *,
    convention: str,
    level: float = 0.95,
    replications: int = REPLICATIONS,
    seed: int = 1,
    **labels: Any,
) -> list[Estimate]:
    """Return values with bootstrap errors and t intervals, in the order of the names.

    Parameters
    ----------
    names : of the values.
    values_of : see ``Resampling``.
    design : of the rows; its sampling units are drawn within strata (``bootstrap_weights``).
    convention : of the values; the error's is added.
    level : coverage of the intervals, 0-1.
    replications, seed : of the bootstrap.
    labels : further fields of ``Estimate``, such as ``unit`` and ``evidence``.

    Raises
    ------
    InputError
        If there are fewer than two replications, or the level is out of range.
    """
    _check(level, replications)
    values = values_of(design.weight)
    replicates = np.array(
        [values_of(w) for w in bootstrap_weights(design, seed=seed, replications=replications)]
    )
    freedom = max(design.degrees_of_freedom(), 1)
    errors = replicates.std(axis=0, ddof=1)
    reach = two_sided_t(level, freedom) * errors
    words = (
        f"{convention}; error: bootstrap of sampling units, {replications} replications, "
        f"{design.words}, t with {freedom} df"
    )
    return [
        Estimate(
            measure=name,
            value=float(value),
            convention=words,
            uncertainty=Uncertainty.SAMPLING,
            standard_error=float(error),
            interval=Interval(float(value - half), float(value + half), level),
            n=len(design.weight),
            **labels,
        )
        for name, value, error, half in zip(names, values, errors, reach, strict=True)
    ]


def _check(level: float, replications: int) -> None:
    problems = []
    if not 0 < level < 1:
        problems.append(Problem("confidence lies between 0 and 1", found=f"{level:g}"))
    if replications < 2:
        problems.append(
            Problem("a bootstrap needs at least two replications", found=f"{replications}")
        )
    if problems:
        raise InputError(problems)
