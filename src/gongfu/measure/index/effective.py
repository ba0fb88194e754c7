"""What each indicator really contributes to an index, against the weight it was given.

References
----------
[Paruolo 2013] Paruolo, Saisana, Saltelli: Ratings and rankings: voodoo or science? JRSS A 176(3),
609-634.
[Fan-Gijbels 1996] Local Polynomial Modelling and Its Applications. Chapman and Hall.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError
from gongfu.measure.index.build import BuiltIndex

__all__ = ["EffectiveWeight", "correlation_ratio", "effective_weights", "within_years"]

BANDWIDTHS = (0.2, 0.35, 0.6, 1.0, 2.0, 4.0)
"""In standard deviations of the indicator; the one with the least left-out error is taken."""


@dataclass(frozen=True, slots=True)
class EffectiveWeight:
    """One indicator in an index.

    Parameters
    ----------
    nominal : its weight down from the root, 0-1.
    correlation : with the index; below zero it pulls against the index.
    first_order : share of the variance of the index that knowing it alone explains, 0-1.
    effective : ``first_order`` as a share of those of all indicators.
    """

    name: str
    nominal: float
    correlation: float
    first_order: float
    effective: float


def effective_weights(built: BuiltIndex) -> tuple[EffectiveWeight, ...]:
    """Return the effective weight of each indicator, in the order of the tree.

    Raises
    ------
    InputError
        If fewer than ten units and years have an index, or it does not vary.

    Notes
    -----
    All on differences from the mean of the year, so that a common trend explains nothing.
    ``S_i = Var(E[I | x_i]) / Var(I)`` [Paruolo 2013] with a local linear fit [Fan-Gijbels 1996]
    whose bandwidth cross-validation picks.
    """
    scores, index = within_years(built)
    if len(index) < 10 or not index.var() > 0:
        raise InputError("effective weights need ten units and years with an index that varies")
    first = [correlation_ratio(column, index) for column in scores.T]
    whole = sum(first) or 1.0
    return tuple(
        EffectiveWeight(name, nominal, _correlation(column, index), ratio, ratio / whole)
        for (name, nominal), column, ratio in zip(
            built.global_weights().items(), scores.T, first, strict=True
        )
    )


def within_years(
    built: BuiltIndex,
) -> tuple[Float[np.ndarray, "row indicator"], Float[np.ndarray, " row"]]:
    """Return scores and index of complete rows, less their means of the year."""
    complete = ~np.isnan(built.index)
    scores = np.where(complete[..., None], built.scores, np.nan)
    index = np.where(complete, built.index, np.nan)
    has_rows = complete.any(axis=0)
    scores, index, complete = scores[:, has_rows], index[:, has_rows], complete[:, has_rows]
    scores = scores - np.nanmean(scores, axis=0)
    index = index - np.nanmean(index, axis=0)
    return scores[complete], index[complete]


def correlation_ratio(
    regressor: Float[np.ndarray, " row"], outcome: Float[np.ndarray, " row"]
) -> float:
    """Return the share (0-1) of the variance of ``outcome`` that a curve in ``regressor`` explains.

    Notes
    -----
    Variance of the local linear fit with Gaussian weights over the variance of the outcome.
    """
    spread = regressor.std()
    if not spread > 0 or not outcome.var() > 0:
        return 0.0
    fits = [_local_linear(regressor / spread, outcome, h) for h in BANDWIDTHS]
    best, _ = min(fits, key=lambda fit: fit[1])
    return float(min(best.var() / outcome.var(), 1.0))


def _local_linear(
    x: Float[np.ndarray, " row"], y: Float[np.ndarray, " row"], bandwidth: float
) -> tuple[Float[np.ndarray, " row"], float]:
    """Return the fit and its mean squared error on rows that were left out of their own fit."""
    gap = x[None, :] - x[:, None]
    kernel = np.exp(-0.5 * (gap / bandwidth) ** 2)
    s0, s1, s2 = (np.sum(kernel * gap**k, axis=1) for k in range(3))
    determinant = s0 * s2 - s1**2
    is_flat = determinant <= 1e-12 * s0**2 * bandwidth**2  # nothing beside the row itself
    safe = np.where(is_flat, 1.0, determinant)
    smoother = kernel * (s2[:, None] - s1[:, None] * gap) / safe[:, None]
    smoother[is_flat] = kernel[is_flat] / s0[is_flat, None]
    fit = smoother @ y
    own = np.minimum(np.diag(smoother), 1 - 1e-9)
    return fit, float(np.mean(((y - fit) / (1 - own)) ** 2))


def _correlation(one: Float[np.ndarray, " row"], other: Float[np.ndarray, " row"]) -> float:
    return float(np.corrcoef(one, other)[0, 1]) if one.std() > 0 else 0.0
