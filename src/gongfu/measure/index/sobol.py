"""How much of the spread of a result each choice makes, from all combinations of choices.

References
----------
[Sobol 1993] Sensitivity estimates for nonlinear mathematical models. Mathematical Modelling and
Computational Experiment 1(4), 407-414.
[Saisana 2005] Saisana, Saltelli, Tarantola: Uncertainty and sensitivity analysis techniques as
tools for the quality assessment of composite indicators. JRSS A 168(2), 307-323.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

__all__ = ["SobolShare", "sobol_shares"]


@dataclass(frozen=True, slots=True)
class SobolShare:
    """Share (0-1) of the variance that a choice makes alone, and with all it takes part in."""

    first: float
    total: float


def sobol_shares(
    results: Float[np.ndarray, " *factor"],
    names: Sequence[str],
    chances: Sequence[Sequence[float]] | None = None,
) -> Mapping[str, SobolShare]:
    """Return the Sobol indices of each factor, exact because every combination is there.

    Parameters
    ----------
    results : one value per combination, one axis per factor.
    names : of the axes.
    chances : of the levels of each factor, adding up to 1; equal when left out.

    Notes
    -----
    ``S_f = Var(E[y | f]) / Var(y)`` and ``T_f = 1 - Var(E[y | all but f]) / Var(y)``
    [Sobol 1993]; no sampling, so no error. Results that do not vary have no shares: both are zero.
    """
    if chances is None:
        weights = [np.full(size, 1.0 / size) for size in results.shape]
    else:
        weights = [np.asarray(levels, float) for levels in chances]
    whole = _variance(results, weights)
    if whole <= _rounding(results):
        return dict.fromkeys(names, SobolShare(0.0, 0.0))
    return {name: _share(results, weights, axis, whole) for axis, name in enumerate(names)}


def _share(
    results: Float[np.ndarray, " *factor"],
    weights: list[Float[np.ndarray, " level"]],
    axis: int,
    whole: float,
) -> SobolShare:
    others = [other for other in range(results.ndim) if other != axis]
    alone = _mean(results, weights, others)
    rest = _mean(results, weights, [axis])
    return SobolShare(
        _variance(alone, [weights[axis]]) / whole,
        1.0 - _variance(rest, [weights[other] for other in others]) / whole,
    )


def _mean(
    results: Float[np.ndarray, " *factor"],
    weights: list[Float[np.ndarray, " level"]],
    axes: list[int],
) -> Float[np.ndarray, " *left"]:
    """Average over some axes, the last first, so that the numbers of the others stand."""
    for axis in sorted(axes, reverse=True):
        results = np.tensordot(results, weights[axis], axes=(axis, 0))
    return np.asarray(results)


def _variance(
    results: Float[np.ndarray, " *factor"], weights: list[Float[np.ndarray, " level"]]
) -> float:
    every = list(range(results.ndim))
    middle = _mean(results, weights, every)
    return float(_mean((results - middle) ** 2, weights, every))


def _rounding(results: Float[np.ndarray, " *factor"]) -> float:
    return float(np.finfo(float).eps * np.abs(results).max()) ** 2
