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
    results: Float[np.ndarray, " *factor"], names: Sequence[str]
) -> Mapping[str, SobolShare]:
    """Return the Sobol indices of each factor, exact because every combination is there.

    Parameters
    ----------
    results : one value per combination, one axis per factor, each level as likely as another.
    names : of the axes.

    Notes
    -----
    ``S_f = Var(E[y | f]) / Var(y)`` and ``T_f = 1 - Var(E[y | all but f]) / Var(y)``
    [Sobol 1993]; no sampling, so no error. Results that do not vary have no shares: both are zero.
    """
    whole = float(results.var())
    return {
        name: _share(results, axis, whole if whole > _rounding(results) else 0.0)
        for axis, name in enumerate(names)
    }


def _share(results: Float[np.ndarray, " *factor"], axis: int, whole: float) -> SobolShare:
    if whole == 0.0:
        return SobolShare(0.0, 0.0)
    others = tuple(other for other in range(results.ndim) if other != axis)
    alone = float(results.mean(axis=others).var())
    rest = float(results.mean(axis=axis).var())
    return SobolShare(alone / whole, 1.0 - rest / whole)


def _rounding(results: Float[np.ndarray, " *factor"]) -> float:
    return float(np.finfo(float).eps * np.abs(results).max()) ** 2
