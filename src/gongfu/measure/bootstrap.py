"""The rescaled bootstrap of sampling units: a check on the linearised errors, not the method.

References
----------
[Rao-Wu 1988] Resampling inference with complex survey data. Journal of the American Statistical
Association 83(401).
[Rao-Wu-Yue 1992] Some recent work on resampling methods for complex surveys. Survey Methodology
18(2).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from jaxtyping import Float

from gongfu.measure.design import SurveyDesign
from gongfu.measure.linearised import Measure
from gongfu.measure.replicates import replicate_values

__all__ = ["bootstrap_values", "bootstrap_weights"]


def bootstrap_values(
    measure: Measure,
    income: Float[np.ndarray, " row"],
    design: SurveyDesign,
    *,
    seed: int,
    replications: int = 1000,
) -> Float[np.ndarray, " replicate"]:
    """Return a measure under each replication; their standard deviation is the standard error.

    Parameters
    ----------
    measure : function of income and weight, such as ``gini``.
    income : currency per year, one a row of the design.
    seed : replication ``b`` depends on ``(seed, b)`` alone, so a run can be split.
    """
    weights = bootstrap_weights(design, seed=seed, replications=replications)
    return replicate_values(measure, income, weights)


def bootstrap_weights(
    design: SurveyDesign, *, seed: int, replications: int
) -> Iterator[Float[np.ndarray, " row"]]:
    """Yield one set of weights a replication.

    Notes
    -----
    In each stratum ``n_h - 1`` of the ``n_h`` PSUs are drawn with replacement, and the weights of a
    PSU drawn k times become ``w k n_h / (n_h - 1)`` [Rao-Wu 1988; Rao-Wu-Yue 1992]. A stratum with
    a single PSU keeps its weights.
    """
    units = design.units
    for replication in range(replications):
        rng = np.random.Generator(np.random.Philox(key=[seed, replication]))
        factor = _factors(units.stratum, units.psus_in_stratum, rng)
        yield design.weight * (factor if units.unit is None else factor[units.unit])


def _factors(
    stratum: np.ndarray, psus_in_stratum: np.ndarray, rng: np.random.Generator
) -> Float[np.ndarray, " psu"]:
    factor = np.ones(len(stratum))
    by_stratum = np.argsort(stratum, kind="stable")
    for members in np.split(by_stratum, np.cumsum(psus_in_stratum)[:-1]):
        n = len(members)
        if n > 1:
            drawn = np.bincount(rng.integers(n, size=n - 1), minlength=n)
            factor[members] = drawn * (n / (n - 1))
    return factor
